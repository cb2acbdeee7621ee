"""`plantrack assign` and `plantrack unassign`."""

from typing import Annotated

from typer import Context, Option

from plantrack.cli.replying import reply
from plantrack.cli.typed import Ids, Leads, OnDay, People, Withs, listed
from plantrack.services import assign as service


def assign(
    ctx: Context,
    ids: Ids,
    lead: Leads = None,
    with_: Withs = None,
    to: People = None,
    instead: Annotated[bool, Option("--instead", help="opt.instead")] = False,
    on: OnDay = None,
) -> None:
    """Give roles."""
    roles = service.Roles(listed(lead), listed(with_), listed(to), on, instead)
    reply(ctx.obj, "reply.assign", service.assign(ctx.obj.desk(ids), ids, roles), roles=True)


def unassign(
    ctx: Context, ids: Ids, lead: Leads = None, with_: Withs = None, to: People = None, on: OnDay = None
) -> None:
    """Take roles away."""
    roles = service.Roles(listed(lead), listed(with_), listed(to), on)
    reply(ctx.obj, "reply.unassign", service.unassign(ctx.obj.desk(ids), ids, roles), roles=True)
