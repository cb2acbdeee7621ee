"""JSON lines: an object a line, those of one `type` a sheet whose columns are their keys."""

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from functools import partial
from typing import Any, Final

from plantrack.errors import Failure
from plantrack.model.named_tuple import NamedTuple
from plantrack.tables.cell_text import LetterCheck, text_cell
from plantrack.tables.plain_file import PlainFile
from plantrack.tables.table_file import MAX_COLUMNS, NO_CELL, Cell, SheetRow, TableFile, TableSheet
from plantrack.tables.text_lines import TextLines, text_lines

_TYPE: Final = "type"
_MAX_TYPES: Final = 200
#: A short line may hold a number of a billion digits.
_MOST_DIGITS: Final = 100
#: A half of a character by its number: beside its other half it is one, alone it is none.
_HALF: Final = re.compile(r"\\u[dD][89a-fA-F]")


def open_jsonl(source: PlainFile, encoding: str | None) -> TableFile:
    """Look through the objects of a file for their types and keys."""
    lines = _JsonLines(text_lines(source, encoding))
    keys: dict[str, dict[str, None]] = {}
    for number, found in lines.read():
        own = keys.setdefault(_type(found), {})
        own.update(dict.fromkeys(key for key in found if key != _TYPE))
        if len(own) > MAX_COLUMNS or len(keys) > _MAX_TYPES:
            raise lines.wrong(number, "more-than-a-table")
    sheets = (TableSheet(name, False, partial(lines.rows, name, tuple(own))) for name, own in keys.items())
    return TableFile(lines.text.file, "jsonl", tuple(sheets))


def _type(found: dict[str, Any]) -> str:
    name = found.get(_TYPE, "")
    return name if isinstance(name, str) else str(name)


class _JsonLines(NamedTuple):
    text: TextLines

    def read(self) -> Iterator[tuple[int, dict[str, Any]]]:
        """Yield the objects, each with the number of its line."""
        for number, line in enumerate(self.text.read(), 1):
            if not line.strip("\ufeff \t\r\n"):
                continue
            try:
                found = json.loads(line, parse_float=Decimal, parse_constant=_refuse)
            except (ValueError, ArithmeticError, RecursionError) as error:
                raise self._not_json(number, line, error) from error
            half = _HALF.search(line)
            if half and re.search("[\ud800-\udfff]", json.dumps(found, ensure_ascii=False, default=str)):
                raise self.wrong(number, "not-as-json", character=half.start() + 1)
            if not isinstance(found, dict):
                raise self.wrong(number, "not-an-object")
            yield number, found

    def rows(self, name: str, keys: tuple[str, ...]) -> Iterator[SheetRow]:
        """Yield the keys as headings, and the objects of one type."""
        headed, letters = False, LetterCheck(self.text.file, name)
        for number, found in self.read():
            if _type(found) != name:
                continue
            if not headed:
                yield SheetRow(0, tuple(map(Cell, keys)))
                headed = True
            cells = tuple(_cell(found.get(key)) for key in keys)
            letters.take((cell.text for cell in cells), number)
            yield SheetRow(number, cells)

    def wrong(self, line: int, reason: str, **where: int) -> Failure:
        """Return the failure for a line that is no object."""
        return Failure("table-not-json", file=self.text.file, line=line, reason=reason, **where)

    def _not_json(self, number: int, line: str, error: Exception) -> Failure:
        if not isinstance(error, json.JSONDecodeError):
            return self.wrong(number, "nested-too-deep" if isinstance(error, RecursionError) else "no-number")
        if error.pos >= len(line.rstrip()):
            return self.wrong(number, "not-whole-on-its-line")
        return self.wrong(number, "not-as-json", character=error.pos + 1)


def _cell(value: Any) -> Cell:
    if value is None or value == []:
        return NO_CELL
    if isinstance(value, bool):
        return Cell(str(value).upper())
    if isinstance(value, int | Decimal):
        is_writable = isinstance(value, int) or abs(value.adjusted()) < _MOST_DIGITS
        return Cell(str(value), value if is_writable else None)
    return text_cell(_text(value))


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, list) and not any(isinstance(part, list | dict) for part in value):
        return ", ".join("" if part is None else str(part) for part in value)
    return json.dumps(value, ensure_ascii=False, default=str)


def _refuse(name: str) -> None:
    raise ValueError(name)
