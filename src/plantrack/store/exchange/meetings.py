"""Facts of several places that meet: of one series two open tasks, words on a removed task, two values, two organisations.

Places are told apart by the sites of commands; what `arrived` is what a bundle brought.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import combinations, pairwise
from operator import attrgetter
from typing import Any, Final

from plantrack.model.grouping import chunks, grouped
from plantrack.model.history import END_OF_TIME, Assignment, Deadline, Update, fact_order
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.status import Role, Status
from plantrack.model.text import match_key
from plantrack.store import commands, organisations, tasks
from plantrack.store.columns import ORG_SET
from plantrack.store.commands import Command, commands_by_uid
from plantrack.store.connection import Connection
from plantrack.store.facts import assignments_in, changes_in, deadlines_in, parts_in, steps_in, updates_in
from plantrack.store.organisations import OrganisationFact
from plantrack.store.questions.task_relations import series_of
from plantrack.store.scope import Scope, among
from plantrack.store.task_rows import TaskRow, split

#: The fields of which a person gives a value, and reads it back.
_FIELDS: Final = {
    *("area", "activity", "title", "start_day", "priority", "deliverable", "opened_on"),
    *("budget", "budget_source", "every", "every_until"),
}


class RemovalMet(NamedTuple):
    """A task that was removed, and what was recorded of it elsewhere: the commands, and what they report."""

    row: TaskRow
    removal: Command
    commands: tuple[Command, ...]
    #: By command.
    updates: Mapping[str, Update]
    #: Whether it is sure that nobody had any of them where the task was removed.
    is_unseen: bool


class GivenValue(NamedTuple):
    """A value that a command gave a field; `on`: the day from which an extension of a deadline counts."""

    command: Command
    value: str | None
    on: str | None = None


class ValuesMet(NamedTuple):
    """A field that was corrected at several places: the last value of each, the one that stands last."""

    task: str
    field: str
    values: tuple[GivenValue, ...]


class OrganisationsMet(NamedTuple):
    """An id under which several places added an organisation, each its own; the plan's stands, else what was said last."""

    id: str
    #: The last addition of each place, in their order.
    added: tuple[tuple[Command, OrganisationFact], ...]
    name: str
    level: str | None
    in_plan: bool


def two_open(db: Connection, touched: Collection[str]) -> Iterator[list[TaskRow]]:
    """Yield the open tasks of each series that has several of them and to which some tasks belong: the hub's first."""
    firsts = set[str]()
    for some in chunks(sorted(touched)):
        theirs, params = among("t.uid", "u", some)
        asked = (
            "SELECT COALESCE(t.occurrence_of, t.uid) AS first FROM task AS t "
            f"WHERE {theirs} AND t.is_open = 1 AND (t.every IS NOT NULL OR t.occurrence_of IS NOT NULL)"
        )
        firsts |= {r[0] for r in db.query(asked, params)}
    for some in chunks(sorted(firsts)):
        for series in series_of(db, some, END_OF_TIME).values():
            still = [each.uid for each in series if each.is_open]
            if len(still) > 1:
                rows = tasks.own_rows(db, still)
                yield sorted(rows, key=lambda row: (row.site != "", row.recorded_at, row.uid))


def removals_met(db: Connection, touched: Collection[str], arrived: Collection[str]) -> Iterator[RemovalMet]:
    """Yield those of some tasks that do not count whose removal arrived, or what another place said of them."""
    for some in chunks(sorted(touched)):
        gone = [row for row in tasks.own_rows(db, some) if not row.counted]
        if not gone:
            continue
        removals, said = _removals(db, gone), _said(db, gone)
        by = commands_by_uid(db, {uid for own in said.values() for uid in own})
        for row in gone:
            if (removal := removals.get(row.uid)) is None:
                continue
            updates = {uid: u for uid, u in said.get(row.uid, {}).items() if u is not None}
            seen = _seen_before(removal, by, updates)
            met = (by[uid] for uid in said.get(row.uid, {}) if _met(by[uid], removal, arrived))
            told = sorted(
                (one for one in met if one.recorded_at > seen.get(one.site, "")),
                key=attrgetter("recorded_at"),
            )
            if told or (removal.uid in arrived and row.command not in arrived):
                is_unseen = removal.uid not in arrived or all(
                    one.recorded_at > removal.recorded_at for one in told
                )
                yield RemovalMet(row, removal, tuple(told), updates, is_unseen)


def _seen_before(
    removal: Command, by: Mapping[str, Command], updates: Mapping[str, Update]
) -> dict[str, str]:
    """Return up to which moment each place's commands were surely known where a task was removed, and when.

    Its reports there were made on others, and whoever has a command has all before it of that place. Commands are
    recorded after all that is known there, too.
    """
    of_update = {update.uid: by[command] for command, update in updates.items()}
    seen: dict[str, str] = {}
    for command, update in updates.items():
        base = of_update.get(update.base or "")
        if base and by[command].site == removal.site and by[command].recorded_at < removal.recorded_at:
            seen[base.site] = max(seen.get(base.site, ""), base.recorded_at)
    return seen


def _met(one: Command, other: Command, arrived: Collection[str]) -> bool:
    """Return whether commands are of two places and one of them came to the other now."""
    return one.site != other.site and (one.uid in arrived) != (other.uid in arrived)


def _removals(db: Connection, gone: Sequence[TaskRow]) -> dict[str, Command]:
    """Return what took some tasks away: their removal, else the undo of their opening."""
    uids = [row.uid for row in gone]
    by = {c.task: c.command for c in changes_in(db, Scope.of(uids)) if c.field == "removed"}
    removed = {row.uid: by[row.uid] for row in gone if row.removed is not None and row.uid in by}
    found = commands_by_uid(db, removed.values())
    undone = commands.undone_by(db, [row.command for row in gone if row.uid not in removed])
    taken_back = {
        row.uid: undo
        for row in gone
        if row.command in undone and (undo := commands.command(db, undone[row.command]))
    }
    return taken_back | {uid: found[command] for uid, command in removed.items()}


def _said(db: Connection, gone: Sequence[TaskRow]) -> dict[str, dict[str, Update | None]]:
    """Return the commands that say anything of some tasks and stand, with what they report, by task."""
    scope = Scope.of([row.uid for row in gone]).standing()
    opened = {(row.uid, row.command) for row in gone}
    facts: list[Any] = [
        *(deadlines_in(db, scope) + assignments_in(db, scope) + parts_in(db, scope)),
        *(change for change in changes_in(db, scope) if change.field != "removed"),
    ]
    found: dict[str, dict[str, Update | None]] = {}
    for fact in facts:
        if (fact.task, fact.command) not in opened:
            found.setdefault(fact.task, {})[fact.command] = None
    for update in updates_in(db, scope):
        found.setdefault(update.task, {})[update.command] = update
    return found


class TakenAway(NamedTuple):
    """The tasks that were known and, by what arrived, are dropped now, or in another area."""

    dropped: tuple[TaskRow, ...]
    moved: tuple[TaskRow, ...]


def taken_away(db: Connection, arrived: Collection[str]) -> TakenAway:
    """Return what arrived took out of the work of others, in the order of the labels."""
    dropped, moved = set[str](), set[str]()
    for some in chunks(sorted(arrived)):
        scope = Scope.of_commands(some).standing()
        dropped |= {step.task for step in steps_in(db, scope) if step.status == Status.DROPPED}
        moved |= {change.task for change in changes_in(db, scope) if change.field == "area"}
    rows = [
        row for row in tasks.own_rows_of(db, dropped | moved) if row.counted and row.command not in arrived
    ]
    rows.sort(key=lambda row: (row.site, row.number))
    return TakenAway(
        tuple(row for row in rows if row.uid in dropped and row.status == Status.DROPPED),
        tuple(row for row in rows if row.uid in moved),
    )


def two_values(db: Connection, touched: Collection[str], arrived: Collection[str]) -> Iterator[ValuesMet]:
    """Yield the fields of some tasks that count which were corrected at several places, where one of the two arrived.

    Organisations to which several places gave the lead all have it: of these each is told.
    """
    for some in chunks(sorted(touched)):
        rows = {row.uid: row for row in tasks.own_rows(db, some) if row.counted}
        scope = Scope.of([*rows])
        changes = [c for c in changes_in(db, scope) if c.field in _FIELDS]
        given = [(f.task, f) for f in deadlines_in(db, scope.standing()) if f.command != rows[f.task].command]
        led = [
            (f.task, f)
            for f in assignments_in(db, scope.standing())
            if f.role is Role.LEAD
            and f.holds
            and f.party in split(rows[f.task].lead)
            and f.command != rows[f.task].command
        ]
        named = {f.command for _, f in given} | {f.command for _, f in led}
        by = commands_by_uid(db, {c.command for c in changes} | named)
        for (task, field), own in grouped(((c.task, c.field), c) for c in changes).items():
            unseen = (
                one.new != after.old and _met(by[one.command], by[after.command], arrived)
                for one, after in pairwise(own)
            )
            if any(unseen):
                values = _last_of_each([GivenValue(by[c.command], c.new) for c in own])
                if len({each.value for each in values}) > 1:
                    yield ValuesMet(task, field, values)
        yield from _two_deadlines(grouped(given), by, arrived)
        yield from _two_leads(grouped(led), by, arrived)


def _two_deadlines(
    given: Mapping[str, Sequence[Deadline]], by: Mapping[str, Command], arrived: Collection[str]
) -> Iterator[ValuesMet]:
    """Yield the deadlines that several places set; whether one saw the other's nobody noted."""
    for task, own in given.items():
        values = _last_of_each(
            [GivenValue(by[f.command], f.due or f.due_text, f.on) for f in sorted(own, key=fact_order)]
        )
        met = any(_met(one.command, values[-1].command, arrived) for one in values[:-1])
        if met and len({each.value for each in values}) > 1:
            yield ValuesMet(task, "due", values)


def _two_leads(
    led: Mapping[str, Sequence[Assignment]], by: Mapping[str, Command], arrived: Collection[str]
) -> Iterator[ValuesMet]:
    """Yield the leads that several places gave; whether one saw the other's nobody noted."""
    for task, own in led.items():
        leads = {fact.party: GivenValue(by[fact.command], fact.party) for fact in own}
        given = [each.command for each in leads.values()]
        if any(_met(one, other, arrived) for one, other in combinations(given, 2)):
            yield ValuesMet(task, "lead", tuple(leads.values()))


def two_organisations(db: Connection, arrived: Collection[str]) -> Iterator[OrganisationsMet]:
    """Yield the ids under which an organisation arrived that is another one here."""
    facts = organisations.named(db)
    by = commands_by_uid(db, {fact.command for fact in facts})
    added = grouped((fact.organisation, fact) for fact in facts if by[fact.command].verb != ORG_SET)
    came = [id for id, own in added.items() if any(fact.command in arrived for fact in own)]
    rows: dict[str, tuple[str, int]] = {}
    for some in chunks(came):
        theirs, params = among("o.id", "o", some)
        asked = f"SELECT o.id, o.name, o.in_plan FROM organisation AS o WHERE {theirs}"
        rows |= {id: (name, in_plan) for id, name, in_plan in db.query(asked, params)}
    stands = organisations.recorded(db).added
    for id in came:
        own = [*{by[fact.command].site: fact for fact in added[id]}.values()]
        name, in_plan = rows[id]
        if in_plan:
            met = any(
                match_key(fact.name or "") != match_key(name) for fact in own if fact.command in arrived
            )
        else:
            met = any(
                _met(by[one.command], by[other.command], arrived) and _are_two(one, other)
                for one, other in combinations(own, 2)
            )
        if met:
            pairs = tuple(
                (by[fact.command], fact) for fact in sorted(own, key=attrgetter("recorded_at", "uid"))
            )
            yield OrganisationsMet(id, pairs, name, None if in_plan else stands[id].level, bool(in_plan))


def _are_two(one: OrganisationFact, other: OrganisationFact) -> bool:
    """Return whether two additions say otherwise of an organisation."""
    levels = {fact.level for fact in (one, other) if fact.level}
    return match_key(one.name or "") != match_key(other.name or "") or len(levels) > 1


def _last_of_each(values: Sequence[GivenValue]) -> tuple[GivenValue, ...]:
    """Return the last value of each place, in their order."""
    last = {each.command.site: each for each in values}
    return tuple(each for each in values if last[each.command.site] is each)
