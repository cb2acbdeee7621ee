"""The sections of summaries: their tables, what they count, and what stands at the foot."""

import pytest

from plantrack.i18n.words import Words
from plantrack.model.counting import Counts
from plantrack.model.views.weekly import Proposal, SummaryItem
from plantrack.render.formats import FORMS
from tests.support.factory import make_heading, make_task, make_update
from tests.support.factory_weekly import make_weekly
from tests.support.weekly_lines import printed, section

VI, EN = Words("vi"), Words("en")


def test_the_table_shows_signed_changes() -> None:
    text = printed(make_weekly(), form="md")
    assert "| ND4 | Chỉ đạo, theo dõi, đánh giá CTMTQG | 2 | 1 (+1) | 1 (-1) | 0 | 0 | 0 | 0 |" in text
    assert (
        "|  | **Tổng cộng** | **18** | **4 (+1)** | **7 (-1)** | **5** | **2** | **3 (+1)** | **2** |" in text
    )


def test_a_change_to_nothing_is_shown() -> None:
    change = {**make_weekly().change, "ND1": Counts(blocked=-2)}
    assert "0 (-2)" in printed(make_weekly(change=change))


def test_what_is_due_on_the_closing_day_has_its_own_line() -> None:
    item = SummaryItem(make_task(7, "ND2", due="2024-07-21"), None)
    view = make_weekly(due_on_closing_day=(item,))
    text = printed(view)
    assert "II. Nhiệm vụ quá hạn (3), đến hạn ngày chốt (1), sắp đến hạn (2)\n" in text
    assert "- Đến hạn ngày chốt: ND2 Nhiệm vụ 7 (nhiệm vụ 7, " in text


def test_proposals_are_new_waiting_or_answered() -> None:
    assert "V. Đề xuất, kiến nghị (mới 1, chưa được trả lời 2)\n" in printed(make_weekly())
    assert section(make_weekly(), "V.")[1].endswith(
        ": bổ sung kinh phí in tài liệu. Nêu ngày 01/07/2024. Người ghi: Ví dụ A. Chưa được trả lời."
    )
    task = make_task(9)
    answer = make_update(task, on="2024-07-19", answered="đồng ý")
    answered = Proposal(task, make_update(task, proposal="xin thêm"), is_new=True, answered=answer)
    (line,) = section(make_weekly(proposals=(answered,)), "V.")
    assert line.endswith(": xin thêm. Nêu ngày 16/07/2024. Người ghi: Ví dụ A. Trả lời 19/07: đồng ý.")


def test_silent_organisations_and_stale_tasks() -> None:
    lines = section(make_weekly(), "VI.")
    assert lines[0] == "- Hội LHPN tỉnh Ví dụ 1: 2 nhiệm vụ (3, 4), lần cuối 02/07/2024."
    stale = "\n\nNhiệm vụ chưa cập nhật từ 14 ngày trở lên (2):\n- ND1 Tuyên truyền trên đài phát thanh tỉnh (nhiệm vụ 3, "
    assert stale in printed(make_weekly())
    assert f"VI. Đơn vị chưa có thông tin trong tuần (0)\nKhông có.{stale}" in printed(
        make_weekly(silent_organisations=())
    )
    never = next(iter(make_weekly().silent_organisations))._replace(last_update=None)
    assert section(make_weekly(silent_organisations=(never,)), "VI.")[0].endswith(", chưa có cập nhật nào.")


def test_a_plan_from_a_file_with_changes_is_marked() -> None:
    source = make_weekly().provenance._replace(dirty=True)
    assert "0f9e0f9e0f9e…, tệp có sửa đổi chưa ghi vào git), ghi nhận" in printed(
        make_weekly(provenance=source)
    )


def test_the_footer_says_where_the_figures_come_from() -> None:
    assert printed(make_weekly()).endswith(
        "\n\nNguồn số liệu: kế hoạch bản 2 (git a1b2c3d, sha256 0f9e0f9e0f9e…), ghi nhận đến 00:00 ngày 22/07/2024, "
        "plantrack 0.1.0.\n"
    )
    view = make_weekly(heading=make_heading(known_at=None))
    source = view.provenance._replace(git_commit=None, dirty=True)
    assert printed(view._replace(provenance=source), EN).endswith(
        "\nSource: plan revision 2 (sha256 0f9e0f9e0f9e…, the file had changes not committed to git), plantrack 0.1.0.\n"
    )


@pytest.mark.parametrize("form", ["table", "plain", "md"])
def test_the_table_explains_other_and_what_its_headings_shorten(form: str) -> None:
    total = make_weekly().progress.total
    assert (total.submitted, total.paused, total.dropped, total.carried_over) == (0, 1, 1, 0)
    assert "\nKhác 2: tạm dừng 1, đã rút 1. TH: thực hiện.\n" in printed(make_weekly(), form=form)
    assert "\nOther 2: on hold 1, withdrawn 1. In prog.: in progress.\n" in printed(
        make_weekly(), EN, form=form
    )


@pytest.mark.parametrize("words", [VI, EN], ids=["vi", "en"])
def test_a_summary_printed_again_later_is_the_one_that_was_sent(words: Words) -> None:
    """Its foot names the moment up to which it knows, whether or not that was asked for."""
    view = make_weekly()
    past = view._replace(heading=make_heading(known_given=True))
    for form in FORMS:
        text = printed(past, words, form)
        assert text == printed(view, words, form)
        assert "22/07/2024" in text.rpartition("sha256")[2] or "22 Jul 2024" in text.rpartition("sha256")[2]
