"""Deliveries: what was sent to whom. Rows are added, and never changed."""

from plantrack.model.views.mail import Delivery, Edition
from plantrack.store.connection import Connection
from plantrack.store.sealing.seals import insert_apart

#: The same report for the same period with the figures of the same day, which was over or not.
_EDITION = (
    "d.plan = :plan AND d.kind = :kind AND d.period = :period AND d.selection = :selection "
    "AND d.as_of = :as_of AND d.whole = :whole"
)


def refuse_read_only(db: Connection) -> None:
    """Fail like any writing would, and change nothing: a transaction alone begins on a read-only file, too."""
    with db.atomic():
        db.execute("UPDATE meta SET value = value WHERE name = :nothing", {"nothing": ""})


def add(db: Connection, uid: str, delivery: Delivery) -> None:
    """Add a row."""
    row = {
        **_params(delivery.edition),
        "uid": uid,
        "address": delivery.address,
        "accepted": int(delivery.accepted),
        "recorded_at": delivery.recorded_at,
        "sha256": delivery.sha256,
        "message_id": delivery.message_id,
        "reply": delivery.said if delivery.accepted else f"{delivery.why}: {delivery.said}",
        "author": delivery.author,
    }
    insert_apart(db, "delivery", [row])


def _params(edition: Edition) -> dict[str, object]:
    return {**edition._asdict(), "whole": int(edition.whole)}


def times_sent(db: Connection, edition: Edition) -> dict[str, int]:
    """Return how often each address was sent an edition."""
    rows = db.query(
        f"SELECT d.address, COUNT(*) FROM delivery AS d WHERE {_EDITION} AND d.accepted = 1 GROUP BY d.address",
        _params(edition),
    )
    return dict(rows)


def last_accepted(db: Connection) -> dict[str, str]:
    """Return when a server took the last report of each kind."""
    return dict(
        db.query(
            "SELECT d.kind, MAX(d.recorded_at) AS recorded_at FROM delivery AS d WHERE d.accepted = 1 GROUP BY d.kind"
        )
    )


def is_known(db: Connection, edition: Edition, address: str) -> bool:
    """Return whether anything is known of an edition at an address."""
    rows = db.query(
        f"SELECT COUNT(*) FROM delivery AS d WHERE {_EDITION} AND d.address = :address",
        {**_params(edition), "address": address},
    )
    return bool(rows[0][0])


def was_added(db: Connection, uid: str) -> bool:
    """Return whether a row was added."""
    return bool(db.query("SELECT d.uid FROM delivery AS d WHERE d.uid = :uid", {"uid": uid}))


def known_periods(db: Connection, plan: str, edition: Edition, address: str) -> dict[str, bool]:
    """Return the periods of a plan of which something is known at an address: whether the whole report was taken."""
    rows = db.query(
        "SELECT d.period, MAX(d.whole * d.accepted) FROM delivery AS d WHERE d.plan = :plan AND d.kind = :kind "
        "AND d.selection = :selection AND d.address = :address GROUP BY d.period",
        {"plan": plan, "kind": edition.kind, "selection": edition.selection, "address": address},
    )
    return {period: whole == 1 for period, whole in rows}


def sent_since(db: Connection, moment: str) -> list[tuple[str, str, int]]:
    """Return what was sent since a moment: the kind, the period, and to how many addresses."""
    rows = db.query(
        "SELECT d.kind, d.period, COUNT(*) AS sent FROM delivery AS d WHERE d.accepted = 1 AND d.recorded_at >= :moment "
        "GROUP BY d.kind, d.period ORDER BY d.period, d.kind",
        {"moment": moment},
    )
    return [(kind, period, sent) for kind, period, sent in rows]
