"""Which sheet of a file is meant, what its rows are, and which of its columns is which field."""

from collections.abc import Mapping, Sequence

from plantrack.errors import Failure
from plantrack.model.importing.fields import FIELDS, TYPED_KINDS, ImportKind, field_meant, kinds_of
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.text import match_key, nearest
from plantrack.tables.guess_columns import Doubt, Guess, guess_columns
from plantrack.tables.table_file import TableFile, TableSheet

#: Stands for a field where a column is left out.
_LEFT_OUT = ""
_NO_MAPPING: Mapping[str, str] = {}


class ColumnUse(NamedTuple):
    """A column of a sheet: its heading, and the field that it is; empty: it is left out."""

    column: int
    heading: str
    field: str


class SheetColumns(NamedTuple):
    """What was found out of a sheet: what its rows are, below which row they begin, what each column is."""

    sheet: TableSheet
    kind: ImportKind
    below: int
    uses: tuple[ColumnUse, ...]
    #: Whether somebody, now or before, said of each column that is read what it is.
    is_told: bool

    @property
    def fields(self) -> dict[str, int]:
        """Map the fields to their columns."""
        return {use.field: use.column for use in self.uses if use.field}

    def heading_of(self, field: str) -> str:
        """Return the heading under which a field stands, empty where it does not."""
        return next((use.heading for use in self.uses if use.field == field), "")

    @property
    def mapping(self) -> dict[str, str]:
        """Return the field of each heading, to be kept."""
        return {use.heading: use.field for use in self.uses}


class ToldColumns(NamedTuple):
    """What a person said of columns: the field of each heading, as `match_key` gives it; empty: it is left out."""

    typed: Mapping[str, str] = _NO_MAPPING
    kept: Mapping[str, str] = _NO_MAPPING
    #: The heading of what names a row.
    key: str | None = None


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
    file: TableFile, told: ToldColumns, kind: ImportKind | None = None, sheet: str | None = None
) -> SheetColumns:
    """Find the sheet that is meant, what its rows are, and what its columns are.

    Raises: unknown-sheet, import-several-sheets, import-kind-unclear, heading-unclear, unknown-heading.
    """
    sheets = [_named(file, sheet)] if sheet is not None else [one for one in file.sheets if not one.hidden]
    found = {one.name: kinds for one in sheets if (kinds := _kinds(one, told, kind))}
    if not found:
        raise Failure("import-kind-unclear", file=file.file, kinds=tuple(TYPED_KINDS))
    if len(found) > 1:
        raise Failure("import-several-sheets", file=file.file, sheets=tuple(found))
    ((name, kinds),) = found.items()
    if len(kinds) > 1:
        raise Failure(
            "import-kind-unclear",
            file=file.file,
            kinds=tuple(typed for typed, kind in TYPED_KINDS.items() if kind in kinds),
        )
    ((is_kind, guess),) = kinds.items()
    return _columns(next(one for one in sheets if one.name == name), is_kind, guess, told)


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
        name = _field_or_none(field, kind) if field else "no"
        if name is not None:
            names[name] = (*names[name], heading)
    return names


def _field_or_none(text: str, kind: ImportKind) -> str | None:
    try:
        return field_meant(text, kind)
    except Failure:
        return None


def _columns(sheet: TableSheet, kind: ImportKind, guess: Guess, told: ToldColumns) -> SheetColumns:
    """Put together what was told and what was guessed; what was told goes first."""
    mapped = _told_columns(guess, kind, told)
    taken = {field for field in mapped.values() if field}
    guessed = {
        column: field
        for column, field in guess.columns.items()
        if column not in mapped and field not in taken
    }
    if not told.kept:  # a mapping that was kept says all there is
        taken |= set(guessed.values())
        for doubt in guess.doubtful:
            if decided := _decided(doubt, mapped, taken, guess):
                guessed.update([decided])
                taken.add(decided[1])
    else:
        guessed = {column: field for column, field in guessed.items() if field in ("error", "no")}
    fields = {**guessed, **mapped}
    uses = tuple(
        ColumnUse(column, heading, fields.get(column, "")) for column, heading in guess.headings.items()
    )
    is_told = all(field in ("error", "no") for field in guessed.values())
    return SheetColumns(sheet, kind, guess.header_rows[1], uses, is_told)


def _told_columns(guess: Guess, kind: ImportKind, told: ToldColumns) -> dict[int, str]:
    """Return the columns of which somebody said what they are."""
    by_key: dict[str, list[int]] = {}
    for column, heading in guess.headings.items():
        for key in dict.fromkeys((match_key(heading), match_key(heading.rpartition(" – ")[2]))):
            by_key.setdefault(key, []).append(column)
    said = {**told.kept, **told.typed, **({told.key: "key"} if told.key else {})}
    mapped: dict[int, str] = {}
    for heading, typed in said.items():
        columns = by_key.get(match_key(heading), [])
        if not (columns or typed):
            continue  # what was left out, and is not there now
        if len(columns) != 1:
            near = nearest(heading, guess.headings.values())
            all_headings = tuple(guess.headings.values())
            raise Failure(
                "unknown-heading" if not columns else "heading-twice",
                heading=heading,
                near=near or all_headings,
            )
        mapped[columns[0]] = field_meant(typed, kind) if typed else _LEFT_OUT
    _refuse_one_field_twice(mapped, guess)
    return mapped


def _refuse_one_field_twice(mapped: Mapping[int, str], guess: Guess) -> None:
    first: dict[str, int] = {}
    for column, field in mapped.items():
        if field and first.setdefault(field, column) != column:
            headings = (guess.headings[first[field]], guess.headings[column])
            raise Failure("heading-unclear", field=field, headings=headings)


def _decided(
    doubt: Doubt, mapped: Mapping[int, str], taken: set[str], guess: Guess
) -> tuple[int, str] | None:
    """Return the column and the field that are left of a doubt; of fields that one heading fits the first is meant."""
    columns = [column for column in doubt.columns if column not in mapped]
    fields = [field for field in doubt.fields if field not in taken]
    if not columns or not fields:
        return None
    if len(columns) > 1:
        raise Failure(
            "heading-unclear", field=fields[0], headings=tuple(guess.headings[column] for column in columns)
        )
    return columns[0], fields[0]
