"""A form that came back: its code, its columns by their headings, its rows, whatever program saved it."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Final

from plantrack.errors import Failure, failing_as
from plantrack.model.forms.columns import FILLED_OF_NEW, HEADINGS, NEEDED
from plantrack.model.forms.form import form_code, read_row_code
from plantrack.model.named_tuple import NamedTuple
from plantrack.tables.columns import column_letters
from plantrack.tables.guess_columns import Guess, guess_columns
from plantrack.tables.open_table import open_table
from plantrack.tables.table_file import NO_CELL, Cell, SheetRow, TableFile, TableSheet

#: The code of a form stands in one of the first rows; no form has more rows than this.
_ABOVE: Final = 60
_MOST_ROWS: Final = 5_000


class FormRow(NamedTuple):
    """A row of a form, below its headings."""

    number: int
    #: The task's uid and the fingerprint of what was shown of it; None: the code is gone, or it is of a new task.
    code: tuple[str, str] | None
    cells: Mapping[str, Cell]
    #: The fields over which a merged cell goes on from the one before, or from the row above.
    joined: frozenset[str] = frozenset()

    def text(self, field: str) -> str:
        """Return the text in a column."""
        return self.cells.get(field, NO_CELL).text


class FormFile(NamedTuple):
    """A form as it came back."""

    file: str
    sha256: str
    #: The uid of the form.
    form: str
    sheet: str
    #: The column of each field, and what stands over it.
    columns: Mapping[str, int]
    headings: Mapping[int, str]
    rows: tuple[FormRow, ...]

    @property
    def name(self) -> str:
        """Return the name of the file, without where it lies."""
        return Path(self.file).name

    def place(self, field: str) -> tuple[int | None, str, str]:
        """Return a field's column, counted from 1, its letters and its heading; of the row as a whole nothing."""
        column = self.columns.get(field)
        if column is None:
            return None, "", ""
        return column + 1, column_letters(column), self.headings.get(column, "")


def read_form_file(path: Path) -> FormFile:
    """Read a form that came back.

    Raises: form-several, form-too-long, form-unmarked, form-without-columns, form-column-twice,
    form-sheets; those of `open_table`.
    """
    table = open_table(path)
    with failing_as("table-unreadable", file=str(path)), path.open("rb") as stream:
        sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
    form = _form_of(table)
    sheet, guess = _sheet_of(table)
    columns = {field: column for column, field in guess.columns.items()}
    rows = tuple(_rows(sheet, guess, columns, table.file))
    return FormFile(table.file, sha256, form, sheet.name, columns, guess.headings, rows)


def _form_of(table: TableFile) -> str:
    """Return the code of the form, which stands in the hidden sheet and under the title."""
    texts = (
        cell.text for sheet in table.sheets for row in islice(sheet.rows(), _ABOVE) for _, cell in row.own()
    )
    codes = dict.fromkeys(code for text in texts if (code := form_code(text)))
    if not codes:
        raise Failure("form-unmarked", file=table.file)
    if len(codes) > 1:
        raise Failure("form-several", file=table.file, codes=tuple(codes))
    return next(iter(codes))


def _sheet_of(table: TableFile) -> tuple[TableSheet, Guess]:
    """Return the sheet with the columns of a form, and which they are."""
    guesses = [(sheet, guess_columns(sheet, HEADINGS)) for sheet in table.sheets]
    known = [(sheet, guess) for sheet, guess in guesses if {"result", "status"} & {*guess.columns.values()}]
    whole = [pair for pair in known if not _lacking(pair[1])]
    if len(whole) > 1:
        raise Failure("form-sheets", file=table.file, sheets=tuple(sheet.name for sheet, _ in whole))
    if whole:
        return whole[0]
    if not known:
        raise Failure("form-without-columns", file=table.file, columns=_named(NEEDED))
    sheet, guess = max(known, key=lambda pair: len(pair[1].columns))
    for doubt in guess.doubtful:
        if set(doubt.fields) & set(NEEDED):
            over = tuple(f"{column_letters(c)} ({guess.headings.get(c, '')})" for c in doubt.columns)
            raise Failure("form-column-twice", file=table.file, sheet=sheet.name, columns=over)
    raise Failure("form-without-columns", file=table.file, columns=_named(_lacking(guess)))


def _lacking(guess: Guess) -> list[str]:
    return [field for field in NEEDED if field not in guess.columns.values()]


def _named(fields: Sequence[str]) -> tuple[str, ...]:
    return tuple(HEADINGS[field][0] for field in fields)


def _rows(sheet: TableSheet, guess: Guess, columns: Mapping[str, int], file: str) -> Iterator[FormRow]:
    """Yield the rows that are of a task, or that were filled in."""
    found = 0
    for row in sheet.rows():
        if row.number <= guess.header_rows[1]:
            continue
        read = _row(row, columns)
        if read.code or any(read.text(field) for field in ("label", *FILLED_OF_NEW)):
            found += 1
            if found > _MOST_ROWS:
                raise Failure("form-too-long", file=file, count=_MOST_ROWS)
            yield read


def _row(row: SheetRow, columns: Mapping[str, int]) -> FormRow:
    code = next((code for cell in row.cells if (code := read_row_code(cell.text))), None)
    covered = {c for span in row.merged for c in range(span.first + (not span.above), span.last + 1)}
    return FormRow(
        row.number,
        code,
        {field: row.at(column) for field, column in columns.items()},
        frozenset(field for field, column in columns.items() if column in covered),
    )
