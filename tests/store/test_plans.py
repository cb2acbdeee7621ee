"""Plans: each revision whole, as it was applied and as it was known; codes that left stay for work done under them."""

import pytest
from hypothesis import given

from plantrack.model.plan import Area, Plan, Text
from plantrack.store import plan_mirrors, plans
from plantrack.store.commands import record
from plantrack.store.plans import Revision
from plantrack.store.sqlite.connection import SQLite
from tests.conftest import Hands
from tests.support.engines import taken_back
from tests.support.plan_files import changed, without
from tests.support.random_plans import plans as any_plan
from tests.support.steps import PLAN, OpenContext, opened

KNOWN = [f"2024-04-{n:02}T02:00:00.000Z" for n in range(1, 4)]


def saved(
    db: SQLite, plan: Plan, on: str = "2024-04-01", *, dirty: bool | None = None, **more: object
) -> Revision:
    """Add a revision of a plan on a day."""
    command = record(db, "plan apply", "An", Hands(on).now)
    before = [r.revision for r in plans.revisions(db, plan.id)]
    revision = Revision(
        plan.id, max(before, default=0) + 1, command.uid, command.recorded_at, "plans/a.yaml", "0" * 64,
        "f" * 40, dirty, "An", "CV số 5",
    )  # fmt: skip
    plans.save_revision(db, plan, revision, "format: 1\n", **more)  # type: ignore[arg-type]
    return revision


@pytest.fixture
def plan(context_on: OpenContext) -> Plan:
    return context_on("2024-03-26").plan


# --- revisions ---


@given(any_plan())
def test_any_plan_is_read_as_it_was_applied(db: SQLite, drawn: Plan) -> None:
    other = drawn._replace(id="kh-khác", year=2025)
    with taken_back(db):
        saved(db, other)
        assert plans.load_plan(db, "kh-khác") == plans.load_revision(db, "kh-khác", 1) == other
        assert plans.plan_years(db) == [(PLAN, 2024), ("kh-khác", 2025)]
        assert plans.former(db, "kh-khác") == plans.Former({}, ())
        codes = {r[0] for r in db.query("SELECT code FROM activity WHERE plan = 'kh-khác' AND in_plan = 1")}
        assert codes == {x.code for a in other.areas for x in a.activities}


def test_a_plan_is_that_of_its_last_revision_known_at_a_moment(db: SQLite, plan: Plan) -> None:
    states = [plan._replace(title=Text(f"Tên {n}")) for n in range(1, 4)]
    made = [saved(db, state, f"2024-04-{n:02}") for n, state in enumerate(states, 1)]
    assert [plans.load_plan(db, PLAN, known).title.vi for known in KNOWN] == ["Tên 1", "Tên 2", "Tên 3"]
    assert plans.load_plan(db, PLAN) == states[2]
    assert plans.load_plan(db, PLAN, "2024-01-01T00:00:00.000Z") == plan, "before all of them its first one"
    assert [plans.load_revision(db, PLAN, r.revision) for r in made] == states
    assert plans.current_revision(db, PLAN) == 4
    assert plans.revisions(db, PLAN)[:3] == made[::-1]
    assert [[r.revision for r in plans.revisions(db, PLAN, known)] for known in KNOWN[:2]] == [
        [2, 1],
        [3, 2, 1],
    ]


@pytest.mark.parametrize("dirty", [None, True, False])
def test_a_revision_says_what_git_knew_of_its_file(db: SQLite, plan: Plan, dirty: bool | None) -> None:
    made = saved(db, plan, dirty=dirty)
    assert plans.revisions(db, PLAN)[0] == made
    assert made.dirty is dirty


def test_the_files_of_a_revision_are_its_own(db: SQLite, plan: Plan) -> None:
    files = [("b.yml", "1" * 64), ("a.yml", "2" * 64)]
    saved(db, plan, includes=files)
    saved(db, plan)
    assert [plans.included(db, PLAN, n) for n in (2, 3)] == [sorted(files), []]


def test_plans_are_by_year_as_far_as_they_were_known(db: SQLite, plan: Plan) -> None:
    for year, on in ((2026, "2024-04-01"), (2023, "2024-04-02")):
        saved(db, plan._replace(id=f"kh-{year}", year=year), on)
    assert plans.plan_years(db) == [("kh-2023", 2023), (PLAN, 2024), ("kh-2026", 2026)]
    assert plans.plan_years(db, KNOWN[0]) == [(PLAN, 2024), ("kh-2026", 2026)]


# --- codes that left ---


def test_what_left_is_kept_for_work_that_was_done_under_it_and_else_forgotten(
    context_on: OpenContext, db: SQLite, plan: Plan
) -> None:
    opened(context_on, "2024-03-26", area="7")
    opened(context_on, "2024-03-26", activity="6.1")
    smaller = without(without(without(plan, "ND7"), "ND6"), "ND5")
    saved(db, smaller)
    assert {"ND5", "ND5.1", "ND6.1", "ND7.2"} <= {*codes(db)}
    plan_mirrors.forget_unused(db, PLAN)
    assert sorted(codes(db)) == ["ND6", "ND6.1", "ND7"]
    titles = {a.code: a.title.vi for a in plan.areas}
    assert plans.former(db, PLAN).areas == {code: titles[code] for code in ("ND6", "ND7")}
    saved(db, plan)
    assert codes(db) == [], "it came back"


def test_a_former_area_has_its_last_title(context_on: OpenContext, db: SQLite, plan: Plan) -> None:
    opened(context_on, "2024-03-26", area="7")
    saved(db, changed(plan, "ND7", title=Text("Tên cuối")))
    saved(db, without(plan, "ND7"))
    assert plans.former(db, PLAN).areas == {"ND7": "Tên cuối"}


def codes(db: SQLite, plan: str = PLAN) -> list[str]:
    """Return the codes of what left a plan."""
    areas, activities = plans.former(db, plan)
    return [*areas, *activities]


def test_plans_with_the_same_codes_do_not_meet(context_on: OpenContext, db: SQLite, plan: Plan) -> None:
    opened(context_on, "2024-03-26", area="7")
    bare = plan._replace(id="kh-2025", year=2025, areas=(Area("ND1", Text("Khác")),))
    saved(db, plan._replace(id="kh-2025", year=2025))
    saved(db, bare)
    plan_mirrors.forget_unused(db, "kh-2025")
    assert codes(db, "kh-2025") == codes(db) == []
    assert plans.load_plan(db, PLAN) == plan
