"""The money of a report: millions in tables with what they are of, đồng in sheets and JSON."""

import json

import pytest

from plantrack.i18n.words import Words
from plantrack.model.plan import Text
from plantrack.model.views.indicator import IndicatorList
from plantrack.model.views.money import Amounts, AreaMoney, MoneyTable
from plantrack.render.formats import render
from plantrack.render.formats.json import dumps
from plantrack.render.views.report import book, data, document
from tests.support.factory_report import make_report
from tests.support.sheets import rows

VI, EN = Words("vi"), Words("en")
TABLE = MoneyTable(
    (
        AreaMoney("ND1", Text("Tuyên truyền", "Communication"), Amounts(50_000_000, 40_000_000, 12_345_678)),
        AreaMoney("ND3", Text("Hội thảo", "Workshop"), Amounts(8_744_000_000)),
        AreaMoney(None, None, Amounts(8_794_000_000, 40_000_000, 12_345_678)),
    ),
    is_filtered=False,
    uncounted=("ND5.1",),
    without_allocation=2,
)


def printed(table: MoneyTable | None, words: Words = VI, form: str = "md") -> str:
    return render(document(make_report(money=table), words), form, words, width=80, colour=False)


def test_a_table_in_millions_with_what_its_figures_are_of() -> None:
    lines = printed(TABLE).split("\n")
    at = lines.index("## XI. Kinh phí theo nội dung")
    assert [line for line in lines[at + 1 : at + 13] if line] == [
        ("| ND | Tên nội dung | Dự kiến (tr.đ) | Được giao (tr.đ) | Đã chi (tr.đ) | Tỷ lệ giải ngân |"),
        "| --- | --- | --: | --: | --: | --: |",
        "| ND1 | Tuyên truyền | 50 | 40 | 12,3 | 30,9% |",
        "| ND3 | Hội thảo | 8.744 |  |  | – |",
        "|  | **Tổng cộng** | **8.794** | **40** | **12,3** | **30,9%** |",
        (
            "Lũy kế đến hết ngày 21/07/2024. Tỷ lệ giải ngân là đã chi trên được giao (–: chưa ghi số được giao). "
            "Dự kiến là kinh phí của từng hoạt động ghi trong kế hoạch; hoạt động không ghi thì lấy tổng kinh phí của "
            "các nhiệm vụ."
        ),
        "2 nhiệm vụ đã chi nhưng chưa ghi số được giao.",
        (
            "Chưa tính kinh phí trong kế hoạch của ND5.1: ghi amount (số) và unit (đồng, nghìn đồng, triệu đồng, "
            "tỷ đồng) trong tệp kế hoạch."
        ),
    ]


def test_with_a_filter_it_says_that_the_plan_is_left_out() -> None:
    text = printed(TABLE._replace(is_filtered=True, uncounted=(), without_allocation=0), EN)
    assert "the sum of the tasks that pass the filter" in text
    assert "| ND3 | Workshop | 8,744 |  |  | – |" in text


def test_without_money_there_is_nothing_of_it() -> None:
    assert "Kinh phí" not in printed(None)
    assert json.loads(dumps(data(make_report(), VI)))["money"] is None
    assert not any(sheet.title == "Kinh phí" for sheet in book(make_report(), VI).sheets)


def test_it_comes_after_the_indicators() -> None:
    heading = make_report().digest.heading
    view = make_report(money=TABLE, indicators=IndicatorList(heading, ()))
    text = render(document(view, VI), "md", VI, width=80, colour=False)
    assert text.index("## XI. Chỉ tiêu") < text.index("## XII. Kinh phí")


def test_a_sheet_has_whole_dong() -> None:
    (sheet,) = (sheet for sheet in book(make_report(money=TABLE), VI).sheets if sheet.title == "Kinh phí")
    first, second, total = rows(sheet)
    assert first["Đã chi (đồng)"] == 12_345_678
    assert first["Tỷ lệ giải ngân"] == 0.3086
    assert (second["Dự kiến (đồng)"], second["Tỷ lệ giải ngân"]) == (8_744_000_000, None)
    assert (total["Tên nội dung"], total["Được giao (đồng)"]) == ("Tổng cộng", 40_000_000)
    assert sheet.has_total


def test_json_has_whole_dong() -> None:
    money = json.loads(dumps(data(make_report(money=TABLE), EN)))["money"]
    assert money["rows"][0] == {
        "area": "ND1", "title": "Communication", "planned": 50_000_000, "allocated": 40_000_000,
        "spent": 12_345_678, "rate": 0.3086,
    }  # fmt: skip
    assert money["total"]["planned"] == 8_794_000_000
    assert (money["is_filtered"], money["uncounted"], money["without_allocation"]) == (False, ["ND5.1"], 2)


@pytest.mark.parametrize("form", ["table", "plain", "html"])
def test_every_form_has_it(form: str) -> None:
    text = printed(TABLE, form=form)
    for said in ("Kinh phí", "8.744", "12,3", "30,9%"):
        assert said in text
