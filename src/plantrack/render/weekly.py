"""The weekly summary: an internal digest, section by section; one that is empty says so."""

from collections.abc import Iterable, Iterator, Sequence

from plantrack.i18n.words import Words
from plantrack.model.history import Update
from plantrack.model.task import Task
from plantrack.model.text import visible
from plantrack.model.views.weekly import DeadlineChange, Item, PlanChange, Proposal, Silence, Weekly
from plantrack.render.blocks import Block, Document, Entry, Heading, Items, Paragraph, Row, Said, Span, Table
from plantrack.render.brief import brief as brief  # noqa: PLC0414 (one door for all that is weekly)
from plantrack.render.brief import figures
from plantrack.render.numbers import NUMBERS, WIDE, number_cells, title_cells, title_columns, total_cells
from plantrack.render.objects import Object, counts_object, task_object, update_object
from plantrack.render.progress import data as progress_data
from plantrack.render.sentences import Sentences, origin
from plantrack.render.voice import Voice, plan_name

#: The columns that a page of 80 cells has room for, with their changes.
_NUMBERS = tuple(number for number in NUMBERS if number.from_width < WIDE)


def document(view: Weekly, words: Words) -> Document:
    """Word the summary."""
    say = Sentences(Voice(words, view.heading), with_notes=view.with_notes)
    title = words(
        "weekly.title",
        first=words.day(view.first_day),
        last=words.day(view.last_day),
        number=int(view.period[-2:]),
    )
    lines = (_about(view, words), *say.voice.lines(view.progress.filter))
    return Document(title, lines, tuple(_blocks(view, say)))


def _about(view: Weekly, words: Words) -> str:
    plan, day = view.heading.plan, words.day(view.heading.as_of)
    name = plan_name(plan, words)
    if plan.date:
        name = words("plan.dated", plan=name, day=words.day(plan.date))
    return words("weekly.about", plan=name, day=day)


def _blocks(view: Weekly, say: Sentences) -> Iterator[Block]:
    words = say.words
    yield Paragraph((Span(words("weekly.summary"), "strong"), Span(" " + figures(view, words))))
    yield _table(view, say.voice)
    for section in (_results, _deadlines, _difficulties, _next_week, _proposals, _silence, _changes):
        heading, *blocks = section(view, say)
        yield heading
        yield from blocks or [Paragraph(words("weekly.none"))]
    yield Paragraph((Span(_provenance(view, say), "remark"),), apart=True)
    if newer := view.provenance.newer_file:
        yield Paragraph((Span(words("weekly.newer", file=visible(newer)), "remark"),))


def _table(view: Weekly, voice: Voice) -> Table:
    words, table = voice.words, view.progress
    columns = title_columns(table.by, words) + [number.column(words) for number in _NUMBERS]
    rows = [
        (title_cells(table.by, row, voice), row.counts, view.change.get(row.key or "")) for row in table.rows
    ]
    rows.append((total_cells(table.by, words), table.total, view.change["total"]))
    cells = [
        Row((*title, *number_cells(counts, words, change=change, numbers=_NUMBERS)))
        for title, counts, change in rows
    ]
    return Table(tuple(columns), (*cells[:-1], cells[-1]._replace(is_total=True)))


def _listed(said: Iterable[Said], *, numbered: bool = False) -> list[Block]:
    entries = [Entry(line, f"{n}." if numbered else "-") for n, line in enumerate(said, 1)]
    return [Items(tuple(entries))] if entries else []


def _results(view: Weekly, say: Sentences) -> list[Block]:
    said = [*map(say.result, view.results), *map(say.late_result, view.late_updates)]
    return [Heading(say.words("weekly.results", n=len(said))), *_listed(said)]


def _deadlines(view: Weekly, say: Sentences) -> list[Block]:
    words, on_day = say.words, len(view.due_on_closing_day)
    closing = ", " + words("weekly.on_closing_day", n=on_day) if on_day else ""
    numbers = {"overdue": len(view.overdue), "closing": closing, "soon": len(view.due_soon)}
    blocks: list[Block] = [Heading(words("weekly.deadlines", **numbers))]
    blocks += _listed(map(say.deadline, view.overdue), numbered=True)
    rest = [("weekly.closing", view.due_on_closing_day), ("weekly.soon", view.due_soon)]
    return blocks + _listed(
        (Span(words(key), "strong"), Span(" "), *say.deadline(item)) for key, items in rest for item in items
    )


def _difficulties(view: Weekly, say: Sentences) -> list[Block]:
    heading = Heading(say.words("weekly.difficulties", n=len(view.difficulties)))
    return [heading, *_listed(map(say.difficulty, view.difficulties))]


def _next_week(view: Weekly, say: Sentences) -> list[Block]:
    words = say.words
    heading = words("weekly.next_week", first=words.day(view.next_first), last=words.day(view.next_last))
    return [Heading(heading), *_listed(map(say.next_step, view.next_week))]


def _proposals(view: Weekly, say: Sentences) -> list[Block]:
    new = sum(p.is_new for p in view.proposals)
    waiting = sum(p.answered is None for p in view.proposals)
    heading = say.words("weekly.proposals", new=new, waiting=waiting)
    return [Heading(heading), *_listed(map(say.proposal, view.proposals))]


def _silence(view: Weekly, say: Sentences) -> list[Block]:
    words, days = say.words, view.heading.plan.reporting.stale_days
    heading = Heading(words("weekly.silence", n=len(view.silent_organisations)))
    silent = _listed(map(say.silence, view.silent_organisations))
    if not view.stale:
        return [heading, *silent]
    title = Paragraph((Span(words("weekly.stale", n=len(view.stale), days=days), "strong"),), apart=True)
    return [
        heading,
        *(silent or [Paragraph(words("weekly.none"))]),
        title,
        *_listed(map(say.stale, view.stale)),
    ]


def _changes(view: Weekly, say: Sentences) -> list[Block]:
    said = [*map(say.deadline_change, view.deadline_changes), *map(say.plan_change, view.plan_changes)]
    return [Heading(say.words("weekly.changes", n=len(said))), *_listed(said)]


def _provenance(view: Weekly, say: Sentences) -> str:
    """Say where the figures come from; there is no clock in it."""
    words, source = say.words, view.provenance
    known = view.heading.known_at
    return words(
        "weekly.provenance",
        revision=words("plan.revision", number=source.revision),
        origin=origin(source.git_commit, source.sha256) + say.dirty(source.dirty),
        known=f", {words('weekly.known_at', moment=say.voice.moment(known))}" if known else "",
        version=source.version,
    )


def data(view: Weekly, words: Words) -> Object:
    """Give the summary for JSON; what is internal is null unless it was asked for."""

    def items(chosen: Sequence[Item]) -> list[Object]:
        return [_task(item.task, item.update, view, words) for item in chosen]

    def results(chosen: Sequence[Item]) -> list[Object]:
        return [{**shown, "earlier": told(item)} for item, shown in zip(chosen, items(chosen), strict=True)]

    def told(item: Item) -> list[Object]:
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
            *(_deadline_change(change, words) for change in view.deadline_changes),
            *(_plan_change(change) for change in view.plan_changes),
        ],
        "provenance": _source(view),
    }


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
        *("revision", "git_commit", "sha256", "recorded_at", "author", "dirty"),
    )
)


def _deadline_change(change: DeadlineChange, words: Words) -> Object:
    facts = {name: value for name, value in change._asdict().items() if name in _CHANGE}
    return {**_CHANGE, **facts, "task": change.task.label, "title": change.task.title.within(words.language)}


def _plan_change(change: PlanChange) -> Object:
    return {**_CHANGE, "kind": "revision", **change._asdict()}


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
