"""Recurring work and work in an order: what is typed of it, what a command opens or tells because of it."""

from collections.abc import Iterator, Sequence

from plantrack.errors import Failure
from plantrack.model.choosing.task_range import parse_task_range
from plantrack.model.days import DueDay, add_days, days_between, next_due, rhythm_of
from plantrack.model.grouping import chunks
from plantrack.model.history import END_OF_TIME, deadline_on, holders_on, parts_on, work_on
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.plan import Text
from plantrack.model.status import OPEN, Role, Status, parse_every
from plantrack.model.typed.days import is_none, parse_due
from plantrack.services.context import task_uids
from plantrack.services.writing import cautions
from plantrack.services.writing.command_rules import Recurrence, TaskOpening
from plantrack.services.writing.command_writer import CommandWriter
from plantrack.services.writing.relation_rules import first_in_series
from plantrack.store.questions.task_relations import series_of
from plantrack.store.task_rows import TaskRow, counts, document_of, joined, split

#: What a new occurrence has of its own, and no longer of the plan.
_OWN = ("start", "due")
#: What is not done before the tasks that come before it are.
_AT_WORK = (Status.IN_PROGRESS, Status.SUBMITTED, Status.DONE)


def read_until(writer: CommandWriter, typed: str | None) -> str | None:
    """Read the last day of recurring work; none: that of the plan.

    Raises: until-after-plan; those of `parse_due`.
    """
    if typed is None or is_none(typed):
        return None
    plan = writer.context.plan
    day = parse_due(typed, today=writer.context.today, year=plan.year).day
    if day is not None and day > plan.last_day:
        raise Failure("until-after-plan", day=day, last=plan.last_day, plan=plan.id)
    return day


def recurrence(writer: CommandWriter, every: str, until: str | None, due: str | None) -> Recurrence:
    """Read how often work recurs that is due on a day, until a last day or that of the plan.

    Raises: every-needs-due, no-next-occurrence; those of `parse_every`.
    """
    step = parse_every(every)
    if due is None:
        raise Failure("every-needs-due", every=step)
    found = Recurrence(step, due, until)
    after, last = _next_due(writer, found, due), _last_day(writer, until)
    if after > last:
        raise Failure("no-next-occurrence", due=due, day=after, last=last)
    writer.note("recurs", every=step, day=after, last=last)
    return found


def planned_due(writer: CommandWriter, row: TaskRow) -> str | None:
    """Return the due day of a task's opening, as it was corrected: no extension moves what it recurs by."""
    return deadline_on(writer.facts_now(row.uid).deadlines, "").due


def open_next(writer: CommandWriter, uids: Sequence[str], on: str, *, catch_up: bool = False) -> None:
    """Open on a day the next task of each series of which the command closed one of some tasks, if none was opened before.

    `catch_up`: the first one whose due day is still to come.

    Raises: those of `CommandWriter.open_tasks`, `copy_parts`.
    """
    closed = [row for row in map(writer.any_row, uids) if row.every and _was_closed(writer, row.uid)]
    found = [(row, _next_days(writer, row, catch_up=catch_up)) for row in _last_of_series(writer, closed)]
    openings = [_opening(writer, row, days.next, on) for row, days in found if days.next]
    opened = writer.open_tasks(openings) if openings else []
    for uid, row in zip(opened, (row for row, days in found if days.next), strict=True):
        copy_parts(writer, row.uid, uid, on, as_done=False)
    following = iter(opened)
    for row, days in found:
        if days.fell_out:
            writer.change(row.uid, fell_out=joined(days.fell_out))
            writer.note("fell-out", task=row.label, days=days.fell_out)
        _tell(writer, row, days, writer.any_row(next(following)) if days.next else None)


def copy_parts(writer: CommandWriter, old: str, new: str, on: str, *, as_done: bool) -> None:
    """Copy the checklist of a task to another one on a day; with what is done of it, or with nothing done.

    Raises: those of `CommandWriter.set_part`.
    """
    parts = parts_on(writer.facts_now(old).parts, END_OF_TIME)
    for number, part in enumerate(parts, 1):
        writer.set_part(new, number, on, text=part.text)
        if part.is_done and as_done:
            writer.set_part(new, number, on, is_done=True)


def _was_closed(writer: CommandWriter, uid: str) -> bool:
    """Return whether the command closed a task that was open before it, and not as one that goes on in a later plan."""
    before = writer.work(uid, END_OF_TIME).status
    now = work_on(writer.facts_now(uid).updates, END_OF_TIME).status
    return before in OPEN and now in (Status.DONE, Status.DROPPED)


def _last_of_series(writer: CommandWriter, rows: Sequence[TaskRow]) -> Iterator[TaskRow]:
    """Yield those of some tasks after which none of their series was opened."""
    for some in chunks(rows):
        series = series_of(writer.db, {first_in_series(row) for row in some}, END_OF_TIME)
        last = {tasks[-1].uid for tasks in series.values()}
        yield from (row for row in some if row.uid in last)


class _NextDays(NamedTuple):
    """The due day of the next occurrence, and those that were let go before it; none: the series is over."""

    next: str | None
    fell_out: tuple[str, ...] = ()
    #: The first due day after the last day, where the series is over; none: there was no due day to count from.
    after: str | None = None


def _next_days(writer: CommandWriter, row: TaskRow, *, catch_up: bool) -> _NextDays:
    due, last, fell_out = planned_due(writer, row), _last_day(writer, row.every_until), list[str]()
    if due is None:
        return _NextDays(None)
    how = _recurrence_of(row, due)
    day = _next_due(writer, how, due)
    while catch_up and day < writer.context.today and day <= last:
        fell_out.append(day)
        day = _next_due(writer, how, day)
    return _NextDays(day if day <= last else None, tuple(fell_out), day)


def _recurrence_of(row: TaskRow, due: str) -> Recurrence:
    return Recurrence(row.every or "", rhythm_of(due, row.every_from), row.every_until)


def _next_due(writer: CommandWriter, how: Recurrence, due: str) -> str:
    return next_due(due, how.every, how.rhythm, writer.context.plan.reporting.closing_day)


def _last_day(writer: CommandWriter, until: str | None) -> str:
    return until or writer.context.plan.last_day


def _opening(writer: CommandWriter, row: TaskRow, due: str, on: str) -> TaskOpening:
    """Return the next occurrence of a task: its fields and who has the roles now, and so many days to work."""
    held, before = (
        holders_on(writer.facts_now(row.uid).assignments, END_OF_TIME),
        planned_due(writer, row) or due,
    )
    start = row.start_day and add_days(due, days_between(before, row.start_day))
    return TaskOpening(
        area=row.area,
        activity=row.activity,
        title=Text(row.title, row.title_en),
        due=DueDay(due, None),
        parties={role: getattr(held, role) for role in Role},
        follows=tuple(field for field in split(row.follows) if field not in _OWN),
        opened_on=on,
        start_day=start,
        priority=row.priority,
        deliverable=Text(row.deliverable, row.deliverable_en) if row.deliverable else None,
        places=split(row.places),
        tags=split(row.tags),
        recurrence=_recurrence_of(row, before),
        occurrence_of=first_in_series(row),
        document=document_of(row),
    )


def _tell(writer: CommandWriter, row: TaskRow, days: _NextDays, opened: TaskRow | None) -> None:
    """Tell which task goes on with a series, or why none does."""
    if opened is not None:
        cautions.gone_parties(writer, opened)
        writer.note("next-opened", task=row.label, other=opened.label, day=days.next)
        if (days.next or "") < writer.context.today:
            writer.note("next-is-late", task=opened.label)
        if row.budget is not None:
            writer.note("next-without-budget", task=opened.label)
    elif days.after is None:
        writer.note("series-without-due", task=row.label)
    else:
        writer.note("series-over", task=row.label, day=days.after, on=_last_day(writer, row.every_until))


def read_after(writer: CommandWriter, typed: Sequence[str]) -> tuple[str, ...]:
    """Find the tasks that are to come before another one, ranges too; `none`: no more.

    Raises: task-removed; those of `task_uids`, `parse_task_range`.
    """
    named = [label for text in typed for part in text.split() for label in _each(part)]
    found = task_uids(writer.context, [] if all(map(is_none, typed)) else named)
    writer.load_also(found)
    for row in map(writer.any_row, found):
        if not counts(row, writer.gone):
            raise Failure("task-removed", task=row.label)
    return tuple(found)


def _each(typed: str) -> list[str]:
    numbers = parse_task_range(typed)
    return [typed] if numbers is None else [str(number) for number in numbers]


def tell_what_comes_before(writer: CommandWriter, row: TaskRow, status: Status | None, day: str) -> None:
    """Tell which tasks are still open on a day that come before one that is worked on, or done."""
    if status not in _AT_WORK or not row.after:
        return
    writer.load_also(split(row.after))
    before = [each for each in map(writer.any_row, split(row.after)) if counts(each, writer.gone)]
    still = [each.label for each in before if work_on(writer.facts_now(each.uid).updates, day).status in OPEN]
    if still:
        writer.note("others-come-before", task=row.label, tasks=tuple(still))
