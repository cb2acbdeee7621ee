"""The progress table as a sheet: every count there is, each under its own name, and both rates."""

from collections.abc import Mapping

from plantrack.model.counting import Counts, count
from plantrack.model.views.progress import Programme, Progress, ProgressRow
from plantrack.render.layout.count_columns import CODED, row_title
from plantrack.render.layout.fact_formatter import FactFormatter
from plantrack.render.layout.workbook import NAME, TEXT, Kind, Sheet, SheetColumn, Value

_NOTHING: tuple[Value, ...] = (None,) * (len(Counts._fields) + 2)


def progress_sheet(view: Progress, formatter: FactFormatter) -> Sheet:
    """Return the table; by organisation, what each leads and then what it coordinates."""
    words, with_key = formatter.words, view.by != "person"
    columns = (
        [SheetColumn(words("column.code" if view.by in CODED else "column.id"), "text", 9)]
        if with_key
        else []
    )
    columns.append(SheetColumn(words(f"column.by.{view.by}"), "text", TEXT))
    if view.by == "org":
        groups = [words("column.group.lead"), words("column.group.coordinating")]
        columns += [c for group in groups for c in number_columns(formatter, f"{group}: ")]
        rows = [(*_named(view, row, formatter), *_sides(row)) for row in view.rows]
        total = (*numbers_of(view.total), *numbers_of(_coordinated(view)))
    else:
        columns += number_columns(formatter)
        rows = [(*_named(view, row, formatter), *numbers_of(row.counts)) for row in view.rows]
        total = numbers_of(view.total)
    rows.append((*([None] if with_key else []), words("progress.total"), *total))
    return Sheet(words("sheet.progress"), tuple(columns), tuple(rows), has_total=True)


def change_sheet(view: Progress, change: Mapping[str, Counts], formatter: FactFormatter) -> Sheet:
    """Return by how much each count of the table by area has changed."""
    words = formatter.words
    columns = [
        SheetColumn(words("column.code"), "text", 9),
        SheetColumn(words("column.by.area"), "text", TEXT),
    ]
    columns += _count_columns(formatter, "change")
    rows = [(*_named(view, row, formatter), *change.get(row.key or "", Counts())) for row in view.rows]
    rows.append((None, words("progress.total"), *change["total"]))
    return Sheet(words("sheet.change"), tuple(columns), tuple(rows), has_total=True)


def number_columns(formatter: FactFormatter, before: str = "") -> list[SheetColumn]:
    """Return the columns of the counts and of the rates."""
    rates = [formatter.words(f"sheet.{name}") for name in ("rate", "rate_of_due")]
    return _count_columns(formatter, "number", before) + [
        SheetColumn(_begun(before, r), "share", 13) for r in rates
    ]


def _count_columns(formatter: FactFormatter, kind: Kind, before: str = "") -> list[SheetColumn]:
    """Return a column for each count, under the name that it has in sentences."""
    return [
        SheetColumn(_begun(before, formatter.words(f"counted.{name}")), kind, 11) for name in Counts._fields
    ]


def _begun(before: str, name: str) -> str:
    text = before + name
    return text[:1].upper() + text[1:]


def _named(view: Progress, row: ProgressRow, formatter: FactFormatter) -> tuple[Value, ...]:
    title = row_title(view.by, row, formatter)
    return (title,) if view.by == "person" else (row.key, title)


def numbers_of(counts: Counts) -> tuple[Value, ...]:
    """Return the counts and both rates; no rate where there is nothing to share."""
    pairs = (counts.done, counts.not_dropped), (counts.done_of_fallen_due, counts.fallen_due)
    return (*counts, *(part / whole if whole else None for part, whole in pairs))


def _sides(row: ProgressRow) -> tuple[Value, ...]:
    """Return what an organisation leads and coordinates; the row of what nobody leads says nothing of the latter."""
    right = numbers_of(row.coordinating) if row.key and row.coordinating else _NOTHING
    return (*numbers_of(row.counts), *right)


def _coordinated(view: Progress) -> Counts:
    """Count each task that some organisation coordinates once."""
    tasks = {task.uid: task for row in view.rows if row.key for task in row.coordinated}
    return count(tasks.values(), view.heading.as_of)


def programme_sheet(view: Programme, formatter: FactFormatter) -> Sheet:
    """Return the years of a programme; their total counts what was carried over once."""
    words = formatter.words
    headings: tuple[tuple[str, Kind, int], ...] = (
        ("column.year", "number", 6),
        ("sheet.plan_id", "text", 14),
        ("column.plan", "text", NAME),
    )
    columns = [SheetColumn(words(key), kind, width) for key, kind, width in headings]
    rows: list[tuple[Value, ...]] = [
        (plan.year, plan.id, plan.number, *numbers_of(row.counts))
        for plan, row in zip(view.plans, view.progress.rows, strict=True)
    ]
    rows.append((None, None, words("progress.total"), *numbers_of(view.progress.total)))
    return Sheet(words("sheet.progress"), (*columns, *number_columns(formatter)), tuple(rows), has_total=True)
