"""The facts of tasks: status updates, deadlines, assignments, changes of fields, and what was taken back."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Literal

from plantrack.model.history import Assignment, Deadline, StateChange, Update, Withdrawal, withdrawn
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.status import Role, Status
from plantrack.model.text import fold
from plantrack.store.connection import Connection, Row
from plantrack.store.scope import NewsPeriod, Scope, among

#: Quicker than the enumeration's own look-up, for the many rows of a history.
STATUSES: dict[str | None, Status] = {status.value: status for status in Status}
_UPDATE = (
    "f.uid, f.command, f.task, f.on_day, f.recorded_at, c.author, f.told_by, f.status, f.percent, f.result, "
    "f.next_step, f.blocked, f.unblocked, f.proposal, f.answered, f.reason, f.note, f.evidence "
    "FROM status_update AS f JOIN command AS c ON c.number = f.command"
)
#: The order of a task's updates.
_IN_ORDER = "f.task, f.on_day, f.recorded_at, f.uid"
#: What an update may say, by the column that holds it.
Saying = Literal["uid", "result", "next_step", "blocked"]
_FIELDS: dict[Saying, str] = {"uid": "uid", "result": "result", "next_step": "next", "blocked": "blocked"}
#: How many tasks a question names at once; there may be any number of them.
CHUNK = 400


class Facts(NamedTuple):
    """What counts of one task's history, each list in the order the model asks for."""

    updates: list[StateChange]
    deadlines: list[Deadline]
    assignments: list[Assignment]

    def days(self, after: int = 0) -> list[str]:
        """Return the days that facts speak of, or those of commands after one; some facts have no day of their own."""
        facts: Iterable[StateChange | Deadline | Assignment] = (
            *self.updates,
            *self.deadlines,
            *self.assignments,
        )
        return [f.on for f in facts if f.on is not None and f.command > after]


def withdrawals(db: Connection) -> list[Withdrawal]:
    """Return every undo there is."""
    return [Withdrawal(*r) for r in db.query("SELECT command, target, recorded_at FROM withdrawal")]


def withdrawn_commands(db: Connection, known_at: str | None = None) -> dict[int, int]:
    """Return the commands that do not count, as known at a moment, each with the undo that took it back."""
    return withdrawn(withdrawals(db), known_at)


def facts_of(db: Connection, scope: Scope) -> dict[str, Facts]:
    """Read what counts, by task; tasks with no facts are absent."""
    gone = withdrawn_commands(db, scope.known_at)
    out: dict[str, Facts] = defaultdict(lambda: Facts([], [], []))
    for step in _steps_in(db, scope):
        if step.command not in gone:
            out[step.task].updates.append(step)
    for deadline in deadlines_in(db, scope):
        if deadline.command not in gone:
            out[deadline.task].deadlines.append(deadline)
    for assignment in assignments_in(db, scope):
        if assignment.command not in gone:
            out[assignment.task].assignments.append(assignment)
    return out


def _steps_in(db: Connection, scope: Scope) -> list[StateChange]:
    columns = "f.task, f.command, f.on_day, f.recorded_at, f.status, f.percent, f.blocked, f.unblocked"
    return [StateChange._make(r) for r in _read(db, f"{columns} FROM status_update AS f", scope, _IN_ORDER)]


def _read(db: Connection, columns: str, scope: Scope, order: str) -> list[Row]:
    """Read the facts `f` of a scope."""
    where, params = scope.where()
    return db.query(f"SELECT {columns} WHERE {where} ORDER BY {order}", params)


def updates_in(db: Connection, scope: Scope) -> list[Update]:
    """Read status updates, withdrawn ones too, task by task in their order."""
    return [_update(r) for r in _read(db, _UPDATE, scope, _IN_ORDER)]


def spoken_of(db: Connection, plan: str, span: NewsPeriod, known_at: str | None) -> list[str]:
    """Return the tasks of a plan of which something was said for a day of a period, whenever it was recorded.

    What a carry-over writes is nothing said. Few commands were ever taken back, so each task is asked for just one
    update of another; only where there is none are its commands looked at.
    """
    known = "" if known_at is None else " AND f.recorded_at <= :known"
    said = (
        f"f.on_day >= :first AND f.on_day <= :last{known} "
        "AND f.command NOT IN (SELECT n.command FROM task AS n WHERE n.carried_from IS NOT NULL)"
    )
    params = {"plan": plan, "first": span.first, "last": span.last, **({"known": known_at} if known else {})}
    sure = db.query(
        "SELECT t.uid FROM task AS t WHERE t.plan = :plan AND EXISTS (SELECT 1 FROM status_update AS f "
        f"WHERE f.task = t.uid AND {said} AND f.command NOT IN (SELECT w.target FROM withdrawal AS w))",
        params,
    )
    perhaps = db.query(
        "SELECT f.task, f.command FROM status_update AS f JOIN task AS t ON t.uid = f.task WHERE t.plan = :plan "
        f"AND {said} AND f.command IN (SELECT w.target FROM withdrawal AS w)",
        params,
    )
    gone = withdrawn_commands(db, known_at) if perhaps else {}
    return list(dict.fromkeys([*(r[0] for r in sure), *(r[0] for r in perhaps if r[1] not in gone)]))


def _update(r: Row) -> Update:
    return Update._make((*r[:7], STATUSES.get(r[7]), *r[8:12], r[12] == 1, *r[13:]))


def last_updates(
    db: Connection, uids: Sequence[str], saying: Saying, day: str, known_at: str | None
) -> dict[str, Update]:
    """Return the last update of each task up to a day that says something of a kind (any: `uid`)."""
    gone = withdrawn_commands(db, known_at)
    out: dict[str, Update] = {}
    for first in range(0, len(uids), CHUNK):
        theirs, params = among("t.uid", "u", uids[first : first + CHUNK])
        moment = "" if known_at is None else "AND x.recorded_at <= :known "
        rows = db.query(
            f"SELECT {_UPDATE} JOIN task AS t ON f.uid = (SELECT x.uid FROM status_update AS x "
            f"WHERE x.task = t.uid AND x.{saying} IS NOT NULL AND x.on_day <= :day {moment}"
            "ORDER BY x.on_day DESC, x.recorded_at DESC, x.uid DESC LIMIT :n) "
            f"WHERE {theirs}",
            {**params, "day": day, "n": 1} | ({"known": known_at} if known_at else {}),
        )
        out.update((u.task, u) for u in map(_update, rows))
    for uid in [uid for uid, update in out.items() if update.command in gone]:
        # The last one was taken back; that is rare, so its task is read whole.
        own = updates_in(db, Scope.up_to(uid, day, known_at))
        standing = [u for u in own if u.command not in gone and getattr(u, _FIELDS[saying]) is not None]
        out.pop(uid)
        out.update((u.task, u) for u in standing[-1:])
    return out


def deadlines_in(db: Connection, scope: Scope) -> list[Deadline]:
    """Read deadlines, withdrawn ones too, in the order in which they were recorded."""
    columns = "f.uid, f.command, f.task, f.on_day, f.recorded_at, f.due, f.due_text, f.reason"
    rows = _read(db, f"{columns} FROM deadline AS f", scope, "f.task, f.recorded_at, f.uid")
    return [Deadline(*r) for r in rows]


def assignments_in(db: Connection, scope: Scope) -> list[Assignment]:
    """Read assignments, withdrawn ones too, task by task in their order."""
    party = "COALESCE(f.organisation, f.person)"
    columns = f"f.uid, f.command, f.task, f.role, {party}, f.on_day, f.recorded_at, f.holds"
    order = "f.task, COALESCE(f.on_day, ''), f.recorded_at, f.uid"
    rows = _read(db, f"{columns} FROM assignment AS f", scope, order)
    return [Assignment._make((*r[:3], Role(r[3]), *r[4:7], r[7] == 1)) for r in rows]


class Change(NamedTuple):
    """A correction of one field of a task."""

    uid: str
    command: int
    task: str
    recorded_at: str
    field: str
    old: str | None
    new: str | None


def changes_in(db: Connection, scope: Scope) -> list[Change]:
    """Read corrections of fields, the oldest first."""
    columns = "f.uid, f.command, f.task, f.recorded_at, f.field, f.old_value, f.new_value"
    return [Change(*r) for r in _read(db, f"{columns} FROM change AS f", scope, "f.recorded_at, f.uid")]


def fields_at(db: Connection, known: str) -> dict[str, dict[str, str | None]]:
    """Return what fields held at a moment, where they were changed since: the oldest later change tells."""
    rows = db.query(
        "SELECT task, field, old_value FROM change WHERE recorded_at > :known ORDER BY recorded_at DESC, uid DESC",
        {"known": known},
    )
    out: dict[str, dict[str, str | None]] = {}
    for task, field, old in rows:
        out.setdefault(task, {})[field] = old
    return out


def insert_updates(db: Connection, updates: Iterable[Update]) -> None:
    """Add status updates; the author stands on their command."""
    db.executemany(
        "INSERT INTO status_update (uid, command, task, on_day, recorded_at, told_by, status, percent, result, "
        "next_step, blocked, unblocked, proposal, answered, reason, note, evidence, folded) VALUES (:uid, "
        ":command, :task, :on, :recorded_at, :told_by, :status, :percent, :result, :next, :blocked, :unblocked, "
        ":proposal, :answered, :reason, :note, :evidence, :folded)",
        [{**u._asdict(), "unblocked": int(u.unblocked), "folded": _folded(u)} for u in updates],
    )


def _folded(u: Update) -> str:
    """Return what search looks in; nothing is found across two texts."""
    texts = (u.result, u.next, u.blocked, u.proposal, u.answered, u.reason, u.note, u.told_by)
    return " \x1f ".join(fold(t) for t in texts if t)


def insert_deadlines(db: Connection, deadlines: Iterable[Deadline]) -> None:
    """Add corrections and extensions of due days."""
    db.executemany(
        "INSERT INTO deadline (uid, command, task, on_day, recorded_at, due, due_text, reason) VALUES "
        "(:uid, :command, :task, :on, :recorded_at, :due, :due_text, :reason)",
        [d._asdict() for d in deadlines],
    )


def insert_assignments(db: Connection, assignments: Iterable[Assignment]) -> None:
    """Add what organisations and people take or leave; the people must be known to `people`."""
    db.executemany(
        "INSERT INTO assignment (uid, command, task, role, organisation, person, on_day, recorded_at, holds) "
        "VALUES (:uid, :command, :task, :role, :organisation, :person, :on, :recorded_at, :holds)",
        [_assignment_row(a) for a in assignments],
    )


def _assignment_row(a: Assignment) -> dict[str, object]:
    is_person = a.role is Role.IN_CHARGE
    parties = {"organisation": None if is_person else a.party, "person": a.party if is_person else None}
    return {**a._asdict(), **parties, "holds": int(a.holds)}


def insert_changes(db: Connection, changes: Iterable[Change]) -> None:
    """Add corrections of fields."""
    db.executemany(
        "INSERT INTO change (uid, command, task, recorded_at, field, old_value, new_value) VALUES "
        "(:uid, :command, :task, :recorded_at, :field, :old, :new)",
        [c._asdict() for c in changes],
    )


def found_in_updates(
    db: Connection, text: str, day: str, known_at: str | None
) -> list[tuple[str, list[str], int]]:
    """Find a free text in what was said: (task, the texts as typed, command), up to a day and a moment."""
    pattern = fold(text).replace("!", "!!").replace("%", "!%").replace("_", "!_")
    rows = db.query(
        "SELECT task, command, result, next_step, blocked, proposal, answered, reason, note, told_by "
        "FROM status_update WHERE folded LIKE :pattern ESCAPE '!' AND on_day <= :day "
        "AND (CAST(:known AS TEXT) IS NULL OR recorded_at <= :known)",
        {"pattern": f"%{pattern}%", "day": day, "known": known_at},
    )
    return [(r[0], [text for text in r[2:] if text], r[1]) for r in rows]
