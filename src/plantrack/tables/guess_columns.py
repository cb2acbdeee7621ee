"""What the columns of a sheet hold, guessed from their headings: in any order, below titles, with or without tones."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Final

from plantrack.model.named_tuple import NamedTuple
from plantrack.model.text import fold
from plantrack.tables.table_file import SheetRow, TableSheet

#: Above the headings there is a letterhead at most, and longer texts are no headings.
_SEARCHED: Final = 60
_LONGEST: Final = 120
_MOST_ROWS: Final = 3
_BRACKETS: Final = re.compile(r"\([^)]*\)|\[[^\]]*\]")
#: A percent sign is a word: "% hoàn thành".
_NO_WORD: Final = re.compile(r"(?:[^\w%]|_)+")
_JOINED: Final = " – "


class Doubt(NamedTuple):
    """Headings that fit one field alike, or fields that fit one heading alike: a person must say."""

    fields: tuple[str, ...]
    columns: tuple[int, ...]


class Guess(NamedTuple):
    """Where the headings stand, what they say, and which field each column is."""

    #: The numbers of their first and last row; rows of data have higher ones.
    header_rows: tuple[int, int]
    columns: Mapping[int, str]
    #: All of them, those that fit no field among them; columns count from 0.
    headings: Mapping[int, str]
    doubtful: tuple[Doubt, ...] = ()


class _Fit(NamedTuple):
    """How well a heading fits: whether it says just that, and how much of it does."""

    exact: bool
    length: int
    fields: tuple[str, ...]


def guess_columns(sheet: TableSheet, names: Mapping[str, Sequence[str]]) -> Guess:
    """Guess the columns of a sheet; `names` has, for each field, the headings that mean it."""
    rows = list(islice(sheet.rows(), _SEARCHED))
    vocabulary = _Vocabulary(names)
    least = min(2, max((len(row.own()) for row in rows), default=0))
    starts = [place for place, row in enumerate(rows) if len(row.own()) >= least and _are_headings(row)]
    found = [_guessed(headings, vocabulary) for start in starts for headings in _all_headings(rows, start)]
    best = max(found, key=lambda one: one[0], default=None)
    return _below_numbers(best[1], rows) if best else Guess((0, 0), {}, {})


def repeats_headings(row: SheetRow, guess: Guess) -> bool:
    """Return whether a row below has the headings again, or numbers the columns: sheets made for printing do."""
    texts = _texts(row)
    again = all(text in guess.headings.get(column, "").split(_JOINED) for column, text in texts.items())
    return bool(texts) and (again or _numbers_columns(row))


class _Headings(NamedTuple):
    """Headings of one row or several: their numbers, and what stands above each column from top to bottom."""

    first: int
    last: int
    above: Mapping[int, tuple[str, ...]]
    #: Columns with a heading of their own: a wide one has one.
    own: frozenset[int]

    def with_row(self, row: SheetRow) -> "_Headings":
        """Add a row that divides wide headings."""
        above = dict(self.above)
        for column, text in _texts(row).items():
            above[column] = (*self._over(column), text)
        return _Headings(self.first, row.number, above, self.own.union(c for c, _ in row.own()))

    def _over(self, column: int) -> tuple[str, ...]:
        """Return what stands over a column: where that is nothing, what stands over those to the left."""
        return next((self.above[c] for c in range(column, -1, -1) if c in self.above), ())


def _texts(row: SheetRow) -> dict[int, str]:
    """Return the texts of a row by column, wide cells at each; of those from rows above none."""
    held = {c for span in row.merged if span.above for c in range(span.first, span.last + 1)}
    return {c: " ".join(cell.text.split()) for c, cell in enumerate(row.cells) if cell.text and c not in held}


def _are_headings(row: SheetRow) -> bool:
    return all(len(cell.text) <= _LONGEST for _, cell in row.own())


def _all_headings(rows: Sequence[SheetRow], start: int) -> Iterator[_Headings]:
    """Yield the headings that may begin with a row, by how many rows they have."""
    above = rows[start]
    texts = {c: (text,) for c, text in _texts(above).items()}
    found = _Headings(above.number, above.number, texts, frozenset(c for c, _ in above.own()))
    for below in rows[start + 1 : start + _MOST_ROWS]:
        divides = _divides(above, below)
        if divides is None:
            break
        if not divides:
            yield found
        found, above = found.with_row(below), below
    yield found


def _divides(above: SheetRow, below: SheetRow) -> bool | None:
    """Return whether a row surely divides the headings above it, False where it may, None where it does not.

    It does where it has cells under merged ones only; without merged cells blank places stand for them.
    """
    own = below.own()
    if below.number != above.number + 1 or not own or not _are_headings(below):
        return None
    if any(cell.number is not None or cell.day for _, cell in own):
        return None
    wide = {c for s in above.merged if s.last > s.first for c in range(s.first, s.last + 1)}
    if all(c in wide for c, _ in own):
        return True
    blank = {c for c in range(len(below.cells) + 1) if not above.at(c).text}
    return False if all(c in wide or c in blank or c + 1 in blank for c, _ in own) else None


def _guessed(headings: _Headings, vocabulary: "_Vocabulary") -> tuple[tuple[int, int, int], Guess]:
    """Find the field of each column, and say how good that is: many fields, named exactly, by few rows."""
    fits = {c: fit for c in sorted(headings.own) if (fit := vocabulary.fit(headings.above[c]))}
    wanting = defaultdict(list)
    doubtful = []
    for column, fit in fits.items():
        if len(fit.fields) > 1:
            doubtful.append(Doubt(fit.fields, (column,)))
        else:
            wanting[fit.fields[0]].append(column)
    columns = {}
    for field, found in wanting.items():
        best = [c for c in found if fits[c].exact] or found
        if len(best) > 1:
            doubtful.append(Doubt((field,), tuple(best)))
        else:
            columns[best[0]] = field
    labels = {c: _JOINED.join(headings.above[c]) for c in sorted(headings.own)}
    score = (
        len(columns) + len(doubtful),
        sum(fit.exact for fit in fits.values()),
        headings.first - headings.last,
    )
    return score, Guess((headings.first, headings.last), columns, labels, tuple(doubtful))


def _below_numbers(guess: Guess, rows: Sequence[SheetRow]) -> Guess:
    """Count a row that only numbers the columns among the headings."""
    first, last = guess.header_rows
    if any(row.number == last + 1 and _numbers_columns(row) for row in rows):
        return guess._replace(header_rows=(first, last + 1))
    return guess


def _numbers_columns(row: SheetRow) -> bool:
    """Return whether a row is "A, B, 1, 2" or "(1), (2), (3)"."""
    texts = [cell.text.strip("()") for _, cell in row.own()]
    numbers = [text for text in texts if not text.isupper()]
    letters = texts[: len(texts) - len(numbers)]
    are_numbers = numbers == [str(n) for n in range(1, len(numbers) + 1)]
    return len(texts) > 2 and are_numbers and letters == [chr(65 + n) for n in range(len(letters))]


class _Vocabulary:
    """The headings that are known, in the form in which they are compared."""

    def __init__(self, names: Mapping[str, Sequence[str]]) -> None:
        fields: dict[str, dict[str, None]] = defaultdict(dict)
        for field, headings in names.items():
            for heading in headings:
                fields[_key(heading)][field] = None
        self._fields = {key: tuple(own) for key, own in fields.items() if key}

    def fit(self, above: Sequence[str]) -> _Fit | None:
        """Return how a heading fits, by its lowest row or by all of them."""
        parts = [part for text in above for part in text.split(_JOINED)]  # rows given back have theirs in one
        keys = dict.fromkeys((_key(" ".join(parts)), _key(parts[-1])))
        return max((fit for key in keys for fit in self._fits(key)), key=lambda fit: fit[:2], default=None)

    def _fits(self, key: str) -> Iterator[_Fit]:
        if key in self._fields:
            yield _Fit(True, len(key), self._fields[key])
            return
        inside = [name for name in self._fields if _is_within(name, key)]
        longest = max(map(len, inside), default=0)
        fields = dict.fromkeys(f for name in inside if len(name) == longest for f in self._fields[name])
        if fields:
            yield _Fit(False, longest, tuple(fields))


def _is_within(name: str, heading: str) -> bool:
    """Return whether a heading has the words of a name; a single word says little unless it comes first."""
    return heading.startswith(f"{name} ") or (" " in name and f" {name} " in f" {heading} ")


def _key(heading: str) -> str:
    plain = fold(heading)
    return _words(_BRACKETS.sub(" ", plain)) or _words(plain)


def _words(text: str) -> str:
    return " ".join(_NO_WORD.sub(" ", text).split())
