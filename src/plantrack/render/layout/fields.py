"""The fields of a view's rows, declared once: tables, sheets and JSON each take those that they show."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import compress, count
from operator import attrgetter
from typing import Any, Generic, Literal, TypeVar

from plantrack.model.grouping import chunks
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.views.rows import DerivedRows, Rows, held_if_few
from plantrack.render.layout.blocks import Cell, Table, TableColumn, TableRow
from plantrack.render.layout.fact_formatter import FactFormatter
from plantrack.render.layout.json_object import Object
from plantrack.render.layout.workbook import Kind, Sheet, SheetColumn

Row = TypeVar("Row")
#: What a form takes of a row.
Take = Callable[[Row, FactFormatter], Any]

#: What a field holds: `money` is whole đồng in JSON and sheets, millions in tables.
FieldKind = Kind | Literal["money"]


class Field(NamedTuple, Generic[Row]):
    """A fact of each row, as JSON, sheets (CSV, XLSX) and tables (all other formats) have it."""

    #: Its name in JSON, and the attribute that holds it where `get` takes nothing else.
    key: str
    #: A key of the catalogue; `field.KEY` if empty.
    heading: str = ""
    kind: FieldKind = "text"
    #: The attribute of a row that has it, if not the row itself.
    within: str = ""
    #: The bare value, for JSON.
    get: Take[Row] | None = None
    #: The value for a sheet; the bare one if there is none.
    word: Take[Row] | None = None
    #: The cell of a table; what a sheet has, as people write it, if there is none.
    cell: Take[Row] | None = None
    in_json: bool = True
    #: In JSON an object of these fields of the same row, or None where its attribute `key` is None.
    nested: "Sequence[Field[Any]]" = ()
    #: How many signs wide it is shown in a sheet; 0: in no sheet.
    width: int = 0
    #: What a sheet has before the heading: a key of the catalogue.
    group: str = ""
    #: Where people read it, it follows this field; in JSON always the one before it in the declaration.
    after: str = ""
    #: Whether a table has an empty cell, and not that it is not known, where there is no value.
    blank: bool = False
    #: How it is laid out in a table, with a heading of its own if it has one; None: in no table.
    column: TableColumn | None = None


Fields = Mapping[str, Field[Row]]


def declared(*fields: Field[Row]) -> Fields[Row]:
    """Return fields by key. Raises: ValueError for a key that is there already."""
    found = {field.key: field for field in fields}
    if len(found) < len(fields):
        raise ValueError(f"declared twice: {[field.key for field in fields]}")
    return found


def of(name: str, fields: Iterable[Field[Any]]) -> list[Field[Any]]:
    """Return fields for rows whose attribute `name` has them, or is None and has no values."""
    return [field._replace(within=name) for field in fields]


def only_in_json(fields: Iterable[Field[Row]]) -> list[Field[Row]]:
    """Return fields that sheets and tables leave out."""
    return [field._replace(width=0, column=None) for field in fields]


def only_in_table(field: Field[Row], column: TableColumn) -> Field[Row]:
    """Return a field that only a table has, laid out in another way."""
    return field._replace(in_json=False, width=0, after="", column=column)


def not_in_json(fields: Iterable[Field[Row]]) -> list[Field[Row]]:
    """Return fields that JSON leaves out."""
    return [field._replace(in_json=False) for field in fields]


def table(
    fields: Iterable[Field[Row]],
    rows: Rows[Row],
    formatter: FactFormatter,
    *,
    has_total: bool = False,
    one_line: bool = False,
    without_empty: bool = False,
) -> Table:
    """Return the table of rows; the last one may sum up the others.

    `one_line`: a row is one line on any page. `without_empty`: a column in which nothing stands is left out.
    """
    shown = [field for field in _for_people(fields) if field.column]
    if without_empty:
        rows = held_if_few(rows)
        shown = _without_empty(shown, rows, formatter)
    columns = tuple(_table_column(field, formatter) for field in shown)
    last = len(rows) if has_total else 0

    def made(rows: Rows[Row]) -> Iterator[TableRow]:
        cells = _by_chunks(rows, lambda chunk: [_cells(field, chunk, formatter) for field in shown])
        return map(TableRow._make, zip(cells, (n == last for n in count(1)), strict=False))

    return Table(columns, DerivedRows(rows, made), one_line)


def _without_empty(fields: list[Field[Row]], rows: Rows[Row], formatter: FactFormatter) -> list[Field[Row]]:
    """Return the fields in which something stands in some row; rows are read until each was found to be one."""
    nothing = ("", (), formatter.unknown)
    empty = fields
    for row in rows:
        if not (empty := [f for f in empty if _cells(f, [row], formatter)[0] in nothing]):
            return fields
    return [field for field in fields if field not in empty]


def sheet(
    title: str,
    fields: Iterable[Field[Row]],
    rows: Rows[Row],
    formatter: FactFormatter,
    *,
    has_total: bool = False,
) -> Sheet:
    """Return the sheet of rows; the last one may sum up the others."""
    shown = [field for field in _for_people(fields) if field.width]
    columns = [_sheet_column(field, formatter) for field in shown]

    def values(chunk: Sequence[Row]) -> list[list[Any]]:
        return [taken(field, field.word or field.get, chunk, formatter) for field in shown]

    return Sheet(title, tuple(columns), DerivedRows(rows, lambda rows: _by_chunks(rows, values)), has_total)


def objects(fields: Iterable[Field[Row]], rows: Rows[Row], formatter: FactFormatter) -> Rows[Object]:
    """Return the objects of rows for JSON."""
    shown = [field for field in fields if field.in_json]
    keys = [field.key for field in shown]

    def values(chunk: Sequence[Row]) -> list[list[Any]]:
        return [
            _nested(field, chunk, formatter) if field.nested else taken(field, field.get, chunk, formatter)
            for field in shown
        ]

    def made(rows: Rows[Row]) -> Iterator[Object]:
        return (dict(zip(keys, own, strict=True)) for own in _by_chunks(rows, values))

    return DerivedRows(rows, made)


def _by_chunks(
    rows: Iterable[Row], columns: Callable[[Sequence[Row]], list[list[Any]]]
) -> Iterator[tuple[Any, ...]]:
    """Yield what is made of rows column by column, which is quicker than row by row."""
    for chunk in chunks(rows):
        yield from zip(*columns(chunk), strict=True)


def _nested(field: Field[Row], rows: Sequence[Row], formatter: FactFormatter) -> list[Object | None]:
    has = [getattr(row, field.key) is not None for row in rows]
    made = iter(objects(field.nested, tuple(compress(rows, has)), formatter))
    return [next(made) if here else None for here in has]


def taken(
    field: Field[Row], take: Take[Row] | None, rows: Sequence[Row], formatter: FactFormatter
) -> list[Any]:
    """Return what a form takes of each row."""
    inner: Sequence[Any] = list(map(attrgetter(field.within), rows)) if field.within else rows
    if take is None and not (field.within and None in inner):
        return list(map(attrgetter(field.key), inner))
    get = take or (lambda row, _: getattr(row, field.key))
    return [None if row is None else get(row, formatter) for row in inner]


def _for_people(fields: Iterable[Field[Row]]) -> list[Field[Row]]:
    """Put fields in the order in which people read them."""
    chosen = list(fields)
    keys = {field.key for field in chosen}
    first: list[Field[Row]] = []
    following: dict[str, list[Field[Row]]] = {}
    for field in chosen:
        (following.setdefault(field.after, []) if field.after in keys else first).append(field)

    def run(field: Field[Row]) -> list[Field[Row]]:
        return [field, *(f for after in following.pop(field.key, ()) for f in run(after))]

    return [f for field in first for f in run(field)]


def heading_key(field: Field[Row]) -> str:
    """Return the key of a field's heading in the catalogue."""
    return field.heading or f"field.{field.key}"


def _sheet_column(field: Field[Row], formatter: FactFormatter) -> SheetColumn:
    before = f"{formatter.words(field.group)}: " if field.group else ""
    heading = before + formatter.words(heading_key(field))
    if field.kind == "money":
        return SheetColumn(formatter.words("money.in_dong", heading=heading), "number", field.width)
    return SheetColumn(heading[:1].upper() + heading[1:], field.kind, field.width)


def _table_column(field: Field[Row], formatter: FactFormatter) -> TableColumn:
    column = field.column or TableColumn()
    heading = "" if column.picture else formatter.words(column.heading or heading_key(field))
    return column._replace(
        heading=formatter.words("money.in_millions", heading=heading) if field.kind == "money" else heading,
        align="left" if field.kind in ("text", "day", "moment") else "right",
        group=column.group and formatter.words(column.group),
    )


#: How a table writes what sheets hold as numbers, days and moments.
_WRITTEN: Mapping[FieldKind, Callable[[Any, FactFormatter], str]] = {
    "number": lambda n, f: f.words.number(n),
    "money": lambda n, f: f.words.millions(n),
    "change": lambda n, f: f.words.signed(n),
    "share": lambda n, f: f.words.percent(round(n * 1000), 1000),
    "day": lambda day, f: f.day(day),
    "moment": lambda moment, f: f.moment(moment),
}


def _cells(field: Field[Row], rows: Sequence[Row], formatter: FactFormatter) -> list[Cell]:
    """Return the cells of a table under one heading; what is not known is said to be so."""
    written = None if field.cell else _WRITTEN.get(field.kind)
    values = taken(field, field.cell or field.word or field.get, rows, formatter)
    none = "" if field.blank else formatter.unknown
    return [none if v is None else written(v, formatter) if written else v for v in values]
