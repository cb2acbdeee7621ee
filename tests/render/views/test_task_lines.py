"""A task on one line: what matters is whole, and what is short is explained."""

import pytest

from plantrack.i18n.words import Words
from plantrack.model.history import Part
from plantrack.model.plan import Text
from plantrack.model.task import Task
from plantrack.model.views.tasks import TaskList
from plantrack.render.formats import render
from plantrack.render.layout.text_width import cell_width
from plantrack.render.views.list import document
from tests.support.factory import make_list, make_task, make_tasks

VI, EN = Words("vi"), Words("en")
LONG = Text(
    "Tổ chức hội thảo rà soát, xác định vấn đề xã hội cấp thiết đối với phụ nữ, trẻ em vùng đồng bào DTTS"
)


def printed(view: TaskList, width: int = 80, words: Words = VI) -> list[str]:
    text = render(document(view, words, one_line=True), "table", words, width=width, colour=False)
    return text.rstrip("\n").split("\n")


def line_of(task: Task, width: int = 80, words: Words = VI) -> str:
    return printed(make_list([task]), width, words)[4]


def test_thirteen_tasks_fit_a_screen() -> None:
    lines = printed(make_list())
    assert len(make_list().tasks) == 13
    assert len(lines) <= 20
    assert max(map(cell_width, lines)) <= 80


@pytest.mark.parametrize("words", [VI, EN], ids=["vi", "en"])
@pytest.mark.parametrize("width", [60, 80, 99, 100, 129, 130, 140, 200])
def test_a_task_is_one_line_on_any_page(width: int, words: Words) -> None:
    lines = printed(make_list(make_tasks(), closed=0), width, words)
    first = next(place for place, line in enumerate(lines) if line.startswith("─")) + 1
    labels = [line.split()[0] for line in lines[first : first + 18]]
    assert labels == [task.label for task in make_tasks()]


def test_title_and_name_are_cut_never_a_number_a_day_or_a_code() -> None:
    task = make_task(
        1234,
        "ND3.1",
        "in_progress",
        percent=40,
        title=LONG,
        due="2023-06-30",
        lead=("hlhpn", "ubdt"),
        blocked="x",
        updated_on="2024-07-01",
    )
    line = line_of(task)
    assert line.startswith("1234 ND3.1 Tổ chức hội")
    assert "… Đang TH  40%⚠z quá 387 ngày Hội LHPN…Nam+1" in line
    assert LONG.vi in line_of(task, 240)


@pytest.mark.parametrize(
    ("status", "changes", "said"),
    [
        ("in_progress", {"due": "2024-06-30"}, "quá 21 ngày"),
        ("in_progress", {"due": "2024-07-21"}, "hôm nay"),
        ("in_progress", {"due": "2024-07-26"}, "còn 5 ngày"),
        ("in_progress", {"due": "2024-09-30"}, "30/09"),
        ("in_progress", {"due": "2025-01-15"}, "15/01/2025"),
        ("in_progress", {"due": None}, "chưa rõ"),
        ("in_progress", {"due_text": "ongoing"}, "thường xuyên"),
        ("in_progress", {"due_text": "2024-Q3", "due": "2024-09-30"}, "30/09"),
        ("done", {"due": "2024-07-15", "completed_on": "2024-07-12"}, "đúng hạn"),
        ("done", {"due": "2024-07-15", "completed_on": "2024-07-19"}, "chậm 4 ngày"),
        ("done", {"due": None}, "chưa rõ"),
        ("dropped", {"due": "2024-06-30"}, "30/06"),
    ],
)
def test_a_deadline_is_as_far_as_it_is_or_its_day(
    status: str, changes: dict[str, str | None], said: str
) -> None:
    known = make_task(2, "ND1", due="2024-12-31")
    lines = printed(make_list([make_task(1, "ND1", status, lead=("ubdt",), **changes), known]))
    place = lines[2].index("Thời hạn")
    assert lines[4][place : lines[2].index("Chủ trì")].strip() == said


def test_percents_and_marks_stand_under_one_another() -> None:
    tasks = [
        make_task(1, "ND1", "in_progress", percent=5, updated_on="2024-07-01"),
        make_task(2, "ND1", "paused", percent=40, blocked="x"),
        make_task(3, "ND1", updated_on="2024-07-01"),
        make_task(4, "ND1", "submitted", percent=100),
        make_task(5, "ND1", "done"),
    ]
    lines = printed(make_list(tasks))
    place = lines[2].index("Trạng thái")
    assert [line[place : place + 14].rstrip() for line in lines[4:9]] == [
        "Đang TH   5%z",
        "Tạm dừng 40%⚠",
        "Chưa TH     z",
        "Chờ XN   100%",
        "Hoàn thành",
    ]


def test_a_wide_page_has_more_columns_and_no_more_lines() -> None:
    narrow, wide, widest = (printed(make_list(), width) for width in (99, 100, 130))
    for lines, there in ((narrow, ""), (wide, "% Lưu ý"), (widest, "Phối hợp")):
        assert there in lines[2]
    assert "%" not in narrow[2]
    assert "Phối hợp" not in wide[2]
    assert widest[3].startswith("─")
    assert len(widest) == len(narrow)


def test_what_is_hidden_is_said_with_the_way_to_see_it() -> None:
    *_, table, count, _ = printed(make_list())
    assert table == "Xem đủ chữ: --full. Không đủ chỗ: Phối hợp, Phụ trách (chọn cột: --columns)."
    assert count == "13 nhiệm vụ đang mở; 5 đã đóng (--all)."
    assert not any("--full" in line for line in printed(make_list(), 400))
    assert "Thời hạn, Chủ trì" in " ".join(printed(make_list(), 40)[-6:])


def test_marks_and_short_names_are_explained_where_they_occur() -> None:
    assert printed(make_list())[-1] == "⚠ vướng mắc  z lâu chưa cập nhật  (TH: thực hiện)"
    asked = make_list([make_task(1, "ND1", "submitted", blocked="x"), make_task(2)])
    assert printed(asked)[-1] == "⚠ vướng mắc  (TH: thực hiện; XN: xác nhận)"
    assert printed(asked, words=EN)[-1] == "⚠ blocked  (Awaiting: awaiting confirmation)"
    done = make_list([make_task(1, "ND1", "done")], closed=0)
    assert printed(done)[-1] == "1 nhiệm vụ."
    late = make_list([make_task(1, "ND1", "paused", updated_on="2024-07-01")], closed=0)
    assert printed(late)[-1] == "z lâu chưa cập nhật"


def test_a_column_of_nothing_is_left_out() -> None:
    bare = make_list([make_task(n, "ND1", lead=(), coordinating=()) for n in (1, 2)])
    assert printed(bare, 140)[2].split() == ["Số", "ND", "Nhiệm", "vụ", "Trạng", "thái"]
    known = make_list([make_task(1, "ND1", lead=()), make_task(2, "ND1", lead=("ubdt",))])
    assert "chưa rõ" in printed(known)[4]
    assert "Chủ trì" in printed(known)[2]


def test_what_a_task_waits_for_and_its_parts_stand_before_its_title() -> None:
    parts = (Part(1, "a", True), Part(2, "b", False))
    plain = make_task(title=Text("Việc"))
    assert "1/2" not in line_of(plain)
    assert " 1/2 · Việc " in line_of(plain._replace(parts=parts))
    assert " chờ 4, 5 · 1/2 · Việc " in line_of(plain._replace(waits_for=("4", "5"), parts=parts))
