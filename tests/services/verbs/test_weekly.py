"""The weekly summary: which week is meant, and as of which day it is told."""

import pytest

from tests.support.steps import BEFORE, MONDAY, SUNDAY, OpenContext, opened, refused, summed, tasks_of


@pytest.mark.parametrize(
    ("on", "week", "period"),
    [
        ("2024-07-22", "last", "2024-W29"),
        ("2024-07-28", "last", "2024-W29"),  # a Sunday is not over yet
        ("2024-07-22", "this", "2024-W30"),
        ("2024-07-22", "2024-W29", "2024-W29"),
        ("2024-07-22", "29", "2024-W29"),
        ("2024-07-22", "tuần 29", "2024-W29"),
        ("2024-07-22", "18/7/2024", "2024-W29"),
        ("2025-01-06", "last", "2025-W01"),
        ("2024-12-30", "this", "2025-W01"),
    ],
)
def test_the_week_is_the_one_asked_for(context_on: OpenContext, on: str, week: str, period: str) -> None:
    assert summed(context_on, on=on, week=week).period == period


def test_a_week_goes_from_monday_to_sunday_and_the_next_follows(context_on: OpenContext) -> None:
    view = summed(context_on)
    assert (view.first_day, view.last_day) == ("2024-07-15", SUNDAY)
    assert (view.next_first, view.next_last) == (MONDAY, "2024-07-28")
    assert view.heading.as_of == SUNDAY


def test_this_week_is_told_as_of_today(context_on: OpenContext) -> None:
    opened(context_on, BEFORE, due="18/7/2024")
    view = summed(context_on, on="2024-07-18", week="this")
    assert (view.heading.as_of, view.last_day) == ("2024-07-18", SUNDAY)
    assert (tasks_of(view.overdue), tasks_of(view.due_on_closing_day)) == ([], ["1"])


@pytest.mark.parametrize(
    "typed", ["9999-W53", "0000-W01", "2024-W54", "2024-W00", "2023-W53", "x", "", " ", "-1", "Q2", "9" * 99]
)
def test_a_strange_week_is_refused(context_on: OpenContext, typed: str) -> None:
    with refused("bad-week") as caught:
        summed(context_on, week=typed)
    assert caught.value.exit_code == 2


@pytest.mark.parametrize(("typed", "as_of"), [("1900-W01", ""), ("2020-W53", ""), ("2199-W52", "2199-12-31")])
def test_the_first_and_last_week_there_is_can_be_summed_up(
    context_on: OpenContext, typed: str, as_of: str
) -> None:
    opened(context_on, BEFORE, due="20/7/2024")
    assert summed(context_on, week=typed, as_of=as_of).period == typed


def test_a_week_that_has_not_begun_is_refused_unless_its_day_is_asked_for(context_on: OpenContext) -> None:
    with refused("week-not-begun") as caught:
        summed(context_on, week="2024-W31")
    assert caught.value.exit_code == 2
    assert summed(context_on, week="2024-W31", as_of="2024-08-04").heading.as_of == "2024-08-04"
