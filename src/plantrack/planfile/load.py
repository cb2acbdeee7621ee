"""A plan file to a plan and its problems; and the hash of its content."""

import gc
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from plantrack.errors import Failure
from plantrack.model.plan import Plan
from plantrack.model.plan_format import ID, PLAN
from plantrack.model.plan_json import plan_from_dict
from plantrack.model.problem import Problem
from plantrack.planfile.checks.cross_checks import check_dates, check_names, content
from plantrack.planfile.checks.references import check_links
from plantrack.planfile.checks.warnings import warn
from plantrack.planfile.include import Opener, Shelf, read_included, workspace_root
from plantrack.planfile.parsing.file_bytes import read_bytes, read_document
from plantrack.planfile.parsing.nodes import SourceFile, Unread, scalar
from plantrack.planfile.parsing.problem_collector import ProblemCollector
from plantrack.planfile.read import File, read


def check_document(
    path: Path,
    data: bytes,
    root: Path | None = None,
    opener: Opener = read_bytes,
) -> tuple[Plan | None, list[Problem]]:
    """Read a plan file from its bytes; `root`: the folder of the files that it includes, which `opener` reads."""
    named = str if path.is_absolute() else os.path.relpath
    shelf = Shelf(root or workspace_root(path), opener, named)
    report = ProblemCollector()
    with _uncollected():
        files = _read(path, str(path), data, shelf, report)
        plan = _plan(files) if files and not report.has_errors else None
        return plan, report.problems()


def check_files(
    paths: Sequence[Path], root: Path | None = None, named: Callable[[Path], str] = str
) -> list[Problem]:
    """Return the problems of several plan files, each called as `named` has it; none stops the others.

    One that is missing or cannot be read is a problem like others, unless there is no other: then it is a failure.
    """
    ids: dict[str, str] = {}
    found: list[Problem] = []
    for path in paths:
        report = ProblemCollector()
        shelf = Shelf(root or workspace_root(path), read_bytes, named)
        data = _opened(path, shelf, report, alone=len(paths) == 1)
        with _uncollected():
            if data is not None:
                _check_one(path, data, shelf, ids, report)
            found += report.problems()
    return found


def _opened(path: Path, shelf: Shelf, report: ProblemCollector, *, alone: bool) -> bytes | None:
    try:
        return read_document(path)
    except Failure as failure:
        if alone:
            raise
        at = Unread(SourceFile(shelf.named(path), 0, []), 0, 0)
        if failure.code == "plan-missing":
            report.add(at, "P006")
        else:
            report.add(at, "P007", reason=str(failure.params["reason"]))
        return None


def _check_one(path: Path, data: bytes, shelf: Shelf, ids: dict[str, str], report: ProblemCollector) -> None:
    """Report the problems of a file; `ids` has the plans before it, and takes its own."""
    name = shelf.named(path)
    files = _read(path, name, data, shelf, report)
    own = scalar(files[0].root, "id") if files else None
    if own and not report.is_faulty(own) and (other := ids.setdefault(own.text, name)) != name:
        report.add(own, "P320", id=own.text, other=other)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Keep the collector from walking a tree that only grows: half the time of a large plan."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        # To the collector, what is left is old, so that it does not walk it at once.
        gc.freeze()
        gc.unfreeze()
        if enabled:
            gc.enable()


def _read(path: Path, name: str, data: bytes, shelf: Shelf, report: ProblemCollector) -> list[File]:
    """Return a plan file and those it includes, with all that is wrong reported; none when it cannot be read."""
    plan = read(data, name, 0, PLAN, report)
    if plan is None:
        return []
    lists = read_included(plan.root, path, shelf, report)
    if report.full:
        return [plan, *lists]
    everything = content(plan.root, [file.root for file in lists])
    check_names(everything, report)
    check_dates(everything, report)
    check_links(everything, report)
    warn(everything, report)
    return [plan, *lists]


def _plan(files: list[File]) -> Plan:
    data, *lists = [file.values or {} for file in files]
    for other in lists:
        for key, added in other.items():
            data[key] = [*data.get(key, []), *added]
    return plan_from_dict(data)


def plan_id(document: bytes) -> str | None:
    """Return the id that a plan file has, None where none can be read."""
    file = read(document, "", 0, PLAN, ProblemCollector())
    own = scalar(file.root, "id") if file else None
    return own.text if own else None


def is_plan_id(text: str) -> bool:
    """Return whether a text may be the id of a plan."""
    return ID.fullmatch(text) is not None
