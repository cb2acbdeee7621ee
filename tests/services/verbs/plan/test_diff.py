"""What a changed plan does to its tasks: `plan diff` says it, `plan apply` does just that."""

import tempfile
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plantrack.errors import Failure
from plantrack.model.history import END_OF_TIME
from plantrack.model.names import Names
from plantrack.model.plan import Activity, Organisation, Plan, Retired, Text
from plantrack.model.task import Task
from plantrack.model.views.plan import PlanDiff
from plantrack.services.context import Context, ContextRequest, open_context
from plantrack.services.plan_defaults import plan_defaults
from plantrack.services.plan_effects import shown_by, shown_on
from plantrack.services.plan_files import newer_file
from plantrack.services.verbs.add import NewTask, add, add_from_plan
from plantrack.services.verbs.assign import Roles, assign
from plantrack.services.verbs.edit import Corrections, edit, extend, remove
from plantrack.services.verbs.plan.apply import apply
from plantrack.services.verbs.plan.diff import diff
from plantrack.services.verbs.plan.show import plan_tree
from plantrack.services.verbs.undo import undo
from plantrack.services.verbs.update import TypedUpdate, update
from plantrack.store import tasks
from plantrack.store.connection import SQLite, connect
from plantrack.store.tasks import AsOf
from tests.support.plan_files import changed, with_activity, without, written
from tests.support.steps import OpenContext, held, opened, refused, said, stood

DAY = "2024-06-10"


def compare(sit: OpenContext, workspace: Path, plan: Plan, day: str = DAY) -> PlanDiff:
    """Compare a plan with what was applied."""
    return diff(sit(day).db, [written(workspace, plan)], workspace)[0]


def carry(sit: OpenContext, workspace: Path, plan: Plan, day: str = DAY, **how: Any) -> PlanDiff:
    """Carry a plan in, and give what was done."""
    context = sit(day)
    return (
        apply(context.db, [written(workspace, plan)], workspace, "Người thử", lambda: context.now, **how)
        .applied[0]
        .diff
    )


def effects_of(view: PlanDiff, task: str) -> dict[str, tuple[object, object]]:
    (effect,) = [e for e in view.tasks if e.task.label == task]
    return {c.name: (c.old, c.new) for c in effect.changes}


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


def test_the_refusal_names_the_tasks_and_a_ready_command(
    context_on: OpenContext, db: SQLite, workspace: Path
) -> None:
    add_from_plan(context_on("2024-03-26"))
    retired = Retired("ND3.2", "2024-06-01", "gộp vào 'ND3.1'")
    plan = without(context_on().plan, "ND3.2")._replace(retired=(retired,))
    before = held(db)
    with refused("plan-would-orphan") as caught:
        carry(context_on, workspace, plan)
    assert caught.value.params["codes"] == ("ND3.2 (5)",)
    assert caught.value.params["commands"] == "plantrack drop 5 --reason 'gộp vào ’ND3.1’'"
    assert held(db) == before


def test_the_ready_commands_name_each_task_once(context_on: OpenContext, workspace: Path) -> None:
    add_from_plan(context_on("2024-03-26"))
    with refused("plan-would-orphan") as caught:
        carry(context_on, workspace, without(context_on().plan, "ND7"))
    assert caught.value.params["codes"] == ("ND7 (11, 12)", "ND7.1 (11)", "ND7.2 (12)")
    assert caught.value.params["commands"] == "plantrack drop 11 12 --reason '…'"


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


def test_a_code_that_meant_something_else_is_not_used_again(
    context_on: OpenContext, db: SQLite, workspace: Path
) -> None:
    plan = context_on().plan
    own = context_on().names.activities["ND3.2"]
    gone = without(plan, "ND3.2")._replace(retired=(Retired("ND3.2", "2024-06-01", "thử"),))
    carry(context_on, workspace, gone, "2024-06-01")
    before = held(db)
    other = with_activity(without(plan, "ND3.2"), "ND3", Activity("ND3.2", Text("Hoàn toàn khác")))
    with refused("code-reused"):
        carry(context_on, workspace, other, "2024-06-02")
    assert held(db) == before
    back = with_activity(without(plan, "ND3.2"), "ND3", own._replace(title=Text(own.title.vi.upper())))
    assert carry(context_on, workspace, back, "2024-06-03").parts, "the same thing may come back"


def test_a_moved_code_is_not_used_for_something_else_but_may_be_moved_back(
    context_on: OpenContext, workspace: Path
) -> None:
    plan = context_on().plan
    own = context_on().names.activities["ND3.2"]
    bare = without(plan, "ND3.2")
    moved = with_activity(bare, "ND4", own._replace(code="ND4.3"))._replace(moved={"ND3.2": "ND4.3"})
    carry(context_on, workspace, moved, "2024-06-01")
    with refused("code-reused"):
        carry(context_on, workspace, with_activity(moved, "ND3", own)._replace(moved={}), "2024-06-02")
    back = with_activity(bare, "ND3", own)._replace(moved={"ND4.3": "ND3.2"})
    assert [p.change.kind for p in carry(context_on, workspace, back, "2024-06-03").parts] == ["moved"]


def test_undo_opens_no_work_on_a_code_that_is_gone(
    context_on: OpenContext, db: SQLite, workspace: Path
) -> None:
    add_from_plan(context_on("2024-03-26"))
    remove(context_on("2024-04-01"), ["5"], "nhầm")
    carry(context_on, workspace, without(context_on().plan, "ND3.2"), "2024-06-01")
    before = held(db)
    with refused("undo-code-gone"):
        undo(context_on("2024-06-02"), "c3")
    assert held(db) == before


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
        "plantrack unassign 1 --lead hlhpn; plantrack unassign 2 --with hlhpn"
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


def test_a_new_deadline_is_an_extension_from_that_day(context_on: OpenContext, workspace: Path) -> None:
    plan = context_on("2024-03-26").plan
    carry(context_on, workspace, changed(plan, "ND3.1", due="2024-05-31"), "2024-03-27")
    add_from_plan(context_on("2024-03-28"))
    carry(context_on, workspace, changed(plan, "ND3.1", due="2024-07-31"), reason="chờ kinh phí")
    now = stood(context_on, "4")
    assert (now.due, now.first_due) == ("2024-07-31", "2024-05-31")
    assert stood(context_on, "4", as_of="2024-06-09").due == "2024-05-31"


def test_a_correction_puts_the_deadline_right_from_the_start(
    context_on: OpenContext, workspace: Path
) -> None:
    plan = context_on("2024-03-26").plan
    carry(context_on, workspace, changed(plan, "ND3.1", due="2024-05-31"), "2024-03-27")
    add_from_plan(context_on("2024-03-28"))
    carry(context_on, workspace, changed(plan, "ND3.1", due="2024-07-31"), correction=True)
    now = stood(context_on, "4")
    assert (now.due, now.first_due) == ("2024-07-31", "2024-07-31")
    assert stood(context_on, "4", as_of="2024-06-09").due == "2024-07-31"


def test_a_correction_of_an_extension_leaves_the_first_due_day(
    context_on: OpenContext, workspace: Path
) -> None:
    plan = context_on("2024-03-26").plan
    carry(context_on, workspace, changed(plan, "ND3.1", due="2024-05-31"), "2024-03-27")
    add_from_plan(context_on("2024-03-28"))
    carry(context_on, workspace, changed(plan, "ND3.1", due="2024-07-31"), "2024-06-01")
    carry(context_on, workspace, changed(plan, "ND3.1", due="2024-07-01"), "2024-06-10", correction=True)
    now = stood(context_on, "4")
    assert (now.due, now.first_due) == ("2024-07-01", "2024-05-31")
    assert stood(context_on, "4", as_of="2024-06-01").due == "2024-07-01"
    assert stood(context_on, "4", as_of="2024-05-31").due == "2024-05-31"


def test_remarks_alone_make_a_revision_without_a_difference(context_on: OpenContext, workspace: Path) -> None:
    file = workspace / "plans" / "kh-468-2024.yaml"
    file.write_text(file.read_text("utf-8") + "# ghi chú\n", "utf-8")
    context = context_on(DAY)
    (view,) = diff(context.db, [file], workspace)
    assert (view.differs, view.same_document, view.parts) == (False, False, ())
    assert apply(context.db, [file], workspace, "A", lambda: context.now).applied[0].revision == 2


def test_remarks_in_a_file_that_it_includes_make_a_revision_too(
    context_on: OpenContext, workspace: Path
) -> None:
    shared = workspace / "chung.yml"
    shared.write_text('places: [{id: "a", name: "Địa bàn ví dụ"}]\n', "utf-8")
    file = workspace / "plans" / "kh-468-2024.yaml"
    file.write_text(file.read_text("utf-8") + 'include: ["chung.yml"]\n', "utf-8")
    context = context_on(DAY)
    assert apply(context.db, [file], workspace, "A", lambda: context.now).applied[0].revision == 2
    shared.write_text(shared.read_text("utf-8") + "# ghi chú\n", "utf-8")
    (view,) = diff(context.db, [file], workspace)
    assert (view.differs, view.same_document) == (False, False)
    assert apply(context.db, [file], workspace, "A", lambda: context.now).applied[0].revision == 3
    assert newer_file(context_on(DAY), workspace) is None
    assert not apply(context.db, [file], workspace, "A", lambda: context.now).applied[0].changed


def test_the_order_of_organisations_is_layout(context_on: OpenContext, workspace: Path) -> None:
    plan = context_on().plan
    view = compare(context_on, workspace, plan._replace(organisations=plan.organisations[::-1]))
    assert (view.differs, view.same_document, view.parts) == (False, False, ())


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


def test_a_file_has_one_name_wherever_it_is_named_from(context_on: OpenContext, workspace: Path) -> None:
    (workspace / "khác").mkdir()
    link = workspace.parent / "lối-khác"
    link.symlink_to(workspace)
    for file in (
        workspace / "khác" / ".." / "plans" / "kh-468-2024.yaml",
        link / "plans" / "kh-468-2024.yaml",
    ):
        (view,) = diff(context_on(DAY).db, [file], workspace.resolve())
        assert view.file == "plans/kh-468-2024.yaml"


def test_an_applied_revision_can_be_compared_with(context_on: OpenContext, workspace: Path) -> None:
    plan = context_on().plan
    add_from_plan(context_on("2024-03-26"))
    carry(context_on, workspace, changed(plan, "ND3.1", due="2024-Q3"))
    file = written(workspace, changed(plan, "ND3.1", due="2024-Q4"))
    (view,) = diff(context_on().db, [file], workspace, 1)
    assert [(f.old, f.new) for p in view.parts for f in p.change.fields] == [(None, "2024-Q4")]
    assert view.tasks == ()
    with refused("unknown-revision"):
        diff(context_on().db, [file], workspace, 7)


def test_a_plan_that_was_never_applied_is_all_new(context_on: OpenContext, workspace: Path) -> None:
    other = context_on().plan._replace(id="kh-2025", year=2025)
    (view,) = diff(context_on().db, [written(workspace, other, "plans/kh-2025.yaml")], workspace)
    assert view.against.kind == "nothing"
    assert {p.change.kind for p in view.parts} == {"added"}
    assert view.differs


def test_a_task_that_an_undo_took_back_comes_in_line_again(context_on: OpenContext, workspace: Path) -> None:
    add_from_plan(context_on("2024-03-26"))
    edit(context_on("2024-04-01"), ["4"], Corrections(title="Tên riêng"))
    plan = context_on().plan
    carry(context_on, workspace, changed(plan, "ND3.1", title=Text("Tên mới")), "2024-05-01")
    undo(context_on("2024-05-02"), "c3")
    view = carry(context_on, workspace, changed(plan, "ND3.1", title=Text("Tên mới"), note="x"), "2024-05-03")
    assert effects_of(view, "4")["title"][1] == "Tên mới"
    assert stood(context_on, "4").title == Text("Tên mới")


# --- any change of any plan ---

CODES = ["ND1.1", "ND2.1", "ND2.2", "ND3.1", "ND3.2"]
Change = Callable[[Plan], Plan]


def _moved(plan: Plan, old: str, area: str) -> Plan:
    activity = next((x for a in plan.areas for x in a.activities if x.code == old), None)
    if activity is None or f"{area}.9" in {x.code for a in plan.areas for x in a.activities}:
        return plan
    new = with_activity(without(plan, old), area, activity._replace(code=f"{area}.9"))
    return new._replace(moved={**plan.moved, old: f"{area}.9"})


def _retired(plan: Plan, code: str) -> Plan:
    if code not in {x.code for a in plan.areas for x in a.activities}:
        return plan
    return without(plan, code)._replace(retired=(*plan.retired, Retired(code, "2024-06-01", "thử")))


PLAN_CHANGES: st.SearchStrategy[Change] = st.one_of(
    st.builds(lambda c, d: lambda p: changed(p, c, due=d), st.sampled_from(CODES), st.sampled_from([None, "2024-Q3", "2024-07-01"])),
    st.builds(lambda c, t: lambda p: changed(p, c, time=t), st.sampled_from(CODES), st.sampled_from([None, "Quý III"])),
    st.builds(lambda c, t: lambda p: changed(p, c, title=Text(t)), st.sampled_from(CODES), st.sampled_from(["A", "B"])),
    st.builds(lambda c, o: lambda p: changed(p, c, lead=o), st.sampled_from([*CODES, "ND3"]), st.sampled_from([(), ("ubdt",), ("hlhpn", "ubdt"), ("ubdt", "hlhpn")])),
    st.builds(lambda c, o: lambda p: changed(p, c, priority=o, deliverable=Text("x")), st.sampled_from(CODES), st.sampled_from([None, "high"])),
    st.builds(lambda c: lambda p: changed(p, c, place=("Kon Tum",) if p.places else ()), st.sampled_from(CODES)),
    st.builds(lambda c, a: lambda p: _moved(p, c, a), st.sampled_from(CODES), st.sampled_from(["ND4", "ND5"])),
    st.builds(lambda c: lambda p: _retired(p, c), st.sampled_from(CODES)),
    st.builds(lambda c: lambda p: without(p, c), st.sampled_from(CODES)),
    st.just(lambda p: p._replace(organisations=tuple(o for o in p.organisations if o.id != "bdttg"))),
    st.just(lambda p: p._replace(organisations=(*p.organisations, Organisation("vi-du", Text("Ví dụ")))) if len(p.organisations) < 4 else p),
)  # fmt: skip
IDS = st.integers(1, 6).map(str)
WORK: st.SearchStrategy[Callable[[Context], Any]] = st.one_of(
    st.builds(lambda i: lambda d: update(d, [i], TypedUpdate(status="done")), IDS),
    st.builds(lambda i: lambda d: edit(d, [i], Corrections(due="2024-08-08")), IDS),
    st.builds(lambda i: lambda d: edit(d, [i], Corrections(title="Riêng")), IDS),
    st.builds(lambda i: lambda d: edit(d, [i], Corrections(follow=("title", "due"))), IDS),
    st.builds(lambda i: lambda d: extend(d, [i], "2024-09-09", "x"), IDS),
    st.builds(
        lambda i, o: lambda d: assign(d, [i], Roles(lead=(o,))), IDS, st.sampled_from(["ubdt", "bdttg"])
    ),
    st.builds(lambda c: lambda d: add(d, NewTask("Thêm", activity=c)), st.sampled_from(CODES)),
    st.builds(lambda n: lambda d: undo(d, f"c{n}"), st.integers(2, 8)),
)


@pytest.mark.slow
@settings(max_examples=25)
@given(
    st.lists(
        st.one_of(PLAN_CHANGES.map(lambda c: ("plan", c)), WORK.map(lambda w: ("work", w))),
        min_size=2,
        max_size=9,
    )
)
def test_apply_does_what_diff_shows_and_nothing_else(made_once: Path, steps: list[tuple[str, Any]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        workspace = Path(folder)
        (workspace / "plans").mkdir()
        for name in ("plans/kh-468-2024.yaml", "plantrack.db"):
            (workspace / name).write_bytes((made_once / name).read_bytes())
        db = connect(workspace / "plantrack.db")
        db.execute("PRAGMA synchronous = OFF")
        try:
            _run(db, workspace, steps)
        finally:
            db.close()


def _run(db: SQLite, workspace: Path, steps: list[tuple[str, Any]]) -> None:
    context = _context(db, 0)
    add_from_plan(context)
    plan = context.plan
    for hour, (kind, step) in enumerate(steps, 1):
        if kind == "work":
            try:
                step(_context(db, hour))
            except Failure:
                continue
        else:
            plan = _apply_and_compare(db, workspace, plan, step(plan), hour)
            tasks_now = _tasks(db)
            folded = {t.uid: tasks.task_on(db, t.uid, AsOf(END_OF_TIME)) for t in tasks_now.values()}
            assert folded == tasks_now, "what is kept is what history says"


def _context(db: SQLite, hour: int) -> Context:
    now = datetime(2024, 6, 3, hour, tzinfo=UTC)
    return open_context(db, ContextRequest(author="A"), lambda: now)


def _tasks(db: SQLite) -> dict[str, Task]:
    return {t.uid: t for t in tasks.tasks_on(db, "kh-468-2024", AsOf(END_OF_TIME))}


def _apply_and_compare(db: SQLite, workspace: Path, old: Plan, new: Plan, hour: int) -> Plan:
    """Carry a plan in, and hold what became of every task against what was shown before."""
    context, file, before = _context(db, hour), written(workspace, new), _tasks(db)
    try:
        (shown,) = diff(db, [file], workspace)
    except Failure as failure:
        assert failure.code in ("plan-has-problems", "code-reused")
        written(workspace, old)
        return old
    try:
        done = apply(db, [file], workspace, "A", lambda: context.now).applied[0]
    except Failure as failure:
        assert failure.code == "plan-would-orphan"
        assert shown.obstacles
        assert _tasks(db) == before
        return old
    assert not shown.obstacles
    assert done.diff == shown
    after = _tasks(db)
    assert {u: _became(before[u], after[u]) for u in after} == {
        **{uid: {} for uid in before},
        **{e.task.uid: {c.name: (c.old, c.new) for c in e.changes} for e in shown.tasks},
    }
    if new != old:
        _assert_in_line(after.values(), new)
    again = apply(db, [file], workspace, "A", lambda: context.now).applied[0]
    assert (again.changed, again.revision) == (False, done.revision)
    return new


def _assert_in_line(found: Iterable[Task], plan: Plan) -> None:
    """What a task follows is what the plan says."""
    names = Names(plan)
    for task in found:
        activity = names.activities.get(task.activity or "")
        says = shown_by(plan_defaults(names, activity)) if activity else {}
        for field in task.follows if activity else ():
            if task.is_open or field not in ("due", "lead", "coordinating"):
                assert shown_on(task)[field] == says[field], (task.label, field)


def _became(before: Task, after: Task) -> dict[str, tuple[object, object]]:
    """Return what is different in a task, by path."""
    old, new = _paths(before), _paths(after)
    pairs = {path: (value, new[path]) for path, value in old.items()}
    return {path: pair for path, pair in pairs.items() if pair[0] != pair[1]}


def _paths(task: Task) -> dict[str, object]:
    shown = {path: value for own in shown_on(task).values() for path, value in own.items()}
    return {"area": task.area, "activity": task.activity, **shown}
