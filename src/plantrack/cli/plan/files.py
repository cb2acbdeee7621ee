"""The plan files that a command names, else those of the workspace."""

from pathlib import Path
from typing import Annotated

from typer import Argument

from plantrack.cli.session import Session
from plantrack.errors import Failure
from plantrack.services.workspace import Workspace, find_workspace

Files = Annotated[list[str] | None, Argument(metavar="[FILE...]", help="arg.files")]


def chosen_files(session: Session, named: list[str] | None) -> tuple[list[Path], Path | None]:
    """Give the named files, or those of the workspace; and the folder that they may include files from."""
    if named:
        try:
            root = find_workspace(session.here).root
        except Failure:
            root = None
        files = [(session.here / f).absolute() for f in named]
        return files, root if root and all(f.is_relative_to(root) for f in files) else None
    workspace = find_workspace(session.here)
    return all_files(workspace), workspace.root


def all_files(workspace: Workspace) -> list[Path]:
    """Give the plan files of a workspace; none is a failure."""
    found = workspace.plan_files()
    if not found:
        raise Failure("no-plan-file", folder=str(workspace.root / "plans"))
    return found
