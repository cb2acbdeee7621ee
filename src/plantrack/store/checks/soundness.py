"""Whether what is derived is what the facts give: compared a part at a time, and never written here."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Final

from plantrack.model.views.workspace import Difference
from plantrack.model.withdrawal import withdrawn
from plantrack.store import organisations, people, plan_mirrors
from plantrack.store.advance import Advance, unheard
from plantrack.store.commands import withdrawals
from plantrack.store.connection import Connection, Row
from plantrack.store.derived_rows import (
    FITTED,
    Derived,
    HolderRow,
    PastRow,
    WithdrawnRow,
    all_made,
    rebuild,
)
from plantrack.store.scope import among
from plantrack.store.search_rows import SearchRow, said_of, text_rows
from plantrack.store.server.members import Member, standing_members
from plantrack.store.sqlite import search_index
from plantrack.store.task_rows import DERIVED

#: What is derived, by table: its columns, or all of them (None). All else is facts.
DERIVED_PARTS: Final[Mapping[str, Collection[str] | None]] = {
    **dict.fromkeys(search_index.TABLES),
    **dict.fromkeys(
        (
            "withdrawn_command",
            "task_past",
            "holder",
            "search",
            "plan",
            "area",
            "activity",
            "organisation",
            "member",
        )
    ),
    "task": DERIVED,
    "person": ("label", "merged_into"),
}


def differences(db: Connection, advance: Advance = unheard) -> Iterator[Difference]:
    """Yield every row of what is derived that is missing, too many, or other than the facts give.

    Whatever else is derived one day is compared here too; indexes, that of words too, are looked at before.
    """
    gone = withdrawn(withdrawals(db))
    yield from _of_commands(db, gone)
    known = people.known_people(db, gone)
    yield from _of_people(db, known)
    yield from _of_members(db, gone)
    yield from _of_plans(db)
    names = known.labels | organisations.recorded(db, gone).same_as
    for made in all_made(db, gone, names, advance):
        yield from _of_tasks(db, made)
    yield from _of_no_task(db)


def derive_again(db: Connection, differing: Collection[str], advance: Advance = unheard) -> None:
    """Make what is derived again, inside the caller's transaction; the mirrors of plans only where those tables differ.

    Nothing may keep a row of a mirror from being dropped while others name it.
    """
    if {*plan_mirrors.MIRRORS} & {*differing}:
        plan_mirrors.derive_mirrors(db)
    rebuild(db, advance)


def _of_commands(db: Connection, gone: Mapping[str, int]) -> Iterator[Difference]:
    columns = WithdrawnRow._fields
    found = list(
        _compared("withdrawn_command", columns, 1, _kept(db, "withdrawn_command", columns), gone.items())
    )
    theirs, params = among("uid", "u", [one.name for one in found if one.name.isascii()])  # else broken text
    labels = {r[0]: f"c{r[1]}" for r in db.query(f"SELECT uid, number FROM command WHERE {theirs}", params)}
    return (one._replace(of="command", name=labels.get(one.name, one.name)) for one in found)


def _of_people(db: Connection, known: people.KnownPeople) -> Iterator[Difference]:
    columns, labels = ("uid", "label", "merged_into"), known.labels
    meant = people.person_rows(known)
    for one in _compared("person", columns, 1, _kept(db, "person", columns), meant):
        yield one._replace(of="person", name=labels.get(one.name, one.name))


def _of_members(db: Connection, gone: Mapping[str, int]) -> Iterator[Difference]:
    columns = Member._fields
    meant = standing_members(db, gone)
    for one in _compared("member", columns, 1, _kept(db, "member", columns), meant):
        yield one._replace(of="member")


def _of_plans(db: Connection) -> Iterator[Difference]:
    for mirror in plan_mirrors.mirrors(db):
        key = len(mirror.key)
        kept = [row for row in _kept(db, mirror.table, mirror.columns) if not mirror.may_stay(row)]
        for one in _compared(mirror.table, mirror.columns, key, kept, mirror.rows):
            yield one._replace(of="organisation" if mirror.table == "organisation" else "plan")


def _of_tasks(db: Connection, made: Sequence[Derived]) -> Iterator[Difference]:
    """Compare all that is kept of some tasks."""
    labels = {each.row.uid: each.row.label for each in made}
    fields = ("uid", *FITTED, *DERIVED)
    now = [tuple(getattr(each.row, name) for name in fields) for each in made]
    past = [row for each in made for row in each.past]
    held = [row for each in made for row in each.holders]
    titles = [row for each in made for row in text_rows(each.row)]
    sought = [*titles, *said_of(db, list(labels))]
    for table, columns, key, rows, task in (
        ("task", fields, 1, now, "uid"),
        ("task_past", PastRow._fields, 2, past, "task"),
        ("holder", HolderRow._fields, 4, held, "task"),
        ("search", SearchRow._fields, 2, sought, "task"),
    ):
        theirs, params = among(f"x.{task}", "u", list(labels))
        kept = _kept(db, table, columns, theirs, params)
        for one in _compared(table, columns, key, kept, rows):
            yield one._replace(name=labels[one.name])


def _of_no_task(db: Connection) -> Iterator[Difference]:
    tables = (
        ("task_past", PastRow._fields, 2),
        ("holder", HolderRow._fields, 4),
        ("search", SearchRow._fields, 2),
    )
    for table, columns, key in tables:
        no_task = "NOT EXISTS (SELECT 1 FROM task AS t WHERE t.uid = x.task)"
        yield from _compared(table, columns, key, _kept(db, table, columns, no_task), ())


def _kept(
    db: Connection,
    table: str,
    columns: Sequence[str],
    where: str = "1 = 1",
    params: Mapping[str, object] | None = None,
) -> list[Row]:
    """Read what is kept, whatever it is: under other names, by which nothing is known of columns."""
    names = ", ".join(f"x.{name} AS kept_{name}" for name in columns)
    return db.query(f"SELECT {names} FROM {table} AS x WHERE {where}", params)


def _compared(
    table: str, columns: Sequence[str], key: int, kept: Iterable[Row], meant: Iterable[Row]
) -> Iterator[Difference]:
    """Compare rows that so many columns, the first ones, name; the first one is what they are of."""
    there = {tuple(row[:key]): tuple(row) for row in kept}
    needed = {tuple(row[:key]): tuple(row) for row in meant}
    for name in sorted({*there, *needed}, key=repr):
        if (was := there.get(name)) == (row := needed.get(name)):
            continue
        kind = "missing" if was is None else "extra" if row is None else "other"
        differ = [c for c, a, b in zip(columns, was or (), row or (), strict=False) if a != b]
        rest = "/".join(map(str, name[1:]))
        yield Difference(kind, table, "task", str(name[0]), rest, tuple(differ))
