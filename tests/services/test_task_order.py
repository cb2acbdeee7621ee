"""Lists in the order of a field: the store's where it has one, else that of the alphabet; what is equal stays by due day."""

from collections.abc import Sequence
from typing import Any

import pytest

from plantrack.model.task import Task
from plantrack.model.text import vi_key
from plantrack.services.task_order import TaskOrder
from plantrack.services.verbs.list import list_tasks
from plantrack.store.connection import Asked
from plantrack.store.questions.task_source import TaskSource
from tests.support.listing import DAY, open_six
from tests.support.steps import OpenContext, labels, opened


def by(field: str, *, backwards: bool = False) -> TaskOrder:
    """Return the order of a field; of a title, or of whoever leads."""

    def key(task: Task) -> Any:
        return vi_key(task.title.vi) if field == "title" else task.lead or None

    return TaskOrder(field, backwards, key)


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The tasks that are read."""
    found: list[str] = []
    plainly = TaskSource.ask_read

    def reading(source: TaskSource, uids: Sequence[str]) -> Asked[list[Task]]:
        found.extend(uids)
        return plainly(source, uids)

    monkeypatch.setattr(TaskSource, "ask_read", reading)
    return found


def test_titles_are_in_the_order_of_the_alphabet(context_on: OpenContext) -> None:
    for title in ("Ôn tập", "Ổn định", "Đôn đốc", "Dự án", "on", "Ăn", "An"):
        opened(context_on, "2024-07-01", title)
    forwards = labels(list_tasks(context_on(DAY), (), order=by("title")).tasks)
    assert forwards == ["7", "6", "4", "3", "5", "2", "1"]
    assert labels(list_tasks(context_on(DAY), (), order=by("title", backwards=True)).tasks) == forwards[::-1]


@pytest.mark.parametrize("backwards", [False, True])
def test_what_has_nothing_is_last_and_equal_ones_stay_by_due_day(
    context_on: OpenContext, backwards: bool
) -> None:
    for due, lead in (("9/8/2024", "ubdt"), (None, ""), ("8/8/2024", "ubdt"), ("7/8/2024", "hlhpn")):
        opened(context_on, "2024-07-01", due=due, lead=(lead,) if lead else ())
    listed = list_tasks(context_on(DAY), (), order=by("lead", backwards=backwards))
    assert labels(listed.tasks) == (["3", "1", "4", "2"] if backwards else ["4", "3", "1", "2"])


@pytest.mark.parametrize("field", ["updated_on", "title"])
def test_the_first_ones_are_counted_as_they_are_without_an_order(context_on: OpenContext, field: str) -> None:
    open_six(context_on)
    for limit, is_cut in ((2, True), (4, False)):
        view = list_tasks(context_on(DAY), (), limit=limit, order=by(field))
        assert (len(view.tasks), view.total, view.is_cut) == (limit, 4, is_cut)


def test_an_order_of_the_store_reads_only_what_is_shown(context_on: OpenContext, read: list[str]) -> None:
    open_six(context_on)
    assert labels(list_tasks(context_on(DAY), (), limit=1, order=by("updated_on")).tasks) == ["2"]
    assert len(read) == 1


def test_the_order_that_is_asked_for_goes_before_that_of_best_hits(context_on: OpenContext) -> None:
    opened(context_on, "2024-07-01", "Báo cáo", due="30/9/2024")
    opened(context_on, "2024-07-01", "Bao cao", due="10/9/2024")
    assert labels(list_tasks(context_on(DAY), ("báo cáo",)).tasks) == ["1", "2"]
    for field in ("due", "title"):
        assert labels(list_tasks(context_on(DAY), ("báo cáo",), order=by(field)).tasks) == ["2", "1"]
