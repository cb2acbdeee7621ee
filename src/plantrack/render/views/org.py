"""The organisations of the plan."""

from typing import TYPE_CHECKING

from plantrack.i18n.words import Words
from plantrack.model.days import add_days
from plantrack.model.plan import Organisation
from plantrack.model.views.parties import OrgLine, OrgList
from plantrack.render.layout.blocks import (
    Block,
    Cell,
    Document,
    Paragraph,
    StyledText,
    Table,
    TableColumn,
    TableRow,
)
from plantrack.render.layout.fact_formatter import FactFormatter
from plantrack.render.layout.json_object import Object
from plantrack.render.views.task_fields import text_in

if TYPE_CHECKING:
    from plantrack.render.layout.workbook import Book, Filled


def document(view: OrgList, words: Words) -> Document:
    """Word the list, with what each leads and coordinates."""
    formatter = FactFormatter(words, view.heading)
    columns = (
        TableColumn(words("column.id")),
        TableColumn(words("column.organisation"), wraps=True, least=20),
        TableColumn(words("column.open"), "right", group=words("column.group.lead")),
        TableColumn(words("column.total"), "right", group=words("column.group.lead")),
        TableColumn(words("column.group.coordinating"), "right"),
        TableColumn(words("column.in_force"), wraps=True, least=14),
    )
    rows = tuple(_row(line, formatter) for line in view.organisations)
    block: Block = Table(columns, rows) if rows else Paragraph(words("org.none"))
    return Document(words("org.title", about=formatter.about), formatter.lines(), (block,))


def _row(line: OrgLine, formatter: FactFormatter) -> TableRow:
    own, number = line.organisation, formatter.words.number
    numbers = (number(line.lead_open), number(line.lead_total), number(line.coordinating_total))
    said: tuple[StyledText, ...] = (
        _validity(own, formatter) if line.in_force else _not_in_force(own, formatter)
    )
    return TableRow((own.id, formatter.text(own.name), *numbers, _succession(said, line, formatter)))


def _succession(said: tuple[StyledText, ...], line: OrgLine, formatter: FactFormatter) -> Cell:
    """Add to the validity of an organisation what was before it and what comes after it."""
    words, own = formatter.words, line.organisation
    parts = []
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


def data(view: OrgList, words: Words) -> list[Object]:
    """Return the organisations for JSON."""
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
    """Return the organisations as a sheet."""
    from plantrack.render.layout.workbook import booked, sheet

    formatter = FactFormatter(words, view.heading)
    organisations = sheet(words("sheet.organisations"), _filled(formatter), view.organisations)
    return booked(formatter, words("org.title", about=formatter.about), [organisations])


def _filled(formatter: FactFormatter) -> "list[Filled[OrgLine]]":
    """Return the columns of a sheet."""
    from plantrack.render.layout import workbook as books
    from plantrack.render.layout.workbook import NAME, TEXT, mark

    words, name_of = formatter.words, formatter.organisation

    def named(name: str, kind: books.Kind = "text", width: int = 12) -> books.SheetColumn:
        return books.SheetColumn(words(f"sheet.{name}"), kind, width)

    return [
        (books.SheetColumn(words("column.id")), lambda line: line.organisation.id),
        (
            books.SheetColumn(words("column.organisation"), "text", TEXT),
            lambda line: formatter.text(line.organisation.name),
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
        (named("predecessors", width=NAME), lambda line: formatter.organisations(line.predecessors) or None),
        (
            named("successor", width=NAME),
            lambda line: name_of(line.organisation.successor) if line.organisation.successor else None,
        ),
        (named("in_force"), lambda line: mark(line.in_force)),
    ]
