"""What a database is: its id, and the hash of its tables, indexes, views and triggers as they were made."""

import hashlib
import json
import os
from datetime import datetime
from typing import Final

from plantrack.errors import Failure
from plantrack.model.moments import utc_moment
from plantrack.store import stats
from plantrack.store.connection import SCHEMA_VERSION, Asked, Connection, Row
from plantrack.store.schema.text import made_names
from plantrack.store.sqlite import search_index
from plantrack.store.sqlite.connection import SQLite

#: The signs of an id: none looks like another.
_SIGNS: Final = "23456789abcdefghjkmnpqrstuvwxyz"
_LENGTH: Final = 8


def give(db: Connection) -> None:
    """Make an id for a database, unless it has one, and keep the hash of what it is made of."""
    if stats.get(db, "id") is None:
        _give_id(db)
    keep_schema(db)


def _give_id(db: Connection) -> None:
    stats.put(db, "id", "".join(_SIGNS[byte % len(_SIGNS)] for byte in os.urandom(_LENGTH)))


def make_own(db: Connection) -> None:
    """Make a copy a database of its own: with another id, and nothing told of what was done for the first one."""
    db.execute("DELETE FROM meta WHERE name IN ('id', 'last_backup', 'last_check')")
    _give_id(db)


def become_site(db: Connection, site: str) -> None:
    """Keep as which site a file is worked in."""
    stats.put(db, "site", site)
    db.told = db.told._replace(site=site)


def keep_hub(db: Connection, hub: str) -> None:
    """Keep the id of the hub's database from which a site is told, unless it is known."""
    if not hub_of(db):
        stats.put(db, "hub", hub)


def hub_of(db: Connection) -> str:
    """Return the id of the hub's database, where this is it too; empty: this is a site that does not know it."""
    return (stats.get(db, "hub") or "") if db.told.site else id_of(db)


def id_of(db: Connection) -> str:
    """Return the id of a database; fails with `database-damaged` where it is gone."""
    found = stats.get(db, "id")
    if found is None:
        raise Failure("database-damaged", file=db.name, reason="no id in meta")
    return found


def upgraded_by(db: SQLite) -> tuple[str, str] | None:
    """Return who upgraded a database, and when, where it says so; it may be a newer one, of which no more is known."""
    try:
        ((text,),) = db.driver.execute("SELECT value FROM meta WHERE name = 'upgraded'").fetchall()
        told = json.loads(text)
        return str(told["by"]), str(told["moment"])
    except (db.driver.Error, ValueError, TypeError, KeyError):
        return None


def note_upgrade(db: Connection, by: str, now: datetime, old: int, version: str) -> None:
    """Note who upgraded a database, with which version of the program; `old`: its version before."""
    between = {"from": old, "to": SCHEMA_VERSION}
    stats.put_told(db, "upgraded", moment=utc_moment(now), by=by, **between, version=version)


def keep_schema(db: Connection) -> None:
    """Keep the hash of what the database is made of by now."""
    stats.put(db, "schema", schema_hash(db))


def schema_hash(db: Connection) -> str:
    """Return the hash of all that the program made in a database, and of every trigger on that, whoever made it.

    What other programs made beside it changes no answer.
    """
    return ask_schema_hash(db)()


def ask_schema_hash(db: Connection) -> Asked[str]:
    """Ask for what `schema_hash` returns."""
    parts = _ask_own_parts(db)

    def read() -> str:
        lines = sorted(" ".join(map(str, row)) for row in parts())
        text = "\n".join(" ".join(line.split()) for line in lines)
        return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()

    return read


def _ask_own_parts(db: Connection) -> Asked[list[Row]]:
    if isinstance(db, SQLite):
        rows = db.ask("SELECT type, name, tbl_name, sql FROM sqlite_master WHERE sql IS NOT NULL")
        own = {*made_names(), *search_index.TABLES}
        return lambda: [row for row in rows() if (row[2] if row[0] == "trigger" else row[1]) in own]
    from plantrack.store.postgres import parts
    from plantrack.store.postgres.connection import Postgres

    assert isinstance(db, Postgres)
    made = {*parts.made_names()}
    there = parts.ask_parts(db)
    return lambda: [row for row in there() if (row[2] or row[1]) in made]
