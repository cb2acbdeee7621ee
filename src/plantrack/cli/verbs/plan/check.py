"""`plantrack plan check`."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

from typer import Context, Option

from plantrack.cli.output import deliver, output_view
from plantrack.cli.session import Session
from plantrack.cli.verbs.plan.chosen_files import Files, chosen_files
from plantrack.errors import Exit
from plantrack.model.views.plan import Checked
from plantrack.render.views.plan import check as render
from plantrack.services.verbs.plan import check as service

#: Where the runners of GitHub and GitLab say that the repository is: they take paths from there.
_REPOSITORY = {"github": "GITHUB_WORKSPACE", "gitlab": "CI_PROJECT_DIR"}


def check(
    ctx: Context,
    files: Files = None,
    errors_only: Annotated[bool, Option("--errors-only", help="opt.errors_only")] = False,
) -> None:
    """Print all problems of plan files."""
    session: Session = ctx.obj
    chosen, root = chosen_files(session, files)
    without_warnings = errors_only or bool(session.options.get("quiet"))
    view = service.check(chosen, root, _namer(session, root), errors_only=without_warnings)
    if session.format in ("line", *_REPOSITORY):
        _annotate(session, view)
    else:
        output_view(session, None, lambda w: render.document(view, w), lambda w: render.data(view, w))
    if any(p.severity == "error" for p in view.problems):
        session.exit_code = Exit.FILE


def _annotate(session: Session, view: Checked) -> None:
    from plantrack.render.views.plan.annotations import FORMS

    deliver(session, FORMS[session.format](view.problems, session.words))


def _namer(session: Session, root: Path | None) -> Callable[[Path], str]:
    """Call files by their paths from the repository, where a runner says which, the current folder, the workspace."""
    repository = os.environ.get(_REPOSITORY.get(session.format, ""))
    folders = [Path(folder) for folder in (repository, os.getcwd(), root) if folder]

    def named(path: Path) -> str:
        inside = (path.relative_to(folder) for folder in folders if path.is_relative_to(folder))
        return next(inside, path).as_posix()

    return named
