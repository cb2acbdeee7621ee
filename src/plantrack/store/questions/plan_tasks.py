"""Which tasks of a plan a new state of it may touch: asked for by what became otherwise, never all of them."""

from collections.abc import Collection

from plantrack.model.grouping import chunks
from plantrack.model.history import END_OF_TIME
from plantrack.model.task import FOLLOWABLE, task_label
from plantrack.store.connection import Connection
from plantrack.store.questions.task_source import BY_LABEL, OPEN, ask_tasks
from plantrack.store.scope import among

#: The columns that hold what a task may follow, beside those of their own name; roles are compared whole.
_COLUMNS = {
    "title": ("title", "title_en"),
    "start": ("start_day",),
    "due": ("due", "due_text"),
    "deliverable": ("deliverable", "deliverable_en"),
    "lead": (),
    "coordinating": (),
}
_KIND = ", ".join(
    (
        "t.activity, t.is_open, t.follows, t.lead, t.coordinating",
        *(
            f"CASE WHEN t.follows LIKE '%{field}%' THEN t.{column} END"
            for field in FOLLOWABLE
            for column in _COLUMNS.get(field, (field,))
        ),
    )
)


def of_codes(db: Connection, plan: str, codes: Collection[str]) -> list[str]:
    """Return the tasks of a plan on some activities, or on some areas without one; removed ones too."""
    found: list[str] = []
    for some in chunks(sorted(codes)):
        there, params = among("t.activity", "c", some)
        rows = db.query(
            f"SELECT t.uid FROM task AS t WHERE t.plan = :plan AND {there} UNION ALL SELECT t.uid FROM task AS t "
            f"WHERE t.plan = :plan AND t.activity IS NULL AND {among('t.area', 'c', some)[0]}",
            {"plan": plan, **params},
        )
        found += [r[0] for r in rows]
    return found


def open_of(db: Connection, plan: str, organisations: Collection[str]) -> list[str]:
    """Return the open tasks of a plan that some organisations lead or coordinate."""
    found: dict[str, None] = {}
    for some in chunks(sorted(organisations)):
        theirs, params = among("h.party", "o", some)
        rows = db.query(
            f"SELECT h.task FROM holder AS h JOIN task AS t ON t.uid = h.task WHERE {theirs} "
            "AND h.role IN ('lead', 'coordinating') AND h.last_day >= :never AND t.plan = :plan AND t.is_open = 1",
            {"plan": plan, "never": END_OF_TIME, **params},
        )
        found.update((r[0], None) for r in rows)
    return list(found)


def followers(db: Connection, plan: str) -> list[str]:
    """Return one of each kind of tasks that follow the plan: of those that follow alike and have the same in that."""
    rows = db.query(
        "SELECT MIN(t.uid) FROM task AS t WHERE t.plan = :plan AND t.counted = 1 AND t.activity IS NOT NULL "
        f"AND t.follows <> '' GROUP BY {_KIND} ORDER BY MIN(t.uid)",
        {"plan": plan},
    )
    return [r[0] for r in rows]


def open_on(db: Connection, plan: str, day: str) -> dict[str, tuple[str, int]]:
    """Return the tasks of a plan that were open at the end of a day, in order, each with its site and number."""
    rows = db.query(
        ask_tasks("t.uid, t.site, t.number", OPEN, f"ORDER BY {BY_LABEL}", past=True),
        {"plan": plan, "day": day},
    )
    return {uid: (site, number) for uid, site, number in rows}


def open_labels(db: Connection, plan: str) -> dict[str, list[str]]:
    """Return the labels of the open tasks of a plan by their activities."""
    rows = db.query(
        "SELECT activity, site, number FROM task WHERE plan = :plan AND is_open = 1 AND activity IS NOT NULL "
        "ORDER BY site, number",
        {"plan": plan},
    )
    found: dict[str, list[str]] = {}
    for activity, site, number in rows:
        found.setdefault(activity, []).append(task_label(site, number))
    return found
