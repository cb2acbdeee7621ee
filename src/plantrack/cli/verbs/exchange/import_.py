"""`plantrack import`."""

from pathlib import Path
from typing import Annotated

from typer import Argument, Context, Option

from plantrack.cli.feedback import saved
from plantrack.cli.params import NewPerson
from plantrack.cli.progress_bar import progress_bar
from plantrack.cli.session import Session
from plantrack.errors import Failure
from plantrack.services.export_file import is_export, open_export
from plantrack.services.importing.read_table import ImportRequest
from plantrack.services.workspace import place_for_workspace


def import_file(
    ctx: Context,
    file: Annotated[str, Argument(metavar="FILE", help="arg.import_file")],
    kind: Annotated[str | None, Option("--kind", metavar="KIND", help="opt.import_kind")] = None,
    sheet: Annotated[str | None, Option("--sheet", metavar="SHEET", help="opt.sheet")] = None,
    map_: Annotated[list[str] | None, Option("--map", metavar="MAPPING", help="opt.map")] = None,
    as_: Annotated[str | None, Option("--as", metavar="NAME", help="opt.as")] = None,
    key: Annotated[str | None, Option("--key", metavar="HEADING", help="opt.key")] = None,
    encoding: Annotated[str | None, Option("--encoding", metavar="ENCODING", help="opt.encoding")] = None,
    skip_bad: Annotated[bool, Option("--skip-bad", help="opt.skip_bad")] = False,
    new_person: NewPerson = False,
    new_org: Annotated[bool, Option("--new-org", help="opt.new_org")] = False,
    new_tasks: Annotated[bool, Option("--new-tasks", help="opt.new_titles")] = False,
    overwrite: Annotated[bool, Option("--overwrite", help="opt.overwrite")] = False,
) -> None:
    """Take in what a file has: a whole export, or the rows of a table."""
    session: Session = ctx.obj
    path = session.here / file
    request = ImportRequest(
        path, kind, sheet, tuple(map_ or ()), as_, key, encoding,
        new_person=new_person, new_org=new_org, overwrite=overwrite,
    )  # fmt: skip
    if not is_export(path):
        from plantrack.cli.import_table import import_rows

        import_rows(session, request, skip_bad=skip_bad, new_tasks=new_tasks)
        return
    if skip_bad or new_tasks or request != ImportRequest(path) or session.options.get("dry_run"):
        with open_export(path):
            pass  # of a part the command alone would be refused too
        raise Failure("import-of-whole-export", file=str(path))
    _restore(session, path)


def _restore(session: Session, path: Path) -> None:
    """Restore a database from a whole export."""
    from plantrack.services.verbs.exchange import import_ as service

    workspace = place_for_workspace(session.here, session.database_named)
    with progress_bar(session, "advance.restore") as advance:
        done = service.import_file(path, workspace, advance)
    numbers = {name: session.words.number(getattr(done, name)) for name in ("commands", "tasks", "updates")}
    session.say("reply.restored", database=str(done.database), **numbers)
    if not workspace.plan_files():
        session.say("reply.restored-plans", folder=str(workspace.root / "plans"))
    if session.wants_json:
        from plantrack.render.formats.json import dumps, envelope
        from plantrack.render.views.exchange.import_ import data

        with saved(session.command):
            session.put(dumps(envelope(session.command, data(done))))
