"""The clock of a server, by which nobody's moments may run ahead of everybody's."""

from datetime import datetime
from typing import Final

from plantrack.errors import Failure
from plantrack.model.moments import utc_moment
from plantrack.store.connection import Connection

_MOMENT: Final = "to_char({} AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"')"
#: The latest moment that may be recorded: commands follow one another by their moments, and a clock may be a day wrong.
LATEST: Final = _MOMENT.format("(now() + interval '1 day')")
_CLOCK: Final = f"SELECT {_MOMENT.format('now()')} AS now, {LATEST} AS latest"


def refuse_ahead(db: Connection, now: datetime, moment: str) -> None:
    """Refuse what would be recorded at a moment that is still to come, by the clock of who types or after what is there.

    The owner, who alone can bring such a history to a server, may go on after it.

    Raises: clock-ahead.
    """
    own = utc_moment(now) if db.told.role == "owner" else moment
    ((there, latest),) = db.query(_CLOCK)  # since it was opened, much time may have gone by
    if own > latest:
        raise Failure("clock-ahead", file=db.name, moment=own, now=there)
