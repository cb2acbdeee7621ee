"""Tasks over time: counted at the ends of weeks as they would be on each of these days."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.model.days import add_days, week_of
from plantrack.model.history import StateChange, work_on
from plantrack.model.status import OPEN, Status
from plantrack.model.weekly_counts import (
    MOST_WEEKS,
    Life,
    Weeks,
    burn_up,
    open_in,
    turns_of,
    week_ends,
    weeks_heard,
)

FIRST = "2024-03-01"
DAYS = st.integers(0, 120).map(lambda n: add_days(FIRST, n))


def test_weeks_end_on_sundays_and_with_the_year() -> None:
    days = week_ends("2024-03-21", "2024-12-31", "2024-07-21")
    assert days[0] == "2024-03-24"
    assert days[-2:] == ["2024-12-29", "2024-12-31"]
    assert all(week_of(day).last == day for day in days[:-1])


def test_the_day_of_the_report_is_among_them_whatever_day_of_the_week_it_is() -> None:
    days = week_ends("2024-03-21", "2024-12-31", "2024-07-17")
    assert days[days.index("2024-07-17") - 1 :][:3] == ["2024-07-14", "2024-07-17", "2024-07-21"]


def test_a_day_before_the_first_is_not() -> None:
    assert week_ends("2024-03-21", "2024-12-31", "2024-03-01")[0] == "2024-03-24"


def test_over_years_the_ends_of_months_are_enough() -> None:
    days = week_ends("2024-03-21", "2026-08-05", "2026-08-05")
    assert days[:2] == ["2024-03-31", "2024-04-30"]
    assert days[-2:] == ["2026-07-31", "2026-08-05"]
    assert len(days) < MOST_WEEKS


STEPS = st.lists(
    st.tuples(DAYS, st.sampled_from([None, *Status]), st.sampled_from([None, 0, 40, 100])), max_size=6
).map(
    lambda facts: [
        StateChange("t", f"{n:026}", on, f"{n:024}", status and status.value, percent)
        for n, (on, status, percent) in enumerate(sorted(facts, key=lambda fact: fact[0]))
    ]
)


@given(STEPS, DAYS)
def test_turns_say_what_the_history_says_on_every_day(steps: list[StateChange], last: str) -> None:
    turns = turns_of(steps, last)
    for n in range(0, 121, 3):
        day = min(add_days(FIRST, n), last)
        said = next((status for on, status in reversed(turns) if on <= day), Status.NOT_STARTED)
        status = work_on(steps, day).status
        assert said == (Status.NOT_STARTED if status in OPEN else status)


@given(st.lists(st.tuples(DAYS, STEPS, st.none() | DAYS), max_size=5), DAYS)
def test_a_point_counts_what_was_there_on_its_day(
    tasks: list[tuple[str, list[StateChange], str | None]], as_of: str
) -> None:
    """Each number is that of counting the histories up to the end of the point's day."""
    lives = [
        Life(opened, due, (), turns_of([s for s in steps if s.on >= opened], as_of))
        for opened, steps, due in tasks
    ]
    last = add_days(FIRST, 120)
    for point in burn_up(lives, week_ends(FIRST, last, as_of), as_of):
        if point.day > as_of:
            assert (point.total, point.done) == (None, None)
            continue
        there = [(o, s) for o, s, _ in tasks if o <= point.day]
        states = [work_on([step for step in s if step.on >= o], point.day).status for o, s in there]
        assert point.total == sum(state is not Status.DROPPED for state in states)
        assert point.done == sum(state is Status.DONE for state in states)


def test_deadlines_are_those_of_tasks_that_were_not_dropped() -> None:
    lives = [
        Life("2024-03-21", "2024-06-30", ()),
        Life("2024-03-21", "2024-06-30", (), (("2024-05-01", Status.DROPPED),)),
        Life("2024-03-21", None, ()),
        Life("2024-03-21", "2025-06-30", ()),
    ]
    points = burn_up(lives, ["2024-06-29", "2024-06-30", "2024-12-31"], "2024-06-30")
    assert [point.due for point in points] == [0, 1, 1]


def test_only_whole_weeks_are_weeks() -> None:
    weeks = Weeks("2024-03-21", "2024-04-10")
    assert weeks.names == ["2024-W12", "2024-W13", "2024-W14"]
    assert weeks.first == "2024-03-18"
    assert [weeks.place(day) for day in ("2024-03-21", "2024-03-24", "2024-03-25", "2024-04-10")] == [
        0,
        0,
        1,
        3,
    ]


@pytest.mark.parametrize(
    ("opened", "turns", "expected"),
    [
        ("2024-03-21", (), [1, 1, 1]),
        ("2024-03-26", (), [0, 1, 1]),
        # In the week in which it was closed there was still something to say.
        ("2024-03-21", (("2024-03-26", Status.DONE),), [1, 1, 0]),
        ("2024-03-21", (("2024-03-21", Status.DROPPED), ("2024-04-02", Status.NOT_STARTED)), [1, 0, 1]),
        ("2024-03-26", (("2024-03-21", Status.DONE),), [0, 1, 0]),
        ("2025-01-01", (), [0, 0, 0]),
    ],
)
def test_a_task_is_open_in_the_weeks_from_its_opening_to_its_closing(
    opened: str, turns: tuple[tuple[str, Status], ...], expected: list[int]
) -> None:
    weeks = Weeks("2024-03-21", "2024-04-10")
    assert open_in([Life(opened, None, (), turns)], weeks) == expected


def test_a_week_is_silent_only_where_there_was_something_to_speak_of() -> None:
    assert weeks_heard([0, 1, 2], [2, 1, 0]) == (0, 1, 2)
    assert weeks_heard([0, 0], [0, 1]) == (None, 0)
    assert weeks_heard([], []) == ()
