"""A plan file from its bytes to the plan, with all of its problems in one go."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from plantrack.model.plan import Plan
from plantrack.model.planjson import plan_from_dict
from plantrack.model.problem import Problem
from plantrack.planfile.check import check_names, content
from plantrack.planfile.dates import check_dates
from plantrack.planfile.document import read_document
from plantrack.planfile.format import PlanFile
from plantrack.planfile.include import read_included, workspace_root
from plantrack.planfile.links import check_links
from plantrack.planfile.nodes import Mapping, Node
from plantrack.planfile.read import read
from plantrack.planfile.report import Report
from plantrack.planfile.scalars import plain
from plantrack.planfile.warn import warn


def check_file(path: Path, root: Path | None = None) -> tuple[Plan | None, list[Problem]]:
    """Read a plan file; `root` is the folder that included files are looked for in."""
    return check_document(path, read_document(path), root)


def check_document(
    path: Path,
    data: bytes,
    root: Path | None = None,
) -> tuple[Plan | None, list[Problem]]:
    """Do as `check_file` does with bytes read before, so that their hash is the plan's."""
    report = Report()
    with _uncollected():
        plan = read(data, str(path), 0, PlanFile, report)
        if plan is None:
            return None, report.problems()
        lists = read_included(plan, path, root or workspace_root(path), report)
        _cross_check(plan, lists, report)
        return None if report.has_errors else _plan(plan, lists), report.problems()


@contextmanager
def _uncollected() -> Iterator[None]:
    """Keep the collector from walking a tree that only grows: half the time of a large plan."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _cross_check(plan: Node, lists: list[Node], report: Report) -> None:
    everything = content(plan, lists)
    check_names(everything, report)
    check_dates(everything, report)
    check_links(everything, report)
    warn(everything, report)


def _plan(plan: Node, lists: list[Node]) -> Plan:
    data = plain(plan)
    for other in lists:
        if isinstance(other, Mapping):
            for key, added in plain(other).items():
                data[key] = [*data.get(key, []), *added]
    return plan_from_dict(data)
