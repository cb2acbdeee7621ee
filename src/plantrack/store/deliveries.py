"""Deliveries: what was sent to whom. Rows are added, and never changed."""

from plantrack.model.views.mail import Delivery, Edition
from plantrack.store.connection import Connection, insert

#: The same report for the same period with the figures of the same day, which was over or not.
_EDITION = (
    "d.plan = :plan AND d.kind = :kind AND d.period = :period AND d.selection = :selection "
    "AND d.as_of = :as_of AND d.whole = :whole"
)


def refuse_read_only(db: Connection) -> None:
    """Fail like any writing would, and change nothing: a transaction alone begins on a read-only file, too."""
    db.execute("UPDATE meta SET value = value WHERE name = :nothing", {"nothing": ""})


def add(db: Connection, uid: str, delivery: Delivery) -> None:
    """Add a row."""
    row = {"uid": uid, **_asked(delivery.edition), **delivery._asdict(), "accepted": int(delivery.accepted)}
    del row["edition"]
    insert(db, "delivery", [row])


def _asked(edition: Edition) -> dict[str, object]:
    return {**edition._asdict(), "whole": int(edition.whole)}


def accepted(db: Connection, edition: Edition) -> dict[str, int]:
    """Return how often each address was sent an edition."""
    rows = db.query(
        f"SELECT d.address, COUNT(*) FROM delivery AS d WHERE {_EDITION} AND d.accepted = 1 GROUP BY d.address",
        _asked(edition),
    )
    return dict(rows)


def is_known(db: Connection, edition: Edition, address: str) -> bool:
    """Return whether anything is known of an edition at an address."""
    rows = db.query(
        f"SELECT COUNT(*) FROM delivery AS d WHERE {_EDITION} AND d.address = :address",
        {**_asked(edition), "address": address},
    )
    return bool(rows[0][0])


def known_periods(db: Connection, edition: Edition, address: str) -> dict[str, bool]:
    """Return the periods of which something is known at an address, and whether the whole report was taken there."""
    rows = db.query(
        "SELECT d.period, MAX(d.whole * d.accepted) FROM delivery AS d WHERE d.plan = :plan AND d.kind = :kind "
        "AND d.selection = :selection AND d.address = :address GROUP BY d.period ORDER BY d.period",
        {**edition._asdict(), "address": address},
    )
    return {period: whole == 1 for period, whole in rows}
