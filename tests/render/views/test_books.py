"""Books: the same figures as the other forms, each under its own name, and nothing internal unless it was asked for."""

import json
from typing import Any

import pytest

from plantrack.i18n.words import Words
from plantrack.model.counting import Counts
from plantrack.model.plan import Text
from plantrack.render.layout.workbook import Book, Sheet
from plantrack.render.views import list as tasks
from plantrack.render.views import log, org, person, progress, weekly
from tests.render.formats.test_csv import BOOKS
from tests.support import factory
from tests.support.factory_weekly import make_weekly

VI, EN = Words("vi"), Words("en")


def rows(sheet: Sheet) -> list[dict[str, Any]]:
    """Return the rows of a sheet by the headings."""
    headings = [column.heading for column in sheet.columns]
    return [dict(zip(headings, row, strict=True)) for row in sheet.rows]


def everything(book: Book) -> str:
    return json.dumps([sheet.rows for sheet in book.sheets], ensure_ascii=False) + "\n".join(book.lines)


def named(book: Book, title: str) -> Sheet:
    (sheet,) = [sheet for sheet in book.sheets if sheet.title == title]
    return sheet


@pytest.mark.parametrize("by", ["area", "activity", "person", "month"])
def test_the_progress_sheet_has_the_counts_of_json(by: str) -> None:
    view = factory.make_progress() if by == "area" else factory.make_progress_by(by)
    sheet = progress.book(view, VI).sheets[0]
    shown = progress.data(view, VI)
    first = len(sheet.columns) - len(Counts._fields) - 2
    counted = [row[first:-2] for row in sheet.rows]
    assert counted[:-1] == [tuple(row["counts"].values()) for row in shown["rows"]]
    assert counted[-1] == tuple(shown["total"].values())
    assert sheet.has_total
    assert sheet.rows[-1][-2:] == (4 / 17, 3 / 6)


def test_by_organisation_both_sides_are_there() -> None:
    view = factory.make_progress_by("org")
    sheet = progress.book(view, VI).sheets[0]
    shown = progress.data(view, VI)
    for row, own in zip(sheet.rows[:-2], shown["rows"][:-1], strict=True):
        assert row[0] == own["key"]
        assert row[2 : 2 + 19] == tuple(own["lead"].values())
        assert row[2 + 21 : 2 + 40] == tuple(own["coordinating"].values())
    # The row of what nobody leads says nothing of coordination.
    assert sheet.rows[-2][23:] == (None,) * 21


def test_a_rate_of_nothing_is_no_number() -> None:
    sheet = progress.book(factory.make_progress([]), VI).sheets[0]
    assert {row[-2:] for row in sheet.rows} == {(None, None)}


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
    assert sheet.rows[0][0] == "HN-4"


def test_a_list_with_notes_has_the_last_words() -> None:
    task = factory.make_task(9, due="2024-06-30")
    update = factory.make_update(task, result="đã họp", note="nội bộ", told_by="Ví dụ B")
    view = factory.make_list([task], with_notes=True, updates={task.uid: update}, extensions={task.uid: 2})
    row = rows(tasks.book(view, VI).sheets[0])[0]
    said = ("đã họp", "nội bộ", "Ví dụ B", 2)
    assert (
        tuple(row[name] for name in ("Kết quả", "Ghi chú", "Người cung cấp thông tin", "Số lần gia hạn"))
        == said
    )
    assert "nội bộ" not in everything(tasks.book(view._replace(with_notes=False), VI))


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


def test_history_organisations_and_people() -> None:
    (history,) = log.book(factory.make_log(), VI).sheets
    assert len(history.rows) == len(factory.make_log().entries)
    status = next(row for row in rows(history) if row["Trường"] == "Trạng thái")
    assert [status[name] for name in ("Số", "Giá trị cũ", "Giá trị mới", "Cho ngày")] == [
        9, "Chưa thực hiện", "Đang thực hiện", "2024-07-16"
    ]  # fmt: skip
    (organisations,) = org.book(factory.make_org(), VI).sheets
    assert [row["Mã"] for row in rows(organisations)] == ["hlhpn", "ubdt", "vd1"]
    assert [row["Còn hiệu lực"] for row in rows(organisations)] == ["x", "x", None]
    (people,) = person.book(factory.make_person(), VI).sheets
    assert rows(people)[0] == {
        "Họ và tên": "Trần Thị Ánh", "Tên để sắp xếp": None, "Đơn vị": "Hội LHPN Việt Nam", "Chưa xong": 1, "Tổng": 3
    }  # fmt: skip


@pytest.mark.parametrize("name", BOOKS)
def test_a_book_says_what_it_is_of(name: str) -> None:
    for words, label in ((VI, "SỐ LIỆU VÍ DỤ, không có thật"), (EN, "EXAMPLE DATA, not real")):
        book = BOOKS[name](words)
        assert book.label == label
        assert label in book.lines
        assert "468/KH-HLHPNVN-UBDT" in book.lines[0]
        assert any("21/07/2024" in line or "21 Jul 2024" in line for line in (book.title, *book.lines))


def test_the_filter_is_said() -> None:
    book = tasks.book(factory.make_list(filter="overdue lead:ubdt"), VI)
    assert "Bộ lọc: overdue lead:ubdt" in book.lines


def test_titles_are_in_the_language_of_the_book() -> None:
    task = factory.make_task(1, title=Text("Họp\nsơ kết", "Review"))
    view = factory.make_list([task])
    assert tasks.book(view, EN).sheets[0].rows[0][3] == "Review"
    assert tasks.book(view, VI).sheets[0].rows[0][3] == "Họp / sơ kết"
