"""The weekly summary and its few lines for a chat."""

import re

import pytest

from plantrack.i18n.words import Words
from plantrack.model.counting import Counts
from plantrack.model.status import Status
from plantrack.model.views.weekly import DeadlineChange, Proposal, SummaryItem, Weekly
from plantrack.render.formats import render
from plantrack.render.layout.fact_formatter import FactFormatter
from plantrack.render.layout.sentences import Sentences
from plantrack.render.layout.text_width import cell_width
from plantrack.render.views.weekly import brief, document
from tests.support.factory import make_heading, make_plan, make_progress, make_task, make_update
from tests.support.factory_weekly import make_weekly

VI, EN = Words("vi"), Words("en")
#: What of the view is a list of tasks, each with an update.
SECTION_LISTS = [
    *(
        "results",
        "late_updates",
        "overdue",
        "due_on_closing_day",
        "due_soon",
        "difficulties",
        "next_week",
        "stale",
    ),
]
FIGURES = "hoàn thành 4/17 nhiệm vụ (tăng 1; không tính 1 đã rút), quá hạn 3 (tăng 1), vướng mắc 2, chưa có thời hạn 5; 1 đơn vị chưa có thông tin."
SECTIONS = ["I.", "II.", "III.", "IV.", "V.", "VI.", "VII."]


def printed(view: Weekly, words: Words = VI, form: str = "plain") -> str:
    return render(document(view, words), form, words, width=80, colour=False)


def make_empty() -> Weekly:
    """Return a week in which nothing was and nothing happened."""
    lists = [*SECTION_LISTS, "proposals", "silent_organisations", "deadline_changes", "plan_changes"]
    change = {"total": Counts()}
    return make_weekly(progress=make_progress([]), change=change, **dict.fromkeys(lists, ()))


def section(view: Weekly, number: str, words: Words = VI) -> list[str]:
    """Return the lines of a section, without its heading."""
    lines = printed(view, words).split("\n")
    at = next(i for i, line in enumerate(lines) if line.startswith(f"{number} "))
    return lines[at + 1 : lines.index("", at)]


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


def test_the_table_shows_signed_changes() -> None:
    text = printed(make_weekly(), form="md")
    assert "| ND4 | Chỉ đạo, theo dõi, đánh giá CTMTQG | 2 | 1 (+1) | 1 (-1) | 0 | 0 | 0 | 0 |" in text
    assert (
        "|  | **Tổng cộng** | **18** | **4 (+1)** | **7 (-1)** | **5** | **2** | **3 (+1)** | **2** |" in text
    )


def test_a_change_to_nothing_is_shown() -> None:
    change = {**make_weekly().change, "ND1": Counts(blocked=-2)}
    assert "0 (-2)" in printed(make_weekly(change=change))


def test_results_say_how_far_and_by_whom() -> None:
    lines = section(make_weekly(), "I.")
    assert lines[0] == (
        "- ND1.1 Tuyên truyền nâng cao nhận thức của hội viên, phụ nữ (nhiệm vụ 1, chủ trì: Hội LHPN Việt Nam): "
        "17/07, đạt 40%; đã gửi tài liệu đến 3 tỉnh. Người ghi: Ví dụ A."
    )
    assert lines[2] == (
        "- Ghi nhận bổ sung: ND4.2 Theo dõi, đánh giá thực hiện Chương trình MTQG DTTS và MN (nhiệm vụ 12, chủ trì: UBDT): "
        "hoàn thành 12/07/2024, đúng hạn (hạn 15/07/2024). Người ghi: Ví dụ A. Báo ngày 18/07."
    )


def test_what_is_done_without_a_deadline_and_what_was_said_before() -> None:
    task = make_task(15, "ND6", "done", completed_on="2024-07-17")
    update = make_update(task, on="2024-07-16", result="xong bản thảo")
    (line,) = section(make_weekly(results=(SummaryItem(task, update),), late_updates=()), "I.")
    assert line.endswith("): hoàn thành 17/07/2024; 16/07, xong bản thảo. Người ghi: Ví dụ A.")


def test_every_report_of_the_week_is_printed_with_its_day_and_source() -> None:
    task = make_task(1, "ND1", "in_progress")
    said = [
        make_update(task, on="2024-07-17", result="ba"),
        make_update(task, on="2024-07-16", result="hai.", next="tiếp", status="in_progress"),
        make_update(task, on="2024-07-16", note="nội bộ", percent=10),
        make_update(task, on="2024-07-15", result="một", told_by="Ví dụ B"),
    ]
    item = SummaryItem(task, said[0], tuple(said[1:]))
    (line,) = section(make_weekly(results=(item,), late_updates=()), "I.")
    assert line.endswith(
        "): 17/07, ba; trước đó 16/07: hai.; tiếp theo: tiếp. Người ghi: Ví dụ A. "
        "Trước đó 15/07: một. Theo: Ví dụ B."
    )
    (line,) = section(make_weekly(results=(item,), late_updates=(), with_notes=True), "I.", EN)
    assert "; earlier, 16 Jul: note: nội bộ. Recorded by: Ví dụ A. Earlier, 15 Jul: một." in line
    (line,) = section(make_weekly(results=(), late_updates=(item,)), "I.")
    assert "trước đó 16/07: hai." in line
    item = SummaryItem(task, said[3], (said[0],))
    (line,) = section(make_weekly(results=(item,), late_updates=()), "I.")
    assert line.endswith("): 15/07, một. Theo: Ví dụ B. Sau đó 17/07: ba. Người ghi: Ví dụ A.")


def test_a_status_is_said_once_in_a_line() -> None:
    task = make_task(1, "ND1", "submitted", due="2024-07-15")
    item = SummaryItem(task, make_update(task, status=Status.SUBMITTED))
    steps = SummaryItem(task, make_update(task, next="chờ"))
    view = make_weekly(overdue=(item, steps), due_soon=(), next_week=(item, steps))
    first, second = section(view, "II.")
    assert first.endswith("Hạn 15/07/2024, quá 6 ngày. Mới nhất 16/07: chờ xác nhận. Người ghi: Ví dụ A.")
    assert "quá 6 ngày, đang chờ xác nhận. Mới nhất" in second
    first, second = section(view, "IV.")
    assert first.endswith("): chờ xác nhận. Hạn 15/07/2024, quá 6 ngày.")
    assert second.endswith("): chờ. Hạn 15/07/2024, quá 6 ngày, đang chờ xác nhận.")


@pytest.mark.parametrize(
    ("due", "ends"),
    [
        (None, "): Đang thực hiện. Mới nhất 16/07: chờ. Người ghi: Ví dụ A."),
        (
            "2024-07-15",
            "): Đang thực hiện. Hạn 15/07/2024, quá 6 ngày. Mới nhất 16/07: chờ. Người ghi: Ví dụ A.",
        ),
    ],
)
def test_what_an_organisation_coordinates_has_one_blank_between_sentences(due: str | None, ends: str) -> None:
    task = make_task(1, "ND1", "in_progress", due=due)
    say = Sentences(FactFormatter(VI, make_heading()), with_notes=False)
    line = say.standing(SummaryItem(task, make_update(task, result="chờ")))
    assert "".join(span.text for span in line).endswith(ends)


def test_overdue_tasks_say_how_late_who_leads_and_the_last_word() -> None:
    lines = section(make_weekly(), "II.")
    assert lines[0].startswith("1. ND3.1 Tổ chức hội thảo")
    assert lines[0].endswith(
        "(nhiệm vụ 9, chủ trì: UBDT). Hạn Quý II/2024 (30/06/2024), quá 21 ngày. "
        "Mới nhất 16/07: chờ chốt địa điểm. Theo: Ví dụ B."
    )
    assert lines[1].endswith("Mới nhất 08/07: vướng mắc: chưa có báo cáo viên. Người ghi: Ví dụ A.")
    assert lines[2].endswith("Hạn 15/07/2024, quá 6 ngày, đang tạm dừng. Chưa có cập nhật nào.")
    assert lines[3].startswith("- Sắp đến hạn: ND6.1 ")
    assert "(nhiệm vụ 16, chủ trì: chưa có thông tin). Hạn 26/07/2024, còn 5 ngày." in lines[3]


def test_the_first_deadline_and_older_years_are_told() -> None:
    task = make_task(4, "ND2.1", due="2024-07-15", first_due="2024-06-15", status="submitted")
    update = make_update(
        task, on="2023-12-20", result="Xong.", unblocked=True, reason="r", answered="a", next="n"
    )
    (line,) = section(make_weekly(overdue=(SummaryItem(task, update),), due_soon=()), "II.")
    assert line.endswith(
        "Hạn 15/07/2024, quá 6 ngày, đang chờ xác nhận, hạn ban đầu 15/06/2024. Mới nhất 20/12/2023: "
        "Xong.; hết vướng mắc; tiếp theo: n; trả lời đề xuất: a; lý do: r. Người ghi: Ví dụ A."
    )


def test_what_is_due_on_the_closing_day_has_its_own_line() -> None:
    item = SummaryItem(make_task(7, "ND2", due="2024-07-21"), None)
    view = make_weekly(due_on_closing_day=(item,))
    text = printed(view)
    assert "II. Nhiệm vụ quá hạn (3), đến hạn ngày chốt (1), sắp đến hạn (2)\n" in text
    assert "- Đến hạn ngày chốt: ND2 Nhiệm vụ 7 (nhiệm vụ 7, " in text


def test_difficulties_say_since_when() -> None:
    assert section(make_weekly(), "III.")[0].endswith(
        "(nhiệm vụ 5, chủ trì: Hội LHPN Việt Nam): chưa có báo cáo viên (từ 08/07/2024). Người ghi: Ví dụ A."
    )


def test_next_week_says_what_comes_and_when_it_is_due() -> None:
    first, second, third = section(make_weekly(), "IV.")
    assert first.endswith(
        "(nhiệm vụ 9, chủ trì: UBDT): gửi giấy mời. Hạn Quý II/2024 (30/06/2024), quá 21 ngày."
    )
    assert second.endswith("): đang thực hiện 70%. Hạn 26/07/2024, còn 5 ngày.")
    assert third.endswith("): đang thực hiện 50%. Hạn 31/12/2024, còn 163 ngày.")
    starting = SummaryItem(make_task(17, "ND7", start="2024-07-23"), None)
    (line,) = section(make_weekly(next_week=(starting,)), "IV.")
    assert line.endswith("): chưa thực hiện, bắt đầu 23/07/2024.")


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
    never = make_weekly().silent_organisations[0]._replace(last_update=None)
    assert section(make_weekly(silent_organisations=(never,)), "VI.")[0].endswith(", chưa có cập nhật nào.")


def test_changes_of_deadlines_and_of_the_plan() -> None:
    extension, revision = section(make_weekly(), "VII.")
    assert extension.endswith(
        ": gia hạn lần 1, 15/07/2024 → 15/08/2024, từ ngày 16/07/2024. Lý do: chờ kinh phí / của tỉnh."
    )
    assert revision == (
        "- Kế hoạch: nạp bản 2 (git a1b2c3d, sha256 0f9e0f9e0f9e…) lúc 10:00 ngày 19/07/2024, người ghi: Ví dụ C."
    )


@pytest.mark.parametrize(
    ("kind", "old", "new", "vi", "en"),
    [
        ("extension", 1, 2, "gia hạn lần 3, 01/07/2024 → 02/07/2024", "extension 3, 1 Jul 2024 → 2 Jul 2024"),
        ("shortening", 2, 1, "rút ngắn thời hạn, 02/07/2024 → 01/07/2024",
         "deadline brought forward, 2 Jul 2024 → 1 Jul 2024"),
        ("setting", None, 1, "đặt thời hạn 01/07/2024", "deadline set to 1 Jul 2024"),
        ("lifting", 1, None, "bỏ thời hạn 01/07/2024", "deadline of 1 Jul 2024 lifted"),
        ("correction", 1, None, "sửa thời hạn, 01/07/2024 → chưa có thời hạn",
         "deadline corrected, 1 Jul 2024 → no deadline"),
    ],
)  # fmt: skip
def test_each_kind_of_change_of_a_deadline_has_its_words(
    kind: str, old: int | None, new: int | None, vi: str, en: str
) -> None:
    before, after = (f"2024-07-0{n}" if n else None for n in (old, new))
    change = DeadlineChange(make_task(1), kind, 3, before, after, None, None)
    view = make_weekly(deadline_changes=(change,), plan_changes=())
    for words, said in ((VI, vi), (EN, en)):
        (line,) = section(view, "VII.", words)
        assert line.endswith(f"): {said}.")


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


def test_notes_are_printed_only_when_asked_for() -> None:
    assert "nội bộ" not in printed(make_weekly())
    assert "; ghi chú: ghi chú nội bộ. Người ghi: Ví dụ A." in printed(make_weekly(with_notes=True))


def test_an_update_of_notes_alone_says_that_much() -> None:
    task = make_task(1, "ND1")
    item = SummaryItem(task, make_update(task, note="nội bộ"))
    (line,) = section(make_weekly(results=(item,), late_updates=()), "I.")
    assert line.endswith("): 16/07, chỉ có ghi chú nội bộ. Người ghi: Ví dụ A.")
    (line,) = section(make_weekly(results=(item,), late_updates=(), with_notes=True), "I.")
    assert line.endswith("): 16/07, ghi chú: nội bộ. Người ghi: Ví dụ A.")


def test_the_summary_fits_the_page() -> None:
    for words in (VI, EN):
        assert max(map(cell_width, printed(make_weekly(), words, "table").split("\n"))) <= 80


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


@pytest.mark.parametrize("form", ["table", "plain", "md"])
def test_the_table_explains_other_and_what_its_headings_shorten(form: str) -> None:
    total = make_weekly().progress.total
    assert (total.submitted, total.paused, total.dropped, total.carried_over) == (0, 1, 1, 0)
    assert "\nKhác 2: tạm dừng 1, đã rút 1. TH: thực hiện.\n" in printed(make_weekly(), form=form)
    assert "\nOther 2: on hold 1, withdrawn 1. In prog.: in progress.\n" in printed(
        make_weekly(), EN, form=form
    )


def test_where_nothing_was_withdrawn_nothing_is_left_out() -> None:
    progress = make_progress()
    view = make_weekly(progress=progress._replace(total=progress.total._replace(total=17, dropped=0)))
    assert "hoàn thành 4/17 nhiệm vụ (tăng 1), quá hạn 3" in printed(view)


def test_the_brief_has_no_notes() -> None:
    assert "nội bộ" not in brief(make_weekly(with_notes=True), VI)
