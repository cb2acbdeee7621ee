"""What a task that follows the plan takes from its activity, field by field and role by role."""

from collections.abc import Collection, Iterable, Sequence

from plantrack.model.both_roles import in_both_roles
from plantrack.model.days import DueDay
from plantrack.model.history import Assignment, holders_on
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.names import Names
from plantrack.model.plan import Activity, Area, Text, due_of
from plantrack.model.status import Role
from plantrack.model.task import FOLLOWABLE
from plantrack.services.writing.command_writer import CommandWriter
from plantrack.store.task_rows import TaskRow, joined, split

#: The roles that one organisation does not have both of in a task.
OTHER_ROLE = {Role.LEAD: Role.COORDINATING, Role.COORDINATING: Role.LEAD}
#: What names them in a command.
ROLE_OPTION = {Role.LEAD: "--lead", Role.COORDINATING: "--with"}


class PlanDefaults(NamedTuple):
    """What the plan says of an activity, as a task has it."""

    title: Text
    start: str | None
    priority: str
    deliverable: Text | None
    places: tuple[str, ...]
    due: DueDay
    lead: tuple[str, ...]
    coordinating: tuple[str, ...]


def plan_defaults(names: Names, activity: Activity) -> PlanDefaults:
    """Read an activity; its organisations are its own, else its area's."""
    lead, coordinating = _roles(activity, names.area_of(activity))
    return PlanDefaults(
        title=activity.title,
        start=activity.start,
        priority=activity.priority or "normal",
        deliverable=activity.deliverable,
        places=split(joined(activity.place)),  # as a task keeps them
        due=due_of(activity),
        lead=lead,
        coordinating=coordinating,
    )


def _columns(plan: PlanDefaults, fields: Collection[str]) -> dict[str, str | None]:
    """Return the columns of a task's row that hold some of the fields."""
    deliverable, deliverable_en = plan.deliverable or (None, None)
    columns: dict[str, dict[str, str | None]] = {
        "title": {"title": plan.title.vi, "title_en": plan.title.en},
        "start": {"start_day": plan.start},
        "priority": {"priority": plan.priority},
        "deliverable": {"deliverable": deliverable, "deliverable_en": deliverable_en},
        "places": {"places": joined(plan.places)},
    }
    return {name: value for field in columns if field in fields for name, value in columns[field].items()}


def _roles(activity: Activity, area: Area) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return who leads and who coordinates: nobody both, and what the activity itself says goes first."""
    lead, coordinating = activity.lead or area.lead, activity.coordinating or area.coordinating
    if activity.coordinating and not activity.lead:
        return _without(lead, coordinating), coordinating
    return lead, _without(coordinating, lead)


def _without(parties: tuple[str, ...], others: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(p for p in parties if p not in others)


def beside_own(
    plan: PlanDefaults, follows: Iterable[str], lead: tuple[str, ...], coordinating: tuple[str, ...]
) -> PlanDefaults:
    """Leave out of a role that follows the plan who has the other one by a person's word."""
    followed = {*follows} & {*OTHER_ROLE}
    if followed == {Role.LEAD}:
        return plan._replace(lead=_without(plan.lead, coordinating))
    if followed == {Role.COORDINATING}:
        return plan._replace(coordinating=_without(plan.coordinating, lead))
    return plan


def follow(
    writer: CommandWriter, row: TaskRow, plan: PlanDefaults, fields: set[str], on: str | None
) -> TaskRow:
    """Bring the followed `fields` of a task in line with the plan: corrections, roles from a day or the opening on.

    Raises: those of `hand_over`.
    """
    followed = {*split(row.follows), *fields}
    row = writer.change(row.uid, **_columns(plan, fields))
    for role, wanted in ((Role.LEAD, plan.lead), (Role.COORDINATING, plan.coordinating)):
        if role in fields:
            other = OTHER_ROLE[role]
            hand_over(writer, row.uid, role, wanted, on, beside=None if other in followed else other)
    return row


def hand_over(
    writer: CommandWriter,
    uid: str,
    role: Role,
    wanted: tuple[str, ...],
    on: str | None,
    *,
    beside: Role | None = None,
) -> None:
    """Let just `wanted` hold a role from a day on; who has the role `beside` on a day does not get this one too.

    Raises: those of `give`.
    """
    own = [a.party for a in writer.facts_now(uid).assignments if a.role is role]
    for party in dict.fromkeys((*own, *wanted)):
        give(writer, uid, role, party, on, holds=party in wanted, beside=beside)


def give(
    writer: CommandWriter,
    uid: str,
    role: Role,
    party: str,
    on: str | None,
    *,
    holds: bool,
    beside: Role | None = None,
) -> list[str]:
    """Let a party hold a role, or not, from a day on; return the later days on which that had to be said again.

    Raises: those of `CommandWriter.assign`.
    """
    later = changes_after(writer, uid, (role, beside), party, on)
    corrected = []
    for day in (on, *later):
        wanted = holds and not (beside and writer.holds(uid, beside, party, day))
        if wanted != writer.holds(uid, role, party, day):
            writer.assign(uid, role, party, day, holds=wanted)
            corrected.append(day)
    return [day for day in corrected if day is not None and day != on]


def changes_after(
    writer: CommandWriter, uid: str, roles: Collection[Role | None], party: str, on: str | None
) -> list[str]:
    """Return the later days on which a party takes or leaves some roles."""
    given = writer.facts_now(uid).assignments
    days = [a.on for a in given if a.role in roles and a.party == party]
    return sorted({day for day in days if day is not None and day > (on or "")})


class BothRoles(NamedTuple):
    """An organisation that would lead a task and coordinate it, from a day on, and the option of the role it has."""

    party: str
    day: str
    option: str


def new_in_both_roles(
    row: TaskRow, after: Sequence[Assignment], before: Sequence[Assignment]
) -> BothRoles | None:
    """Find who would newly lead a task and coordinate it on one day; what stood before stays."""
    new = in_both_roles(after, before)
    if new is None:
        return None
    party, day = new
    has = Role.LEAD if party in holders_on(before, day).lead else Role.COORDINATING
    return BothRoles(party, day or row.opened_on, ROLE_OPTION[has])


def from_now(writer: CommandWriter, row: TaskRow) -> str:
    """Return the day from which a change counts that is made today: no fact stands before the opening."""
    return max(writer.context.today, row.opened_on)


def stop_following(writer: CommandWriter, row: TaskRow, fields: set[str]) -> TaskRow:
    """Make fields the task's own."""
    left = [f for f in split(row.follows) if f not in fields]
    return writer.change(row.uid, follows=joined(left))


def start_following(writer: CommandWriter, row: TaskRow, fields: set[str]) -> TaskRow:
    """Mark fields as the plan's."""
    held = {*split(row.follows), *fields}
    return writer.change(row.uid, follows=joined(f for f in FOLLOWABLE if f in held))
