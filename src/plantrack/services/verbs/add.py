"""Add tasks: one by its title, or one for each activity of the plan that has none."""

from collections.abc import Sequence

from plantrack.errors import Failure
from plantrack.model.days import DueDay
from plantrack.model.history import END_OF_TIME
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.names import Names
from plantrack.model.plan import Activity, Text
from plantrack.model.status import Role, parse_priority
from plantrack.model.task import FOLLOWABLE
from plantrack.model.text import clean_line
from plantrack.services import cautions
from plantrack.services.command_writer import (
    CommandResult,
    CommandWriter,
    open_command,
    warn_expired,
    warn_gone_place,
    written,
)
from plantrack.services.context import Context
from plantrack.services.plan_defaults import PlanDefaults, beside_own, plan_defaults
from plantrack.services.verbs.assign import refuse_both_named
from plantrack.store import commands, tasks
from plantrack.store.tasks import AsOf, TaskRow, joined, split


class NewTask(NamedTuple):
    """A task as a person typed it."""

    title: str
    area: str | None = None
    activity: str | None = None
    lead: tuple[str, ...] = ()
    coordinating: tuple[str, ...] = ()
    in_charge: tuple[str, ...] = ()
    due: str | None = None
    start: str | None = None
    priority: str | None = None
    deliverable: str | None = None
    places: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    on: str | None = None
    #: Whoever is in charge may be new, also where the name is a part of a known one.
    new_person: bool = False


class TaskOpening(NamedTuple):
    """A new task, understood: what will be stored."""

    area: str
    activity: str | None
    title: Text
    columns: dict[str, str | None]
    due: DueDay
    parties: dict[Role, tuple[str, ...]]
    follows: tuple[str, ...]
    opened_on: str


def add(context: Context, new: NewTask, titles: Sequence[str] = ()) -> CommandResult:
    """Add one task, or one for each of several titles, alike but for them."""
    with open_command(context, "add") as writer:
        for title in titles or (new.title,):
            read = _read(writer, new._replace(title=title))
            uid = open_task(writer, read)
            if new.due is not None:
                cautions.past_due(writer, writer.row(uid), read.due.day)
    return written(writer)


def add_from_plan(context: Context) -> CommandResult:
    """Add one task for each activity of the plan that has none, opened on the plan's day."""
    with open_command(context, "add") as writer:
        has = {t.activity for t in tasks.tasks_on(context.db, context.plan.id, AsOf(END_OF_TIME))}
        missing = [a for a in context.names.activities.values() if a.code not in has]
        if not missing:
            raise Failure("nothing-to-add")
        for activity in missing:
            open_task(writer, _from_plan(context, activity))
    return written(writer)


def _read(writer: CommandWriter, new: NewTask) -> TaskOpening:
    """Understand what was typed; what was not given follows the activity, never the title."""
    context = writer.context
    names = context.names
    day = writer.day(new.on)
    activity = names.activity(new.activity) if new.activity else None
    area = _area(names, new, activity)
    plan = plan_defaults(names, activity) if activity else None
    parties = _parties(names, new, day)
    refuse_both_named(parties)
    follows = _follows(new, plan)
    if plan is not None:
        plan = beside_own(plan, follows, parties[Role.LEAD], parties[Role.COORDINATING])
        parties[Role.LEAD] = parties[Role.LEAD] or plan.lead
        parties[Role.COORDINATING] = parties[Role.COORDINATING] or plan.coordinating
    due = _due(writer, new, plan)
    columns: dict[str, str | None] = {}
    for field in ("start", "priority", "deliverable", "places"):
        columns.update(_typed(writer, new, field, day) or (plan.columns[field] if plan else {}))
    columns["tags"] = joined(clean_line(t, what="tag", limit=60) for t in new.tags)
    title = Text(clean_line(new.title, what="title"))
    return TaskOpening(
        area,
        activity.code if activity else None,
        title,
        columns,
        due,
        parties,
        follows,
        day,
    )


def _parties(names: Names, new: NewTask, day: str) -> dict[Role, tuple[str, ...]]:
    """Return who was named for which role."""
    return {
        Role.LEAD: _organisations(names, new.lead, day),
        Role.COORDINATING: _organisations(names, new.coordinating, day),
        Role.IN_CHARGE: names.people_to_write(new.in_charge, new=new.new_person),
    }


def _area(names: Names, new: NewTask, activity: Activity | None) -> str:
    if activity is None:
        if new.area is None:
            raise Failure("area-needed", near=tuple(names.areas))
        return names.area(new.area).code
    own = names.area_of(activity).code
    if new.area is not None and names.area(new.area).code != own:
        raise Failure("activity-of-other-area", activity=activity.code, area=own)
    return own


def _due(writer: CommandWriter, new: NewTask, plan: PlanDefaults | None) -> DueDay:
    if new.due is not None:
        return writer.due(new.due)
    return plan.due if plan else DueDay(None, None)


def _typed(writer: CommandWriter, new: NewTask, field: str, day: str) -> dict[str, str | None] | None:
    """Return the columns of a field that was typed."""
    if field == "start" and new.start is not None:
        return {"start_day": writer.start(new.start)}
    if field == "priority" and new.priority is not None:
        return {"priority": parse_priority(new.priority)}
    if field == "deliverable" and new.deliverable is not None:
        return {"deliverable": clean_line(new.deliverable, what="deliverable")}
    if field == "places" and new.places:
        typed = (clean_line(p, what="place", limit=100) for p in new.places)
        return {"places": joined(dict.fromkeys(writer.context.names.place(p, day) for p in typed))}
    return None


def _organisations(names: Names, typed: tuple[str, ...], day: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names.organisation(o, day).id for o in typed))


def _follows(new: NewTask, plan: PlanDefaults | None) -> tuple[str, ...]:
    if plan is None:
        return ()
    given = {f for f in FOLLOWABLE if getattr(new, f, None)} | {"title"}
    return tuple(f for f in FOLLOWABLE if f not in given)


def _from_plan(context: Context, activity: Activity) -> TaskOpening:
    plan = plan_defaults(context.names, activity)
    opened = context.plan.date or context.plan.start or f"{context.plan.year}-01-01"
    columns = {c: v for field, values in plan.columns.items() if field != "title" for c, v in values.items()}
    parties = {Role.LEAD: plan.lead, Role.COORDINATING: plan.coordinating, Role.IN_CHARGE: ()}
    area = context.names.area_of(activity).code
    return TaskOpening(
        area,
        activity.code,
        activity.title,
        columns,
        plan.due,
        parties,
        FOLLOWABLE,
        min(opened, context.today),
    )


def open_task(writer: CommandWriter, read: TaskOpening, carried_from: str | None = None) -> str:
    """Write a new task: its row, its first due day and who has which role; give its uid."""
    uid = writer.uid()
    own = {"start_day": None, "priority": "normal", "deliverable": None, "deliverable_en": None, "places": "",
           "tags": "", **read.columns}  # fmt: skip
    row = TaskRow(
        uid=uid, site="", number=commands.next_number(writer.db, "task"), plan=writer.context.plan.id, area=read.area,
        activity=read.activity, title=read.title.vi, title_en=read.title.en, follows=joined(read.follows),
        opened_on=read.opened_on, removed=None, command=writer.command.number,
        recorded_at=writer.command.recorded_at, carried_from=carried_from, **own,  # type: ignore[arg-type]
    )  # fmt: skip
    tasks.insert_task(writer.db, row)
    writer.set_due(uid, read.due.day, read.due.text)
    for role, parties in read.parties.items():
        for party in dict.fromkeys(parties):
            writer.assign(uid, role, party, None)
            if role is not Role.IN_CHARGE:
                warn_expired(writer, writer.context.names, party, read.opened_on)
    for place in split(row.places):
        warn_gone_place(writer, writer.context.names, place, read.opened_on)
    cautions.same_title(writer, row)
    cautions.due_before_start(writer, row, read.due.day)
    return uid
