"""The week of each organisation: what it leads, section by section, and what it coordinates."""

from collections.abc import Iterable, Iterator
from functools import partial

from plantrack.i18n.words import Words
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.plan import Organisation
from plantrack.model.status import Role
from plantrack.model.task import Task
from plantrack.model.views.rows import DerivedRows, JoinedRows, Rows
from plantrack.model.views.weekly import OrganisationWeek, Weekly, WeeklyByOrg
from plantrack.render.layout import fields, summary_sections
from plantrack.render.layout.blocks import Block, Document, Heading, ItemList, Paragraph, StyledText
from plantrack.render.layout.fact_formatter import FactFormatter
from plantrack.render.layout.fields import Field, of
from plantrack.render.layout.json_object import Object
from plantrack.render.layout.sentences import Line, Sentences
from plantrack.render.layout.summary_sections import listed, worded
from plantrack.render.layout.workbook import TEXT, Book
from plantrack.render.views import weekly
from plantrack.render.views.task_fields import TASK
from plantrack.render.views.weekly import sections, titled
from plantrack.render.views.weekly_brief import figures
from plantrack.render.views.weekly_data import SectionFields, provenance


def document(view: WeeklyByOrg, words: Words) -> Document:
    """Word the summary: a part for each organisation, each ready to be sent by itself."""
    whole = summary_sections.as_sent(view.whole)
    say = Sentences(FactFormatter(words, whole.heading), with_notes=whole.with_notes)
    lines = (
        words("by_org.about"),
        summary_sections.about(whole, words),
        *say.formatter.lines(whole.progress.filter),
    )
    return Document(titled(whole, words), lines, tuple(_blocks(view, say)))


def _blocks(view: WeeklyByOrg, say: Sentences) -> Iterator[Block]:
    for part in view.organisations:
        yield Heading(part.organisation.label(say.words.language))
        yield from _part(part, say)
    if not view.organisations:
        yield Paragraph(say.words("by_org.none"))
    if view.without:
        yield Heading(say.words("by_org.without", n=say.words.number(len(view.without))))
        yield from listed(worded(view.without, lambda task: _named(task, say)))
    yield from summary_sections.footer(view.whole, say)


def _part(part: OrganisationWeek, say: Sentences) -> Iterator[Block]:
    """Yield what an organisation leads, with the sections of a week, then what it coordinates."""
    words, led = say.words, part.lead
    if led.progress.tasks:
        yield Heading(words("by_org.lead", n=words.number(len(led.progress.tasks))), 2)
        yield Paragraph(
            (StyledText(words("weekly.summary"), "strong"), StyledText(" " + figures(led, words)))
        )
        yield summary_sections.section_table(_only_its_areas(led), say.formatter)
        yield summary_sections.below_table(led, words)
        yield from _sections(led, say)
    if part.coordinating:
        yield Heading(words("by_org.coordinating", n=words.number(len(part.coordinating))), 2)
        yield from listed(worded(part.coordinating, say.standing))


def _only_its_areas(led: Weekly) -> Weekly:
    """Leave out the areas in which an organisation leads nothing, and led nothing a week ago."""
    rows = led.progress.rows
    kept = tuple(row for row in rows if row.counts.total or any(led.change.get(row.key or "", ())))
    return led._replace(progress=led.progress._replace(rows=kept))


def _sections(led: Weekly, say: Sentences) -> Iterator[Block]:
    """Yield the sections that say something, a level below what they are of."""
    for heading, *blocks in sections(led, say):
        if blocks and isinstance(heading, Heading):
            yield heading._replace(level=3)
            yield from map(_without_command, blocks)


def _without_command(block: Block) -> Block:
    """Return a block without the command that lists the tasks of all organisations."""
    return block._replace(listed_by="") if isinstance(block, ItemList) else block


def _named(task: Task, say: Sentences) -> Line:
    return (StyledText(say.named(task)),)


def data(view: WeeklyByOrg, words: Words) -> Object:
    """Return the week of each organisation for JSON; `lead` has what a weekly summary has."""
    whole = view.whole
    return {
        "period": {"name": whole.period, "first_day": whole.first_day, "last_day": whole.last_day},
        "organisations": [_object(part, words) for part in view.organisations],
        "without": DerivedRows(view.without, partial(map, lambda task: task.label)),
        "provenance": provenance(whole),
    }


def _object(part: OrganisationWeek, words: Words) -> Object:
    led, formatter = weekly.data(part.lead, words), FactFormatter(words, part.lead.heading)
    items = SectionFields(part.lead).items()
    return {
        "id": part.organisation.id,
        "name": part.organisation.label(words.language),
        "lead": {key: value for key, value in led.items() if key not in ("period", "provenance")},
        "coordinating": fields.objects(items, part.coordinating, formatter),
    }


class Held(NamedTuple):
    """A task of an organisation in one of its roles."""

    organisation: Organisation
    role: Role
    task: Task


_HELD: tuple[Field[Held], ...] = (
    Field(
        "organisation",
        "column.organisation",
        word=lambda h, f: h.organisation.label(f.words.language),
        width=TEXT,
    ),
    Field("role", "by_org.role", word=lambda h, f: f.word(f"field.{h.role}"), width=14),
    *of("task", TASK.values()),
)


def book(view: WeeklyByOrg, words: Words) -> Book:
    """Return what each organisation has, task by task; then the sheets of the whole week."""
    formatter = FactFormatter(words, view.whole.heading)
    held = [rows for part in view.organisations for rows in _held(part)]
    sheet = fields.sheet(words("sheet.by_org"), _HELD, JoinedRows(*held), formatter)
    whole = weekly.book(view.whole, words)
    return whole._replace(sheets=(sheet, *whole.sheets), main=0)


def _held(part: OrganisationWeek) -> Iterator[Rows[Held]]:
    def held(role: Role, tasks: Iterable[Task]) -> Iterator[Held]:
        return (Held(part.organisation, role, task) for task in tasks)

    yield DerivedRows(part.lead.progress.tasks, partial(held, Role.LEAD))
    yield DerivedRows(part.coordinating, lambda items: held(Role.COORDINATING, (i.task for i in items)))
