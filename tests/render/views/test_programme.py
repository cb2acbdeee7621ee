"""The years of a programme side by side: the table fits, and it is seen how its total is made."""

import re
from collections.abc import Sequence

import pytest

from plantrack.i18n.words import Words
from plantrack.model.plan import CitedDocument, Text
from plantrack.model.status import Status
from plantrack.model.task import Task
from plantrack.model.views.progress import Programme
from plantrack.render.formats import render
from plantrack.render.layout.text_width import cell_width
from plantrack.render.views.programme import data, document
from tests.support.as_json import as_json
from tests.support.factory import make_plan, make_row, make_table, make_tasks

VI, EN = Words("vi"), Words("en")
_NAMED = CitedDocument(Text("Chương trình phối hợp 2021-2025", "Coordination programme 2021–2025"))


def make_programme(*, named: bool = True, filter_read: str = "") -> Programme:
    """Return two years: of the eighteen tasks of the first, three went on in the second."""
    old = tuple(
        t._replace(status=Status.CARRIED_OVER, deadline_state=None) if t.number < 4 else t
        for t in make_tasks()
    )
    new = tuple(t._replace(uid=f"x{t.uid[1:]}", plan="kh-2025") for t in make_tasks()[:3])
    first = make_plan(programme=_NAMED if named else None)
    plans = (first, make_plan(id="kh-2025", year=2025, number=None))
    rows = tuple(make_row(p.id, p.title, tasks) for p, tasks in zip(plans, (old, new), strict=True))
    once = (*old[3:], *new)
    view = make_table("programme", rows, once, plan=first)._replace(filter=filter_read)
    return Programme(view, plans, 3)


def alone(tasks: Sequence[Task], *, named: bool) -> Programme:
    """Return a programme of one year."""
    view = make_programme(named=named)
    plan = view.plans[0]
    rows = (make_row(plan.id, plan.title, tasks),)
    progress = view.progress._replace(rows=rows, total_row=make_row(None, None, tasks))
    return Programme(progress, (plan,), 0)


def printed(
    view: Programme, words: Words = VI, form: str = "plain", width: int = 80, *, explain: bool = False
) -> str:
    return render(document(view, words, explain=explain), form, words, width=width, colour=False)


def numbers(line: str) -> list[int]:
    """Return the numbers of a row, without its year."""
    return [int(n) for n in re.findall(r"(?<= )\d+(?= )", line)]


def test_the_table_on_eighty_columns() -> None:
    assert printed(make_programme(), form="table").split("\n")[:10] == [
        "Tiến độ các năm của chương trình",
        "Chương trình phối hợp 2021-2025, đến hết ngày 21/07/2024",
        "SỐ LIỆU VÍ DỤ, không có thật",
        "                               Hoàn Đang Chưa      Chuyển Quá Vướng Tỷ lệ",
        " Năm Kế hoạch            Tổng thành   TH   TH Khác   tiếp hạn   mắc    HT",
        "─" * 73,
        "2024 468/KH-HLHPNVN-UBDT   18     3    5    5    2      3   3     2 17,6%",
        "     kh-468-2024",
        "2025 kh-2025                3     1    2    0    0      0   0     0 33,3%",
        "     Tổng cộng             18     4    7    5    2      0   3     2 23,5%",
    ]


@pytest.mark.parametrize("words", [VI, EN], ids=["vi", "en"])
def test_statuses_sum_to_the_total_in_every_row(words: Words) -> None:
    lines = printed(make_programme(), words, "table").split("\n")
    for line in (lines[6], lines[8], lines[9]):
        total, *statuses = numbers(line)[:6]
        assert sum(statuses) == total, line


@pytest.mark.parametrize("width", [60, 80, 140])
@pytest.mark.parametrize("words", [VI, EN], ids=["vi", "en"])
def test_the_table_fits(width: int, words: Words) -> None:
    for line in printed(make_programme(), words, "table", width).split("\n"):
        assert cell_width(line) <= width, line


def test_how_the_total_is_made_is_said() -> None:
    assert "Tổng cộng 18 = 21 của các hàng trừ 3 đã chuyển tiếp" in printed(make_programme())
    assert "Total 18 = 21 in the rows less 3 carried over" in printed(make_programme(), EN)
    assert "Tổng cộng 18: bằng tổng các hàng." in printed(alone(make_tasks(), named=True))


def test_a_plan_that_names_no_programme_says_so() -> None:
    assert "kh-468-2024 không ghi thuộc chương trình nào" in printed(alone(make_tasks(), named=False))
    assert "không ghi thuộc chương trình nào" not in printed(alone(make_tasks(), named=True))


def test_nothing_that_passes_the_filter_is_said() -> None:
    view = alone((), named=True)
    text = printed(view._replace(progress=view.progress._replace(filter="overdue")))
    assert "overdue" in text
    assert "Tổng cộng 0" not in text


def test_rows_of_work_that_went_on_are_no_empty_answer() -> None:
    view = make_programme(filter_read="status:carried_over")
    old = [*view.progress.rows[0].tasks][:3]
    rows = (make_row("kh-468-2024", view.plans[0].title, old), make_row("kh-2025", view.plans[1].title, ()))
    progress = view.progress._replace(rows=rows, total_row=make_row(None, None, ()))
    text = printed(view._replace(progress=progress), EN)
    assert "Total 0 = 3 in the rows less 3 carried over" in text
    assert "No task matches" not in text


def test_the_tasks_behind_each_number_stand_under_their_plan() -> None:
    text = printed(make_programme(), explain=True)
    assert re.search(r"kh-2025 .*\n  - tổng số 3: 1, 2, 3\n", text)
    assert "chuyển tiếp 3: 1, 2, 3" in text


def test_markdown_has_the_rows_too() -> None:
    text = printed(make_programme(), form="md")
    assert "| 2025 | kh-2025 | 3 |" in text


def test_json() -> None:
    shown = as_json(data(make_programme(), EN))
    assert list(shown) == ["by", "rows", "total", "carried_on"]
    assert (shown["by"], shown["total"]["total"], shown["carried_on"]) == ("programme", 18, 3)
    assert [list(row) for row in shown["rows"]] == [["key", "title", "year", "number", "counts"]] * 2
    assert shown["rows"][0]["title"] == "Coordination plan 2024"
    assert [row["counts"]["total"] for row in shown["rows"]] == [18, 3]
    explained = as_json(data(make_programme(), EN, explain=True))["rows"][1]
    assert explained["tasks"]["total"] == ["1", "2", "3"]
