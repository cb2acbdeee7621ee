"""Correct what was entered wrongly, extend deadlines, and remove tasks that are mistakes."""

from collections.abc import Sequence

from plantrack.errors import Failure
from plantrack.model.history import deadline_on, fact_order
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.status import parse_priority
from plantrack.model.task import FOLLOWABLE
from plantrack.model.text import clean_line, clean_text, nearest, spoken
from plantrack.services import cautions
from plantrack.services.carry_over_rules import refuse_reopening
from plantrack.services.command_writer import Pen, Written, refuse_closed, writing, written
from plantrack.services.context import Desk, task_uids
from plantrack.services.plan_defaults import follow, from_now, planned, start_following, stop_following
from plantrack.store.tasks import TaskRow, split


class Corrections(NamedTuple):
    """Corrections as a person typed them; none: leave as it is."""

    title: str | None = None
    area: str | None = None
    activity: str | None = None
    due: str | None = None
    start: str | None = None
    priority: str | None = None
    deliverable: str | None = None
    opened: str | None = None
    follow: tuple[str, ...] = ()


def edit(desk: Desk, ids: Sequence[str], wanted: Corrections) -> Written:
    """Correct fields of tasks: they hold from the opening, and are the tasks' own from then on."""
    if not any(wanted):
        raise Failure("nothing-to-change")
    with writing(desk, "edit") as pen:
        for uid in task_uids(desk, ids):
            _correct(pen, pen.row(uid), wanted)
        pen.say_unchanged()
    return written(pen)


def _correct(pen: Pen, row: TaskRow, wanted: Corrections) -> None:
    row = _relocate(pen, row, wanted)
    own = {f for f in ("title", "start", "due", "priority", "deliverable") if getattr(wanted, f) is not None}
    row = stop_following(pen, row, own)
    for column, value in _columns(pen, wanted).items():
        row = pen.change(row, column, value)
    if wanted.title is not None:
        cautions.same_title(pen, row)
    if wanted.due is not None:
        _correct_due(pen, row, wanted.due)
    elif wanted.start is not None:
        cautions.due_before_start(pen, row, deadline_on(pen.facts(row.uid).deadlines, pen.desk.today).due)
    if wanted.opened is not None:
        day = pen.desk.day(wanted.opened)
        row = _reopen_on(pen, row, day)
        pen.note("opening-set", task=row.label, day=day)
    if wanted.follow:
        _follow_again(pen, row, wanted.follow)


def _correct_due(pen: Pen, row: TaskRow, typed: str) -> None:
    """Correct the deadline of the opening; an extension of it stands."""
    due = pen.due(typed)
    is_new = pen.set_due(row.uid, due.day, due.text)
    is_extended = _say_extension(pen, row, due.day)
    if not is_new:
        return
    cautions.lateness_gone(pen, row, due.day)
    cautions.due_before_start(pen, row, due.day)
    if not is_extended:
        cautions.past_due(pen, row, due.day)


def _columns(pen: Pen, wanted: Corrections) -> dict[str, str | None]:
    columns: dict[str, str | None] = {}
    if wanted.title is not None:
        columns.update(title=clean_line(wanted.title, what="title"), title_en=None)
    if wanted.start is not None:
        none = spoken(wanted.start) in ("none", "khong")
        start = None if none else pen.start(wanted.start)
        columns.update(start_day=start)
    if wanted.priority is not None:
        columns.update(priority=parse_priority(wanted.priority))
    if wanted.deliverable is not None:
        columns.update(deliverable=clean_line(wanted.deliverable, what="deliverable"), deliverable_en=None)
    return columns


def _relocate(pen: Pen, row: TaskRow, wanted: Corrections) -> TaskRow:
    """Move a task to another area or activity; what it follows, it follows there."""
    names = pen.desk.names
    if wanted.activity is not None:
        activity = names.activity(wanted.activity)
        area = names.area_of(activity).code
        if wanted.area is not None and names.area(wanted.area).code != area:
            raise Failure("activity-of-other-area", activity=activity.code, area=area)
        row = pen.change(pen.change(row, "area", area), "activity", activity.code)
        return _take_over(pen, row, set(split(row.follows)))
    if wanted.area is not None and names.area(wanted.area).code != row.area:
        row = pen.change(pen.change(row, "area", names.area(wanted.area).code), "activity", None)
        return stop_following(pen, row, set(FOLLOWABLE))
    return row


def _take_over(pen: Pen, row: TaskRow, fields: set[str]) -> TaskRow:
    """Set fields to what the plan says of the task's activity."""
    plan = planned(pen.desk.names, pen.desk.names.activity(row.activity or ""))
    row = follow(pen, row, plan, fields, None)
    if "due" in fields:
        extended = any(d.on is not None for d in pen.facts(row.uid).deadlines)
        pen.set_due(row.uid, plan.due.day, plan.due.text, on=from_now(pen, row) if extended else None)
        if not extended:
            cautions.lateness_gone(pen, row, plan.due.day)
    return row


def _follow_again(pen: Pen, row: TaskRow, typed: tuple[str, ...]) -> None:
    fields = set()
    for field in typed:
        name = spoken(field)
        if name not in FOLLOWABLE:
            raise Failure("unknown-followed-field", field=field, near=nearest(field, FOLLOWABLE))
        fields.add(name)
    if row.activity is None:
        raise Failure("no-activity-to-follow", task=row.label)
    start_following(pen, _take_over(pen, row, fields), fields)


def _reopen_on(pen: Pen, row: TaskRow, day: str) -> TaskRow:
    """Correct the opening day; no fact stands before it, but what a carry-over brought along."""
    if day == row.opened_on:
        return row
    refuse_reopening(pen.db, row)
    first = min(pen.facts(row.uid).days(after=row.command), default=day)
    if first < day:
        raise Failure("opened-after-updates", task=row.label, day=first)
    return pen.change(row, "opened_on", day)


def extend(desk: Desk, ids: Sequence[str], due: str, reason: str, on: str | None = None) -> Written:
    """Set a new deadline from a day on: earlier lateness and the first due day stay."""
    with writing(desk, "extend") as pen:
        day = pen.day(on)
        new = pen.due(due)
        why = clean_text(reason, what="reason")
        for uid in task_uids(desk, ids):
            row = pen.reach(pen.row(uid), day)
            refuse_closed(pen, row, day)
            old = deadline_on(pen.facts(uid).deadlines, day)
            if old[:2] == new:
                raise Failure("same-deadline", task=row.label)
            cautions.earlier_due(pen, row, old.due, new.day)
            cautions.past_due(pen, row, new.day)
            cautions.due_before_start(pen, row, new.day)
            stop_following(pen, row, {"due"})
            pen.set_due(uid, new.day, new.text, on=day, reason=why)
            _say_later_extension(pen, row, day)
    return written(pen)


def _say_extension(pen: Pen, row: TaskRow, first: str | None) -> bool:
    """Tell that an extension goes on: the correction is of the deadline before it; say whether it does."""
    standing = [d for d in pen.facts(row.uid).deadlines if d.on is not None and d.on <= pen.desk.today]
    if standing:
        last = max(standing, key=fact_order)
        pen.note("extension-stands", task=row.label, day=first or "", on=last.on, due=last.due or "")
    return bool(standing)


def _say_later_extension(pen: Pen, row: TaskRow, day: str) -> None:
    """Tell that a deadline set for a day holds only until a later one on which another was set."""
    later = sorted((d for d in pen.facts(row.uid).deadlines if (d.on or "") > day), key=fact_order)
    if later:
        pen.note("later-extension-stands", task=row.label, on=later[0].on, due=later[-1].due or "")


def remove(desk: Desk, ids: Sequence[str], reason: str) -> Written:
    """Take mistaken tasks out of every count; they stay in the log."""
    with writing(desk, "remove") as pen:
        why = clean_text(reason, what="reason")
        removed = [pen.row(uid) for uid in task_uids(desk, ids)]
        result = written(pen)
        for row in removed:
            pen.change(row, "removed", why)
    return result._replace(command=pen.recorded)
