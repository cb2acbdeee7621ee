"""What was deleted is gone from the file too, and from its log: nothing of it is left in what the engine sets free."""

from plantrack.errors import Failure
from plantrack.store.connection import Connection
from plantrack.store.sqlite.connection import SQLite


def overwrite_deleted(db: Connection) -> None:
    """Let the engine overwrite what it deletes from now on; to be called outside a transaction."""
    if isinstance(db, SQLite):
        db.execute("PRAGMA secure_delete = ON")


def sweep(db: Connection) -> bool:
    """Write the file anew, without what was deleted in it at any time, and empty its log; return whether that was done.

    It cannot be while others work with the file, or where there is no room for it once more.
    """
    if not isinstance(db, SQLite):
        return True  # what it sets free is the server's affair
    try:
        db.execute("VACUUM")
        return not db.query("PRAGMA wal_checkpoint (TRUNCATE)")[0][0]
    except Failure:
        return False
