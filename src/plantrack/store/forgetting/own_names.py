"""The names of a person in the columns that name people, and the hashes that take their place.

The facts that a hash stands in have the same hash as before, so that every seal holds.
"""

import json
from collections.abc import Collection, Iterable, Mapping
from itertools import chain
from typing import Any, Final

from plantrack.model.grouping import chunks
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.people.hidden_name import HIDDEN, is_hidden
from plantrack.model.text import person_key
from plantrack.store import stats
from plantrack.store.connection import Connection
from plantrack.store.schema.guards import unguarded
from plantrack.store.scope import among
from plantrack.store.sealing.row_hashes import NAMES, name_hash
from plantrack.store.sealing.sealed_facts import recorded_names
from plantrack.store.sealing.seals import salts_of
from plantrack.store.search_rows import insert_rows, said_of
from plantrack.store.sqlite import search_index

_OF_PEOPLE: Final = "person_fact"
_VALUES: Final = NAMES[_OF_PEOPLE]
#: The columns that say who did or told something, and where to something was sent.
_OF_OTHERS: Final = {table: columns for table, columns in NAMES.items() if table != _OF_PEOPLE}


class OwnNames(NamedTuple):
    """All names of a person: what they were ever called, their logins and addresses."""

    #: Theirs, and those of whoever turned out to be them.
    uids: tuple[str, ...]
    #: As they are recorded of the person.
    said: frozenset[str]
    #: As they stand where somebody did or told something.
    used: frozenset[str]
    #: Those that are somebody else's too: of these nobody can tell who is meant.
    shared: frozenset[str]


class NamedRows(NamedTuple):
    """How many rows name somebody."""

    commands: int
    told: int


def own_names(db: Connection, uids: Collection[str], more: Iterable[str] = ()) -> OwnNames:
    """Return the names of a person; `more`: other names by which they are known."""
    theirs, params = among("f.person", "p", uids)
    said = _values(db, theirs, params)
    keys = {*map(person_key, chain(said, more))}
    others = {*map(person_key, chain(_values(db, f"NOT ({theirs})", params), _addresses(db)))}
    found = {name for name in used_names(db) if person_key(name) in keys}
    shared = {name for name in found if person_key(name) in others}
    return OwnNames(tuple(uids), frozenset(said), frozenset(found - shared), frozenset(shared))


def _values(db: Connection, condition: str, params: Mapping[str, object]) -> set[str]:
    """Return the names, logins and addresses that some facts have."""
    rows = db.query(f"SELECT {', '.join(_VALUES)} FROM {_OF_PEOPLE} AS f WHERE {condition}", params)
    return {value for row in rows for value in row if value and not is_hidden(value)}


def hidden_names(db: Connection) -> set[str]:
    """Return what stands in place of the names that were taken out."""
    found = set[str]()
    for table, columns in NAMES.items():
        for column in columns:
            asked = f"SELECT DISTINCT f.{column} AS who FROM {table} AS f WHERE substr(f.{column}, 1, 7) = :hidden"
            found |= {r[0] for r in db.query(asked, {"hidden": HIDDEN})}
    return found


def _addresses(db: Connection) -> set[str]:
    """Return the addresses of organisations: what is sent there is not sent to a person."""
    return {row[0] for row in db.query("SELECT DISTINCT f.email FROM organisation_fact AS f") if row[0]}


def used_names(db: Connection) -> set[str]:
    """Return all names of those who did or told something, and all addresses to which something was sent."""
    told = (text for note in _notes(db).values() for text in note.values() if isinstance(text, str))
    return recorded_names(db, _OF_OTHERS) | {text for text in told if text and not is_hidden(text)}


def _notes(db: Connection) -> dict[str, dict[str, Any]]:
    """Return what is noted of the database as a whole, where it tells several things: who upgraded it is one."""
    told = ((name, _read(value)) for name, value in db.query("SELECT name, value FROM meta"))
    return {name: note for name, note in told if isinstance(note, dict)}


def _read(value: str) -> Any:
    try:
        return json.loads(value)
    except ValueError:
        return value


def rows_of(db: Connection, names: Collection[str]) -> NamedRows:
    """Count the commands that somebody gave or typed, and the facts that they told, by their names."""
    author, by = among("c.author", "n", names)
    typed, login = (among(f"c.{column}", "n", names)[0] for column in ("entered_by", "login"))
    told = among("f.told_by", "n", names)[0]
    asked = (
        f"SELECT COUNT(*) AS n FROM {table} AS f WHERE {told}"
        for table in ("status_update", "indicator_value")
    )
    given = f"SELECT COUNT(*) AS n FROM command AS c WHERE {author} OR {typed} OR {login}"
    return NamedRows(db.query(given, by)[0][0], sum(db.query(one, by)[0][0] for one in asked))


def kept_as(db: Connection, names: Collection[str]) -> dict[str, str]:
    """Return what is to stand in place of each name."""
    salts = salts_of(db, names)
    return {name: HIDDEN + name_hash(name, salts[name]) for name in sorted(names)}


def hide(db: Connection, own: OwnNames, hashes: Mapping[str, str]) -> None:
    """Put hashes in place of a person's names, inside the caller's transaction; nobody can tell then whose they are.

    A name that is somebody else's too keeps its salt, for it still stands where it is theirs.
    """
    told, by = among("f.told_by", "n", own.used)
    of_tasks = db.query(f"SELECT f.uid, f.task FROM status_update AS f WHERE {told}", by)
    with unguarded(db, *NAMES):
        for table, columns in _OF_OTHERS.items():
            _put(db, table, columns, {name: hashes[name] for name in own.used})
        theirs = among("person", "p", own.uids)
        _put(db, _OF_PEOPLE, _VALUES, {name: hashes[name] for name in own.said}, *theirs)
    _put_in_notes(db, {name: hashes[name] for name in own.used})
    left = used_names(db) | _values(db, "1 = 1", {})
    db.executemany("DELETE FROM salt WHERE who = ?", [(name,) for name in hashes if name not in left])
    _find_no_longer(db, [uid for uid, _ in of_tasks], sorted({task for _, task in of_tasks}))


def _put(
    db: Connection,
    table: str,
    columns: Iterable[str],
    hashes: Mapping[str, str],
    condition: str = "1 = 1",
    params: Mapping[str, object] | None = None,
) -> None:
    rows = [{"name": name, "hash": kept, **(params or {})} for name, kept in hashes.items()]
    for column in columns:
        db.executemany(f"UPDATE {table} SET {column} = :hash WHERE {column} = :name AND {condition}", rows)


def _put_in_notes(db: Connection, hashes: Mapping[str, str]) -> None:
    for note, told in _notes(db).items():
        shown = {key: hashes.get(one, one) if isinstance(one, str) else one for key, one in told.items()}
        if shown != told:
            stats.put_told(db, note, **shown)


def _find_no_longer(db: Connection, updates: Collection[str], tasks: list[str]) -> None:
    """Let search find nobody by whom updates were told; the index is made anew, for it keeps the words of what went."""
    if not updates:
        return
    search_index.drop(db)
    db.executemany("DELETE FROM search WHERE part = ?", [(uid,) for uid in updates])
    for some in chunks(tasks):
        insert_rows(db, said_of(db, some))
    search_index.make(db)
