"""Which tasks go on with those of an earlier plan, and which hang together."""

from collections.abc import Collection, Iterator

from plantrack.model.grouping import CHUNK, chunks
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.task import task_label
from plantrack.store.connection import Asked, Connection
from plantrack.store.scope import among
from plantrack.store.task_rows import split


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


def has_links(db: Connection) -> bool:
    """Return whether any task goes on with another one: in most databases none does."""
    return bool(db.query("SELECT 1 FROM task WHERE carried_from IS NOT NULL LIMIT :n", {"n": 1}))


def links(db: Connection, day: str, of: Collection[str] | None = None) -> Links:
    """Return the carry-overs that stood on a day; with `of` those of some tasks (and, of many, of all)."""
    return ask_links(db, day, of)()


def ask_links(db: Connection, day: str, of: Collection[str] | None = None) -> Asked[Links]:
    """Ask for what `links` returns."""
    condition = "n.opened_on <= :day AND n.counted = 1"
    params: dict[str, object] = {"day": day}
    if of is not None and len(of) <= CHUNK:
        (new, uids), (old, _) = among("n.uid", "u", of), among("n.carried_from", "u", of)
        condition = f"{condition} AND ({new} OR {old})"
        params.update(uids)
    pairs = _ask_pairs(db, condition, params)

    def read() -> Links:
        found = pairs()
        return Links({p.new.uid: p.old for p in found}, {p.old.uid: p.new for p in found})

    return read


def not_carried_into(plans: Collection[str]) -> tuple[str, dict[str, object]]:
    """Return the condition on tasks `t` that they do not go on, on `:day`, in any of some plans."""
    theirs, params = among("n.plan", "p", plans)
    went = f"n.carried_from = t.uid AND n.counted = 1 AND n.opened_on <= :day AND {theirs}"
    return f"NOT EXISTS (SELECT 1 FROM task AS n WHERE {went})", params


def pairs_of(db: Connection, olds: Collection[str]) -> list[Pair]:
    """Return the carry-overs of some tasks that others go on with, also those that do not count."""
    return [
        pair
        for some in chunks(sorted(olds))
        for pair in _ask_pairs(db, *among("n.carried_from", "u", some))()
    ]


def _ask_pairs(db: Connection, condition: str, params: dict[str, object]) -> Asked[list[Pair]]:
    rows = db.ask(
        "SELECT n.uid, n.site, n.number, n.plan, o.uid, o.site, o.number, o.plan, n.command, n.opened_on, n.removed, "
        "o.removed FROM task AS n JOIN task AS o ON o.uid = n.carried_from "
        f"WHERE n.carried_from IS NOT NULL AND {condition}",
        params,
    )
    return lambda: [Pair(_link(*r[:4]), _link(*r[4:8]), *r[8:]) for r in sorted(rows(), key=lambda r: r[2])]


def _link(uid: str, site: str, number: int, plan: str) -> Link:
    return Link(uid, task_label(site, number), plan)


def family_of(db: Connection, uids: Collection[str]) -> set[str]:
    """Return some tasks with all that hang together with them.

    Those they go on with or as, through the years; those of their series; those that they wait for, or ever did.
    """
    family, new = set(uids), set(uids)
    while new:
        new = {uid for some in chunks(sorted(new)) for uid in _relatives(db, some)} - family
        family |= new
    return family


def _relatives(db: Connection, uids: Collection[str]) -> Iterator[str]:
    own, params = among("uid", "u", uids)
    linked = [own, *(among(link, "u", uids)[0] for link in ("carried_from", "occurrence_of"))]
    rows = db.query(
        f"SELECT uid, carried_from, occurrence_of, after FROM task WHERE {' OR '.join(linked)}", params
    )
    theirs, params = among("c.task", "u", uids)
    before = db.query(
        f"SELECT c.old_value FROM change AS c WHERE {theirs} AND c.field = :field",
        {**params, "field": "after"},
    )
    for *links, after in [*rows, *before]:
        yield from filter(None, (*links, *split(after or "")))


def with_ancestors(db: Connection, uid: str) -> list[str]:
    """Return a task and the one it goes on with, and so on through the years."""
    chain: list[str] = []
    here: str | None = uid
    while here is not None:
        chain.append(here)
        here = db.query("SELECT carried_from FROM task WHERE uid = :uid", {"uid": here})[0][0]
    return chain
