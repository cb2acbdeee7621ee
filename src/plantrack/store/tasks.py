"""Tasks: their rows, their state on a day, and the one place where what is kept for speed is derived."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from plantrack.model.counting import Cutoffs, deadline_state, is_stale, with_deadline_state
from plantrack.model.history import (
    END_OF_TIME,
    CurrentDeadline,
    Holders,
    Work,
    deadline_on,
    holders_on,
    work_on,
)
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.plan import Text
from plantrack.model.task import Task, task_label
from plantrack.store.carry_over_links import Links, links
from plantrack.store.columns import CHANGEABLE
from plantrack.store.connection import Connection, Row
from plantrack.store.facts import CHUNK, STATUSES, Facts, facts_of, fields_at, withdrawn_commands
from plantrack.store.scope import Scope, among

_OWN = (
    "t.uid, t.site, t.number, t.plan, t.area, t.activity, t.title, t.title_en, t.start_day, t.priority, "
    "t.deliverable, t.deliverable_en, t.tags, t.places, t.follows, t.opened_on, t.removed, t.command, "
    "t.recorded_at, t.carried_from"
)
#: A row whose kept state is the one asked for, in the order of `Task`.
_CURRENT = (
    "t.uid, t.site, t.number, t.plan, t.area, t.activity, t.title, t.title_en, t.start_day, t.priority, "
    "t.deliverable, t.deliverable_en, t.tags, t.places, t.follows, t.opened_on, t.status, t.percent, t.blocked, "
    "t.blocked_since, t.due, t.due_text, t.first_due, t.completed_on, t.lead, t.coordinating, t.in_charge, t.updated_on"
)
#: The tasks that count and are open today.
_OPEN = "counted = 1 AND status NOT IN ('done', 'dropped', 'carried_over')"
_NO_FACTS = Facts([], [], [])


class TaskRow(NamedTuple):
    """A task's own fields, as known now or at a moment."""

    uid: str
    site: str
    number: int
    plan: str
    area: str
    activity: str | None
    title: str
    title_en: str | None
    start_day: str | None
    priority: str
    deliverable: str | None
    deliverable_en: str | None
    tags: str
    places: str
    follows: str
    opened_on: str
    removed: str | None
    command: int
    recorded_at: str
    #: The task of an earlier plan that this one goes on with.
    carried_from: str | None = None

    @property
    def label(self) -> str:
        """Return the name people use."""
        return task_label(self.site, self.number)


def with_fields(row: TaskRow, values: Mapping[str, str | None]) -> TaskRow:
    """Return the row with other values in columns that hold text."""
    return TaskRow._make(values.get(name, old) for name, old in zip(TaskRow._fields, row, strict=True))


class AsOf(NamedTuple):
    """The state that is asked for: as of the end of a day, as known at a moment (none: now)."""

    day: str
    known_at: str | None = None


def tasks_on(
    db: Connection, plan: str, when: AsOf, clock: Cutoffs | None = None, areas: Sequence[str] = ()
) -> list[Task]:
    """Return the tasks of a plan that were open, done or dropped at the end of a day, in no order.

    With a clock they are settled: they have their deadline states. With areas, those of others may be left out.
    """
    if when.known_at is not None:
        return _settled(_as_known(db, "t.plan = :plan", {"plan": plan}, when), clock)
    narrow, theirs = among("t.area", "a", areas) if areas else ("1 = 1", {})
    there = f"t.plan = :plan AND t.counted = 1 AND t.opened_on <= :day AND {narrow}"
    params: dict[str, object] = {"plan": plan, "day": when.day, **theirs}
    rows = db.query(f"SELECT {_CURRENT} FROM task AS t WHERE {there} AND t.settled_on <= :day", params)
    moving = db.query(f"SELECT {_OWN} FROM task AS t WHERE {there} AND t.settled_on > :day", params)
    kept = [_current(r, clock) for r in rows]
    if not moving:
        return _linked(db, kept, when)
    scope = Scope.of_tasks_where(f"{there} AND t.settled_on > :day", params)
    facts = facts_of(db, scope)
    folded = [_folded(TaskRow(*r), facts.get(r[0], _NO_FACTS), when.day) for r in moving]
    return _linked(db, kept + _settled(folded, clock), when)


def tasks_before(db: Connection, plan: str, when: AsOf, clock: Cutoffs, later: Sequence[Task]) -> list[Task]:
    """Return the settled tasks of an earlier day, from those of a later one: most have not moved between."""
    if when.known_at is not None:
        return tasks_on(db, plan, when, clock)
    moved = "t.plan = :plan AND t.counted = 1 AND t.settled_on > :day"
    params: dict[str, object] = {"plan": plan, "day": when.day}
    rows = [TaskRow(*r) for r in db.query(f"SELECT {_OWN} FROM task AS t WHERE {moved}", params)]
    there = [row for row in rows if row.opened_on <= when.day]
    facts = facts_of(db, Scope.of_tasks_where(f"{moved} AND t.opened_on <= :day", params)) if there else {}
    folded = [_folded(row, facts.get(row.uid, _NO_FACTS), when.day) for row in there]
    gone = {row.uid for row in rows}
    return _settled([*(t for t in later if t.uid not in gone), *_linked(db, folded, when)], clock)


def _settled(tasks: list[Task], clock: Cutoffs | None) -> list[Task]:
    return tasks if clock is None else [with_deadline_state(task, clock) for task in tasks]


def task_on(db: Connection, uid: str, when: AsOf) -> Task | None:
    """Return one task as it stood; none when it was not there yet, removed, or taken back."""
    found = _as_known(db, "t.uid = :uid", {"uid": uid}, when, uid)
    return found[0] if found else None


def _as_known(
    db: Connection, condition: str, params: Mapping[str, object], when: AsOf, uid: str | None = None
) -> list[Task]:
    """Recompute tasks (or the one with a uid) from their facts, as known at a moment."""
    known = when.known_at
    moment = "" if known is None else " AND t.recorded_at <= :known"
    asked = {**params, **({} if known is None else {"known": known})}
    rows = db.query(f"SELECT {_OWN} FROM task AS t WHERE {condition}{moment}", asked)
    back = {} if known is None else fields_at(db, known)
    own = [with_fields(TaskRow(*r), back.get(r[0], {})) for r in rows]
    gone = withdrawn_commands(db, known)
    standing = [r for r in own if r.removed is None and r.command not in gone and r.opened_on <= when.day]
    scope = Scope.of_tasks_where(condition, dict(params), known)
    facts = facts_of(db, scope)
    found = [_folded(row, facts.get(row.uid, _NO_FACTS), when.day) for row in standing]
    return _linked(db, found, when, uid)


def _linked(db: Connection, tasks: list[Task], when: AsOf, uid: str | None = None) -> list[Task]:
    """Add to tasks which ones they go on with and as."""
    known = links(db, when.day, when.known_at, uid)
    if not known.came:
        return tasks
    return [_with_links(t, known) if t.uid in known.came or t.uid in known.went else t for t in tasks]


def _with_links(task: Task, known: Links) -> Task:
    came, went = known.came.get(task.uid), known.went.get(task.uid)
    labels = came.label if came else None, went.label if went else None
    return Task._make((*task[:-4], *labels, *task[-2:]))  # `_replace` takes ten times as long


def count_open(db: Connection, plan: str, when: AsOf) -> int:
    """Return how many tasks of a plan were open at the end of a day."""
    if when.known_at is not None or last_days_after(db, plan, when.day):
        return sum(task.is_open for task in tasks_on(db, plan, when))
    counted = db.query(f"SELECT COUNT(*) FROM task WHERE plan = :plan AND {_OPEN}", {"plan": plan})
    return int(counted[0][0])


def last_days_after(db: Connection, plan: str, day: str) -> dict[str, str]:
    """Return the last day of which anything is known of each task of a plan, where it is after a day."""
    rows = db.query(
        "SELECT uid, settled_on FROM task WHERE plan = :plan AND counted = 1 AND settled_on > :day",
        {"plan": plan, "day": day},
    )
    return {r[0]: r[1] for r in rows}


def _current(r: Row, clock: Cutoffs | None) -> Task:
    """Read a task whose kept state is the one asked for; in one go, because there may be many."""
    status, due, completed_on = STATUSES[r[16]], r[20], r[23]
    state, stale = None, False
    if clock is not None:
        state = deadline_state(status, due, completed_on, clock)
        stale = is_stale(status, r[27], r[15], clock)
    texts = (Text._make(r[6:8]), r[8], r[9], Text._make(r[10:12]) if r[10] else None)
    lists = (split(r[12]), split(r[13]), split(r[14]))
    held = (split(r[24]), split(r[25]), split(r[26]))
    return Task._make(
        (*r[:6], *texts, *lists, r[15], status, *r[17:24], *held, r[27], None, None, state, stale)
    )


def _folded(row: TaskRow, facts: Facts, day: str) -> Task:
    """Compute a task's state on a day from its history."""
    work = work_on(facts.updates, day)
    return _task(row, work, deadline_on(facts.deadlines, day), holders_on(facts.assignments, day))


def _task(row: TaskRow, work: Work, due: CurrentDeadline, holders: Holders) -> Task:
    return Task(
        row.uid, row.site, row.number, row.plan, row.area, row.activity, Text(row.title, row.title_en),
        row.start_day, row.priority, Text(row.deliverable, row.deliverable_en) if row.deliverable else None,
        split(row.tags), split(row.places), split(row.follows), row.opened_on, work.status, work.percent,
        work.blocked, work.blocked_since, due.due, due.due_text, due.first_due, work.completed_on,
        holders.lead, holders.coordinating, holders.in_charge, work.updated_on,
    )  # fmt: skip


@lru_cache(maxsize=1024)
def split(text: str) -> tuple[str, ...]:
    """Read a list as it is stored."""
    return tuple(text.split(", ")) if text else ()


def joined(items: Iterable[str]) -> str:
    """Write a list as it is stored."""
    return ", ".join(items)


def find(db: Connection, site: str, number: int) -> tuple[str, str] | None:
    """Return the uid and the plan of the task with a label, also of one that was removed."""
    rows = db.query(
        "SELECT uid, plan FROM task WHERE site = :site AND number = :number", {"site": site, "number": number}
    )
    return (rows[0][0], rows[0][1]) if rows else None


def open_titles(db: Connection, plan: str, length: int) -> list[tuple[str, str, str]]:
    """Return the open tasks of a plan whose titles have a length: uid, label and title."""
    rows = db.query(
        f"SELECT uid, site, number, title FROM task WHERE plan = :plan AND {_OPEN} AND length(title) = :length "
        "ORDER BY site, number",
        {"plan": plan, "length": length},
    )
    return [(uid, task_label(site, number), title) for uid, site, number, title in rows]


def labels(db: Connection) -> list[str]:
    """Return the labels of all tasks that count, for suggestions."""
    rows = db.query("SELECT site, number FROM task WHERE counted = 1 ORDER BY site, number")
    return [task_label(site, number) for site, number in rows]


def label_of_uid(db: Connection, known_at: str | None = None) -> dict[str, tuple[str, Text]]:
    """Map each task, removed ones too, to its label and its title, as known at a moment."""
    rows = db.query(
        "SELECT uid, site, number, title, title_en FROM task "
        "WHERE CAST(:known AS TEXT) IS NULL OR recorded_at <= :known",
        {"known": known_at},
    )
    then = {} if known_at is None else fields_at(db, known_at)
    out = {}
    for uid, site, number, title, title_en in rows:
        was = {"title": title, "title_en": title_en, **then.get(uid, {})}
        out[uid] = task_label(site, number), Text(was["title"], was["title_en"])
    return out


def insert_task(db: Connection, row: TaskRow) -> None:
    """Add a task; its facts follow, then `derive`."""
    names = ", ".join(TaskRow._fields)
    values = ", ".join(f":{f}" for f in TaskRow._fields)
    db.execute(
        f"INSERT INTO task ({names}, settled_on) VALUES ({values}, :opened_on)",
        row._asdict(),
    )


def is_counted(db: Connection, uid: str) -> bool:
    """Return whether a task counts: neither removed nor taken back."""
    return bool(db.query("SELECT 1 FROM task WHERE uid = :uid AND counted = 1", {"uid": uid}))


def own_row(db: Connection, uid: str) -> TaskRow:
    """Return a task's own fields as they are now."""
    return TaskRow(*db.query(f"SELECT {_OWN} FROM task AS t WHERE t.uid = :uid", {"uid": uid})[0])


def set_field(db: Connection, uid: str, field: str, value: str | None) -> None:
    """Give a task's own field its new value; the caller records the change."""
    if field not in TaskRow._fields:
        raise ValueError(field)
    db.execute(f"UPDATE task SET {field} = :value WHERE uid = :uid", {"value": value, "uid": uid})


def derive(db: Connection, uids: Sequence[str]) -> None:
    """Bring what the rows keep for speed in line with the history; every write of facts ends here."""
    for first in range(0, len(uids), CHUNK):
        _derive(db, uids[first : first + CHUNK])


def _derive(db: Connection, uids: Sequence[str]) -> None:
    scope = Scope.of(uids)
    facts = facts_of(db, scope)
    gone = withdrawn_commands(db)
    where, params = scope.where("t.uid")
    rows = db.query(f"SELECT {_OWN} FROM task AS t WHERE {where}", params)
    db.executemany(
        "UPDATE task SET counted = :counted, settled_on = :settled_on, status = :status, percent = :percent, "
        "blocked = :blocked, blocked_since = :blocked_since, due = :due, due_text = :due_text, "
        "first_due = :first_due, completed_on = :completed_on, lead = :lead, coordinating = :coordinating, "
        "in_charge = :in_charge, updated_on = :updated_on WHERE uid = :uid",
        [_kept(TaskRow(*r), facts.get(r[0], _NO_FACTS), gone) for r in rows],
    )


def _kept(row: TaskRow, facts: Facts, gone: Mapping[int, int]) -> dict[str, object]:
    task = _folded(row, facts, END_OF_TIME)
    return {
        **{f: getattr(task, f) for f in (*Work._fields, *CurrentDeadline._fields)},
        **{f: joined(getattr(task, f)) for f in Holders._fields},
        "uid": row.uid,
        "counted": int(row.removed is None and row.command not in gone),
        "settled_on": max([row.opened_on, *facts.days()]),
    }


def all_of(db: Connection, plan: str) -> list[str]:
    """Return every task of a plan, removed ones too."""
    return [r[0] for r in db.query("SELECT uid FROM task WHERE plan = :plan ORDER BY uid", {"plan": plan})]


def openings(db: Connection, scope: Scope) -> list[TaskRow]:
    """Return the tasks in a scope as they were opened: each field with what it held at first."""
    where, params = scope.where("f.uid")
    fields = ", ".join(_first(name) if name in CHANGEABLE else f"f.{name}" for name in TaskRow._fields)
    rows = db.query(f"SELECT {fields} FROM task AS f WHERE {where} ORDER BY f.number", {**params, "n": 1})
    return [TaskRow(*r) for r in rows]


def _first(field: str) -> str:
    """Return the SQL for what a field held at first: the old value of its first change."""
    return (
        f"CASE WHEN EXISTS (SELECT 1 FROM change AS c WHERE c.task = f.uid AND c.field = '{field}') "
        f"THEN (SELECT c.old_value FROM change AS c WHERE c.task = f.uid AND c.field = '{field}' "
        f"ORDER BY c.recorded_at, c.uid LIMIT :n) ELSE f.{field} END"
    )


def opened_by(db: Connection, command: int) -> list[str]:
    """Return the tasks that a command opened."""
    return [r[0] for r in db.query("SELECT uid FROM task WHERE command = :c ORDER BY number", {"c": command})]


def touched_by(db: Connection, numbers: Sequence[int]) -> list[str]:
    """Return the tasks that some commands have facts of."""
    theirs, params = among("command", "c", numbers)
    rows = db.query(
        f"SELECT uid FROM task WHERE {theirs} UNION SELECT task FROM status_update WHERE {theirs} "
        f"UNION SELECT task FROM deadline WHERE {theirs} UNION SELECT task FROM assignment "
        f"WHERE {theirs} UNION SELECT task FROM change WHERE {theirs}",
        params,
    )
    return sorted(r[0] for r in rows)
