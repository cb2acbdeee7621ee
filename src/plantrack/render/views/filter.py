"""The filters that have a name."""

from plantrack.i18n.words import Words
from plantrack.model.views.filter import BUILT_IN, FilterList, SavedFilter, typed_name
from plantrack.model.views.rows import Rows
from plantrack.render.layout import fields
from plantrack.render.layout.blocks import Block, Document, Paragraph, StyledText, TableColumn
from plantrack.render.layout.fact_formatter import FactFormatter
from plantrack.render.layout.fields import Field, Fields, declared
from plantrack.render.layout.json_object import Object
from plantrack.render.layout.workbook import NAME, TEXT, Book, booked


def document(view: FilterList, words: Words) -> Document:
    """Word the list: each name as it is typed, and what it stands for."""
    formatter = FactFormatter(words, view.heading)
    blocks: list[Block] = [fields.table(FILTER.values(), view.filters, formatter)]
    if not any(one.command for one in view.filters):
        blocks.append(Paragraph((StyledText(words("filter.see"), "typed"),)))
    return Document(words("filter.title"), formatter.lines(), tuple(blocks))


def data(view: FilterList, words: Words) -> Rows[Object]:
    """Return the filters for JSON."""
    return filter_objects(view.filters, FactFormatter(words, view.heading))


def filter_objects(filters: Rows[SavedFilter], formatter: FactFormatter) -> Rows[Object]:
    """Return filters for JSON."""
    return fields.objects(FILTER.values(), filters, formatter)


def book(view: FilterList, words: Words) -> Book:
    """Return the filters as a sheet."""
    formatter = FactFormatter(words, view.heading)
    sheet = fields.sheet(words("sheet.filters"), FILTER.values(), view.filters, formatter)
    return booked(formatter, words("filter.title"), [sheet])


def _name(one: SavedFilter, formatter: FactFormatter) -> str:
    """Return a name, that of one that everybody has in the reader's language."""
    own = BUILT_IN.get(one.name) if not one.command and formatter.words.language == "vi" else None
    return own or one.name


def _meaning(one: SavedFilter, formatter: FactFormatter) -> str:
    return one.spelled() or formatter.words("filter.nobody")


FILTER: Fields[SavedFilter] = declared(
    Field(
        "name",
        "column.filter_name",
        word=_name,
        cell=lambda one, f: typed_name(_name(one, f)),
        width=NAME,
        column=TableColumn(wraps=True, least=12),
    ),
    Field(
        "terms",
        "column.filter_terms",
        get=lambda one, f: list(one.terms),
        word=_meaning,
        width=TEXT,
        column=TableColumn(wraps=True, least=24),
    ),
    Field("built_in", get=lambda one, f: not one.command),
    Field(
        "author",
        "column.author",
        get=lambda one, f: one.author or None,
        width=NAME,
        blank=True,
        column=TableColumn(wraps=True, least=10),
    ),
    Field("recorded_at", "sheet.recorded", "moment", get=lambda one, f: one.recorded_at or None, width=17),
    Field("command", "sheet.command", get=lambda one, f: f"c{one.number}" if one.command else None, width=12),
)
