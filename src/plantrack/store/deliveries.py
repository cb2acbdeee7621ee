"""Deliveries: what was sent to whom. Rows are added, and never changed."""

from plantrack.model.named_tuple import NamedTuple
from plantrack.model.views.mail import Delivery, Edition
from plantrack.store.connection import Connection

_COLUMNS = (
    "uid, plan, kind, period, as_of, whole, selection, address, accepted, recorded_at, sha256, message_id, "
    "reply, author"
)
#: The same report for the same period with the figures of the same day, which was over or not.
_EDITION = (
    "d.plan = :plan AND d.kind = :kind AND d.period = :period AND d.selection = :selection "
    "AND d.as_of = :as_of AND d.whole = :whole"
)


class Trace(NamedTuple):
    """Of a period at an address: whether its whole report was taken."""

    period: str
    has_whole: bool


def refuse_read_only(db: Connection) -> None:
    """Fail like any writing would, and change nothing: a transaction alone begins on a read-only file, too."""
    db.execute("UPDATE meta SET value = value WHERE name = :nothing", {"nothing": ""})


def add(db: Connection, uid: str, delivery: Delivery) -> None:
    """Add a row."""
    marks = ", ".join(f":{name}" for name in _COLUMNS.split(", "))
    db.execute(f"INSERT INTO delivery ({_COLUMNS}) VALUES ({marks})", _row(uid, delivery))


def _row(uid: str, delivery: Delivery) -> dict[str, object]:
    row = {**_asked(delivery.edition), **delivery._asdict(), "uid": uid}
    del row["edition"]
    return {**row, "accepted": int(delivery.accepted)}


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


def traces(db: Connection, edition: Edition, address: str) -> list[Trace]:
    """Return the periods of which something is known at an address, in the order of their names."""
    rows = db.query(
        "SELECT d.period, MAX(d.whole * d.accepted) FROM delivery AS d WHERE d.plan = :plan AND d.kind = :kind "
        "AND d.selection = :selection AND d.address = :address GROUP BY d.period ORDER BY d.period",
        {**edition._asdict(), "address": address},
    )
    return [Trace(period, whole == 1) for period, whole in rows]
