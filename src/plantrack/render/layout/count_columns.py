"""The table of progress by itself: its columns of numbers, its titles, its bars, its rates."""

from collections import Counter
from collections.abc import Callable, Iterable

from plantrack.i18n.words import Words
from plantrack.model.counting import Counts
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.status import DeadlineState, Status
from plantrack.model.task import Task
from plantrack.model.views.progress import ProgressRow
from plantrack.render.layout.blocks import Bar, BarSegment, Cell, Meaning, StyledText, TableColumn
from plantrack.render.layout.fact_formatter import FactFormatter
from plantrack.render.layout.text_width import BAR_SIGNS, bar_key

#: From this page width on there is room for more columns; below that one, for the most important alone.
WIDE, NARROW = 120, 60
#: What rows may be by that has a code besides its title.
CODED = ("area", "activity")


class Number(NamedTuple):
    """A column of numbers."""

    name: str
    of: Callable[[Counts], int]
    meaning: Meaning = ""
    from_width: int = 0

    def column(self, words: Words, group: str = "") -> TableColumn:
        """Return the column."""
        return TableColumn(words(f"column.{self.name}"), "right", group=group, from_width=self.from_width)

    def cell(self, counts: Counts, change: Counts | None, words: Words) -> Cell:
        """Return the number, with its change in brackets; none at all is shown quietly."""
        n, moved = self.of(counts), self.of(change) if change else 0
        text = f"{words.number(n)} ({words.signed(moved)})" if moved else words.number(n)
        return (StyledText(text, self.meaning if n else "" if moved else "quiet"),)


def other(counts: Counts) -> int:
    """Count what the columns of statuses leave, so that they sum to the total."""
    return counts.submitted + counts.paused + counts.dropped + counts.carried_over


def others(counts: Counts, words: Words) -> str:
    """Say what "other" is made of."""
    names = ("submitted", "paused", "dropped", "carried_over")
    parts = [
        f"{words(f'counted.{name}')} {words.number(n)}" for name in names if (n := getattr(counts, name))
    ]
    return words("progress.other", n=words.number(other(counts)), parts=", ".join(parts))


NUMBERS = (
    Number("total", lambda c: c.total),
    Number("done", lambda c: c.done),
    Number("in_progress", lambda c: c.in_progress, from_width=NARROW),
    Number("not_started", lambda c: c.not_started, from_width=NARROW),
    Number("other", other, from_width=NARROW),
    Number("open_overdue", lambda c: c.open_overdue, "overdue"),
    Number("open_due_soon", lambda c: c.open_due_soon, "due_soon", WIDE),
    Number("open_no_due", lambda c: c.open_no_due, "", WIDE),
    Number("blocked", lambda c: c.blocked, "blocked", NARROW),
)
#: What is said of an organisation as lead, and again as coordinating.
SIDES = (NUMBERS[0], NUMBERS[1]._replace(from_width=NARROW), NUMBERS[5])


def number_cells(
    counts: Counts, words: Words, *, change: Counts | None = None, numbers: Iterable[Number] = NUMBERS
) -> list[Cell]:
    """Return the numbers of a row."""
    return [number.cell(counts, change, words) for number in numbers]


def title_columns(by: str, words: Words) -> list[TableColumn]:
    """Return the columns that say what a row is about."""
    title = TableColumn(words(f"column.by.{by}"), wraps=True, least=16)
    return [TableColumn(words("column.code")), title] if by in CODED else [title]


def title_cells(by: str, row: ProgressRow, formatter: FactFormatter) -> list[Cell]:
    """Say what a row is about."""
    title = row_title(by, row, formatter)
    return [row.key or "", title] if by in CODED else [title]


def total_cells(by: str, words: Words) -> list[Cell]:
    """Say that a row is the total."""
    return ["", words("progress.total")] if by in CODED else [words("progress.total")]


def row_title(by: str, row: ProgressRow, formatter: FactFormatter) -> str:
    """Name a row; the last one may be of the tasks that have none of what the rows are by."""
    if row.key is None or row.title is None:
        return formatter.words(f"progress.none.{by}")
    return formatter.words.period(row.key) if by == "month" else formatter.text(row.title)


def count_bar(tasks: Iterable[Task]) -> Bar:
    """Draw what is done, in progress and still in time, overdue, and the rest."""
    numbers = Counter(map(_part, tasks))
    return Bar(tuple(BarSegment(numbers[meaning], meaning) for meaning in BAR_SIGNS))


def _part(task: Task) -> Meaning:
    if task.deadline_state is DeadlineState.OPEN_OVERDUE:
        return "overdue"
    kinds: dict[Status, Meaning] = {Status.DONE: "done", Status.IN_PROGRESS: "in_progress"}
    return kinds.get(task.status, "")


def legend(words: Words) -> tuple[StyledText, ...]:
    """Say what the signs of a bar mean."""
    return bar_key([(meaning, words(f"progress.legend.{meaning or 'rest'}")) for meaning in BAR_SIGNS])


def rates(total: Counts, words: Words) -> str:
    """Say both rates, each with its denominator."""
    left_out = words("progress.left_out", n=words.number(total.dropped)) if total.dropped else ""
    return words(
        "progress.rates",
        done=words.number(total.done),
        of=words.number(total.not_dropped),
        percent=words.percent(total.done, total.not_dropped),
        left_out=left_out,
        done_of_due=words.number(total.done_of_fallen_due),
        due=words.number(total.fallen_due),
        percent_of_due=words.percent(total.done_of_fallen_due, total.fallen_due),
    )


def rate(counts: Counts, words: Words) -> str:
    """Return the share that is done."""
    return words.percent(counts.done, counts.not_dropped)
