"""The weekly summary in a few lines for a chat."""

import re

import pytest

from plantrack.i18n.words import Words
from plantrack.model.views.weekly import SummaryItem, Weekly
from plantrack.render.views.weekly import brief
from tests.support.factory import make_task, make_update
from tests.support.factory_weekly import make_weekly
from tests.support.weekly_lines import SECTION_LISTS, make_empty

VI, EN = Words("vi"), Words("en")


def make_full() -> Weekly:
    """Return a week with more of everything than a few lines can hold."""
    items = tuple(
        SummaryItem(task, make_update(task, result="rất dài " * 90, next="làm tiếp\nvà nữa"))
        for task in (make_task(i, "ND3.1", due="2024-07-01", blocked="x" * 500) for i in range(1, 30))
    )
    view = make_weekly(**dict.fromkeys(SECTION_LISTS, items))
    return view._replace(progress=view.progress._replace(filter="area:ND3"))


@pytest.mark.parametrize("words", [VI, EN], ids=["vi", "en"])
@pytest.mark.parametrize(
    "view", [make_weekly(), make_empty(), make_full()], ids=["full", "empty", "too much"]
)
def test_the_brief_has_ten_lines_at_most(view: Weekly, words: Words) -> None:
    text = brief(view, words)
    assert text.count("\n") <= 10
    assert text.endswith("\n")
    assert not re.search("[│|*]|\n\n", text)
    assert max(map(len, text.split("\n"))) < 420


def test_the_brief_names_the_first_tasks() -> None:
    lines = brief(make_weekly(), VI).split("\n")
    assert lines[0] == "Tiến độ tuần 29 (15/07 – 21/07/2024), Kế hoạch số 468/KH-HLHPNVN-UBDT"
    assert lines[1] == "SỐ LIỆU VÍ DỤ, không có thật"
    assert lines[2].startswith("Hoàn thành 4/17 nhiệm vụ (tăng 1; không tính 1 đã rút), quá hạn 3 (tăng 1)")
    assert lines[3].startswith(
        "Quá hạn: ND3.1 Tổ chức hội thảo rà soát, xác định… (quá 21 ngày, UBDT); ND2.2 "
    )
    assert "Kết quả: ND1.1" in lines[6]
    assert lines[8] == "Đề xuất, kiến nghị: mới 1, chưa được trả lời 2."
    assert "; và 26 nhiệm vụ khác." in brief(make_full(), VI)
    assert "; and 26 more." in brief(make_full(), EN)


def test_the_days_of_a_week_over_new_year_have_both_years() -> None:
    view = make_weekly(period="2025-W01", first_day="2024-12-30", last_day="2025-01-05")
    assert brief(view, VI).startswith("Tiến độ tuần 1 (30/12/2024 – 05/01/2025), ")
    assert brief(view, EN).startswith("Progress in week 1 (30 Dec 2024 – 5 Jan 2025), ")


def test_the_brief_has_no_notes() -> None:
    assert "nội bộ" not in brief(make_weekly(with_notes=True), VI)
