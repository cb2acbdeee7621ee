"""The people who are known; and where one whose name was hidden is still named."""

from collections.abc import Iterator

from plantrack.i18n.words import Words
from plantrack.model.people.person import Person
from plantrack.model.views.header import ViewHeader
from plantrack.model.views.parties import STILL_KINDS, Anonymised, PersonLine, PersonList, StillNamed
from plantrack.model.views.rows import Rows
from plantrack.render.layout import fields
from plantrack.render.layout.blocks import Block, Document, Heading, Paragraph, TableColumn
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


#: Columns that are called otherwise than the field that they hold.
_FIELDS = {"next_step": "next", "old_value": "old", "new_value": "new", "person": "name"}


def _field(one: StillNamed, _: FactFormatter) -> str | None:
    return _FIELDS.get(one.field or "", one.field)


def _field_name(one: StillNamed, formatter: FactFormatter) -> str | None:
    field = _field(one, formatter)
    key = f"field.{field}"
    return formatter.word(key) if formatter.words.has(key) else field


def _report(one: StillNamed, formatter: FactFormatter) -> str | None:
    return formatter.word(f"anonymise.report.{one.report}") if one.report else None


def _period(one: StillNamed, formatter: FactFormatter) -> str | None:
    return formatter.words.period(one.period) if one.period else None


def _advice(one: StillNamed, formatter: FactFormatter) -> str:
    return formatter.word(f"anonymise.{one.kind}.advice")


STILL: Fields[StillNamed] = declared(
    Field("kind"),
    Field("task", "column.label", column=TableColumn(), blank=True),
    Field("command", "sheet.command", column=TableColumn(), blank=True),
    Field("field", "sheet.field", get=_field, cell=_field_name, column=TableColumn(), blank=True),
    Field("name", "sheet.name", column=TableColumn(wraps=True), blank=True),
    Field("file", "anonymise.file", column=TableColumn(wraps=True), blank=True),
    Field("report", "anonymise.report", cell=_report, column=TableColumn(), blank=True),
    Field("period", "anonymise.period", cell=_period, column=TableColumn(), blank=True),
    Field("number", "anonymise.count", "number", column=TableColumn(), blank=True),
    Field("advice", "anonymise.advice", get=_advice),
)


def anonymised_document(view: Anonymised, words: Words) -> Document:
    """Word each kind of place, with what can be done about it."""
    formatter = FactFormatter(words, view.heading)
    return Document(words("anonymise.title"), formatter.lines(), tuple(_kinds(view, formatter)))


def _kinds(view: Anonymised, formatter: FactFormatter) -> Iterator[Block]:
    if not view.still:
        yield Paragraph(formatter.words("anonymise.none"))
    for kind in STILL_KINDS:
        if own := tuple(one for one in view.still if one.kind == kind):
            yield Heading(formatter.words(f"anonymise.{kind}"), 2)
            yield Paragraph(_advice(own[0], formatter))
            yield fields.table(STILL.values(), own, formatter, without_empty=True)


def anonymised_data(view: Anonymised, words: Words) -> Rows[Object]:
    """Return the places for JSON."""
    return fields.objects(STILL.values(), view.still, FactFormatter(words, view.heading))
