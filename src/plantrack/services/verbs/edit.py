"""Correct what was entered wrongly, extend deadlines, and remove tasks that are mistakes."""

from collections.abc import Sequence

from plantrack.errors import Failure
from plantrack.model.history import deadline_on, fact_order
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.status import parse_priority
from plantrack.model.task import FOLLOWABLE, Task
from plantrack.model.text import clean_line, clean_text, nearest
from plantrack.model.typed.days import is_none
from plantrack.model.typed.vietnamese_fields import FOLLOWED_FIELDS
from plantrack.model.typed.vietnamese_names import name_meant
from plantrack.services.context import Context
from plantrack.services.writing import cautions
from plantrack.services.writing.command_rules import CommandResult, refuse_closed
from plantrack.services.writing.command_writer import CommandWriter
from plantrack.services.writing.occurrences import planned_due, read_after, read_until, recurrence
from plantrack.services.writing.plan_defaults import (
    follow,
    from_now,
    plan_defaults,
    start_following,
    stop_following,
)
from plantrack.services.writing.run_command import loaded, run_command
from plantrack.store.task_rows import TaskRow, document_columns, joined, split


class Corrections(NamedTuple):
    """Corrections as a person typed them; none: leave as it is."""

    title: str | None = None
    area: str | None = None
    activity: str | None = None
    due: str | None = None
    start: str | None = None
    priority: str | None = None
    deliverable: str | None = None
    budget: str | None = None
    budget_source: str | None = None
    opened: str | None = None
    follow: tuple[str, ...] = ()
    every: str | None = None
    until: str | None = None
    after: tuple[str, ...] = ()
    document: str | None = None


def edit(context: Context, ids: Sequence[str], wanted: Corrections) -> CommandResult:
    """Correct fields of tasks: they hold from the opening, and are the tasks' own from then on.

    Raises: activity-of-other-area, every-needs-due, no-activity-to-follow, nothing-to-change, unknown-followed-field,
    until-without-every; those of `CommandWriter.row`, `CommandWriter.set_opening`, `loaded`, `run_command`,
    `read_until`, `recurrence`, `refuse_closed`, `read_after`, `CommandWriter.document`, `clean_line`.
    """
    if wanted == Corrections():
        raise Failure("nothing-to-change")

    def body(writer: CommandWriter) -> None:
        titles = cautions.Titles(writer)
        for uid in loaded(writer, ids):
            correct_task(writer, writer.row(uid), wanted, titles)
        writer.say_unchanged()

    return run_command(context, "edit", body)


def correct_task(writer: CommandWriter, row: TaskRow, wanted: Corrections, titles: cautions.Titles) -> None:
    """Correct fields of one task.

    Raises: activity-of-other-area, every-needs-due, no-activity-to-follow, unknown-followed-field,
    until-without-every; those of `CommandWriter.set_opening`, `CommandWriter.set_due`, `CommandWriter.document`,
    `read_until`, `recurrence`, `refuse_closed`, `read_after`, `clean_line`.
    """
    row = _relocate(writer, row, wanted)
    own = {f for f in ("title", "start", "due", "priority", "deliverable") if getattr(wanted, f) is not None}
    row = writer.change(stop_following(writer, row, own).uid, **_columns(writer, wanted))
    if wanted.title is not None:
        titles.same(row)
    if wanted.due is not None:
        _correct_due(writer, row, wanted.due)
    elif wanted.start is not None:
        cautions.due_before_start(
            writer, row, deadline_on(writer.facts(row.uid).deadlines, writer.context.today).due
        )
    if wanted.budget is not None:
        cautions.allocated_above_budget(writer, row, writer.work(row.uid, writer.context.today).allocated)
    if wanted.opened is not None:
        day = writer.context.day(wanted.opened)
        row = writer.set_opening(row.uid, day)
        writer.note("opening-set", task=row.label, day=day)
    if wanted.follow:
        _follow_again(writer, row, wanted.follow)
    _correct_recurrence(writer, row, wanted)
    if wanted.after:
        writer.change(row.uid, after=joined(read_after(writer, wanted.after)))


def _correct_recurrence(writer: CommandWriter, row: TaskRow, wanted: Corrections) -> None:
    """Let open work recur, otherwise or no longer; what recurs has a due day."""
    every = row.every if wanted.every is None else wanted.every
    if wanted.every is not None and is_none(wanted.every):
        writer.change(row.uid, every=None, every_until=None, every_from=None)
    elif wanted.every is not None or wanted.until is not None:
        if every is None:
            raise Failure("until-without-every")
        refuse_closed(writer.links, row, writer.work(row.uid, writer.context.today).status)
        until = row.every_until if wanted.until is None else read_until(writer, wanted.until)
        new = recurrence(writer, every, until, planned_due(writer, row))
        rhythm = row.every_from if wanted.every is None else new.rhythm
        writer.change(row.uid, every=new.every, every_until=new.until, every_from=rhythm)
    elif row.every is not None and planned_due(writer, row) is None:
        raise Failure("every-needs-due", every=row.every)


def _correct_due(writer: CommandWriter, row: TaskRow, typed: str) -> None:
    """Correct the deadline of the opening; an extension of it stands."""
    due = writer.due(typed)
    is_new = writer.set_due(row.uid, due.day, due.text)
    is_extended = _say_extension(writer, row, due.day)
    if not is_new:
        return
    cautions.lateness_gone(writer, row, due.day)
    cautions.due_before_start(writer, row, due.day)
    if not is_extended:
        cautions.past_due(writer, row, due.day)


def _columns(writer: CommandWriter, wanted: Corrections) -> dict[str, str | int | None]:
    columns: dict[str, str | int | None] = {}
    if wanted.title is not None:
        columns.update(title=clean_line(wanted.title, what="title"), title_en=None)
    if wanted.start is not None:
        start = None if is_none(wanted.start) else writer.start(wanted.start)
        columns.update(start_day=start)
    if wanted.priority is not None:
        columns.update(priority=parse_priority(wanted.priority))
    if wanted.deliverable is not None:
        columns.update(deliverable=clean_line(wanted.deliverable, what="deliverable"), deliverable_en=None)
    if wanted.document is not None:
        columns.update(document_columns(writer.document(wanted.document)))
    if wanted.budget is not None:
        columns.update(budget=None if is_none(wanted.budget) else writer.money("budget", wanted.budget))
    if (source := wanted.budget_source) is not None:
        columns.update(budget_source=None if is_none(source) else clean_line(source, what="budget_source"))
    return columns


def _relocate(writer: CommandWriter, row: TaskRow, wanted: Corrections) -> TaskRow:
    """Move a task to another area or activity; what it follows, it follows there."""
    names = writer.context.names
    if wanted.activity is not None:
        activity = names.activity(wanted.activity)
        area = names.area_of(activity).code
        if wanted.area is not None and names.area(wanted.area).code != area:
            raise Failure("activity-of-other-area", activity=activity.code, area=area)
        row = writer.change(row.uid, area=area, activity=activity.code)
        return _take_over(writer, row, set(split(row.follows)))
    if wanted.area is not None and names.area(wanted.area).code != row.area:
        row = writer.change(row.uid, area=names.area(wanted.area).code, activity=None)
        return stop_following(writer, row, set(FOLLOWABLE))
    return row


def _take_over(writer: CommandWriter, row: TaskRow, fields: set[str]) -> TaskRow:
    """Set fields to what the plan says of the task's activity."""
    plan = plan_defaults(writer.context.names, writer.context.names.activity(row.activity or ""))
    row = follow(writer, row, plan, fields, None)
    if "due" in fields:
        extended = any(d.on is not None for d in writer.facts(row.uid).deadlines)
        writer.set_due(row.uid, plan.due.day, plan.due.text, on=from_now(writer, row) if extended else None)
        if not extended:
            cautions.lateness_gone(writer, row, plan.due.day)
    return row


def _follow_again(writer: CommandWriter, row: TaskRow, typed: tuple[str, ...]) -> None:
    fields = set()
    for field in typed:
        name = name_meant(field, FOLLOWED_FIELDS)
        if name is None:
            near = nearest(field, [*FOLLOWED_FIELDS, *FOLLOWED_FIELDS.values()])
            raise Failure("unknown-followed-field", field=field, near=near)
        fields.add(name)
    if row.activity is None:
        raise Failure("no-activity-to-follow", task=row.label)
    start_following(writer, _take_over(writer, row, fields), fields)


def extend(
    context: Context, ids: Sequence[str], due: str, reason: str, on: str | None = None
) -> CommandResult:
    """Set a new deadline from a day on: earlier lateness and the first due day stay.

    Raises: same-deadline; those of `CommandWriter.row`, `loaded`, `refuse_closed`, `run_command`,
    `clean_text`.
    """

    def body(writer: CommandWriter) -> None:
        day = writer.day(on)
        new = writer.due(due)
        why = clean_text(reason, what="reason")
        for uid in loaded(writer, ids):
            row = writer.row(uid, day)
            refuse_closed(writer.links, row, writer.work(uid, day).status)
            old = deadline_on(writer.facts(uid).deadlines, day)
            if (old.due, old.due_text) == new:
                raise Failure("same-deadline", task=row.label)
            cautions.earlier_due(writer, row, old.due, new.day)
            cautions.past_due(writer, row, new.day)
            cautions.due_before_start(writer, row, new.day)
            stop_following(writer, row, {"due"})
            writer.set_due(uid, new.day, new.text, on=day, reason=why)
            _say_later_extension(writer, row, day)

    return run_command(context, "extend", body)


def _say_extension(writer: CommandWriter, row: TaskRow, first: str | None) -> bool:
    """Tell that an extension goes on: the correction is of the deadline before it; say whether it does."""
    standing = [
        d for d in writer.facts(row.uid).deadlines if d.on is not None and d.on <= writer.context.today
    ]
    if standing:
        last = max(standing, key=fact_order)
        writer.note("extension-stands", task=row.label, day=first or "", on=last.on, due=last.due or "")
    return bool(standing)


def _say_later_extension(writer: CommandWriter, row: TaskRow, day: str) -> None:
    """Tell that a deadline set for a day holds only until a later one on which another was set."""
    later = sorted((d for d in writer.facts(row.uid).deadlines if (d.on or "") > day), key=fact_order)
    if later:
        writer.note("later-extension-stands", task=row.label, on=later[0].on, due=later[-1].due or "")


def remove(context: Context, ids: Sequence[str], reason: str) -> CommandResult:
    """Take mistaken tasks out of every count; they stay in the log.

    Raises: those of `CommandWriter.row`, `loaded`, `run_command`, `clean_text`.
    """
    before: tuple[Task, ...] = ()

    def body(writer: CommandWriter) -> None:
        nonlocal before
        why = clean_text(reason, what="reason")
        removed = [writer.row(uid) for uid in loaded(writer, ids)]
        before = writer.result().tasks
        for row in removed:
            writer.change(row.uid, removed=why)

    return run_command(context, "remove", body)._replace(tasks=before)
