"""What tasks were on a day, folded anew from all their facts: what the store's answers are compared with."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial

from plantrack.model.counting import Cutoffs, with_deadline_state
from plantrack.model.grouping import grouped
from plantrack.model.history import (
    Assignment,
    Deadline,
    Facts,
    PartFact,
    Update,
    parts_on,
    state_change,
    state_on,
)
from plantrack.model.task import Task
from plantrack.model.withdrawal import withdrawn
from plantrack.services.context import AsOf
from plantrack.store import commands, facts, organisations, people, tasks
from plantrack.store.columns import field_value
from plantrack.store.commands import Command
from plantrack.store.connection import Connection
from plantrack.store.known import show_as_known
from plantrack.store.questions.task_source import BY_LABEL, TaskSource
from plantrack.store.scope import Scope
from plantrack.store.task_rows import TaskRow, task_of, with_fields, with_state


@contextmanager
def as_known(db: Connection, moment: str | None) -> Iterator[None]:
    """Answer every question in it as known at a moment."""
    show_as_known(db, moment)
    yield
    show_as_known(db, None)


def all_commands(db: Connection) -> list[Command]:
    """Return all commands, the oldest first."""
    uids = [r[0] for r in db.query("SELECT uid FROM command ORDER BY recorded_at, number")]
    found = commands.commands_by_uid(db, uids)
    return [found[uid] for uid in uids]


def whole_plan(plan: str) -> Scope:
    """Take the facts of all tasks of a plan."""
    return Scope("{task} IN (SELECT t.uid FROM task AS t WHERE t.plan = :plan)", {"plan": plan})


def all_of(db: Connection, plan: str) -> list[str]:
    """Return every task of a plan, removed ones too."""
    return [r[0] for r in db.query("SELECT uid FROM task WHERE plan = :plan ORDER BY uid", {"plan": plan})]


def withdrawn_commands(db: Connection) -> dict[str, int]:
    """Return the commands that do not count, each with the number of the undo that did it, as they are kept."""
    return dict(db.query("SELECT command, by_number FROM withdrawn_command"))


def gone_at(db: Connection, known_at: str | None = None) -> dict[str, int]:
    """Return the commands that did not count at a moment, each with the number of the undo that did it."""
    return withdrawn(commands.withdrawals(db), known_at)


def tasks_on(db: Connection, plan: str, when: AsOf, clock: Cutoffs | None = None) -> list[Task]:
    """Return the tasks of a plan that were open, done or dropped at the end of a day, as known at a moment, by label."""
    gone, known = gone_at(db, when.known_at), when.known_at or "9999"
    scope = whole_plan(plan)

    def counts(fact: Update | Deadline | Assignment | PartFact) -> bool:
        return fact.recorded_at <= known and fact.command not in gone

    updates = grouped((u.task, state_change(u)) for u in facts.updates_in(db, scope) if counts(u))
    deadlines = grouped((d.task, d) for d in facts.deadlines_in(db, scope) if counts(d))
    names = _names_at(db, known, gone)
    held = facts.assignments_in(db, scope, lambda raw, _: names.get(raw, raw))
    assignments = grouped((a.task, a) for a in held if counts(a))
    parts = grouped((p.task, p) for p in facts.parts_in(db, scope) if counts(p))
    own = partial(_row_at, db, known)
    rows = [own(row) for row in tasks.own_rows(db, all_of(db, plan)) if row.recorded_at <= known]
    there = [r for r in rows if r.removed is None and r.command not in gone and r.opened_on <= when.day]
    found = []
    for row in sorted(there, key=lambda row: (row.site, row.number)):
        known_facts = Facts(
            updates.get(row.uid, []),
            deadlines.get(row.uid, []),
            assignments.get(row.uid, []),
            parts.get(row.uid, []),
        )
        task = task_of(with_state(row, state_on(known_facts, when.day)))
        task = task._replace(parts=parts_on(known_facts.parts, when.day))
        found.append(with_deadline_state(task, clock) if clock else task)
    return _linked(db, found, when, gone)


def task_on(db: Connection, uid: str, when: AsOf) -> Task | None:
    """Return one task as it stood; none when it was not there yet, removed, or taken back."""
    plan = tasks.own_row(db, uid).plan
    return next((task for task in tasks_on(db, plan, when) if task.uid == uid), None)


def recorded_by(db: Connection, plan: str, day: str) -> dict[str, list[Command]]:
    """Return the commands that count and recorded something of the tasks of a plan that stands on a day."""
    scope, gone = whole_plan(plan), gone_at(db)
    told: list[tuple[str, str]] = [(row.uid, row.command) for row in tasks.own_rows(db, all_of(db, plan))]
    for found in (
        facts.updates_in(db, scope),
        facts.deadlines_in(db, scope),
        facts.assignments_in(db, scope),
        facts.parts_in(db, scope),
    ):
        told += [(fact.task, fact.command) for fact in found if (fact.on or "") <= day]
    told += [(change.task, change.command) for change in facts.changes_in(db, scope)]
    by = {command.uid: command for command in all_commands(db) if command.uid not in gone}
    return grouped((task, by[uid]) for task, uid in dict.fromkeys(told) if uid in by)


def _names_at(db: Connection, known: str, gone: Mapping[str, int]) -> dict[str, str]:
    """Return what people and organisations were called at a moment, by uid and id."""
    later = {command.uid for command in all_commands(db) if command.recorded_at > known}
    said = [fact for fact in people.people_facts(db) if fact.recorded_at <= known]
    return {
        **people.standing(db, said, gone).labels,
        **organisations.recorded(db, {*gone, *later}).same_as,
    }


def _row_at(db: Connection, known: str, row: TaskRow) -> TaskRow:
    """Return a row with the fields that it had at a moment: the oldest later change tells."""
    changes = facts.changes_in(db, Scope.of([row.uid]))
    return with_fields(
        row, {c.field: field_value(c.field, c.old) for c in reversed(changes) if c.recorded_at > known}
    )


def _linked(db: Connection, found: list[Task], when: AsOf, gone: Mapping[str, int]) -> list[Task]:
    known = when.known_at or "9999"
    rows = db.query(
        "SELECT uid FROM task WHERE carried_from IS NOT NULL AND recorded_at <= :known", {"known": known}
    )
    new = [_row_at(db, known, tasks.own_row(db, uid)) for (uid,) in rows]
    new = [n for n in new if n.removed is None and n.command not in gone and n.opened_on <= when.day]
    came = {n.uid: tasks.own_row(db, n.carried_from or "").label for n in new}
    went = {n.carried_from: n.label for n in new}
    return [task._replace(carried_from=came.get(task.uid), carried_to=went.get(task.uid)) for task in found]


def stood(db: Connection, plan: str, when: AsOf, clock: Cutoffs | None = None) -> list[Task]:
    """Return the same as the store answers it."""
    with as_known(db, when.known_at):
        return shown_on(db, plan, when.day, clock)


def shown_on(db: Connection, plan: str, day: str, clock: Cutoffs | None = None) -> list[Task]:
    """Return what the store answers of a day as it is shown: what is known at a moment is made once for many days."""
    found = list(TaskSource(db, plan, clock or Cutoffs(day, day, day), past=True).rows(BY_LABEL))
    return found if clock else [task._replace(deadline_state=None, stale=False) for task in found]
