"""The weekly summary as data: in JSON, and a sheet for each section."""

import re
from typing import Any

import pytest

from plantrack.i18n.words import Words
from plantrack.model.counting import Counts
from plantrack.model.plan import Text
from plantrack.model.plan_diff import FieldChange, PartChange
from plantrack.render.formats.json import dumps
from plantrack.render.layout.fact_formatter import FactFormatter
from plantrack.render.views import weekly
from plantrack.render.views.weekly_data import provenance, sheets_of
from tests.support import factory
from tests.support.as_json import as_json
from tests.support.factory import make_task, make_update
from tests.support.factory_weekly import make_weekly
from tests.support.promised_keys import TASK, UPDATE, keys, promised
from tests.support.sheets import everything, named, rows

VI, EN = Words("vi"), Words("en")


def test_the_week_has_a_sheet_for_each_section() -> None:
    view = make_weekly()
    book = weekly.book(view, VI)
    sizes = {sheet.title: len(sheet.rows) - sheet.has_total for sheet in book.sheets}
    assert sizes == {
        "Tiến độ": 7,
        "Thay đổi trong tuần": 7,
        "I. Kết quả": 3,
        "II. Thời hạn": 5,
        "III. Khó khăn, vướng mắc": 2,
        "IV. Tuần tới": 3,
        "V. Đề xuất, kiến nghị": 2,
        "VI. Chưa có thông tin": 1,
        "VI. Lâu chưa cập nhật": 2,
        "VII. Thay đổi": 2,
        "Nhiệm vụ": 18,
    }
    assert book.sheets[book.main].title == "Nhiệm vụ"


def test_what_changed_in_the_week_is_signed() -> None:
    sheet = named(weekly.book(make_weekly(), VI), "Thay đổi trong tuần")
    assert rows(sheet)[3]["Hoàn thành"] == 1
    assert rows(sheet)[3]["Đang thực hiện"] == -1
    assert rows(sheet)[-1]["Quá hạn"] == 1


def test_sections_say_which_task_and_whose_word_it_is() -> None:
    book = weekly.book(make_weekly(), VI)
    first = rows(named(book, "II. Thời hạn"))[0]
    assert [first[name] for name in ("Nhóm", "Số", "Số ngày quá hạn")] == ["Quá hạn", 9, 21]
    assert [first[name] for name in ("Kết quả", "Người cung cấp thông tin", "Người ghi")] == [
        "chờ chốt địa điểm", "Ví dụ B", "Ví dụ A"
    ]  # fmt: skip
    assert [row["Ghi nhận bổ sung"] for row in rows(named(book, "I. Kết quả"))] == [None, None, "x"]
    waiting = rows(named(book, "V. Đề xuất, kiến nghị"))
    assert [(row["Mới trong tuần"], row["Trả lời ngày"]) for row in waiting] == [("x", None), (None, None)]
    changes = rows(named(book, "VII. Thay đổi"))
    assert [changes[0][n] for n in ("Thay đổi", "Thời hạn cũ", "Thời hạn mới", "Lần gia hạn")] == [
        "Gia hạn", "2024-07-15", "2024-08-15", 1
    ]  # fmt: skip
    assert changes[1]["Thay đổi"] == "Kế hoạch: nạp bản 2"


def test_what_is_internal_is_in_no_sheet_unless_asked_for() -> None:
    assert "ghi chú nội bộ" not in everything(weekly.book(make_weekly(), VI))
    assert "ghi chú nội bộ" in everything(weekly.book(make_weekly(with_notes=True), VI))


WEEKLY = keys(
    "period progress change results late_updates overdue due_on_closing_day due_soon difficulties next_week proposals "
    "silent_organisations stale plan_changes milestones provenance"
)


PLAN_CHANGE = keys(
    "kind task title nth old new on reason revision git_commit sha256 recorded_at author dirty changes"
)


def test_the_weekly_summary() -> None:
    shown = as_json(weekly.data(make_weekly(), VI))
    assert list(shown) == WEEKLY
    assert shown["period"] == {"name": "2024-W29", "first_day": "2024-07-15", "last_day": "2024-07-21"}
    assert list(shown["change"]) == [*(f"ND{i}" for i in range(1, 8)), "total"]
    assert list(shown["change"]["total"]) == list(Counts._fields)
    assert shown["change"]["total"]["in_progress"] == -1
    assert list(shown["progress"]) == ["by", "rows", "total", "milestones", "rolled_up"]
    source = keys("plan revision git_commit dirty sha256 known_at version newer_file seal faults")
    assert list(shown["provenance"]) == source


@pytest.mark.parametrize(
    "section", keys("results late_updates overdue due_soon difficulties next_week stale")
)
def test_sections_of_the_summary_are_tasks_with_an_update(section: str) -> None:
    tasks = as_json(weekly.data(make_weekly(), VI))[section]
    assert tasks
    more = ["earlier"] if section in ("results", "late_updates") else []
    for task in tasks:
        assert promised(task, "update", *more) == [*TASK, "update", *more]
        assert task["update"] is None or list(task["update"]) == UPDATE


def test_results_have_what_else_was_said_in_the_week() -> None:
    item = next(iter(make_weekly().results))
    other = make_update(item.task, on="2024-07-15", result="một", note="nội bộ")
    (shown,) = weekly.data(make_weekly(results=(item._replace(earlier=(other,)),)), VI)["results"]
    assert [(list(u), u["result"], u["note"]) for u in shown["earlier"]] == [(UPDATE, "một", None)]


def test_proposals_silence_and_changes_of_the_summary() -> None:
    answer = make_update(make_task(4), answered="đồng ý")
    proposal = next(iter(make_weekly().proposals))
    shown = as_json(weekly.data(make_weekly(proposals=(proposal._replace(answered=answer),)), EN))
    (told,) = shown["proposals"]
    of_proposals = ("update", "is_new", "answered")
    assert promised(told, *of_proposals) == [*TASK, *of_proposals]
    assert (told["is_new"], told["answered"]["answered"]) == (True, "đồng ý")
    assert shown["silent_organisations"] == [
        {
            "organisation": "vd1",
            "title": "Women's Union of Example province 1",
            "tasks": ["3", "4"],
            "last_update": "2024-07-02",
        }
    ]
    extension, revision = shown["plan_changes"]
    assert list(extension) == list(revision) == PLAN_CHANGE
    assert (extension["kind"], extension["task"], extension["nth"], extension["new"]) == (
        "extension", "4", 1, "2024-08-15",
    )  # fmt: skip
    assert (revision["kind"], revision["task"], revision["revision"]) == ("revision", None, 2)


def test_notes_of_the_summary_are_null_unless_asked_for() -> None:
    without, with_them = (as_json(weekly.data(make_weekly(with_notes=asked), VI)) for asked in (False, True))
    assert without["results"][0]["update"]["note"] is None
    assert with_them["results"][0]["update"]["note"] == "ghi chú nội bộ"
    assert "nội bộ" not in dumps(without)


def changed(*parts: PartChange, **change: Any) -> dict[str, Any]:
    """Return the row of a revision with some changes in the sheet of changes."""
    before = factory.make_plan()
    plan_change = make_weekly().plan_changes[0]._replace(parts=parts, before=before, after=before, **change)
    view = make_weekly(deadline_changes=(), plan_changes=(plan_change,))
    (row,) = rows(named(weekly.book(view, EN), "VII. Changes"))
    return row


def test_a_revision_has_its_commit_its_parts_and_whether_the_file_was_committed() -> None:
    part = PartChange("changed", "area", "ND3", Text("Hội thảo"), fields=(FieldChange("short", "a", "b"),))
    row = changed(part, dirty=True)
    assert "git a1b2c3d," in row[EN("column.origin")]
    assert row[EN("column.origin")] != changed(dirty=False)[EN("column.origin")]
    assert "ND3" in row[EN("sheet.changed")]
    assert changed()[EN("sheet.changed")] is None


def test_what_was_said_before_in_the_week_stands_in_a_cell_day_by_day() -> None:
    item = next(iter(make_weekly().results))
    earlier = tuple(
        make_update(item.task, on=f"2024-07-{day}", result=result)
        for day, result in ((16, "hai"), (15, "một"))
    )
    view = make_weekly(results=(item._replace(earlier=earlier),))
    cell = rows(named(weekly.book(view, VI), "I. Kết quả"))[0][VI("sheet.said_too")]
    assert re.fullmatch("16/07/2024: hai.*; 15/07/2024: một.*", cell), cell


def test_the_tasks_are_marked_in_each_section_they_stand_in_and_say_what_is_new() -> None:
    view = make_weekly()
    (sheet,) = [sheet for sheet in weekly.book(view, VI).sheets if sheet.title == "Nhiệm vụ"]
    by_label = {row["Số"]: row for row in rows(sheet)}
    overdue, done, silent = by_label[9], by_label[12], by_label[10]
    marks = ("I. Kết quả trong tuần", "I. Ghi nhận bổ sung", "II. Quá hạn", "IV. Tuần tới", "V. Đề xuất")
    assert [overdue[mark] for mark in marks] == ["x", None, "x", "x", "x"]
    assert [done[mark] for mark in marks] == [None, "x", None, None, None]
    assert [silent[mark] for mark in marks] == [None] * 5
    assert (overdue["Kết quả"], overdue["Việc tiếp theo"]) == ("chờ chốt địa điểm", "gửi giấy mời")
    assert silent["Kết quả"] is None


def test_the_book_says_the_summary_the_rates_and_where_they_come_from() -> None:
    lines = weekly.book(make_weekly(), VI).lines
    assert any(line.startswith("Tóm tắt: hoàn thành 4/17 nhiệm vụ") for line in lines)
    assert any("4/17 (23,5%)" in line for line in lines)
    assert lines[-1].startswith("Nguồn số liệu: kế hoạch bản 2 (git a1b2c3d,")


def test_where_the_figures_come_from_names_the_file_that_is_newer() -> None:
    source = make_weekly().provenance._replace(newer_file="plans/a.yaml")
    assert provenance(make_weekly(provenance=source)) == {
        "plan": "kh-468-2024",
        "revision": 2,
        "git_commit": "a1b2c3d4e5f6",
        "dirty": False,
        "sha256": "0f9e" * 16,
        "known_at": "2024-07-21T17:00:00.000Z",
        "seal": None,
        "faults": [],
        "version": "0.1.0",
        "newer_file": "plans/a.yaml",
    }


def test_the_report_of_a_longer_period_has_other_headings_for_the_same_sheets() -> None:
    view, formatter = make_weekly(), FactFormatter(EN, make_weekly().heading)
    week, longer = (sheets_of(view, formatter, of_week=of_week) for of_week in (True, False))
    assert [[*s.rows] for s in week] == [[*s.rows] for s in longer]
    assert week[1].title != longer[1].title
    assert not any("week" in sheet.title.lower() for sheet in longer)
