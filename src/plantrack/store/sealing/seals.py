"""A seal: written last for each command, over the seal before it and all facts that the command added."""

import hashlib
import os
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Final

from plantrack.model.grouping import CHUNK, chunks
from plantrack.store.connection import Connection, Row, insert, insert_many
from plantrack.store.scope import among
from plantrack.store.sealing.row_hashes import OWN, NameHashes, names_in, row_hash

#: How many facts are held as they are, before only their hashes are.
_HELD: Final = 2000
#: So many hexadecimal digits of the hash of a row name it within its command.
BEGINNING: Final = 8

#: The hashes of the rows of a command, by table.
RowHashes = Mapping[str, Sequence[bytes]]


def add_facts(db: Connection, table: str, columns: Sequence[str], rows: Sequence[Row]) -> None:
    """Add facts of a command, for which its seal is to stand."""
    insert_many(db, table, columns, rows)
    note_facts(db, table, columns, rows)


def add_fact_rows(db: Connection, table: str, rows: Sequence[Mapping[str, object]]) -> None:
    """Add facts that have the same columns as `add_facts` does."""
    if rows:
        add_facts(db, table, [*rows[0]], [tuple(row.values()) for row in rows])


def note_facts(db: Connection, table: str, columns: Sequence[str], rows: Sequence[Row]) -> None:
    """Note facts that were added, for the seal of their command."""
    if rows:
        db.unsealed.add(table, columns, rows)
        if db.unsealed.held > _HELD:
            _hash_held(db, salts_of(db, _names_held(db)))


def seal(db: Connection, command: str) -> None:
    """Seal a command: nothing is added to it from now on. It is the last statement of its transaction."""
    before, salts = _before(db, command, _names_held(db))
    _hash_held(db, salts)
    insert(db, "seal", [seal_row(command, before, db.unsealed.hashes)])
    db.unsealed.clear()


def _before(db: Connection, command: str, names: set[str]) -> tuple[str, dict[str, str]]:
    """Return the seal before that of a command, empty where there is none, and the salts of names, in one question."""
    if len(names) > CHUNK:
        return _before(db, command, set())[0], salts_of(db, names)
    theirs, params = among("x.who", "n", sorted(names))
    rows = db.query(
        "SELECT CAST(NULL AS TEXT) AS who, s.hash AS value FROM seal AS s JOIN command AS c ON c.uid = s.command "
        "WHERE c.number = (SELECT MAX(p.number) FROM command AS p WHERE p.number < "
        "(SELECT n.number FROM command AS n WHERE n.uid = :command)) "
        f"UNION ALL SELECT x.who, x.salt AS value FROM salt AS x WHERE {theirs}",
        {**params, "command": command},
    )
    known: dict[Any, str] = dict(rows)
    before = known.pop(None, "")
    return before, known | add_salts(db, names - {*known})


def salts_of(db: Connection, names: Collection[str]) -> dict[str, str]:
    """Return the salts of some names; one that has none gets it."""
    known: dict[str, str] = {}
    for some in chunks(sorted(names)):
        theirs, params = among("x.who", "n", some)
        known.update(db.query(f"SELECT x.who, x.salt FROM salt AS x WHERE {theirs}", params))
    return known | add_salts(db, {*names} - {*known})


def add_salts(db: Connection, names: Collection[str]) -> dict[str, str]:
    """Make a salt for each of some names; return them."""
    new = {name: os.urandom(16).hex() for name in sorted(names)}
    insert(db, "salt", [{"who": name, "salt": salt} for name, salt in new.items()])
    return new


def _names_held(db: Connection) -> set[str]:
    return {name for held in db.unsealed.rows for name in names_in(*held)}


def _hash_held(db: Connection, salts: Mapping[str, str]) -> None:
    """Hold the hashes of what is held."""
    names = NameHashes(salts.get)
    for table, columns, rows in db.unsealed.rows:
        hashes = db.unsealed.hashes.setdefault(table, [])
        hashes += [row_hash(table, columns, row, names) for row in rows]
    db.unsealed.rows, db.unsealed.held = [], 0


def seal_row(command: str, before: str, hashes: RowHashes, *, later: bool = False) -> dict[str, object]:
    """Return the seal of a command over the hashes of its rows."""
    return {
        "command": command,
        "hash": seal_hash(before, hashes, later=later),
        "row_hashes": beginnings(hashes),
        "later": int(later),
    }


def seal_hash(before: str, hashes: RowHashes, *, later: bool = False) -> str:
    """Return the hash of a seal: over the one before, and the hashes of rows whatever their order."""
    made = hashlib.sha256(f"{before}\n{int(later)}\n".encode())
    made.update(b"".join(sorted(h for own in hashes.values() for h in own)))
    return made.hexdigest()


def beginnings(hashes: RowHashes) -> str:
    """Return the beginnings of the hashes of rows, by table: `command:1a2b3c4d change:5e6f7a8b9c0d1e2f`."""
    return " ".join(
        f"{table}:{''.join(sorted(beginning(h) for h in own))}"
        for table, own in sorted(hashes.items())
        if own
    )


def beginning(hash: bytes) -> str:
    """Return what names a row within its command."""
    return hash.hex()[:BEGINNING]


def read_beginnings(text: str) -> dict[str, list[str]]:
    """Read what `beginnings` wrote."""
    parts = (part.partition(":") for part in text.split())
    return {t: [own[i : i + BEGINNING] for i in range(0, len(own), BEGINNING)] for t, _, own in parts}


def insert_apart(db: Connection, table: str, rows: Iterable[Mapping[str, Any]], *, key: str = "") -> None:
    """Add rows that stand under no command, each with the hash of what it says."""
    made = [*rows]
    columns = tuple(made[0]) if made else ()
    values = [tuple(row.values()) for row in made]
    names = NameHashes(salts_of(db, names_in(table, columns, values)).get)
    hashed = [{**row, OWN: row_hash(table, columns, value, names).hex()} for row, value in zip(made, values)]
    insert(db, table, hashed, key=key)
