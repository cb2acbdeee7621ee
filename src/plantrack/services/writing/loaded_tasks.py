"""Tasks in memory with all that counts of them, read many at once; what a command says is counted with it."""

from collections.abc import Iterable, Mapping, Sequence

from plantrack.model.grouping import chunks
from plantrack.model.history import (
    END_OF_TIME,
    NO_FACTS,
    Assignment,
    Deadline,
    Facts,
    PartFact,
    StateChange,
    Work,
    fact_order,
    holders_on,
    parts_on,
    state_on,
    work_on,
)
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.status import OPEN, Role, Status
from plantrack.model.task import Task
from plantrack.model.withdrawal import Withdrawal, withdrawn
from plantrack.store import commands, facts, tasks
from plantrack.store.carry_over_links import Links, links
from plantrack.store.connection import Asked, Connection
from plantrack.store.derived_rows import Derived, derived, write_derived
from plantrack.store.questions.task_relations import NamedTask, named_tasks, related, uids_named_by
from plantrack.store.scope import Scope
from plantrack.store.task_rows import TaskRow, counts, task_of, with_fields, with_state


class Kept(NamedTuple):
    """What the derived rows of a task were last made of."""

    row: TaskRow
    facts: Facts
    gone: Mapping[str, int]


def _copied(facts: Facts) -> Facts:
    """Return the facts in other lists."""
    return Facts([*facts.updates], [*facts.deadlines], [*facts.assignments], [*facts.parts])


#: The rows of some tasks, each with the number of the undo that took back its opening, and the facts of them.
_TasksAsked = tuple[Asked[list[tuple[TaskRow, int | None]]], Asked[dict[str, Facts]]]
#: What was asked, by the tasks that it was asked of.
ForeseenTasks = dict[frozenset[str], _TasksAsked]


def ask_foreseen(db: Connection, uids: Sequence[str]) -> ForeseenTasks:
    """Ask a server for tasks that will be loaded, along with what is asked before; a file is asked for what is loaded."""
    return {frozenset(some): _ask(db, some, {}) for some in chunks(uids)} if db.is_remote else {}


def _ask(db: Connection, uids: Sequence[str], gone: Mapping[str, int]) -> _TasksAsked:
    return tasks.ask_rows_to_change(db, uids), facts.ask_facts(db, Scope.of(uids).standing(gone), {})


class LoadedTasks:
    """Holds the rows and the facts of tasks, as they were read and as they are with what was added."""

    def __init__(self, db: Connection, foreseen: ForeseenTasks | None = None) -> None:
        self.db = db
        self._foreseen = foreseen or {}
        #: The undos that hang together with a command that is to be taken back.
        self.withdrawals: list[Withdrawal] = []
        #: The commands that do not count, as far as they opened what is held here or hang together with that command:
        #: each with the number of the undo that took it back.
        self.gone: dict[str, int] = {}
        self._rows: dict[str, TaskRow] = {}
        self._known: dict[str, Facts] = {}
        self._read: dict[str, Facts] = {}
        self._now: dict[str, Facts] = {}
        #: The tasks whose facts of now are in lists of their own, to be added to.
        self._own: set[str] = set()
        self._written: dict[str, Kept] = {}
        self._links: Links | None = None

    def look_around(self, command: str) -> None:
        """Read what hangs together with a command that is to be taken back, before its tasks are loaded."""
        self.withdrawals = commands.withdrawals_around(self.db, command)
        self.gone = self.withdrawn
        self._foreseen = {}

    def load(self, uids: Sequence[str]) -> None:
        """Read tasks and what counts of them; what was not loaded is read one by one, when it is asked for.

        With what hangs together with a command that is to be taken back, also what may count again after it.
        """
        self._links = None
        for some in chunks(uids):
            foreseen = self._foreseen.pop(frozenset(some), None)
            rows_asked, known_asked = foreseen or _ask(self.db, some, self.withdrawn)
            rows, known = rows_asked(), known_asked()
            self.gone = {**self.gone, **{row.command: by for row, by in rows if by is not None}}
            for row, _ in rows:
                self.put(row, known.get(row.uid, NO_FACTS))
                self._written.setdefault(row.uid, Kept(row, self._read[row.uid], self.gone))

    def load_also(self, uids: Iterable[str]) -> None:
        """Read those tasks that are not held yet."""
        self.load([uid for uid in dict.fromkeys(uids) if uid not in self._rows])

    def name_anew(self, uids: Sequence[str], names: Mapping[str, str]) -> None:
        """Hold tasks with the names that their parties have by now, by uid or id; derived are those they had so far."""
        self.load_also(uids)
        known = facts.facts_of(self.db, Scope.of(uids).standing(self.withdrawn), {}, names)
        for uid in uids:
            self.put(self._rows[uid], known.get(uid, NO_FACTS))

    def put(self, row: TaskRow, known: Facts) -> None:
        """Hold a task with what is known of it."""
        self._rows[row.uid], self._known[row.uid] = row, known
        self._count(row.uid)

    def _count(self, uid: str) -> None:
        """Count what was not taken back."""
        known = self._known[uid]
        self._read[uid] = known.without(self.gone) if self.gone else known
        self._now.pop(uid, None)
        self._own.discard(uid)

    def take_back(self, withdrawal: Withdrawal) -> None:
        """Count what counts once a command is taken back, out of what was read before."""
        self.gone = self.gone_after(withdrawal.target, withdrawal)
        self.withdrawals.append(withdrawal)
        for uid in self._rows:
            self._count(uid)

    def gone_after(self, target: str, by: Withdrawal | None = None) -> dict[str, int]:
        """Return what does not count once a command is taken back too (by nobody yet), the last of all."""
        then = withdrawn([*self.withdrawals, by or Withdrawal("", target, END_OF_TIME, 0)])
        before = self.withdrawn
        return {**{command: n for command, n in self.gone.items() if command not in before}, **then}

    @property
    def withdrawn(self) -> dict[str, int]:
        """Return what does not count of all that hangs together with a command that is to be taken back."""
        return withdrawn(self.withdrawals)

    @property
    def rows(self) -> Iterable[TaskRow]:
        """Return the rows of all tasks that are held, as they are by now."""
        return self._rows.values()

    def any_row(self, uid: str) -> TaskRow:
        """Return a task's row as it is by now, also of one that was removed or withdrawn."""
        if uid not in self._rows:
            self.load([uid])
        return self._rows[uid]

    def facts(self, uid: str) -> Facts:
        """Return what counted of a task's history when it was read."""
        self.any_row(uid)
        return self._read[uid]

    def known(self, uid: str) -> Facts:
        """Return what was read of a task's history: what counts, and what a command hangs together with."""
        self.any_row(uid)
        return self._known[uid]

    def facts_now(self, uid: str) -> Facts:
        """Return what counts of a task's history by now."""
        return self._now.get(uid) or self.facts(uid)

    def work(self, uid: str, day: str) -> Work:
        """Return what a task's updates said on a day when it was read."""
        return work_on(self.facts(uid).updates, day)

    def holds(self, uid: str, role: Role, party: str, day: str | None) -> bool:
        """Return whether a party has a role in a task on a day (none: at its opening), by now."""
        return party in getattr(holders_on(self.facts_now(uid).assignments, day or ""), role)

    @property
    def links(self) -> Links:
        """Return the carry-overs of all tasks that are held."""
        if self._links is None:
            carried = self.carried(self._rows.values())
            self._links = links(self.db, END_OF_TIME, of=carried) if carried else Links({}, {})
        return self._links

    def carried(self, rows: Iterable[TaskRow]) -> set[str]:
        """Return the tasks that others may go on with, out of some and those that these go on with."""
        rows = [row for row in rows if self._may_be_carried(row.uid)]
        return {row.uid for row in rows} | {row.carried_from for row in rows if row.carried_from is not None}

    def _may_be_carried(self, uid: str) -> bool:
        """Return whether a task goes on with another one, or as one: then an update says so."""
        said = (*self._known[uid].updates, *self.facts_now(uid).updates)
        return self._rows[uid].carried_from is not None or any(
            step.status == Status.CARRIED_OVER for step in said
        )

    def set_fields(self, uid: str, values: dict[str, str | int | None]) -> TaskRow:
        """Hold other values in columns of a row."""
        self._rows[uid] = with_fields(self.any_row(uid), values)
        return self._rows[uid]

    def add(self, uid: str, fact: StateChange | Deadline | Assignment | PartFact) -> None:
        """Count a fact that was recorded after all others."""
        if uid not in self._own:
            self._own.add(uid)
            self._now[uid] = _copied(self.facts_now(uid))
        updates, deadlines, assignments, parts = self._now[uid]
        if isinstance(fact, StateChange):
            updates.append(fact)
            updates.sort(key=lambda step: step.on)
        elif isinstance(fact, Deadline):
            deadlines.append(fact)
        elif isinstance(fact, PartFact):
            parts.append(fact)
            parts.sort(key=fact_order)
        else:
            assignments.append(fact)
            assignments.sort(key=fact_order)

    def derived(self, uids: Iterable[str]) -> list[Derived]:
        """Return what is to be kept of tasks."""
        return [derived(self.any_row(uid), self.facts_now(uid), self.gone) for uid in uids]

    def write_derived(self, now: Sequence[Derived]) -> None:
        """Write what became otherwise of tasks since they were read or written."""
        before = [derived(*self._written[each.row.uid]) for each in now if each.row.uid in self._written]
        write_derived(self.db, before, now)
        self._links = None
        for row, _, _ in now:
            self._written[row.uid] = Kept(row, self.facts_now(row.uid), self.gone)
            self._own.discard(row.uid)

    def tasks_on(self, uids: Sequence[str], day: str) -> list[Task]:
        """Return those of some tasks that count and were opened by a day, as they stand on it."""
        rows = [row for row in map(self.any_row, uids) if counts(row, self.gone) and row.opened_on <= day]
        standing = [self._task_on(row, day) for row in rows]
        linked = tasks.with_links(standing, self.links)
        return related(linked, {row.uid: row for row in rows}, self._named_by(rows, day))

    def _named_by(self, rows: Sequence[TaskRow], day: str) -> Mapping[str, NamedTask]:
        """Return the tasks that some rows name, as they are on a day: those that are held, and others."""
        uids = uids_named_by(rows)
        held = {uid: self._named(self._rows[uid], day) for uid in uids if uid in self._rows}
        return {**named_tasks(self.db, uids - {*held}, day), **held}

    def _named(self, row: TaskRow, day: str) -> NamedTask:
        is_open = work_on(self.facts_now(row.uid).updates, day).status in OPEN
        return NamedTask(row.label, counts(row, self.gone), is_open)

    def _task_on(self, row: TaskRow, day: str) -> Task:
        facts = self.facts_now(row.uid)
        return task_of(with_state(row, state_on(facts, day)))._replace(parts=parts_on(facts.parts, day))
