"""The files a plan includes: lists of organisations and places that several plans share."""

import os
from pathlib import Path

from plantrack.model.record import NamedTuple
from plantrack.planfile.document import read_bytes, reason_of
from plantrack.planfile.format import Lists
from plantrack.planfile.nodes import Node, Scalar, scalars
from plantrack.planfile.read import read
from plantrack.planfile.report import Report


class Included(NamedTuple):
    """A file that is included: what it is called and its bytes."""

    name: str
    data: bytes


def workspace_root(path: Path) -> Path:
    """Give the folder above `plans/` that a plan file is in, else the file's own folder."""
    folder = Path(os.path.abspath(path)).parent
    return folder.parent if folder.name == "plans" else folder


def read_included(plan: Node, path: Path, root: Path, report: Report) -> list[Node]:
    """Give the content of the files `plan` includes; what cannot be read is reported there."""
    seen = {_real(path)}
    roots: list[Node] = []
    for value in scalars(plan, "include"):
        file = _find(value, root, seen, path.is_absolute(), report)
        node = file and read(file.data, file.name, len(seen), Lists, report)
        if node is None:
            report.lists_in_part()
        else:
            roots.append(node)
    return roots


def _find(
    value: Scalar,
    root: Path,
    seen: set[str],
    absolute: bool,
    report: Report,
) -> Included | None:
    """Read the file that `value` names, unless it lies outside `root` or was read before."""
    path = root / value.text
    real = _real(path)
    if os.path.isabs(value.text) or not Path(real).is_relative_to(_real(root)):
        report.add(value, "P030", path=value.text)
    elif real in seen:
        report.add(value, "P033", path=value.text)
    else:
        seen.add(real)
        return _open(path, value, absolute, report)
    return None


def _real(path: Path) -> str:
    try:
        return os.path.realpath(path)
    except (ValueError, OSError):
        # A name no file can have; reading it says so.
        return os.path.abspath(path)


def _open(path: Path, value: Scalar, absolute: bool, report: Report) -> Included | None:
    name = str(path) if absolute else os.path.relpath(path)
    try:
        return Included(name, read_bytes(path))
    except (FileNotFoundError, NotADirectoryError):
        report.add(value, "P031", path=value.text)
    except OSError as error:
        report.add(value, "P032", path=value.text, reason=reason_of(error))
    return None
