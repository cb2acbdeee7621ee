"""Rows that are values of indicators. All figures are examples."""

from pathlib import Path

import pytest

from plantrack.model.plan import Indicator, Text
from plantrack.services.verbs.indicator import list_indicators
from plantrack.services.verbs.plan.apply import apply
from tests.support.imported import codes, imported, table
from tests.support.plan_files import changed, written
from tests.support.steps import OpenContext

HEADINGS = ("Chỉ tiêu", "Kỳ", "Giá trị", "Phân tổ", "Ngày")


@pytest.fixture
def measured(context_on: OpenContext, workspace: Path) -> OpenContext:
    context = context_on("2024-03-26")
    own = (Indicator("ct-to", Text("Tổ truyền thông (ví dụ)"), "tổ", 2, 10),)
    plan = changed(context.plan, "ND1.1", indicators=own)
    apply(context.db, [written(workspace, plan)], workspace, "Người thử", lambda: context.now)
    return context_on


def test_values_are_recorded_and_the_last_counts(measured: OpenContext, tmp_path: Path) -> None:
    rows = [
        ["ct-to", "Quý I", "4", "", ""],
        ["Tổ truyền thông (ví dụ)", "Q2", "1.234,5", "", ""],
        ["ct-to", "Q2", "3", "nữ", ""],
    ]
    file = table(tmp_path, HEADINGS, *rows)
    assert codes(imported(measured("2024-07-01"), file)) == []
    (line,) = list_indicators(measured()).lines
    assert [(v.period, v.value, v.labels) for v in line.values] == [
        ("2024-Q1", 4, ()), ("2024-Q2", 1234.5, ()), ("2024-Q2", 3, ("nữ",)),
    ]  # fmt: skip
    assert imported(measured(), file).written is None


def test_what_cannot_be_read_is_named(measured: OpenContext, tmp_path: Path) -> None:
    rows = [
        ["ct-la", "Q1", "4", "", ""],
        ["ct-to", "Q9", "4", "", ""],
        ["ct-to", "Q1", "1.234", "", ""],
        ["ct-to", "Q1", "", "", ""],
    ]
    done = imported(measured("2024-07-01"), table(tmp_path, HEADINGS, *rows))
    assert codes(done) == [
        (2, "indicator", "unknown-indicator"), (3, "period", "not-a-period"), (4, "value", "ambiguous-number"),
        (5, "", "not-a-number"),
    ]  # fmt: skip
