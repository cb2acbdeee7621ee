"""Who there is: the plan's organisations, with what they lead and coordinate."""

from plantrack.model.names import in_force
from plantrack.model.views.parties import OrgLine, OrgList
from plantrack.services.context import Context
from plantrack.store.questions.task_counts import COORDINATING, LEAD, counts_of, tallies


def list_organisations(context: Context) -> OrgList:
    """Return the plan's organisations, in the order of the plan."""
    led, coordinated = (tallies(context.tasks, role) for role in (LEAD, COORDINATING))
    lines = []
    for org in context.plan.organisations:
        own, shared = counts_of(led, org.id), counts_of(coordinated, org.id)
        there, before = in_force(org, context.when.day), tuple(context.names.before(org.id))
        lines.append(OrgLine(org, own.open, own.total, shared.total, there, before))
    return OrgList(context.heading, tuple(lines))
