"""Indicators: recorded, taken back, listed as of a day and as known at a moment. All figures are examples."""

import json
from pathlib import Path

import pytest

from plantrack.model.plan import Indicator, Text
from plantrack.model.views.indicator import IndicatorList
from plantrack.services.verbs.indicator import Measurement, list_indicators, record
from plantrack.services.verbs.log import log
from plantrack.services.verbs.plan.apply import apply
from plantrack.services.verbs.report import report
from plantrack.services.verbs.undo import undo, what_undo_would_do
from plantrack.store.sqlite.connection import SQLite
from tests.conftest import Run
from tests.support.plan_files import changed, written
from tests.support.steps import OpenContext, held, notes, refused

INDICATORS = (
    Indicator("ct-to", Text("Tổ truyền thông (ví dụ)", "Teams (example)"), "tổ", 2, 10),
    Indicator("ct-ty-le", Text("Tỷ lệ (ví dụ)"), "%", None, None),
)


@pytest.fixture
def measured(context_on: OpenContext, workspace: Path) -> OpenContext:
    """The plan with two made-up indicators under ND1.1."""
    context = context_on("2024-03-26")
    plan = changed(context.plan, "ND1.1", indicators=INDICATORS)
    apply(context.db, [written(workspace, plan)], workspace, "Người thử", lambda: context.now)
    return context_on


def recorded(
    sit: OpenContext, day: str, value: str, period: str = "Q2", indicator: str = "ct-to", **more: object
) -> None:
    record(sit(day), Measurement(indicator, value, period, **more))  # type: ignore[arg-type]


def actual(view: IndicatorList, place: int = 0) -> tuple[str, float] | None:
    found = view.lines[place].actual
    return (found.period, found.value) if found else None


def test_nothing_is_measured_at_first(measured: OpenContext) -> None:
    view = list_indicators(measured())
    assert [line.indicator.id for line in view.lines] == ["ct-to", "ct-ty-le"]
    assert actual(view) is None


def test_the_value_of_the_last_period_is_the_actual_one(measured: OpenContext) -> None:
    recorded(measured, "2024-07-02", "7", "Q2")
    recorded(measured, "2024-07-03", "3", "Q1")
    assert actual(list_indicators(measured())) == ("2024-Q2", 7)


def test_a_period_without_a_year_is_the_latest_that_has_begun(measured: OpenContext) -> None:
    recorded(measured, "2025-01-08", "7", "Q4")
    assert actual(list_indicators(measured("2025-01-09"))) == ("2024-Q4", 7)


def test_of_periods_that_end_together_the_longest_is_the_actual_one(measured: OpenContext) -> None:
    """A target is for the year: the last quarter alone is no share of it."""
    recorded(measured, "2024-07-02", "9", "H1")
    recorded(measured, "2024-07-02", "7", "Q2")
    recorded(measured, "2024-07-02", "1", "2024-06")
    assert actual(list_indicators(measured())) == ("2024-H1", 9)


def test_a_later_number_takes_the_place_of_an_earlier_one_which_stays(measured: OpenContext) -> None:
    recorded(measured, "2024-07-02", "7")
    done = record(measured("2024-07-05"), Measurement("ct-to", "8", "2024-Q2"))
    assert done.old is not None
    assert done.old.value == 7
    assert actual(list_indicators(measured(as_of="2024-07-04"))) == ("2024-Q2", 7)
    assert actual(list_indicators(measured())) == ("2024-Q2", 8)
    texts = [(e.old, e.new) for e in log(measured()).entries if e.field == "indicator"]
    assert texts == [(None, "ct-to 2024-Q2: 7"), ("ct-to 2024-Q2: 7", "ct-to 2024-Q2: 8")]


@pytest.mark.parametrize("typed", ["1000000000000000", "0.000000000001", "123456789012.34567", "-0.25"])
def test_history_has_every_digit_and_no_exponent(measured: OpenContext, typed: str) -> None:
    recorded(measured, "2024-07-02", typed)
    assert [e.new for e in log(measured()).entries if e.field == "indicator"] == [f"ct-to 2024-Q2: {typed}"]


def test_a_number_of_an_earlier_day_says_that_a_later_one_stands(measured: OpenContext) -> None:
    assert notes(record(measured("2024-07-05"), Measurement("ct-to", "8", "Q2")).written) == []
    done = record(measured("2024-07-08"), Measurement("ct-to", "7", "Q2", on="4/7"))
    assert notes(done.written) == ["later-number-stands"]
    assert actual(list_indicators(measured())) == ("2024-Q2", 8)


def test_undo_brings_the_number_before_back(measured: OpenContext) -> None:
    recorded(measured, "2024-07-02", "7")
    recorded(measured, "2024-07-05", "8")
    shown = what_undo_would_do(measured(), None).log
    assert [e.new for e in shown.entries] == ["ct-to 2024-Q2: 8"]
    undo(measured(), None)
    assert actual(list_indicators(measured())) == ("2024-Q2", 7)
    undo(measured(), "c5")
    assert actual(list_indicators(measured())) == ("2024-Q2", 8)


def test_what_was_known_stays_known(measured: OpenContext) -> None:
    recorded(measured, "2024-07-02", "7")
    recorded(measured, "2024-07-05", "8", on="2024-07-02")
    assert actual(list_indicators(measured(known_at="2024-07-03"))) == ("2024-Q2", 7)
    assert actual(list_indicators(measured(as_of="2024-07-02"))) == ("2024-Q2", 8)


def test_labels_stand_beside_the_whole(measured: OpenContext) -> None:
    recorded(measured, "2024-07-02", "7")
    recorded(measured, "2024-07-02", "4", labels=("nữ", "Kon Tum"))
    recorded(measured, "2024-07-02", "3", labels=("Kon Tum", "nữ"))
    line = list_indicators(measured()).lines[0]
    assert [(v.labels, v.value) for v in line.values] == [((), 7), (("Kon Tum", "nữ"), 3)]


def test_indicators_are_chosen_by_id_activity_and_area(measured: OpenContext) -> None:
    for chosen, number in (
        (["ct-to"], 1),
        (["1.1"], 2),
        (["1"], 2),
        (["2"], 0),
        (["to truyen thong (vi du)"], 1),
    ):
        assert len(list_indicators(measured(), chosen).lines) == number


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"indicator": "khong-co"}, "unknown-indicator"),
        ({"value": "bảy"}, "not-a-number"),
        ({"value": "1.234"}, "ambiguous-number"),
        ({"period": "2024-07-01"}, "not-a-period"),
        ({"period": "hôm nay"}, "not-a-period"),
        ({"period": "2025-Q1"}, "period-not-begun"),
        ({"on": "2025-01-01"}, "day-after-today"),
    ],
)
def test_what_is_wrong_changes_nothing(
    measured: OpenContext, db: SQLite, given: dict[str, str], code: str
) -> None:
    typed = Measurement("ct-to", "7", "Q2")._replace(**given)  # type: ignore[arg-type]
    before = held(db)
    with refused(code):
        record(measured("2024-07-02"), typed)
    assert held(db) == before


def test_a_plan_without_indicators_says_how_to_have_some(context_on: OpenContext) -> None:
    with refused("no-indicators"):
        record(context_on("2024-07-02"), Measurement("ct-to", "7", "Q2"))
    assert list_indicators(context_on()).lines == ()


def test_the_commands(measured: OpenContext, run: Run, workspace: Path) -> None:
    measured("2024-07-02")
    ended = run("indicator", "record", "ct-to", "7,5", "--period", "quý II", "--told-by", "Ví dụ B")
    assert (ended.code, ended.out) == (0, "ct-to\n")
    assert "Quý II/2024: 7,5 tổ" in ended.err
    table = run("indicator", "list").out
    assert "7,5" in table
    assert "75,0%" in table
    (told,) = json.loads(run("indicator", "list", "ct-to", "--format", "json").out)["data"]
    assert (told["target"], told["actual"], told["period"], told["values"][0]["told_by"]) == (
        10,
        7.5,
        "2024-Q2",
        "Ví dụ B",
    )
    assert "Teams (example)" in run("indicator", "list", "--lang", "en").out


def test_a_report_shows_what_was_measured_of_its_period_later(measured: OpenContext) -> None:
    recorded(measured, "2024-07-05", "50", "Q1")
    recorded(measured, "2024-07-20", "45,5", "Q2")
    recorded(measured, "2024-10-05", "60", "Q3")
    view = report(measured("2024-10-06"), period="Q2")
    assert view.indicators is not None
    assert actual(view.indicators) == ("2024-Q2", 45.5)
    early = report(measured(as_of="2024-07-06"), period="Q2").indicators
    assert early is not None
    assert actual(early) == ("2024-Q1", 50)
