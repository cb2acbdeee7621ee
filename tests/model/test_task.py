"""A task as it stood: its name, its heading, and whether something is left to do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.model.names import label_of
from plantrack.model.status import OPEN, Status
from plantrack.model.task import task_label
from tests.support.factory import make_task


def test_the_name_of_a_task_has_the_site_only_where_it_was_made_offline() -> None:
    assert make_task(site="", number=12).label == task_label("", 12) == "12"
    assert make_task(site="HN", number=4).label == task_label("HN", 4) == "HN-4"


@given(st.sampled_from(("", "HN", "A1")), st.integers(1, 10**6))
def test_a_name_can_be_typed(site: str, number: int) -> None:
    label = task_label(site, number)
    assert label_of(label) == label_of(f" {label.lower()} ") == label


@pytest.mark.parametrize("status", Status)
def test_only_open_work_can_be_blocked(status: Status) -> None:
    task = make_task(status=status, blocked="chờ kinh phí")
    assert task.is_open == (status in OPEN)
    assert task.is_blocked == task.is_open
    assert not task._replace(blocked=None).is_blocked


def test_a_task_stands_under_its_activity_else_its_area() -> None:
    assert make_task(area="ND1", activity="ND1.2").heading == "ND1.2"
    assert make_task(area="ND1", activity=None).heading == "ND1"
