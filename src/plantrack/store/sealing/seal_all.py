"""Seals for the commands of before there were any: each over what stands there at the upgrade."""

from plantrack.model.grouping import chunks
from plantrack.store.advance import Advance, unheard
from plantrack.store.commands import last_number
from plantrack.store.connection import Connection, insert
from plantrack.store.schema.guards import unguarded
from plantrack.store.sealing.row_hashes import NameHashes, names_in, row_hash
from plantrack.store.sealing.sealed_facts import APART, OWN_HASHES, all_salts, recorded_names, sealed_commands
from plantrack.store.sealing.seals import add_salts, salts_of, seal_row


def seal_all(db: Connection, advance: Advance = unheard) -> None:
    """Seal every command, inside the caller's transaction; there are no seals yet."""
    salts = all_salts(db)
    names = NameHashes((salts | add_salts(db, recorded_names(db) - {*salts})).get)
    before, total = "", max(1, last_number(db))
    for some in chunks(sealed_commands(db, names)):
        rows = []
        for command in some:
            rows.append(seal_row(command.uid, before, command.hashes, later=True))
            before = str(rows[-1]["hash"])
        insert(db, "seal", rows)
        advance(min(1.0, some[-1].number / total))


def hash_apart(db: Connection) -> None:
    """Write the hash of each row that stands under no command, inside the caller's transaction."""
    with unguarded(db, *APART):
        for table, columns, key in OWN_HASHES:
            rows = db.query(f"SELECT {', '.join(columns)} FROM {table}")
            names = NameHashes(salts_of(db, names_in(table, columns, rows)).get)
            made = [(row_hash(table, columns, row, names).hex(), row[columns.index(key)]) for row in rows]
            db.executemany(f"UPDATE {table} SET row_hash = ? WHERE {key} = ?", made)
