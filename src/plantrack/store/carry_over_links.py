"""Which tasks go on with those of an earlier plan."""

from collections.abc import Collection

from plantrack.model.named_tuple import NamedTuple
from plantrack.model.task import task_label
from plantrack.store.commands import withdrawn_commands
from plantrack.store.connection import Connection
from plantrack.store.facts import CHUNK, chunks, fields_at
from plantrack.store.scope import among


class Link(NamedTuple):
    """The task at the other end of a carry-over."""

    uid: str
    label: str
    plan: str


class Links(NamedTuple):
    """By uid: which task each one goes on with, and as which one it goes on."""

    came: dict[str, Link]
    went: dict[str, Link]


class Pair(NamedTuple):
    """A task that goes on with an earlier one, whether or not they count."""

    new: Link
    old: Link
    command: str
    opened_on: str
    removed: str | None
    old_removed: str | None


def links(db: Connection, day: str, known_at: str | None = None, of: Collection[str] | None = None) -> Links:
    """Return the carry-overs that stood on a day; with `of` those of some tasks (and, of many, of all).

    Most databases have none.
    """
    condition = (
        f"n.opened_on <= :day AND {'n.counted = 1' if known_at is None else 'n.recorded_at <= :known'}"
    )
    params: dict[str, object] = {"day": day, **({} if known_at is None else {"known": known_at})}
    if of is not None and len(of) <= CHUNK:
        (new, uids), (old, _) = among("n.uid", "u", of), among("n.carried_from", "u", of)
        condition = f"{condition} AND ({new} OR {old})"
        params.update(uids)
    found = _pairs(db, condition, params)
    if known_at is not None and found:
        back, gone = fields_at(db, known_at), withdrawn_commands(db, known_at)
        there = {p.new.uid: back.get(p.new.uid, {}).get("removed", p.removed) for p in found}
        found = [p for p in found if p.command not in gone and there[p.new.uid] is None]
    return Links({p.new.uid: p.old for p in found}, {p.old.uid: p.new for p in found})


def pairs_of(db: Connection, olds: Collection[str]) -> list[Pair]:
    """Return the carry-overs of some tasks that others go on with, also those that do not count."""
    return [pair for some in chunks(sorted(olds)) for pair in _pairs(db, *among("n.carried_from", "u", some))]


def _pairs(db: Connection, condition: str, params: dict[str, object]) -> list[Pair]:
    rows = db.query(
        "SELECT n.uid, n.site, n.number, n.plan, o.uid, o.site, o.number, o.plan, n.command, n.opened_on, n.removed, "
        "o.removed FROM task AS n JOIN task AS o ON o.uid = n.carried_from "
        f"WHERE n.carried_from IS NOT NULL AND {condition}",
        params,
    )
    return [Pair(_link(*r[:4]), _link(*r[4:8]), *r[8:]) for r in sorted(rows, key=lambda r: r[2])]


def _link(uid: str, site: str, number: int, plan: str) -> Link:
    return Link(uid, task_label(site, number), plan)


def with_ancestors(db: Connection, uid: str) -> list[str]:
    """Return a task and the one it goes on with, and so on through the years."""
    chain: list[str] = []
    here: str | None = uid
    while here is not None:
        chain.append(here)
        here = db.query("SELECT carried_from FROM task WHERE uid = :uid", {"uid": here})[0][0]
    return chain
