"""Rows that are tasks: with what is said of them, and corrected when they come again with their key."""

from pathlib import Path

import pytest

from tests.support.imported import codes, imported, table
from tests.support.steps import OpenContext, opened, said, stood

HEADINGS = ("Mã", "Tên nhiệm vụ", "Mã nội dung", "Chủ trì", "Hạn", "Trạng thái", "Tiến độ", "Kết quả", "Ngày")


def row(
    title: str = "Việc", lead: str = "ubdt", due: str = "30/9", status: str = "", *more: str
) -> list[str]:
    return ["A1", title, "ND1", lead, due, status, *more, *[""] * (3 - len(more))]


@pytest.fixture
def first(context_on: OpenContext, tmp_path: Path) -> str:
    """A task that was imported with a key."""
    file = table(
        tmp_path, HEADINGS, row("Việc", "ubdt", "30/9", "đang thực hiện", "40", "Đã họp", "1/7/2024")
    )
    return imported(context_on("2024-07-10"), file).tasks[2]


def test_a_row_opens_a_task_and_records_what_is_said_of_it(context_on: OpenContext, first: str) -> None:
    task = stood(context_on, first)
    assert (task.status, task.percent, task.opened_on, task.updated_on) == (
        "in_progress",
        40,
        "2024-07-01",
        "2024-07-01",
    )


def test_all_fields_of_a_task(context_on: OpenContext, tmp_path: Path) -> None:
    headings = (
        "Tên nhiệm vụ", "Hoạt động", "Phối hợp", "Người phụ trách", "Bắt đầu", "Ưu tiên", "Sản phẩm", "Địa bàn", "Nhãn",
        "Kinh phí (triệu đồng)", "Nguồn kinh phí", "Văn bản giao", "Đã chi (triệu đồng)",
    )  # fmt: skip
    values = [
        "Việc", "3.1", "hlhpn", "Ksor H'Mới", "1/8", "cao", "Báo cáo", "Kon Tum, Gia Lai", "a; b", "1,5", "NSTW",
        "số 1/UBDT ngày 5/6/2024", "0,5",
    ]  # fmt: skip
    done = imported(context_on("2024-07-10"), table(tmp_path, headings, values), new_person=True)
    assert codes(done) == []
    task = stood(context_on, done.tasks[2])
    assert (task.area, task.activity, task.coordinating, task.in_charge) == (
        "ND3",
        "ND3.1",
        ("hlhpn",),
        ("Ksor H’Mới",),
    )
    assert (task.start, task.priority, task.deliverable and task.deliverable.vi) == (
        "2024-08-01",
        "high",
        "Báo cáo",
    )
    assert (task.places, task.tags, task.budget, task.spent) == (
        ("Kon Tum", "Gia Lai"),
        ("a", "b"),
        1_500_000,
        500_000,
    )
    assert task.document is not None
    assert task.document.number == "1/UBDT"


def test_a_row_with_its_key_corrects_the_task(context_on: OpenContext, first: str, tmp_path: Path) -> None:
    file = table(tmp_path, HEADINGS, row("Việc mới", "hlhpn", "Quý IV", "đang thực hiện", "60", "Đã họp", ""))
    assert imported(context_on("2024-07-20"), file).tasks == {2: first}
    task = stood(context_on, first)
    assert (task.title.vi, task.lead, task.due, task.percent) == ("Việc mới", ("hlhpn",), "2024-12-31", 60)
    assert (task.first_due, task.updated_on) == ("2024-12-31", "2024-07-20")


def test_what_was_said_is_not_said_again(context_on: OpenContext, first: str, tmp_path: Path) -> None:
    file = table(tmp_path, HEADINGS, row("Tên khác", "ubdt", "30/9", "đang thực hiện", "40", "Đã họp", ""))
    imported(context_on("2024-07-20"), file)
    assert stood(context_on, first).updated_on == "2024-07-01"


def test_an_empty_cell_takes_nothing_away(context_on: OpenContext, first: str, tmp_path: Path) -> None:
    imported(context_on("2024-07-20"), table(tmp_path, HEADINGS, row("Việc", "", "")))
    task = stood(context_on, first)
    assert (task.lead, task.due, task.percent) == (("ubdt",), "2024-09-30", 40)


def test_a_closed_task_is_never_changed(context_on: OpenContext, first: str, tmp_path: Path) -> None:
    said(context_on, "2024-07-15", first, "done")
    done = imported(context_on("2024-07-20"), table(tmp_path, HEADINGS, row("Tên khác")))
    assert codes(done) == [(2, "status", "task-closed")]
    # What says the same of it is no change.
    done = imported(context_on(), table(tmp_path, HEADINGS, row("Việc", "ubdt", "30/9", "hoàn thành", "100")))
    assert (codes(done), done.tasks) == ([], {2: first})


def test_a_task_that_was_removed_stays_so(context_on: OpenContext, first: str, tmp_path: Path) -> None:
    from plantrack.services.verbs.edit import remove

    remove(context_on("2024-07-15"), [first], "nhầm")
    assert codes(imported(context_on(), table(tmp_path, HEADINGS, row("Tên khác")))) == [
        (2, "", "task-removed")
    ]


def test_a_title_that_stands_in_the_plan_is_imported_all_the_same(
    context_on: OpenContext, tmp_path: Path
) -> None:
    opened(context_on, "2024-07-01", "Việc")
    assert imported(context_on(), table(tmp_path, HEADINGS, row("Việc"))).tasks == {2: "2"}
