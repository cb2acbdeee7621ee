"""Plans: each applied revision whole, and mirrors of the current one for keys and readers."""

from collections.abc import Collection, Iterable
from operator import itemgetter

from plantrack.model.named_tuple import NamedTuple
from plantrack.model.plan import Plan
from plantrack.model.plan_json import plan_from_json, plan_to_json
from plantrack.store import plan_mirrors
from plantrack.store.commands import Before
from plantrack.store.connection import Asked, Connection, Row, insert
from plantrack.store.plan_content import read_content
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


class ForeseenPlan(NamedTuple):
    """The plan that is probably meant, before it is known which ones there are: of a task, else of a year.

    Where no plan is of that year it is the latest that had started, else the first to come.
    """

    year: int
    site: str = ""
    number: int = 0


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


_FORESEEN = (
    "COALESCE((SELECT t.plan FROM task AS t WHERE t.site = :site AND t.number = :number), "
    "(SELECT p.id FROM plan AS p WHERE p.year = :year ORDER BY p.id LIMIT :n), "
    "(SELECT p.id FROM plan AS p WHERE p.year < :year ORDER BY p.year DESC, p.id DESC LIMIT :n), "
    "(SELECT p.id FROM plan AS p ORDER BY p.year, p.id LIMIT :n))"
)


def _which(plan: str | ForeseenPlan) -> tuple[str, dict[str, object]]:
    """Return the SQL for the id of a plan, and what is bound in it."""
    return (":plan", {"plan": plan}) if isinstance(plan, str) else (_FORESEEN, {**plan._asdict(), "n": 1})


def ask_plan(db: Connection, plan: str | ForeseenPlan, known_at: str | None = None) -> Asked[LoadedPlan]:
    """Ask for a plan as `load_plan` returns it, with what it was read against."""
    which, params = _which(plan)
    rows = db.ask(
        "SELECT plan, content, revision, (SELECT MAX(c.recorded_at) FROM command AS c) AS recorded_at FROM plan_revision "
        f"WHERE plan = {which} AND (revision = 1 OR CAST(:known AS TEXT) IS NULL "
        "OR recorded_at <= :known) ORDER BY revision DESC LIMIT :n",
        {**params, "known": known_at, "n": 1},
    )

    def read() -> LoadedPlan:
        found, content, revision, moment = rows()[0]
        return LoadedPlan(read_content(db, found, content), revision, moment)

    return read


def load_revision(db: Connection, plan: str, revision: int) -> Plan:
    """Return a plan as it was in one of its revisions."""
    return ask_revision(db, plan, revision)()


def ask_revision(db: Connection, plan: str, revision: int) -> Asked[Plan]:
    """Ask for a plan as it was in one of its revisions."""
    rows = db.ask(
        "SELECT content FROM plan_revision WHERE plan = :plan AND revision = :revision",
        {"plan": plan, "revision": revision},
    )
    return lambda: read_content(db, plan, rows()[0][0])


def included(db: Connection, plan: str, revision: int) -> list[tuple[str, str]]:
    """Return the files that a revision included, with their hashes."""
    rows = db.query(
        "SELECT file, sha256 FROM plan_include WHERE plan = :plan AND revision = :revision ORDER BY file",
        {"plan": plan, "revision": revision},
    )
    return [(r[0], r[1]) for r in rows]


def revisions(db: Connection, plan: str, known_at: str | None = None) -> list[Revision]:
    """Return the applied revisions of a plan, the newest first."""
    return ask_revisions(db, plan, known_at)()


def ask_revisions(db: Connection, plan: str, known_at: str | None = None) -> Asked[list[Revision]]:
    """Ask for what `revisions` returns."""
    rows = db.ask(
        f"SELECT {_revision_columns(db)} WHERE r.plan = :plan AND (CAST(:known AS TEXT) IS NULL OR r.recorded_at <= :known) "
        "ORDER BY r.revision DESC",
        {"plan": plan, "known": known_at},
    )
    return lambda: [_revision(r) for r in rows()]


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
    plan_mirrors.mirror(db, plan)


def all_codes(db: Connection) -> list[str]:
    """Return the ids of all plans, and the codes of all areas and activities that any has or is kept of."""
    rows = db.query(
        "SELECT p.id AS code FROM plan AS p UNION SELECT a.code FROM area AS a UNION SELECT y.code FROM activity AS y"
    )
    return sorted(r[0] for r in rows)


class Former(NamedTuple):
    """What left a plan and is kept for work that was done under it."""

    #: The codes and last titles of areas, in their order.
    areas: dict[str, str]
    activities: tuple[str, ...]


def former(db: Connection, plan: str) -> Former:
    """Return what `ask_former` asks."""
    return ask_former(db, plan)()


def ask_former(db: Connection, plan: str | ForeseenPlan) -> Asked[Former]:
    """Ask for what left a plan and still has tasks."""
    which, params = _which(plan)
    asked = db.ask(
        f"SELECT code, title, position FROM area WHERE plan = {which} AND in_plan = 0 UNION ALL "
        f"SELECT code, CAST(NULL AS TEXT), position FROM activity WHERE plan = {which} AND in_plan = 0",
        params,
    )

    def read() -> Former:
        rows = sorted(asked(), key=itemgetter(2, 0))
        areas = {code: title for code, title, _ in rows if title is not None}
        return Former(areas, tuple(code for code, title, _ in rows if title is None))

    return read
