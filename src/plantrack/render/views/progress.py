"""The progress table."""

from collections.abc import Iterable, Iterator

from plantrack.i18n.words import Words
from plantrack.model.counting import Counts, count
from plantrack.model.task import Task
from plantrack.model.views.header import ViewHeader
from plantrack.model.views.progress import Progress, ProgressRow
from plantrack.render.layout import fields
from plantrack.render.layout.blocks import Block, Document, Heading, ItemList, ListItem, Paragraph, StyledText
from plantrack.render.layout.count_columns import (
    CODED,
    NARROW,
    NUMBERS,
    SIDES,
    WIDE,
    bar_field,
    legend,
    number_and_rate_fields,
    number_fields,
    other,
    others,
    rate_field,
    rates,
    row_title,
    rows_and_total,
    title_fields,
)
from plantrack.render.layout.fact_formatter import FactFormatter, asked_again, no_match, plan_named
from plantrack.render.layout.fields import Field
from plantrack.render.layout.json_object import Object
from plantrack.render.layout.milestones import milestone_objects, milestone_said
from plantrack.render.layout.workbook import Book, Sheet, booked
from plantrack.render.views.task_fields import TASK

#: So many milestones to come are named.
_COMING = 3


def document(view: Progress, words: Words, *, explain: bool = False) -> Document:
    """Word the table, what follows from its numbers, and the filter that lists the tasks behind them."""
    formatter = FactFormatter(words, view.heading)
    table = fields.table(_fields(view), rows_and_total(view, words), formatter, has_total=True)
    blocks = (table, *_below(view, formatter), *(explanation(view, formatter) if explain else ()))
    lines = formatter.lines(view.filter)
    if view.by == "area":
        return Document(_title(view, formatter), lines, blocks)
    return Document(_title(view, formatter), (formatter.about, *lines), blocks)


def _title(view: Progress, formatter: FactFormatter) -> str:
    if view.by == "area":
        return formatter.words("progress.title", about=formatter.about)
    return formatter.words(f"progress.title.{view.by}{'.rolled_up' if view.rolled_up else ''}")


def _fields(view: Progress, *, explain: bool = False) -> list[Field[ProgressRow]]:
    counted = _by_organisation() if view.has_sides else _by_status()
    return [*title_fields(view.by), *counted, *([_explained_field(view)] if explain else [])]


def _by_status() -> list[Field[ProgressRow]]:
    return [
        Field("counts", get=lambda row, f: row.counts._asdict()),
        *number_fields(NUMBERS),
        *number_and_rate_fields(),
        rate_field(from_width=WIDE),
        bar_field(from_width=NARROW),
    ]


def _by_organisation() -> list[Field[ProgressRow]]:
    sides = (("counts", "column.group.lead"), ("coordinating", "column.group.coordinating"))
    return [
        Field("lead", get=lambda row, f: row.counts._asdict()),
        Field("coordinating", get=lambda row, f: (row.coordinating or Counts())._asdict()),
        *(field for counts, group in sides for field in number_fields(SIDES, counts, group=group)),
        *(field for counts, group in sides for field in number_and_rate_fields(counts, group)),
    ]


def _explained_field(view: Progress) -> Field[ProgressRow]:
    """Return the labels behind each number."""
    day = view.heading.as_of
    if not view.has_sides:
        return Field("tasks", get=lambda row, f: behind(row.tasks, day))
    return Field(
        "tasks",
        get=lambda row, f: {"lead": behind(row.tasks, day), "coordinating": behind(row.coordinated, day)},
    )


def _below(view: Progress, formatter: FactFormatter) -> Iterator[Block]:
    words = formatter.words
    if not view.total.total:
        yield Paragraph(tuple(_nothing(view, formatter)))
        return
    if not view.has_sides:
        yield Paragraph(legend(words), picture=True, from_width=NARROW)
    yield Paragraph(rates(view.total, words))
    yield Paragraph(open_said(view, formatter))
    said = count_remarks(view.total, view.heading, words)
    if not view.has_sides:
        said.append(words("progress.abbreviations"))
    if said:
        yield Paragraph(" ".join(said))
    if view.milestones:
        yield Paragraph(_milestones(view, formatter))
    if view.series is not None:
        from plantrack.render.layout.charts import over_time

        yield from over_time(view.series, words)
    yield Paragraph((StyledText(_see(view, words), "typed"),), apart=view.series is not None)
    if (known := formatter.known()) and not view.heading.known_given:
        yield Paragraph((StyledText(known, "quiet"),))


def _milestones(view: Progress, formatter: FactFormatter) -> str:
    """Say which milestones of the plan come next, and how many there are besides."""
    coming = [m for m in view.milestones if m.day >= view.heading.as_of]
    said = "; ".join(milestone_said(m, formatter) for m in coming[:_COMING]) or formatter.words("log.nothing")
    past, more = len(view.milestones) - len(coming), len(coming[_COMING:])
    return formatter.words("progress.milestones", coming=said, past=past, more=more)


def _nothing(view: Progress, formatter: FactFormatter) -> Iterator[StyledText]:
    """Say that there are no tasks: none that match, none on that day of the past, or none at all yet."""
    words, heading = formatter.words, view.heading
    if view.filter:
        yield StyledText(no_match(words, view.filter, view.near))
    elif heading.as_of < heading.today or heading.known_given:
        yield StyledText(words("progress.empty_then", day=formatter.day(heading.as_of)))
    else:
        yield StyledText(words("progress.empty"))
        yield StyledText(" " + words("progress.see_add", rest=plan_named(heading)), "typed")


def open_said(view: Progress, formatter: FactFormatter) -> str:
    """Say how open work stands against its deadlines."""
    words, total, day = formatter.words, view.total, view.heading.as_of
    today = view.open_due_today
    return words(
        "progress.open",
        open=words.number(total.open),
        overdue=words.number(total.open_overdue),
        in_time=words.number(total.within_deadline),
        soon=words.number(total.open_due_soon),
        on_day=words("progress.on_day", n=words.number(today), day=formatter.day(day)) if today else "",
        no_due=words.number(total.open_no_due),
    )


def count_remarks(total: Counts, heading: ViewHeader, words: Words) -> list[str]:
    """Say what "other" is made of, and what has had no update for long."""
    said = [others(total, words)] if other(total) else []
    if total.stale:
        days = words.number(heading.plan.reporting.stale_days)
        said.append(words("progress.stale", n=words.number(total.stale), days=days))
    return said


def _see(view: Progress, words: Words) -> str:
    """Return the command that lists the overdue, or that names the tasks behind each number."""
    rest = asked_again(view.heading, view.filter, words)
    if view.total.open_overdue:
        return words("progress.see_list" if _asks_overdue(view.filter) else "progress.see_overdue", rest=rest)
    by = "" if view.by == "area" else f" --by {view.by}"
    return words("progress.see_explained", rest=by + (" --roll-up" if view.rolled_up else "") + rest)


def _asks_overdue(filter_read: str) -> bool:
    """Return whether a filter, as it was read, has the flag itself; what is quoted is text."""
    return any("overdue" in part.split() for part in filter_read.split('"')[::2])


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
    for side, tasks in sides if view.has_sides else [("", row.tasks)]:
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
    formatter = FactFormatter(words, view.heading)
    rows = fields.objects(_fields(view, explain=explain), view.rows, formatter)
    milestones = milestone_objects(view.milestones, formatter)
    total = view.total._asdict()
    return {
        "by": view.by, "rows": rows, "total": total, "milestones": milestones, "rolled_up": view.rolled_up
    }  # fmt: skip


def book(view: Progress, words: Words) -> Book:
    """Return the table, and the tasks that it counts, as sheets."""
    formatter = FactFormatter(words, view.heading)
    more = (rates(view.total, words), open_said(view, formatter)) if view.total.total else ()
    tasks = fields.sheet(words("sheet.tasks"), TASK.values(), view.tasks, formatter)
    return booked(
        formatter,
        _title(view, formatter),
        (progress_sheet(view, formatter), tasks),
        filter_read=view.filter,
        more=more,
    )


def progress_sheet(view: Progress, formatter: FactFormatter) -> Sheet:
    """Return the table as a sheet: every count there is, each under its own name, and both rates."""
    title, rows = formatter.words("sheet.progress"), rows_and_total(view, formatter.words)
    return fields.sheet(title, _fields(view), rows, formatter, has_total=True)
