"""The sections that a weekly summary and the report of a longer period share, each worded in one place."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Final, TypeVar

from plantrack.i18n.words import Words
from plantrack.model.counting import Counts
from plantrack.model.text import visible
from plantrack.model.views.progress import ProgressRow
from plantrack.model.views.rows import DerivedRows, JoinedRows, Rows
from plantrack.model.views.weekly import SummaryItem, Weekly
from plantrack.render.layout.blocks import (
    Block,
    Heading,
    ItemList,
    ListItem,
    Paragraph,
    Said,
    StyledText,
    Table,
)
from plantrack.render.layout.count_columns import (
    NUMBERS,
    WIDE,
    number_fields,
    other,
    others,
    rows_and_total,
    title_fields,
)
from plantrack.render.layout.fact_formatter import FactFormatter, asked_again, plan_name
from plantrack.render.layout.fields import table
from plantrack.render.layout.milestones import milestone_said
from plantrack.render.layout.sentences import Line, Sentences, origin

#: The columns that a page of 80 cells has room for, with their changes.
_NUMBERS = tuple(number for number in NUMBERS if number.from_width < WIDE)
#: A section: its heading, then what stands under it.
Section = list[Block]
Row = TypeVar("Row")


def as_sent(view: Weekly) -> Weekly:
    """Return a summary that does not tell whether the moment up to which it knows was asked for.

    Its foot names that moment in any case; so one that is printed again later, as known then, is the same.
    """
    return view._replace(heading=view.heading._replace(known_given=False))


def about(view: Weekly, words: Words) -> str:
    """Name the plan, and the day of the figures."""
    plan, day = view.heading.plan, words.day(view.heading.as_of)
    name = plan_name(plan, words)
    if plan.date:
        name = words("plan.dated", plan=name, day=words.day(plan.date))
    return words("weekly.about", plan=name, day=day)


def non_empty(section: Section, words: Words) -> Section:
    """Return a section; one that is empty says so."""
    return section if len(section) > 1 else [*section, Paragraph(words("weekly.none"))]


def section_table(view: Weekly, formatter: FactFormatter) -> Table:
    """Return the table by area with its changes."""

    numbers = number_fields(_NUMBERS, change=partial(change_of, view))
    shown = (*title_fields(view.progress.by), *numbers)
    return table(shown, rows_and_total(view.progress, formatter.words), formatter, has_total=True)


def change_of(view: Weekly, row: ProgressRow) -> Counts | None:
    """Return by how much the counts of a row, or of the total, have changed."""
    return view.change.get("total" if row.key == "" else row.key or "")


def below_table(view: Weekly, words: Words) -> Paragraph:
    """Say what "other" is made of in the table by area, and what its headings shorten."""
    total = view.progress.total
    said = [others(total, words)] if other(total) else []
    return Paragraph(" ".join([*said, words("weekly.abbreviations")]), apart=True)


def worded(rows: Rows[Row], say: Callable[[Row], Said]) -> Rows[Said]:
    """Return what is said of each row."""
    return DerivedRows(rows, partial(map, say))


def listed(said: Rows[Said], *, numbered: bool = False, by: str = "") -> Section:
    """Return a list, or nothing where nothing is said; `by`: the command that lists its tasks."""

    def entries(said: Rows[Said]) -> Iterator[ListItem]:
        return (ListItem._make((line, f"{n}." if numbered else "-", 0)) for n, line in enumerate(said, 1))

    return [ItemList(DerivedRows(said, entries), listed_by=by)] if said else []


def part(title: str, said: Rows[Said], *, by: str = "") -> Section:
    """Return a part of a section under a title of its own, or nothing where nothing is said."""
    return [Paragraph((StyledText(title, "strong"),), apart=True), *listed(said, by=by)] if said else []


def lister(view: Weekly, terms: str, words: Words) -> str:
    """Return the command that lists the tasks of a section, by the terms that they pass."""
    rest = asked_again(view.heading, view.progress.filter, words)
    return words.command(f"plantrack list {terms}{rest}")


def deadlines(view: Weekly, say: Sentences, extensions: Mapping[str, int] | None = None) -> Section:
    """Say what is overdue, due on the closing day, due soon; with how often each was extended, if that is given."""
    words, on_day = say.words, len(view.due_on_closing_day)
    closing = ", " + words("weekly.on_closing_day", n=on_day) if on_day else ""
    numbers = {"overdue": len(view.overdue), "closing": closing, "soon": len(view.due_soon)}
    blocks: Section = [Heading(words("weekly.deadlines", **numbers))]
    times = extensions or {}

    def deadline(item: SummaryItem) -> Line:
        return say.deadline(item, times.get(item.task.uid, 0))

    def coming(key: str, item: SummaryItem) -> Line:
        return (StyledText(words(key), "strong"), StyledText(" "), *deadline(item))

    blocks += listed(worded(view.overdue, deadline), numbered=True, by=lister(view, "overdue", words))
    closing_day = worded(view.due_on_closing_day, partial(coming, "weekly.closing"))
    soon = worded(view.due_soon, partial(coming, "weekly.soon"))
    return blocks + listed(JoinedRows(closing_day, soon), by=lister(view, "due-soon", words))


def difficulties(view: Weekly, say: Sentences) -> Section:
    """Say what stands in the way."""
    heading = Heading(say.words("weekly.difficulties", n=len(view.difficulties)))
    by = lister(view, "blocked", say.words)
    return [heading, *listed(worded(view.difficulties, say.difficulty), by=by)]


def next_steps(view: Weekly, say: Sentences, key: str) -> Section:
    """Say what comes next, under the heading of a key."""
    words = say.words
    heading = words(key, first=words.day(view.next_first), last=words.day(view.next_last))
    return [Heading(heading), *listed(worded(view.next_week, say.next_step))]


def milestones(view: Weekly, say: Sentences) -> Section:
    """Say which milestones of the plan are in the period and in the one after it; nothing where none is."""
    said = [milestone_said(milestone, say.formatter) for milestone in view.milestones]
    return part(say.words("weekly.milestones", n=len(said)), said)


def proposals(view: Weekly, say: Sentences) -> Section:
    """Say what was proposed, and what waits for an answer."""
    new = sum(p.is_new for p in view.proposals)
    waiting = sum(p.answered is None for p in view.proposals)
    heading = say.words("weekly.proposals", new=new, waiting=waiting)
    return [Heading(heading), *listed(worded(view.proposals, say.proposal))]


def silent_organisations(view: Weekly, say: Sentences, key: str) -> Section:
    """Say who was silent, under the heading of a key, and which tasks were long without a word."""
    words, days = say.words, view.heading.plan.reporting.stale_days
    heading = Heading(words(key, n=len(view.silent_organisations)))
    silent = listed(worded(view.silent_organisations, say.silence))
    if not view.stale:
        return [heading, *silent]
    title = words("weekly.stale", n=len(view.stale), days=days)
    return [
        heading,
        *(silent or [Paragraph(words("weekly.none"))]),
        *part(title, worded(view.stale, say.stale), by=lister(view, "stale", words)),
    ]


def footer(view: Weekly, say: Sentences) -> Iterator[Block]:
    """Say where the figures come from, and whether the plan's file has more."""
    yield Paragraph((StyledText(_provenance(view, say), "remark"),), apart=True)
    if newer := view.provenance.newer_file:
        said = say.words("weekly.newer", file=visible(newer))
        yield Paragraph(
            (StyledText(said, "remark"), StyledText(" " + say.words("weekly.see_newer"), "typed"))
        )


#: So many signs of a seal are enough to compare it by eye.
_SEAL: Final = 16


def _provenance(view: Weekly, say: Sentences) -> str:
    """Say where the figures come from; there is no clock in it."""
    words, source = say.words, view.provenance
    known = view.heading.known_at
    return words(
        "weekly.provenance",
        revision=words("plan.revision", number=source.revision),
        origin=origin(source.git_commit, source.sha256) + say.dirty(source.dirty),
        known=f", {words('weekly.known_at', moment=say.formatter.moment(known))}" if known else "",
        seal=f", {words('weekly.seal', hash=source.seal[0][:_SEAL], command=source.seal[1])}"
        if source.seal
        else "",
        version=source.version,
    )
