"""What follows from the facts, kept so that a question need not fold them: all of it is made here.

A command writes what has become otherwise; `rebuild` drops everything and makes it again.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Final, TypeVar

from plantrack.model.grouping import chunks
from plantrack.model.history import END_OF_TIME, NO_FACTS, Facts, Holding, Work, days_of, holdings, stretches
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.status import OPEN, Role
from plantrack.model.text import fold, match_key
from plantrack.model.withdrawal import withdrawn
from plantrack.store import organisations, people, search_rows, tasks
from plantrack.store.advance import Advance, unheard
from plantrack.store.columns import field_value
from plantrack.store.commands import withdrawals
from plantrack.store.connection import Connection, insert_many
from plantrack.store.facts import changes_in, facts_of
from plantrack.store.scope import Scope, among
from plantrack.store.server import members
from plantrack.store.sqlite import search_index
from plantrack.store.task_rows import TaskRow, counts, joined, split, with_derived, with_fields

#: How many tasks are made again at once: all of them would not fit in the memory of a small machine.
_AT_ONCE = 2000
#: Fields of a task that must fit one another, and its facts: corrections of several places may not.
FITTED: Final = ("area", "activity", "follows", "opened_on")
#: The values of corrected fields.
Corrections = dict[str, str | int | None]


class PastRow(NamedTuple):
    """A stretch of a task's days before the one that stands on its row."""

    task: str
    first_day: str
    last_day: str
    status: str
    percent: int | None
    blocked: str | None
    blocked_since: str | None
    completed_on: str | None
    updated_on: str | None
    allocated: int | None
    spent: int | None
    due: str | None
    due_text: str | None
    first_due: str | None


class HolderRow(NamedTuple):
    """The days on which a party has a role in a task; a place or a tag, as words are compared, or a task before it, from the opening on."""

    task: str
    role: str
    party: str
    first_day: str
    last_day: str


class WithdrawnRow(NamedTuple):
    """A command that does not count, and the number of the undo that took it back."""

    command: str
    by_number: int


class Derived(NamedTuple):
    """All that is kept of a task: its row with its state, the stretches before that, and who holds it."""

    row: TaskRow
    past: tuple[PastRow, ...] = ()
    holders: tuple[HolderRow, ...] = ()


R = TypeVar("R", PastRow, HolderRow, WithdrawnRow)


def derived(row: TaskRow, facts: Facts, gone: Mapping[str, int]) -> Derived:
    """Return all that is kept of a task, from its facts that count; `gone`: the commands that were taken back."""
    *past, last = stretches(facts, row.opened_on)
    held = [*holdings(facts.assignments, row.opened_on)]
    has = [joined(h.party for h in held if h.role is role and h.last_day == END_OF_TIME) for role in Role]
    counted = counts(row, gone)
    is_open = int(counted and last.work.status in OPEN)
    kept = (fold(row.title), *_plain(last.work), *last.due, *has, int(counted), is_open, last.first_day)
    before = (PastRow._make((row.uid, s.first_day, s.last_day, *_plain(s.work), *s.due)) for s in past)
    return Derived(with_derived(row, kept), tuple(before), tuple(_holders(row, held)))


def _plain(work: Work) -> tuple[object, ...]:
    """Return work as columns hold it."""
    return work.status.value, *work[1:]


def _holders(row: TaskRow, held: Iterable[Holding]) -> Iterator[HolderRow]:
    for holding in held:
        yield HolderRow._make((row.uid, holding.role.value, *holding[1:]))
    for role, texts in (("place", row.places), ("tag", row.tags)):
        for party in dict.fromkeys(map(match_key, split(texts))):
            yield HolderRow(row.uid, role, party, row.opened_on, END_OF_TIME)
    for before in split(row.after):
        yield HolderRow(row.uid, "after", before, row.opened_on, END_OF_TIME)


def write_derived(db: Connection, before: Sequence[Derived], now: Sequence[Derived]) -> None:
    """Write what became otherwise of some tasks, but for their rows; `before`: what was written of them."""
    _write(db, "task_past", 2, [r for d in before for r in d.past], [r for d in now for r in d.past])
    _write(db, "holder", 4, [r for d in before for r in d.holders], [r for d in now for r in d.holders])
    search_rows.write_own(db, [d.row for d in before], [d.row for d in now])


def write_withdrawn(db: Connection, before: Mapping[str, int], now: Mapping[str, int]) -> None:
    """Write which commands do not count."""
    was, rows = ([WithdrawnRow(*pair) for pair in gone.items()] for gone in (before, now))
    _write(db, "withdrawn_command", 1, was, rows)


def _write(db: Connection, table: str, key: int, before: Sequence[R], now: Sequence[R]) -> None:
    """Take away and add what became otherwise; so many columns, the first ones, name a row."""
    written, there = {*before}, {row[:key] for row in now}
    if gone := [row for row in before if row[:key] not in there]:
        this = " AND ".join(f"{name} = ?" for name in gone[0]._fields[:key])
        db.executemany(f"DELETE FROM {table} WHERE {this}", [row[:key] for row in gone])
    if new := [row for row in now if row not in written]:
        columns = new[0]._fields
        insert_many(db, table, columns, new, key=", ".join(columns[:key]))


def rebuild(db: Connection, advance: Advance = unheard) -> None:
    """Drop all that is derived and make it again from the facts, inside the caller's transaction."""
    members.derive_members(db)
    search_index.drop(db)
    db.execute("DELETE FROM search")
    for made in derive_all(db, advance):
        search_rows.insert_rows(db, search_rows.said_of(db, [each.row.uid for each in made]))
    search_index.make(db)


def derive_all(db: Connection, advance: Advance = unheard) -> Iterator[list[Derived]]:
    """Make again all that is derived but what search finds of updates; yield each part when it is written."""
    for table in ("withdrawn_command", "task_past", "holder"):
        db.execute(f"DELETE FROM {table}")
    gone = withdrawn(withdrawals(db))
    write_withdrawn(db, {}, gone)
    derive_parties(db)
    for made in all_made(db, gone, {}, advance):
        tasks.update_tasks(db, [each.row for each in made], FITTED)
        write_derived(db, [], made)
        yield made


def derive_tasks(db: Connection, uids: Iterable[str], gone: Mapping[str, int]) -> None:
    """Make again all that is derived of some tasks; a field that was corrected has what its last correction made it."""
    for some in chunks(uids):
        theirs, params = among("task", "u", some)
        for table in ("task_past", "holder", "search"):
            db.execute(f"DELETE FROM {table} WHERE {theirs}", params)
        values = last_values(db, some)
        found = facts_of(db, Scope.of(some), gone)
        made = [
            derived(corrected(row, values.get(row.uid, {}), facts), facts, gone)
            for row in tasks.own_rows(db, some)
            for facts in (found.get(row.uid, NO_FACTS),)
        ]
        tasks.update_tasks(db, [each.row for each in made], {f for own in values.values() for f in own})
        write_derived(db, [], made)
        search_rows.insert_rows(db, search_rows.said_of(db, some))


def last_values(db: Connection, uids: Sequence[str]) -> dict[str, Corrections]:
    """Return the values of the corrected fields of some tasks, as their last corrections have them.

    Area and activity are one value: a correction of either, from another place, may leave no room for the other one.
    """
    found: dict[str, Corrections] = {}
    for change in changes_in(db, Scope.of(uids)):
        own = found.setdefault(change.task, {})
        own[change.field] = field_value(change.field, change.new)
        if change.field in ("area", "activity") and {"area", "activity"} <= own.keys():
            _fit_place(own, change.field)
    return found


def _fit_place(own: Corrections, corrected: str) -> None:
    """Let the area be that of the activity; of an area that was corrected an activity elsewhere is none."""
    area = _area_of(str(own["area"]), own["activity"])
    if corrected == "activity":
        own["area"] = area
    elif area != own["area"]:
        own.update(dict.fromkeys({"follows"} & own.keys(), ""), activity=None)


def corrected(row: TaskRow, values: Corrections, facts: Facts) -> TaskRow:
    """Return a row with what corrections made its fields; its opening is no later than any fact that counts."""
    row = with_fields(row, values)
    if "opened_on" in values and (first := first_day(row, facts)) is not None:
        row = row._replace(opened_on=min(first, row.opened_on))
    return row


def fitted_rows(db: Connection, uids: Collection[str]) -> dict[str, TaskRow]:
    """Return the rows of some corrected tasks as their corrections and facts make them."""
    if not uids:
        return {}
    some, gone = sorted(uids), withdrawn(withdrawals(db))
    values, found = last_values(db, some), facts_of(db, Scope.of(some), gone)
    rows = tasks.own_rows(db, some)
    return {row.uid: corrected(row, values.get(row.uid, {}), found.get(row.uid, NO_FACTS)) for row in rows}


def _area_of(area: str, activity: str | int | None) -> str:
    """Return the area in which a task can be: that of its activity, if it has one."""
    return area if activity is None else str(activity).rpartition(".")[0]


def first_day(row: TaskRow, facts: Facts) -> str | None:
    """Return the first day that a fact speaks of, but for what came with the opening: a carry-over's are older."""
    return min(days_of(facts, after=row.recorded_at), default=None)


def _fits(row: TaskRow, facts: Facts) -> bool:
    """Return whether the fields of a task fit one another, and its facts."""
    first = first_day(row, facts)
    return _area_of(row.area, row.activity) == row.area and (first is None or first >= row.opened_on)


def derive_parties(db: Connection) -> None:
    """Bring the rows of people and organisations in line with the facts; those of their tasks are written beside it."""
    organisations.derive_rows(db)
    people.derive_labels(db)


def all_made(
    db: Connection, gone: Mapping[str, int], names: Mapping[str, str], advance: Advance
) -> Iterator[list[Derived]]:
    """Yield what the facts give of all tasks, some at a time.

    Nothing that is derived is read for it, but the names of parties where they are not given by their uids.
    """
    total, done, last = tasks.how_many(db), 0, ""
    while rows := tasks.own_fields_after(db, last, _AT_ONCE):
        found = facts_of(db, Scope.of([row.uid for row in rows]), gone, names)
        known = [(row, found.get(row.uid, NO_FACTS)) for row in rows]
        unfit = [row.uid for row, facts in known if not _fits(row, facts)]
        values = {uid: own for some in chunks(unfit) for uid, own in last_values(db, some).items()}
        yield [derived(corrected(row, values.get(row.uid, {}), facts), facts, gone) for row, facts in known]
        done, last = done + len(rows), rows[-1].uid
        advance(done / total)
