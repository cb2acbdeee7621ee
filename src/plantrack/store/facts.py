"""The facts of tasks: status updates, deadlines, assignments, changes of fields, and what was taken back."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from operator import itemgetter
from types import MappingProxyType

from plantrack.model.grouping import chunks
from plantrack.model.history import Assignment, Deadline, Facts, PartFact, StateChange, Update
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.status import STATUSES, Role
from plantrack.store.connection import Asked, Connection, Row
from plantrack.store.scope import Saying, Scope, among, stands
from plantrack.store.sealing.seals import add_facts
from plantrack.store.search_rows import insert_rows, said_rows


class Change(NamedTuple):
    """A correction of one field of a task."""

    uid: str
    command: str
    task: str
    recorded_at: str
    field: str
    old: str | None
    new: str | None


def as_text(value: str | int | None) -> str | None:
    """Return the value of a field as a change has it."""
    return str(value) if isinstance(value, int) else value


#: Columns with another name than the field that they hold; and what is asked for where no column of the fact holds it.
_COLUMNS = {"on": "on_day", "next": "next_step", "old": "old_value", "new": "new_value"}
_ASKED = {
    "author": "c.author",
    "number": "c.number",
    "party": "COALESCE(o.same_as, f.organisation, p.label)",
    "who": "COALESCE(f.person, f.organisation)",
}


def _fields_of(record: type[Update | StateChange | Deadline | Assignment | PartFact | Change]) -> str:
    """Return what to ask of facts `f` (and their commands `c`) for the fields of a record."""
    return ", ".join(_ASKED.get(field, f"f.{_COLUMNS.get(field, field)}") for field in record._fields)


_UPDATE = f"{_fields_of(Update)} FROM status_update AS f JOIN command AS c ON c.uid = f.command"
#: The order of a task's updates.
_IN_ORDER = "f.task, f.on_day, f.recorded_at, f.uid"


def facts_of(
    db: Connection,
    scope: Scope,
    gone: Mapping[str, int] | None = None,
    names: Mapping[str, str] = MappingProxyType({}),
) -> dict[str, Facts]:
    """Read what counts, by task; tasks with no facts are absent.

    `gone`, `names`: the withdrawn commands and the names of parties, where they are known.
    """
    return ask_facts(db, scope, gone, names)()


def ask_facts(
    db: Connection,
    scope: Scope,
    gone: Mapping[str, int] | None = None,
    names: Mapping[str, str] = MappingProxyType({}),
) -> Asked[dict[str, Facts]]:
    """Ask for what `facts_of` returns."""
    if gone is None:
        gone, scope = {}, scope.standing()
    steps, deadlines = ask_steps(db, scope), ask_deadlines(db, scope)
    assignments = ask_assignments(db, scope, lambda raw, _: names.get(raw))
    parts = ask_parts(db, scope)

    def read() -> dict[str, Facts]:
        out: dict[str, Facts] = defaultdict(lambda: Facts([], [], [], []))
        for step in steps():
            if step.command not in gone:
                out[step.task].updates.append(step)
        for deadline in deadlines():
            if deadline.command not in gone:
                out[deadline.task].deadlines.append(deadline)
        for assignment in assignments():
            if assignment.command not in gone:
                out[assignment.task].assignments.append(assignment)
        for part in parts():
            if part.command not in gone:
                out[part.task].parts.append(part)
        return out

    return read


def steps_in(db: Connection, scope: Scope) -> list[StateChange]:
    """Read what status updates did to the state of their tasks, task by task in their order."""
    return ask_steps(db, scope)()


def ask_steps(db: Connection, scope: Scope) -> Asked[list[StateChange]]:
    """Ask for what `steps_in` returns."""
    rows = _ask(db, f"{_fields_of(StateChange)} FROM status_update AS f", scope, _IN_ORDER)
    return lambda: [StateChange._make(r) for r in rows()]


def _ask(db: Connection, columns: str, scope: Scope, order: str) -> Asked[list[Row]]:
    """Ask for the facts `f` of a scope."""
    where, params = scope.where()
    return db.ask(f"SELECT {columns} WHERE {where} ORDER BY {order}", params)


def updates_in(db: Connection, scope: Scope) -> list[Update]:
    """Read status updates, withdrawn ones too, task by task in their order."""
    return ask_updates(db, scope)()


def ask_updates(db: Connection, scope: Scope) -> Asked[list[Update]]:
    """Ask for what `updates_in` returns."""
    rows = _ask(db, _UPDATE, scope, _IN_ORDER)
    return lambda: [_update(r) for r in rows()]


def _update(r: Row) -> Update:
    found = Update._make(r)
    return found._replace(status=STATUSES.get(found.status), unblocked=found.unblocked == 1)


def last_updates(db: Connection, uids: Sequence[str], saying: Saying, day: str) -> dict[str, Update]:
    """Return the last update of each task up to a day that says something of a kind (any: `uid`) and stands."""
    return ask_last_updates(db, uids, saying, day)()


def ask_last_updates(
    db: Connection, uids: Sequence[str], saying: Saying, day: str
) -> Asked[dict[str, Update]]:
    """Ask for what `last_updates` returns."""
    asked = []
    for some in chunks(uids):
        theirs, params = among("t.uid", "u", some)
        rows = db.ask(
            f"SELECT {_UPDATE} JOIN task AS t ON f.uid = (SELECT x.uid FROM status_update AS x "
            f"WHERE x.task = t.uid AND x.{saying} IS NOT NULL AND x.on_day <= :day "
            f"AND {stands('x.command')} ORDER BY x.on_day DESC, x.recorded_at DESC, x.uid DESC LIMIT :n) "
            f"WHERE {theirs}",
            {**params, "day": day, "n": 1},
        )
        asked.append(rows)
    return lambda: {u.task: u for rows in asked for u in map(_update, rows())}


def deadlines_in(db: Connection, scope: Scope) -> list[Deadline]:
    """Read deadlines, withdrawn ones too, in the order in which they were recorded."""
    return ask_deadlines(db, scope)()


def ask_deadlines(db: Connection, scope: Scope) -> Asked[list[Deadline]]:
    """Ask for what `deadlines_in` returns."""
    rows = _ask(db, f"{_fields_of(Deadline)} FROM deadline AS f", scope, "f.task, f.recorded_at, f.uid")
    return lambda: [Deadline._make(r) for r in rows()]


#: Names a party, by the uid of the person or the id of the organisation and the moment of the fact; None: as it is kept.
PartyName = Callable[[str, str], str | None]


def assignments_in(db: Connection, scope: Scope, named: PartyName = lambda *_: None) -> list[Assignment]:
    """Read assignments, withdrawn ones too, task by task in their order."""
    return ask_assignments(db, scope, named)()


def ask_assignments(
    db: Connection, scope: Scope, named: PartyName = lambda *_: None
) -> Asked[list[Assignment]]:
    """Ask for what `assignments_in` returns."""
    order = "f.task, COALESCE(f.on_day, ''), f.recorded_at, f.uid"
    asked = (
        f"{_fields_of(Assignment)} FROM assignment AS f "
        "LEFT JOIN organisation AS o ON o.id = f.organisation LEFT JOIN person AS q ON q.uid = f.person "
        "LEFT JOIN person AS p ON p.uid = COALESCE(q.merged_into, q.uid)"
    )
    rows = _ask(db, asked, scope, order)
    return lambda: [
        _assignment(fact, named(fact.who, fact.recorded_at)) for fact in map(Assignment._make, rows())
    ]


def _assignment(read: Assignment, name: str | None) -> Assignment:
    return read._replace(role=Role(read.role), party=name or read.party, holds=read.holds == 1)


def parts_in(db: Connection, scope: Scope) -> list[PartFact]:
    """Read what was said of checklists, withdrawn facts too, task by task in their order."""
    return ask_parts(db, scope)()


def ask_parts(db: Connection, scope: Scope) -> Asked[list[PartFact]]:
    """Ask for what `parts_in` returns."""
    rows = _ask(db, f"{_fields_of(PartFact)} FROM part AS f", scope, _IN_ORDER)
    return lambda: [fact._replace(is_done=fact.is_done == 1) for fact in map(PartFact._make, rows())]


def has_parts(db: Connection) -> bool:
    """Return whether any task has a checklist: in many databases none does."""
    return db.query("SELECT MIN(task) FROM part")[0][0] is not None


def last_parts(db: Connection, uids: Sequence[str]) -> dict[str, int]:
    """Return the highest number that was ever given to a part of each of some tasks, those taken back too."""
    theirs, params = among("task", "u", uids)
    return {
        r[0]: r[1] for r in db.query(f"SELECT task, MAX(nth) FROM part WHERE {theirs} GROUP BY task", params)
    }


def part_texts(db: Connection, uids: Collection[str]) -> dict[tuple[str, int], str]:
    """Return the texts of the parts of some tasks by their numbers."""
    found = {}
    for some in chunks(sorted(uids)):
        theirs, params = among("task", "u", some)
        rows = db.query(f"SELECT task, nth, text FROM part WHERE {theirs} AND text IS NOT NULL", params)
        found.update({(task, number): text for task, number, text in rows})
    return found


def changes_in(db: Connection, scope: Scope) -> list[Change]:
    """Read corrections of fields, the oldest first."""
    return ask_changes(db, scope)()


def ask_changes(db: Connection, scope: Scope) -> Asked[list[Change]]:
    """Ask for what `changes_in` returns."""
    rows = _ask(db, f"{_fields_of(Change)} FROM change AS f", scope, "f.recorded_at, f.uid")
    return lambda: [Change._make(r) for r in rows()]


#: The columns of an update but for those that are not written as they are; author and number stand on its command.
_OF_UPDATE = [f for f in Update._fields if f not in ("author", "number", "status", "unblocked")]
_said = itemgetter(*map(Update._fields.index, _OF_UPDATE))


def insert_updates(db: Connection, updates: Sequence[Update]) -> None:
    """Add status updates, and what search finds of them."""
    rows = [(*_said(u), u.status and u.status.value, int(u.unblocked)) for u in updates]
    add_facts(db, "status_update", _columns(*_OF_UPDATE, "status", "unblocked"), rows)
    insert_rows(db, said_rows(updates))


def insert_deadlines(db: Connection, deadlines: Sequence[Deadline]) -> None:
    """Add corrections and extensions of due days."""
    add_facts(db, "deadline", _columns(*Deadline._fields), deadlines)


def insert_assignments(db: Connection, assignments: Sequence[Assignment]) -> None:
    """Add what organisations and people take or leave, each by `who` they are."""
    columns = _columns(
        "uid", "command", "task", "on", "recorded_at", "role", "holds", "organisation", "person"
    )
    add_facts(db, "assignment", columns, [*map(_assignment_row, assignments)])


def _assignment_row(given: Assignment) -> Row:
    party = (None, given.who) if given.role is Role.IN_CHARGE else (given.who, None)
    of = given.uid, given.command, given.task, given.on, given.recorded_at
    return *of, given.role.value, int(given.holds), *party


def insert_parts(db: Connection, parts: Sequence[PartFact]) -> None:
    """Add parts of checklists, and what was said of them."""
    add_facts(db, "part", _columns(*PartFact._fields), [(*part[:-1], int(part.is_done)) for part in parts])


def insert_changes(db: Connection, changes: Sequence[Change]) -> None:
    """Add corrections of fields."""
    add_facts(db, "change", _columns(*Change._fields), changes)


def _columns(*fields: str) -> list[str]:
    return [_COLUMNS.get(field, field) for field in fields]
