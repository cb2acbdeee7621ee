"""`plantrack assign` and `plantrack unassign`."""

from typing import Annotated

from typer import Context, Option

from plantrack.cli.choice import chosen_tasks
from plantrack.cli.confirmed_names import confirm_organisations, confirm_people
from plantrack.cli.feedback import reply
from plantrack.cli.params import Leads, NewPerson, OnDay, People, TaskIds, Withs, listed
from plantrack.services.verbs import assign as service


def assign(
    ctx: Context,
    ids: TaskIds = None,
    lead: Leads = None,
    with_: Withs = None,
    to: People = None,
    new_person: NewPerson = False,
    instead: Annotated[bool, Option("--instead", help="opt.instead")] = False,
    on: OnDay = None,
) -> None:
    """Assign roles."""
    tasks = chosen_tasks(ctx.obj, ids)
    people = listed(to) if new_person else confirm_people(ctx.obj, listed(to))
    leads, others = (confirm_organisations(ctx.obj, listed(typed)) for typed in (lead, with_))
    roles = service.Roles(leads, others, people, on, instead, new_person)
    reply(ctx.obj, "reply.assign", service.assign(ctx.obj.context(), tasks, roles), roles=True)


def unassign(
    ctx: Context,
    ids: TaskIds = None,
    lead: Leads = None,
    with_: Withs = None,
    to: People = None,
    on: OnDay = None,
) -> None:
    """Take roles away."""
    tasks = chosen_tasks(ctx.obj, ids)
    leads, others = (confirm_organisations(ctx.obj, listed(typed)) for typed in (lead, with_))
    roles = service.Roles(leads, others, confirm_people(ctx.obj, listed(to)), on)
    reply(ctx.obj, "reply.unassign", service.unassign(ctx.obj.context(), tasks, roles), roles=True)
