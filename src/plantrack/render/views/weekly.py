"""The weekly summary: an internal digest, section by section; one that is empty says so."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from plantrack.i18n.words import Words
from plantrack.model.history import TaskRevision, Update
from plantrack.model.task import Task
from plantrack.model.views.weekly import DeadlineChange, PlanChange, Proposal, Silence, SummaryItem, Weekly
from plantrack.render.layout import summary_sections
from plantrack.render.layout.blocks import Block, Document, Heading, Paragraph, StyledText
from plantrack.render.layout.fact_formatter import FactFormatter
from plantrack.render.layout.json_object import Object
from plantrack.render.layout.sentences import Sentences
from plantrack.render.layout.summary_sections import Section, listed, non_empty
from plantrack.render.views.progress import data as progress_data
from plantrack.render.views.task_fields import counts_object, task_object, update_object
from plantrack.render.views.weekly_brief import brief as brief  # noqa: PLC0414 (one door for all that is weekly)
from plantrack.render.views.weekly_brief import figures

if TYPE_CHECKING:
    from plantrack.render.layout.calendar import Calendar
    from plantrack.render.layout.workbook import Book


def document(view: Weekly, words: Words) -> Document:
    """Word the summary."""
    view = summary_sections.as_sent(view)
    say = Sentences(FactFormatter(words, view.heading), with_notes=view.with_notes)
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
    yield summary_sections.next_steps(view, say, "weekly.next_week")
    yield summary_sections.proposals(view, say)
    yield summary_sections.silent_organisations(view, say, "weekly.silence")
    yield _changes(view, say)


def _results(view: Weekly, say: Sentences) -> Section:
    said = [*map(say.result, view.results), *map(say.late_result, view.late_updates)]
    return [Heading(say.words("weekly.results", n=len(said))), *listed(said)]


def _changes(view: Weekly, say: Sentences) -> Section:
    said = [*map(say.deadline_change, view.deadline_changes), *map(say.plan_change, view.plan_changes)]
    return [Heading(say.words("weekly.changes", n=len(said))), *listed(said)]


def data(view: Weekly, words: Words) -> Object:
    """Return the summary for JSON; what is internal is null unless it was asked for."""

    def items(chosen: Sequence[SummaryItem]) -> list[Object]:
        return [item_object(item, view, words) for item in chosen]

    def results(chosen: Sequence[SummaryItem]) -> list[Object]:
        return [{**shown, "earlier": told(item)} for item, shown in zip(chosen, items(chosen), strict=True)]

    def told(item: SummaryItem) -> list[Object]:
        return [update_object(u, item.task, with_notes=view.with_notes) for u in item.earlier]

    return {
        "period": {"name": view.period, "first_day": view.first_day, "last_day": view.last_day},
        "progress": progress_data(view.progress, words),
        "change": {key: counts_object(counts) for key, counts in view.change.items()},
        "results": results(view.results),
        "late_updates": results(view.late_updates),
        "overdue": items(view.overdue),
        "due_on_closing_day": items(view.due_on_closing_day),
        "due_soon": items(view.due_soon),
        "difficulties": items(view.difficulties),
        "next_week": items(view.next_week),
        "proposals": [_proposal(proposal, view, words) for proposal in view.proposals],
        "silent_organisations": [_silent(silence, words) for silence in view.silent_organisations],
        "stale": items(view.stale),
        "plan_changes": [
            *(changed_deadline(change, words) for change in view.deadline_changes),
            *(revision_object(change) for change in view.plan_changes),
        ],
        "provenance": _source(view),
    }


def item_object(item: SummaryItem, view: Weekly, words: Words) -> Object:
    """Return a task with the update that put it into its section."""
    return _task(item.task, item.update, view, words)


def _task(task: Task, update: Update | None, view: Weekly, words: Words) -> Object:
    told = update and update_object(update, task, with_notes=view.with_notes)
    return {**task_object(task, words), "update": told}


def _proposal(proposal: Proposal, view: Weekly, words: Words) -> Object:
    answered = proposal.answered
    return {
        **_task(proposal.task, proposal.update, view, words),
        "is_new": proposal.is_new,
        "answered": answered and update_object(answered, proposal.task, with_notes=view.with_notes),
    }


def _silent(silence: Silence, words: Words) -> Object:
    return {
        "organisation": silence.organisation.id,
        "title": silence.organisation.label(words.language),
        "tasks": [task.label for task in silence.tasks],
        "last_update": silence.last_update,
    }


#: What a change of a deadline or of the plan has in JSON; each kind fills its own part.
_CHANGE: Object = dict.fromkeys(
    (
        *("kind", "task", "title", "nth", "old", "new", "on", "reason"),
        *("revision", "git_commit", "sha256", "recorded_at", "author", "dirty", "changes"),
    )
)


def changed_deadline(change: DeadlineChange, words: Words) -> Object:
    """Return a change of a deadline."""
    facts = {name: value for name, value in change._asdict().items() if name in _CHANGE}
    return {**_CHANGE, **facts, "task": change.task.label, "title": change.task.title.within(words.language)}


def revision_object(change: PlanChange) -> Object:
    """Return a revision of the plan, with what it changed."""
    from plantrack.render.layout.plan_changes import part_change_object

    facts = {name: value for name, value in change._asdict().items() if name in _CHANGE}
    facts |= {"old": None, "new": None}  # the plans before and after: what differs is told, not they
    return {
        **_CHANGE,
        "kind": "revision",
        **facts,
        "changes": [part_change_object(part) for part in change.parts],
    }


def _source(view: Weekly) -> Object:
    source = view.provenance
    return {
        "plan": view.heading.plan.id,
        "revision": source.revision,
        "git_commit": source.git_commit,
        "dirty": source.dirty,
        "sha256": source.sha256,
        "known_at": view.heading.known_at,
        "version": source.version,
        "newer_file": source.newer_file,
    }


def book(view: Weekly, words: Words) -> "Book":
    """Return the figures, the sections and the tasks as sheets."""
    from plantrack.render.views.weekly_sheets import week_book

    return week_book(summary_sections.as_sent(view), words, titled(view, words))


def calendar(view: Weekly, words: Words, revisions: Mapping[str, TaskRevision]) -> "Calendar":
    """Return the due days of what is still to be done."""
    from plantrack.render.layout.calendar import calendar_of

    still_open = (task for task in view.progress.tasks if task.is_open)
    return calendar_of(FactFormatter(words, summary_sections.as_sent(view).heading), still_open, revisions)
