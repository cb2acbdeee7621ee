"""Tasks in memory with all that counts of them, read many at once; what a command says is counted with it."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from plantrack.model.history import (
    END_OF_TIME,
    NO_FACTS,
    Assignment,
    Deadline,
    Facts,
    StateChange,
    Withdrawal,
    Work,
    fact_order,
    holders_on,
    state_on,
    work_on,
)
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.status import Role
from plantrack.model.task import Task
from plantrack.store import commands, facts, tasks
from plantrack.store.carry_over_links import Links, links
from plantrack.store.connection import Connection
from plantrack.store.derived_rows import Derived, derived, write_derived
from plantrack.store.scope import Scope, chunks
from plantrack.store.task_rows import TaskRow, counts, task_of, with_fields, with_state


class Kept(NamedTuple):
    """What the derived rows of a task were last made of."""

    row: TaskRow
    facts: Facts
    gone: Mapping[str, int]


class LoadedTasks:
    """Holds the rows and the facts of tasks, as they were read and as they are with what was added."""

    def __init__(self, db: Connection) -> None:
        self.db = db
        #: The commands that do not count, each with the number of the undo that took it back.
        self.gone = commands.withdrawn_commands(db)
        self._rows: dict[str, TaskRow] = {}
        self._read: dict[str, Facts] = {}
        self._now: dict[str, Facts] = {}
        self._written: dict[str, Kept] = {}
        self._links: Links | None = None

    @cached_property
    def withdrawals(self) -> list[Withdrawal]:
        """Return every undo there is."""
        return commands.withdrawals(self.db)

    def load(self, uids: Sequence[str]) -> None:
        """Read tasks and what counts of them; what was not loaded is read one by one, when it is asked for."""
        self._links = None
        for some in chunks(uids):
            found = facts.facts_of(self.db, Scope.of(some), self.gone)
            for row in tasks.own_rows(self.db, some):
                known = found.get(row.uid, NO_FACTS)
                self._written.setdefault(row.uid, Kept(row, known, self.gone))
                self.put(row, known)

    def put(self, row: TaskRow, known: Facts) -> None:
        """Hold a task with what counts of it."""
        self._rows[row.uid], self._read[row.uid] = row, known
        self._now.pop(row.uid, None)

    def any_row(self, uid: str) -> TaskRow:
        """Return a task's row as it is by now, also of one that was removed or withdrawn."""
        if uid not in self._rows:
            self.load([uid])
        return self._rows[uid]

    def facts(self, uid: str) -> Facts:
        """Return what counted of a task's history when it was read."""
        self.any_row(uid)
        return self._read[uid]

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
            self._links = links(self.db, END_OF_TIME, of=self._rows)
        return self._links

    def set_fields(self, uid: str, values: dict[str, str | None]) -> TaskRow:
        """Hold other values in columns of a row that hold text."""
        self._rows[uid] = with_fields(self.any_row(uid), values)
        return self._rows[uid]

    def add(self, uid: str, fact: StateChange | Deadline | Assignment) -> None:
        """Count a fact that was recorded after all others."""
        if uid not in self._now:
            read = self.facts(uid)
            self._now[uid] = Facts([*read.updates], [*read.deadlines], [*read.assignments])
        updates, deadlines, assignments = self._now[uid]
        if isinstance(fact, StateChange):
            updates.append(fact)
            updates.sort(key=lambda step: step.on)
        elif isinstance(fact, Deadline):
            deadlines.append(fact)
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
        for row, _, _ in now:
            updates, deadlines, assignments = self.facts_now(row.uid)
            so_far = Facts([*updates], [*deadlines], [*assignments])
            self._written[row.uid] = Kept(row, so_far, self.gone)

    def tasks_on(self, uids: Sequence[str], day: str) -> list[Task]:
        """Return those of some tasks that count and were opened by a day, as they stand on it."""
        rows = [row for row in map(self.any_row, uids) if counts(row, self.gone) and row.opened_on <= day]
        standing = [task_of(with_state(row, state_on(self.facts_now(row.uid), day))) for row in rows]
        return tasks.linked(self.db, standing, day, uids)
