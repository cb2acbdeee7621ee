"""Add tasks: one by its title, or one for each activity of the plan that has none."""

from collections.abc import Sequence

from plantrack.errors import Failure
from plantrack.model.choosing.organisation_filter import organisations_passing
from plantrack.model.days import DueDay
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.names import Names
from plantrack.model.plan import Activity, Organisation, Text
from plantrack.model.status import Role, parse_priority
from plantrack.model.task import FOLLOWABLE
from plantrack.model.text import clean_line
from plantrack.model.typed.days import is_none
from plantrack.services.context import Context
from plantrack.services.verbs.assign import refuse_both_named
from plantrack.services.writing import cautions
from plantrack.services.writing.command_rules import CommandResult, Recurrence, TaskOpening
from plantrack.services.writing.command_writer import CommandWriter
from plantrack.services.writing.occurrences import read_after, read_until, recurrence
from plantrack.services.writing.plan_defaults import PlanDefaults, beside_own, plan_defaults
from plantrack.services.writing.run_command import run_command
from plantrack.store import tasks


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
    #: What it may cost, and from where the money comes.
    budget: str | None = None
    budget_source: str | None = None
    places: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    on: str | None = None
    every: str | None = None
    until: str | None = None
    after: tuple[str, ...] = ()
    document: str | None = None
    #: Whoever is in charge may be new, also where the name is a part of a known one.
    new_person: bool = False


def add(
    context: Context, new: NewTask, titles: Sequence[str] = (), leads: Sequence[str] = ()
) -> CommandResult:
    """Add one task, or one for each of several titles, alike but for them, and of each one for each of several leads.

    Raises: those of `CommandWriter.open_tasks`, `run_command`, `read_opening`.
    """

    def body(writer: CommandWriter) -> None:
        led: list[tuple[str, ...]] = [(lead,) for lead in leads] or [new.lead]
        each = [new._replace(title=title, lead=lead) for title in titles or (new.title,) for lead in led]
        uids = writer.open_tasks([read_opening(writer, one) for one in each])
        cautions.new_tasks(writer, uids, is_due_typed=new.due is not None, one_title=bool(leads))

    return run_command(context, "add", body)


def leads_passing(context: Context, line: str, on: str | None) -> list[Organisation]:
    """Return the organisations that pass a filter and are in force on the day of the opening: each leads a task.

    Raises: for-each-finds-nothing; those of `Context.day`, `organisations_passing`.
    """
    day = context.day(on)
    found = organisations_passing(line, context.names, day)
    if not found:
        raise Failure("for-each-finds-nothing", filter=line, day=day)
    return found


def activities_without_task(context: Context) -> list[Activity]:
    """Return the activities of the plan that have no task."""
    has = tasks.activities_with_tasks(context.db, context.plan.id)
    return [a for a in context.names.activities.values() if a.code not in has]


def add_from_plan(context: Context) -> CommandResult:
    """Add one task for each activity of the plan that has none, opened on the plan's day.

    Raises: nothing-to-add; those of `CommandWriter.open_tasks`, `run_command`.
    """

    def body(writer: CommandWriter) -> None:
        missing = activities_without_task(context)
        if not missing:
            raise Failure("nothing-to-add")
        cautions.new_tasks(writer, writer.open_tasks([_from_plan(context, a) for a in missing]))

    return run_command(context, "add", body)


def read_opening(writer: CommandWriter, new: NewTask) -> TaskOpening:
    """Understand what was typed; what was not given follows the activity, never the title.

    Raises: activity-of-other-area, area-needed, until-without-every; those of `CommandWriter.day`,
    `CommandWriter.due`, `CommandWriter.start`, `read_until`, `recurrence`, `refuse_both_named`, `read_after`,
    `clean_line`.
    """
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
    plan = plan or _NO_DEFAULTS
    due = plan.due if new.due is None else writer.due(new.due)
    return TaskOpening(
        area=area,
        activity=activity.code if activity else None,
        parties=parties,
        follows=follows,
        opened_on=day,
        due=due,
        start_day=plan.start if new.start is None else writer.start(new.start),
        priority=plan.priority if new.priority is None else parse_priority(new.priority),
        deliverable=plan.deliverable if new.deliverable is None else _text(new.deliverable, "deliverable"),
        budget=None if new.budget is None else writer.money("budget", new.budget),
        budget_source=_line(new.budget_source, "budget_source"),
        places=_places(names, new.places, day) or plan.places,
        tags=tuple(clean_line(t, what="tag", limit=60) for t in new.tags),
        title=_text(new.title, "title"),
        recurrence=_recurrence(writer, new, due),
        after=read_after(writer, new.after),
        document=None if new.document is None else writer.document(new.document),
    )


def _recurrence(writer: CommandWriter, new: NewTask, due: DueDay) -> Recurrence | None:
    """Read how often a new task recurs, if it does."""
    if new.every is None or is_none(new.every):
        if new.until is not None:
            raise Failure("until-without-every")
        return None
    return recurrence(writer, new.every, read_until(writer, new.until), due.day)


#: What a task without an activity begins with.
_NO_DEFAULTS = PlanDefaults(
    title=Text(""), start=None, priority="normal", deliverable=None, places=(), due=DueDay(None, None), lead=(),
    coordinating=(),
)  # fmt: skip


def _line(typed: str | None, what: str) -> str | None:
    return None if typed is None else clean_line(typed, what=what)


def _text(typed: str, what: str) -> Text:
    return Text(clean_line(typed, what=what))


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


def _places(names: Names, typed: tuple[str, ...], day: str) -> tuple[str, ...]:
    cleaned = (clean_line(place, what="place", limit=100) for place in typed)
    return tuple(dict.fromkeys(names.place(place, day) for place in cleaned))


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
    return TaskOpening(
        area=context.names.area_of(activity).code,
        activity=activity.code,
        parties={Role.LEAD: plan.lead, Role.COORDINATING: plan.coordinating, Role.IN_CHARGE: ()},
        follows=FOLLOWABLE,
        opened_on=min(opened, context.today),
        due=plan.due,
        start_day=plan.start,
        priority=plan.priority,
        deliverable=plan.deliverable,
        places=plan.places,
        title=plan.title,
    )
