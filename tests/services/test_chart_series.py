"""The figures behind pictures are those of the reports of each day."""

from collections.abc import Callable
from pathlib import Path

import pytest

from plantrack.model.counting import count
from plantrack.model.plan import Plan
from plantrack.model.views.chart_series import Speakers, WeeklySeries, silent_weeks
from plantrack.services.chart_series import series, series_of
from plantrack.services.context import Context
from plantrack.services.task_query import find_tasks
from plantrack.services.verbs.progress import progress
from tests.conftest import Hands, Run
from tests.support.once import once

OpenContext = Callable[..., Context]


def drawn(context: Context, *args: str) -> WeeklySeries:
    return series(context, find_tasks(context, args)[1])


def told(run: Run, clock: Hands, day: str, *commands: str) -> None:
    """Run commands on a day."""
    clock.set(day)
    for command in commands:
        assert run(*command.split()).code == 0, command


@pytest.fixture
def lived(run: Run, workspace: Path, clock: Hands) -> None:
    """A plan in which tasks were done, reopened, dropped, extended, and taken back."""

    def work() -> None:
        opened = (f"add Việc{n} --area {n} --lead ubdt --due 30/6" for n in (1, 2, 3, 4, 5))
        told(run, clock, "2024-04-01", *opened)
        told(run, clock, "2024-04-10", "update 1 -p 30", "done 2", "assign 5 --lead hlhpn --instead")
        told(run, clock, "2024-05-02", "reopen 2 --reason sai", "drop 3 --reason thừa", "done 4")
        told(run, clock, "2024-05-20", "done 2", "undo", "extend 1 --due 30/9 --reason chậm")
        told(run, clock, "2024-06-17", "done 2", "done 1 -o 3/6", "add Muộn --area 6 --due none")

    once(workspace, work)
    clock.set("2024-07-01")


def test_each_point_is_what_progress_says_of_its_day(lived: None, context_on: OpenContext) -> None:
    figures = drawn(context_on("2024-07-10"))
    past = [point for point in figures.points if point.total is not None]
    assert past[0].day == "2024-04-07"
    assert past[-1].day == "2024-07-10"
    for point in past:
        total = progress(context_on("2024-07-10", as_of=point.day)).total
        assert (point.total, point.done) == (total.not_dropped, total.done), point.day
    assert [point.done for point in past][-3:] == [3, 3, 3]


def test_what_is_due_by_then_goes_on_to_the_end_of_the_year(lived: None, context_on: OpenContext) -> None:
    figures = drawn(context_on("2024-07-10"))
    due = {point.day: point.due for point in figures.points}
    assert (due["2024-06-23"], due["2024-06-30"], due["2024-09-29"], due["2024-12-31"]) == (0, 3, 3, 4)
    assert figures.no_due == 1
    assert figures.points[-1].total is None


def test_a_filter_leaves_out_what_does_not_pass(lived: None, context_on: OpenContext) -> None:
    figures = drawn(context_on("2024-07-10"), "area:ND2")
    assert figures.now is not None
    assert (figures.now.total, figures.now.done) == (1, 1)
    assert sum(n or 0 for n in figures.speakers[0].updates) == 3


def test_known_at_hides_what_was_recorded_later(lived: None, context_on: OpenContext) -> None:
    context = context_on("2024-07-10", known_at="2024-05-25", as_of="2024-07-10")
    figures = drawn(context)
    total = count(context.tasks.rows(), "2024-07-10")
    assert figures.now is not None
    assert (figures.now.total, figures.now.done) == (total.not_dropped, total.done)
    said = dict(zip(figures.weeks, figures.speakers[0].updates, strict=True))
    assert said["2024-W23"] == 0  # the update of 3/6 was recorded on 17/6


def speakers_of(figures: WeeklySeries, key: str | None) -> Speakers:
    return next(speakers for speakers in figures.speakers if speakers.key == key)


def test_weeks_count_the_updates_by_the_day_they_speak_of(lived: None, context_on: OpenContext) -> None:
    figures = drawn(context_on("2024-07-10"))
    everyone = dict(zip(figures.weeks, speakers_of(figures, None).updates, strict=True))
    assert {week: n for week, n in everyone.items() if n} == {
        "2024-W15": 2,
        "2024-W18": 3,
        "2024-W23": 1,
        "2024-W25": 1,
    }
    assert figures.weeks[-1] == "2024-W27"
    assert "2024-W20" in silent_weeks(figures.weeks, speakers_of(figures, None))


def test_a_withdrawn_update_says_nothing(lived: None, context_on: OpenContext) -> None:
    figures = drawn(context_on("2024-07-10"))
    assert dict(zip(figures.weeks, figures.speakers[0].updates, strict=True))["2024-W21"] == 0


def test_an_organisation_is_silent_about_what_it_leads(lived: None, context_on: OpenContext) -> None:
    figures = drawn(context_on("2024-07-10"))
    assert [speakers.key for speakers in figures.speakers] == [None, "hlhpn", "ubdt"]
    union = speakers_of(figures, "hlhpn")
    assert union.title is not None
    assert not any(union.updates)
    assert union.silent == len(silent_weeks(figures.weeks, union)) == 14


def test_the_sum_of_organisations_with_one_lead_each_is_the_whole(
    lived: None, context_on: OpenContext
) -> None:
    figures = drawn(context_on("2024-07-10"), "area:ND1,ND2,ND3,ND4,ND5")
    everyone, *others = figures.speakers
    for i, n in enumerate(everyone.updates):
        assert (n or 0) == sum(speakers.updates[i] or 0 for speakers in others)


def test_a_report_has_the_figures_of_its_own_day(lived: None, context_on: OpenContext) -> None:
    context = context_on("2024-07-10")
    assert series_of(context, (), "2024-05-05") == drawn(context_on("2024-07-10", as_of="2024-05-05"))
    of_area = series_of(context, ("area:ND2",), "2024-05-05")
    assert of_area == drawn(context_on("2024-07-10", as_of="2024-05-05"), "area:ND2")
    assert of_area.as_of == "2024-05-05"


def test_a_plan_without_tasks_or_before_its_first_has_no_figures(context_on: OpenContext, run: Run) -> None:
    assert drawn(context_on("2024-07-10")).points == ()
    run("add", "Họp", "--area", "3", "--on", "2024-06-01")
    context = context_on("2024-07-10")
    later = context._replace(plan=context.plan._replace(start="2024-09-01"))
    assert drawn(later).speakers == ()


def test_the_plan_begins_and_ends_when_it_says(lived: None, context_on: OpenContext) -> None:
    context = context_on("2024-07-10")
    plan: Plan = context.plan._replace(start="2024-05-06", end="2024-11-30")
    figures = drawn(context._replace(plan=plan))
    assert figures.points[0].day == "2024-05-12"
    assert figures.points[0].total == 4
    assert figures.points[-1].day == "2024-11-30"
    assert figures.weeks[0] == "2024-W19"


def test_after_the_year_it_goes_on_to_the_day_of_the_report(lived: None, context_on: OpenContext) -> None:
    figures = drawn(context_on("2026-02-10"))
    assert figures.points[-1].day == "2026-02-10"
    assert figures.points[-1].total == 5
    assert figures.weeks[-1] == "2024-W52"
    assert figures.points[0].day == "2024-04-30"


def test_without_speakers_the_rest_is_the_same(lived: None, context_on: OpenContext) -> None:
    context = context_on("2024-07-10")
    tasks = context.tasks
    quick = series(context, tasks, with_speakers=False)
    assert quick == series(context, tasks)._replace(weeks=(), speakers=())
