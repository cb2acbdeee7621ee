"""Cells that people fill in: read as they were meant, else refused with the reason."""

from decimal import Decimal

import pytest

from plantrack.services.forms.filled_row import area_typed, filled_row
from plantrack.services.forms.form_file import FormRow
from plantrack.tables.table_file import Cell
from tests.support.steps import OpenContext

ANY = ("result", "percent", "status", "on", "due")


def read(sit: OpenContext, **cells: Cell) -> dict[str, str]:
    filled = filled_row(sit("2024-07-18"), FormRow(9, None, cells), ANY)
    return {**filled.said, **{f"{fault.field}!": fault.why.code for fault in filled.faults}}


@pytest.mark.parametrize(
    ("cell", "percent"),
    [
        (Cell("40", 40), "40"),
        (Cell("40%", 40), "40"),
        (Cell("40 %"), "40"),
        (Cell("33,3%", Decimal("33.3")), "33"),
        (Cell("1", 1), "1"),
        (Cell("100", 100), "100"),
        (Cell("0", 0), "0"),
    ],
)
def test_percentages(context_on: OpenContext, cell: Cell, percent: str) -> None:
    assert read(context_on, percent=cell) == {"percent": percent}


@pytest.mark.parametrize(
    "cell", [Cell("140", 140), Cell("nhiều"), Cell("-5", -5), Cell("33,3", Decimal("33.3"))]
)
def test_what_is_no_percentage(context_on: OpenContext, cell: Cell) -> None:
    assert read(context_on, percent=cell) == {"percent!": "percent-range"}


def test_a_part_of_one_is_in_doubt_as_in_imports(context_on: OpenContext) -> None:
    assert read(context_on, percent=Cell("0,4", Decimal("0.4"))) == {"percent!": "percent-doubtful"}


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        (Cell("17/7/2024", None, "2024-07-17"), {"on": "2024-07-17"}),
        (Cell("45490", 45490), {"on": "2024-07-17"}),
        (Cell("17/7"), {"on": "2024-07-17"}),
        (Cell("hôm qua"), {"on": "2024-07-17"}),
        (Cell("19/7/2024"), {"on!": "day-after-today"}),
        (Cell("99999", 99999), {"on!": "bad-date"}),
    ],
)
def test_days(context_on: OpenContext, cell: Cell, said: dict[str, str]) -> None:
    assert read(context_on, on=cell) == said


def test_deadlines_are_days_or_periods(context_on: OpenContext) -> None:
    assert read(context_on, due=Cell("30/9/2024", None, "2024-09-30")) == {"due": "2024-09-30"}
    assert read(context_on, due=Cell("30/9")) == {"due": "2024-09-30"}
    assert read(context_on, due=Cell("Quý III")) == {"due": "Quý III"}
    assert read(context_on, due=Cell("sớm")) == {"due!": "bad-date"}


@pytest.mark.parametrize("text", ["", "-", "–", "...", "…", "/"])
def test_signs_that_stand_for_nothing(context_on: OpenContext, text: str) -> None:
    assert read(context_on, result=Cell(text), percent=Cell(text), on=Cell(text)) == {}


def test_areas_with_their_titles() -> None:
    assert list(area_typed("ND3: Hội thảo")) == ["ND3: Hội thảo", "ND3"]
