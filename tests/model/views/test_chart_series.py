"""What reports draw: where the plan stands now, and the weeks in which nothing was said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.model.views.chart_series import Point, Speakers, WeeklySeries, silent_weeks

updates = st.lists(st.none() | st.integers(0, 3), max_size=20)


@given(updates)
def test_silent_weeks_are_those_with_open_work_of_which_nothing_was_said(counts: list[int | None]) -> None:
    weeks = [f"2024-W{n:02}" for n in range(len(counts))]
    speakers = Speakers(None, None, tuple(counts))
    silent = silent_weeks(weeks, speakers)
    assert len(silent) == speakers.silent
    assert silent == [week for week, n in zip(weeks, counts, strict=True) if n is not None and n < 1]


def test_weeks_and_updates_belong_together() -> None:
    with pytest.raises(ValueError, match="shorter"):
        silent_weeks(["2024-W01"], Speakers(None, None, ()))


def test_now_is_the_last_point_of_a_day_that_has_come() -> None:
    points = (Point("2024-07-07", 5, 1, 0), Point("2024-07-14", 6, 2, 1), Point("2024-07-21", None, None, 3))
    series = WeeklySeries("2024-07-14", points, ("2024-W27", "2024-W28"), (), 0)
    assert series.now == points[1]
    assert series._replace(points=points[2:]).now is None
