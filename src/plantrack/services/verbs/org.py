"""Who there is: the plan's organisations, with what they lead and coordinate."""

from plantrack.model.names import in_force
from plantrack.model.views.parties import OrgLine, OrgList
from plantrack.services.context import Context
from plantrack.services.task_query import tasks_with_deadline_states


def list_organisations(context: Context) -> OrgList:
    """Return the plan's organisations, in the order of the plan."""
    tasks = tasks_with_deadline_states(context)
    lines = []
    for org in context.plan.organisations:
        led = [t for t in tasks if org.id in t.lead]
        coordinated = sum(org.id in t.coordinating for t in tasks)
        there, before = in_force(org, context.when.day), tuple(context.names.before(org.id))
        lines.append(OrgLine(org, sum(t.is_open for t in led), len(led), coordinated, there, before))
    return OrgList(context.heading, tuple(lines))
