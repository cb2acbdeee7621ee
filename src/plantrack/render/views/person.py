"""The people who are known."""

from typing import TYPE_CHECKING

from plantrack.i18n.words import Words
from plantrack.model.views.parties import PersonList
from plantrack.render.layout.blocks import Block, Column, Document, Paragraph, Row, Table
from plantrack.render.layout.fact_formatter import Voice
from plantrack.render.layout.json_object import Object

if TYPE_CHECKING:
    from plantrack.render.layout.workbook import Book


def document(view: PersonList, words: Words) -> Document:
    """Word the list."""
    voice = Voice(words, view.heading)
    columns = (
        Column(words("column.person"), wraps=True, least=20),
        Column(words("column.organisation"), wraps=True, least=16),
        Column(words("column.open"), "right"),
        Column(words("column.total"), "right"),
    )
    rows = tuple(
        Row((p.name, _organisation(p.organisation, voice), words.number(p.open), words.number(p.total)))
        for p in view.people
    )
    block: Block = Table(columns, rows) if rows else Paragraph(words("person.none"))
    return Document(words("person.title", about=voice.about), voice.lines(), (block,))


def _organisation(organisation: str | None, voice: Voice) -> str:
    return voice.organisation(organisation) if organisation else voice.unknown


def data(view: PersonList, words: Words) -> list[Object]:
    """Give the people for JSON."""
    return [person._asdict() for person in view.people]


def book(view: PersonList, words: Words) -> "Book":
    """Give the people as a sheet."""
    from plantrack.model.views.parties import PersonLine
    from plantrack.render.layout import workbook as books
    from plantrack.render.layout.workbook import NAME, TEXT, Filled, booked, sheet

    voice = Voice(words, view.heading)
    columns: list[Filled[PersonLine]] = [
        (books.Column(words("sheet.name"), "text", NAME), lambda p: p.name),
        (books.Column(words("sheet.sort_name"), "text", NAME), lambda p: p.sort_name),
        (
            books.Column(words("column.organisation"), "text", TEXT),
            lambda p: voice.organisation(p.organisation) if p.organisation else None,
        ),
        (books.Column(words("column.open"), "number"), lambda p: p.open),
        (books.Column(words("column.total"), "number"), lambda p: p.total),
    ]
    people = sheet(words("sheet.people"), columns, view.people)
    return booked(voice, words("person.title", about=voice.about), [people])
