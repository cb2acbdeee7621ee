"""The weekly summary: an internal digest, section by section; one that is empty says so."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from plantrack.i18n.words import Words
from plantrack.model.history import TaskRevision
from plantrack.model.views.rows import ChosenRows, JoinedRows
from plantrack.model.views.weekly import Weekly
from plantrack.render.layout import summary_sections
from plantrack.render.layout.blocks import Block, Document, Heading, Paragraph, StyledText
from plantrack.render.layout.fact_formatter import FactFormatter
from plantrack.render.layout.json_object import Object
from plantrack.render.layout.sentences import Sentences
from plantrack.render.layout.summary_sections import Section, listed, non_empty, worded
from plantrack.render.layout.workbook import Book
from plantrack.render.views.weekly_brief import brief as brief  # noqa: PLC0414 (one door for all that is weekly)
from plantrack.render.views.weekly_brief import figures

if TYPE_CHECKING:
    from plantrack.render.layout.calendar import Calendar


def document(view: Weekly, words: Words) -> Document:
    """Word the summary."""
    sent = summary_sections.as_sent(view).heading
    say = Sentences(FactFormatter(words, sent), with_notes=view.with_notes)
    lines = (summary_sections.about(view, words), *say.formatter.lines(view.progress.filter))
    return Document(titled(view, words), lines, tuple(_blocks(view, say)))


def titled(view: Weekly, words: Words) -> str:
    """Name the summary by its week."""
    first, last = words.day(view.first_day), words.day(view.last_day)
    return words("weekly.title", first=first, last=last, number=int(view.period[-2:]))


def _blocks(view: Weekly, say: Sentences) -> Iterator[Block]:
    words = say.words
    yield Paragraph((StyledText(words("weekly.summary"), "strong"), StyledText(" " + figures(view, words))))
    yield summary_sections.section_table(view, say.formatter)
    yield summary_sections.below_table(view, words)
    if view.series is not None:
        from plantrack.render.layout.charts import pictures

        yield from pictures(view.progress, view.series, words)
    for section in sections(view, say):
        yield from non_empty(section, words)
    yield from summary_sections.footer(view, say)


def sections(view: Weekly, say: Sentences) -> Iterator[Section]:
    """Yield the sections, each with its heading first."""
    yield _results(view, say)
    yield summary_sections.deadlines(view, say)
    yield summary_sections.difficulties(view, say)
    yield [
        *summary_sections.next_steps(view, say, "weekly.next_week"),
        *summary_sections.milestones(view, say),
    ]
    yield summary_sections.proposals(view, say)
    yield summary_sections.silent_organisations(view, say, "weekly.silence")
    yield _changes(view, say)


def _results(view: Weekly, say: Sentences) -> Section:
    said = JoinedRows(worded(view.results, say.result), worded(view.late_updates, say.late_result))
    period = f"updated:{view.first_day}..{view.last_day} --all"
    by = "" if view.late_updates else summary_sections.lister(view, period, say.words)
    return [Heading(say.words("weekly.results", n=len(said))), *listed(said, by=by)]


def _changes(view: Weekly, say: Sentences) -> Section:
    said = JoinedRows(
        worded(view.deadline_changes, say.deadline_change), worded(view.plan_changes, say.plan_change)
    )
    return [Heading(say.words("weekly.changes", n=len(said))), *listed(said)]


def data(view: Weekly, words: Words) -> Object:
    """Return the summary for JSON; what is internal is null unless it was asked for."""
    from plantrack.render.views import weekly_data

    return weekly_data.data(view, words)


def book(view: Weekly, words: Words) -> Book:
    """Return the figures, the sections and the tasks as sheets."""
    from plantrack.render.views import weekly_data

    return weekly_data.book(summary_sections.as_sent(view), words, titled(view, words))


def calendar(view: Weekly, words: Words, revisions: Mapping[str, TaskRevision]) -> "Calendar":
    """Return the due days of what is still to be done."""
    from plantrack.render.layout.calendar import calendar_of, milestone_events

    still_open = ChosenRows(view.progress.tasks, lambda task: task.is_open)
    formatter = FactFormatter(words, summary_sections.as_sent(view).heading)
    days = calendar_of(formatter, still_open, revisions)
    return days._replace(events=JoinedRows(days.events, milestone_events(formatter, view.milestones)))
