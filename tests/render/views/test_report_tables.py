"""The tables of a report: finished by deadline, other periods, activities by organisations."""

from plantrack.i18n.words import Words
from plantrack.model.views.report import PeriodReport
from plantrack.render.formats import render
from plantrack.render.views.report import document
from plantrack.render.views.report_tables import crossing
from tests.support.factory_report import make_matrix, make_report

VI, EN = Words("vi"), Words("en")


def printed(view: PeriodReport, words: Words = VI, form: str = "plain", width: int = 80) -> str:
    return render(document(view, words), form, words, width=width, colour=False)


def test_finished_by_deadline_sums_to_the_total() -> None:
    done, in_period, going, dropped, carried, total = crossing(make_report())
    assert (done.total, in_period.total, total.total) == (4, 1, 18)
    assert done.total + going.total + dropped.total + carried.total == total.total
    text = printed(make_report(), form="md")
    assert "| Chưa hoàn thành | 13 |" in text
    assert "| Chuyển tiếp |" not in text


def test_other_periods_stand_side_by_side_and_lacking_ones_are_named() -> None:
    text = printed(make_report(), form="md")
    assert "| Số liệu cuối kỳ | Kỳ này: Tháng 7/2024 | Kỳ trước: Tháng 6/2024 |" in text
    assert "| Hoàn thành / tổng số (không tính đã rút) | 4/17 (23,5%) | 3/10 (30,0%) |" in text
    assert "Cùng kỳ năm trước (Tháng 7/2023): không có số liệu." in text
    other = make_report().last_year._replace(other_filter=True)
    assert "không so sánh được, vì bộ lọc" in printed(make_report(last_year=other))
    assert "Period before" not in printed(make_report(before=None), EN)


def test_the_matrix_is_a_table_or_a_list_where_organisations_are_many() -> None:
    text = printed(make_report(), form="md")
    assert "| ND | Hội LHPN Việt Nam | Chưa có đơn vị chủ trì | Tổng | Hoạt động |" in text or (
        "| ND | Hoạt động | Hội LHPN Việt Nam | Chưa có đơn vị chủ trì | Tổng |" in text
    )
    many = tuple(f"org-{n}" for n in range(9))
    text = printed(make_report(matrix=make_matrix(make_report().digest, many)))
    assert "org-8 " in text
    assert "ND1.1 Tuyên truyền: " in text
