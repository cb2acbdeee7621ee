"""The people who are known."""

from plantrack.i18n.words import Words
from plantrack.model.people.person import Person
from plantrack.model.views.header import ViewHeader
from plantrack.model.views.parties import PersonLine, PersonList
from plantrack.model.views.rows import Rows
from plantrack.render.layout import fields
from plantrack.render.layout.blocks import Block, Document, Paragraph, TableColumn
from plantrack.render.layout.fact_formatter import FactFormatter
from plantrack.render.layout.fields import Field, Fields, declared, of
from plantrack.render.layout.json_object import Object
from plantrack.render.layout.workbook import NAME, TEXT, Book, booked

PERSON: Fields[PersonLine] = declared(
    *of(
        "person",
        (
            Field(
                "name", "sheet.name", width=NAME, column=TableColumn("column.person", wraps=True, least=20)
            ),
            Field("sort_name", "sheet.sort_name", width=NAME),
            Field(
                "organisation",
                "column.organisation",
                word=lambda p, f: f.organisation(p.organisation) if p.organisation else None,
                width=TEXT,
                column=TableColumn(wraps=True, least=16),
            ),
            Field("email", width=NAME, after="total", column=TableColumn(wraps=True), blank=True),
            Field("login", width=NAME, after="email", column=TableColumn(), blank=True),
            Field("left_on", kind="day", width=12, after="login", column=TableColumn(), blank=True),
        ),
    ),
    Field("open", "column.open", "number", width=12, column=TableColumn()),
    Field("total", "column.total", "number", width=12, column=TableColumn()),
)


def document(view: PersonList, words: Words) -> Document:
    """Word the list."""
    formatter = FactFormatter(words, view.heading)
    block: Block = Paragraph(words("person.none"))
    if view.people:
        block = fields.table(PERSON.values(), view.people, formatter, without_empty=True)
    return Document(words("person.title", about=formatter.about), formatter.lines(), (block,))


def data(view: PersonList, words: Words) -> Rows[Object]:
    """Return the people for JSON."""
    return fields.objects(PERSON.values(), view.people, FactFormatter(words, view.heading))


def person_object(person: Person, words: Words, heading: ViewHeader) -> Object:
    """Return a person for JSON, without their tasks."""
    own = [field for field in PERSON.values() if field.within]
    (found,) = fields.objects(own, (PersonLine(person),), FactFormatter(words, heading))
    return found


def book(view: PersonList, words: Words) -> Book:
    """Return the people as a sheet."""
    formatter = FactFormatter(words, view.heading)
    people = fields.sheet(words("sheet.people"), PERSON.values(), view.people, formatter)
    return booked(formatter, words("person.title", about=formatter.about), [people])
