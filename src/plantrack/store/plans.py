"""Plans: each applied revision whole, and mirrors of the current one for keys and readers."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from plantrack.errors import Failure
from plantrack.model.grouping import grouped
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.plan import Activity, Area, Plan
from plantrack.model.plan_json import plan_from_json, plan_to_json
from plantrack.store import organisations
from plantrack.store.commands import Before
from plantrack.store.connection import Asked, Connection, Row, insert
from plantrack.store.scope import among
from plantrack.store.sealing.seals import add_fact_rows


class Revision(NamedTuple):
    """A revision of a plan as it was applied."""

    plan: str
    revision: int
    command: str
    recorded_at: str
    file: str
    sha256: str
    git_commit: str | None
    dirty: bool | None
    author: str
    #: Why it was applied, where somebody said so.
    reason: str | None = None
    #: How many warnings its files had; None: applied before that was kept.
    warnings: int | None = None


class LoadedPlan(NamedTuple):
    """A plan, the number of its revision, and the moment of the last command that had been recorded when it was read."""

    plan: Plan
    revision: int
    moment: str


def _revision_columns(db: Connection) -> str:
    """Return what a revision `r` is read of; its author also where its command was not known yet: a plan always is."""
    return (
        "r.plan, r.revision, r.command, r.recorded_at, r.file, r.sha256, r.git_commit, r.dirty, c.author, r.reason, "
        f"r.warnings FROM plan_revision AS r JOIN {db.shared}.command AS c ON c.uid = r.command"
    )


def plan_years(db: Connection, known_at: str | None = None) -> list[tuple[str, int]]:
    """Return what `ask_years` asks."""
    return ask_years(db, known_at)()


def ask_years(db: Connection, known_at: str | None = None) -> Asked[list[tuple[str, int]]]:
    """Ask for the id and the year of each plan that had been applied at a moment.

    A plan without its first revision is asked for too, so that it is found to be damage.
    """
    rows = db.ask(
        "SELECT p.id, p.year, r.revision FROM plan AS p LEFT JOIN plan_revision AS r ON r.plan = p.id "
        "AND r.revision = 1 WHERE r.revision IS NULL OR CAST(:known AS TEXT) IS NULL "
        "OR r.recorded_at <= :known ORDER BY p.year, p.id",
        {"known": known_at},
    )
    return lambda: [(r[0], r[1]) for r in rows()]


def current_revision(db: Connection, plan: str) -> int:
    """Return the number of a plan's current revision."""
    return int(db.query("SELECT revision FROM plan WHERE id = :plan", {"plan": plan})[0][0])


#: What a command may number.
_COUNTERS = ("command", "task")


def _last_of(counter: str) -> str:
    return f"COALESCE((SELECT k.used FROM counter AS k WHERE k.name = '{counter}'), 0) AS used"


def ask_revisions_now(db: Connection, ids: Collection[str]) -> Asked[tuple[dict[str, int], Before]]:
    """Ask for the numbers of the current revisions of plans, and what there is before the command that writes on them."""
    theirs, params = among("p.id", "p", ids)
    asked = db.ask(
        "SELECT p.id, p.revision, (SELECT MAX(c.recorded_at) FROM command AS c) AS recorded_at, "
        f"{', '.join(map(_last_of, _COUNTERS))} FROM plan AS p WHERE {theirs}",
        params,
    )

    def read() -> tuple[dict[str, int], Before]:
        rows = asked()
        before = Before(rows[0][2], dict(zip(_COUNTERS, rows[0][3:]))) if rows else Before(None)
        return {r[0]: r[1] for r in rows}, before

    return read


def load_plan(db: Connection, plan: str, known_at: str | None = None) -> Plan:
    """Return a plan as known at a moment; its first revision when it was not known yet."""
    return ask_plan(db, plan, known_at)().plan


def ask_plan(db: Connection, plan: str, known_at: str | None = None) -> Asked[LoadedPlan]:
    """Ask for a plan as `load_plan` returns it, with what it was read against."""
    rows = db.ask(
        "SELECT content, revision, (SELECT MAX(c.recorded_at) FROM command AS c) AS recorded_at FROM plan_revision WHERE plan = :plan AND (revision = 1 OR CAST(:known AS TEXT) IS NULL "
        "OR recorded_at <= :known) ORDER BY revision DESC LIMIT :n",
        {"plan": plan, "known": known_at, "n": 1},
    )

    def read() -> LoadedPlan:
        content, revision, moment = rows()[0]
        return LoadedPlan(_read(db, plan, content), revision, moment)

    return read


def _read(db: Connection, plan: str, content: str) -> Plan:
    """Read the plan of a revision; one that calls itself otherwise was changed past the program."""
    found = plan_from_json(content)
    if found.id != plan:
        where = {"table": "plan_revision", "row": plan, "column": "content"}
        raise Failure("database-damaged", file=db.name, reason="", **where)
    return found


def load_revision(db: Connection, plan: str, revision: int) -> Plan:
    """Return a plan as it was in one of its revisions."""
    found = {"plan": plan, "revision": revision}
    asked = "SELECT content FROM plan_revision WHERE plan = :plan AND revision = :revision"
    return _read(db, plan, db.query(asked, found)[0][0])


def included(db: Connection, plan: str, revision: int) -> list[tuple[str, str]]:
    """Return the files that a revision included, with their hashes."""
    rows = db.query(
        "SELECT file, sha256 FROM plan_include WHERE plan = :plan AND revision = :revision ORDER BY file",
        {"plan": plan, "revision": revision},
    )
    return [(r[0], r[1]) for r in rows]


def revisions(db: Connection, plan: str, known_at: str | None = None) -> list[Revision]:
    """Return the applied revisions of a plan, the newest first."""
    rows = db.query(
        f"SELECT {_revision_columns(db)} WHERE r.plan = :plan AND (CAST(:known AS TEXT) IS NULL OR r.recorded_at <= :known) "
        "ORDER BY r.revision DESC",
        {"plan": plan, "known": known_at},
    )
    return [_revision(r) for r in rows]


def _revision(r: Row) -> Revision:
    return Revision._make((*r[:7], None if r[7] is None else r[7] == 1, *r[8:]))


def standing_revision(db: Connection, sha256: str) -> Revision | None:
    """Return the current revision of the plan whose document has a hash, None where no plan's has."""
    rows = db.query(
        f"SELECT {_revision_columns(db)} JOIN plan AS p ON p.id = r.plan AND p.revision = r.revision WHERE r.sha256 = :sha256 "
        "ORDER BY r.plan",
        {"sha256": sha256},
    )
    return _revision(rows[0]) if rows else None


def note_plans(db: Connection, contents: Iterable[str]) -> None:
    """Let there be the plans of some revisions, as they are stored, before these are added; the mirrors follow."""
    years = {plan.id: plan.year for plan in map(plan_from_json, contents)}
    insert(db, "plan", [{"id": id, "year": year, "revision": 1} for id, year in years.items()], key="id")


def save_revision(
    db: Connection,
    plan: Plan,
    revision: Revision,
    document: str,
    includes: Iterable[tuple[str, str]] = (),
) -> None:
    """Add a revision of a plan and bring the mirrors in line with it."""
    row = {**revision._asdict(), "content": plan_to_json(plan), "document": document}
    row["dirty"] = None if revision.dirty is None else int(revision.dirty)
    del row["author"]  # the command has it
    number = {"plan": plan.id, "revision": revision.revision}
    insert(db, "plan", [{"id": plan.id, "year": plan.year, "revision": revision.revision}], key="id")
    add_fact_rows(db, "plan_revision", [row])
    add_fact_rows(
        db, "plan_include", [{**number, "file": file, "sha256": sha256} for file, sha256 in includes]
    )
    _mirror(db, plan)


def _mirror(db: Connection, plan: Plan) -> None:
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
    order = "SELECT plan, revision FROM plan_revision ORDER BY recorded_at, plan, revision"
    for plan_id, revision in db.query(order):
        plan = load_revision(db, plan_id, revision)
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


def all_codes(db: Connection) -> list[str]:
    """Return the ids of all plans, and the codes of all areas and activities that any has or is kept of."""
    rows = db.query(
        "SELECT p.id AS code FROM plan AS p UNION SELECT a.code FROM area AS a UNION SELECT y.code FROM activity AS y"
    )
    return sorted(r[0] for r in rows)


def former_areas(db: Connection, plan: str) -> list[tuple[str, str]]:
    """Return the code and last title of areas that left the plan and are kept for work that was done under them."""
    rows = db.query(
        "SELECT code, title FROM area WHERE plan = :plan AND in_plan = 0 ORDER BY position, code",
        {"plan": plan},
    )
    return [(r[0], r[1]) for r in rows]


def ask_former_codes(db: Connection, plan: str) -> Asked[list[str]]:
    """Ask for the codes of areas and activities that left the plan and still have tasks."""
    rows = db.ask(
        "SELECT code FROM area WHERE plan = :plan AND in_plan = 0 "
        "UNION ALL SELECT code FROM activity WHERE plan = :plan AND in_plan = 0",
        {"plan": plan},
    )
    return lambda: [r[0] for r in rows()]
