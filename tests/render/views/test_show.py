"""A task in full, and the log."""

from typing import Any

import pytest

from plantrack.i18n.words import Words
from plantrack.model.plan import Text
from plantrack.render.formats import render
from plantrack.render.layout.fact_formatter import FactFormatter
from plantrack.render.views import log, show
from plantrack.render.views.log import value
from tests.support.factory import make_entry, make_heading, make_log, make_show, make_task

VI, EN = Words("vi"), Words("en")
#: Every field that the log may have an entry of.
FIELDS = [
    *(
        "title",
        "title_en",
        "area",
        "activity",
        "start_day",
        "priority",
        "deliverable",
        "deliverable_en",
        "tags",
    ),
    *(
        "places",
        "follows",
        "opened_on",
        "removed",
        "status",
        "percent",
        "blocked",
        "result",
        "next",
        "proposal",
    ),
    *(
        "answered",
        "reason",
        "told_by",
        "note",
        "evidence",
        "due",
        "lead",
        "coordinating",
        "in_charge",
        "carried_from",
        "plan",
        "undo",
    ),
]


def card(words: Words = VI, **changes: Any) -> list[str]:
    view = make_show()
    shown = view.shown[0]._replace(task=view.shown[0].task._replace(**changes))
    return render(
        show.document(view._replace(shown=(shown,)), words), "plain", words, width=80, colour=False
    ).split("\n")


def logged(words: Words = VI) -> list[str]:
    return render(log.document(make_log(), words), "plain", words, width=80, colour=False).split("\n")


def test_a_card_has_every_field() -> None:
    lines = card()
    assert lines[3].startswith("Nhiệm vụ 9: Tổ chức hội thảo rà soát")
    fields = {line[:21].strip(): line[21:] for line in lines[4 : lines.index("Cập nhật (3)") - 1]}
    assert fields["Nội dung"] == "ND3 Hội thảo và khuyến nghị"
    assert fields["Hoạt động"].startswith("ND3.1 Tổ chức hội thảo")
    assert fields["Trạng thái"] == "Đang thực hiện"
    assert fields["Thời hạn"] == "Quý II/2024 (30/06/2024)"
    assert fields["Tình trạng thời hạn"] == "Quá hạn 21 ngày"
    assert (fields["Chủ trì"], fields["Phối hợp"]) == ("UBDT", "Hội LHPN Việt Nam")
    for unknown in ("Tiến độ", "Ngày bắt đầu", "Người phụ trách", "Sản phẩm", "Địa bàn"):
        assert fields[unknown] == "Chưa có thông tin"


def test_the_first_deadline_is_told_when_it_was_another() -> None:
    assert "Thời hạn ban đầu     15/06/2024" in card(first_due="2024-06-15")
    assert not any("Thời hạn ban đầu" in line for line in card())


def test_a_blocked_task_says_since_when() -> None:
    assert "Vướng mắc            chưa có địa điểm (từ 08/07/2024)" in card(
        blocked="chưa có địa điểm", blocked_since="2024-07-08"
    )
    assert "Difficulty            none" in card(EN)


def test_a_finished_task_says_when() -> None:
    task = make_task(1, "ND1", "done", due="2024-07-05", completed_on="2024-07-08")
    lines = card(**task._asdict())
    assert "Ngày hoàn thành      08/07/2024" in lines
    assert "Tình trạng thời hạn  Hoàn thành quá hạn 3 ngày" in lines
    assert "Hoạt động            Chưa có thông tin" in lines


@pytest.mark.parametrize(
    ("status", "changes", "vi", "en"),
    [
        ("done", {"due": "2024-07-05", "completed_on": "2024-07-01"}, "Hoàn thành đúng hạn", "Completed on time"),
        ("done", {"due": "2024-07-05", "completed_on": "2024-07-06"}, "Hoàn thành quá hạn 1 ngày",
         "Completed 1 day late"),
        ("in_progress", {"due": "2024-07-19"}, "Quá hạn 2 ngày", "Overdue by 2 days"),
        ("in_progress", {"due": "2024-07-22"}, "Sắp đến hạn, còn 1 ngày", "Due soon, 1 day left"),
    ],
)  # fmt: skip
def test_a_deadline_is_said_once(status: str, changes: dict[str, Any], vi: str, en: str) -> None:
    task = make_task(1, "ND1", status, **changes)._asdict()
    assert f"Tình trạng thời hạn  {vi}" in card(**task)
    assert f"Against the deadline  {en}" in card(EN, **task)


def test_where_a_task_came_from_and_where_it_went_is_said_first() -> None:
    view = make_show()
    task = view.shown[0].task._replace(carried_from="12", carried_to="31", first_due="2023-06-30")
    shown = view.shown[0]._replace(task=task, plan_before="kh-2023", plan_after="kh-2025")
    for words, came, went in (
        (VI, "Chuyển tiếp từ       nhiệm vụ 12 (kh-2023), thời hạn đầu tiên: 30/06/2023",
         "Chuyển tiếp sang     nhiệm vụ 31 (kh-2025)"),
        (EN, "Carried over from     task 12 (kh-2023), first due: 30 Jun 2023",
         "Carried over to       task 31 (kh-2025)"),
    ):  # fmt: skip
        document = show.document(view._replace(shown=(shown,)), words)
        lines = render(document, "plain", words, width=80, colour=False).split("\n")
        assert lines[4:6] == [came, went]
    assert not any("Chuyển tiếp" in line for line in card())


def test_what_follows_the_plan_is_named() -> None:
    assert "Lấy theo kế hoạch    Tên nhiệm vụ, Thời hạn" in card(follows=("title", "due"))


def test_updates_come_newest_first_and_the_withdrawn_are_marked() -> None:
    lines = card()
    heads = [line for line in lines if ", c" in line and line.startswith("- ")]
    assert heads == [
        "- 16/07/2024, c29, người ghi: Ví dụ A, theo: Ví dụ B",
        "- 16/07/2024, c30, người ghi: Ví dụ A (đã được c31 hoàn tác)",
        "- 01/07/2024, c12, người ghi: Ví dụ A",
    ]
    assert "  - Việc tiếp theo: gửi giấy mời" in lines
    assert lines[lines.index("  - Việc tiếp theo: gửi giấy mời") + 1] == "    đặt chỗ"
    assert "  - Ghi chú: nội bộ" in lines


def test_several_tasks_have_a_card_each() -> None:
    view = make_show()
    twice = view._replace(shown=(*view.shown, *make_show(4).shown))
    text = render(show.document(twice, VI), "md", VI, width=80, colour=False)
    assert [line[:14] for line in text.split("\n") if line.startswith("## ")] == [
        "## Nhiệm vụ 9:",
        "## Nhiệm vụ 4:",
    ]


def test_the_log_goes_by_command() -> None:
    lines = logged()
    assert lines[2] == "c30 09:10 ngày 16/07/2024 · Ví dụ A · cập nhật tiến độ (đã được c31 hoàn tác)"
    assert lines[3].startswith("  - 9 Tổ chức hội thảo")
    assert lines[4] == "    - Vướng mắc: chưa có địa điểm / và kinh phí"
    assert "    - Trạng thái: Chưa thực hiện → Đang thực hiện" in lines
    assert "    - Tiến độ: 10% → 40%" in lines
    assert "    - Thời hạn: 15/06/2024 → 30/06/2024" in lines
    assert "    - Chủ trì: UBDT (ngày 28/06/2024)" in lines
    assert "    - Mở nhiệm vụ: Hội thảo (ngày 21/03/2024)" in lines
    assert lines[-2] == "  - Kế hoạch: bản 1"


def test_the_log_in_english() -> None:
    lines = logged(EN)
    assert lines[0] == "History of changes"
    assert "    - Lead: CEMA (on 28 Jun 2024)" in lines


def test_what_an_undo_took_back_and_what_follows_the_plan() -> None:
    entries = (
        make_entry("undo", None, "c12", command="c31", verb="undo", task=None, on=None),
        make_entry("follows", "title, lead, due", "title, places", command="c30", verb="edit", on=None),
        make_entry("follows", "", "lead", command="c29", verb="edit", on=None),
    )
    view = make_log(entries=entries)
    vi, en = (render(log.document(view, w), "plain", w, width=80, colour=False) for w in (VI, EN))
    assert "  - Hoàn tác lệnh c12\n" in vi
    assert "    - Không còn theo kế hoạch: Chủ trì, Thời hạn; Lại theo kế hoạch: Địa bàn\n" in vi
    assert "    - Lại theo kế hoạch: Chủ trì\n" in vi
    assert "  - Took back command c12\n" in en
    assert "    - No longer follows the plan: Lead, Deadline; Follows the plan again: Places\n" in en


def test_a_task_is_opened_under_its_title_in_the_readers_language() -> None:
    entry = make_entry("title", None, "Hội thảo", on=None)
    view = make_log(entries=(entry,), titles={"9": Text("Hội thảo", "Workshop")})
    assert "    - Opened: Workshop\n" in render(log.document(view, EN), "plain", EN, width=80, colour=False)
    renamed = view._replace(titles={"9": Text("Toạ đàm", "Round table")})
    assert "    - Opened: Hội thảo\n" in render(
        log.document(renamed, EN), "plain", EN, width=80, colour=False
    )


def test_an_empty_log_says_so() -> None:
    text = render(log.document(make_log(entries=()), VI), "plain", VI, width=80, colour=False)
    assert text.endswith("Chưa có thay đổi nào.\n")


@pytest.mark.parametrize(
    ("field", "text", "worded"),
    [
        ("status", "done", "Hoàn thành"),
        ("percent", "40", "40%"),
        ("due", "2024-06-30", "30/06/2024"),
        ("due", None, "không có"),
        ("start_day", "2024-06-01", "01/06/2024"),
        ("opened_on", "2024-03-21", "21/03/2024"),
        ("lead", "hlhpn", "Hội LHPN Việt Nam"),
        ("coordinating", "x", "x"),
        ("in_charge", "Trần Thị Ánh", "Trần Thị Ánh"),
        ("priority", "high", "Cao"),
        ("follows", "title, lead", "Tên nhiệm vụ, Chủ trì"),
        ("follows", "", "không có"),
        ("places", "kon-tum", "kon-tum"),
        ("area", "ND3", "ND3"),
        ("plan", "2", "bản 2"),
        ("note", "một\nhai", "một / hai"),
    ],
)
def test_values_are_worded(field: str, text: str | None, worded: str) -> None:
    assert value(field, text, FactFormatter(VI, make_heading())) == worded


@pytest.mark.parametrize(
    "field",
    FIELDS,
)
def test_every_field_of_the_log_has_a_name(field: str) -> None:
    entry = make_entry(field, None, "x" if field not in ("due", "start_day", "opened_on") else "2024-07-01")
    if field in ("status", "priority", "follows"):
        entry = entry._replace(new={"status": "done", "priority": "low", "follows": "title"}[field])
    view = make_log(entries=(entry,), titles={"9": Text("Hội thảo")})
    for words in (VI, EN):
        assert render(log.document(view, words), "plain", words, width=80, colour=False)
