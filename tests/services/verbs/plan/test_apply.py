"""The plan in the database: carried in whole or not at all, and what its tasks take over."""

import hashlib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from plantrack.model.plan import Text
from plantrack.model.problem import ProblemsFound
from plantrack.services.verbs.add import add_from_plan
from plantrack.services.verbs.assign import Roles, assign
from plantrack.services.verbs.edit import Corrections, edit, extend
from plantrack.services.verbs.list import list_tasks
from plantrack.services.verbs.log import log
from plantrack.services.verbs.plan.apply import apply
from plantrack.services.verbs.plan.check import check
from plantrack.services.verbs.plan.show import plan_log, plan_tree
from plantrack.services.verbs.undo import undo
from plantrack.store import tasks as store
from plantrack.store.connection import SQLite
from plantrack.store.tasks import AsOf
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


def cut(workspace: Path, start: str, end: str = "\x00") -> tuple[str, str]:
    """Return the change of the plan file that takes out what is between two codes."""
    text = (workspace / PLAN_FILE).read_text("utf-8")
    head = text.index(start)
    return text[head : text.index(end) if end in text else len(text)], ""


def third_activity(workspace: Path) -> tuple[str, str]:
    """Return the change that takes ND3.2 out of the plan."""
    return cut(workspace, '      - code: "ND3.2"', "  # Tách làm hai hoạt động")


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


def test_an_earlier_file_again_is_a_new_revision(context_on: OpenContext, workspace: Path) -> None:
    swap = ('vi: "Hội thảo và khuyến nghị"', 'vi: "Hội thảo"')
    applied(context_on, DAY, workspace, swap)
    assert applied(context_on, DAY, workspace, swap[::-1]).revision == 3


def test_the_log_of_the_plan_is_what_was_known(context_on: OpenContext, workspace: Path) -> None:
    applied(context_on, DAY, workspace, ('vi: "Hội thảo và khuyến nghị"', 'vi: "Hội thảo"'))
    assert [r.revision for r in plan_log(context_on(known_at="9/4/2024")).revisions] == [1]


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


def test_two_files_of_one_plan_are_refused(context_on: OpenContext, db: SQLite, workspace: Path) -> None:
    copy = workspace / "plans" / "copy.yaml"
    copy.write_bytes((workspace / PLAN_FILE).read_bytes())
    before, context = held(db), context_on(DAY)
    with refused("plan-id-twice") as caught:
        apply(db, [workspace / PLAN_FILE, copy], workspace, context.author, lambda: context.now)
    assert caught.value.exit_code == 5
    assert held(db) == before


def test_a_file_that_is_not_there_is_refused(context_on: OpenContext, workspace: Path) -> None:
    context = context_on(DAY)
    with refused("plan-missing") as caught:
        apply(
            context.db,
            [workspace / "plans" / "không-có.yaml"],
            workspace,
            context.author,
            lambda: context.now,
        )
    assert caught.value.exit_code == 5


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
    assert [(e.field, e.new) for e in log(context_on(), "1").entries if e.verb == "plan apply"] == [
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
    kept = sorted(store.tasks_on(db, PLAN, AsOf("9999-12-31")))
    assert kept == sorted(store.tasks_on(db, PLAN, AsOf("9999-12-31", "9999-12-31T00:00:00.000Z")))


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


# --- showing and checking ---


def test_the_plan_or_a_part_of_it_is_shown_by_its_code(context_on: OpenContext) -> None:
    assert plan_tree(context_on()).code is None
    assert [plan_tree(context_on(), typed).code for typed in ("3", "nd3.1")] == ["ND3", "ND3.1"]
    with refused("unknown-area"):
        plan_tree(context_on(), "9")


def test_a_check_needs_no_database_and_gives_every_problem(workspace: Path) -> None:
    file = rewritten(workspace, ("year: 2024", "year: hai"), ('code: "ND7.2"', 'code: "ND7.1"'))
    (workspace / "plantrack.db").unlink()
    found = check([file], workspace)
    assert len({p.code for p in found.problems if p.severity == "error"}) >= 2
    assert all(p.line > 0 and p.column > 0 for p in found.problems)


def test_the_shipped_plan_has_no_error_and_says_what_its_source_does_not(workspace: Path) -> None:
    problems = check([workspace / PLAN_FILE], workspace).problems
    assert problems == ()


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


def test_two_files_of_one_plan_are_a_problem_of_the_second(workspace: Path) -> None:
    file = workspace / "plans" / "kh-468-2024.yaml"
    other = workspace / "plans" / "other.yaml"
    other.write_bytes(file.read_bytes())
    (problem,) = [p for p in check([file, other], workspace).problems if p.severity == "error"]
    assert (problem.file, problem.code, problem.severity) == (str(other), "P320", "error")


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


def test_a_command_read_against_an_older_plan_is_not_written(
    context_on: OpenContext, db: SQLite, workspace: Path
) -> None:
    waiting = context_on("2024-07-01")
    file = workspace / "plans" / "kh-468-2024.yaml"
    file.write_text(file.read_text("utf-8") + "# mới\n", encoding="utf-8")
    apply(db, [file], workspace, "Người thử", lambda: datetime(2024, 7, 9, 2, tzinfo=UTC))
    with refused("plan-changed-meanwhile"):
        add_from_plan(waiting)
