"""`plantrack init`."""

from pathlib import Path
from typing import Annotated

from typer import Argument, Context

from plantrack.cli.invocation import program
from plantrack.cli.plan.apply import tell_applied
from plantrack.cli.session import Session
from plantrack.services import init as service
from plantrack.services.workspace import is_workspace, named_database


def init(
    ctx: Context, folder: Annotated[str | None, Argument(metavar="[DIR]", help="arg.folder")] = None
) -> None:
    """Make a workspace."""
    session: Session = ctx.obj
    root = (session.here / (folder or ".")).absolute()
    named = session.database_named
    made = service.init(root, named_database(root, named) if named else None, session.author, session.clock)
    if made.plan_file is not None:
        session.say("reply.init-plan", file=str(made.plan_file.relative_to(Path(root))))
    key = "reply.init-made" if made.made_database else "reply.init-there"
    session.say(key, folder=str(made.root), database=str(made.database))
    if made.applying.applied:
        session.options["directory"] = str(root)
        session.options["plan"] = made.applying.applied[0].plan
        tell_applied(session, made.applying)
    outer = next((f for f in made.root.parents if is_workspace(f)), None)
    if made.made_database and outer is not None:
        session.say("reply.init-inside", folder=str(outer))
    elsewhere = str(session.here / folder) if folder else session.options.get("directory")
    session.say("reply.init-next", program=program(elsewhere))
