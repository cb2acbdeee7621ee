"""The plan as it was applied, whole or a part of it by its code, and its revisions."""

from pathlib import Path

from plantrack.services.verbs.plan.show import plan_log, plan_tree
from tests.support.steps import (
    OpenContext,
    applied,
    refused,
)

DAY = "2024-04-10"


def test_the_log_of_the_plan_is_what_was_known(context_on: OpenContext, workspace: Path) -> None:
    applied(context_on, DAY, workspace, ('vi: "Hội thảo và khuyến nghị"', 'vi: "Hội thảo"'))
    assert [r.revision for r in plan_log(context_on(known_at="9/4/2024")).revisions] == [1]


def test_the_plan_or_a_part_of_it_is_shown_by_its_code(context_on: OpenContext) -> None:
    assert plan_tree(context_on()).code is None
    assert [plan_tree(context_on(), typed).code for typed in ("3", "nd3.1")] == ["ND3", "ND3.1"]
    with refused("unknown-area"):
        plan_tree(context_on(), "9")
