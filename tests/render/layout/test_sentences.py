"""A task in a sentence: how far, how late, who leads, what was said and by whom."""

import pytest

from plantrack.i18n.words import Words
from plantrack.model.status import Status
from plantrack.model.views.weekly import DeadlineChange, SummaryItem
from plantrack.render.layout.fact_formatter import FactFormatter
from plantrack.render.layout.sentences import Sentences
from tests.support.factory import make_heading, make_task, make_update
from tests.support.factory_weekly import make_weekly
from tests.support.weekly_lines import section

VI, EN = Words("vi"), Words("en")


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


def test_an_update_of_notes_alone_says_that_much() -> None:
    task = make_task(1, "ND1")
    item = SummaryItem(task, make_update(task, note="nội bộ"))
    (line,) = section(make_weekly(results=(item,), late_updates=()), "I.")
    assert line.endswith("): 16/07, chỉ có ghi chú nội bộ. Người ghi: Ví dụ A.")
    (line,) = section(make_weekly(results=(item,), late_updates=(), with_notes=True), "I.")
    assert line.endswith("): 16/07, ghi chú: nội bộ. Người ghi: Ví dụ A.")
