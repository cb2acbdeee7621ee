"""Rows that say something of tasks: found by label, uid or title, in the order of the days that they speak of."""

from pathlib import Path

import pytest

from plantrack.model.views.exchange import MoneySum
from plantrack.services.importing.read_table import UnderstoodRow
from plantrack.services.verbs.exchange.import_table import import_table
from plantrack.services.verbs.exchange.import_updates import in_rounds
from plantrack.services.verbs.exchange.imported_view import view_of
from tests.support.imported import codes, imported, read, table
from tests.support.steps import OpenContext, opened, said, stood

HEADINGS = ("Nhiệm vụ", "Trạng thái", "Tiến độ", "Kết quả", "Khó khăn, vướng mắc", "Ngày")


@pytest.fixture
def tasks(context_on: OpenContext) -> list[str]:
    return [opened(context_on, "2024-07-01", title) for title in ("Hội thảo", "Tờ rơi", "Tờ rơi")]


def row(
    task: str, status: str = "", percent: str = "", result: str = "", blocked: str = "", on: str = ""
) -> list[str]:
    return [task, status, percent, result, blocked, on]


def test_tasks_are_named_by_label_uid_and_title(
    context_on: OpenContext, tasks: list[str], tmp_path: Path
) -> None:
    uid = stood(context_on, tasks[2]).uid
    rows = [row("hoi thao", percent="30"), row("nv2", percent="20"), row(uid, percent="10")]
    assert imported(context_on("2024-07-10"), table(tmp_path, HEADINGS, *rows)).tasks == {
        2: "1",
        3: "2",
        4: "3",
    }
    assert [stood(context_on, label).percent for label in tasks] == [30, 20, 10]


def test_a_title_of_several_or_of_none_is_refused(
    context_on: OpenContext, tasks: list[str], tmp_path: Path
) -> None:
    rows = [
        row("Tờ rơi", percent="10"),
        row("Việc lạ", percent="10"),
        row("9", percent="10"),
        row("", percent="10"),
    ]
    done = imported(context_on("2024-07-10"), table(tmp_path, HEADINGS, *rows))
    assert [(n, code) for n, _, code in codes(done)] == [
        (2, "title-several"), (3, "unknown-task"), (4, "unknown-task"), (5, "unknown-task"),
    ]  # fmt: skip


def test_what_is_said_later_is_said_of_what_was_said_before(
    context_on: OpenContext, tasks: list[str], tmp_path: Path
) -> None:
    rows = [
        row("1", "hoàn thành", on="8/7/2024"),
        row("1", "đang thực hiện", "40", "Đã họp", on="3/7/2024"),
        row("1", "đang thực hiện", on="9/7/2024"),
    ]
    done = imported(context_on("2024-07-10"), table(tmp_path, HEADINGS, *rows))
    assert codes(done) == [(4, "status", "task-closed")]
    done = imported(context_on(), table(tmp_path, HEADINGS, *rows[:2]))
    assert codes(done) == []
    task = stood(context_on, "1")
    assert (task.status, task.completed_on) == ("done", "2024-07-08")


def test_no_difficulty_is_no_difficulty(context_on: OpenContext, tasks: list[str], tmp_path: Path) -> None:
    rows = [row("1", result="Đã họp", blocked="Không"), row("2", result="Đã họp", blocked="Thiếu kinh phí")]
    imported(context_on("2024-07-10"), table(tmp_path, HEADINGS, *rows))
    assert [stood(context_on, label).is_blocked for label in ("1", "2")] == [False, True]


def test_the_same_update_twice_is_one(context_on: OpenContext, tasks: list[str], tmp_path: Path) -> None:
    file = table(tmp_path, HEADINGS, row("1", result="Đã họp"), row("1", result="Đã họp"))
    assert list(imported(context_on("2024-07-10"), file).tasks) == [2]


def test_recurring_work_goes_on(context_on: OpenContext, tmp_path: Path) -> None:
    opened(context_on, "2024-07-01", every="tháng", due="31/7/2024")
    imported(context_on("2024-07-10"), table(tmp_path, HEADINGS, row("1", "hoàn thành")))
    assert stood(context_on, "2").due == "2024-08-31"


def test_parts_have_each_task_once_in_the_order_of_days(context_on: OpenContext, tasks: list[str]) -> None:
    class Said:
        def __init__(self, task: str, on: str) -> None:
            self.task, self.update = task, type("Update", (), {"on": on})

    rows = [
        UnderstoodRow(n, "", "", Said(*said))
        for n, said in enumerate([("a", "3"), ("a", "1"), ("b", "2"), ("b", "3")])
    ]
    assert [[row.number for row in part] for part in in_rounds(rows, 9)] == [[1, 2], [0, 3]]
    assert [len(part) for part in in_rounds(rows, 1)] == [1, 1, 1, 1]


def test_an_update_before_what_is_known_is_recorded_on_its_day(
    context_on: OpenContext, tasks: list[str], tmp_path: Path
) -> None:
    said(context_on, "2024-07-09", "1", percent="50")
    imported(context_on("2024-07-10"), table(tmp_path, HEADINGS, row("1", percent="30", on="5/7")))
    assert [stood(context_on, "1", as_of=day).percent for day in ("2024-07-05", "2024-07-09")] == [30, 50]


def test_what_only_the_store_can_judge_is_told_before_anything_is_asked(
    context_on: OpenContext, tasks: list[str], tmp_path: Path
) -> None:
    said(context_on, "2024-07-02", "1", status="done")
    rows = [row("1", "đang thực hiện"), row("2", percent="20")]
    context = context_on("2024-07-10")
    found = read(context, table(tmp_path, HEADINGS, *rows))
    assert (codes(found), [one.number for one in found.rows]) == ([(2, "status", "task-closed")], [3])
    assert (found.problems[0].letters, found.problems[0].value) == ("B", "đang thực hiện")
    done = import_table(context, found, lambda problems: None)
    assert (codes(done), [one.number for one in done.rows]) == (codes(found), [3])


def test_money_is_told_as_a_sum_of_what_was_said_last(
    context_on: OpenContext, tasks: list[str], tmp_path: Path
) -> None:
    headings = ("Số", "Đã chi (triệu đồng)", "Ngày")
    rows = [["1", "12,5", "3/7/2024"], ["2", "1", "3/7/2024"], ["1", "8", "1/7/2024"]]
    context = context_on("2024-07-10")
    found = read(context, table(tmp_path, headings, *rows))
    assert view_of(context, found).sums == (MoneySum("spent", 2, 13_500_000),)
    assert [note.code for note in found.notes] == []


def test_a_number_and_the_title_of_another_task_are_refused(
    context_on: OpenContext, tasks: list[str], tmp_path: Path
) -> None:
    uid = stood(context_on, tasks[1]).uid
    rows = [
        ["1", "Tên khác", "Hoàn thành"], ["1", "HỘI THẢO", "Đang thực hiện"], [uid, "Hội thảo", "Hoàn thành"],
        ["2", "", "Đang thực hiện"],
    ]  # fmt: skip
    file = table(tmp_path, ("Số", "Tên nhiệm vụ", "Tình trạng"), *rows)
    done = imported(context_on("2024-07-10"), file)
    assert codes(done) == [(2, "title", "title-of-other-task"), (4, "title", "title-of-other-task")]


def test_a_row_in_which_nothing_is_filled_in_is_left_empty(
    context_on: OpenContext, tasks: list[str], tmp_path: Path
) -> None:
    rows = [
        row("1", percent="30"), row("2"), row("Tờ rơi", blocked="Không có khó khăn, vướng mắc"),
        row("3", on="9/7/2024"),
    ]  # fmt: skip
    found = read(context_on("2024-07-10"), table(tmp_path, HEADINGS, *rows))
    assert (codes(found), found.empty, len(found.rows)) == ([], 3, 1)
    assert view_of(context_on("2024-07-10"), found).counts.empty == 3
    found = read(context_on("2024-07-10"), table(tmp_path, HEADINGS, row("1"), row("2")))
    assert (codes(found), found.empty, [*found.rows]) == ([], 2, [])


def test_a_percentage_in_doubt_is_a_wrong_cell(
    context_on: OpenContext, tasks: list[str], tmp_path: Path
) -> None:
    rows = [row("1", percent="1"), row("2", percent="0,5"), row("3", percent="33,3")]
    done = imported(context_on("2024-07-10"), table(tmp_path, HEADINGS, *rows))
    assert codes(done) == [
        (2, "percent", "percent-doubtful"), (3, "percent", "percent-doubtful"), (4, "percent", "percent-range"),
    ]  # fmt: skip
    assert done.problems[1].failure.params["high"] == "50%"
    headings = ("Nhiệm vụ", "Trạng thái", "Tiến độ (%)", *HEADINGS[3:])
    done = imported(context_on("2024-07-10"), table(tmp_path, headings, rows[0]))
    assert (codes(done), stood(context_on, "1").percent) == ([], 1)
