"""All that a database holds, read with the standard driver alone: what changed of it, and what must hold of it."""

import contextlib
import re
import sqlite3
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

#: A row with its table.
StoredRow = tuple[Any, ...]
#: What is made anew each time that a command is given: identifiers, moments, hashes and their beginnings, salts.
_ANEW = re.compile(
    r"(?<![0-9A-Za-z])([0-9A-HJKMNP-TV-Z]{26}|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z|[0-9a-f]{64}|[0-9a-f]{32}"
    r"|(?<=:)(?:[0-9a-f]{8})+|\d{8}T\d{6}Z)(?![0-9A-Za-z])"
)
#: What a database is called, which chance decides.
_ID = ("meta", "id")
#: The number of a row that search looks in may be any.
_LEFT_OUT = {("search", "id")}


class Change(NamedTuple):
    """What came to a database and what went from it, whatever it is called that was made anew."""

    came: "Counter[StoredRow]"
    went: "Counter[StoredRow]"

    def told(self, other: "Change") -> str:
        """Return what differs from another change, in few rows."""
        sides = {"+": self.came - other.came, "-": other.came - self.came}
        return "\n".join(f"  {sign} {row}" for sign, rows in sides.items() for row in list(rows)[:8])


class Picture:
    """What a database held before anything was done to it."""

    def __init__(self, file: Path) -> None:
        self.rows = Counter(rows(file)) if file.exists() else Counter[StoredRow]()
        self.known = {name for row in self.rows for value in row for name in _names(value)}

    def change(self, file: Path) -> Change:
        """Return how a database differs from what was."""
        now, folder = Counter(rows(file)), str(file.parent)
        return Change(self._plain(now - self.rows, folder), self._plain(self.rows - now, folder))

    def _plain(self, found: "Counter[StoredRow]", folder: str) -> "Counter[StoredRow]":
        plain = Counter[StoredRow]()
        for row, many in found.items():
            own = (*_ID, "any", "any") if row[:2] == _ID else row
            plain[tuple(self.named(value, folder) for value in own)] += many
        return plain

    def named(self, value: Any, folder: str = "\0") -> Any:
        """Return a value in which what is made anew, and a folder, has no name of its own."""
        if not isinstance(value, str):
            return value
        value = value.replace(folder, ".")
        return _ANEW.sub(lambda found: found[0] if found[0] in self.known else f"<{len(found[0])}>", value)


def _names(value: Any) -> list[str]:
    return _ANEW.findall(value) if isinstance(value, str) else []


@contextlib.contextmanager
def opened(file: Path) -> Iterator[sqlite3.Connection]:
    """Open a file with the driver; what stands in its log is read."""
    with contextlib.closing(sqlite3.connect(file)) as driver:
        yield driver


def tables(driver: sqlite3.Connection) -> list[str]:
    """Return the tables that hold rows of the program's own."""
    asked = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE 'search_fts%'"
    return [name for (name,) in driver.execute(asked)]


def columns(driver: sqlite3.Connection, table: str) -> list[str]:
    """Return the columns of a table."""
    return [name for (name,) in driver.execute("SELECT name FROM pragma_table_info(?)", (table,))]


def rows(file: Path) -> Iterator[StoredRow]:
    """Yield every row of every table, each with its table before it."""
    with opened(file) as driver:
        for table in tables(driver):
            own = [c for c in columns(driver, table) if (table, c) not in _LEFT_OUT]
            for row in driver.execute(f"SELECT {', '.join(own)} FROM {table}"):
                yield (table, *row)


def faults(file: Path) -> list[str]:
    """Return what is wrong with a database, whatever was done to it."""
    with opened(file) as driver:
        found = [str(r) for r in driver.execute("PRAGMA integrity_check") if r != ("ok",)]
        found += [f"names none: {r}" for r in driver.execute("PRAGMA foreign_key_check")]
        return found + _numbers(driver) + _moments(driver) + _identifiers(driver)


def _numbers(driver: sqlite3.Connection) -> list[str]:
    """Numbers are given one after the other, without a gap but for what a backup did not have that was restored.

    Here a command has one wherever it was recorded, and a task where it was opened.
    """
    used = dict(driver.execute("SELECT name, used FROM counter"))
    here = "COALESCE((SELECT value FROM meta WHERE name = 'site'), '')"
    found = []
    for table, own in (("command", "site"), ("task", here)):
        asked = f"SELECT number FROM {table} WHERE site = {own} ORDER BY number"
        given = [n for (n,) in driver.execute(asked)]
        least = _given_before(driver, table)
        last = max([least, *given])
        gap = {*range(least + 1, last + 1)} - {*given}
        if gap or len({*given}) < len(given):
            found.append(f"numbers of {table} with a gap: {sorted(gap)}, or given twice")
        if used.get(table, 0) != last:
            found.append(f"counter of {table}: {used.get(table, 0)}, not {last}")
    return found


def _given_before(driver: sqlite3.Connection, table: str) -> int:
    """Return the last number that was given before a backup was restored; 0 where none was."""
    if "restoration" not in tables(driver):  # an older version
        return 0
    return int(driver.execute(f"SELECT COALESCE(MAX({table}s), 0) FROM restoration").fetchone()[0])


def _moments(driver: sqlite3.Connection) -> list[str]:
    """Commands of a site follow one another, and what stands under one has its moment."""
    commands = driver.execute("SELECT site, recorded_at, number FROM command ORDER BY site, number")
    found = [
        f"c{number} at {then}, after {before}"
        for (site, before, _), (same, then, number) in pairwise(commands)
        if site == same and then <= before
    ]
    for table in tables(driver):
        if {"command", "recorded_at"} <= {*columns(driver, table)}:
            asked = f"SELECT t.rowid FROM {table} AS t LEFT JOIN command AS c ON c.uid = t.command WHERE c.uid IS NULL OR c.recorded_at <> t.recorded_at"
            found += [f"{table} {rowid} without its command's moment" for (rowid,) in driver.execute(asked)]
    return found


def _identifiers(driver: sqlite3.Connection) -> list[str]:
    """No identifier names two things."""
    own = [table for table in tables(driver) if "uid" in columns(driver, table)]
    count = Counter(uid for table in own for (uid,) in driver.execute(f"SELECT uid FROM {table}"))
    return [f"{uid} names {many} things" for uid, many in count.items() if many > 1]
