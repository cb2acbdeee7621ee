"""History: what each command changed, field by field, withdrawn commands too."""

from collections.abc import Collection, Iterable
from itertools import chain
from typing import Any

from plantrack.model.grouping import grouped
from plantrack.model.history import Assignment, Deadline, Update, Withdrawal, work_on
from plantrack.model.indicator import Measured, written_out
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.views.log import Log, LogEntry
from plantrack.services.context import Context, task_uids
from plantrack.store import commands, facts, indicators, plans, tasks
from plantrack.store.carry_over_links import with_ancestors
from plantrack.store.facts import Change
from plantrack.store.plans import Revision
from plantrack.store.scope import Scope
from plantrack.store.task_rows import TaskRow

#: What a task is opened with, in the order in which a log shows it.
_AT_OPENING = (
    *("title", "carried_from", "area", "activity", "start_day"),
    *("priority", "deliverable", "places", "tags"),
)
#: The texts of an update that a log shows, in the order in which it does.
_SAID = ("result", "next", "proposal", "answered", "reason", "told_by", "note", "evidence")


def log(context: Context, task: str | None = None) -> Log:
    """Return the history of a task and of those it goes on with, or of everything; the newest command first.

    Raises: those of `task_uids`.
    """
    if task is not None:
        return log_of(context, Scope.of(with_ancestors(context.db, task_uids(context, [task])[0])))
    return log_of(context, Scope.of_plan(context.plan.id), with_plans=True)


def log_of(
    context: Context, scope: Scope, *, with_plans: bool = False, by: Collection[str] | None = None
) -> Log:
    """Return the history of the facts in a scope; with `by`, also what these commands changed besides tasks."""
    read = _read(context, scope, with_plans=with_plans, by=by)
    builder = _LogBuilder(context, read)
    builder.openings()
    builder.updates()
    builder.deadlines()
    builder.assignments()
    for change in read.changes:
        builder.add(change.command, change.task, change.field, change.old, change.new, None)
    builder.indicators(by)
    builder.plans()
    builder.undoings()
    return Log(context.heading, tuple(builder.sorted()), dict(builder.known.values()))


class _Read(NamedTuple):
    """The facts that a log tells of."""

    openings: list[TaskRow]
    updates: list[Update]
    deadlines: list[Deadline]
    assignments: list[Assignment]
    changes: list[Change]
    #: All that was measured of the plan's indicators, where some of it is told; what the old values were follows.
    measured: list[Measured]
    revisions: list[Revision]
    #: What was taken back of it, and the undos of these undos.
    withdrawals: list[Withdrawal]

    def commands(self) -> set[str]:
        """Return the commands that are told of."""
        told: list[Iterable[Any]] = [*self]
        return {fact.command for fact in chain(*told)} | {w.target for w in self.withdrawals}

    def tasks(self) -> set[str]:
        """Return the tasks that are told of."""
        told: list[Iterable[Any]] = [self.updates, self.deadlines, self.assignments, self.changes]
        return {fact.task for fact in chain(*told)} | {
            uid for row in self.openings for uid in (row.uid, row.carried_from) if uid
        }


def _read(context: Context, scope: Scope, *, with_plans: bool, by: Collection[str] | None) -> _Read:
    db, plan = context.db, context.plan.id
    known = context.when.known_at
    read = _Read(
        # A task that was opened since is there, so that it can be named.
        [row for row in tasks.openings(db, scope) if known is None or row.recorded_at <= known],
        facts.updates_in(db, scope),
        facts.deadlines_in(db, scope),
        facts.assignments_in(db, scope),
        facts.changes_in(db, scope),
        indicators.all_values(db, plan) if with_plans or by is not None else [],
        plans.revisions(db, plan, known) if with_plans else [],
        [],
    )
    undone = commands.withdrawals(db) if with_plans else commands.undos_of(db, read.commands())
    return read._replace(withdrawals=sorted(undone, key=lambda w: w.recorded_at))


class _LogBuilder:
    """Turns facts into entries."""

    def __init__(self, context: Context, read: _Read) -> None:
        self.context = context
        self.read = read
        self.commands = commands.commands_by_uid(context.db, read.commands())
        self.gone = commands.undone_by(context.db, self.commands)
        carried_in = plans.revisions(context.db, context.plan.id, context.when.known_at)
        self.revisions = {r.command: (r.revision, r.reason) for r in carried_in}
        self.known = tasks.label_of_uid(context.db, read.tasks())
        #: The first opening day of each task, by its command too.
        self.opened: dict[tuple[str, str], str] = {}
        self.entries: list[tuple[int, int, LogEntry]] = []

    def add(
        self, command: str, uid: str | None, field: str, old: str | None, new: str | None, on: str | None
    ) -> None:
        """Add one entry."""
        by, gone = self.commands[command], self.gone.get(command)
        revision, reason = self.revisions.get(command, (None, None))
        entry = LogEntry(
            command=by.label,
            verb=by.verb,
            recorded_at=by.recorded_at,
            author=by.author,
            task=self.known[uid][0] if uid else None,
            field=field,
            old=old,
            new=new,
            on=on,
            withdrawn_by=f"c{gone}" if gone else None,
            revision=revision,
            reason=reason,
        )
        self.entries.append((-by.number, len(self.entries), entry))

    def sorted(self) -> list[LogEntry]:
        """Return the entries, the newest command first, in each task by task, in the order in which it was written."""
        there = [e for e in self.entries if e[2].on is None or e[2].on <= self.context.when.day]
        first: dict[tuple[int, str | None], int] = {}
        for number, place, entry in there:
            first.setdefault((number, entry.task), place)
        return [entry for *_, entry in sorted(there, key=lambda e: (e[0], first[e[0], e[2].task], e[1]))]

    def openings(self) -> None:
        """Add the entry with which each task began."""
        for row in self.read.openings:
            self.opened[row.command, row.uid] = row.opened_on
            values = {field: getattr(row, field) for field in _AT_OPENING}
            values["carried_from"] = values["carried_from"] and self.known[values["carried_from"]][0]
            for field, value in values.items():
                if value and (field, value) != ("priority", "normal"):
                    self.add(row.command, row.uid, field, None, value, row.opened_on)

    def undoings(self) -> None:
        """Add what was taken back, by the undo that did."""
        for w in self.read.withdrawals:
            self.add(w.command, None, "undo", None, self.commands[w.target].label, None)

    def updates(self) -> None:
        """Add what updates said; the old values are those of the day they speak of, as known before them."""
        for own in grouped((update.task, update) for update in self.read.updates).values():
            standing = [u for u in own if u.command not in self.gone]
            for update in own:
                self._update(update, [u for u in standing if u.recorded_at < update.recorded_at])

    def _update(self, u: Update, earlier: list[Update]) -> None:
        before = work_on(earlier, u.on)
        if u.status is not None:
            self.add(u.command, u.task, "status", before.status, u.status, u.on)
        if u.percent is not None:
            old = None if before.percent is None else str(before.percent)
            self.add(u.command, u.task, "percent", old, str(u.percent), u.on)
        if u.blocked is not None or u.unblocked:
            self.add(u.command, u.task, "blocked", before.blocked, u.blocked, u.on)
        for field in _SAID:
            if (text := getattr(u, field)) is not None:
                self.add(u.command, u.task, field, None, text, u.on)

    def deadlines(self) -> None:
        """Add corrections and extensions of due days."""
        last: dict[str, str | None] = {}
        for d in self.read.deadlines:
            old = last.get(d.task)
            if d.due is not None or old is not None:
                self.add(d.command, d.task, "due", old, d.due, d.on)
                if d.reason is not None:
                    self.add(d.command, d.task, "reason", None, d.reason, d.on)
            if d.command not in self.gone:
                last[d.task] = d.due

    def assignments(self) -> None:
        """Add who took or left a role; a role given with the opening is of its day, a correction of no day."""
        for a in self.read.assignments:
            old, new = (None, a.party) if a.holds else (a.party, None)
            self.add(a.command, a.task, a.role, old, new, a.on or self.opened.get((a.command, a.task)))

    def indicators(self, told: Collection[str] | None) -> None:
        """Add what was measured of indicators, by all commands or by some."""
        last: dict[tuple[object, ...], str] = {}
        for v in self.read.measured:
            key = (v.indicator, v.period, v.labels)
            label = f" ({', '.join(v.labels)})" if v.labels else ""
            text = f"{v.indicator} {v.period}{label}: {written_out(v.value)}"
            if told is None or v.command in told:
                self.add(v.command, None, "indicator", last.get(key), text, v.on)
            if v.command not in self.gone:
                last[key] = text

    def plans(self) -> None:
        """Add the revisions of the plan."""
        for r in self.read.revisions:
            old = str(r.revision - 1) if r.revision > 1 else None
            self.add(r.command, None, "plan", old, str(r.revision), None)
