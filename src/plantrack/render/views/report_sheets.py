"""The report as a book: the sheets of a weekly summary, and those that a longer period adds."""

from collections.abc import Iterator, Sequence

from plantrack.i18n.words import Words
from plantrack.model.views.report import Compared, PeriodReport
from plantrack.render.layout.fact_formatter import FactFormatter
from plantrack.render.layout.summary_sections import as_sent
from plantrack.render.layout.workbook import NAME, TEXT, Book, Sheet, SheetColumn, Value, booked
from plantrack.render.views.progress_sheets import number_columns, numbers_of
from plantrack.render.views.report_tables import activity, crossing, organisation, this_period
from plantrack.render.views.weekly_sheets import week_sheets

#: Sheets and columns that a weekly summary names by the week.
_OF_WEEK = ("change", "next_week", "said_too", "is_new", "in.results", "in.next_week")


def report_book(view: PeriodReport, title: str, more: Sequence[str], words: Words) -> Book:
    """Put the sheets together; the last of those it shares has every task, and is the main one."""
    shared = as_sent(view.digest)
    formatter = FactFormatter(words, shared.heading)
    sheets = [_of_period(sheet, words) for sheet in week_sheets(shared, formatter)]
    main = len(sheets) - 1
    sheets += [
        _crossed(view, words),
        _comparison(view, formatter),
        _matrix(view, formatter),
        *_indicators(view, formatter),
    ]
    return booked(formatter, title, sheets, filter_read=shared.progress.filter, more=more, main=main)


def _of_period(sheet: Sheet, words: Words) -> Sheet:
    """Name what is of a week in a weekly summary as of the period."""
    named = {words(f"sheet.{name}"): words(f"sheet.report.{name}") for name in _OF_WEEK}
    columns = tuple(c._replace(heading=named.get(c.heading, c.heading)) for c in sheet.columns)
    return sheet._replace(title=named.get(sheet.title, sheet.title), columns=columns)


def _crossed(view: PeriodReport, words: Words) -> Sheet:
    names = ("total", "in_time", "due_soon", "late", "no_due")
    columns = (
        SheetColumn(words("report.cross.tasks"), "text", NAME),
        *(SheetColumn(words(f"report.cross.{name}"), "number", 14) for name in names),
    )
    named = {"total": words("progress.total")}
    rows = tuple((named.get(r.name) or words(f"report.cross.{r.name}"), *r[1:]) for r in crossing(view))
    return Sheet(words("sheet.report.cross"), columns, rows, has_total=True)


def _comparison(view: PeriodReport, formatter: FactFormatter) -> Sheet:
    """Return a row for each period that there is data of."""
    words = formatter.words
    columns = [
        SheetColumn(words("sheet.report.period"), "text", NAME),
        *(SheetColumn(words(f"report.compared.{name}"), "day") for name in ("first_day", "last_day")),
        SheetColumn(words("report.compared.plan"), "text", NAME),
        *(SheetColumn(words(f"report.compared.{name}"), "number") for name in ("opened", "finished")),
        *number_columns(formatter),
    ]
    others = [this_period(view), view.before, view.last_year]
    rows = tuple(_period_row(c, words) for c in others if c is not None and c.counts is not None)
    return Sheet(words("sheet.report.comparison"), tuple(columns), rows)


def _period_row(compared: Compared, words: Words) -> tuple[Value, ...]:
    plan = compared.plan.id if compared.plan else None
    name = f"{words(f'report.compared.{compared.kind}')}: {words.period(compared.period)}"
    numbers = numbers_of(compared.counts) if compared.counts else ()
    return (name, compared.first_day, compared.last_day, plan, compared.opened, compared.finished, *numbers)


def _matrix(view: PeriodReport, formatter: FactFormatter) -> Sheet:
    """Return a row for each activity and lead organisation that have tasks together."""
    words = formatter.words
    columns = (
        SheetColumn(words("column.code"), "text", 9),
        SheetColumn(words("column.by.activity"), "text", TEXT),
        SheetColumn(words("column.lead"), "text", NAME),
        *number_columns(formatter),
    )
    rows = tuple(
        (row.code, activity(row, formatter), organisation(org, formatter), *numbers_of(counts))
        for row in view.matrix.rows
        for org, counts in row.cells.items()
    )
    return Sheet(words("sheet.report.matrix"), columns, rows)


def _indicators(view: PeriodReport, formatter: FactFormatter) -> Iterator[Sheet]:
    if view.indicators is not None:
        from plantrack.render.views.indicator import indicator_sheet

        yield indicator_sheet(view.indicators, formatter)
