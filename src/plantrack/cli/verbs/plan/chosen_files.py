"""The plan files that a command names, else those of the workspace."""

from pathlib import Path
from typing import Annotated

from typer import Argument

from plantrack.cli.session import Session
from plantrack.errors import Failure
from plantrack.services.plan_files import id_of, located, plans_among
from plantrack.services.verbs.plan.apply import refuse_at_site
from plantrack.services.workspace import Workspace, find_workspace
from plantrack.store.connection import Connection

Files = Annotated[list[str] | None, Argument(metavar="[FILE...]", help="arg.files")]


def chosen_files(session: Session, named: list[str] | None) -> tuple[list[Path], Path | None]:
    """Return the named files, or those of the workspace; and the folder that they may include files from."""
    if named:
        try:
            root = find_workspace(session.here).root
        except Failure:
            root = None
        files = [(session.here / f).absolute() for f in named]
        root = root if root and all(located(f).is_relative_to(root) for f in files) else None
        return plans_among(files, root), root
    workspace = find_workspace(session.here)
    # A server is not asked: no database is needed to read files.
    if not workspace.plan_files() and session.has_database and isinstance(session.workspace().database, Path):
        refuse_at_site(session.db())
    return all_files(workspace), workspace.root


def of_plan(session: Session, files: list[Path], db: Connection | None = None) -> list[Path]:
    """Return the files of the plan that `--plan` names, of all of them without it; `db`: as in `id_of`."""
    wanted = session.options.get("plan")
    if not wanted:
        return files
    ids = {file: id_of(file, db) for file in files}
    found = [file for file in files if ids[file] == wanted]
    if not found:
        known = tuple(i for i in ids.values() if i)
        raise Failure("file-of-other-plan", plan=wanted, near=known)
    return found


def all_files(workspace: Workspace, db: Connection | None = None) -> list[Path]:
    """Return the plan files of a workspace; none is a failure; `db`: as in `plans_among`."""
    found = workspace.plan_files()
    if not found:
        raise Failure("no-plan-file", folder=str(workspace.root / "plans"))
    return plans_among(found, workspace.root, db)
