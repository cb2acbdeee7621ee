"""Who there is: the plan's organisations, with what they lead and coordinate."""

from plantrack.model.history import END_OF_TIME
from plantrack.model.plan import Organisation
from plantrack.model.views.parties import OrgLine, OrgList
from plantrack.services.context import Desk
from plantrack.services.task_query import settled


def list_organisations(desk: Desk) -> OrgList:
    """Give the plan's organisations, in the order of the plan."""
    tasks = settled(desk)
    lines = []
    for org in desk.plan.organisations:
        led = [t for t in tasks if org.id in t.lead]
        coordinated = sum(org.id in t.coordinating for t in tasks)
        in_force, before = _in_force(org, desk.when.day), tuple(desk.names.before(org.id))
        lines.append(OrgLine(org, sum(t.is_open for t in led), len(led), coordinated, in_force, before))
    return OrgList(desk.heading, tuple(lines))


def _in_force(org: Organisation, day: str) -> bool:
    return (org.valid_from or "") <= day <= (org.valid_to or END_OF_TIME)
