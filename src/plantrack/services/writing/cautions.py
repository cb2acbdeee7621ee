"""What a person is told in the reply because it is rarely meant: it was recorded as typed all the same."""

from bisect import insort
from collections.abc import Iterable, Sequence

from plantrack.model.days import add_days
from plantrack.model.history import Work, deadline_on
from plantrack.model.moments import local_day
from plantrack.model.status import OPEN, Role, Status
from plantrack.model.text import fold, natural_key
from plantrack.services.writing.command_rules import warn_expired, warn_gone_place, warn_left
from plantrack.services.writing.command_writer import CommandWriter
from plantrack.store.questions.task_titles import open_titles
from plantrack.store.task_rows import TaskRow, split


class Titles:
    """Open tasks of the plan by their titles, without tones and case; those of a title are read once."""

    def __init__(self, writer: CommandWriter, titles: Iterable[str] = ()) -> None:
        self.writer = writer
        #: Of each title the first two: one of them may be the task that is asked about.
        self.known: dict[str, list[tuple[str, str, str]]] = {}
        self._read(titles)

    def _read(self, titles: Iterable[str]) -> None:
        new = {key for title in titles if (key := fold(title)) not in self.known}
        self.known.update((title, []) for title in new)
        for found in open_titles(self.writer.db, self.writer.context.plan.id, new):
            self.known[fold(found[2])].append(found)

    def same(self, row: TaskRow, *, is_one_of_many: bool = False) -> None:
        """Tell of a task that has the title of an open one; after that it is known too, if it is open.

        `is_one_of_many`: with other tasks that have its title on purpose.
        """
        self._read([row.title])
        alike = self.known[fold(row.title)]
        other = next((found for found in alike if found[0] != row.uid), None)
        if other is not None:
            self.writer.caution("same-title", task=row.label, other=other[1], title=other[2])
        if not is_one_of_many and is_open(self.writer, row):
            insort(alike, (row.uid, row.label, row.title), key=lambda found: natural_key(found[1]))


def clock_behind(writer: CommandWriter, last_moment: str | None) -> None:
    """Tell that a command counts for a day before the one on which the last command was recorded."""
    context = writer.context
    last = last_moment and local_day(last_moment, context.plan.reporting.timezone)
    if writer.recorded is not None and last and context.today < last:
        writer.note("clock-behind", day=context.today, last=last)


def new_tasks(
    writer: CommandWriter, uids: Sequence[str], *, is_due_typed: bool = False, one_title: bool = False
) -> None:
    """Tell what is rarely meant of new tasks, and who and where is no more; `one_title`: they share it on purpose."""
    titles = Titles(writer, [writer.any_row(uid).title for uid in uids])
    for uid in uids:
        row = writer.any_row(uid)
        gone_parties(writer, row)
        titles.same(row, is_one_of_many=one_title)
        first_due = writer.facts_now(uid).deadlines[0].due
        due_before_start(writer, row, first_due)
        if is_due_typed:
            past_due(writer, row, first_due)


def gone_parties(writer: CommandWriter, row: TaskRow) -> None:
    """Tell which organisations, people and places of a new task are no more."""
    names = writer.context.names
    for given in writer.facts_now(row.uid).assignments:
        warn = warn_left if given.role is Role.IN_CHARGE else warn_expired
        writer.tell(warn(names, given.party, row.opened_on))
    for place in split(row.places):
        writer.tell(warn_gone_place(names, place, row.opened_on))


def is_open(writer: CommandWriter, row: TaskRow) -> bool:
    """Return whether the work of a task went on today, before the command."""
    return writer.work(row.uid, writer.context.today).status in OPEN


def past_due(writer: CommandWriter, row: TaskRow, due: str | None) -> None:
    """Tell of a deadline that was given to open work and is over already."""
    if due and due < writer.context.today and is_open(writer, row):
        writer.caution("due-past", task=row.label, day=due)


def due_before_start(writer: CommandWriter, row: TaskRow, due: str | None) -> None:
    """Tell of a deadline before the day on which the work is to start."""
    if due and row.start_day and due < row.start_day:
        writer.caution("due-before-start", task=row.label, day=due, start=row.start_day)


def earlier_due(writer: CommandWriter, row: TaskRow, old: str | None, due: str | None) -> None:
    """Tell of an extension that brings the deadline forward."""
    if old and due and due < old:
        writer.caution("due-earlier", task=row.label, day=due, old=old)


def lateness_gone(writer: CommandWriter, row: TaskRow, due: str | None) -> None:
    """Tell of a correction that takes back lateness: until an extension, the end of the work, or today."""
    known, work = writer.facts(row.uid).deadlines, writer.work(row.uid, writer.context.today)
    old = deadline_on([d for d in known if d.on is None], "").due
    if old is None or work.status not in OPEN | {Status.DONE}:
        return
    extended = [add_days(d.on, -1) for d in known if d.on is not None]
    late_until = min([*extended, work.completed_on or writer.context.today])
    if old < late_until and (due is None or due > old):
        writer.caution("lateness-gone", task=row.label, day=add_days(old, 1), due=due)


def lower_percent(writer: CommandWriter, row: TaskRow, before: int | None, percent: int | None) -> None:
    """Tell of progress that goes back."""
    if before is not None and percent is not None and percent < before:
        writer.caution("percent-lower", task=row.label, before=before, percent=percent)


def odd_money(
    writer: CommandWriter, row: TaskRow, before: Work, *, allocated: int | None, spent: int | None
) -> None:
    """Tell of money that goes back, and of more than there is: what was told is in all up to a day."""
    for field, old, new in (("allocated", before.allocated, allocated), ("spent", before.spent, spent)):
        if old is not None and new is not None and new < old:
            writer.caution("money-lower", task=row.label, fields=(field,), amount_before=old, amount=new)
    if allocated is None and spent is None:
        return
    given = before.allocated if allocated is None else allocated
    paid = before.spent if spent is None else spent
    if given is not None and paid is not None and paid > given:
        writer.caution("spent-above-allocated", task=row.label, amount=paid, amount_of=given)
    allocated_above_budget(writer, row, allocated)


def allocated_above_budget(writer: CommandWriter, row: TaskRow, allocated: int | None) -> None:
    """Tell of more money than the work may cost."""
    if allocated is not None and row.budget is not None and allocated > row.budget:
        writer.caution("allocated-above-budget", task=row.label, amount=allocated, amount_of=row.budget)
