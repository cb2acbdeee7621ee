"""Where somebody is still named once their names were taken out: what was typed, files, backups, what was sent."""

import platform
from collections.abc import Collection, Iterator
from pathlib import Path

from plantrack.model.named_tuple import NamedTuple
from plantrack.model.people.name_in_text import NamesInText
from plantrack.model.views.parties import StillNamed
from plantrack.services.backup_folder import FOLDER
from plantrack.services.workspace import Workspace
from plantrack.store import deliveries, stats
from plantrack.store.connection import Connection
from plantrack.store.forgetting.own_names import rows_of
from plantrack.store.forgetting.texts import texts_found
from plantrack.store.place.database_files import is_own_database


class NamesSought(NamedTuple):
    """Whom to look for."""

    #: Their names and addresses, as texts have them.
    names: tuple[str, ...]
    #: Those that somebody else has too, and all that stand where people are named: these are no texts.
    shared: Collection[str]
    alone: Collection[str]
    #: When they were first named.
    since: str


def still_named(db: Connection, workspace: Workspace, sought: NamesSought) -> Iterator[StillNamed]:
    """Yield where somebody is still named, or may be."""
    names = NamesInText(sought.names)
    for name in sorted(sought.shared):
        rows = rows_of(db, [name])
        yield StillNamed("namesake", name=name, number=rows.commands + rows.told)
    is_planned = False
    for found in texts_found(db, names.are_in, sought.alone):
        if found.table in ("plan_revision", "plan_include"):
            is_planned = True
            yield StillNamed("plan", command=found.command, field=found.column, file=found.key)
        else:
            yield StillNamed("text", found.task, found.command, found.column)
    files = [file for file in _plan_files(workspace.root) if _names(file, names)]
    yield from (StillNamed("plan_file", file=str(file)) for file in files)
    if (files or is_planned) and (repository := _repository(workspace.root)):
        yield StillNamed("git", file=str(repository))
    yield from (StillNamed("backup", file=file) for file in _backups(db, workspace.root))
    for kind, period, sent in deliveries.sent_since(db, sought.since):
        yield StillNamed("mail", report=kind, period=period, number=sent)


def _plan_files(root: Path) -> list[Path]:
    """Return the files of plans, and those that they may include."""
    found = (root / "plans").rglob("*.y*ml")
    return sorted(file for file in found if file.is_file())


def _names(file: Path, names: NamesInText) -> bool:
    try:
        return names.are_in(file.read_text("utf-8", errors="replace"))
    except OSError:  # it may hold the name
        return True


def _repository(root: Path) -> Path | None:
    return next((folder for folder in (root, *root.parents) if (folder / ".git").exists()), None)


def _backups(db: Connection, root: Path) -> list[str]:
    """Return the databases of this program that lie where backups do, and the last one that was made anywhere.

    Beside what a server has, that is the folder of the workspace, with the file from which the data came there.
    """
    beside = db.path.parent if db.path else root
    found = {file for name in (".", FOLDER) for file in _files(beside / name) if _is_database(file)}
    elsewhere = []
    if told := stats.get_told(db, "last_backup"):
        machine = told.get("machine", platform.node())
        if machine == platform.node():
            found.add(Path(told["file"]))
        else:
            elsewhere.append(f"{machine}: {told['file']}")
    own = db.path and db.path.resolve()
    there = sorted({file for file in found if file.exists() and file.resolve() != own})
    return [*map(str, there), *elsewhere]


def _files(folder: Path) -> list[Path]:
    try:
        return [file for file in folder.iterdir() if file.is_file()]
    except OSError:
        return []


def _is_database(file: Path) -> bool:
    try:
        return is_own_database(file)
    except OSError:
        return False
