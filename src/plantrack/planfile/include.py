"""The files a plan includes: lists of organisations and places that several plans share."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from plantrack.errors import reason_of
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.plan_format import LISTS, PLAN
from plantrack.planfile.parsing.file_bytes import read_bytes
from plantrack.planfile.parsing.nodes import Node, Scalar, scalars
from plantrack.planfile.parsing.problem_collector import ProblemCollector
from plantrack.planfile.read import File, is_list, read

#: What gives the bytes of an included file: from the disk, or from another revision of it.
Opener = Callable[[Path], bytes]


class Shelf(NamedTuple):
    """Where included files are: below `root`, opened in some way, called as `named` has it."""

    root: Path
    opener: Opener
    named: Callable[[Path], str]


class Included(NamedTuple):
    """A file that is included: what it is called and its bytes."""

    name: str
    data: bytes


def workspace_root(path: Path) -> Path:
    """Return the folder above `plans/` that a plan file is in, else the file's own folder."""
    folder = Path(os.path.abspath(path)).parent
    return folder.parent if folder.name == "plans" else folder


def read_included(plan: Node, path: Path, shelf: Shelf, report: ProblemCollector) -> list[File]:
    """Return the content of the files `plan` includes; what cannot be read is reported there."""
    seen = {_real(path)}
    files: list[File] = []
    for value in scalars(plan, "include"):
        found = _find(value, shelf, seen, report)
        file = found and read(found.data, found.name, len(seen), LISTS, report)
        if file is None:
            report.lists_in_part()
        else:
            files.append(file)
    return files


def _find(value: Scalar, shelf: Shelf, seen: set[str], report: ProblemCollector) -> Included | None:
    """Read the file that `value` names, unless it lies outside the shelf or was read before."""
    path = shelf.root / value.text
    real = _real(path)
    if os.path.isabs(value.text) or not Path(real).is_relative_to(_real(shelf.root)):
        report.add(value, "P030", path=value.text)
    elif real in seen:
        report.add(value, "P033", path=value.text)
    else:
        seen.add(real)
        return _open(path, value, shelf, report)
    return None


def _real(path: Path) -> str:
    try:
        return os.path.realpath(path)
    except (ValueError, OSError):
        # A name no file can have; reading it says so.
        return os.path.abspath(path)


def _open(path: Path, value: Scalar, shelf: Shelf, report: ProblemCollector) -> Included | None:
    try:
        return Included(shelf.named(path), shelf.opener(path))
    except (FileNotFoundError, NotADirectoryError):
        report.add(value, "P031", path=value.text)
    except OSError as error:
        report.add(value, "P032", path=value.text, reason=reason_of(error))
    return None


class FileInclusion(NamedTuple):
    """What a plan file includes, and whether it may be a list that another one includes."""

    includes: Sequence[str]
    is_list: bool


def plans_among(
    files: Sequence[Path],
    root: Path | None = None,
    known: Callable[[Path], FileInclusion | None] = lambda _: None,
) -> list[Path]:
    """Return the plans among files: lists that another of them includes are parts of plans, and none themselves.

    `known`: what is known of a file without reading it.
    """
    found = {file: known(file) or _inclusion(file) for file in files}
    included = {
        _real((root or workspace_root(file)) / name) for file, one in found.items() for name in one.includes
    }
    return [file for file in files if _real(file) not in included or not found[file].is_list]


def _inclusion(file: Path) -> FileInclusion:
    """Read a file as far as it can be read."""
    try:
        found = read(read_bytes(file), "", 0, PLAN, ProblemCollector())
    except OSError:
        found = None
    root = found.root if found else None
    return FileInclusion([value.text for value in scalars(root, "include")], is_list(root))
