"""The weekly summary as a book: its figures, a sheet for each section, and every task that was counted."""

from collections.abc import Iterable, Sequence
from typing import Any

from plantrack.i18n.words import Words
from plantrack.model.counting import Counts
from plantrack.model.views.progress import ProgressRow
from plantrack.model.views.weekly import Weekly
from plantrack.render.layout import fields, summary_sections
from plantrack.render.layout.blocks import Paragraph, text_of
from plantrack.render.layout.count_columns import count_fields, rates, rows_and_total, title_fields
from plantrack.render.layout.fact_formatter import FactFormatter
from plantrack.render.layout.fields import Field
from plantrack.render.layout.sentences import Sentences
from plantrack.render.layout.summary_sections import change_of
from plantrack.render.layout.workbook import Book, Sheet, booked
from plantrack.render.views.progress import sheet as progress_sheet
from plantrack.render.views.weekly_brief import figures
from plantrack.render.views.weekly_fields import CHANGE_IN_SHEET, SILENCE, SectionFields, changes


def week_book(view: Weekly, words: Words, title: str) -> Book:
    """Return the book; a form of one table has its last sheet, that of the tasks."""
    formatter = FactFormatter(words, view.heading)
    footer = summary_sections.footer(view, Sentences(formatter, with_notes=False))
    summary = f"{words('weekly.summary')} {figures(view, words)}"
    said = (
        summary,
        rates(view.progress.total, words),
        *(text_of(p.said) for p in footer if isinstance(p, Paragraph)),
    )
    sheets = week_sheets(view, formatter)
    about, read = summary_sections.about(view, words), view.progress.filter
    return booked(formatter, title, sheets, about=about, filter_read=read, more=said, main=len(sheets) - 1)


def week_sheets(view: Weekly, formatter: FactFormatter, *, of_week: bool = True) -> list[Sheet]:
    """Return the sheets in the order of the sections; the last has the tasks, and in which sections each stands."""
    section, words = SectionFields(view, of_week=of_week), formatter.words

    def sheet(heading: str, columns: Iterable[Field[Any]], rows: Sequence[Any]) -> Sheet:
        return fields.sheet(words(heading), columns, rows, formatter)

    return [
        progress_sheet(view.progress, formatter),
        _change_sheet(view, formatter, words(f"{section.sheet}.change")),
        sheet("sheet.results", section.results(), (*view.results, *view.late_updates)),
        sheet(
            "sheet.deadlines", section.deadlines(), (*view.overdue, *view.due_on_closing_day, *view.due_soon)
        ),
        sheet("sheet.difficulties", section.items(), view.difficulties),
        sheet(f"{section.sheet}.next_week", section.items(), view.next_week),
        sheet("sheet.proposals", section.proposals(), view.proposals),
        sheet("sheet.silence", SILENCE.values(), view.silent_organisations),
        sheet("sheet.stale", section.items(), view.stale),
        sheet("sheet.changes", CHANGE_IN_SHEET, changes(view)),
        sheet("sheet.tasks", section.tasks(), view.progress.tasks),
    ]


def _change_sheet(view: Weekly, formatter: FactFormatter, title: str) -> Sheet:
    """Return by how much each count of the table by area has changed."""

    def change(row: ProgressRow) -> Counts:
        return change_of(view, row) or Counts()

    shown = (*title_fields("area"), *count_fields(change, "change"))
    rows = rows_and_total(view.progress, formatter.words)
    return fields.sheet(title, shown, rows, formatter, has_total=True)
