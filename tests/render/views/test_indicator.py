"""Indicators: targets, what was measured, and shares that are of the whole alone."""

from typing import Any

from plantrack.i18n.words import Words
from plantrack.model.indicator import Measured
from plantrack.model.plan import Activity, Indicator, Text
from plantrack.model.views.indicator import IndicatorLine, IndicatorList
from plantrack.render.formats import render
from plantrack.render.views.indicator import book, data, document
from tests.support.factory import make_heading

VI, EN = Words("vi"), Words("en")
ACTIVITY = Activity("ND1.1", Text("Tập huấn", "Training"))
CLASSES = Indicator("i1", Text("Số lớp\ntập huấn", "Classes"), "lớp", 0, 1200)


def measured(value: float, period: str = "2024-Q2", *labels: str, **more: Any) -> Measured:
    made = Measured(
        "01K",
        "C31",
        "kh-468-2024",
        "i1",
        period,
        labels,
        "2024-07-01",
        "2024-07-01T02:00:00.000Z",
        "Ví dụ A",
        31,
        value,
    )
    return made._replace(**more)


WHOLE, WOMEN = measured(150), measured(90.5, "2024-Q2", "nữ")
BEFORE = measured(70, "2024-Q1")


def make_list(*values: Measured, indicator: Indicator = CLASSES, **more: Any) -> IndicatorList:
    """Return a list of one indicator; the first value is the actual one."""
    line = IndicatorLine(ACTIVITY, indicator, values[0] if values else None, values)
    return IndicatorList(make_heading(), (line,), **more)


def rows(view: IndicatorList, words: Words = VI) -> list[list[str]]:
    text = render(document(view, words), "md", words, width=80, colour=False)
    lines = [line for line in text.split("\n") if line.startswith("|")]
    return [[cell.strip() for cell in line.split("|")[1:-1]] for line in lines[2:]]


def test_a_target_and_the_last_value_stand_with_their_share() -> None:
    assert rows(make_list(WHOLE)) == [
        ["ND1.1", "Số lớp / tập huấn", "lớp", "0", "1.200", "Quý II/2024", "150", "12,5%"]
    ]
    assert rows(make_list(WHOLE), EN)[0][1:] == ["Classes", "lớp", "0", "1,200", "Q2 2024", "150", "12.5%"]


def test_what_was_not_measured_or_not_planned_is_said_to_be_unknown() -> None:
    unknown = VI("unknown.short")
    bare = Indicator("i2", Text("Người"))
    assert rows(make_list(indicator=bare)) == [["ND1.1", "Người", "", unknown, unknown, "", unknown, ""]]
    assert rows(make_list(WHOLE, indicator=bare))[0][-1] == "–"


def test_a_value_for_labels_stands_below_and_has_no_share() -> None:
    whole, women = rows(make_list(WHOLE, WOMEN))
    assert whole[-2:] == ["150", "12,5%"]
    assert women == ["", "nữ", "", "", "", "Quý II/2024", "90,5", ""]


def test_earlier_periods_are_shown_where_all_are_asked_for() -> None:
    assert len(rows(make_list(WHOLE, BEFORE))) == 1
    _, earlier = rows(make_list(WHOLE, BEFORE, all_periods=True))
    assert earlier[1] == VI("indicator.in_all")
    assert earlier[5:] == ["Quý I/2024", "70", "5,8%"]


def test_a_plan_without_indicators_says_how_to_have_some() -> None:
    none = IndicatorList(make_heading(), ())
    text = render(document(none, EN), "plain", EN, width=80, colour=False)
    assert text.endswith("Write them under an activity in the plan file. See: plantrack help plan-file\n")


def test_json_has_every_value_with_its_source() -> None:
    (shown,) = data(make_list(WHOLE, measured(90.5, "2024-Q2", "nữ", told_by="Ví dụ B")), VI)
    assert (shown["id"], shown["activity"], shown["target"], shown["actual"]) == ("i1", "ND1.1", 1200, 150)
    whole, women = shown["values"]
    assert (whole["labels"], whole["command"], whole["told_by"]) == ([], "c31", None)
    assert (women["labels"], women["value"], women["told_by"]) == (["nữ"], 90.5, "Ví dụ B")


def test_the_sheet_has_a_row_for_each_value_and_one_for_none() -> None:
    (sheet,) = book(make_list(WHOLE, WOMEN, BEFORE), VI).sheets
    assert [row[6:] for row in sheet.rows] == [
        ("2024-Q2", "", 150, 150 / 1200), ("2024-Q2", "nữ", 90.5, None), ("2024-Q1", "", 70, 70 / 1200)
    ]  # fmt: skip
    (sheet,) = book(make_list(), VI).sheets
    assert [row[6:] for row in sheet.rows] == [(None, None, None, None)]
