"""Which tasks a new state of a plan may touch, asked for by what changed."""

from plantrack.services.verbs.add import NewTask, add, add_from_plan
from plantrack.services.verbs.assign import Roles, assign, unassign
from plantrack.services.verbs.edit import Corrections, edit, remove
from plantrack.store import tasks
from plantrack.store.questions import plan_tasks
from plantrack.store.sqlite.connection import SQLite
from tests.store.test_indexes import Explained
from tests.support.steps import PLAN, OpenContext, said

DAY = "2024-04-10"


def labels(db: SQLite, uids: list[str]) -> list[int]:
    """Return the numbers of tasks, each as often as it was found."""
    number = {row.uid: row.number for row in tasks.own_rows(db, uids)}
    return sorted(number[uid] for uid in uids)


def test_the_tasks_of_codes_are_those_on_an_activity_or_on_an_area_alone(
    context_on: OpenContext, db: SQLite
) -> None:
    add_from_plan(context_on(DAY))
    add(context_on(DAY), NewTask("Họp", area="ND3"))
    add(context_on(DAY), NewTask("Họp thêm", activity="ND3.1"))
    remove(context_on(DAY), ["13"], "nhầm")
    assert labels(db, plan_tasks.of_codes(db, PLAN, {"ND3.1"})) == [4, 14]
    assert labels(db, plan_tasks.of_codes(db, PLAN, {"ND3"})) == [13], "removed ones too"
    assert labels(db, plan_tasks.of_codes(db, PLAN, {"ND3", "ND3.1", *map(str, range(900))})) == [4, 13, 14]
    assert plan_tasks.of_codes(db, PLAN, ()) == plan_tasks.of_codes(db, "kh-2025", {"ND3"}) == []


def test_the_open_tasks_of_an_organisation_are_those_that_it_leads_or_coordinates(
    context_on: OpenContext, db: SQLite
) -> None:
    add_from_plan(context_on(DAY))
    assign(context_on(DAY), ["1"], Roles(lead=("ubdt",)))
    assign(context_on(DAY), ["2", "3"], Roles(coordinating=("ubdt",)))
    unassign(context_on("2024-04-12"), ["2"], Roles(coordinating=("ubdt",)))
    assign(context_on("2024-04-12"), ["2"], Roles(coordinating=("hlhpn",)))
    said(context_on, "2024-05-01", "3", status="done")
    assert labels(db, plan_tasks.open_of(db, PLAN, {"ubdt", "không-có"})) == [1]
    assert labels(db, plan_tasks.open_of(db, PLAN, {"ubdt", "hlhpn"})) == [1, 2]
    assert plan_tasks.open_of(db, PLAN, ()) == []


def test_one_stands_for_all_that_follow_alike_and_have_the_same_in_that(
    context_on: OpenContext, db: SQLite
) -> None:
    add(context_on(DAY), NewTask("Một", activity="ND3.1"))
    add(context_on(DAY), NewTask("Hai", activity="ND3.1", priority="high"))
    for title in ("Ba", "Bốn"):
        add(context_on(DAY), NewTask(title, activity="ND3.1"))
    add(context_on(DAY), NewTask("Năm", activity="ND3.1", priority="low"))
    add(context_on(DAY), NewTask("Sáu", area="ND3"))
    kinds = labels(db, plan_tasks.followers(db, PLAN))
    assert [{1, 3, 4}.isdisjoint(kinds), {2, 5}.isdisjoint(kinds), len(kinds)] == [False, False, 2], (
        "titles and priorities of their own make no other kind"
    )
    edit(context_on(DAY), ["4"], Corrections(due="2024-08-08"))
    said(context_on, DAY, "3", status="done")
    assert len(plan_tasks.followers(db, PLAN)) == 4


def test_the_open_tasks_of_a_day_come_in_their_order(context_on: OpenContext, db: SQLite) -> None:
    add_from_plan(context_on(DAY))
    add(context_on(DAY), NewTask("Họp", activity="ND3.1"))
    remove(context_on(DAY), ["1"], "nhầm")
    said(context_on, "2024-05-01", "3", status="done")
    said(context_on, "2024-06-01", "4", status="dropped", reason="x")
    found = {day: [n for _, n in plan_tasks.open_on(db, PLAN, day).values()] for day in (DAY, "2024-05-01")}
    assert found == {DAY: list(range(2, 14)), "2024-05-01": [2, *range(4, 14)]}
    assert labels(db, list(plan_tasks.open_on(db, PLAN, DAY))) == found[DAY]
    on = plan_tasks.open_labels(db, PLAN)
    assert (on["ND3.1"], on["ND3.2"], len(on)) == (["13"], ["5"], 10)
    add(context_on(DAY), NewTask("Họp nữa", activity="ND3.1"))
    assert plan_tasks.open_labels(db, PLAN)["ND3.1"] == ["13", "14"]


def test_they_are_found_by_their_codes_and_their_holders(db: SQLite) -> None:
    explained = Explained(db)
    plan_tasks.of_codes(explained, PLAN, {"ND3", "ND3.1"})
    plan_tasks.open_of(explained, PLAN, {"ubdt"})
    plan_tasks.followers(explained, PLAN)
    assert not [step for step in explained.steps if step.startswith("SCAN")], explained.steps
    assert any("task_by_activity (plan=? AND activity=?)" in step for step in explained.steps), (
        explained.steps
    )
    assert any("holder_by_party (party=? AND role=? AND last_day>?)" in step for step in explained.steps)
