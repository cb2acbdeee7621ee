"""Add tasks: one by its title, or one for each activity of the plan that has none."""

from collections.abc import Sequence

from plantrack.errors import Failure
from plantrack.model.days import Due
from plantrack.model.history import END_OF_TIME
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.names import Names
from plantrack.model.plan import Activity, Text
from plantrack.model.status import Role, parse_priority
from plantrack.model.task import FOLLOWABLE
from plantrack.model.text import clean_line
from plantrack.services import cautions
from plantrack.services.command_writer import Pen, Written, warn_expired, warn_gone_place, writing, written
from plantrack.services.context import Desk
from plantrack.services.plan_defaults import Planned, beside_own, planned
from plantrack.services.verbs.assign import refuse_both_named
from plantrack.store import commands, tasks
from plantrack.store.tasks import TaskRow, When, joined, split


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


class Opening(NamedTuple):
    """A new task, understood: what will be stored."""

    area: str
    activity: str | None
    title: Text
    columns: dict[str, str | None]
    due: Due
    parties: dict[Role, tuple[str, ...]]
    follows: tuple[str, ...]
    opened_on: str


def add(desk: Desk, new: NewTask, titles: Sequence[str] = ()) -> Written:
    """Add one task, or one for each of several titles, alike but for them."""
    with writing(desk, "add") as pen:
        for title in titles or (new.title,):
            read = _read(pen, new._replace(title=title))
            uid = open_task(pen, read)
            if new.due is not None:
                cautions.past_due(pen, pen.row(uid), read.due.day)
    return written(pen)


def add_from_plan(desk: Desk) -> Written:
    """Add one task for each activity of the plan that has none, opened on the plan's day."""
    with writing(desk, "add") as pen:
        has = {t.activity for t in tasks.tasks_on(desk.db, desk.plan.id, When(END_OF_TIME))}
        missing = [a for a in desk.names.activities.values() if a.code not in has]
        if not missing:
            raise Failure("nothing-to-add")
        for activity in missing:
            open_task(pen, _from_plan(desk, activity))
    return written(pen)


def _read(pen: Pen, new: NewTask) -> Opening:
    """Understand what was typed; what was not given follows the activity, never the title."""
    desk = pen.desk
    names = desk.names
    day = pen.day(new.on)
    activity = names.activity(new.activity) if new.activity else None
    area = _area(names, new, activity)
    plan = planned(names, activity) if activity else None
    parties = _parties(names, new, day)
    refuse_both_named(parties)
    follows = _follows(new, plan)
    if plan is not None:
        plan = beside_own(plan, follows, parties[Role.LEAD], parties[Role.COORDINATING])
        parties[Role.LEAD] = parties[Role.LEAD] or plan.lead
        parties[Role.COORDINATING] = parties[Role.COORDINATING] or plan.coordinating
    due = _due(pen, new, plan)
    columns: dict[str, str | None] = {}
    for field in ("start", "priority", "deliverable", "places"):
        columns.update(_typed(pen, new, field, day) or (plan.columns[field] if plan else {}))
    columns["tags"] = joined(clean_line(t, what="tag", limit=60) for t in new.tags)
    title = Text(clean_line(new.title, what="title"))
    return Opening(
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
    """Give who was named for which role."""
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


def _due(pen: Pen, new: NewTask, plan: Planned | None) -> Due:
    if new.due is not None:
        return pen.due(new.due)
    return plan.due if plan else Due(None, None)


def _typed(pen: Pen, new: NewTask, field: str, day: str) -> dict[str, str | None] | None:
    """Give the columns of a field that was typed."""
    if field == "start" and new.start is not None:
        return {"start_day": pen.start(new.start)}
    if field == "priority" and new.priority is not None:
        return {"priority": parse_priority(new.priority)}
    if field == "deliverable" and new.deliverable is not None:
        return {"deliverable": clean_line(new.deliverable, what="deliverable")}
    if field == "places" and new.places:
        typed = (clean_line(p, what="place", limit=100) for p in new.places)
        return {"places": joined(dict.fromkeys(pen.desk.names.place(p, day) for p in typed))}
    return None


def _organisations(names: Names, typed: tuple[str, ...], day: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names.organisation(o, day).id for o in typed))


def _follows(new: NewTask, plan: Planned | None) -> tuple[str, ...]:
    if plan is None:
        return ()
    given = {f for f in FOLLOWABLE if getattr(new, f, None)} | {"title"}
    return tuple(f for f in FOLLOWABLE if f not in given)


def _from_plan(desk: Desk, activity: Activity) -> Opening:
    plan = planned(desk.names, activity)
    opened = desk.plan.date or desk.plan.start or f"{desk.plan.year}-01-01"
    columns = {c: v for field, values in plan.columns.items() if field != "title" for c, v in values.items()}
    parties = {Role.LEAD: plan.lead, Role.COORDINATING: plan.coordinating, Role.IN_CHARGE: ()}
    area = desk.names.area_of(activity).code
    return Opening(
        area, activity.code, activity.title, columns, plan.due, parties, FOLLOWABLE, min(opened, desk.today)
    )


def open_task(pen: Pen, read: Opening, carried_from: str | None = None) -> str:
    """Write a new task: its row, its first due day and who has which role; give its uid."""
    uid = pen.uid()
    own = {"start_day": None, "priority": "normal", "deliverable": None, "deliverable_en": None, "places": "",
           "tags": "", **read.columns}  # fmt: skip
    row = TaskRow(
        uid=uid, site="", number=commands.next_number(pen.db, "task"), plan=pen.desk.plan.id, area=read.area,
        activity=read.activity, title=read.title.vi, title_en=read.title.en, follows=joined(read.follows),
        opened_on=read.opened_on, removed=None, command=pen.command.number,
        recorded_at=pen.command.recorded_at, carried_from=carried_from, **own,  # type: ignore[arg-type]
    )  # fmt: skip
    tasks.insert_task(pen.db, row)
    pen.set_due(uid, read.due.day, read.due.text)
    for role, parties in read.parties.items():
        for party in dict.fromkeys(parties):
            pen.assign(uid, role, party, None)
            if role is not Role.IN_CHARGE:
                warn_expired(pen, pen.desk.names, party, read.opened_on)
    for place in split(row.places):
        warn_gone_place(pen, pen.desk.names, place, read.opened_on)
    cautions.same_title(pen, row)
    cautions.due_before_start(pen, row, read.due.day)
    return uid
