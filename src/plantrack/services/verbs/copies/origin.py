"""Of which history a backup is, and where people work with its data, as its mark says."""

from contextlib import closing
from pathlib import Path

from plantrack.errors import Failure
from plantrack.model.typed.database_address import is_address
from plantrack.model.views.elsewhere import Elsewhere
from plantrack.services.workspace import is_same_file
from plantrack.store import commands, stats
from plantrack.store.connection import Connection
from plantrack.store.exchange.restorations import parted_after
from plantrack.store.opening import open_database
from plantrack.store.schema import identity


def kinship(present: Connection, backup: Connection, *, fresh: bool) -> tuple[bool, int | None]:
    """Return whether a backup is of another history than the database, and after which command they part.

    `fresh`: it was upgraded on the way, and got its id and its seals just now.
    """
    if not commands.last_number(present):
        return False, None
    parted = parted_after(present, backup, by_seals=not fresh)
    is_same = fresh or identity.id_of(present) == identity.id_of(backup)
    return parted is not None or not is_same, parted


def worked_on(place: Elsewhere | None, id: str, database: Path) -> str:
    """Return where people work; empty: nowhere else, as far as is known here.

    A server is not asked: it may be beyond a line that is down. A file counts while it is there and has the id.
    """
    if place is None or place.to == str(database.absolute()):
        return ""
    if is_address(place.to):
        return place.named
    file = Path(place.to)
    if is_same_file(file, database):
        return ""
    try:
        with closing(open_database(file)) as there:
            if stats.get(there, "id") != id:
                return ""
            further = there.told.elsewhere
    except Failure:
        return ""
    return further.named if further else place.to
