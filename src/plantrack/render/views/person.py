"""The people who are known."""

from typing import TYPE_CHECKING

from plantrack.i18n.words import Words
from plantrack.model.views.parties import PersonList
from plantrack.render.layout.blocks import Block, Document, Paragraph, Table, TableColumn, TableRow
from plantrack.render.layout.fact_formatter import FactFormatter
from plantrack.render.layout.json_object import Object

if TYPE_CHECKING:
    from plantrack.render.layout.workbook import Book


def document(view: PersonList, words: Words) -> Document:
    """Word the list."""
    formatter = FactFormatter(words, view.heading)
    columns = (
        TableColumn(words("column.person"), wraps=True, least=20),
        TableColumn(words("column.organisation"), wraps=True, least=16),
        TableColumn(words("column.open"), "right"),
        TableColumn(words("column.total"), "right"),
    )
    rows = tuple(
        TableRow(
            (p.name, _organisation(p.organisation, formatter), words.number(p.open), words.number(p.total))
        )
        for p in view.people
    )
    block: Block = Table(columns, rows) if rows else Paragraph(words("person.none"))
    return Document(words("person.title", about=formatter.about), formatter.lines(), (block,))


def _organisation(organisation: str | None, formatter: FactFormatter) -> str:
    return formatter.organisation(organisation) if organisation else formatter.unknown


def data(view: PersonList, words: Words) -> list[Object]:
    """Return the people for JSON."""
    return [person._asdict() for person in view.people]


def book(view: PersonList, words: Words) -> "Book":
    """Return the people as a sheet."""
    from plantrack.model.views.parties import PersonLine
    from plantrack.render.layout import workbook as books
    from plantrack.render.layout.workbook import NAME, TEXT, Filled, booked, sheet

    formatter = FactFormatter(words, view.heading)
    columns: list[Filled[PersonLine]] = [
        (books.SheetColumn(words("sheet.name"), "text", NAME), lambda p: p.name),
        (books.SheetColumn(words("sheet.sort_name"), "text", NAME), lambda p: p.sort_name),
        (
            books.SheetColumn(words("column.organisation"), "text", TEXT),
            lambda p: formatter.organisation(p.organisation) if p.organisation else None,
        ),
        (books.SheetColumn(words("column.open"), "number"), lambda p: p.open),
        (books.SheetColumn(words("column.total"), "number"), lambda p: p.total),
    ]
    people = sheet(words("sheet.people"), columns, view.people)
    return booked(formatter, words("person.title", about=formatter.about), [people])
