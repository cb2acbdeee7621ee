"""What plans that ended left behind: how much, and the command that helps."""

import pytest

from plantrack.i18n.words import Words
from plantrack.model.views.header import UnfinishedPlan, ViewHeader
from plantrack.render.layout import unfinished
from tests.support.factory import make_heading, make_plan

VI, EN = Words("vi"), Words("en")


def heading(*left: tuple[str, int, int]) -> ViewHeader:
    """Return a heading over plans that left work: each by its id, its year and how much it left."""
    plans = (UnfinishedPlan(make_plan(id=name, number=None, year=year), n) for name, year, n in left)
    return make_heading(unfinished=tuple(plans))


def test_each_plan_has_its_line_with_how_much_it_left() -> None:
    one, many = unfinished.lines(heading(("a", 2022, 1), ("b", 2023, 12)), EN)
    assert "1 task" in one
    assert "1 tasks" not in one
    assert "12 tasks" in many


@pytest.mark.parametrize(("year", "carries"), [(2023, True), (2024, False), (2025, False)])
def test_work_is_carried_over_into_a_later_plan_only(year: int, carries: bool) -> None:
    for words in (VI, EN):
        (command,) = unfinished.commands(heading(("cu", year, 2)), words)
        assert "cu" in command
        assert ("carry-over" in command) is carries


def test_json_has_a_warning_of_no_file_for_each_plan() -> None:
    view = heading(("a", 2022, 1), ("b", 2023, 12))
    first, second = unfinished.problems(view, VI)
    for problem, at in ((first, 0), (second, 1)):
        assert [problem[name] for name in ("file", "line", "column")] == [None] * 3
        assert (problem["severity"], problem["code"]) == ("warning", "unfinished-plan")
        assert problem["message"] == unfinished.lines(view, VI)[at]
        assert problem["hint"] == unfinished.commands(view, VI)[at]
    assert unfinished.problems(heading(), VI) == []
