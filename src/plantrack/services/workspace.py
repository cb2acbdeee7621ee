"""Where the work is: a folder with plans, and its database."""

import re
from pathlib import Path

from plantrack.errors import Failure
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.typed.database_address import (
    SCHEMES,
    DatabaseAddress,
    is_address,
    names_of_pairs,
    typed_rightly,
)

#: Where a database is.
DatabasePlace = Path | DatabaseAddress

DATABASE = "plantrack.db"
_PLAN_ENDINGS = (".yaml", ".yml")


class Workspace(NamedTuple):
    """A folder and the database that belongs to it."""

    root: Path
    database: DatabasePlace

    @property
    def file(self) -> Path:
        """Return the file of its database, for what can be done with a file only.

        Raises: file-only.
        """
        if isinstance(self.database, Path):
            return self.database
        raise Failure("file-only", address=str(self.database))

    def plan_files(self) -> list[Path]:
        """Return the plan files, in the order of their names."""
        return plan_files(self.root)


def plan_files(root: Path) -> list[Path]:
    """Return the plan files of a folder, in the order of their names."""
    folder = root / "plans"
    if not folder.is_dir():
        return []
    files = (p for p in folder.iterdir() if p.suffix in _PLAN_ENDINGS)
    return sorted(p for p in files if p.is_file() and not p.name.startswith("."))


def find_workspace(start: Path, database: str | None = None) -> Workspace:
    """Find the nearest workspace from a folder upwards; `database` names another file for its rows.

    Raises: folder-gone, folder-not-readable, no-folder, no-workspace; those of `named_database`.
    """
    try:
        return _found(start.resolve(), database)
    except FileNotFoundError as error:  # only the folder that one stands in is looked for
        raise Failure("folder-gone") from error
    except (OSError, RuntimeError) as error:  # not permitted, too long a name, a loop of links
        raise Failure("folder-not-readable", folder=str(start)) from error


def place_for_workspace(start: Path, database: str | None = None) -> Workspace:
    """Find the nearest workspace as `find_workspace` does; where there is none, one can be made in the folder itself.

    Raises: those of `find_workspace`.
    """
    try:
        return find_workspace(start, database)
    except Failure as failure:
        if failure.code != "no-workspace":
            raise
        return Workspace(start.resolve(), start.resolve() / DATABASE)


def _found(here: Path, database: str | None) -> Workspace:
    if not here.is_dir():
        raise Failure("no-folder", folder=str(here))
    root = next((f for f in (here, *here.parents) if is_workspace(f)), None)
    if database:
        return Workspace(root or here, named_database(here, database))
    if root is None:
        raise Failure("no-workspace", folder=str(here))
    return Workspace(root, root / DATABASE)


def is_workspace(folder: Path) -> bool:
    """Return whether a folder has a database or a plan."""
    return (folder / DATABASE).exists() or bool(plan_files(folder))


def workspace_around(folder: Path) -> Path | None:
    """Find a workspace that a folder lies in; None where that cannot be looked at."""
    try:
        return next((f for f in folder.parents if is_workspace(f)), None)
    except OSError:
        return None


def named_database(here: Path, database: str) -> DatabasePlace:
    """Read what `--db` names: a file, relative to the folder one works in, or what a server has.

    Raises: address-form, database-address.
    """
    if database.startswith(SCHEMES):
        return DatabaseAddress(database)
    if right := typed_rightly(database):
        typed = re.sub(r"[/:;].*", "", database.strip(), flags=re.DOTALL)
        raise Failure("address-form", file=f"{typed}…", reason="mistyped", right=str(right))
    if is_address(database):
        raise Failure("database-address", address=database.split("://")[0] + "://")
    if names := names_of_pairs(database):  # of what was typed, a password may be a part
        pairs = " ".join(f"{name}=…" for name in names)
        raise Failure("address-form", file=pairs, reason="pairs")
    return here / database


#: How an address is refused, by what is to be done.
_ADDRESSES = {"backup": "backup-to-address", "restore": "restore-from-address"}


def refuse_address(file: str, doing: str) -> None:
    """Refuse the address of a server where only a file can be meant.

    Raises: backup-to-address, restore-from-address.
    """
    code = _ADDRESSES[doing]
    if is_address(file):
        raise Failure(code, address=re.split("[:;/]", file)[0] + "://")


def is_source(file: Path, workspace: Workspace) -> bool:
    """Return whether a file is what a workspace's answers are made from: its database, what stands beside that, a plan.

    A plan file may include others from wherever they lie, and no answer is written as YAML: any that is there is one.
    """
    from plantrack.store.place.database_files import files_of  # most commands write no file

    database = workspace.database
    rows = files_of(database) if isinstance(database, Path) else []
    own = (*rows, *workspace.plan_files())
    return _is_yaml(file) or any(is_same_file(file, one) for one in own)


def _is_yaml(file: Path) -> bool:
    try:
        return file.suffix.lower() in _PLAN_ENDINGS and file.exists()
    except (OSError, ValueError):  # whoever writes it says what is wrong
        return False


def is_database(file: Path) -> bool:
    """Return whether a file is a database, of whatever program."""
    from plantrack.store.place.database_files import is_any_database

    try:
        return file.is_file() and is_any_database(file)
    except (OSError, ValueError):  # whoever writes it says what is wrong
        return False


def is_same_file(file: Path, other: Path) -> bool:
    """Return whether two names lead to one file; where one of them leads to none, they do not."""
    try:
        return file.samefile(other)
    except (OSError, ValueError):  # one of them is not there
        return False
