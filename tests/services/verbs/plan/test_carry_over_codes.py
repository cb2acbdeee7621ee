"""Where work goes on: under the same code or another, in its area, or where a person says."""

from pathlib import Path

import pytest

from plantrack.services.verbs.add import add_from_plan
from plantrack.store.sqlite.connection import SQLite
from tests.support.next_plan import (
    DAY,
    NEW,
    Content,
    activity,
    area,
    carried,
    drop,
    looked,
    next_plan,
    opened,
    remarks,
    stood,
)
from tests.support.steps import (
    PLAN,
    OpenContext,
    held,
    refused,
)


@pytest.fixture
def new(context_on: OpenContext, workspace: Path) -> str:
    """Carry in the plan of 2025, with the same codes and nothing due."""
    return next_plan(context_on, workspace, 2025).plan


# --- codes ---


def test_a_moved_code_leads_to_its_new_place(context_on: OpenContext, workspace: Path) -> None:
    def move(content: Content) -> None:
        drop(content, "ND3.2")
        drop(content, "ND7")
        content["moved"] = {"ND3.2": "ND4.1", "ND7": "ND6"}

    next_plan(context_on, workspace, 2025, move)
    opened(context_on, activity="3.2")
    opened(context_on, area="7")
    assert remarks(looked(context_on)) == [("moved", "ND3.2", "ND4.1"), ("moved", "ND7", "ND6")]
    assert [(t.area, t.activity) for t in carried(context_on).tasks] == [("ND4", "ND4.1"), ("ND6", None)]


def test_without_its_activity_a_task_goes_into_the_area(context_on: OpenContext, workspace: Path) -> None:
    next_plan(context_on, workspace, 2025, lambda c: drop(c, "ND3.2"))
    opened(context_on, activity="3.2")
    assert remarks(looked(context_on)) == [("activity-gone", "ND3.2", "ND3")]
    (made,) = carried(context_on).tasks
    assert (made.area, made.activity, made.follows) == ("ND3", None, ())


def test_a_code_with_another_title_is_another_activity(context_on: OpenContext, workspace: Path) -> None:
    """Whatever has the code now says nothing of the task: neither its due day nor its lead."""

    def other(content: Content) -> None:
        activity(content, "ND3.1").update(title="Việc khác", due="2025-03-31", lead=["ubdt"])

    next_plan(context_on, workspace, 2025, other)
    add_from_plan(context_on("2024-04-01", plan=PLAN))
    task = stood(context_on, "4")
    assert ("activity-other", "ND3.1", "ND3") in remarks(looked(context_on))
    (made,) = (t for t in carried(context_on).tasks if t.carried_from == task.label)
    assert (made.area, made.activity, made.follows) == ("ND3", None, ())
    assert (made.title, made.due, made.lead) == (task.title, task.due, task.lead)


def test_tones_and_case_make_no_other_activity(context_on: OpenContext, workspace: Path) -> None:
    def retoned(content: Content) -> None:
        line = activity(content, "ND3.1")
        line["title"] = str(line["title"]["vi"] if isinstance(line["title"], dict) else line["title"]).upper()

    next_plan(context_on, workspace, 2025, retoned)
    opened(context_on, activity="3.1")
    assert [
        (r, t.activity) for r, t in zip([remarks(looked(context_on))], carried(context_on).tasks, strict=True)
    ] == [([], "ND3.1")]


def test_a_title_under_another_code_is_proposed_and_taken_only_when_it_is_said(
    context_on: OpenContext, workspace: Path
) -> None:
    def renumbered(content: Content) -> None:
        activity(content, "ND3.1")["code"] = "ND3.9"

    next_plan(context_on, workspace, 2025, renumbered)
    opened(context_on, activity="3.1")
    assert remarks(looked(context_on)) == [("activity-gone", "ND3.1", "ND3"), ("namesake", "ND3.1", "ND3.9")]
    assert remarks(looked(context_on, said=["nd3.1 = 3.9"])) == [("moved", "ND3.1", "ND3.9")]
    (made,) = carried(context_on, said=["3.1=3.9"]).tasks
    assert (made.area, made.activity) == ("ND3", "ND3.9")


def test_an_activity_can_go_into_an_area(context_on: OpenContext, new: str) -> None:
    opened(context_on, activity="3.1")
    (made,) = carried(context_on, said=["3.1=ND5"]).tasks
    assert (made.area, made.activity) == ("ND5", None)


def test_an_area_with_another_title_is_for_people_to_pair(context_on: OpenContext, workspace: Path) -> None:
    next_plan(context_on, workspace, 2025, lambda c: area(c, "ND3").update(title="Nội dung khác"))
    task = opened(context_on)
    with refused("carry-over-lacking") as caught:
        carried(context_on)
    title = context_on(plan=PLAN).names.areas["ND3"].title.vi
    assert caught.value.params["codes"] == (f"ND3 “{title}” ({task}; kh-2025: “Nội dung khác”)",)
    assert caught.value.params["commands"] == (
        "plantrack plan carry-over kh-468-2024 kh-2025 --pair ND3=ND3",
    )
    assert [t.area for t in carried(context_on, said=["ND3=ND3"]).tasks] == ["ND3"]


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (["3.1"], "pair-form"), (["=3.1"], "pair-form"), (["3.1="], "pair-form"), (["3=3.1"], "pair-form"),
        (["3.1=3.2", "ND3.1=4.1"], "pair-twice"), (["3.99=3.1"], "unknown-activity"),
        (["3.1=3.99"], "unknown-activity"), (["9=3"], "unknown-area"), (["3=9"], "unknown-area"),
    ],
)  # fmt: skip
def test_pairs_that_cannot_be(
    said: list[str], code: str, context_on: OpenContext, new: str, db: SQLite
) -> None:
    opened(context_on, activity="3.1")
    before = held(db)
    for attempt in (carried, looked):
        with refused(code):
            attempt(context_on, said=said)
    assert held(db) == before


def test_work_that_may_be_there_twice_is_told(context_on: OpenContext, new: str) -> None:
    opened(context_on, activity="3.2")
    add_from_plan(context_on(DAY, plan=NEW))
    assert remarks(looked(context_on)) == [("activity-has", "ND3.2", "6")]


def test_what_the_new_plan_lacks_stands_in_the_way(
    context_on: OpenContext, workspace: Path, db: SQLite
) -> None:
    def less(content: Content) -> None:
        drop(content, "ND7")
        content["organisations"] = [o for o in content["organisations"] if o["id"] != "hlhpn"]

    next_plan(context_on, workspace, 2025, less)
    opened(context_on, area="7")
    opened(context_on, lead=("hlhpn",))
    opened(context_on, activity="7.1", coordinating=("hlhpn",))
    opened(context_on)
    before = held(db)
    for attempt in (carried, looked):
        with refused("carry-over-lacking") as caught:
            attempt(context_on)
        params = caught.value.params
        assert params["codes"] == ("ND7 (1, 3)", "hlhpn (2, 3)")
        assert params["commands"] == (
            "plantrack drop 1 3 --reason '…'",
            "plantrack unassign 2 --lead hlhpn",
            "plantrack unassign 3 --with hlhpn",
        )
    assert held(db) == before


def test_a_plan_with_no_area_in_common_leaves_dropping_only(context_on: OpenContext, workspace: Path) -> None:
    def other(content: Content) -> None:
        content["areas"] = [{"code": "A1", "title": "Khác"}]

    next_plan(context_on, workspace, 2025, other)
    opened(context_on)
    with refused("carry-over-lacking") as caught:
        carried(context_on)
    assert caught.value.params["commands"] == ("plantrack drop 1 --reason '…'",)
