"""The plan in the database: carried in whole or not at all, and what its tasks take over."""

import hashlib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from plantrack.model.plan import Text
from plantrack.model.plan_json import plan_from_json, plan_to_json
from plantrack.model.problem import ProblemsFound
from plantrack.services.context import AsOf
from plantrack.services.verbs.add import add_from_plan
from plantrack.services.verbs.assign import Roles, assign
from plantrack.services.verbs.edit import Corrections, edit, extend
from plantrack.services.verbs.list import list_tasks
from plantrack.services.verbs.log import log
from plantrack.services.verbs.plan.apply import apply
from plantrack.services.verbs.plan.show import plan_log
from plantrack.services.verbs.undo import undo
from plantrack.store.derived_rows import rebuild
from plantrack.store.sqlite.connection import SQLite
from tests.support import oracle
from tests.support.derived import all_derived
from tests.support.plan_changes import carry
from tests.support.plan_files import changed
from tests.support.steps import (
    PLAN,
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
    with_activity_lines,
)

DAY = "2024-04-10"


# --- carrying in ---


def test_the_first_revision_is_the_file_to_the_letter(
    context_on: OpenContext, db: SQLite, workspace: Path
) -> None:
    data = (workspace / PLAN_FILE).read_bytes()
    (line,) = plan_log(context_on()).revisions
    assert (line.revision, line.file, line.sha256) == (1, PLAN_FILE, hashlib.sha256(data).hexdigest())
    assert (line.author, line.git_commit, line.recorded_at) == ("Người thử", None, "2024-03-25T02:00:00.000Z")
    assert db.query("SELECT document FROM plan_revision") == [(data.decode("utf-8"),)]


def test_the_same_file_again_changes_nothing(context_on: OpenContext, db: SQLite, workspace: Path) -> None:
    before = held(db)
    done = applied(context_on, DAY, workspace)
    assert (done.plan, done.revision, done.changed, done.areas, done.activities) == (PLAN, 1, False, 7, 12)
    assert held(db) == before


def test_a_changed_file_is_the_next_revision(context_on: OpenContext, workspace: Path) -> None:
    done = applied(context_on, DAY, workspace, ('vi: "Hội thảo và khuyến nghị"', 'vi: "Hội thảo"'))
    assert (done.revision, done.changed) == (2, True)
    assert [r.revision for r in plan_log(context_on()).revisions] == [2, 1]
    assert context_on().plan.areas[2].label("vi") == "Hội thảo"


@pytest.mark.parametrize("at_once", [1, 5, 2000])
def test_many_tasks_are_changed_some_at_a_time(
    context_on: OpenContext, db: SQLite, workspace: Path, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    add_from_plan(context_on("2024-03-26"))
    monkeypatch.setattr("plantrack.services.verbs.plan.apply._AT_ONCE", at_once)
    plan = plan_from_json(plan_to_json(context_on().plan).replace('"ND3', '"ND8'))
    new = changed(plan, "ND1", lead=("ubdt",))
    moves = {"ND3": "ND8", "ND3.1": "ND8.1", "ND3.2": "ND8.2"}
    before = {e.task.label for e in carry(context_on, workspace, new._replace(moved=moves)).tasks}
    assert before == {"1", "4", "5"}
    assert [stood(context_on, label).activity for label in ("1", "4", "5")] == ["ND1.1", "ND8.1", "ND8.2"]
    assert stood(context_on, "1").lead == ("ubdt",)
    fields = [r[0] for r in db.query("SELECT field FROM change ORDER BY uid")]
    assert fields == ["area", "activity", "area", "activity"]
    kept = all_derived(db)
    with db.atomic():
        rebuild(db)
    assert all_derived(db) == kept


def test_an_earlier_file_again_is_a_new_revision(context_on: OpenContext, workspace: Path) -> None:
    swap = ('vi: "Hội thảo và khuyến nghị"', 'vi: "Hội thảo"')
    applied(context_on, DAY, workspace, swap)
    assert applied(context_on, DAY, workspace, swap[::-1]).revision == 3


def test_a_file_with_errors_changes_nothing_and_all_are_told(
    context_on: OpenContext, db: SQLite, workspace: Path
) -> None:
    before = held(db)
    with pytest.raises(ProblemsFound) as caught:
        applied(context_on, DAY, workspace, ("year: 2024", "year: hai"), ('code: "ND7.2"', 'code: "ND7.1"'))
    assert caught.value.exit_code == 5
    assert len({p.code for p in caught.value.problems if p.severity == "error"}) >= 2
    assert held(db) == before


def test_of_several_files_all_are_carried_in_or_none(
    context_on: OpenContext, db: SQLite, workspace: Path
) -> None:
    good = rewritten(workspace, ('vi: "Hội thảo và khuyến nghị"', 'vi: "Hội thảo"'))
    bad = workspace / "plans" / "bad.yaml"
    bad.write_text("format: 1\n", "utf-8")
    before, context = held(db), context_on(DAY)
    with refused("plan-has-problems"):
        apply(db, [good, bad], workspace, context.author, lambda: context.now)
    assert held(db) == before


@pytest.mark.parametrize(
    ("other", "code"), [("copy.yaml", "plan-id-twice"), ("không-có.yaml", "plan-missing")]
)
def test_a_file_that_cannot_be_carried_in_beside_another_refuses_both(
    context_on: OpenContext, db: SQLite, workspace: Path, other: str, code: str
) -> None:
    good = rewritten(workspace, ('vi: "Hội thảo và khuyến nghị"', 'vi: "Hội thảo"'))
    (workspace / "plans" / "copy.yaml").write_bytes(good.read_bytes())
    before, context = held(db), context_on(DAY)
    with refused(code) as caught:
        apply(db, [good, workspace / "plans" / other], workspace, context.author, lambda: context.now)
    assert caught.value.exit_code == 5
    assert held(db) == before


# --- what tasks take over ---


def test_followed_fields_are_carried_along_and_own_ones_kept(
    context_on: OpenContext, workspace: Path
) -> None:
    add_from_plan(context_on("2024-03-26"))
    edit(context_on("2024-03-27"), ["2"], Corrections(title="Tên riêng", due="30/6/2024", priority="cao"))
    lines = ('due: "2024-Q2"', 'priority: "low"', 'start: "2024-04-01"', 'deliverable: "Báo cáo"')
    done = applied(
        context_on, DAY, workspace,
        ('vi: "Tuyên truyền nâng cao nhận thức của hội viên, phụ nữ"\n', 'vi: "Tên mới"\n'),
        ('vi: "Phối hợp tuyên truyền triển khai Dự án 8"\n', 'vi: "Tên mới"\n'),
        with_activity_lines("ND1.1", *lines), with_activity_lines("ND2.1", *lines),
    )  # fmt: skip
    follows, own = stood(context_on, "1"), stood(context_on, "2")
    assert done.tasks == ("1", "2")
    assert (follows.title.vi, follows.due, follows.due_text) == ("Tên mới", "2024-06-30", "2024-Q2")
    assert (follows.start, follows.priority, follows.deliverable) == ("2024-04-01", "low", Text("Báo cáo"))
    assert (own.title, own.due, own.priority) == (Text("Tên riêng"), "2024-06-30", "high")
    assert own.start == "2024-04-01"


def test_a_followed_deadline_changes_from_the_day_of_the_revision(
    context_on: OpenContext, workspace: Path
) -> None:
    applied(context_on, "2024-03-26", workspace, with_activity_lines("ND1.1", 'due: "2024-03-31"'))
    add_from_plan(context_on("2024-03-26"))
    applied(context_on, DAY, workspace, ('due: "2024-03-31"', 'due: "2024-04-30"'), reason="CV số 5")
    assert stood(context_on, "1", as_of="2024-04-09").deadline_state == "open_overdue"
    now = stood(context_on, "1")
    assert (now.due, now.first_due) == ("2024-04-30", "2024-03-31")
    assert [(e.field, e.new) for e in log(context_on(), ["1"]).entries if e.verb == "plan apply"] == [
        ("due", "2024-04-30"), ("reason", "CV số 5"),
    ]  # fmt: skip


def test_a_followed_role_changes_from_the_day_of_the_revision(
    context_on: OpenContext, workspace: Path
) -> None:
    applied(context_on, "2024-03-26", workspace, with_activity_lines("ND1.1", 'lead: ["hlhpn"]'))
    add_from_plan(context_on("2024-03-26"))
    done = applied(context_on, DAY, workspace, ('lead: ["hlhpn"]', 'lead: ["ubdt"]'))
    assert done.tasks == ("1",)
    assert stood(context_on, "1").lead == ("ubdt",)
    assert stood(context_on, "1", as_of="2024-04-09").lead == ("hlhpn",)
    assert labels(list_tasks(context_on(), ["lead:ubdt"]).tasks) == ["1"]


def test_what_is_kept_on_the_rows_is_what_history_gives_after_a_revision(
    context_on: OpenContext, db: SQLite, workspace: Path
) -> None:
    add_from_plan(context_on("2024-03-26"))
    applied(
        context_on, DAY, workspace, *(with_activity_lines(f"ND{n}.1", 'lead: ["ubdt"]') for n in (1, 2, 3))
    )
    for day in ("2024-03-31", DAY, "9999-12-31"):
        there = oracle.tasks_on(db, PLAN, AsOf(day))
        assert oracle.stood(db, PLAN, AsOf(day)) == there
    assert len(there) == 12


def test_finished_work_keeps_its_deadline_and_its_roles(context_on: OpenContext, workspace: Path) -> None:
    add_from_plan(context_on("2024-03-26"))
    said(context_on, "2024-03-27", "1", "done")
    applied(context_on, DAY, workspace, with_activity_lines("ND1.1", 'due: "2024-03-21"', 'lead: ["ubdt"]'))
    assert (stood(context_on, "1").due, stood(context_on, "1").lead) == (None, ())


def test_an_extended_or_assigned_task_keeps_what_it_was_given(
    context_on: OpenContext, workspace: Path
) -> None:
    add_from_plan(context_on("2024-03-26"))
    extend(context_on("2024-03-27"), ["1"], "30/9/2024", "chờ")
    assign(context_on("2024-03-27"), ["1"], Roles(lead=("hlhpn",)))
    done = applied(
        context_on, DAY, workspace, with_activity_lines("ND1.1", 'due: "2024-05-31"', 'lead: ["ubdt"]')
    )
    assert (stood(context_on, "1").due, stood(context_on, "1").lead, done.tasks) == (
        "2024-09-30",
        ("hlhpn",),
        (),
    )


def test_a_task_that_was_undone_or_is_of_no_activity_follows_nothing(
    context_on: OpenContext, workspace: Path
) -> None:
    opened(context_on, "2024-03-26", activity="1.1")
    undo(context_on("2024-03-26"), None)
    opened(context_on, "2024-03-26", area="1")
    assert applied(context_on, DAY, workspace, with_activity_lines("ND1.1", 'due: "2024-05-31"')).tasks == ()


def test_ongoing_work_has_no_deadline(context_on: OpenContext, workspace: Path) -> None:
    applied(
        context_on, "2024-03-26", workspace, with_activity_lines("ND1.1", "ongoing: true", 'time: "Cả năm"')
    )
    task = add_from_plan(context_on("2024-03-26")).tasks[0]
    assert (task.due, task.due_text) == (None, "Cả năm")


def test_a_command_read_against_an_older_plan_is_not_written(
    context_on: OpenContext, db: SQLite, workspace: Path
) -> None:
    waiting = context_on("2024-07-01")
    file = workspace / "plans" / "kh-468-2024.yaml"
    file.write_text(file.read_text("utf-8") + "# mới\n", encoding="utf-8")
    apply(db, [file], workspace, "Người thử", lambda: datetime(2024, 7, 9, 2, tzinfo=UTC))
    with refused("plan-changed-meanwhile"):
        add_from_plan(waiting)


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
