"""The plan as it was applied, whole or a part of it by its code, and its revisions."""

from pathlib import Path

import pytest

from plantrack.model.plan import Retired, Text
from plantrack.services.verbs.plan.show import plan_log, plan_tree
from tests.support.plan_changes import carry
from tests.support.plan_files import changed, without
from tests.support.steps import OpenContext, applied, opened, refused, said

DAY = "2024-04-10"


def test_the_plan_or_a_part_of_it_is_shown_by_its_code(context_on: OpenContext) -> None:
    assert plan_tree(context_on()).code is None
    assert [plan_tree(context_on(), typed).code for typed in ("3", "nd3.1")] == ["ND3", "ND3.1"]
    for typed, code in (("9", "unknown-area"), ("3.9", "unknown-activity"), ("x", "unknown-area")):
        with refused(code) as caught:
            plan_tree(context_on(), typed)
        assert caught.value.exit_code == 3


def test_what_left_the_plan_is_shown_as_it_was_last(context_on: OpenContext, workspace: Path) -> None:
    opened(context_on, "2024-03-26", activity="7.2")
    said(context_on, "2024-03-27", "1", "done")
    plan = context_on().plan
    renamed = changed(plan, "ND7.2", title=Text("Tên cuối"))
    carry(context_on, workspace, renamed, "2024-04-01")
    retired = Retired("ND7.2", "2024-04-05", "đã xong")
    carry(context_on, workspace, without(plan, "ND7.2")._replace(retired=(retired,)), "2024-04-05")
    shown = plan_tree(context_on(), "7.2")
    assert (shown.code, shown.retired) == ("ND7.2", retired)
    (line,) = [a for area in shown.heading.plan.areas for a in area.activities if a.code == "ND7.2"]
    assert line.title == Text("Tên cuối")
    assert plan_tree(context_on()).heading.plan == context_on().plan, "the whole is that of today"


def test_areas_that_left_and_have_work_stand_after_the_plan(context_on: OpenContext, workspace: Path) -> None:
    opened(context_on, "2024-03-26", activity="7.2")
    said(context_on, "2024-03-27", "1", "done")
    plan = context_on().plan
    carry(context_on, workspace, without(without(plan, "ND7"), "ND6"), "2024-04-01")
    assert [code for code, _ in plan_tree(context_on()).former] == ["ND7"]
    assert plan_tree(context_on(), "7").code == "ND7"
    with refused("unknown-area"):
        plan_tree(context_on(), "6")


def test_a_retired_code_that_was_never_applied_has_no_title_to_show(
    context_on: OpenContext, workspace: Path
) -> None:
    plan = context_on().plan._replace(
        retired=(Retired("ND9.9", "2024-01-05", "x"), Retired("ND9", "2024-01-05", "x"))
    )
    carry(context_on, workspace, plan, "2024-04-01")
    for typed, code in (("ND9.9", "unknown-activity"), ("ND9", "unknown-area")):
        with refused(code) as caught:
            plan_tree(context_on(), typed)
        assert caught.value.params["near"] == ()


def test_the_plan_and_its_log_are_what_was_known(context_on: OpenContext, workspace: Path) -> None:
    applied(context_on, DAY, workspace, ('vi: "Hội thảo và khuyến nghị"', 'vi: "Hội thảo"'), reason="CV số 5")
    newest, first = plan_log(context_on()).revisions
    assert [(r.revision, r.reason, r.author) for r in (newest, first)] == [
        (2, "CV số 5", "Người thử"), (1, None, "Người thử"),
    ]  # fmt: skip
    assert newest.sha256 != first.sha256
    assert [r.revision for r in plan_log(context_on(known_at="9/4/2024")).revisions] == [1]


@pytest.mark.parametrize(
    ("known_at", "title"), [("9/4/2024", "Hội thảo và khuyến nghị"), ("10/4/2024", "Hội thảo")]
)
def test_a_part_is_that_of_the_revision_known_then(
    context_on: OpenContext, workspace: Path, known_at: str, title: str
) -> None:
    applied(context_on, DAY, workspace, ('vi: "Hội thảo và khuyến nghị"', 'vi: "Hội thảo"'))
    shown = plan_tree(context_on(known_at=known_at), "3")
    assert shown.heading.plan.areas[2].label("vi") == title
