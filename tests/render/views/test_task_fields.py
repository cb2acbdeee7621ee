"""The fields of tasks and updates, in sheets and in JSON: what is known, and nothing that is not."""

import json

import pytest

from plantrack.i18n.words import Words
from plantrack.model.history import Update
from plantrack.model.plan import Text
from plantrack.model.task import Task
from plantrack.model.views.tasks import TaskUpdate
from plantrack.render.formats.json import dumps
from plantrack.render.layout.blocks import Bar, Cell, shown, text_of
from plantrack.render.layout.fact_formatter import FactFormatter
from plantrack.render.layout.fields import objects, sheet, table
from plantrack.render.layout.json_object import Object
from plantrack.render.views import list as tasks
from plantrack.render.views.task_fields import TASK as TASK_FIELDS
from plantrack.render.views.task_fields import UPDATE as UPDATE_FIELDS
from plantrack.render.views.task_fields import days_late, update_in_json
from tests.support import factory
from tests.support.factory import make_heading, make_task, make_update
from tests.support.promised_keys import TASK, UPDATE, promised
from tests.support.sheets import rows

VI, EN = Words("vi"), Words("en")


def test_a_list_has_what_is_known_of_each_task() -> None:
    (sheet,) = tasks.book(factory.make_list(), VI).sheets
    by_label = {row["Số"]: row for row in rows(sheet)}
    overdue, extended, unknown = by_label[9], by_label[4], by_label[17]
    assert (overdue["Trạng thái"], overdue["Tình trạng thời hạn"]) == ("Đang thực hiện", "Quá hạn")
    assert (overdue["Thời hạn"], overdue["Số ngày quá hạn"]) == ("2024-06-30", 21)
    assert overdue["Thời hạn (như văn bản)"] == "Quý II/2024"
    assert (overdue["Chủ trì"], overdue["Phối hợp"]) == ("UBDT", "Hội LHPN Việt Nam")
    assert (extended["Thời hạn ban đầu"], extended["Tiến độ"]) == ("2024-07-15", 0.6)
    assert [unknown[name] for name in ("Thời hạn", "Chủ trì", "Người phụ trách", "Tiến độ")] == [None] * 4
    assert by_label[16]["Vướng mắc"] == "thiếu số liệu của 3 tỉnh"
    assert by_label[16]["Vướng mắc từ ngày"] == "2024-07-15"


def test_the_days_that_done_work_was_late_are_counted() -> None:
    task = factory.make_task(6, status="done", due="2024-07-05", completed_on="2024-07-08")
    (sheet,) = tasks.book(factory.make_list([task]), EN).sheets
    assert rows(sheet)[0]["Days late"] == 3
    assert rows(sheet)[0]["Against the deadline"] == "Completed late"


def test_a_task_of_another_site_keeps_its_label() -> None:
    (sheet,) = tasks.book(factory.make_list([factory.make_task(4, site="HN")]), VI).sheets
    assert next(iter(sheet.rows))[0] == "HN-4"


def test_titles_are_in_the_language_of_the_book() -> None:
    task = factory.make_task(1, title=Text("Họp\nsơ kết", "Review"))
    view = factory.make_list([task])
    assert next(iter(tasks.book(view, EN).sheets[0].rows))[3] == "Review"
    assert next(iter(tasks.book(view, VI).sheets[0].rows))[3] == "Họp / sơ kết"


def task_object(task: Task, words: Words) -> Object:
    """Return a task as readers of JSON have it."""
    (made,) = objects(TASK_FIELDS.values(), [task], FactFormatter(words, make_heading()))
    read: Object = json.loads(dumps(made))
    return read


def update_object(update: Update, withdrawn_by: int | None = None, *, with_notes: bool = True) -> Object:
    """Return an update as readers of JSON have it."""
    told = TaskUpdate(make_task(9), update, withdrawn_by)
    (made,) = objects(update_in_json(with_notes=with_notes), [told], FactFormatter(VI, make_heading()))
    return made


def test_a_task_in_json() -> None:
    task = make_task(5, "ND2.2", "in_progress", title=Text("Tên", "Title"), tags=("a", "b"), blocked="x")
    shown = task_object(task, EN)
    assert promised(shown) == TASK
    assert (shown["id"], shown["label"], shown["title"], shown["tags"]) == (5, "5", "Title", ["a", "b"])
    assert (shown["deliverable"], shown["blocked"], shown["lead"]) == (None, "x", ["hlhpn"])
    assert task_object(task, VI)["title"] == "Tên"
    assert shown["status"] == "in_progress"


def test_a_task_of_another_site_has_a_label_and_no_id() -> None:
    shown = task_object(make_task(4, site="HN"), VI)
    assert (shown["id"], shown["label"]) == (None, "HN-4")


def test_what_blocked_a_closed_task_does_not_block_it() -> None:
    assert task_object(make_task(1, "ND1", "dropped", blocked="x"), VI)["blocked"] is None


def test_an_update_in_json() -> None:
    update = make_update(make_task(9), note="nội bộ", evidence="công văn")
    shown = update_object(update, 31)
    assert list(shown) == UPDATE
    assert (shown["command"], shown["task"], shown["withdrawn_by"]) == ("c29", "9", "c31")
    assert (shown["note"], shown["evidence"]) == ("nội bộ", "công văn")
    public = update_object(update, with_notes=False)
    assert (public["note"], public["evidence"], public["withdrawn_by"]) == (None, None, None)


def row(task: Task, *, width: int, words: Words = VI) -> dict[str, str]:
    """Return what a table on a page of some width says of a task, by its headings."""
    made = shown(table(TASK_FIELDS.values(), [task], FactFormatter(words, make_heading())), width)
    (row,) = made.rows
    cells = row.cells
    return {column.heading: said(cell) for column, cell in zip(made.columns, cells, strict=True)}


def said(cell: Cell) -> str:
    assert not isinstance(cell, Bar)
    return text_of(cell)


BLOCKED = make_task(9, "ND3.1", "in_progress", blocked="x", in_charge=("Ví Thị Lan",), lead=("ubdt",))


def test_a_wide_table_has_flags_people_and_leads_apart() -> None:
    wide = row(BLOCKED, width=100)
    assert [wide[VI(f"column.{name}")] for name in ("status", "lead", "person", "flags")] == [
        "Đang thực hiện", "UBDT", "Ví Thị Lan", "⚠ vướng mắc"
    ]  # fmt: skip
    assert VI("column.lead_and_person") not in wide


def test_a_narrow_one_has_them_in_one_cell_each() -> None:
    narrow = row(BLOCKED, width=99)
    assert narrow[VI("column.status")] == "Đang thực hiện\n⚠ vướng mắc"
    assert narrow[VI("column.lead_and_person")] == "UBDT\nVí Thị Lan"
    assert VI("column.flags") not in narrow
    nobody = row(make_task(1, lead=()), width=99)
    assert nobody[VI("column.lead_and_person")] == VI("unknown.short")


def test_a_task_that_is_blocked_and_stale_has_both_flags() -> None:
    both = row(BLOCKED._replace(stale=True), width=100)[VI("column.flags")]
    assert both == "⚠ vướng mắc, lâu chưa cập nhật"
    assert row(make_task(1), width=100)[VI("column.flags")] == ""


@pytest.mark.parametrize(
    ("status", "due", "completed", "late"),
    [
        ("in_progress", None, None, None),
        ("in_progress", "2024-07-22", None, None),
        ("in_progress", "2024-07-20", None, 1),
        ("done", "2024-07-05", "2024-07-05", None),
        ("done", "2024-07-05", "2024-07-08", 3),
        ("dropped", "2024-07-05", None, None),
    ],
)
def test_days_late_are_counted_of_open_and_of_done_work(
    status: str, due: str | None, completed: str | None, late: int | None
) -> None:
    task = make_task(1, "ND1", status, due=due, completed_on=completed)
    assert days_late(task, FactFormatter(VI, make_heading())) == late


def test_a_sheet_and_json_have_each_field_once() -> None:
    formatter = FactFormatter(EN, make_heading())
    headings = [column.heading for column in sheet("x", TASK_FIELDS.values(), [], formatter).columns]
    assert len(headings) == len(set(headings)) > 20
    assert set(UPDATE_FIELDS) == set(UPDATE)
