"""The facts of tasks: status updates, deadlines, assignments, changes of fields, and what was taken back."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, TypeVar

from plantrack.model.history import (
    Assignment,
    Deadline,
    Facts,
    StateChange,
    Update,
)
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.status import STATUSES, Role
from plantrack.store.commands import withdrawn_commands
from plantrack.store.connection import Connection, Row, insert
from plantrack.store.people import people
from plantrack.store.scope import NewsPeriod, Scope, among
from plantrack.store.search import insert_rows, said_rows


class Change(NamedTuple):
    """A correction of one field of a task."""

    uid: str
    command: str
    task: str
    recorded_at: str
    field: str
    old: str | None
    new: str | None


#: Columns with another name than the field that they hold; and what is asked for where no column of the fact holds it.
_COLUMNS = {"on": "on_day", "next": "next_step", "old": "old_value", "new": "new_value"}
_ASKED = {"author": "c.author", "number": "c.number", "party": "COALESCE(f.organisation, p.label)"}


def _fields_of(record: type[Update | StateChange | Deadline | Assignment | Change]) -> str:
    """Return what to ask of facts `f` (and their commands `c`) for the fields of a record."""
    return ", ".join(_ASKED.get(field, f"f.{_COLUMNS.get(field, field)}") for field in record._fields)


_UPDATE = f"{_fields_of(Update)} FROM status_update AS f JOIN command AS c ON c.uid = f.command"
#: The order of a task's updates.
_IN_ORDER = "f.task, f.on_day, f.recorded_at, f.uid"
#: What an update may say, by the column that holds it.
Saying = Literal["uid", "result", "next_step", "blocked"]
_FIELDS: dict[Saying, str] = {"uid": "uid", "result": "result", "next_step": "next", "blocked": "blocked"}
#: How many tasks a question names at once; there may be any number of them.
CHUNK = 400
T = TypeVar("T")


def chunks(items: Sequence[T]) -> Iterator[Sequence[T]]:
    """Yield so many at once as a question names."""
    return (items[first : first + CHUNK] for first in range(0, len(items), CHUNK))


def facts_of(db: Connection, scope: Scope, gone: Mapping[str, int] | None = None) -> dict[str, Facts]:
    """Read what counts, by task; tasks with no facts are absent. `gone`: the withdrawn commands, where they are known."""
    gone = withdrawn_commands(db, scope.known_at) if gone is None else gone
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
    rows = _read(db, f"{_fields_of(StateChange)} FROM status_update AS f", scope, _IN_ORDER)
    return [StateChange._make(r) for r in rows]


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
    found = Update._make(r)
    return found._replace(status=STATUSES.get(found.status), unblocked=found.unblocked == 1)


def last_updates(
    db: Connection, uids: Sequence[str], saying: Saying, day: str, known_at: str | None
) -> dict[str, Update]:
    """Return the last update of each task up to a day that says something of a kind (any: `uid`)."""
    gone = withdrawn_commands(db, known_at)
    out: dict[str, Update] = {}
    for some in chunks(uids):
        theirs, params = among("t.uid", "u", some)
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
    rows = _read(db, f"{_fields_of(Deadline)} FROM deadline AS f", scope, "f.task, f.recorded_at, f.uid")
    return [Deadline._make(r) for r in rows]


def assignments_in(db: Connection, scope: Scope) -> list[Assignment]:
    """Read assignments, withdrawn ones too, task by task in their order."""
    order = "f.task, COALESCE(f.on_day, ''), f.recorded_at, f.uid"
    asked = (
        f"{_fields_of(Assignment)}, f.person FROM assignment AS f LEFT JOIN person AS p ON p.uid = f.person"
    )
    known_at = scope.known_at
    then = {} if known_at is None else {person.uid: person.name for person in people(db, known_at)}
    return [_assignment(Assignment._make(r[:-1]), then.get(r[-1])) for r in _read(db, asked, scope, order)]


def _assignment(read: Assignment, name: str | None) -> Assignment:
    """Return an assignment as it was read; `name`: what the person was called, where that is known better."""
    return read._replace(role=Role(read.role), party=name or read.party, holds=read.holds == 1)


def changes_in(db: Connection, scope: Scope) -> list[Change]:
    """Read corrections of fields, the oldest first."""
    rows = _read(db, f"{_fields_of(Change)} FROM change AS f", scope, "f.recorded_at, f.uid")
    return [Change._make(r) for r in rows]


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


def insert_updates(db: Connection, updates: Sequence[Update]) -> None:
    """Add status updates, and what search finds of them; author and number stand on their command."""
    insert(db, "status_update", [_update_columns(update) for update in updates])
    insert_rows(db, said_rows(updates))


def _update_columns(update: Update) -> dict[str, object]:
    columns = _columns_of(update) | {"unblocked": int(update.unblocked)}
    del columns["author"], columns["number"]
    return columns


def insert_deadlines(db: Connection, deadlines: Iterable[Deadline]) -> None:
    """Add corrections and extensions of due days."""
    insert(db, "deadline", [_columns_of(deadline) for deadline in deadlines])


def insert_assignments(db: Connection, assignments: Iterable[Assignment]) -> None:
    """Add what organisations and people take or leave; the people must be known by these names."""
    rows = [_assignment_columns(assignment) for assignment in assignments]
    insert(
        db, "assignment", rows, values={"person": "(SELECT p.uid FROM person AS p WHERE p.label = :person)"}
    )


def _assignment_columns(assignment: Assignment) -> dict[str, object]:
    columns = _columns_of(assignment) | {"holds": int(assignment.holds)}
    party, is_person = columns.pop("party"), assignment.role is Role.IN_CHARGE
    return columns | {"organisation": None if is_person else party, "person": party if is_person else None}


def insert_changes(db: Connection, changes: Iterable[Change]) -> None:
    """Add corrections of fields."""
    insert(db, "change", [_columns_of(change) for change in changes])


def _columns_of(fact: Update | Deadline | Assignment | Change) -> dict[str, object]:
    return {_COLUMNS.get(field, field): value for field, value in fact._asdict().items()}
