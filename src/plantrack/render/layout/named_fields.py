"""Fields that people name: the columns they ask for, and what they sort by."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from typing import Any

from plantrack.errors import Failure
from plantrack.i18n.words import LANGUAGES, Words
from plantrack.model.text import match_key, nearest, plain_label, vi_key
from plantrack.model.typed.vietnamese_fields import COLUMNS
from plantrack.render.layout.blocks import TableColumn
from plantrack.render.layout.fact_formatter import FactFormatter
from plantrack.render.layout.fields import Field, Row, heading_key, taken
from plantrack.render.layout.workbook import NAME

#: From this width in a sheet on, texts are such as a table may break or cut; narrower ones are codes and states.
_LONG = 12


def by_name(fields: Iterable[Field[Row]], chosen: Sequence[str], option: str) -> list[Field[Row]]:
    """Return the fields that an option names, each once: by their keys, or their headings in either language.

    Raises: unknown-column.
    """
    known: dict[str, Field[Row]] = {}
    for field in fields:
        is_fact = field.in_json or field.width or field.get  # what only a table has is made of others
        for name in _names(field) if is_fact and not field.nested else ():
            known.setdefault(_key(name), field)
    for name in chosen:
        if _key(name) not in known:
            near = nearest(name, [key.replace(" ", "-") for key in known])
            raise Failure("unknown-column", option=option, name=name, near=near)
    return [*{field.key: field for field in (known[_key(name)] for name in chosen)}.values()]


def _key(name: str) -> str:
    return match_key(plain_label(name))


def _names(field: Field[Any]) -> Iterator[str]:
    """Yield how people may name a field: by its names that are typed, or as it is headed in either language."""
    yield from (field.key, COLUMNS[field.key])
    headings = {heading_key(field), field.column.heading if field.column else ""}
    for words in map(Words, LANGUAGES):
        yield from (words(heading) for heading in headings if heading and words.has(heading))


def in_every_form(field: Field[Row]) -> Field[Row]:
    """Return a field that every form has, at the place where it is named."""
    wraps = field.kind == "text" and field.width >= _LONG
    own = field.column or TableColumn()
    column = TableColumn(own.heading, wraps=wraps, least=10 if wraps else 1, keeps_end=own.keeps_end)
    return field._replace(in_json=True, width=field.width or NAME, after="", column=column)


def sort_key(field: Field[Row], formatter: FactFormatter) -> Callable[[Row], Any]:
    """Return what tells of a row how it is sorted by a field: texts by the alphabet; None where there is nothing."""
    take, key_of = field.word or field.get, cache(vi_key)  # many tasks have the same name in a field

    def key(row: Row) -> Any:
        (value,) = taken(field, take, [row], formatter)
        if value in (None, ""):
            return None
        return key_of(value) if isinstance(value, str) else value

    return key
