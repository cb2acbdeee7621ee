"""Damage that the engine accepts: rows that do not fit the model, found and named by table and row.

What is asked of a file alone (its pages, its indexes, broken text) a server keeps in order itself.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain
from types import MappingProxyType
from typing import Any, Final

from plantrack.errors import Failure
from plantrack.model.plan_json import is_sound
from plantrack.store.advance import Advance, scaled, unheard
from plantrack.store.columns import ANY, BY_TYPE, KINDS, ColumnKind, kind_in_change
from plantrack.store.connection import Connection, Row, StoredColumn
from plantrack.store.schema.text import made_names
from plantrack.store.sqlite import search_index
from plantrack.store.sqlite.connection import SQLite

#: The index of words of a file.
WORD_INDEX: Final = search_index.INDEX
#: After so many rows it is told how far the search is.
_TOLD_EVERY = 5000


def _holds(column: StoredColumn, value: Any, kind: ColumnKind) -> bool:
    """Return whether a value may stand in a column, where values are of a kind."""
    if value is None:
        return column.may_be_null
    return (not kind.types or type(value) in kind.types) and not _is_broken(value) and kind.fits(value)


def _kind_of(column: StoredColumn, field: str = "") -> ColumnKind:
    """Return the kind of a column's values; `field`: the one whose correction stands there."""
    if column.name in ("old_value", "new_value"):
        return kind_in_change(field)
    kind = KINDS.get(column.name) or BY_TYPE.get(column.type, ANY)
    return kind._replace(fits=is_sound) if column.name == "content" else kind


def refuse_damage(db: Connection) -> None:
    """Fail with the first damage that is found, if there is any."""
    if (found := damage(db)) is not None:
        raise found


def refuse_orphans(db: Connection) -> None:
    """Fail with the first row that names one that is not there, if there is any."""
    if (found := orphan(db)) is not None:
        raise found


def damage(db: Connection) -> Failure | None:
    """Find the first row that does not fit the model, or what the engine itself finds."""
    return wrong_row(db) or remaining_damage(db)


#: What is derived, by table: its columns, or all of them.
DerivedParts = Mapping[str, Collection[str] | None]


def wrong_row(
    db: Connection, derived: DerivedParts = MappingProxyType({}), advance: Advance = unheard
) -> Failure | None:
    """Find the first row that does not fit the model; what is derived may be left out, for it can be made again."""
    with broken_text_shown(db):
        tables = [name for name in _own_tables(db) if derived.get(name, ()) is not None]
        counts = {table: db.query(f'SELECT COUNT(*) FROM "{table}"')[0][0] for table in tables}
        done, total = 0, max(1, sum(counts.values()))
        for table, count in counts.items():
            told = scaled(advance, done / total, (done + count) / total)
            done += count
            if found := next(_wrong_rows(db, table, derived.get(table) or (), count, told), None):
                return found
    return None


def _own_tables(db: Connection) -> list[str]:
    """Return the tables of the program that are there; what others put beside them has rules of its own.

    The index of words is not among them: it has no rows of its own, and `search_index` compares it.
    """
    return [name for name in db.tables() if name in made_names()]


def remaining_damage(db: Connection) -> Failure | None:
    """Find what is wrong where every row fits the model: one that names no other, or what the engine finds."""
    with broken_text_shown(db):
        return orphan(db) or found_by_engine(db)


def broken_indexes(db: Connection) -> list[str]:
    """Return the indexes that say something else than their tables; fails where the file is damaged otherwise.

    What the engine says of values is left to the checks of rows, and of the index of words to `finds_every_word`.
    """
    if not isinstance(db, SQLite):
        return []
    said = [r[0] for r in db.query("PRAGMA integrity_check")]
    names = [re.search(r"\b(?:index|FTS5 table) (?:main\.)?(\S+)$", line) for line in said]
    others = [line for line, name in zip(said, names, strict=True) if not (name or _OF_VALUES.search(line))]
    if others and others != ["ok"]:
        raise Failure("database-damaged", file=db.name, reason="; ".join(others[:3]))
    return list(dict.fromkeys(name[1] for name in names if name and name[1] != WORD_INDEX))


_OF_VALUES = re.compile(r"^(CHECK constraint failed in|NULL value in|\S+ value in) ")


def rebuild_indexes(db: Connection, names: Iterable[str]) -> None:
    """Make indexes again from their tables; fails with `database-damaged` where two rows have one key."""
    for name in names:
        with conditions_kept(db):
            db.execute(f'REINDEX "{name}"')


def finds_every_word(db: Connection) -> bool:
    """Return whether the index of words is sound, where an engine has one of ours."""
    return search_index.is_sound(db)


def make_words_found(db: Connection) -> None:
    """Make the index of words again."""
    search_index.make_again(db)


@contextmanager
def conditions_kept(db: Connection) -> Iterator[None]:
    """Fail with `database-damaged` where what is written again breaks a condition of its table: so did what was there."""
    try:
        yield
    except db.broken_condition as error:
        raise Failure("database-damaged", file=db.name, reason=str(error)) from error


@contextmanager
def broken_text_shown(db: Connection) -> Iterator[None]:
    """Read text that is no UTF-8 as well, so that its row can be named."""
    if not isinstance(db, SQLite):
        yield
        return
    before = db.driver.text_factory
    db.driver.text_factory = lambda raw: raw.decode("utf-8", "surrogateescape")
    try:
        yield
    finally:
        db.driver.text_factory = before


def _is_broken(value: object) -> bool:
    if not isinstance(value, str) or value.isascii():
        return False
    try:
        value.encode()
    except UnicodeEncodeError:
        return True
    return False


def _wrong_rows(
    db: Connection, table: str, derived: Collection[str], count: int, advance: Advance
) -> Iterator[Failure]:
    """Yield what does not fit the model in a table of so many rows."""
    columns = db.columns(table)
    wrong = row_check(columns, derived)
    names = ", ".join(f'"{column.name}"' for column in columns)
    for n, row in enumerate(db.stream(f'SELECT {names} FROM "{table}"')):
        if column := wrong(row):
            yield _failure(db, table, columns, row, column)
        if n % _TOLD_EVERY == 0:
            advance(n / count)


def row_check(
    columns: Sequence[StoredColumn], left_out: Collection[str] = ()
) -> Callable[[Sequence[Any]], str | None]:
    """Return what names the first column of a row whose value does not fit the model; None: all of them fit."""
    looked_at = [
        (i, column, _kind_of(column)) for i, column in enumerate(columns) if column.name not in left_out
    ]
    field_at = next((i for i, column in enumerate(columns) if column.name == "field"), None)

    def wrong(row: Sequence[Any]) -> str | None:
        for i, column, kind in looked_at:
            if not _holds(column, row[i], kind if field_at is None else _kind_of(column, str(row[field_at]))):
                return column.name
        return None

    return wrong


def _failure(db: Connection, table: str, columns: list[StoredColumn], row: Row, column: str) -> Failure:
    keys = sorted((c.key, str(value)) for c, value in zip(columns, row, strict=True) if c.key)
    name = "/".join(value for _, value in keys)
    # The words for the reason are made of the three names.
    where = {"table": table, "row": name, "column": column}
    return Failure("database-damaged", file=db.name, reason="", **where)


def orphan(db: Connection, derived: DerivedParts = MappingProxyType({})) -> Failure | None:
    """Find a row that belongs to one that is not there; neither of them in a table of what is derived."""
    if not isinstance(db, SQLite):
        return None
    asked = 'SELECT "table", rowid, parent, fkid FROM pragma_foreign_key_check(:table)'
    found = chain.from_iterable(db.query(asked, {"table": name}) for name in _own_tables(db))
    for table, rowid, parent, number in found:
        if derived.get(table, ()) is None or derived.get(parent, ()) is None:
            continue
        parts = db.query('SELECT "from", id FROM pragma_foreign_key_list(:table)', {"table": table})
        columns = ", ".join(name for name, key in parts if key == number)
        row = db.query(f'SELECT * FROM "{table}" WHERE rowid = :rowid', {"rowid": rowid})[0]
        return _failure(db, table, db.columns(table), row, columns)
    return None


def found_by_engine(db: Connection, *, quick: bool = False) -> Failure | None:
    """Return what the engine finds in its file: pages, its own conditions, and unless it is quick indexes."""
    if not isinstance(db, SQLite):
        return None
    said = [r[0] for r in db.query(f"PRAGMA {'quick' if quick else 'integrity'}_check(3)")]
    if said == ["ok"]:
        return None
    return Failure("database-damaged", file=db.name, reason="; ".join(said))
