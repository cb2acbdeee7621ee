"""The progress table."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from plantrack.i18n.words import Words
from plantrack.model.counting import Counts, count
from plantrack.model.task import Task
from plantrack.model.views.header import ViewHeader as ReportHeading
from plantrack.model.views.progress import Progress, ProgressRow
from plantrack.render.layout.blocks import (
    Block,
    Cell,
    Document,
    Heading,
    ItemList,
    ListItem,
    Paragraph,
    StyledText,
    Table,
    TableColumn,
    TableRow,
)
from plantrack.render.layout.count_columns import (
    CODED,
    NARROW,
    NUMBERS,
    SIDES,
    WIDE,
    count_bar,
    legend,
    number_cells,
    other,
    others,
    rate,
    rates,
    row_title,
    title_cells,
    title_columns,
    total_cells,
)
from plantrack.render.layout.fact_formatter import FactFormatter, no_match
from plantrack.render.layout.json_object import Object
from plantrack.render.views.task_fields import counts_object, text_in

if TYPE_CHECKING:
    from plantrack.render.layout.workbook import Book


def document(view: Progress, words: Words, *, explain: bool = False) -> Document:
    """Word the table, what follows from its numbers, and the filter that lists the tasks behind them."""
    formatter = FactFormatter(words, view.heading)
    table = _by_organisation(view, formatter) if view.by == "org" else _by_status(view, formatter)
    blocks = (table, *_below(view, formatter), *(explanation(view, formatter) if explain else ()))
    lines = formatter.lines(view.filter)
    if view.by == "area":
        return Document(words("progress.title", about=formatter.about), lines, blocks)
    return Document(words(f"progress.title.{view.by}"), (formatter.about, *lines), blocks)


def _by_status(view: Progress, formatter: FactFormatter) -> Table:
    words = formatter.words
    columns = title_columns(view.by, words) + [number.column(words) for number in NUMBERS]
    columns.append(TableColumn(words("column.rate"), "right", from_width=WIDE))
    columns.append(TableColumn("", picture=True, from_width=NARROW))
    rows = [
        _status_row(title_cells(view.by, row, formatter), row.counts, row.tasks, words) for row in view.rows
    ]
    total = _status_row(total_cells(view.by, words), view.total, view.tasks, words)
    return Table(tuple(columns), (*rows, total._replace(is_total=True)))


def _status_row(title: list[Cell], counts: Counts, tasks: tuple[Task, ...], words: Words) -> TableRow:
    return TableRow((*title, *number_cells(counts, words), rate(counts, words), count_bar(tasks)))


def _by_organisation(view: Progress, formatter: FactFormatter) -> Table:
    """Lead and coordinating apart; the total counts a task once on each side."""
    words = formatter.words
    groups = (words("column.group.lead"), words("column.group.coordinating"))
    columns = title_columns("org", words) + [n.column(words, group) for group in groups for n in SIDES]
    coordinated = {task.uid: task for row in view.rows if row.key for task in row.coordinated}
    sums = number_cells(view.total, words, numbers=SIDES)
    sums += number_cells(count(coordinated.values(), view.heading.as_of), words, numbers=SIDES)
    total = TableRow((*total_cells("org", words), *sums), is_total=True)
    return Table(tuple(columns), (*(_organisation_row(row, formatter) for row in view.rows), total))


def _organisation_row(row: ProgressRow, formatter: FactFormatter) -> TableRow:
    """Word a row; that of the tasks that nobody leads says nothing of coordination."""
    right: list[Cell] = [""] * len(SIDES)
    if row.key and row.coordinating:
        right = number_cells(row.coordinating, formatter.words, numbers=SIDES)
    left = number_cells(row.counts, formatter.words, numbers=SIDES)
    return TableRow((*title_cells("org", row, formatter), *left, *right))


def _below(view: Progress, formatter: FactFormatter) -> Iterator[Block]:
    words = formatter.words
    if not view.total.total:
        yield Paragraph(tuple(_nothing(view, formatter)))
        return
    if view.by != "org":
        yield Paragraph(legend(words), picture=True, from_width=NARROW)
    yield Paragraph(rates(view.total, words))
    yield Paragraph(open_said(view, formatter))
    said = count_remarks(view, words)
    if view.by != "org":
        said.append(words("progress.abbreviations"))
    if said:
        yield Paragraph(" ".join(said))
    if view.series is not None:
        from plantrack.render.layout.charts import over_time

        yield from over_time(view.series, words)
    yield Paragraph((StyledText(_see(view, words), "typed"),), apart=view.series is not None)
    if (known := formatter.known()) and not view.heading.known_given:
        yield Paragraph((StyledText(known, "quiet"),))


def _nothing(view: Progress, formatter: FactFormatter) -> Iterator[StyledText]:
    """Say that there are no tasks: none that match, none on that day of the past, or none at all yet."""
    words, heading = formatter.words, view.heading
    if view.filter:
        yield StyledText(no_match(words, view.filter, view.near))
    elif heading.as_of < heading.today or heading.known_given:
        yield StyledText(words("progress.empty_then", day=formatter.day(heading.as_of)))
    else:
        yield StyledText(words("progress.empty"))
        yield StyledText(" " + words("progress.see_add", rest=_plan(heading)), "typed")


def open_said(view: Progress, formatter: FactFormatter) -> str:
    """Say how open work stands against its deadlines."""
    words, total, day = formatter.words, view.total, view.heading.as_of
    today = sum(task.is_open and task.due == day for task in view.tasks)
    return words(
        "progress.open",
        open=words.number(total.open),
        overdue=words.number(total.open_overdue),
        in_time=words.number(total.within_deadline),
        soon=words.number(total.open_due_soon),
        on_day=words("progress.on_day", n=words.number(today), day=formatter.day(day)) if today else "",
        no_due=words.number(total.open_no_due),
    )


def count_remarks(view: Progress, words: Words) -> list[str]:
    """Say what "other" is made of, and what has had no update for long."""
    total = view.total
    said = [others(total, words)] if other(total) else []
    if total.stale:
        days = words.number(view.heading.plan.reporting.stale_days)
        said.append(words("progress.stale", n=words.number(total.stale), days=days))
    return said


def _see(view: Progress, words: Words) -> str:
    """Return the command that lists the overdue, or that names the tasks behind each number."""
    heading = view.heading
    rest = f" {view.filter}" if view.filter else ""
    rest += f" --as-of {typed_day(heading.as_of, words)}"
    if heading.known_given and heading.known_at:
        rest += f" --known-at {heading.known_at}"
    rest += _plan(heading)
    if view.total.open_overdue:
        return words("progress.see_list" if _asks_overdue(view.filter) else "progress.see_overdue", rest=rest)
    by = "" if view.by == "area" else f" --by {view.by}"
    return words("progress.see_explained", rest=by + rest)


def _plan(heading: ReportHeading) -> str:
    """Return the option that names the plan, where there are several."""
    return f" --plan {heading.plan.id}" if heading.one_of_several else ""


def _asks_overdue(filter_read: str) -> bool:
    """Return whether a filter, as it was read, has the flag itself; what is quoted is text."""
    return any("overdue" in part.split() for part in filter_read.split('"')[::2])


def typed_day(day: str, words: Words) -> str:
    """Return a day as people type it."""
    year, month, number = day.split("-")
    return f"{int(number)}/{int(month)}/{year}" if words.language == "vi" else day


def explanation(view: Progress, formatter: FactFormatter) -> Iterator[Block]:
    """Yield the labels behind each number, row by row."""
    yield Heading(formatter.words("explain.title"))
    entries: list[ListItem] = []
    for row in view.rows:
        if row.tasks or row.coordinated:
            marker = row.key if view.by in (*CODED, "programme") and row.key else "-"
            entries.append(ListItem((StyledText(row_title(view.by, row, formatter), "strong"),), marker))
            entries += _explained(view, row, formatter.words)
    yield ItemList(tuple(entries))


def _explained(view: Progress, row: ProgressRow, words: Words) -> Iterator[ListItem]:
    """Yield the labels behind each number of a row that is not 0."""
    sides = [("lead", row.tasks), ("coordinating", row.coordinated if row.key else ())]
    for side, tasks in sides if view.by == "org" else [("", row.tasks)]:
        before = words(f"explain.{side}") + " " if side else ""
        for name, labels in behind(tasks, view.heading.as_of).items():
            if labels:
                said = words("explain.count", name=words(f"counted.{name}"), n=words.number(len(labels)))
                yield ListItem(f"{before}{said} {', '.join(labels)}", depth=1)


def behind(tasks: Iterable[Task], as_of: str) -> dict[str, list[str]]:
    """Return the labels of the tasks behind each count."""
    labels: dict[str, list[str]] = {name: [] for name in Counts._fields}
    for task in tasks:
        for name, n in count((task,), as_of)._asdict().items():
            if n:
                labels[name].append(task.label)
    return labels


def data(view: Progress, words: Words, *, explain: bool = False) -> Object:
    """Return the table for JSON."""
    rows = [_row_object(view, row, words, explain=explain) for row in view.rows]
    return {"by": view.by, "rows": rows, "total": counts_object(view.total)}


def _row_object(view: Progress, row: ProgressRow, words: Words, *, explain: bool) -> Object:
    title = words.period(row.key) if view.by == "month" and row.key else text_in(row.title, words)
    out: Object = {"key": row.key, "title": title}
    day = view.heading.as_of
    if view.by != "org":
        out["counts"] = counts_object(row.counts)
        return {**out, "tasks": behind(row.tasks, day)} if explain else out
    out["lead"] = counts_object(row.counts)
    out["coordinating"] = counts_object(row.coordinating or Counts())
    tasks = {"lead": behind(row.tasks, day), "coordinating": behind(row.coordinated, day)}
    return {**out, "tasks": tasks} if explain else out


def book(view: Progress, words: Words) -> "Book":
    """Return the table, and the tasks that it counts, as sheets."""
    from plantrack.render.layout.workbook import booked, task_sheet
    from plantrack.render.views.progress_sheets import progress_sheet

    formatter = FactFormatter(words, view.heading)
    title = (
        words("progress.title", about=formatter.about)
        if view.by == "area"
        else words(f"progress.title.{view.by}")
    )
    more = (rates(view.total, words), open_said(view, formatter)) if view.total.total else ()
    sheets = (progress_sheet(view, formatter), task_sheet(formatter, view.tasks))
    return booked(formatter, title, sheets, filter_read=view.filter, more=more)
