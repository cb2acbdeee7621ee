"""What a database says of where its data is worked on: it went elsewhere, or this is a copy that is only to be read."""

from datetime import datetime

from plantrack.model.moments import utc_moment
from plantrack.model.views.elsewhere import Elsewhere
from plantrack.store import stats
from plantrack.store.connection import Connection
from plantrack.store.schema import identity
from plantrack.store.sqlite.connection import SQLite
from plantrack.store.sqlite.file_copy import log_in_memory


def elsewhere(to: str, by: str, now: datetime) -> Elsewhere:
    """Return what a database says that went elsewhere just now."""
    return Elsewhere(to, utc_moment(now), by)


def copy_of(db: Connection, name: str, by: str, now: datetime) -> Elsewhere:
    """Return what a copy of a database says that has a name: data that went elsewhere is worked on there."""
    return elsewhere(went_to(db) or name, by, now)._replace(to_read=True)


def mark(db: Connection, place: Elsewhere) -> None:
    """Let a database refuse writes from the end of the caller's transaction on."""
    stats.put_told(db, "moved", **place._asdict())


def mark_copy(copy: SQLite, place: Elsewhere) -> None:
    """Let a copy refuse writes that is not in its place yet."""
    log_in_memory(copy)
    with copy.atomic(moved=True):
        mark(copy, place)


def is_to_read(db: Connection) -> bool:
    """Return whether a database is a copy that is only to be read."""
    place = db.told.elsewhere
    return place is not None and place.to_read


def is_unfinished(db: Connection) -> bool:
    """Return whether a database is a copy that is to be worked in, of a run that did not come to its end."""
    place = db.told.elsewhere
    return place is not None and place.unfinished


def is_gone(db: Connection) -> bool:
    """Return whether the data of a database went elsewhere; a copy to read is no such one."""
    return bool(db.told.moved) and not is_to_read(db)


def went_to(db: Connection) -> str | None:
    """Return where the data of a database is worked on; None: in the database itself."""
    place = db.told.elsewhere
    return place.to if place else None


def let_write(db: Connection, *, own_id: bool) -> None:
    """Let a copy be written to; `own_id`: as a database of its own, beside the one that it is of."""
    db.told = db.told._replace(moved="")
    with db.atomic(moved=True):
        db.execute("DELETE FROM meta WHERE name = 'moved'")
        if own_id:
            identity.make_own(db)
