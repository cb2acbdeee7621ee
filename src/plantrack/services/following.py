"""What a task that follows the plan takes from its activity, field by field and role by role."""

from plantrack.model.days import Due, period_last_day
from plantrack.model.names import Names
from plantrack.model.plan import Activity
from plantrack.model.record import NamedTuple
from plantrack.model.status import Role
from plantrack.services.writing import Pen
from plantrack.store.tasks import TaskRow, joined, split

#: Every field and role that can follow, in the order in which they are stored.
FOLLOWABLE = ("title", "start", "due", "priority", "deliverable", "places", "lead", "coordinating")


class Planned(NamedTuple):
    """What the plan says of an activity, as a task stores it."""

    #: Values of the task's own columns, by followed field.
    columns: dict[str, dict[str, str | None]]
    due: Due
    lead: tuple[str, ...]
    coordinating: tuple[str, ...]


def planned(names: Names, activity: Activity) -> Planned:
    """Read an activity; its organisations are its own, else its area's."""
    area = names.area_of(activity)
    deliverable = activity.deliverable
    columns: dict[str, dict[str, str | None]] = {
        "title": {"title": activity.title.vi, "title_en": activity.title.en},
        "start": {"start_day": activity.start},
        "priority": {"priority": activity.priority or "normal"},
        "deliverable": {
            "deliverable": deliverable.vi if deliverable else None,
            "deliverable_en": deliverable.en if deliverable else None,
        },
        "places": {"places": joined(activity.place)},
    }
    return Planned(
        columns, due_of(activity), activity.lead or area.lead, activity.coordinating or area.coordinating
    )


def due_of(activity: Activity) -> Due:
    """Give the due day of an activity, and the words of the document for it."""
    if activity.ongoing:
        return Due(None, activity.time or "ongoing")
    if activity.due is None:
        return Due(None, activity.time)
    last = period_last_day(activity.due)
    return Due(last or activity.due, activity.time or (activity.due if last else None))


def follow(pen: Pen, row: TaskRow, plan: Planned, fields: set[str], on: str) -> TaskRow:
    """Bring the followed `fields` of a task in line with the plan: corrections, roles from a day on."""
    for field in FOLLOWABLE:
        if field in fields and field in plan.columns:
            for column, value in plan.columns[field].items():
                row = pen.change(row, column, value)
    for role, wanted in ((Role.LEAD, plan.lead), (Role.COORDINATING, plan.coordinating)):
        if role in fields:
            hand_over(pen, row.uid, role, wanted, on)
    return row


def hand_over(pen: Pen, uid: str, role: Role, wanted: tuple[str, ...], on: str) -> None:
    """Let just `wanted` hold a role from a day on, also after days on which it changed hands later."""
    own = [a for a in pen.facts(uid).assignments if a.role is role]
    for party in dict.fromkeys((*(a.party for a in own), *wanted)):
        holds = party in wanted
        if holds != pen.holds(uid, role, party, on):
            pen.assign(uid, role, party, on, holds=holds)
        for day in dict.fromkeys(a.on for a in own if a.party == party and a.on > on and a.holds != holds):
            pen.assign(uid, role, party, day, holds=holds)


def stop_following(pen: Pen, row: TaskRow, fields: set[str]) -> TaskRow:
    """Make fields the task's own."""
    left = [f for f in split(row.follows) if f not in fields]
    return pen.change(row, "follows", joined(left))


def start_following(pen: Pen, row: TaskRow, fields: set[str]) -> TaskRow:
    """Mark fields as the plan's."""
    held = {*split(row.follows), *fields}
    return pen.change(row, "follows", joined(f for f in FOLLOWABLE if f in held))
