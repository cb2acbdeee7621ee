"""Which sheet of a file is meant, what its rows are, and which of its columns is which field."""

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import islice
from typing import Final

from plantrack.errors import Failure
from plantrack.model.importing.cell_values import is_numbering
from plantrack.model.importing.fields import FIELDS, NEEDED, ImportKind, field_meant, kinds_of, titled
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.text import match_key, nearest
from plantrack.tables.guess_columns import Guess, guess_columns
from plantrack.tables.table_file import TableFile, TableSheet

#: Stands for a field where a column is left out.
_LEFT_OUT = ""
#: The field of a column of keys; stands before another field where the column is that too.
_KEY, _KEY_AND = "key", "key+"
_NO_MAPPING: Mapping[str, str] = {}
#: A code that we gave, to a task or to a row of a form: nobody else has it.
_OWN_KEY: Final = re.compile("[0-9A-HJKMNP-TV-Z]{26}(?:-[0-9a-f]{16})?")
#: So many rows tell whether a column names areas.
_LOOKED_AT: Final = 200
#: Returns whether a text names an area of the plan.
IsArea = Callable[[str], bool]


def _never(text: str) -> bool:
    return False


class ColumnUse(NamedTuple):
    """A column of a sheet: its heading, and the field that it is; empty: it is left out."""

    column: int
    heading: str
    field: str
    #: Whether it names the rows besides.
    is_key: bool = False

    @property
    def told(self) -> str:
        """Return what it is, as `--map` takes it."""
        return f"{_KEY_AND}{self.field}" if self.is_key and self.field != _KEY else self.field


class SheetColumns(NamedTuple):
    """What was found out of a sheet: what its rows are, below which row they begin, what each column is."""

    sheet: TableSheet
    kind: ImportKind
    below: int
    uses: tuple[ColumnUse, ...]
    #: Whether somebody, now or before, said of each column that is read what it is.
    is_told: bool
    #: The heading of a column that may be one of keys, but of which nobody said so.
    spare_key: str = ""

    @property
    def fields(self) -> dict[str, int]:
        """Map the fields to their columns."""
        found = {use.field: use.column for use in self.uses if use.field}
        found.update((_KEY, use.column) for use in self.uses if use.is_key)
        return found

    @property
    def is_keyed_by_title(self) -> bool:
        """Return whether the titles of rows are their keys."""
        return any(use.is_key and use.field == "title" for use in self.uses)

    def heading_of(self, field: str) -> str:
        """Return the heading under which a field stands, empty where it does not."""
        return next(
            (use.heading for use in self.uses if (use.is_key if field == _KEY else use.field == field)), ""
        )

    @property
    def mapping(self) -> dict[str, str]:
        """Return the field of each heading, to be kept."""
        return {use.heading: use.told for use in self.uses}


class ToldColumns(NamedTuple):
    """What a person said of columns: the field of each heading, as `match_key` gives it; empty: it is left out."""

    typed: Mapping[str, str] = _NO_MAPPING
    kept: Mapping[str, str] = _NO_MAPPING
    #: The heading of what names a row.
    key: str | None = None
    #: Whether the rows are of one source, whose keys are its own: what looks like keys is then.
    is_source: bool = False


def read_map(typed: Sequence[str]) -> dict[str, str]:
    """Read what columns are, typed as `HEADING=FIELD`; without a field they are left out.

    Raises: map-form.
    """
    found = {}
    for text in typed:
        heading, sign, field = text.rpartition("=")
        if not sign or not heading.strip():
            raise Failure("map-form", text=text)
        found[heading.strip()] = field.strip()
    return found


def find_columns(
    file: TableFile,
    told: ToldColumns,
    kind: ImportKind | None = None,
    sheet: str | None = None,
    is_area: IsArea = _never,
) -> SheetColumns:
    """Find the sheet that is meant, what its rows are, and what its columns are.

    Raises: unknown-sheet, import-several-sheets, import-kind-unclear, import-columns-unknown, heading-unclear,
    unknown-heading, column-missing.
    """
    sheets = [_named(file, sheet)] if sheet is not None else [one for one in file.sheets if not one.hidden]
    found = {one.name: kinds for one in sheets if (kinds := _kinds(one, told, kind))}
    if not found:
        raise Failure("import-columns-unknown", file=file.file)
    if len(found) > 1:
        raise Failure("import-several-sheets", file=file.file, sheets=tuple(found))
    ((name, kinds),) = found.items()
    if len(kinds) > 1:
        raise Failure("import-kind-unclear", file=file.file, kinds=tuple(kinds))
    ((is_kind, guess),) = kinds.items()
    return _columns(next(one for one in sheets if one.name == name), is_kind, guess, told, is_area)


def _named(file: TableFile, name: str) -> TableSheet:
    """Find a sheet by its name or its place."""
    wanted = match_key(name)
    for number, sheet in enumerate(file.sheets, 1):
        if wanted in (match_key(sheet.name), str(number)):
            return sheet
    names = tuple(sheet.name for sheet in file.sheets)
    raise Failure("unknown-sheet", sheet=name, near=nearest(name, names) or names)


def _kinds(sheet: TableSheet, told: ToldColumns, kind: ImportKind | None) -> dict[ImportKind, Guess]:
    """Return what a sheet may be, each with the guess of its columns; a kind that was named it is in any case."""
    guesses = {one: guess_columns(sheet, _headings(one, told)) for one in ([kind] if kind else ImportKind)}
    if kind:
        return {one: guess for one, guess in guesses.items() if guess.columns or guess.doubtful}
    fields = {
        one: {*guess.columns.values(), *(field for doubt in guess.doubtful for field in doubt.fields)}
        for one, guess in guesses.items()
    }
    return {one: guesses[one] for one in kinds_of(fields)}


def _headings(kind: ImportKind, told: ToldColumns) -> dict[str, tuple[str, ...]]:
    """Return the headings that mean each field, those that somebody told among them."""
    names = {field.name: field.headings for field in FIELDS[kind]}
    for heading, field in (*told.kept.items(), *told.typed.items()):
        name = _field_or_none(field.removeprefix(_KEY_AND), kind) if field else "no"
        if name is not None:
            names[name] = (*names[name], heading)
    return names


def _field_or_none(text: str, kind: ImportKind) -> str | None:
    try:
        return field_meant(text, kind)
    except Failure:
        return None


def _columns(
    sheet: TableSheet, kind: ImportKind, guess: Guess, told: ToldColumns, is_area: IsArea
) -> SheetColumns:
    """Put together what was told and what was guessed; what was told goes first."""
    mapped = _told_columns(guess, kind, told)
    taken = {field.removeprefix(_KEY_AND) for field in mapped.values() if field}
    guessed = {
        column: field
        for column, field in guess.columns.items()
        if column not in mapped and field not in taken
    }
    if told.kept:  # a mapping that was kept says all there is
        guessed = {column: field for column, field in guessed.items() if field in ("error", "no")}
    else:
        taken |= {*guessed.values(), *([] if told.is_source and not told.key else [_KEY])}
        guessed.update(_decided(guess, mapped, taken, kind))
        if kind is ImportKind.TASK:
            _tell_areas_from_titles(sheet, guess, guessed, is_area)
    spare = _spare_key(sheet, guess, guessed, told)
    fields = {**guessed, **mapped}
    key = _key_column(guess, fields, told)
    if key is not None and not fields.get(key):
        fields[key] = _KEY
    uses = tuple(
        ColumnUse(
            column, heading, _other_than_key(fields.get(column, ""), is_key=column == key), column == key
        )
        for column, heading in guess.headings.items()
    )
    _refuse_lack(kind, uses)
    is_told = all(field in ("error", "no") for field in guessed.values())
    return SheetColumns(sheet, kind, guess.header_rows[1], uses, is_told, "" if key is not None else spare)


def _spare_key(sheet: TableSheet, guess: Guess, guessed: dict[int, str], told: ToldColumns) -> str:
    """Leave out a column that only looks like keys; return its heading.

    Keys are those of a source, but for codes that we gave; and numbers in the order of the rows are only that.
    """
    column = next((column for column, field in guessed.items() if field == _KEY), None)
    if column is None:
        return ""
    below = (row for row in sheet.rows() if row.number > guess.header_rows[1])
    texts = [text for row in below if (text := row.at(column).text)]
    if not told.key and (all(map(_OWN_KEY.fullmatch, texts)) or (told.is_source and not is_numbering(texts))):
        return ""
    del guessed[column]
    return guess.headings[column]


def _key_column(guess: Guess, fields: Mapping[int, str], told: ToldColumns) -> int | None:
    """Return the column that names the rows: the one that was told, now or before, else the one that is nothing else."""
    if told.key:
        return _column_of(guess, told.key)
    return next(
        (column for column, field in fields.items() if field == _KEY or field.startswith(_KEY_AND)), None
    )


def _other_than_key(field: str, *, is_key: bool) -> str:
    """Return what a column is besides one of keys; of several that were told the last that was told counts."""
    own = field.removeprefix(_KEY_AND)
    return _LEFT_OUT if own == _KEY and not is_key else own


def _tell_areas_from_titles(
    sheet: TableSheet, guess: Guess, guessed: dict[int, str], is_area: IsArea
) -> None:
    """Take a column for that of areas where all its cells name one: no work is called so."""
    place = next((column for column, field in guessed.items() if field == "title"), None)
    if place is None or "area" in guessed.values():
        return
    below = (row for row in sheet.rows() if row.number > guess.header_rows[1])
    texts = {text for row in islice(below, _LOOKED_AT) if (text := row.at(place).text)}
    if texts and all(map(is_area, texts)):
        guessed[place] = "area"


def _refuse_lack(kind: ImportKind, uses: Sequence[ColumnUse]) -> None:
    """Refuse a table that has no column for what a row cannot be without."""
    has = {use.field for use in uses}
    lacking = [fields[0] for fields in NEEDED[kind] if not has.intersection(fields)]
    if lacking:
        raise Failure(
            "column-missing",
            fields_of_table=tuple(titled(field, kind) for field in lacking),
            field=lacking[0],
            headings=tuple(use.heading for use in uses if not use.field)
            or tuple(use.heading for use in uses),
        )


def _told_columns(guess: Guess, kind: ImportKind, told: ToldColumns) -> dict[int, str]:
    """Return the columns of which somebody said what they are."""
    mapped: dict[int, str] = {}
    for heading, typed in {**told.kept, **told.typed}.items():
        column = _column_of(guess, heading, is_needed=bool(typed))
        if column is not None:  # else it was left out, and is not there now
            own = field_meant(typed.removeprefix(_KEY_AND), kind) if typed else _LEFT_OUT
            mapped[column] = f"{_KEY_AND}{own}" if typed.startswith(_KEY_AND) else own
    columns_of: dict[str, list[int]] = {}
    for column, field in mapped.items():
        columns_of.setdefault(field.removeprefix(_KEY_AND), []).append(column)
    twice = {field: columns for field, columns in columns_of.items() if field and len(columns) > 1}
    _refuse_unclear(twice, guess, kind)
    return mapped


def _column_of(guess: Guess, heading: str, *, is_needed: bool = True) -> int | None:
    """Return the column of a heading; of one of two rows by its lower part too."""
    wanted = match_key(heading)
    columns = [
        column
        for column, own in guess.headings.items()
        if wanted in (match_key(own), match_key(own.rpartition(" – ")[2]))
    ]
    if not columns and not is_needed:
        return None
    if len(columns) != 1:
        near = nearest(heading, guess.headings.values())
        raise Failure(
            "heading-twice" if columns else "unknown-heading",
            heading=heading,
            near=near or tuple(guess.headings.values()),
        )
    return columns[0]


def _decided(guess: Guess, mapped: Mapping[int, str], taken: set[str], kind: ImportKind) -> dict[int, str]:
    """Return the columns and fields that are left of what was in doubt; of fields that one heading fits the first is meant.

    Where several columns fit one field a person must say which, of all such fields at once.
    """
    decided: dict[int, str] = {}
    unclear: dict[str, list[int]] = {}
    # What several columns may be is nothing that another column could be for want of it.
    for doubt in sorted(guess.doubtful, key=lambda doubt: len(doubt.columns), reverse=True):
        columns = [column for column in doubt.columns if column not in mapped]
        field = next((field for field in doubt.fields if field not in taken), None)
        if not columns or field is None:
            continue
        taken.add(field)
        if len(columns) > 1:
            unclear[field] = columns
        else:
            decided[columns[0]] = field
    _refuse_unclear(unclear, guess, kind)
    return decided


def _refuse_unclear(unclear: Mapping[str, Sequence[int]], guess: Guess, kind: ImportKind) -> None:
    if not unclear:
        return
    told = tuple(
        titled(field, kind, tuple(guess.headings[column] for column in columns))
        for field, columns in unclear.items()
    )
    raise Failure(
        "heading-unclear", fields_of_table=told, field=told[0].field, headings=told[0].headings,
        heading=told[0].headings[0], other=told[0].headings[1],
    )  # fmt: skip
