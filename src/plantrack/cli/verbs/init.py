"""`plantrack init`."""

from pathlib import Path
from typing import Annotated

from typer import Argument, Context, Option

from plantrack.cli.invocation import program_call
from plantrack.cli.place_notice import tell_place
from plantrack.cli.session import Session
from plantrack.cli.verbs.plan.apply import tell_applied
from plantrack.errors import Failure
from plantrack.model.typed.database_address import DatabaseAddress
from plantrack.services.verbs import init as service
from plantrack.services.workspace import DATABASE, named_database, workspace_around


def init(
    ctx: Context,
    folder: Annotated[str | None, Argument(metavar="[DIR]", help="arg.folder")] = None,
    group: Annotated[str | None, Option("--group", metavar="NAME", help="opt.group")] = None,
    in_place: Annotated[bool, Option("--here", help="opt.here")] = False,
) -> None:
    """Make a workspace."""
    session: Session = ctx.obj
    root = (session.here / (folder or ".")).absolute()
    elsewhere = str(session.here / folder) if folder else session.options.get("directory")
    named = session.database_named
    if group is not None and named:  # its folder is none of the workspace's
        raise Failure("options-exclude", option="--group", other="--db")
    database = named_database(root, named) if named else None
    if isinstance(database, DatabaseAddress):
        raise Failure("init-on-server", address=str(database))
    if not in_place:
        service.refuse_windows_drive(root, database or root / DATABASE)
    tell_place(session, database or root / DATABASE, always=True)
    made = service.init(root, database, session.author, session.clock, group=group, typist=session.typist)
    if made.plan_file is not None:
        session.say("reply.init-plan", file=str(made.plan_file.relative_to(Path(root))))
    key = "reply.init-made" if made.made_database else "reply.init-there"
    session.say(key, folder=str(made.root), database=str(made.database))
    if made.applying.applied:
        tell_applied(session, made.applying)
    if group is not None:
        session.say("reply.init-shared", group=group)
    elif made.readers:
        session.say("reply.init-readers", group=made.readers)
    elif made.is_owners_alone:
        session.say("reply.init-alone", program=program_call())
    outer = workspace_around(made.root)
    if made.made_database and outer is not None:
        session.say("reply.init-inside", folder=str(outer))
    session.say("reply.init-next", program=program_call(elsewhere, session.options.get("db")))
