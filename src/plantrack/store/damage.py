"""Damage that the engine accepts: rows that do not fit the model, found and named by table and row."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from plantrack.errors import Failure
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.plan_json import is_sound
from plantrack.store.columns import ANY, BY_TYPE, KINDS, ColumnKind
from plantrack.store.connection import Row, SQLite, translate_errors

#: What the engine itself is asked, besides whether each row fits the model; the second includes the first, and
#: compares the indexes too.
CHECKS = ("quick_check", "integrity_check", "foreign_key_check")


class _Column(NamedTuple):
    """A column as the database declares it."""

    name: str
    type: str
    may_be_null: bool
    #: Its place in the key of the table, 0 where it is no part of it.
    key: int

    def holds(self, value: Any, field: str) -> bool:
        """Return whether a value may stand here; `field`: what a correction of a task is of."""
        if value is None:
            return self.may_be_null
        kind = self._kind(field if self.name in ("old_value", "new_value") else self.name)
        return (not kind.types or type(value) in kind.types) and not _is_broken(value) and kind.fits(value)

    def _kind(self, name: str) -> ColumnKind:
        kind = KINDS.get(name) or BY_TYPE.get(self.type, ANY)
        return kind._replace(fits=is_sound) if name == "content" else kind


def refuse_damage(db: SQLite) -> None:
    """Fail with the first damage that is found, if there is any."""
    if (found := damage(db)) is not None:
        raise found


def refuse_orphans(db: SQLite) -> None:
    """Fail with the first row that names one that is not there, if there is any."""
    with translate_errors(db.path):
        tables = {table for table, *_ in db.query("PRAGMA foreign_key_check")}
        found = _orphan(db, {table: _columns(db, table) for table in tables})
    if found is not None:
        raise found


def damage(db: SQLite) -> Failure | None:
    """Find the first row that does not fit the model, or what the engine itself finds."""
    with translate_errors(db.path), _broken_text_shown(db):
        # The index of words has no rows of its own; `search_index` compares it.
        listed = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'search_fts%' ORDER BY rowid"
        tables = [r[0] for r in db.query(listed)]
        shapes = {table: _columns(db, table) for table in tables if not table.startswith("sqlite_")}
        found = next((one for table in shapes for one in _wrong_rows(db, table, shapes[table])), None)
        return found or _orphan(db, shapes) or _found_by_engine(db)


@contextmanager
def _broken_text_shown(db: SQLite) -> Iterator[None]:
    """Read text that is no UTF-8 as well, so that its row can be named."""
    before = db.driver.text_factory
    db.driver.text_factory = lambda raw: raw.decode("utf-8", "surrogateescape")
    try:
        yield
    finally:
        db.driver.text_factory = before


def _is_broken(value: object) -> bool:
    return isinstance(value, str) and any("\ud800" <= sign <= "\udfff" for sign in value)


def _columns(db: SQLite, table: str) -> list[_Column]:
    rows = db.query('SELECT name, type, "notnull", pk FROM pragma_table_info(:table)', {"table": table})
    return [_Column(name, type_, not (needed or key), key) for name, type_, needed, key in rows]


def _wrong_rows(db: SQLite, table: str, columns: list[_Column]) -> Iterator[Failure]:
    names = ", ".join(f'"{column.name}"' for column in columns)
    for row in db.driver.execute(f'SELECT {names} FROM "{table}"'):
        field = next((str(value) for c, value in zip(columns, row, strict=True) if c.name == "field"), "")
        for column, value in zip(columns, row, strict=True):
            if not column.holds(value, field):
                yield _failure(db, table, columns, row, column.name)


def _failure(db: SQLite, table: str, columns: list[_Column], row: Row, column: str) -> Failure:
    keys = sorted((c.key, str(value)) for c, value in zip(columns, row, strict=True) if c.key)
    name = "/".join(value for _, value in keys)
    # The words for the reason are made of the three names.
    where = {"table": table, "row": name, "column": column}
    return Failure("database-damaged", file=str(db.path), reason="", **where)


def _orphan(db: SQLite, shapes: dict[str, list[_Column]]) -> Failure | None:
    """Find a row that belongs to one that is not there."""
    for table, rowid, _, number in db.query("PRAGMA foreign_key_check"):
        parts = db.query('SELECT "from", id FROM pragma_foreign_key_list(:table)', {"table": table})
        columns = ", ".join(name for name, key in parts if key == number)
        row = db.query(f'SELECT * FROM "{table}" WHERE rowid = :rowid', {"rowid": rowid})[0]
        return _failure(db, table, shapes[table], row, columns)
    return None


def _found_by_engine(db: SQLite) -> Failure | None:
    """Return what the engine finds in its file: pages, indexes, its own conditions."""
    said = [r[0] for r in db.query("PRAGMA integrity_check(3)")]
    if said == ["ok"]:
        return None
    return Failure("database-damaged", file=str(db.path), reason="; ".join(said))
