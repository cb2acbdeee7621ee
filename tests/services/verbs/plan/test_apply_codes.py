"""Codes that leave the plan: what open work keeps, what is left of them, and when they may come back."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from plantrack.model.plan import Activity, Retired, Text
from plantrack.services.verbs.add import add_from_plan
from plantrack.services.verbs.edit import Corrections, edit, remove
from plantrack.services.verbs.list import list_tasks
from plantrack.services.verbs.plan.apply import apply
from plantrack.services.verbs.plan.show import plan_tree
from plantrack.services.verbs.undo import undo
from plantrack.store.sqlite.connection import SQLite
from tests.support.plan_changes import carry
from tests.support.plan_files import with_activity, without
from tests.support.steps import (
    PLAN_FILE,
    OpenContext,
    applied,
    held,
    labels,
    opened,
    refused,
    rewritten,
    said,
    stood,
)

DAY = "2024-04-10"


def cut(workspace: Path, start: str, end: str = "\x00") -> tuple[str, str]:
    """Return the change of the plan file that takes out what is between two codes."""
    text = (workspace / PLAN_FILE).read_text("utf-8")
    head = text.index(start)
    return text[head : text.index(end) if end in text else len(text)], ""


def third_activity(workspace: Path) -> tuple[str, str]:
    """Return the change that takes ND3.2 out of the plan."""
    return cut(workspace, '      - code: "ND3.2"', "  # Tách làm hai hoạt động")


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
    assert caught.value.params["commands"] == ("plantrack drop 5 --reason 'gộp vào ’ND3.1’'",)
    assert held(db) == before


def test_the_ready_commands_name_each_task_once(context_on: OpenContext, workspace: Path) -> None:
    add_from_plan(context_on("2024-03-26"))
    with refused("plan-would-orphan") as caught:
        carry(context_on, workspace, without(context_on().plan, "ND7"))
    assert caught.value.params["codes"] == ("ND7 (11, 12)", "ND7.1 (11)", "ND7.2 (12)")
    assert caught.value.params["commands"] == ("plantrack drop 11 12 --reason '…'",)


def test_what_is_there_under_another_code_is_proposed_as_moved(
    context_on: OpenContext, workspace: Path
) -> None:
    add_from_plan(context_on("2024-03-26"))
    plan, own = context_on().plan, context_on().names.activities["ND3.2"]
    renumbered = with_activity(without(without(plan, "ND3.2"), "ND7"), "ND3", own._replace(code="ND3.9"))
    with refused("plan-would-orphan") as caught:
        carry(context_on, workspace, renumbered)
    assert caught.value.params["commands"] == (
        'moved: {"ND3.2": "ND3.9"}',
        "plantrack drop 11 12 --reason '…'",
    )


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


def test_a_file_that_orphans_takes_the_others_back_with_it(
    context_on: OpenContext, db: SQLite, workspace: Path
) -> None:
    add_from_plan(context_on("2024-03-26"))
    other = workspace / "plans" / "a.yaml"
    other.write_text(
        'format: 1\nid: "kh-2025"\nyear: 2025\ntitle: "x"\nareas:\n  - code: "A1"\n    title: "x"\n', "utf-8"
    )
    orphaning = rewritten(workspace, third_activity(workspace))
    before, context = held(db), context_on(DAY)
    with refused("plan-would-orphan"):
        apply(db, [other, orphaning], workspace, context.author, lambda: context.now)
    assert held(db) == before


# --- what leaves the plan ---


def test_an_activity_with_open_tasks_stays_and_the_list_is_told(
    context_on: OpenContext, db: SQLite, workspace: Path
) -> None:
    add_from_plan(context_on("2024-03-26"))
    opened(context_on, "2024-03-26", activity="3.2")
    before = held(db)
    with refused("plan-would-orphan") as caught:
        applied(context_on, DAY, workspace, third_activity(workspace))
    assert caught.value.exit_code == 4
    assert (caught.value.params["codes"], caught.value.params["count"]) == (("ND3.2 (5, 13)",), 2)
    assert held(db) == before


def test_an_area_with_open_tasks_stays_with_its_activities(
    context_on: OpenContext, db: SQLite, workspace: Path
) -> None:
    opened(context_on, "2024-03-26", area="7")
    opened(context_on, "2024-03-26", activity="7.2")
    before = held(db)
    with refused("plan-would-orphan") as caught:
        applied(context_on, DAY, workspace, cut(workspace, '  - code: "ND7"'))
    assert caught.value.params["codes"] == ("ND7 (1, 2)", "ND7.2 (2)")
    assert caught.value.params["count"] == 2
    assert held(db) == before


@pytest.mark.parametrize("verb", ["done", "drop"])
def test_what_has_only_closed_tasks_leaves_and_stays_in_old_reports(
    context_on: OpenContext, workspace: Path, verb: str
) -> None:
    opened(context_on, "2024-03-26", activity="7.2")
    said(context_on, "2024-03-27", "1", verb, reason="thôi" if verb == "drop" else None)
    done = applied(context_on, DAY, workspace, cut(workspace, '  - code: "ND7"'))
    assert (done.areas, done.activities) == (6, 10)
    task = stood(context_on, "1")
    assert (task.area, task.activity) == ("ND7", "ND7.2")
    assert [code for code, _ in plan_tree(context_on()).former] == ["ND7"]
    assert labels(list_tasks(context_on(), ["activity:7.2"], everything=True).tasks) == ["1"]
    with refused("unknown-area"):
        opened(context_on, DAY, area="7")


def test_what_nobody_used_leaves_without_a_trace(context_on: OpenContext, workspace: Path) -> None:
    applied(context_on, DAY, workspace, cut(workspace, '  - code: "ND7"'))
    assert plan_tree(context_on()).former == ()
    with refused("unknown-area"):
        list_tasks(context_on(), ["area:ND7"])


def test_what_left_the_plan_can_come_back(context_on: OpenContext, workspace: Path) -> None:
    opened(context_on, "2024-03-26", activity="7.2")
    said(context_on, "2024-03-27", "1", "done")
    original = (workspace / PLAN_FILE).read_text("utf-8")
    applied(context_on, DAY, workspace, cut(workspace, '  - code: "ND7"'))
    (workspace / PLAN_FILE).write_text(original, "utf-8")
    applied(context_on, DAY, workspace)
    assert plan_tree(context_on()).former == ()
    assert opened(context_on, DAY, activity="7.2") == "2"


def test_a_renamed_code_takes_its_tasks_along(context_on: OpenContext, db: SQLite, workspace: Path) -> None:
    label = opened(context_on, "2024-07-01", activity="3.1")
    file = workspace / "plans" / "kh-468-2024.yaml"
    text = file.read_text("utf-8").replace('code: "ND3.1"', 'code: "ND3.9"')
    file.write_text(text + '\nmoved: {"ND3.1": "ND3.9"}\n', encoding="utf-8")
    done = apply(db, [file], workspace, "Người thử", lambda: datetime(2024, 7, 9, 2, tzinfo=UTC))
    assert done.applied[0].tasks == (label,)
    assert stood(context_on, label).activity == "ND3.9"
    found = list_tasks(context_on(), ["activity:3.9"]).tasks
    assert [task.label for task in found] == [label]


def test_an_organisation_with_open_work_is_not_dropped(
    context_on: OpenContext, db: SQLite, workspace: Path
) -> None:
    label = opened(context_on, "2024-07-01", area="3", lead=("ubdt",))
    file = workspace / "plans" / "kh-468-2024.yaml"
    plan = file.read_text("utf-8").replace('id: "ubdt"', 'id: "ub"')
    file.write_text(plan, encoding="utf-8")
    with refused("plan-would-orphan") as caught:
        apply(db, [file], workspace, "Người thử", lambda: datetime(2024, 7, 9, 2, tzinfo=UTC))
    assert caught.value.params["codes"] == (f"ubdt ({label})",)


def test_a_code_is_not_moved_to_one_that_the_plan_has_not(
    context_on: OpenContext, db: SQLite, workspace: Path
) -> None:
    label = opened(context_on, "2024-07-01", activity="2.1")
    file = workspace / "plans" / "kh-468-2024.yaml"
    text = file.read_text("utf-8").replace('code: "ND2.1"', 'code: "ND2.8"')
    added = 'moved: {"ND2.1": "ND2.9"}\nretired: [{code: "ND2.9", on: "2024-07-01", reason: "x"}]\n'
    file.write_text(text + added, encoding="utf-8")
    with refused("plan-would-orphan") as caught:
        apply(db, [file], workspace, "Người thử", lambda: datetime(2024, 7, 9, 2, tzinfo=UTC))
    assert caught.value.params["codes"] == (f"ND2.1 ({label})",)


def test_undo_brings_nothing_back_to_a_code_that_is_gone(
    context_on: OpenContext, db: SQLite, workspace: Path
) -> None:
    label = opened(context_on, "2024-07-01", activity="7.2")
    edit(context_on(), [label], Corrections(activity="7.1"))
    file = workspace / "plans" / "kh-468-2024.yaml"
    text = file.read_text("utf-8")
    file.write_text(text[: text.index('      - code: "ND7.2"')], encoding="utf-8")
    apply(db, [file], workspace, "Người thử", lambda: datetime(2024, 7, 9, 2, tzinfo=UTC))
    with refused("undo-code-gone"):
        undo(context_on(), "c3")


def test_closed_work_on_a_code_that_left_keeps_it_when_others_are_moved(
    context_on: OpenContext, workspace: Path
) -> None:
    add_from_plan(context_on("2024-03-26"))
    said(context_on, "2024-03-27", "5", "done")
    plan, own = context_on().plan, context_on().names.activities["ND3.1"]
    smaller = without(plan, "ND3.2")
    carry(context_on, workspace, smaller, "2024-06-01")
    moved = with_activity(without(smaller, "ND3.1"), "ND4", own._replace(code="ND4.9"))
    carry(context_on, workspace, moved._replace(moved={"ND3.1": "ND4.9"}), "2024-06-02")
    places = [(t.area, t.activity) for t in (stood(context_on, "4"), stood(context_on, "5"))]
    assert places == [("ND4", "ND4.9"), ("ND3", "ND3.2")]
