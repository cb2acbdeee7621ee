"""The weekly summary: its header, its sections in their order, its page."""

import pytest

from plantrack.i18n.words import Words
from plantrack.model.views.weekly import Weekly
from plantrack.render.layout.text_width import cell_width
from tests.support.factory import make_heading, make_plan, make_progress
from tests.support.factory_weekly import make_weekly
from tests.support.weekly_lines import make_empty, printed, section

VI, EN = Words("vi"), Words("en")
FIGURES = "hoàn thành 4/17 nhiệm vụ (tăng 1; không tính 1 đã rút), quá hạn 3 (tăng 1), vướng mắc 2, chưa có thời hạn 5; 1 đơn vị chưa có thông tin."
SECTIONS = ["I.", "II.", "III.", "IV.", "V.", "VI.", "VII."]


def test_the_header_says_which_week_of_which_plan() -> None:
    lines = printed(make_weekly()).split("\n")
    assert lines[:4] == [
        "Tổng hợp tiến độ tuần từ 15/07/2024 đến 21/07/2024 (tuần 29)",
        "Kế hoạch số 468/KH-HLHPNVN-UBDT ngày 21/03/2024. Số liệu tính đến hết ngày 21/07/2024.",
        "SỐ LIỆU VÍ DỤ, không có thật",
        f"Tóm tắt: {FIGURES}",
    ]


def test_the_header_in_english() -> None:
    lines = printed(make_weekly(), EN).split("\n")
    assert lines[0] == "Weekly progress summary, 15 Jul 2024 to 21 Jul 2024 (week 29)"
    assert lines[3] == (
        "Summary: completed 4/17 tasks (up 1; not counting 1 withdrawn), overdue 3 (up 1), blocked 2, no deadline 5; 1 organisation silent."
    )


def test_a_plan_without_a_day_and_a_filter() -> None:
    view = make_weekly(
        heading=make_heading(plan=make_plan(date=None)), progress=make_progress(filter="lead:ubdt")
    )
    lines = printed(view).split("\n")
    assert lines[1].startswith("Kế hoạch số 468/KH-HLHPNVN-UBDT. Số liệu")
    assert lines[3] == "Bộ lọc: lead:ubdt"


@pytest.mark.parametrize("words", [VI, EN], ids=["vi", "en"])
@pytest.mark.parametrize("view", [make_weekly(), make_empty()], ids=["full", "empty"])
def test_all_sections_stand_in_their_order(view: Weekly, words: Words) -> None:
    headings = [line for line in printed(view, words, "md").split("\n") if line.startswith("## ")]
    assert [heading.split()[1] for heading in headings] == SECTIONS


def test_an_empty_section_says_so() -> None:
    for number in SECTIONS:
        assert section(make_empty(), number) == ["Không có."]
    assert "giảm" not in printed(make_empty())


def test_notes_are_printed_only_when_asked_for() -> None:
    assert "nội bộ" not in printed(make_weekly())
    assert "; ghi chú: ghi chú nội bộ. Người ghi: Ví dụ A." in printed(make_weekly(with_notes=True))


def test_the_summary_fits_the_page() -> None:
    for words in (VI, EN):
        assert max(map(cell_width, printed(make_weekly(), words, "table").split("\n"))) <= 80


def test_where_nothing_was_withdrawn_nothing_is_left_out() -> None:
    progress = make_progress()
    total = progress.total_row._replace(counts=progress.total._replace(total=17, dropped=0))
    view = make_weekly(progress=progress._replace(total_row=total))
    assert "hoàn thành 4/17 nhiệm vụ (tăng 1), quá hạn 3" in printed(view)
