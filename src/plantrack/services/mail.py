"""What was sent by mail, and what is still to be sent: the ledger.

It is written through a connection of its own, a row at a time: the reports are read in one snapshot, and what a
server took must stand in the file whatever happens next.
"""

import contextlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from plantrack.model.days import shifted
from plantrack.model.moments import utc_moment
from plantrack.model.uid import UidMaker
from plantrack.model.views.mail import Delivery, Edition
from plantrack.services.context import Clock
from plantrack.store import deliveries
from plantrack.store.connection import SQLite, connect

#: How long a mark waits for others who are writing: a message that was taken must be marked.
_PATIENCE = 60.0
#: How many earlier periods are made up for at most.
MISSED = 8


class Ledger:
    """What was sent of which report to which address."""

    def __init__(self, db: SQLite, clock: Clock, author: str) -> None:
        self._db = db
        self._clock = clock
        self._author = author
        self._make_uid = UidMaker()

    def refuse_read_only(self) -> None:
        """Refuse, before anything is sent, a database in which it could not be marked."""
        with self._db.atomic():
            deliveries.refuse_read_only(self._db)

    def times_sent(self, edition: Edition) -> dict[str, int]:
        """Return how often each address was sent an edition."""
        return deliveries.accepted(self._db, edition)

    def missed(self, edition: Edition, address: str, plan_of: Callable[[str], str | None]) -> list[str]:
        """Return the periods before an edition's that an address lacks, oldest first.

        They are looked for from the first one of the same kind that was ever sent or tried, among the last eight;
        `plan_of` tells the plan of each, if any. An address to which nothing was ever sent lacks none.
        """
        plans = {period: plan_of(period) for period in earlier(edition.period)}
        known: dict[tuple[str, str], bool] = {}
        for plan in {edition.plan, *filter(None, plans.values())}:
            traces = deliveries.traces(self._db, edition._replace(plan=plan), address)
            known |= {
                (plan, t.period): t.has_whole for t in traces if _kind(t.period) == _kind(edition.period)
            }
        first = min((period for _, period in known), default=edition.period)
        return [p for p, plan in plans.items() if plan and p >= first and not known.get((plan, p))]

    def mark(self, delivery: Delivery) -> None:
        """Keep what became of an edition at an address; of failures, the first."""
        now = self._clock()
        row = delivery._replace(recorded_at=utc_moment(now), author=self._author or None)
        with self._db.atomic():
            if delivery.accepted or not deliveries.is_known(self._db, delivery.edition, delivery.address):
                deliveries.add(self._db, self._make_uid(now), row)


@contextlib.contextmanager
def opened(file: Path, clock: Clock, author: str) -> Iterator[Ledger]:
    """Open the ledger of a database; fails like `connect`, and when it cannot be written."""
    db = connect(file, timeout=_PATIENCE)
    try:
        ledger = Ledger(db, clock, author)
        ledger.refuse_read_only()
        yield ledger
    finally:
        db.close()


def earlier(period: str, n: int = MISSED) -> Sequence[str]:
    """Return the `n` periods of the same kind before one, oldest first."""
    return [shifted(period, -away) for away in range(n, 0, -1)]


def _kind(period: str) -> str:
    """Return what is left of a period's name without its numbers: it tells weeks from months, and from quarters."""
    return "".join(sign for sign in period if not sign.isdigit())
