"""Plan files that are read and found good, and whether one is newer than what was applied."""

from pathlib import Path

from plantrack.services.verbs.plan.apply import apply
from plantrack.services.verbs.plan.diff import diff
from plantrack.store.connection import SQLite
from tests.support.steps import (
    PLAN_FILE,
    OpenContext,
    held,
    refused,
)

DAY = "2024-04-10"


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
