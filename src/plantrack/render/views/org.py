"""The organisations of the plan."""

from typing import TYPE_CHECKING

from plantrack.i18n.words import Words
from plantrack.model.days import add_days
from plantrack.model.plan import Organisation
from plantrack.model.views.parties import OrgLine, OrgList
from plantrack.render.layout.blocks import Block, Cell, Column, Document, Paragraph, Row, Span, Table
from plantrack.render.layout.fact_formatter import Voice
from plantrack.render.layout.json_object import Object
from plantrack.render.views.task_fields import text_in

if TYPE_CHECKING:
    from plantrack.render.layout.workbook import Book, Filled


def document(view: OrgList, words: Words) -> Document:
    """Word the list, with what each leads and coordinates."""
    voice = Voice(words, view.heading)
    columns = (
        Column(words("column.id")),
        Column(words("column.organisation"), wraps=True, least=20),
        Column(words("column.open"), "right", group=words("column.group.lead")),
        Column(words("column.total"), "right", group=words("column.group.lead")),
        Column(words("column.group.coordinating"), "right"),
        Column(words("column.in_force"), wraps=True, least=14),
    )
    rows = tuple(_row(line, voice) for line in view.organisations)
    block: Block = Table(columns, rows) if rows else Paragraph(words("org.none"))
    return Document(words("org.title", about=voice.about), voice.lines(), (block,))


def _row(line: OrgLine, voice: Voice) -> Row:
    own, number = line.organisation, voice.words.number
    numbers = (number(line.lead_open), number(line.lead_total), number(line.coordinating_total))
    said: tuple[Span, ...] = _validity(own, voice) if line.in_force else _not_in_force(own, voice)
    return Row((own.id, voice.text(own.name), *numbers, _succession(said, line, voice)))


def _succession(said: tuple[Span, ...], line: OrgLine, voice: Voice) -> Cell:
    """Add to the validity of an organisation what was before it and what comes after it."""
    words, own = voice.words, line.organisation
    parts = []
    if line.predecessors:
        parts.append(words("org.predecessors", names=voice.organisations(line.predecessors)))
    if own.successor:
        parts.append(words("org.successor", name=voice.organisation(own.successor)))
    return (*said, *([Span(("; " if said else "") + "; ".join(parts))] if parts else []))


def _validity(own: Organisation, voice: Voice) -> tuple[Span, ...]:
    """Say from when and until when an organisation exists."""
    parts = []
    if own.valid_from:
        parts.append(voice.words("org.from", day=voice.day(own.valid_from)))
    if own.valid_to:
        parts.append(voice.words("org.to", day=voice.day(own.valid_to)))
    return (Span(", ".join(parts)),) if parts else ()


def _not_in_force(own: Organisation, voice: Voice) -> tuple[Span, ...]:
    """Say since when an organisation is no more, or from when it will be."""
    if own.valid_from and voice.heading.as_of < own.valid_from:
        said = voice.words("org.not_yet", day=voice.day(own.valid_from))
    elif own.valid_to:
        said = voice.words("org.no_more", day=voice.day(add_days(own.valid_to, 1)))
    else:
        said = voice.words("org.not_in_force")
    return (Span(said, "warning"),)


def data(view: OrgList, words: Words) -> list[Object]:
    """Give the organisations for JSON."""
    return [_object(line, words) for line in view.organisations]


def _object(line: OrgLine, words: Words) -> Object:
    own = line.organisation
    return {
        "id": own.id,
        "name": text_in(own.name, words),
        "short": text_in(own.short, words),
        "symbol": own.symbol,
        "level": own.level,
        "valid_from": own.valid_from,
        "valid_to": own.valid_to,
        "successor": own.successor,
        "predecessors": list(line.predecessors),
        "lead_open": line.lead_open,
        "lead_total": line.lead_total,
        "coordinating_total": line.coordinating_total,
        "in_force": line.in_force,
    }


def book(view: OrgList, words: Words) -> "Book":
    """Give the organisations as a sheet."""
    from plantrack.render.layout.workbook import booked, sheet

    voice = Voice(words, view.heading)
    organisations = sheet(words("sheet.organisations"), _filled(voice), view.organisations)
    return booked(voice, words("org.title", about=voice.about), [organisations])


def _filled(voice: Voice) -> "list[Filled[OrgLine]]":
    """Give the columns of a sheet."""
    from plantrack.render.layout import workbook as books
    from plantrack.render.layout.workbook import NAME, TEXT, mark

    words, name_of = voice.words, voice.organisation

    def named(name: str, kind: books.Kind = "text", width: int = 12) -> books.Column:
        return books.Column(words(f"sheet.{name}"), kind, width)

    return [
        (books.Column(words("column.id")), lambda line: line.organisation.id),
        (
            books.Column(words("column.organisation"), "text", TEXT),
            lambda line: voice.text(line.organisation.name),
        ),
        (named("short", width=NAME), lambda line: text_in(line.organisation.short, words)),
        (named("symbol"), lambda line: line.organisation.symbol),
        (
            named("level"),
            lambda line: words(f"level.{line.organisation.level}") if line.organisation.level else None,
        ),
        (named("lead_open", "number"), lambda line: line.lead_open),
        (named("lead_total", "number"), lambda line: line.lead_total),
        (named("coordinating_total", "number"), lambda line: line.coordinating_total),
        (named("valid_from", "day"), lambda line: line.organisation.valid_from),
        (named("valid_to", "day"), lambda line: line.organisation.valid_to),
        (named("predecessors", width=NAME), lambda line: voice.organisations(line.predecessors) or None),
        (
            named("successor", width=NAME),
            lambda line: name_of(line.organisation.successor) if line.organisation.successor else None,
        ),
        (named("in_force"), lambda line: mark(line.in_force)),
    ]
