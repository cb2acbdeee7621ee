"""`plantrack db init`."""

from typing import Annotated

from typer import Argument, Context, Option

from plantrack.cli.invocation import program_call
from plantrack.cli.keeper_lines import keeper_lines
from plantrack.cli.session import Session
from plantrack.cli.verbs.plan.apply import tell_applied
from plantrack.errors import Failure
from plantrack.services.verbs.server import init as service
from plantrack.services.workspace import place_for_workspace


def init_database(
    ctx: Context,
    address: Annotated[str, Argument(metavar="ADDRESS", help="arg.address")],
    only_print: Annotated[bool, Option("--print", help="opt.print_sql")] = False,
) -> None:
    """Make the tables of the program on a server."""
    session: Session = ctx.obj
    if not address:
        raise Failure("missing-argument", argument="ADDRESS")
    place = service.server_address(session.here, address)
    if only_print:
        session.put(service.server_script())
        return
    root = place_for_workspace(session.here).root
    with keeper_lines(session):
        made = service.init_server(place, root, session.author_of, session.clock)
    if made.is_new:
        session.say("reply.server-made", address=str(place), login=made.login)
    else:
        session.say("reply.server-there", address=str(place))
    if made.renewed:
        session.say("reply.server-renewed", logins=", ".join(made.renewed))
    if made.applying.applied:
        tell_applied(session, made.applying)
    if made.is_new:
        key = "reply.server-next" if made.applying.applied else "reply.server-without-plan"
        session.say(key, program=program_call(database=str(place)))
