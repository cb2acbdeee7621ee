"""The organisations of the plan."""

from plantrack.i18n.words import Words
from plantrack.model.days import add_days
from plantrack.model.plan import Organisation
from plantrack.model.views.header import ViewHeader
from plantrack.model.views.parties import OrgLine, OrgList
from plantrack.model.views.rows import Rows
from plantrack.render.layout import fields
from plantrack.render.layout.blocks import Block, Cell, Document, Paragraph, StyledText, TableColumn
from plantrack.render.layout.fact_formatter import FactFormatter
from plantrack.render.layout.fields import Field, Fields, declared, of
from plantrack.render.layout.json_object import Object
from plantrack.render.layout.workbook import NAME, TEXT, Book, booked, mark


def document(view: OrgList, words: Words) -> Document:
    """Word the list, with what each leads and coordinates."""
    formatter = FactFormatter(words, view.heading)
    block: Block = Paragraph(words("org.none"))
    if view.organisations:
        block = fields.table(ORGANISATION.values(), view.organisations, formatter, without_empty=True)
    return Document(words("org.title", about=formatter.about), formatter.lines(), (block,))


def data(view: OrgList, words: Words) -> Rows[Object]:
    """Return the organisations for JSON."""
    return fields.objects(ORGANISATION.values(), view.organisations, FactFormatter(words, view.heading))


def organisation_object(line: OrgLine, words: Words, heading: ViewHeader) -> Object:
    """Return an organisation for JSON, without its tasks."""
    own = [field for field in ORGANISATION.values() if field.within or field.key in ("email", "in_plan")]
    (found,) = fields.objects(own, (line,), FactFormatter(words, heading))
    return found


def book(view: OrgList, words: Words) -> Book:
    """Return the organisations as a sheet."""
    formatter = FactFormatter(words, view.heading)
    rows = fields.sheet(words("sheet.organisations"), ORGANISATION.values(), view.organisations, formatter)
    return booked(formatter, words("org.title", about=formatter.about), [rows])


def _existence(line: OrgLine, formatter: FactFormatter) -> Cell:
    """Say when an organisation exists, what was before it and what comes after it."""
    words, own = formatter.words, line.organisation
    said = _validity(own, formatter) if line.in_force else _not_in_force(own, formatter)
    parts = [] if line.in_plan else [words("org.not_in_plan")]
    if line.predecessors:
        parts.append(words("org.predecessors", names=formatter.organisations(line.predecessors)))
    if own.successor:
        parts.append(words("org.successor", name=formatter.organisation(own.successor)))
    return (*said, *([StyledText(("; " if said else "") + "; ".join(parts))] if parts else []))


def _validity(own: Organisation, formatter: FactFormatter) -> tuple[StyledText, ...]:
    """Say from when and until when an organisation exists."""
    parts = []
    if own.valid_from:
        parts.append(formatter.words("org.from", day=formatter.day(own.valid_from)))
    if own.valid_to:
        parts.append(formatter.words("org.to", day=formatter.day(own.valid_to)))
    return (StyledText(", ".join(parts)),) if parts else ()


def _not_in_force(own: Organisation, formatter: FactFormatter) -> tuple[StyledText, ...]:
    """Say since when an organisation is no more, or from when it will be."""
    if own.valid_from and formatter.heading.as_of < own.valid_from:
        said = formatter.words("org.not_yet", day=formatter.day(own.valid_from))
    elif own.valid_to:
        said = formatter.words("org.no_more", day=formatter.day(add_days(own.valid_to, 1)))
    else:
        said = formatter.words("org.not_in_force")
    return (StyledText(said, "warning"),)


_LEAD = TableColumn(group="column.group.lead")
ORGANISATION: Fields[OrgLine] = declared(
    *of(
        "organisation",
        (
            Field("id", "column.id", width=12, column=TableColumn()),
            Field(
                "name",
                "column.organisation",
                get=lambda o, f: f.in_language(o.name),
                word=lambda o, f: f.text(o.name),
                width=TEXT,
                column=TableColumn(wraps=True, least=20),
            ),
            Field("short", "sheet.short", get=lambda o, f: f.in_language(o.short), width=NAME),
            Field("symbol", "sheet.symbol", width=12),
            Field(
                "level",
                "sheet.level",
                word=lambda o, f: f.word(f"level.{o.level}") if o.level else None,
                width=12,
            ),
            Field("valid_from", "sheet.valid_from", "day", width=12),
            Field("valid_to", "sheet.valid_to", "day", width=12),
            Field(
                "successor",
                "sheet.successor",
                word=lambda o, f: f.organisation(o.successor) if o.successor else None,
                width=NAME,
                after="predecessors",
            ),
        ),
    ),
    Field(
        "predecessors",
        "sheet.predecessors",
        word=lambda line, f: f.organisations(line.predecessors) or None,
        width=NAME,
    ),
    Field(
        "email",
        width=NAME,
        after="in_force",
        column=TableColumn(wraps=True, least=22, from_width=100),
        blank=True,
    ),
    Field("in_plan", width=12, word=lambda line, f: mark(line.in_plan), after="email"),
    Field(
        "lead_open",
        "sheet.lead_open",
        "number",
        width=12,
        after="level",
        column=_LEAD._replace(heading="column.open"),
    ),
    Field(
        "lead_total",
        "sheet.lead_total",
        "number",
        width=12,
        after="lead_open",
        column=_LEAD._replace(heading="column.total"),
    ),
    Field(
        "coordinating_total",
        "sheet.coordinating_total",
        "number",
        width=12,
        after="lead_total",
        column=TableColumn("column.group.coordinating"),
    ),
    Field(
        "in_force",
        "sheet.in_force",
        word=lambda line, f: mark(line.in_force),
        cell=_existence,
        width=12,
        column=TableColumn("column.in_force", wraps=True, least=14),
    ),
)
