"""What a person is told in the reply because it is rarely meant: it was recorded as typed all the same."""

from plantrack.model.days import add_days
from plantrack.model.history import deadline_on
from plantrack.model.status import OPEN, Status
from plantrack.model.text import fold
from plantrack.services.command_writer import CommandWriter
from plantrack.store import tasks
from plantrack.store.tasks import TaskRow


def same_title(writer: CommandWriter, row: TaskRow) -> None:
    """Tell of an open task of the plan that has the title of another one."""
    for uid, label, title in tasks.open_titles(writer.db, row.plan, len(row.title)):
        if uid != row.uid and fold(title) == fold(row.title):
            writer.caution("same-title", task=row.label, other=label, title=title)
            return


def past_due(writer: CommandWriter, row: TaskRow, due: str | None) -> None:
    """Tell of a deadline that was given to open work and is over already."""
    if due and due < writer.context.today and writer.work(row.uid, writer.context.today).status in OPEN:
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
