"""Databases as earlier versions made them: the tables of then, with rows of now."""

import contextlib
import sqlite3
from pathlib import Path

from plantrack.store.schema.guards import unguarded
from plantrack.store.sealing.seal_all import seal_after
from plantrack.store.sqlite import migrations
from plantrack.store.sqlite.connection import APPLICATION_ID, connect

#: Versions 1 to 4 named commands by their numbers, and people by their names.
BY_NUMBER = {
    (table, column): f"(SELECT c.number FROM command AS c WHERE c.uid = {table}.{column})"
    for table in (
        *("withdrawal", "plan_revision", "task", "status_update", "deadline", "assignment", "change"),
        "indicator_value",
    )
    for column in ("command", "target")
} | {
    ("person", "name"): "label",
    ("person", "sort_name"): "(SELECT n.sort_name FROM person_fact AS n WHERE n.person = person.uid)",
    ("person", "organisation"): "(SELECT n.organisation FROM person_fact AS n WHERE n.person = person.uid)",
    ("assignment", "person"): "(SELECT p.label FROM person AS p WHERE p.uid = assignment.person)",
    ("status_update", "folded"): "''",  # it was derived, and is no more
}
#: What a column of now was in versions 1 to 3, where they had it otherwise: by table and column, the SQL of it.
OTHERWISE = {
    ("assignment", "on_day"): "COALESCE(on_day, (SELECT COALESCE((SELECT c.old_value FROM change AS c "
    "WHERE c.task = t.uid AND c.field = 'opened_on' ORDER BY c.recorded_at LIMIT 1), t.opened_on) "
    "FROM task AS t WHERE t.uid = assignment.task))",
    ("indicator_value", "value"): "CAST(digits || 'e' || (-scale) AS REAL)",
}


#: The tables of now whose rows stood in others.
NOW = {"person_name": "person_fact"}


def made_by_version(version: int, file: Path) -> Path:
    """Make a database over again as a version would have made it; `schema-VERSION.sql` has its tables."""
    schema = Path(__file__).with_name(f"schema-{version}.sql").read_text("utf-8")
    if version == 8:
        _seal_as_8(file)
    with contextlib.closing(sqlite3.connect(file)) as driver:
        rows = [
            (t, list(driver.execute(f"SELECT {c} FROM {NOW.get(t, t)}")))
            for t, c in _columns(schema, version)
        ]
    file.unlink()
    with contextlib.closing(sqlite3.connect(file)) as driver:
        driver.execute("PRAGMA synchronous = OFF")
        driver.executescript(schema)
        for table, found in (one for one in rows if one[1]):
            marks = ", ".join("?" * len(found[0]))
            driver.executemany(f"INSERT INTO {table} VALUES ({marks})", found)
        driver.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        driver.execute(f"PRAGMA user_version = {version}")
        driver.commit()
    return file


def _seal_as_8(file: Path) -> None:
    """Take from updates on which other one they were made, and seal the rest: version 8, the first with seals, knew no such thing."""
    with contextlib.closing(connect(file)) as db, db.atomic(), unguarded(db, "status_update", "seal"):
        db.execute("UPDATE status_update SET base = NULL")
        db.execute("DELETE FROM seal")
        seal_after(db, 0)


def upgrade(file: Path) -> tuple[int, int]:
    """Bring a database up to date where it lies, and nothing else; return its version before and after."""
    with contextlib.closing(connect(file, older=True)) as db:
        return migrations.upgrade(db)


def _columns(schema: str, version: int) -> list[tuple[str, str]]:
    """Name the columns of each table of a version, as they are to be read from the tables of now."""
    other = {**(BY_NUMBER if version < 5 else {}), **(OTHERWISE if version < 4 else {})}
    with contextlib.closing(sqlite3.connect(":memory:")) as first:
        first.executescript(schema)
        tables = [r[0] for r in first.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        columns = {
            t: [r[0] for r in first.execute("SELECT name FROM pragma_table_info(?)", (t,))] for t in tables
        }
    return [(t, ", ".join(other.get((t, c), c) for c in own)) for t, own in columns.items()]
