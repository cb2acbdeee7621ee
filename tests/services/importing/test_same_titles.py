"""Rows that have the title of an open task of their area; with titles as keys they are those tasks."""

from pathlib import Path

from plantrack.model.importing.changes import SameTitle
from plantrack.services.importing.same_titles import found_by_title, same_titles
from tests.support.imported import imported, read, table
from tests.support.steps import OpenContext, said

HEADINGS = ("Tên nhiệm vụ", "Mã nội dung", "Kết quả")


def test_only_open_tasks_of_the_area_are_told(context_on: OpenContext, tmp_path: Path) -> None:
    first = (["Việc một", "ND1", "a"], ["Việc hai", "ND1", ""], ["Việc ba", "ND1", ""])
    imported(context_on("2024-07-01"), table(tmp_path, HEADINGS, *first))
    said(context_on, "2024-07-02", "3", "done")
    again = (
        ["VIỆC MỘT", "ND1", "b"],
        ["Việc hai", "ND2", "b"],
        ["Việc ba", "ND1", "b"],
        ["Việc bốn", "ND1", ""],
    )
    at = context_on("2024-07-03")
    reading = read(at, table(tmp_path, HEADINGS, *again))
    assert [*reading.same_titles] == [SameTitle(2, "1", "Việc một")]
    assert same_titles(at.db, at.plan.id, reading.rows) == reading.same_titles
    found = found_by_title(at, reading.rows)
    assert [(row.number, row.is_by_title, row.task is not None) for row in found] == [
        (2, True, True), (3, False, False), (4, False, False), (5, False, False),
    ]  # fmt: skip
    assert len(found[0].imports) == 1


def test_of_two_open_tasks_none_is_meant(context_on: OpenContext, tmp_path: Path) -> None:
    for result in ("a", "b"):
        imported(context_on("2024-07-01"), table(tmp_path, HEADINGS, ["Việc", "ND1", result]))
    reading = read(
        context_on("2024-07-03"), table(tmp_path, HEADINGS, ["Việc", "ND1", "c"]), key="Tên nhiệm vụ"
    )
    assert [row.task for row in reading.rows] == [None]
    assert [one.task for one in reading.same_titles] == ["1"]


def test_a_row_that_says_nothing_new_of_its_task_is_left(context_on: OpenContext, tmp_path: Path) -> None:
    file = table(tmp_path, HEADINGS, ["Việc", "ND1", "a"])
    imported(context_on("2024-07-01"), file)
    reading = read(context_on("2024-07-03"), file, key="Tên nhiệm vụ")
    assert ([*reading.rows], reading.left) == ([], 1)
