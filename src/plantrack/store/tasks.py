"""Tasks: read as they stood on a day, and written with what their rows keep for speed."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from operator import itemgetter
from typing import Any

from plantrack.model.counting import Cutoffs
from plantrack.model.grouping import chunks, grouped
from plantrack.model.history import PartFact, holders_on
from plantrack.model.plan import Text
from plantrack.model.task import Task, task_label
from plantrack.store.carry_over_links import Links, ask_links, has_links, links
from plantrack.store.columns import CHANGEABLE, typed_value
from plantrack.store.connection import Asked, Connection, insert_many
from plantrack.store.facts import ask_assignments, ask_parts, has_parts, parts_in
from plantrack.store.questions.task_relations import (
    NamedTask,
    named_tasks,
    related,
    uids_named_by,
    with_parts,
)
from plantrack.store.scope import Scope, among, stands
from plantrack.store.sealing.seals import note_facts
from plantrack.store.task_rows import DERIVED, TaskRow, holder_columns, task_of, with_fields

_ROW = ", ".join(f"t.{name}" for name in TaskRow._fields)
#: How many digits the number of a task has at most; longer ones are nobody's.
LONGEST_NUMBER = 9
#: What of a row is not derived.
_OWN = ", ".join(f"t.{name}" for name in TaskRow._fields if name not in DERIVED)
#: What `task_past` has of the days before the stretch that stands on the row.
STRETCH_COLUMNS = (
    *("status", "percent", "blocked", "blocked_since", "completed_on", "updated_on"),
    *("allocated", "spent"),
    *("due", "due_text", "first_due"),
)


def ask_tasks_of(db: Connection, uids: Sequence[str], clock: Cutoffs, *, past: bool) -> Asked[list[Task]]:
    """Ask for some tasks that count as they stood on the clock's day, in the order given.

    `past`: whether the day is before the last fact.
    """
    day, asked = clock.as_of, ask_rows(db, uids)
    then = (_ask_stretches(db, uids, day), _ask_holders(db, uids, day)) if past else ()
    beside = _ask_beside(db, uids, day)

    def read() -> list[Task]:
        rows = {row.uid: row for row in asked()}
        for change in then:
            rows |= {uid: with_fields(rows[uid], values) for uid, values in change().items()}
        links, named, parts = beside(rows.values())
        found = with_links([task_of(rows[uid], clock) for uid in uids], links)
        return with_parts(related(found, rows, named), parts, day)

    return read


_Beside = tuple[Links, Mapping[str, NamedTask], Iterable[PartFact]]


def _ask_beside(db: Connection, uids: Sequence[str], day: str) -> Callable[[Iterable[TaskRow]], _Beside]:
    """Ask for what may stand beside tasks; a file, which is near, only where anything of it does in the rows that are read."""
    scope = Scope.of(uids).standing()
    if db.is_remote:
        from plantrack.store.postgres.named_tasks import ask_named_by

        asked = ask_links(db, day, uids), ask_named_by(db, uids, day), ask_parts(db, scope)
        return lambda _: (asked[0](), asked[1](), asked[2]())
    return lambda rows: (
        links(db, day, uids) if has_links(db) else Links({}, {}),
        named_tasks(db, uids_named_by(rows), day),
        parts_in(db, scope) if has_parts(db) else (),
    )


def _ask_stretches(db: Connection, uids: Sequence[str], day: str) -> Asked[dict[str, Mapping[str, Any]]]:
    """Ask for those of some tasks whose row holds what came after a day, with what was on it."""
    theirs, params = among("p.task", "u", uids)
    rows = db.ask(
        f"SELECT p.task, {', '.join(f'p.{name}' for name in STRETCH_COLUMNS)} FROM task_past AS p "
        f"WHERE {theirs} AND p.first_day <= :day AND p.last_day >= :day",
        {**params, "day": day},
    )
    return lambda: {uid: dict(zip(STRETCH_COLUMNS, then, strict=True)) for uid, *then in rows()}


def _ask_holders(db: Connection, uids: Sequence[str], day: str) -> Asked[dict[str, Mapping[str, Any]]]:
    """Ask for those of some tasks in which somebody took or left a role after a day, with who had it on that day."""
    found = ask_assignments(db, Scope.of_reassigned(uids, day).standing())

    def read() -> dict[str, Mapping[str, Any]]:
        given = grouped((fact.task, fact) for fact in found())
        return {uid: holder_columns(holders_on(facts, day)) for uid, facts in given.items()}

    return read


def with_links(tasks: list[Task], known: Links) -> list[Task]:
    """Add to tasks which ones they go on with and as."""
    if not known.came and not known.went:
        return tasks
    return [_with_links(t, known) if t.uid in known.came or t.uid in known.went else t for t in tasks]


def _with_links(task: Task, known: Links) -> Task:
    came, went = known.came.get(task.uid), known.went.get(task.uid)
    return task._replace(carried_from=came and came.label, carried_to=went and went.label)


def last_days_after(db: Connection, plan: str, day: str) -> dict[str, str]:
    """Return the last day of which anything is known of each task of a plan, where it is after a day."""
    later = f"JOIN task AS t ON t.uid = f.task WHERE t.plan = :plan AND t.counted = 1 AND f.on_day > :day AND {stands()}"
    rows = db.query(
        "SELECT t.uid, t.settled_on AS last_day FROM task AS t "
        "WHERE t.plan = :plan AND t.counted = 1 AND t.settled_on > :day "
        f"UNION SELECT f.task, f.on_day FROM assignment AS f {later} "
        f"UNION SELECT f.task, f.on_day FROM part AS f {later} ORDER BY last_day",
        {"plan": plan, "day": day},
    )
    return {r[0]: r[1] for r in rows}  # of a task's days the last one stays


def find(db: Connection, labels: Collection[tuple[str, int]]) -> dict[tuple[str, int], tuple[str, str]]:
    """Return what `ask_labels` asks."""
    return ask_labels(db, labels)()


def ask_labels(
    db: Connection, labels: Collection[tuple[str, int]]
) -> Asked[dict[tuple[str, int], tuple[str, str]]]:
    """Ask for the uid and the plan of the tasks with some sites and numbers, also of those that were removed."""
    asked = []
    for some in chunks(list(labels)):
        in_sites, sites = among("site", "s", {site for site, _ in some})
        in_numbers, numbers = among("number", "n", {number for _, number in some})
        sql = f"SELECT site, number, uid, plan FROM task WHERE {in_sites} AND {in_numbers}"
        asked.append(db.ask(sql, sites | numbers))
    return lambda: {(r[0], r[1]): (r[2], r[3]) for rows in asked for r in rows()}


def uids_of_plan(db: Connection, plan: str, uids: Collection[str]) -> set[str]:
    """Return those of some uids that are tasks of a plan, also of those that were removed."""
    found: set[str] = set()
    for some in chunks(sorted(uids)):
        theirs, params = among("uid", "u", some)
        found.update(
            r[0]
            for r in db.query(
                f"SELECT uid FROM task WHERE {theirs} AND plan = :plan", {**params, "plan": plan}
            )
        )
    return found


def activities_with_tasks(db: Connection, plan: str) -> set[str]:
    """Return the activities of a plan that have tasks which count."""
    rows = db.query(
        "SELECT a.code FROM activity AS a WHERE a.plan = :plan AND EXISTS (SELECT 1 FROM task AS t "
        "WHERE t.plan = a.plan AND t.activity = a.code AND t.counted = 1)",
        {"plan": plan},
    )
    return {r[0] for r in rows}


def labels_going_on(db: Connection, site: str, number: int, most: int) -> list[str]:
    """Return the first labels of tasks that count whose numbers begin with the digits of another one, the shortest first."""
    found: list[str] = []
    for places in range(1, LONGEST_NUMBER + 1 - len(str(number))):
        low = number * 10**places
        params = {"site": site, "low": low, "high": low + 10**places - 1, "n": most - len(found)}
        rows = db.query(
            "SELECT number FROM task WHERE site = :site AND number >= :low AND number <= :high AND counted = 1 "
            "ORDER BY number LIMIT :n",
            params,
        )
        found += [task_label(site, r[0]) for r in rows]
    return found


def open_in_areas(db: Connection, plan: str, titles: Collection[str]) -> list[tuple[str, str, str, str, str]]:
    """Return all open tasks of a plan that have some titles (as `fold` gives them): that key, area, uid, label and title."""
    found: list[tuple[str, int, str, str, str, str]] = []
    for some in chunks(sorted(titles)):
        params = {f"k{n}": key for n, key in enumerate(some)}
        rows = db.query(
            f"WITH named (title_key) AS (VALUES {', '.join(f'(:{name})' for name in params)}) "
            "SELECT t.site, t.number, t.title_key, t.area, t.uid, t.title FROM named AS k CROSS JOIN task AS t "
            "WHERE t.plan = :plan AND t.is_open = 1 AND t.title_key = k.title_key",
            {**params, "plan": plan},
        )
        found += [(*row,) for row in rows]
    return [
        (key, area, uid, task_label(site, number), title)
        for site, number, key, area, uid, title in sorted(found)
    ]


def label_of_uid(db: Connection, uids: Collection[str]) -> dict[str, tuple[str, Text]]:
    """Map tasks, removed ones too, to their labels and titles."""
    return ask_label_of_uid(db, uids)()


def ask_label_of_uid(db: Connection, uids: Collection[str]) -> Asked[dict[str, tuple[str, Text]]]:
    """Ask for what `label_of_uid` returns."""
    asked = []
    for some in chunks(sorted(uids)):
        theirs, params = among("uid", "u", some)
        asked.append(db.ask(f"SELECT uid, site, number, title, title_en FROM task WHERE {theirs}", params))
    return lambda: {
        uid: (task_label(site, number), Text._make(title))
        for rows in asked
        for uid, site, number, *title in rows()
    }


def insert_tasks(
    db: Connection, rows: Sequence[TaskRow], opened: Mapping[str, Mapping[str, str | None]]
) -> None:
    """Add tasks; those that they go on with are there. `opened`: the values, by field, that each was opened with."""
    insert_many(db, "task", TaskRow._fields, rows)
    then = [with_fields(row, opened[row.uid]) if row.uid in opened else row for row in rows]
    note_facts(db, "task", TaskRow._fields, then)


def update_tasks(db: Connection, rows: Iterable[TaskRow], corrected: Collection[str] = ()) -> None:
    """Write what is derived in the rows of tasks, and fields that were corrected, of which the caller records the facts.

    A server lets those who only report write no other.
    """
    names = [name for name in TaskRow._fields if name in corrected or name in DERIVED]
    chosen = itemgetter(*map(TaskRow._fields.index, (*names, "uid")))
    if changed := [*map(chosen, rows)]:
        values = ", ".join(f"{name} = ?" for name in names)
        db.executemany(f"UPDATE task SET {values} WHERE uid = ?", changed)


def ask_rows_to_change(db: Connection, uids: Sequence[str]) -> Asked[list[tuple[TaskRow, int | None]]]:
    """Ask for the rows of some tasks as they are now, by uid, each with the number of the undo that took back its opening."""
    theirs, params = among("t.uid", "u", uids)
    rows = db.ask(
        f"SELECT {_ROW}, w.by_number AS taken_back FROM task AS t LEFT JOIN withdrawn_command AS w ON w.command = t.command "
        f"WHERE {theirs} ORDER BY t.uid",
        params,
    )
    return lambda: [(TaskRow._make(r[:-1]), r[-1]) for r in rows()]


def own_rows(db: Connection, uids: Sequence[str]) -> list[TaskRow]:
    """Return the rows of some tasks as they are now, removed ones too, by uid."""
    return ask_rows(db, uids)()


def ask_rows(db: Connection, uids: Sequence[str]) -> Asked[list[TaskRow]]:
    """Ask for what `own_rows` returns."""
    theirs, params = among("t.uid", "u", uids)
    rows = db.ask(f"SELECT {_ROW} FROM task AS t WHERE {theirs} ORDER BY t.uid", params)
    return lambda: [TaskRow._make(r) for r in rows()]


def own_rows_of(db: Connection, uids: Collection[str]) -> list[TaskRow]:
    """Return the rows of tasks as `own_rows` does, be they many."""
    return [row for some in chunks(sorted(uids)) for row in own_rows(db, some)]


def outside_plan(db: Connection, uids: Collection[str]) -> list[tuple[str, int]]:
    """Return the site and the number of those of some open tasks whose area or activity left their plan."""
    found = list[tuple[str, int]]()
    for some in chunks(sorted(uids)):
        theirs, params = among("t.uid", "u", some)
        rows = db.query(
            "SELECT t.site, t.number FROM task AS t JOIN area AS a ON a.plan = t.plan AND a.code = t.area "
            "LEFT JOIN activity AS y ON y.plan = t.plan AND y.code = t.activity "
            f"WHERE {theirs} AND t.is_open = 1 AND (a.in_plan = 0 OR y.in_plan = 0)",
            params,
        )
        found += [(site, number) for site, number in rows]
    return sorted(found)


def own_row(db: Connection, uid: str) -> TaskRow:
    """Return a task's row as it is now."""
    return own_rows(db, [uid])[0]


def own_fields_after(db: Connection, uid: str, at_most: int) -> list[TaskRow]:
    """Return the tasks of any plan that follow one (empty: from the first) by uid, without what is derived of them."""
    rows = db.query(
        f"SELECT {_OWN} FROM task AS t WHERE t.uid > :uid ORDER BY t.uid LIMIT :n", {"uid": uid, "n": at_most}
    )
    return [TaskRow(*r) for r in rows]


def how_many(db: Connection) -> int:
    """Return how many tasks there are of all plans, removed ones too."""
    return int(db.query("SELECT COUNT(*) FROM task")[0][0])


def last_own_number(db: Connection) -> int:
    """Return the highest number that a task of this database's own has, 0 where there is none."""
    return ask_last_own_number(db)()


def ask_last_own_number(db: Connection) -> Asked[int]:
    """Ask for what `last_own_number` returns."""
    asked = "SELECT COALESCE(MAX(t.number), 0) AS number FROM task AS t WHERE t.site = :site"
    rows = db.ask(asked, {"site": db.told.site})
    return lambda: int(rows()[0][0])


def number_given(db: Connection) -> int:
    """Return the last number that was given to a task here, be it of one that is not there."""
    rows = db.query("SELECT x.used FROM counter AS x WHERE x.name = 'task'")
    return int(rows[0][0]) if rows else 0


def openings(db: Connection, scope: Scope) -> list[TaskRow]:
    """Return what `ask_openings` asks."""
    return ask_openings(db, scope)()


def ask_openings(db: Connection, scope: Scope) -> Asked[list[TaskRow]]:
    """Ask for the tasks in a scope as they were opened: each field with what it held at first."""
    where, params = scope.where("f.uid")
    fields = ", ".join(_first(name) if name in CHANGEABLE else f"f.{name}" for name in TaskRow._fields)
    rows = db.ask(f"SELECT {fields} FROM task AS f WHERE {where} ORDER BY f.number", {**params, "n": 1})
    return lambda: [TaskRow(*r) for r in rows()]


def _first(field: str) -> str:
    """Return the SQL for what a field held at first: the old value of its first change."""
    return (
        f"CASE WHEN EXISTS (SELECT 1 FROM change AS c WHERE c.task = f.uid AND c.field = '{field}') "
        f"THEN (SELECT {typed_value(field, 'c.old_value')} FROM change AS c WHERE c.task = f.uid AND c.field = '{field}' "
        f"ORDER BY c.recorded_at, c.uid LIMIT :n) ELSE f.{field} END"
    )


def given_to(db: Connection, parties: Collection[str], *, but_by: str = "") -> list[str]:
    """Return the tasks in which some parties, by uid or id, were ever given a role that stands, be it for no day.

    `but_by`: a command whose facts do not count.
    """
    found: set[str] = set()
    for some in chunks(sorted(parties)):
        people, params = among("f.person", "p", some)
        organisations, ids = among("f.organisation", "o", some)
        rows = db.query(
            f"SELECT DISTINCT f.task FROM assignment AS f WHERE ({people} OR {organisations}) AND f.command <> :but_by "
            f"AND {stands()}",
            {**params, **ids, "but_by": but_by},
        )
        found.update(r[0] for r in rows)
    return sorted(found)


def touched_by(db: Connection, by: Sequence[str]) -> list[str]:
    """Return the tasks that some commands have facts of."""
    theirs, params = among("command", "c", by)
    rows = db.query(
        f"SELECT uid FROM task WHERE {theirs} UNION SELECT task FROM status_update WHERE {theirs} "
        f"UNION SELECT task FROM deadline WHERE {theirs} UNION SELECT task FROM assignment "
        f"WHERE {theirs} UNION SELECT task FROM change WHERE {theirs} UNION SELECT task FROM part WHERE {theirs}",
        params,
    )
    return sorted(r[0] for r in rows)
