"""Mirrors of the current revisions of plans: their areas, activities and organisations as rows, for keys and readers."""

from collections.abc import Collection, Mapping, Sequence

from plantrack.model.grouping import grouped
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.plan import Activity, Area, Plan
from plantrack.store import organisations
from plantrack.store.connection import Connection, Row, insert
from plantrack.store.plan_content import read_content
from plantrack.store.scope import among


def mirror(db: Connection, plan: Plan) -> None:
    """Bring the mirrors in line with a plan."""
    for table in ("area", "activity"):
        db.execute(f"UPDATE {table} SET in_plan = 0 WHERE plan = :plan", {"plan": plan.id})
    for table, rows in _lines(plan).items():
        insert(db, table, rows, key=MIRRORS[table])


#: The mirrors, each with what names a row of it; those that others name come first.
MIRRORS = {"plan": "id", "area": "plan, code", "activity": "plan, code", "organisation": "id"}


def _lines(plan: Plan) -> dict[str, list[dict[str, object]]]:
    """Return the rows of a plan in each mirror of its lines."""
    activities = [
        {**_mirrored(plan, i, x), "area": a.code} for a in plan.areas for i, x in enumerate(a.activities)
    ]
    organisations: list[dict[str, object]] = [
        {
            "id": o.id,
            "name": o.name.vi,
            "short": o.short.vi if o.short else None,
            "valid_from": o.valid_from,
            "valid_to": o.valid_to,
            "in_plan": 1,
            "parent": o.parent,
        }
        for o in plan.organisations
    ]
    areas = [_mirrored(plan, i, a) for i, a in enumerate(plan.areas)]
    return {"area": areas, "activity": activities, "organisation": organisations}


def _mirrored(plan: Plan, position: int, line: Area | Activity) -> dict[str, object]:
    return {
        "plan": plan.id,
        "code": line.code,
        "position": position,
        "title": line.title.vi,
        "in_plan": 1,
    }


class Mirror(NamedTuple):
    """What a mirror holds by all revisions, as rows of some columns, of which the first ones are the key."""

    table: str
    key: tuple[str, ...]
    columns: tuple[str, ...]
    #: What it must hold: what is in a plan, and what left it where tasks need it.
    rows: list[Row]
    #: What left a plan and is needed no more; it may be there.
    others: frozenset[Row]

    def may_stay(self, row: Row) -> bool:
        """Return whether a row that is there may be, though it need not."""
        return row in self.others


def mirrors(db: Connection) -> list[Mirror]:
    """Return what the mirrors hold by the revisions, replayed from the first one."""
    found = _replayed(db)
    used = {(r[0], r[1]) for r in db.query(_USED)}
    used |= {_key_of(row) for row in found["organisation"].values()}
    used |= {(r["plan"], r["area"]) for r in found["activity"].values() if r["in_plan"] or _key_of(r) in used}
    return [_mirror_of(table, list(rows.values()), used) for table, rows in found.items() if rows]


#: The codes that tasks have.
_USED = "SELECT plan, area AS code FROM task UNION SELECT plan, activity FROM task WHERE activity IS NOT NULL"


def _replayed(db: Connection) -> dict[str, dict[Row, dict[str, object]]]:
    found: dict[str, dict[Row, dict[str, object]]] = {table: {} for table in MIRRORS}
    asked = "SELECT plan, revision, content FROM plan_revision ORDER BY recorded_at, plan, revision"
    for plan_id, revision, content in db.stream(asked):
        plan = read_content(db, plan_id, content)
        for row in (*found["area"].values(), *found["activity"].values()):
            row["in_plan"] = 0 if row["plan"] == plan_id else row["in_plan"]
        head: dict[str, object] = {"id": plan_id, "year": plan.year, "revision": revision}
        for table, rows in {"plan": [head], **_lines(plan)}.items():
            found[table].update({_key_of(row): row for row in rows})
    found["organisation"] = _with_recorded(db, found["organisation"])
    return found


def _with_recorded(db: Connection, rows: Mapping[Row, dict[str, object]]) -> dict[Row, dict[str, object]]:
    """Return the rows of organisations with those that were only recorded, and what is recorded of all."""
    beside = {_key_of(row): row for row in organisations.rows_beside(db)}
    same_as = {(id,): other for id, other in organisations.recorded(db).same_as.items()}
    there = {key: {**row, "same_as": same_as.get(key)} for key, row in {**beside, **rows}.items()}
    return dict(
        sorted(there.items(), key=lambda item: item[0] in same_as)
    )  # what another one names comes first


def _key_of(row: Mapping[str, object]) -> Row:
    return (row["plan"], row["code"]) if "code" in row else (row["id"],)


def _mirror_of(table: str, rows: Sequence[Mapping[str, object]], used: Collection[Row]) -> Mirror:
    needed = [bool(row.get("in_plan", 1)) or _key_of(row) in used for row in rows]
    all_rows = [tuple(row.values()) for row in rows]
    others = frozenset(row for row, there in zip(all_rows, needed, strict=True) if not there)
    key = tuple(MIRRORS[table].split(", "))
    return Mirror(table, key, tuple(rows[0]), [row for row in all_rows if row not in others], others)


def fill_mirrors(db: Connection) -> list[Mirror]:
    """Let the mirrors hold all that was ever in a plan, for others to name."""
    found = mirrors(db)
    for mirror in found:
        for some in (mirror.others, mirror.rows):
            rows = [dict(zip(mirror.columns, row, strict=True)) for row in some]
            insert(db, mirror.table, rows, key=MIRRORS[mirror.table])
    return found


def derive_mirrors(db: Connection) -> None:
    """Make the mirrors again from the revisions: first what others may name, then without what is too much."""
    for mirror in reversed(fill_mirrors(db)):
        _delete_others(db, mirror)


def derive_parents(db: Connection) -> None:
    """Write of which organisation each one is a unit, by the revisions."""
    rows = [row for row in _replayed(db)["organisation"].values() if row["parent"]]
    db.executemany(
        "UPDATE organisation SET parent = :parent WHERE id = :id",
        [{name: row[name] for name in ("id", "parent")} for row in rows],
    )


def _delete_others(db: Connection, mirror: Mirror) -> None:
    """Delete what a mirror need not hold, without reading it: a key there may be damaged."""
    needed = grouped((row[0], row[1]) for row in mirror.rows)
    first, *second = mirror.key
    theirs, params = among(first, "k", needed)
    db.execute(f"DELETE FROM {mirror.table} WHERE NOT ({theirs})", params)
    for name in second:
        for one, others in needed.items():
            own, params = among(name, "k", others)
            db.execute(
                f"DELETE FROM {mirror.table} WHERE {first} = :one AND NOT ({own})", {"one": one, **params}
            )


def forget_unused(db: Connection, plan: str) -> None:
    """Delete the codes that left the plan, except those that have tasks."""
    mine = {"plan": plan}
    db.execute(
        "DELETE FROM activity WHERE plan = :plan AND in_plan = 0 AND NOT EXISTS "
        "(SELECT 1 FROM task AS t WHERE t.plan = activity.plan AND t.activity = activity.code)",
        mine,
    )
    db.execute(
        "DELETE FROM area WHERE plan = :plan AND in_plan = 0 AND NOT EXISTS (SELECT 1 FROM task AS t "
        "WHERE t.plan = area.plan AND t.area = area.code) AND NOT EXISTS (SELECT 1 FROM activity AS y "
        "WHERE y.plan = area.plan AND y.area = area.code)",
        mine,
    )
