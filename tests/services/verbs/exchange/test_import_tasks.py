"""Rows that are tasks: with what is said of them, and corrected when they come again with their key."""

from pathlib import Path
from typing import Any

import pytest

from plantrack.services.context import Context
from plantrack.services.verbs.assign import Roles, assign
from plantrack.services.verbs.edit import Corrections, edit
from plantrack.services.verbs.exchange.import_table import TableImported
from plantrack.services.verbs.undo import undo
from tests.support.imported import codes, imported, read, table
from tests.support.steps import OpenContext, opened, said, stood

HEADINGS = ("Mã", "Tên nhiệm vụ", "Mã nội dung", "Chủ trì", "Hạn", "Trạng thái", "Tiến độ", "Kết quả", "Ngày")


def keyed(context: Context, file: Path, **asked: Any) -> TableImported:
    return imported(context, file, key="Mã", **asked)


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
    return keyed(context_on("2024-07-10"), file).tasks[2]


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
    assert keyed(context_on("2024-07-20"), file, overwrite=True).tasks == {2: first}
    task = stood(context_on, first)
    assert (task.title.vi, task.lead, task.due, task.percent) == ("Việc mới", ("hlhpn",), "2024-12-31", 60)
    assert (task.first_due, task.updated_on) == ("2024-12-31", "2024-07-20")


def test_what_was_said_is_not_said_again(context_on: OpenContext, first: str, tmp_path: Path) -> None:
    file = table(tmp_path, HEADINGS, row("Việc khác", "ubdt", "30/9", "đang thực hiện", "40", "Đã họp", ""))
    keyed(context_on("2024-07-20"), file)
    assert stood(context_on, first).updated_on == "2024-07-01"


def test_an_empty_cell_takes_nothing_away(context_on: OpenContext, first: str, tmp_path: Path) -> None:
    keyed(context_on("2024-07-20"), table(tmp_path, HEADINGS, row("Việc", "", "")))
    task = stood(context_on, first)
    assert (task.lead, task.due, task.percent) == (("ubdt",), "2024-09-30", 40)


def test_a_closed_task_is_never_changed(context_on: OpenContext, first: str, tmp_path: Path) -> None:
    said(context_on, "2024-07-15", first, "done")
    done = keyed(context_on("2024-07-20"), table(tmp_path, HEADINGS, row("Việc khác")))
    assert codes(done) == [(2, "status", "task-closed")]
    # What says the same of it is no change.
    done = keyed(context_on(), table(tmp_path, HEADINGS, row("Việc", "ubdt", "30/9", "hoàn thành", "100")))
    assert (codes(done), done.tasks) == ([], {2: first})


def test_a_task_that_was_removed_stays_so(context_on: OpenContext, first: str, tmp_path: Path) -> None:
    from plantrack.services.verbs.edit import remove

    remove(context_on("2024-07-15"), [first], "nhầm")
    assert codes(keyed(context_on(), table(tmp_path, HEADINGS, row("Việc khác")))) == [
        (2, "", "task-removed")
    ]


def test_a_title_that_stands_in_the_plan_is_imported_all_the_same(
    context_on: OpenContext, tmp_path: Path
) -> None:
    opened(context_on, "2024-07-01", "Việc")
    assert keyed(context_on(), table(tmp_path, HEADINGS, row("Việc"))).tasks == {2: "2"}


def test_what_was_changed_here_stays_where_its_cells_are_as_they_were(
    context_on: OpenContext, first: str, tmp_path: Path
) -> None:
    edit(context_on("2024-07-11"), [first], Corrections(title="Tên ở đây", due="31/12"))
    said(context_on, "2024-07-12", first, percent="80", result="Đã xong phần đầu")
    assign(context_on("2024-07-13"), [first], Roles(lead=("hlhpn",), instead=True))
    file = table(
        tmp_path, (*HEADINGS, "Kinh phí (triệu đồng)"),
        [*row("Việc", "ubdt", "30/9", "đang thực hiện", "40", "Đã họp", "1/7/2024"), "15"],
    )  # fmt: skip
    done = keyed(context_on("2024-07-20"), file)
    assert codes(done) == []
    task = stood(context_on, first)
    assert (task.title.vi, task.due, task.lead, task.percent, task.budget) == (
        "Tên ở đây", "2024-12-31", ("hlhpn",), 80, 15_000_000,
    )  # fmt: skip
    assert task.updated_on == "2024-07-12"
    # Also the next time: what the file said at first counts, not what stood here meanwhile.
    file = table(
        tmp_path, (*HEADINGS, "Kinh phí (triệu đồng)"),
        [*row("Việc", "ubdt", "30/9", "đang thực hiện", "40", "Đã họp", "1/7/2024"), "16"],
    )  # fmt: skip
    assert codes(keyed(context_on("2024-07-21"), file)) == []
    task = stood(context_on, first)
    assert (task.title.vi, task.lead, task.percent, task.budget) == (
        "Tên ở đây", ("hlhpn",), 80, 16_000_000,
    )  # fmt: skip


def test_what_both_changed_is_refused_unless_it_may_be_overwritten(
    context_on: OpenContext, first: str, tmp_path: Path
) -> None:
    edit(context_on("2024-07-11"), [first], Corrections(title="Tên ở đây"))
    said(context_on, "2024-07-12", first, percent="80")
    file = table(tmp_path, HEADINGS, row("Tên trong tệp", "hlhpn", "30/9", "đang thực hiện", "60", "Đã họp"))
    done = keyed(context_on("2024-07-20"), file)
    assert codes(done) == [(2, "title", "import-contested"), (2, "percent", "import-contested")]
    params = done.problems[0].failure.params
    assert (params["task"], params["here"], params["there"]) == (first, "Tên ở đây", "Tên trong tệp")
    assert stood(context_on, first).lead == ("ubdt",)
    done = keyed(context_on("2024-07-20"), file, overwrite=True)
    assert codes(done) == []
    task = stood(context_on, first)
    assert (task.title.vi, task.lead, task.percent) == ("Tên trong tệp", ("hlhpn",), 60)


def test_what_a_row_changes_is_said_field_by_field(
    context_on: OpenContext, first: str, tmp_path: Path
) -> None:
    file = table(tmp_path, HEADINGS, row("Việc mới", "hlhpn", "Quý IV", "đang thực hiện", "60", "Đã họp"))
    (found,) = read(context_on("2024-07-20"), file, key="Mã", overwrite=True).rows
    assert found.changes is not None
    assert (found.changes.task, found.changes.title) == (first, "Việc")
    assert [(cell.field, cell.old, cell.new) for cell in found.changes.cells] == [
        ("title", "Việc", "Việc mới"), ("due", "2024-09-30", "2024-Q4"), ("lead", "ubdt", "hlhpn"),
        ("percent", "40", "60"),
    ]  # fmt: skip


def test_what_was_taken_back_was_never_written(context_on: OpenContext, first: str, tmp_path: Path) -> None:
    file = table(tmp_path, HEADINGS, row("Việc khác", "ubdt", "30/9", "đang thực hiện", "60", "Đã họp"))
    keyed(context_on("2024-07-20"), file)
    undo(context_on("2024-07-21"), None)
    assert stood(context_on, first).title.vi == "Việc"
    assert codes(keyed(context_on("2024-07-22"), file)) == []
    task = stood(context_on, first)
    assert (task.title.vi, task.percent) == ("Việc khác", 60)
