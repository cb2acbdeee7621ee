"""What a new state of a plan does to its tasks: what they take over and keep, and what stands in the way."""

from pathlib import Path

from plantrack.model.plan import Activity, Retired, Text
from plantrack.services.plan_effects import effects
from plantrack.services.verbs.add import NewTask, add, add_from_plan
from plantrack.services.verbs.edit import Corrections, edit
from plantrack.services.verbs.plan.show import plan_tree
from plantrack.services.verbs.undo import undo
from plantrack.store.sqlite.connection import SQLite
from tests.store.test_indexes import Explained
from tests.support.plan_changes import carry, compare, effects_of
from tests.support.plan_files import changed, with_activity, without
from tests.support.steps import OpenContext, opened, refused, said, stood


def test_under_a_change_stand_the_tasks_that_follow_it(context_on: OpenContext, workspace: Path) -> None:
    add_from_plan(context_on("2024-03-26"))
    new = changed(context_on().plan, "ND3.1", due="2024-Q3", lead=("ubdt",), time="Quý III")
    (part,) = compare(context_on, workspace, new).parts
    assert (part.change.code, [e.task.label for e in part.tasks]) == ("ND3.1", ["4"])
    assert effects_of(compare(context_on, workspace, new), "4") == {
        "due": (None, "2024-09-30"),
        "time": (None, "Quý III"),
        "lead": ((), ("ubdt",)),
    }


def test_what_an_area_says_reaches_the_tasks_of_its_activities(
    context_on: OpenContext, workspace: Path
) -> None:
    add_from_plan(context_on("2024-03-26"))
    new = changed(context_on().plan, "ND3", lead=("hlhpn",))
    (part,) = compare(context_on, workspace, new).parts
    assert part.change.code == "ND3"
    assert [(e.task.label, e.code) for e in part.tasks] == [("4", "ND3.1"), ("5", "ND3.2")]


def test_however_many_tasks_there_are_those_that_a_change_touches_are_asked_for(
    context_on: OpenContext, db: SQLite
) -> None:
    add_from_plan(context_on("2024-03-26"))
    plan = context_on().plan
    new = changed(changed(plan, "ND3.1", due="2024-Q3"), "ND3", lead=("ubdt",))
    asked, found = Explained(db), []
    for _ in range(2):
        asked.asked.clear()
        found.append(([e.task.label for e in effects(asked, plan, new).tasks], len(asked.asked)))
        add(context_on("2024-03-26"), NewTask("Họp", activity="ND2.1"), [f"Họp {n}" for n in range(450)])
    assert found == [(["4", "5"], 5), (["4", "5"], 5)]


def test_a_task_keeps_what_is_its_own(context_on: OpenContext, workspace: Path) -> None:
    add_from_plan(context_on("2024-03-26"))
    edit(context_on("2024-04-01"), ["4"], Corrections(due="2024-05-05"))
    new = changed(context_on().plan, "ND3.1", due="2024-Q3", priority="high")
    (effect,) = compare(context_on, workspace, new).tasks
    assert (effect.kept, [c.name for c in effect.changes]) == (("due",), ["priority"])


def test_finished_work_keeps_its_deadline_and_roles(context_on: OpenContext, workspace: Path) -> None:
    add_from_plan(context_on("2024-03-26"))
    said(context_on, "2024-05-01", "4", status="done")
    new = changed(context_on().plan, "ND3.1", due="2024-Q3", lead=("ubdt",), title=Text("Hội thảo khác"))
    (effect,) = compare(context_on, workspace, new).tasks
    assert effect.kept == ("due", "lead")
    assert [c.name for c in effect.changes] == ["title", "title.en"]


def test_open_work_stands_in_the_way_of_what_goes(context_on: OpenContext, workspace: Path) -> None:
    add_from_plan(context_on("2024-03-26"))
    opened(context_on, "2024-04-01", area="5")
    plan = context_on().plan
    view = compare(context_on, workspace, without(without(plan, "ND3.2"), "ND5"))
    assert [(o.what, o.code, [t.label for t in o.tasks]) for o in view.obstacles] == [
        ("activity", "ND3.2", ["5"]),
        ("area", "ND5", ["8", "9", "13"]),
        ("activity", "ND5.1", ["8"]),
        ("activity", "ND5.2", ["9"]),
    ]


def test_finished_work_on_what_went_earlier_is_no_news(context_on: OpenContext, workspace: Path) -> None:
    add_from_plan(context_on("2024-03-26"))
    said(context_on, "2024-05-01", "5", status="done")
    plan = without(context_on().plan, "ND3.2")
    assert [e.task.label for e in carry(context_on, workspace, plan).tasks] == ["5"]
    after = compare(context_on, workspace, changed(plan, "ND1.1", title=Text("Tên mới")), "2024-06-11")
    assert [(p.change.code, [e.task.label for e in p.tasks]) for p in after.parts] == [("ND1.1", ["1"])]


def test_a_retired_code_leaves_new_work_and_stays_in_old_reports(
    context_on: OpenContext, workspace: Path
) -> None:
    add_from_plan(context_on("2024-03-26"))
    said(context_on, "2024-05-01", "5", status="done")
    retired = Retired("ND3.2", "2024-06-01", "đã xong")
    plan = without(context_on().plan, "ND3.2")._replace(retired=(retired,))
    view = carry(context_on, workspace, plan)
    (part,) = [p for p in view.parts if p.change.code == "ND3.2"]
    assert (part.change.kind, part.change.retired) == ("retired", retired)
    assert [(e.task.label, e.kept) for e in part.tasks] == [("5", ("code",))]
    assert stood(context_on, "5").activity == "ND3.2"
    shown = plan_tree(context_on(), "ND3.2")
    assert (shown.code, shown.retired) == ("ND3.2", retired)
    assert "ND3.2" in {a.code for area in shown.heading.plan.areas for a in area.activities}


def test_an_organisation_that_the_plan_replaces_everywhere_can_go(
    context_on: OpenContext, workspace: Path
) -> None:
    plan = context_on("2024-03-26").plan
    carry(context_on, workspace, changed(plan, "ND3", lead=("hlhpn",)), "2024-03-27")
    add_from_plan(context_on("2024-03-28"))
    gone = changed(plan, "ND3", lead=("bdttg",))
    gone = gone._replace(organisations=tuple(o for o in plan.organisations if o.id != "hlhpn"))
    view = carry(context_on, workspace, gone)
    assert view.obstacles == ()
    assert stood(context_on, "4").lead == ("bdttg",)


def test_an_organisation_that_open_work_keeps_cannot_go(context_on: OpenContext, workspace: Path) -> None:
    opened(context_on, "2024-04-01", lead=("hlhpn",))
    opened(context_on, "2024-04-01", coordinating=("hlhpn",))
    plan = context_on().plan
    gone = plan._replace(organisations=tuple(o for o in plan.organisations if o.id != "hlhpn"))
    (part,) = compare(context_on, workspace, gone).parts
    assert (part.change.code, [e.task.label for e in part.tasks]) == ("hlhpn", ["1", "2"])
    with refused("plan-would-orphan") as caught:
        carry(context_on, workspace, gone)
    assert caught.value.params["commands"] == (
        "plantrack unassign 1 --lead hlhpn",
        "plantrack unassign 2 --with hlhpn",
    )


def test_a_moved_activity_takes_its_tasks_along(context_on: OpenContext, workspace: Path) -> None:
    add_from_plan(context_on("2024-03-26"))
    plan = context_on().plan
    old = context_on().names.activities["ND3.2"]
    new = with_activity(without(plan, "ND3.2"), "ND4", old._replace(code="ND4.3"))
    new = new._replace(moved={"ND3.2": "ND4.3"})
    view = carry(context_on, workspace, new)
    assert effects_of(view, "5") == {"area": ("ND3", "ND4"), "activity": ("ND3.2", "ND4.3")}
    assert (stood(context_on, "5").area, stood(context_on, "5").activity) == ("ND4", "ND4.3")
    assert carry(context_on, workspace, new, "2024-06-11").parts == (), "once moved, there is nothing to move"


def test_a_code_that_left_long_ago_is_not_moved(context_on: OpenContext, workspace: Path) -> None:
    add_from_plan(context_on("2024-03-26"))
    said(context_on, "2024-05-01", "5", status="done")
    without_it = without(context_on().plan, "ND3.2")
    carry(context_on, workspace, without_it)
    late = with_activity(without_it, "ND4", Activity("ND4.3", Text("Khác")))._replace(
        moved={"ND3.2": "ND4.3"}
    )
    carry(context_on, workspace, late, "2024-06-11")
    assert stood(context_on, "5").activity == "ND3.2"


def test_tasks_of_what_became_part_of_another_stand_under_that_and_once(
    context_on: OpenContext, workspace: Path
) -> None:
    add_from_plan(context_on("2024-03-26"))
    new = changed(without(context_on().plan, "ND3.2"), "ND3.1", priority="high")._replace(
        moved={"ND3.2": "ND3.1"}
    )
    own, merged = compare(context_on, workspace, new).parts
    assert (own.change.kind, [e.task.label for e in own.tasks]) == ("changed", ["4"])
    assert (merged.change.old_code, [e.task.label for e in merged.tasks]) == ("ND3.2", ["5"])
    carry(context_on, workspace, new)
    assert {t.activity for t in (stood(context_on, "4"), stood(context_on, "5"))} == {"ND3.1"}


def test_a_task_that_an_undo_took_back_comes_in_line_again(context_on: OpenContext, workspace: Path) -> None:
    add_from_plan(context_on("2024-03-26"))
    edit(context_on("2024-04-01"), ["4"], Corrections(title="Tên riêng"))
    plan = context_on().plan
    carry(context_on, workspace, changed(plan, "ND3.1", title=Text("Tên mới")), "2024-05-01")
    undo(context_on("2024-05-02"), "c3")
    view = carry(context_on, workspace, changed(plan, "ND3.1", title=Text("Tên mới"), note="x"), "2024-05-03")
    assert effects_of(view, "4")["title"][1] == "Tên mới"
    assert stood(context_on, "4").title == Text("Tên mới")


def test_a_task_that_comes_in_line_stands_under_its_activity_though_that_is_as_it_was(
    context_on: OpenContext, workspace: Path
) -> None:
    add_from_plan(context_on("2024-03-26"))
    edit(context_on("2024-04-01"), ["4"], Corrections(title="Tên riêng"))
    plan = changed(context_on().plan, "ND3.1", title=Text("Tên mới"))
    carry(context_on, workspace, plan, "2024-05-01")
    undo(context_on("2024-05-02"), "c3")
    parts = carry(context_on, workspace, changed(plan, "ND1.1", note="x"), "2024-05-03").parts
    assert [(p.change.code, [e.task.label for e in p.tasks]) for p in parts] == [
        ("ND1.1", []),
        ("ND3.1", ["4"]),
    ]
    assert stood(context_on, "4").title == Text("Tên mới")
