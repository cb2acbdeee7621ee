"""The report of a longer period in words: its days to the letter, its sections, its tables."""

import pytest

from plantrack.i18n.words import Words
from plantrack.model.views.report import PeriodReport
from plantrack.model.views.weekly import DeadlineChange
from plantrack.render.formats import render
from plantrack.render.layout.text_width import cell_width
from plantrack.render.views.report import book, data, document
from plantrack.render.views.report_tables import crossing
from tests.support.as_json import as_json
from tests.support.factory_report import DAY, make_report

VI, EN = Words("vi"), Words("en")
NUMBERS = ["I.", "II.", "III.", "IV.", "V.", "VI.", "VII.", "VIII.", "IX.", "X."]


def printed(view: PeriodReport, words: Words = VI, form: str = "plain", width: int = 80) -> str:
    return render(document(view, words), form, words, width=width, colour=False)


def with_changes(*changes: DeadlineChange) -> PeriodReport:
    view = make_report()
    return view._replace(digest=view.digest._replace(deadline_changes=changes, plan_changes=()))


def test_the_header_gives_the_days_of_the_period_to_the_letter() -> None:
    lines = printed(make_report()).split("\n")
    assert lines[:4] == [
        "Tổng hợp tiến độ tháng 7/2024",
        "Kế hoạch số 468/KH-HLHPNVN-UBDT ngày 21/03/2024. Số liệu tính đến hết ngày 21/07/2024.",
        "Kỳ số liệu: từ 22/06/2024 đến hết 21/07/2024 (tháng báo cáo chốt số liệu ngày 21).",
        "SỐ LIỆU VÍ DỤ, không có thật",
    ]
    lines = printed(make_report(calendar="civil"), EN).split("\n")
    assert lines[0] == "Progress report, July 2024"
    assert lines[2] == "Period: 22 Jun 2024 to the end of 21 Jul 2024 (calendar months)."


def test_a_period_that_runs_says_so() -> None:
    text = "Kỳ này đến hết 21/07/2024 mới chốt: số liệu chưa đủ kỳ."
    assert text in printed(make_report(is_closed=False))
    assert text not in printed(make_report())


def test_it_is_no_official_report() -> None:
    text = printed(make_report())
    for sign in ("CỘNG HÒA", "Độc lập", "Số:", "Nơi nhận", "TM.", "/BC-"):
        assert sign not in text


@pytest.mark.parametrize("words", [VI, EN], ids=["vi", "en"])
def test_all_sections_stand_in_their_order(words: Words) -> None:
    headings = [line for line in printed(make_report(), words, "md").split("\n") if line.startswith("## ")]
    assert [heading.split()[1] for heading in headings] == NUMBERS


def test_both_rates_stand_with_their_denominators() -> None:
    text = printed(make_report())
    assert "Hoàn thành 4/17 (23,5%), không tính 1 đã rút; trên số đã đến hạn " in text
    assert "Trong kỳ: hoàn thành 1 nhiệm vụ, mở mới 2." in text


def test_what_was_finished_is_told_once_and_apart_from_what_goes_on() -> None:
    lines = printed(make_report()).split("\n")
    assert "Hoàn thành trong kỳ (1):" in lines
    assert "Đang thực hiện, có kết quả trong kỳ (1):" in lines
    task = "(nhiệm vụ 12, "
    assert sum(task in line for line in lines) == 1
    late = printed(make_report(finished=()))
    assert "- Ghi nhận bổ sung: ND4.2 " in late


def test_overdue_tasks_say_how_often_they_were_extended() -> None:
    line = next(x for x in printed(make_report()).split("\n") if x.startswith("1. ND3.1"))
    assert "quá 21 ngày, đã gia hạn 2 lần. Mới nhất" in line


def test_extensions_corrections_and_other_changes_stand_apart_with_their_days() -> None:
    task = next(iter(make_report().digest.progress.tasks))
    moment = "2024-07-16T02:00:00.000Z"
    text = printed(
        with_changes(
            DeadlineChange(task, "extension", 2, "2024-07-15", "2024-08-15", "2024-07-10", "chờ", moment),
            DeadlineChange(task, "lifting", 0, "2024-07-15", None, "2024-07-11", None, moment),
            DeadlineChange(task, "correction", 0, "2024-07-15", "2024-07-20", None, None, moment),
        )
    )
    assert "VII. Thay đổi thời hạn và kế hoạch (3)\n" in text
    groups = [
        text.index(f"\n{name} (1):")
        for name in (
            "Gia hạn",
            "Thay đổi khác của thời hạn",
            "Sửa, bổ sung thời hạn, tính từ ngày mở nhiệm vụ",
        )
    ]
    assert groups == sorted(groups)
    assert "gia hạn lần 2, 15/07/2024 → 15/08/2024, từ ngày 10/07/2024. Lý do: chờ." in text
    assert "sửa thời hạn, 15/07/2024 → 20/07/2024, ghi ngày 16/07/2024." in text


def test_a_page_of_80_cells_holds_every_table() -> None:
    text = printed(make_report(), form="table", width=80)
    assert max(map(cell_width, text.split("\n"))) <= 80


def test_an_empty_section_says_so() -> None:
    view = make_report(finished=(), going_on=())
    digest = view.digest._replace(late_updates=(), deadline_changes=(), plan_changes=(), difficulties=())
    text = printed(view._replace(digest=digest))
    assert "I. Kết quả thực hiện trong kỳ (hoàn thành 0, đang thực hiện có kết quả 0)\nKhông có." in text
    assert "VII. Thay đổi thời hạn và kế hoạch (0)\nKhông có." in text


def test_notes_are_only_in_it_when_asked_for() -> None:
    view = make_report()
    assert "nội bộ" not in printed(view)
    assert as_json(data(view, VI))["results"][0]["update"]["note"] is None
    shown = view._replace(digest=view.digest._replace(with_notes=True))
    assert "ghi chú nội bộ" in printed(shown)
    assert as_json(data(shown, VI))["results"][0]["update"]["note"] == "ghi chú nội bộ"


def test_json_has_what_a_week_has_and_what_a_period_adds() -> None:
    out = as_json(data(make_report(), EN))
    assert out["period"] == {
        "name": "2024-07", "first_day": "2024-06-22", "last_day": DAY, "calendar": "official", "closing_day": 21,
        "is_closed": True,
    }  # fmt: skip
    assert out["finished"] == ["12"]
    assert [(t["days_late"], t["extensions"]) for t in out["overdue"]] == [(21, 2), (11, 0), (6, 0)]
    assert out["next_period"]["first_day"] == "2024-07-22"
    assert out["deadlines"]["open"]["total"] == 13
    assert out["comparison"]["before"]["counts"]["done"] == 3
    assert out["comparison"]["same_period_last_year"]["counts"] is None
    assert [c["nth"] for c in out["deadline_changes"]] == [1]
    assert out["deadline_corrections"] == []
    assert out["matrix"]["organisations"] == ["hlhpn", None]
    assert out["matrix"]["rows"][0]["cells"][0]["counts"]["total"] == 2
    assert out["indicators"] == []
    assert list(out)[-1] == "provenance"


def test_the_book_has_the_sheets_of_a_week_and_those_of_a_period() -> None:
    for words, week in ((VI, "tuần"), (EN, "week")):
        found = book(make_report(), words)
        titles = [sheet.title for sheet in found.sheets]
        assert len(set(titles)) == len(titles)
        assert found.sheets[found.main].title == words("sheet.tasks")
        headings = [column.heading for sheet in found.sheets for column in sheet.columns]
        assert not [text for text in (*titles, *headings) if week in text.lower()]
        for sheet in found.sheets:
            assert all(len(row) == len(sheet.columns) for row in sheet.rows), sheet.title


def test_the_book_says_what_the_report_says() -> None:
    view = make_report()
    sheets = {sheet.title: sheet for sheet in book(view, VI).sheets}
    crossed = sheets[VI("sheet.report.cross")]
    assert [row[1:] for row in crossed.rows] == [row[1:] for row in crossing(view)]
    compared = sheets[VI("sheet.report.comparison")]
    assert [row[1:6] for row in compared.rows] == [
        ("2024-06-22", DAY, "kh-468-2024", 2, 1),
        ("2024-05-22", "2024-06-21", "kh-468-2024", 4, 1),
    ]
    cells = sum(len(row.cells) for row in view.matrix.rows)
    assert len(sheets[VI("sheet.report.matrix")].rows) == cells
    assert any("22/06/2024" in line for line in book(view, VI).lines)
