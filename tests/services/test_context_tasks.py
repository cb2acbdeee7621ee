"""Which task is meant: by its label in any form, or by an activity that has just one."""

import pytest

from plantrack.services.verbs.add import add_from_plan
from plantrack.services.verbs.edit import remove
from plantrack.services.verbs.update import update
from plantrack.services.writing.status_updates import TypedUpdate
from plantrack.store.sqlite.connection import SQLite
from tests.support.steps import OpenContext, held, labels, opened, refused, said

OPENED = "2024-07-01"


@pytest.fixture
def task(context_on: OpenContext) -> str:
    """Open a task on 1/7/2024."""
    return opened(context_on, OPENED)


# --- which task is meant ---


@pytest.mark.parametrize("typed", ["1", "nv1", "NV1", "#1", "nv 1"])
def test_a_task_is_known_by_its_label_in_any_form(context_on: OpenContext, task: str, typed: str) -> None:
    assert labels(said(context_on, "2024-07-02", typed, percent="5").tasks) == [task]


def test_an_activity_means_its_only_open_task(context_on: OpenContext, task: str) -> None:
    opened(context_on, "2024-07-01", activity="3.1")
    said(context_on, "2024-07-02", "2", "done")
    opened(context_on, "2024-07-03", activity="3.1")
    assert labels(said(context_on, "2024-07-04", "nd3.1", percent="5").tasks) == ["3"]


def test_an_activity_with_only_a_closed_task_means_that(context_on: OpenContext) -> None:
    opened(context_on, "2024-07-01", activity="3.1")
    said(context_on, "2024-07-02", "1", "done")
    assert labels(said(context_on, "2024-07-04", "3.1", "reopen", reason="lý do").tasks) == ["1"]


def test_an_activity_with_several_open_tasks_is_refused_with_their_labels(context_on: OpenContext) -> None:
    for _ in range(2):
        opened(context_on, "2024-07-01", activity="3.1")
    with refused("activity-many-tasks") as caught:
        said(context_on, "2024-07-02", "3.1", percent="5")
    assert caught.value.params["near"] == ("1", "2")


def test_an_activity_without_a_task_is_refused(context_on: OpenContext, task: str) -> None:
    with refused("activity-no-task") as caught:
        said(context_on, "2024-07-02", "3.2", percent="5")
    assert caught.value.exit_code == 3


@pytest.mark.parametrize(
    "typed", ["99", "0", "9" * 30, "HN-4", "chín", "3.9", "", "-", "1 2", "1;DROP", "#", "12-", "1.5.2"]
)
def test_what_is_no_task_is_refused(context_on: OpenContext, task: str, typed: str) -> None:
    with refused("unknown-task") as caught:
        said(context_on, "2024-07-02", typed, percent="5")
    assert caught.value.exit_code == 3


def test_a_removed_task_is_none_to_report_on(context_on: OpenContext, task: str) -> None:
    remove(context_on("2024-07-02"), [task], "nhầm")
    with refused("task-removed") as caught:
        said(context_on, "2024-07-03", task, percent="5")
    assert caught.value.exit_code == 3


def test_several_tasks_are_told_of_in_one_command_or_not_at_all(context_on: OpenContext, db: SQLite) -> None:
    add_from_plan(context_on(OPENED))
    said(context_on, "2024-07-02", "3", "done")
    before = held(db)
    with refused("task-closed"):
        update(context_on("2024-07-03"), ["1", "2", "3"], TypedUpdate(status="paused"))
    assert held(db) == before
    done = update(context_on("2024-07-03"), ["1", "nv1", "2", "1.1"], TypedUpdate(percent="5"))
    assert labels(done.tasks) == ["1", "2"]
