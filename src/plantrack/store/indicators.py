"""What was measured of indicators: values are added, never changed."""

from collections.abc import Iterable

from plantrack.model.indicator import Measured, digits_and_scale, value_of
from plantrack.store.connection import Asked, Connection
from plantrack.store.scope import stands
from plantrack.store.sealing.seals import add_fact_rows
from plantrack.store.task_rows import joined, split

_VALUE = (
    "f.uid, f.command, f.plan, f.indicator, f.period, f.labels, f.on_day, f.recorded_at, c.author, c.number, f.digits, f.scale, f.told_by, f.note "
    "FROM indicator_value AS f JOIN command AS c ON c.uid = f.command"
)

#: What is no column of a value.
_ELSEWHERE = ("on", "value", "author", "number")


def values_of(db: Connection, plan: str) -> list[Measured]:
    """Return the values of a plan's indicators that were not taken back, the oldest first."""
    return _ask_values(db, plan, f" AND {stands()}")()


def ask_all_values(db: Connection, plan: str) -> Asked[list[Measured]]:
    """Ask for the values of a plan's indicators, those that were taken back too, the oldest first."""
    return _ask_values(db, plan, "")


def _ask_values(db: Connection, plan: str, condition: str) -> Asked[list[Measured]]:
    rows = db.ask(
        f"SELECT {_VALUE} WHERE f.plan = :plan{condition} ORDER BY f.recorded_at, f.uid", {"plan": plan}
    )
    return lambda: [
        Measured._make((*r[:5], split(r[5]), *r[6:10], value_of(r[10], r[11]), *r[12:])) for r in rows()
    ]


def insert_values(db: Connection, values: Iterable[Measured]) -> None:
    """Add values; their authors and numbers are those of their commands."""
    add_fact_rows(db, "indicator_value", [_row(value) for value in values])


def _row(value: Measured) -> dict[str, object]:
    row = {**value._asdict(), "labels": joined(value.labels), "on_day": value.on}
    row["digits"], row["scale"] = digits_and_scale(value.value)
    return {name: row[name] for name in row if name not in _ELSEWHERE}
