"""The report of a longer period: which days, what was finished and moved, beside which others; counted by hand."""

from pathlib import Path

import pytest

from plantrack.model.views.report import PeriodReport
from plantrack.services.verbs.edit import Corrections, edit, extend
from plantrack.services.verbs.indicator import Measurement, record
from plantrack.services.verbs.plan.carry_over import carry_over
from plantrack.services.verbs.report import read_calendar, report
from plantrack.services.verbs.undo import undo
from plantrack.services.verbs.weekly import weekly
from tests.support.next_plan import next_plan
from tests.support.steps import (
    PLAN,
    OpenContext,
    applied,
    labels,
    opened,
    refused,
    said,
    tasks_of,
    with_activity_lines,
)
from tests.support.whole import whole

#: The day after July 2024 closes officially, and a day on which all of it is over.
AFTER, OPENED = "2024-08-20", "2024-06-01"


def made(
    sit: OpenContext,
    period: str = "2024-07",
    *terms: str,
    calendar: str = "official",
    on: str = AFTER,
    **asked: str,
) -> PeriodReport:
    """Report a period, July 2024 unless it is said."""
    return whole(report(sit(on, **asked), terms, period, calendar))


def finished(view: PeriodReport) -> list[str]:
    return tasks_of(view.finished)


# --- which days ---


def test_a_report_is_of_its_last_day(context_on: OpenContext) -> None:
    view = made(context_on).digest
    assert (view.period, view.first_day, view.last_day) == ("2024-07", "2024-06-15", "2024-07-14")
    assert (view.next_first, view.next_last, view.heading.as_of) == ("2024-07-15", "2024-08-14", "2024-07-14")
    civil = made(context_on, calendar="civil").digest
    assert (civil.first_day, civil.last_day, civil.heading.as_of) == (
        "2024-07-01",
        "2024-07-31",
        "2024-07-31",
    )


def test_a_period_without_a_year_is_the_latest_that_has_begun(context_on: OpenContext) -> None:
    asked = [
        ("Q4", "official"),
        ("T12", "civil"),
        ("quý I", "official"),
        ("T2", "civil"),
        ("Quý I-II", "official"),
    ]
    read = [
        made(context_on, period, calendar=calendar, on="2025-01-08").digest.period
        for period, calendar in asked
    ]
    assert read == ["2024-Q4", "2024-12", "2025-Q1", "2024-02", "2025-H1"]


def test_january_begins_in_december(context_on: OpenContext) -> None:
    view = made(context_on, "2025-01", on="2025-02-01")
    assert (view.digest.first_day, view.digest.last_day) == ("2024-12-15", "2025-01-14")
    opened(context_on, "2024-12-14")
    for day in ("2024-12-14", "2024-12-15", "2025-01-14", "2025-01-15"):
        said(context_on, day, opened(context_on, "2024-12-01"), "done")
    assert finished(made(context_on, "2025-01", on="2025-02-01")) == ["3", "4"]
    assert finished(made(context_on, "2024-12", on="2025-02-01")) == ["2"]
    assert finished(made(context_on, "2024", on="2025-02-01")) == ["2"]
    assert finished(made(context_on, "2024", on="2025-02-01", calendar="civil")) == ["2", "3"]


def test_both_ends_of_a_period_belong_to_it_and_no_day_to_two(context_on: OpenContext) -> None:
    for day in ("2024-06-14", "2024-06-15", "2024-07-14", "2024-07-15"):
        said(context_on, day, opened(context_on, OPENED), "done")
    assert [finished(made(context_on, p)) for p in ("2024-06", "2024-07", "2024-08")] == [
        ["1"],
        ["2", "3"],
        ["4"],
    ]
    assert finished(made(context_on, "2024-H2", on="2024-12-31")) == ["2", "3", "4"]


def test_a_period_that_runs_is_reported_up_to_the_day(context_on: OpenContext) -> None:
    opened(context_on, OPENED, due="18/7/2024")
    view = made(context_on, "this", on="2024-07-20")
    assert (view.digest.period, view.digest.heading.as_of, view.is_closed) == ("2024-08", "2024-07-20", False)
    assert tasks_of(view.digest.overdue) == ["1"]
    assert made(context_on, "2024-08", on="2024-08-14").is_closed
    assert made(context_on, "2024-08", on="2024-08-20").is_closed


def test_a_period_that_has_not_begun_is_refused_unless_its_day_is_asked_for(context_on: OpenContext) -> None:
    with refused("report-not-begun") as caught:
        made(context_on, "2024-08", on="2024-07-14")
    assert caught.value.exit_code == 2
    assert (
        made(context_on, "2024-08", on="2024-07-14", as_of="2024-07-15").digest.heading.as_of == "2024-07-15"
    )


def test_the_plan_says_when_months_close(context_on: OpenContext, workspace: Path) -> None:
    applied(context_on, "2024-07-16", workspace, ("  closing_day: 14", "  closing_day: 20"))
    view = made(context_on)
    assert (view.digest.first_day, view.digest.last_day, view.closing_day) == ("2024-06-21", "2024-07-20", 20)


def test_a_strange_calendar_is_refused() -> None:
    assert [read_calendar(typed) for typed in ("civil", "ngày chốt")] == ["civil", "official"]
    with refused("unknown-calendar"):
        read_calendar("moon")


# --- what is told ---


def test_results_are_what_was_finished_and_what_goes_on_with_a_result(context_on: OpenContext) -> None:
    for _ in range(5):
        opened(context_on, OPENED)
    said(context_on, "2024-06-20", "1", result="một nửa")
    said(context_on, "2024-07-01", "1", "done", result="xong")
    said(context_on, "2024-07-02", "2", result="đang làm")
    said(context_on, "2024-07-05", "2", percent="50")
    said(context_on, "2024-07-03", "3", percent="10")  # no result
    said(context_on, "2024-06-10", "4", result="trước kỳ")
    said(context_on, "2024-07-20", "5", result="sau kỳ")
    view = made(context_on)
    assert [(i.task.label, i.update and i.update.result) for i in view.finished] == [("1", "xong")]
    assert [(i.task.label, i.update and i.update.result) for i in view.going_on] == [("2", "đang làm")]
    assert tasks_of(view.digest.results) == ["1", "2", "3"]


def test_work_finished_before_and_told_in_the_period_is_recorded_late(context_on: OpenContext) -> None:
    opened(context_on, OPENED)
    said(context_on, "2024-06-20", "1", "done", on="10/6/2024", result="xong")
    view = made(context_on)
    assert (finished(view), tasks_of(view.digest.late_updates)) == ([], ["1"])


def test_work_that_was_reopened_is_not_finished_and_one_taken_back_neither(context_on: OpenContext) -> None:
    for _ in range(2):
        opened(context_on, OPENED)
    said(context_on, "2024-06-20", "1", "done")
    said(context_on, "2024-07-01", "1", "reopen", reason="thiếu")
    said(context_on, "2024-06-20", "2", "done", result="nhầm")
    undo(context_on("2024-06-21"), None)
    view = made(context_on)
    assert (finished(view), view.finished_counts.done, tasks_of(view.digest.results)) == ([], 0, ["1"])
    undo(context_on("2024-06-22"), "c7")  # the undo itself
    assert finished(made(context_on)) == ["2"]
    assert tasks_of(made(context_on).digest.results) == ["1", "2"]


def test_a_carry_over_is_no_news_of_the_work_that_went_on(context_on: OpenContext, workspace: Path) -> None:
    opened(context_on, OPENED)
    said(context_on, "2024-12-20", "1", percent="40")
    next_plan(context_on, workspace, 2025)
    carry_over(context_on("2025-01-06", plan="kh-2025"), PLAN)
    (item,) = made(context_on, "2025-01", on="2025-01-20", plan=PLAN).digest.results
    assert item.update is not None
    assert (item.update.on, item.update.percent) == ("2024-12-20", 40)


def test_the_change_is_since_the_day_before_the_first(context_on: OpenContext) -> None:
    for day in ("2024-06-14", "2024-06-15"):
        said(context_on, day, opened(context_on, OPENED, due="30/9/2024"), "done")
    opened(context_on, "2024-06-20")
    change = made(context_on).digest.change["total"]
    assert (change.total, change.done, change.not_started) == (1, 1, 0)
    assert made(context_on).opened == 1


def test_extensions_are_counted_and_corrections_stand_apart(context_on: OpenContext) -> None:
    for _ in range(2):
        opened(context_on, OPENED, due="10/6/2024")
    extend(context_on("2024-06-11"), ["1"], "20/6/2024", "một")
    extend(context_on("2024-06-20"), ["1"], "1/7/2024", "hai")
    edit(context_on("2024-06-25"), ["2"], Corrections(due="12/7/2024"))
    extend(context_on("2024-07-20"), ["1"], "1/9/2024", "sau kỳ")
    view = made(context_on)
    found = [
        (c.task.label, c.kind, c.nth, c.old, c.new, c.on, c.reason) for c in view.digest.deadline_changes
    ]
    assert found == [
        ("1", "extension", 2, "2024-06-20", "2024-07-01", "2024-06-20", "hai"),
        ("2", "correction", 0, "2024-06-10", "2024-07-12", None, None),
    ]
    assert [c.recorded[:10] for c in view.digest.deadline_changes] == ["2024-06-20", "2024-06-25"]
    overdue = {i.task.label: view.extensions.get(i.task.uid, 0) for i in view.digest.overdue}
    assert overdue == {"1": 2, "2": 0}


def test_silent_organisations_said_nothing_in_the_whole_period(context_on: OpenContext) -> None:
    opened(context_on, OPENED, lead=("ubdt",))
    opened(context_on, OPENED, lead=("hlhpn",))
    said(context_on, "2024-06-14", "2", percent="10")
    said(context_on, "2024-06-15", "1", percent="10")
    silent = made(context_on).digest.silent_organisations
    assert [s.organisation.id for s in silent] == ["hlhpn"]


def test_the_shared_sections_are_those_of_a_week_of_the_same_days(context_on: OpenContext) -> None:
    for due in ("10/7/2024", "14/7/2024", "18/7/2024"):
        opened(context_on, OPENED, due=due, lead=("ubdt",))
    said(context_on, "2024-07-09", "1", blocked="kẹt", next="n", proposal="p")
    week, month = whole(weekly(context_on("2024-08-20"), (), "2024-W28")), made(context_on).digest
    for section in ("overdue", "due_on_closing_day", "due_soon", "difficulties", "proposals", "stale"):
        assert getattr(week, section) == getattr(month, section), section


# --- beside other periods ---


def test_the_period_before_is_counted_as_of_its_own_end(context_on: OpenContext) -> None:
    for day in ("2024-06-10", "2024-06-20"):
        said(context_on, day, opened(context_on, "2024-05-20"), "done")
    view = made(context_on)
    assert view.before is not None
    assert view.before.counts is not None
    assert (view.before.period, view.before.last_day) == ("2024-06", "2024-06-14")
    assert (view.before.counts.done, view.before.finished, view.before.opened) == (1, 1, 2)
    assert (view.digest.progress.total.done, view.finished_counts.done, view.opened) == (2, 1, 0)
    assert made(context_on, "2024-9M", on="2024-10-01").before is None
    assert made(context_on, "2024", on="2024-12-20").before is None


def test_where_there_was_no_data_it_is_said_so(context_on: OpenContext) -> None:
    opened(context_on, "2024-06-20")
    view = made(context_on)
    assert view.before is not None
    assert (view.before.counts, view.last_year.counts) == (None, None)
    assert (view.last_year.period, view.last_year.first_day) == ("2023-07", "2023-06-15")


@pytest.fixture
def two_years(context_on: OpenContext, workspace: Path) -> None:
    """Make two tasks in the plan of 2024, one of them done in July, and three in that of 2025."""
    next_plan(context_on, workspace, 2025)
    from plantrack.services.verbs.add import NewTask, add

    for plan, day, number in ((PLAN, "2024-06-20", 2), ("kh-2025", "2025-06-20", 3)):
        for _ in range(number):
            add(context_on(day, plan=plan), NewTask("Việc", area="3"))
    said(lambda day: context_on(day, plan=PLAN), "2024-07-01", "1", "done")


@pytest.mark.usefixtures("two_years")
def test_last_year_is_that_of_the_programme_s_plan_of_that_year(context_on: OpenContext) -> None:
    view = made(context_on, "2025-07", on="2025-08-01", plan="kh-2025")
    assert view.last_year.plan is not None
    assert view.last_year.counts is not None
    assert (view.last_year.plan.id, view.last_year.period) == (PLAN, "2024-07")
    assert (view.last_year.counts.total, view.last_year.finished, view.last_year.opened) == (2, 1, 2)
    assert view.digest.progress.total.total == 3
    assert made(context_on, "2024-07", on="2025-08-01", plan=PLAN).last_year.counts is None
    january = made(context_on, "2025-01", on="2025-08-01", plan="kh-2025")
    assert january.before is not None
    assert january.before.plan is not None
    assert (january.before.plan.id, january.before.last_day) == (PLAN, "2024-12-14")


@pytest.mark.usefixtures("two_years")
def test_a_filter_that_means_something_else_last_year_is_said_to(context_on: OpenContext) -> None:
    view = made(context_on, "2025-07", "due:Q2", on="2025-08-01", plan="kh-2025")
    assert (view.last_year.counts, view.last_year.other_filter) == (None, True)
    for same in ("area:3", "due:-7d.."):  # relative days are those of the report, in its other periods too
        view = made(context_on, "2025-07", same, on="2025-08-01", plan="kh-2025")
        assert not view.last_year.other_filter
    assert made(context_on, "2025-07", "area:3", on="2025-08-01", plan="kh-2025").last_year.counts is not None


# --- activities by organisations ---


def test_the_matrix_counts_tasks_by_activity_and_lead(context_on: OpenContext) -> None:
    opened(context_on, OPENED, activity="1.1", lead=("ubdt", "hlhpn"))
    opened(context_on, OPENED, activity="1.1", lead=("ubdt",))
    opened(context_on, OPENED, activity="3.2")
    opened(context_on, OPENED, area="3", lead=("hlhpn",))
    said(context_on, "2024-06-20", "2", "done")
    view = made(context_on).matrix
    assert view.organisations == ("hlhpn", "ubdt", None)
    found = [
        (r.code, {org: (c.done, c.total) for org, c in r.cells.items()}, r.total.total) for r in view.rows
    ]
    assert found == [
        ("ND1.1", {"hlhpn": (0, 1), "ubdt": (1, 2)}, 2),
        ("ND3.2", {None: (0, 1)}, 1),
        (None, {"hlhpn": (0, 1)}, 1),
    ]
    assert {org: c.total for org, c in view.totals.items()} == {"hlhpn": 2, "ubdt": 2, None: 1}
    assert view.total.total == 4


# --- the whole ---


def test_a_filter_limits_every_part(context_on: OpenContext) -> None:
    for area in ("3", "5"):
        opened(context_on, OPENED, area=area, due="10/7/2024", lead=("ubdt",))
    for label in ("1", "2"):
        said(context_on, "2024-06-20", label, "done", result="r")
    view = made(context_on, "2024-07", "area:5")
    assert (finished(view), labels(view.digest.progress.tasks), view.matrix.total.total) == (["2"], ["2"], 1)


def test_a_report_as_known_then_is_the_one_that_was_made_then(context_on: OpenContext) -> None:
    for _ in range(3):
        opened(context_on, OPENED, due="10/7/2024", lead=("ubdt",))
    said(context_on, "2024-06-20", "1", "done", result="r")
    said(context_on, "2024-06-21", "2", result="r", blocked="b", proposal="p")
    extend(context_on("2024-06-22"), ["2"], "12/7/2024", "chờ")
    then = made(context_on, on="2024-07-15")
    said(context_on, "2024-08-01", "3", "done", on="1/7", result="muộn")
    undo(context_on("2024-08-01"), "c5")
    extend(context_on("2024-08-02"), ["2"], "31/8/2024", "chờ", "12/7")
    edit(context_on("2024-08-03"), ["1"], Corrections(title="Khác", opened="20/5"))
    again = made(context_on, known_at=then.digest.heading.known_at or "")

    def plain(view: PeriodReport) -> str:
        digest = view.digest._replace(heading=None, progress=None)  # type: ignore[arg-type]
        counted = (view.digest.progress.rows, view.digest.progress.total)
        return repr((view._replace(digest=digest), counted))

    assert plain(again) == plain(then)
    assert plain(made(context_on)) != plain(then)


def test_a_report_of_an_empty_plan_is_empty(context_on: OpenContext) -> None:
    view = made(context_on)
    assert (view.finished, view.going_on, view.matrix.rows, view.extensions) == ((), (), (), {})
    assert view.digest.progress.total.total == 0


def test_indicators_are_in_it_where_the_plan_has_any(context_on: OpenContext, workspace: Path) -> None:
    assert made(context_on).indicators is None
    lines = (
        "indicators:",
        '  - id: "to"',
        '    title: "Tổ (ví dụ)"',
        '    unit: "tổ"',
        "    baseline: 2",
        "    target: 10",
    )
    applied(context_on, "2024-06-20", workspace, with_activity_lines("ND1.1", *lines))
    record(context_on("2024-06-21"), Measurement("to", "7", "Q2"))
    record(context_on("2024-07-20"), Measurement("to", "9", "T7"))
    view = made(context_on)
    assert view.indicators is not None
    (line,) = view.indicators.lines
    assert line.actual is not None
    assert (line.indicator.baseline, line.indicator.target, line.actual.value) == (2, 10, 9)
    assert made(context_on, "2024-07", "area:1").indicators is None  # they are of the whole plan
