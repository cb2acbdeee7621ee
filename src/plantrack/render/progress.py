"""The progress table."""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from plantrack.i18n.words import Words
from plantrack.model.counting import Counts, count
from plantrack.model.status import DeadlineState, Status
from plantrack.model.task import Task
from plantrack.model.views import Progress, ProgressRow
from plantrack.render.blocks import (
    Bar,
    Block,
    Cell,
    Column,
    Document,
    Entry,
    Heading,
    Items,
    Meaning,
    Paragraph,
    Part,
    Row,
    Said,
    Span,
    Table,
)
from plantrack.render.objects import Object, counts_object, text_in
from plantrack.render.voice import Voice

#: From this page width on there is room for more columns.
_WIDE = 120
#: What the rows are by, where each has a code besides its title.
_CODED = ("area", "activity")


class Number(NamedTuple):
    """A column of numbers."""

    name: str
    of: Callable[[Counts], int]
    meaning: Meaning = ""
    from_width: int = 0


def other(counts: Counts) -> int:
    """Count what the columns of statuses leave, so that they sum to the total."""
    return counts.submitted + counts.paused + counts.dropped + counts.carried_over


NUMBERS = (
    Number("total", lambda c: c.total),
    Number("done", lambda c: c.done),
    Number("in_progress", lambda c: c.in_progress),
    Number("not_started", lambda c: c.not_started),
    Number("other", other),
    Number("open_overdue", lambda c: c.open_overdue, "overdue"),
    Number("open_due_soon", lambda c: c.open_due_soon, "due_soon", _WIDE),
    Number("open_no_due", lambda c: c.open_no_due, "", _WIDE),
    Number("blocked", lambda c: c.blocked, "blocked"),
)
#: What is said of an organisation as lead, and again as coordinating.
SIDES = tuple(number for number in NUMBERS if number.name in ("total", "done", "open_overdue"))


def document(view: Progress, words: Words, *, explain: bool = False) -> Document:
    """Word the table, what follows from its numbers, and the filter that lists the tasks behind them."""
    voice = Voice(words, view.heading)
    lines = list(voice.labels())
    if view.filter:
        lines.append(words("filter.read", filter=view.filter))
    table = _by_organisation(view, voice) if view.by == "org" else _by_status(view, voice)
    blocks: list[Block] = [table, *_below(view, voice)]
    if explain:
        blocks += _explanation(view, voice)
    return Document(words(f"progress.title.{view.by}", about=voice.title), tuple(lines), tuple(blocks))


def _by_status(view: Progress, voice: Voice) -> Table:
    words = voice.words
    columns = (
        *title_columns(view.by, words),
        *(number_column(number, words) for number in NUMBERS),
        Column(words("column.rate"), "right", from_width=_WIDE),
        Column("", picture=True),
    )
    rows = [
        Row((*_titled(view.by, row, voice), *_numbers(row.counts), _rate(row.counts, words), bar(row.tasks)))
        for row in view.rows
    ]
    sums = (*_numbers(view.total), _rate(view.total, words), bar(view.tasks))
    return Table(columns, (*rows, Row((*_total_title(view.by, words), *sums), is_total=True)))


def title_columns(by: str, words: Words) -> tuple[Column, ...]:
    """Give the columns that say what a row is about."""
    title = Column(words(f"column.by.{by}"), wraps=True, least=16)
    return (Column(words("column.code")), title) if by in _CODED else (title,)


def number_column(number: Number, words: Words, group: str = "") -> Column:
    """Give a column of numbers."""
    return Column(words(f"column.{number.name}"), "right", group=group, from_width=number.from_width)


def _titled(by: str, row: ProgressRow, voice: Voice) -> tuple[Cell, ...]:
    title = row_title(by, row, voice)
    return (row.key or "", title) if by in _CODED else (title,)


def row_title(by: str, row: ProgressRow, voice: Voice) -> str:
    """Name a row; the last one may be of the tasks that have none of what the rows are by."""
    if row.key is None or row.title is None:
        return voice.words(f"progress.none.{by}")
    return voice.words.period(row.key) if by == "month" else voice.text(row.title)


def _total_title(by: str, words: Words) -> tuple[Cell, ...]:
    return ("", words("progress.total")) if by in _CODED else (words("progress.total"),)


def _numbers(counts: Counts, numbers: Iterable[Number] = NUMBERS) -> list[Cell]:
    return [number_cell(number.of(counts), number) for number in numbers]


def number_cell(n: int, number: Number) -> tuple[Span, ...]:
    """Give a number; none at all is shown quietly."""
    return (Span(str(n), number.meaning if n else "quiet"),)


def _rate(counts: Counts, words: Words) -> str:
    return words.percent(counts.done, counts.not_dropped)


def bar(tasks: Sequence[Task]) -> Bar:
    """Draw done, in progress and still in time, overdue, and the rest."""
    done = sum(t.status is Status.DONE for t in tasks)
    late = sum(t.deadline_state is DeadlineState.OPEN_OVERDUE for t in tasks)
    on_time = (t.deadline_state is not DeadlineState.OPEN_OVERDUE for t in tasks if t.status is Status.IN_PROGRESS)
    going = sum(on_time)
    rest = len(tasks) - done - going - late
    return Bar((Part("█", done, "done"), Part("▒", going, "in_progress"), Part("!", late, "overdue"), Part("·", rest)))


def _legend(words: Words) -> tuple[Span, ...]:
    return (
        Span("█ ", "done"),
        Span(words("progress.legend.done") + "  "),
        Span("▒ ", "in_progress"),
        Span(words("progress.legend.in_progress") + "  "),
        Span("! ", "overdue"),
        Span(words("progress.legend.overdue") + "  "),
        Span("· "),
        Span(words("progress.legend.rest")),
    )


def _by_organisation(view: Progress, voice: Voice) -> Table:
    """Lead and coordinating apart; the total counts a task once on each side."""
    words = voice.words
    groups = (words("column.group.lead"), words("column.group.coordinating"))
    columns = [number_column(number, words, group) for group in groups for number in SIDES]
    rows = [_organisation_row(row, voice) for row in view.rows]
    coordinated = {t.uid: t for row in view.rows if row.key for t in row.coordinated}
    sums = _numbers(view.total, SIDES) + _numbers(count(coordinated.values(), view.heading.as_of), SIDES)
    total = Row((*_total_title("org", words), *sums), is_total=True)
    return Table((*title_columns("org", words), *columns), (*rows, total))


def _organisation_row(row: ProgressRow, voice: Voice) -> Row:
    """The row of tasks that nobody leads says nothing of coordination."""
    coordinating = row.coordinating if row.key else None
    right = _numbers(coordinating, SIDES) if coordinating else [""] * len(SIDES)
    return Row((*_titled("org", row, voice), *_numbers(row.counts, SIDES), *right))


def _below(view: Progress, voice: Voice) -> Iterable[Block]:
    words = voice.words
    if not view.total.total:
        key = "list.nothing" if view.filter else "progress.empty"
        yield Paragraph(words(key, filter=view.filter))
        return
    if view.by != "org":
        yield Paragraph(_legend(words), picture=True)
    yield Paragraph(rates(view.total, words))
    yield Paragraph(_open(view, voice))
    if remarks := _remarks(view, voice):
        yield Paragraph(remarks)
    yield Paragraph(_see(view, words))
    if known := voice.known():
        yield Paragraph((Span(known, "quiet"),))


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


def _open(view: Progress, voice: Voice) -> str:
    """Say how open work stands against its deadlines."""
    words, total = voice.words, view.total
    today = sum(t.is_open and t.due == view.heading.as_of for t in view.tasks)
    day = voice.day(view.heading.as_of)
    return words(
        "progress.open",
        open=words.number(total.open),
        overdue=words.number(total.open_overdue),
        in_time=words.number(total.within_deadline),
        soon=words.number(total.open_due_soon),
        on_day=words("progress.on_day", n=words.number(today), day=day) if today else "",
        no_due=words.number(total.open_no_due),
    )


def _remarks(view: Progress, voice: Voice) -> str:
    """Say what "other" is made of, and what has had no update for long."""
    words, total = voice.words, view.total
    parts = [
        f"{words(f'counted.{name}')} {words.number(n)}"
        for name in ("submitted", "paused", "dropped", "carried_over")
        if (n := getattr(total, name))
    ]
    said = [words("progress.other", n=words.number(other(total)), parts=", ".join(parts))] if parts else []
    if total.stale:
        days = view.heading.plan.reporting.stale_days
        said.append(words("progress.stale", n=words.number(total.stale), days=words.number(days)))
    return " ".join(said)


def _see(view: Progress, words: Words) -> str:
    """Give the command that lists the overdue, or that names the tasks behind each number."""
    rest = f"{' ' + view.filter if view.filter else ''} --as-of {typed_day(view.heading.as_of, words)}"
    if view.total.open_overdue:
        return words("progress.see_overdue", rest=rest)
    by = "" if view.by == "area" else f" --by {view.by}"
    return words("progress.see_explained", rest=f"{by}{rest}")


def typed_day(day: str, words: Words) -> str:
    """Give a day as people type it."""
    year, month, number = day.split("-")
    return f"{int(number)}/{int(month)}/{year}" if words.language == "vi" else day


def _explanation(view: Progress, voice: Voice) -> Iterable[Block]:
    yield Heading(voice.words("explain.title"))
    entries = []
    for row in view.rows:
        if row.tasks or row.coordinated:
            name: Said = (Span(row_title(view.by, row, voice), "strong"),)
            entries.append(Entry(name, row.key if view.by in _CODED and row.key else "-"))
            entries += _explained(view, row, voice)
    yield Items(tuple(entries))


def _explained(view: Progress, row: ProgressRow, voice: Voice) -> Iterable[Entry]:
    """Give the labels behind each number of a row that is not 0."""
    words, day = voice.words, view.heading.as_of
    sides = [("lead", row.tasks), ("coordinating", row.coordinated if row.key else ())]
    for side, tasks in sides if view.by == "org" else [("", row.tasks)]:
        before = words(f"explain.{side}") + " " if side else ""
        for name, labels in behind(tasks, day).items():
            if labels:
                said = words("explain.count", name=words(f"counted.{name}"), n=words.number(len(labels)))
                yield Entry(f"{before}{said} {', '.join(labels)}", depth=1)


def behind(tasks: Iterable[Task], as_of: str) -> dict[str, list[str]]:
    """Give the labels of the tasks behind each count."""
    labels: dict[str, list[str]] = {name: [] for name in Counts._fields}
    for task in tasks:
        for name, n in count((task,), as_of)._asdict().items():
            if n:
                labels[name].append(task.label)
    return labels


def data(view: Progress, words: Words, *, explain: bool = False) -> Object:
    """Give the table for JSON."""
    rows = [_row_object(view, row, words, explain=explain) for row in view.rows]
    return {"by": view.by, "rows": rows, "total": counts_object(view.total)}


def _row_object(view: Progress, row: ProgressRow, words: Words, *, explain: bool) -> Object:
    title = words.period(row.key) if view.by == "month" and row.key else text_in(row.title, words)
    sides = {"lead": (row.counts, row.tasks), "coordinating": (row.coordinating or Counts(), row.coordinated)}
    out: Object = {"key": row.key, "title": title}
    if view.by == "org":
        out |= {side: counts_object(counts) for side, (counts, _) in sides.items()}
    else:
        out["counts"] = counts_object(row.counts)
    if explain and view.by == "org":
        out["tasks"] = {side: behind(tasks, view.heading.as_of) for side, (_, tasks) in sides.items()}
    elif explain:
        out["tasks"] = behind(row.tasks, view.heading.as_of)
    return out
