"""Tasks: read as they stood on a day, and written with what their rows keep for speed."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from plantrack.model.counting import Cutoffs, with_deadline_state
from plantrack.model.history import END_OF_TIME, NO_FACTS, Facts, state_on
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.plan import Text
from plantrack.model.task import Task, task_label
from plantrack.store.carry_over_links import Links, links
from plantrack.store.columns import CHANGEABLE
from plantrack.store.commands import withdrawn_commands
from plantrack.store.connection import Connection, insert
from plantrack.store.facts import chunks, facts_of, fields_at
from plantrack.store.scope import Scope, among
from plantrack.store.task_rows import DERIVED, TaskRow, counts, task_of, with_fields, with_state

_ROW = ", ".join(f"t.{name}" for name in TaskRow._fields)
#: What of a row is not derived.
_OWN = ", ".join(f"t.{name}" for name in TaskRow._fields if name not in DERIVED)
#: What changes in a task's row: what may be corrected, and what is derived.
_CHANGING = [name for name in TaskRow._fields if name in CHANGEABLE or name in DERIVED]
#: The tasks of which something was said after a day, or for which somebody took a role or left one.
_MOVED = (
    "(t.settled_on > :day OR t.uid IN (SELECT h.task FROM holder AS h "
    "WHERE h.first_day > :day OR (h.last_day >= :day AND h.last_day < :never)))"
)


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
    params: dict[str, object] = {"plan": plan, "day": when.day, "never": END_OF_TIME, **theirs}
    rows = db.query(f"SELECT {_ROW} FROM task AS t WHERE {there} AND NOT {_MOVED}", params)
    moving = db.query(f"SELECT {_ROW} FROM task AS t WHERE {there} AND {_MOVED}", params)
    kept = [task_of(TaskRow._make(r), clock) for r in rows]
    if not moving:
        return linked(db, kept, when)
    scope = Scope.of_tasks_where(f"{there} AND {_MOVED}", params)
    facts = facts_of(db, scope)
    folded = [_folded(TaskRow(*r), facts.get(r[0], NO_FACTS), when.day, clock) for r in moving]
    return linked(db, kept + folded, when)


def tasks_before(db: Connection, plan: str, when: AsOf, clock: Cutoffs, later: Sequence[Task]) -> list[Task]:
    """Return the settled tasks of an earlier day, from those of a later one: most have not moved between."""
    if when.known_at is not None:
        return tasks_on(db, plan, when, clock)
    moved = f"t.plan = :plan AND t.counted = 1 AND {_MOVED}"
    params: dict[str, object] = {"plan": plan, "day": when.day, "never": END_OF_TIME}
    rows = [TaskRow(*r) for r in db.query(f"SELECT {_ROW} FROM task AS t WHERE {moved}", params)]
    there = [row for row in rows if row.opened_on <= when.day]
    facts = facts_of(db, Scope.of_tasks_where(f"{moved} AND t.opened_on <= :day", params)) if there else {}
    folded = [_folded(row, facts.get(row.uid, NO_FACTS), when.day) for row in there]
    gone = {row.uid for row in rows}
    return _settled([*(t for t in later if t.uid not in gone), *linked(db, folded, when)], clock)


def _settled(tasks: list[Task], clock: Cutoffs | None) -> list[Task]:
    return tasks if clock is None else [with_deadline_state(task, clock) for task in tasks]


def task_on(db: Connection, uid: str, when: AsOf) -> Task | None:
    """Return one task as it stood; none when it was not there yet, removed, or taken back."""
    found = _as_known(db, "t.uid = :uid", {"uid": uid}, when, [uid])
    return found[0] if found else None


def _as_known(
    db: Connection, condition: str, params: Mapping[str, object], when: AsOf, of: Sequence[str] | None = None
) -> list[Task]:
    """Recompute tasks (or those `of` some uids) from their facts, as known at a moment."""
    known = when.known_at
    moment = "" if known is None else " AND t.recorded_at <= :known"
    asked = {**params, **({} if known is None else {"known": known})}
    rows = db.query(f"SELECT {_ROW} FROM task AS t WHERE {condition}{moment}", asked)
    back = {} if known is None else fields_at(db, known)
    own = [with_fields(TaskRow(*r), back.get(r[0], {})) for r in rows]
    gone = withdrawn_commands(db, known)
    standing = [row for row in own if counts(row, gone) and row.opened_on <= when.day]
    scope = Scope.of_tasks_where(condition, dict(params), known)
    facts = facts_of(db, scope)
    found = [_folded(row, facts.get(row.uid, NO_FACTS), when.day) for row in standing]
    return linked(db, found, when, of)


def linked(db: Connection, tasks: list[Task], when: AsOf, of: Sequence[str] | None = None) -> list[Task]:
    """Add to tasks (or to those `of` some uids) which ones they go on with and as."""
    known = links(db, when.day, when.known_at, of)
    if not known.came:
        return tasks
    return [_with_links(t, known) if t.uid in known.came or t.uid in known.went else t for t in tasks]


def _with_links(task: Task, known: Links) -> Task:
    came, went = known.came.get(task.uid), known.went.get(task.uid)
    return task._replace(carried_from=came and came.label, carried_to=went and went.label)


def count_open(db: Connection, plan: str, when: AsOf) -> int:
    """Return how many tasks of a plan were open at the end of a day."""
    if when.known_at is not None or last_days_after(db, plan, when.day):
        return sum(task.is_open for task in tasks_on(db, plan, when))
    counted = db.query("SELECT COUNT(*) FROM task WHERE plan = :plan AND is_open = 1", {"plan": plan})
    return int(counted[0][0])


def last_days_after(db: Connection, plan: str, day: str) -> dict[str, str]:
    """Return the last day of which anything is known of each task of a plan, where it is after a day."""
    rows = db.query(
        "SELECT t.uid, t.settled_on AS last_day FROM task AS t "
        "WHERE t.plan = :plan AND t.counted = 1 AND t.settled_on > :day "
        "UNION SELECT a.task, a.on_day FROM assignment AS a JOIN task AS t ON t.uid = a.task "
        "WHERE t.plan = :plan AND t.counted = 1 AND a.on_day > :day "
        "AND a.command NOT IN (SELECT w.command FROM withdrawn_command AS w) ORDER BY last_day",
        {"plan": plan, "day": day},
    )
    return {r[0]: r[1] for r in rows}  # of a task's days the last one stays


def _folded(row: TaskRow, facts: Facts, day: str, clock: Cutoffs | None = None) -> Task:
    """Compute a task's state on a day from its history."""
    return task_of(with_state(row, state_on(facts, day)), clock)


def find(db: Connection, labels: Collection[tuple[str, int]]) -> dict[tuple[str, int], tuple[str, str]]:
    """Return the uid and the plan of the tasks with some sites and numbers, also of those that were removed."""
    wanted, found = list(labels), {}
    for some in chunks(wanted):
        in_sites, sites = among("site", "s", {site for site, _ in some})
        in_numbers, numbers = among("number", "n", {number for _, number in some})
        asked = f"SELECT site, number, uid, plan FROM task WHERE {in_sites} AND {in_numbers}"
        found.update({(r[0], r[1]): (r[2], r[3]) for r in db.query(asked, sites | numbers)})
    return found


def open_titles(db: Connection, plan: str, lengths: Collection[int]) -> list[tuple[str, str, str]]:
    """Return the open tasks of a plan whose titles have some lengths: uid, label and title."""
    long, params = among("length(title)", "l", lengths)
    rows = db.query(
        f"SELECT uid, site, number, title FROM task WHERE plan = :plan AND is_open = 1 AND {long} "
        "ORDER BY site, number",
        {"plan": plan, **params},
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


def insert_tasks(db: Connection, rows: Iterable[TaskRow]) -> None:
    """Add tasks; those that they go on with are there."""
    insert(db, "task", [row._asdict() for row in rows])


def update_tasks(db: Connection, rows: Iterable[TaskRow]) -> None:
    """Write what may change in the rows of tasks; the caller records the facts."""
    values = ", ".join(f"{name} = :{name}" for name in _CHANGING)
    db.executemany(f"UPDATE task SET {values} WHERE uid = :uid", [row._asdict() for row in rows])


def own_rows(db: Connection, uids: Sequence[str]) -> list[TaskRow]:
    """Return the rows of some tasks as they are now, removed ones too."""
    theirs, params = among("t.uid", "u", uids)
    return [TaskRow._make(r) for r in db.query(f"SELECT {_ROW} FROM task AS t WHERE {theirs}", params)]


def own_row(db: Connection, uid: str) -> TaskRow:
    """Return a task's row as it is now."""
    return own_rows(db, [uid])[0]


def all_of(db: Connection, plan: str) -> list[str]:
    """Return every task of a plan, removed ones too."""
    return [r[0] for r in db.query("SELECT uid FROM task WHERE plan = :plan ORDER BY uid", {"plan": plan})]


def own_fields_after(db: Connection, uid: str, at_most: int) -> list[TaskRow]:
    """Return the tasks of any plan that follow one (empty: from the first) by uid, without what is derived of them."""
    rows = db.query(
        f"SELECT {_OWN} FROM task AS t WHERE t.uid > :uid ORDER BY t.uid LIMIT :n", {"uid": uid, "n": at_most}
    )
    return [TaskRow(*r) for r in rows]


def how_many(db: Connection) -> int:
    """Return how many tasks there are of all plans, removed ones too."""
    return int(db.query("SELECT COUNT(*) FROM task")[0][0])


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


def touched_by(db: Connection, by: Sequence[str]) -> list[str]:
    """Return the tasks that some commands have facts of."""
    theirs, params = among("command", "c", by)
    rows = db.query(
        f"SELECT uid FROM task WHERE {theirs} UNION SELECT task FROM status_update WHERE {theirs} "
        f"UNION SELECT task FROM deadline WHERE {theirs} UNION SELECT task FROM assignment "
        f"WHERE {theirs} UNION SELECT task FROM change WHERE {theirs}",
        params,
    )
    return sorted(r[0] for r in rows)
