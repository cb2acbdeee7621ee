"""Seals for many commands at once: for those of before there were any, over what stands there; for those that arrived."""

from plantrack.model.grouping import chunks
from plantrack.store.advance import Advance, unheard
from plantrack.store.commands import last_number
from plantrack.store.connection import Connection, insert
from plantrack.store.schema.guards import unguarded
from plantrack.store.sealing.row_hashes import NameHashes, names_in, row_hash
from plantrack.store.sealing.sealed_facts import APART, OWN_HASHES, all_salts, recorded_names, sealed_commands
from plantrack.store.sealing.seals import salts_of, seal_row


def seal_all(db: Connection, advance: Advance = unheard) -> None:
    """Seal every command as one of before there were seals, inside the caller's transaction; there are none yet."""
    salts_of(db, recorded_names(db))
    seal_after(db, 0, later=True, advance=advance)


def seal_after(db: Connection, number: int, *, later: bool = False, advance: Advance = unheard) -> None:
    """Seal the commands after a number, inside the caller's transaction; all names in them have their salts."""
    before = _seal_of(db, number)
    total = max(1, last_number(db))
    for some in chunks(sealed_commands(db, NameHashes(all_salts(db).get), number)):
        rows = []
        for command in some:
            rows.append(seal_row(command.uid, before, command.hashes, later=later))
            before = str(rows[-1]["hash"])
        insert(db, "seal", rows)
        advance(min(1.0, some[-1].number / total))


def _seal_of(db: Connection, number: int) -> str:
    """Return the seal of the command with a number, empty where there is none."""
    asked = "SELECT s.hash FROM seal AS s JOIN command AS c ON c.uid = s.command WHERE c.number = :number"
    rows = db.query(asked, {"number": number})
    return rows[0][0] if rows else ""


def hash_apart(db: Connection) -> None:
    """Write the hash of each row that stands under no command, inside the caller's transaction."""
    with unguarded(db, *APART):
        for table, columns, key in OWN_HASHES:
            rows = db.query(f"SELECT {', '.join(columns)} FROM {table}")
            names = NameHashes(salts_of(db, names_in(table, columns, rows)).get)
            made = [(row_hash(table, columns, row, names).hex(), row[columns.index(key)]) for row in rows]
            db.executemany(f"UPDATE {table} SET row_hash = ? WHERE {key} = ?", made)
