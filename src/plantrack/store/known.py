"""What was known at a moment: the database as its commands up to then had made it, for every question that follows.

Tables of the connection's own hide those that a later command made otherwise: facts recorded since are left out, and
those that came since from another site, a task has the fields that it had, and what is derived is made again. No
question needs to know of it.
"""

import re
from collections.abc import Collection

from plantrack.model.grouping import chunks
from plantrack.store import derived_rows, tasks
from plantrack.store.columns import CHANGEABLE, typed_value
from plantrack.store.connection import Connection
from plantrack.store.scope import among, known_by
from plantrack.store.search_rows import OWN_PARTS

#: Facts: those recorded here by then are left.
_FACTS = (
    *(
        "command",
        "withdrawal",
        "organisation_fact",
        "person_fact",
        "status_update",
        "deadline",
        "assignment",
        "change",
    ),
    *("part", "indicator_value", "saved_filter"),
    *("imported_row", "form", "form_reading"),
)
#: Of what search looks in only what is of the tasks themselves is made again; they then stand under a name of their own.
_TITLES = "search_titles"
#: Made again, with what names a row.
_MADE = {
    "search": "task, part",
    "withdrawn_command": "command",
    "organisation": "id",
    "person": "uid",
    "task": "uid",
    "task_past": "task, first_day",
    "holder": "task, role, party, first_day",
}
#: The fields that are made of one another.
_FITTED = ", ".join(map(repr, derived_rows.FITTED))
_MOMENT = r"[0-9T:.Z-]{24}"


def show_as_known(db: Connection, moment: str | None, of: Collection[str] = ()) -> None:
    """Let every later question be answered as it would have been at a moment (None: now).

    `of`: only these tasks will be asked for, and only they are made again.
    """
    if moment is not None and not re.fullmatch(_MOMENT, moment):  # it stands in the text of views
        raise ValueError(moment)
    shown = None if moment is None or moment >= _last_moment(db) else (moment, frozenset(of))
    if db.shown != shown:
        with db.own_tables():
            _hide(db)
            if shown is not None:
                _show(db, *shown)
        db.shown = shown


def _last_moment(db: Connection) -> str:
    return db.query(f"SELECT MAX(recorded_at) FROM {db.shared}.command")[0][0] or ""


def _hide(db: Connection) -> None:
    if db.shown is not None:
        for view in (*_FACTS, "search"):
            db.execute(f"DROP VIEW {db.own}.{view}")
        for table in _MADE:
            db.execute(f"DROP TABLE {db.own}.{_TITLES if table == 'search' else table}")


def _show(db: Connection, moment: str, of: Collection[str]) -> None:
    for table, key in _MADE.items():
        db.execute(f"CREATE TEMP TABLE {table} AS SELECT * FROM {db.shared}.{table} WHERE 1 = 0")
        db.execute(f"CREATE UNIQUE INDEX known_{table} ON {table} ({key})")
    for table in _FACTS:
        db.execute(
            f"CREATE TEMP VIEW {table} AS SELECT x.* FROM {db.shared}.{table} AS x WHERE {_by_then(db, table, moment)}"
        )
    _fill(db, moment, of)
    for index in _indexes():
        db.execute(index)


def _by_then(db: Connection, table: str, moment: str) -> str:
    """Return the condition that a row `x` was recorded here by a moment, whenever that was elsewhere.

    No index by moments: nearly all were recorded by then.
    """
    condition = f"(x.recorded_at || '') <= '{moment}'"
    if table == "form":  # of no command
        return condition
    command = "x.uid" if table == "command" else "x.command"
    return f"{condition} AND {known_by(repr(moment), command, f'{db.shared}.')}"


def _fill(db: Connection, moment: str, of: Collection[str]) -> None:
    db.execute(f"INSERT INTO organisation SELECT * FROM {db.shared}.organisation")
    by_then = {table: _by_then(db, table, moment) for table in ("person", "task", "change")}
    db.execute(f"INSERT INTO person SELECT x.* FROM {db.shared}.person AS x WHERE {by_then['person']}")
    some, params = among("o.uid", "u", of) if of else ("1 = 1", {})
    db.execute(f"INSERT INTO task SELECT * FROM {db.shared}.task AS o WHERE {some}", params)
    for field in sorted(CHANGEABLE):
        beside = _FITTED if field in derived_rows.FITTED else repr(field)
        # What its last correction by then made it; where there was none, what it was before the first of all.
        own = f"FROM {db.shared}.change AS x WHERE x.field = :field"
        old, new = typed_value(field, "x.old_value"), typed_value(field, "x.new_value")
        values = (
            f"(SELECT {new} {own} AND x.task = task.uid AND {by_then['change']} ORDER BY x.recorded_at DESC, x.uid DESC LIMIT :n)",
            f"(SELECT {old} {own} AND x.task = task.uid ORDER BY x.recorded_at, x.uid LIMIT :n)",
        )
        has_one = f"EXISTS (SELECT 1 {own} AND x.task = task.uid AND {by_then['change']})"
        db.execute(
            f"UPDATE task SET {field} = CASE WHEN {has_one} THEN {values[0]} ELSE {values[1]} END "
            f"WHERE uid IN (SELECT x.task {own}) AND uid IN "
            f"(SELECT x.task FROM {db.shared}.change AS x WHERE x.field IN ({beside}) AND NOT ({by_then['change']}))",
            {"field": field, "n": 1},
        )
    asked = f"SELECT DISTINCT x.task FROM {db.shared}.change AS x WHERE x.field IN ({_FITTED}) AND NOT ({by_then['change']})"
    for uids in chunks(row[0] for row in db.query(asked)):
        tasks.update_tasks(db, derived_rows.fitted_rows(db, uids).values(), derived_rows.FITTED)
    for _ in derived_rows.derive_all(db):
        pass
    db.execute(f"ALTER TABLE {db.own}.search RENAME TO {_TITLES}")
    db.execute(
        f"CREATE TEMP VIEW search AS SELECT * FROM {_TITLES} UNION ALL "
        f"SELECT * FROM {db.shared}.search WHERE part NOT IN ({', '.join(map(repr, OWN_PARTS))})"
    )
    # What was opened since is there to be named, and counts for nothing.
    since = f"SELECT x.uid FROM {db.shared}.task AS x WHERE NOT ({by_then['task']})"
    db.execute(f"UPDATE task SET counted = 0, is_open = 0 WHERE uid IN ({since})")


def _indexes() -> list[str]:
    """Return what makes the indexes of the tables; each comes where its table is."""
    from plantrack.store.schema.text import schema_for

    made = re.finditer(r"CREATE INDEX \w+ ON (\w+) [^;]+", schema_for({}))
    return [found[0] for found in made if found[1] in _MADE]
