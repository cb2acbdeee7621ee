"""The progress table: it fits, it sums, and every number has its tasks."""

import re
from typing import Any

import pytest

from plantrack.i18n.words import Words
from plantrack.model.counting import Counts
from plantrack.model.typed.vietnamese_names import GROUPINGS
from plantrack.model.views.progress import Progress
from plantrack.render.formats import render
from plantrack.render.layout.blocks import Bar, Table, left_out, text_of
from plantrack.render.layout.text_width import cell_width, heading_pieces, plain_heading
from plantrack.render.views.progress import behind, data, document
from tests.support.as_json import as_json
from tests.support.factory import (
    make_counts,
    make_heading,
    make_plan,
    make_progress,
    make_progress_by,
    make_row,
    make_task,
    make_tasks,
)

VI, EN = Words("vi"), Words("en")
BY = tuple(GROUPINGS)


def make_view(by: str) -> Progress:
    return make_progress() if by == "area" else make_progress_by(by)


def printed(
    view: Progress, words: Words = VI, form: str = "plain", width: int = 80, *, explain: bool = False
) -> str:
    return render(document(view, words, explain=explain), form, words, width=width, colour=False)


def table_of(view: Progress, words: Words = VI) -> Table:
    table = document(view, words).blocks[0]
    assert isinstance(table, Table)
    return table


def test_the_table_of_the_example_as_it_looks_on_eighty_columns() -> None:
    assert printed(make_progress(), form="table").split("\n")[:14] == [
        "Tiến độ Kế hoạch số 468/KH-HLHPNVN-UBDT · tính đến hết ngày 21/07/2024",
        "SỐ LIỆU VÍ DỤ, không có thật",
        "                                              Hoàn Đang Chưa      Quá Vướng",
        "ND  Tên nội dung                        Tổng thành   TH   TH Khác hạn   mắc",
        "─" * 80,
        "ND1 Tuyên truyền nâng cao nhận thức        3     1    2    0    0   0     0 █▒▒",
        "ND2 Dự án 8 và bình đẳng giới              5     1    2    1    1   1     1 █▒!·",
        "ND3 Hội thảo và khuyến nghị                2     0    1    1    0   1     0 !·",
        "ND4 Chỉ đạo, theo dõi, đánh giá CTMTQG     2     1    1    0    0   0     0 █▒",
        "ND5 Giám sát, phản biện xã hội             2     0    0    1    1   1     0 !·",
        "ND6 Tổng kết 10 năm Nghị quyết 06          2     1    1    0    0   0     1 █▒",
        "ND7 Sơ kết 2024, xây dựng kế hoạch 2025    2     0    0    2    0   0     0 ··",
        "    Tổng cộng                             18     4    7    5    2   3     2 █▒!·",
        "Không đủ chỗ in cột: Sắp đến hạn, Chưa có hạn, Tỷ lệ HT (xem: --format plain).",
    ]


@pytest.mark.no_cover
@pytest.mark.parametrize("width", [80, 100, 140])
@pytest.mark.parametrize("by", BY)
@pytest.mark.parametrize("words", [VI, EN], ids=["vi", "en"])
def test_every_line_fits_the_page(words: Words, by: str, width: int) -> None:
    lines = printed(make_view(by), words, "table", width, explain=True).split("\n")
    assert max(map(cell_width, lines)) <= width
    assert len(lines) > 10


@pytest.mark.parametrize("by", BY)
def test_every_row_has_a_cell_for_each_column(by: str) -> None:
    table = table_of(make_view(by))
    assert {len(row.cells) for row in table.rows} == {len(table.columns)}


@pytest.mark.parametrize("by", [by for by in BY if by not in ("org", "level")])
def test_the_bar_of_a_row_is_of_its_total(by: str) -> None:
    table = table_of(make_view(by))
    first = next(i for i, column in enumerate(table.columns) if column.heading == "Tổng")
    for row in table.rows:
        bar, total = row.cells[-1], row.cells[first]
        assert isinstance(bar, Bar)
        assert not isinstance(total, Bar)
        assert bar.total == int(text_of(total))


def test_the_rates_stand_under_the_table() -> None:
    lines = printed(make_progress()).split("\n")
    assert any(line.startswith("Hoàn thành 4/17 (23,5%), không tính 1 đã rút;") for line in lines)
    assert "Chưa hoàn thành 13: quá hạn 3, trong hạn 5 (sắp đến hạn 2), chưa có thời hạn 5." in lines
    assert (
        "Khác 2: tạm dừng 1, đã rút 1. Chưa cập nhật từ 14 ngày trở lên: 3. TH: thực hiện; HT: hoàn thành."
        in lines
    )


def test_the_rows_of_areas_sum_to_the_last() -> None:
    *rows, total = table_of(make_progress()).rows
    numbers = [[int(text_of(c)) for c in row.cells[2:11] if not isinstance(c, Bar)] for row in rows]
    assert [sum(column) for column in zip(*numbers, strict=True)] == [18, 4, 7, 5, 2, 3, 2, 5, 2]
    assert [text_of(c) for c in total.cells[2:11] if not isinstance(c, Bar)] == [
        "18",
        "4",
        "7",
        "5",
        "2",
        "3",
        "2",
        "5",
        "2",
    ]


def test_a_wide_page_has_more_columns() -> None:
    narrow, wide = (printed(make_progress(), form="table", width=w) for w in (119, 120))
    assert "Sắp" not in narrow.split("─")[0]
    assert re.search("Sắp đến +Chưa +Vướng +Tỷ lệ", wide.split("─")[0])
    assert "33,3%" in wide
    assert "33,3%" not in narrow


def test_what_is_due_on_the_day_is_said() -> None:
    text = printed(make_progress([make_task(1, due="2024-07-21")]))
    assert "trong hạn 1 (sắp đến hạn 1, trong đó 1 đến hạn đúng ngày 21/07/2024)" in text


def test_the_filter_that_lists_the_overdue_is_printed() -> None:
    assert "Xem: plantrack list qua-han --as-of 21/7/2024\n" in printed(make_progress())
    view = make_progress(filter="area:ND3")
    assert "See: plantrack list overdue area:ND3 --as-of 2024-07-21\n" in printed(view, EN)
    assert "Filter: area:ND3\n" in printed(view, EN)


def test_without_overdue_the_explanation_is_offered() -> None:
    view = make_progress([make_task(1)])._replace(by="month", filter="lead:ubdt")
    assert "plantrack progress --explain --by month lead:ubdt --as-of 21/7/2024\n" in printed(view)


def test_a_flag_of_the_filter_is_not_suggested_twice() -> None:
    see = "See: plantrack list overdue area:ND3 --as-of 2024-07-21\n"
    assert see in printed(make_progress(filter="overdue area:ND3"), EN)
    quoted = make_progress(filter='"is overdue"')
    assert 'See: plantrack list overdue "is overdue" --as-of 2024-07-21\n' in printed(quoted, EN)


def test_a_command_that_is_suggested_gives_the_same_figures() -> None:
    heading = make_heading(one_of_several=True, known_given=True)
    see = "list qua-han --as-of 21/7/2024 --known-at 2024-07-21T17:00:00.000Z --plan kh-468-2024\n"
    assert see in printed(make_progress(heading=heading))
    explained = printed(make_progress([make_task(1)], heading=make_heading(one_of_several=True)), EN)
    assert "progress --explain --as-of 2024-07-21 --plan kh-468-2024\n" in explained
    empty = make_progress([], heading=make_heading(one_of_several=True))
    assert "plantrack add --from-plan --plan kh-468-2024\n" in printed(empty)


def test_what_was_known_is_said_once() -> None:
    text = printed(make_progress(heading=make_heading(known_given=True)))
    assert text.split("\n")[2] == "Chỉ tính những gì đã ghi đến 00:00 ngày 22/07/2024."
    assert "Ghi nhận đến" not in text


@pytest.mark.parametrize("changes", [{"today": "2024-07-22"}, {"known_given": True}])
def test_a_past_without_tasks_is_no_reason_to_make_some(changes: dict[str, Any]) -> None:
    text = printed(make_progress([], heading=make_heading(**changes)))
    assert "Đến hết ngày 21/07/2024 chưa có nhiệm vụ nào.\n" in text
    assert "--from-plan" not in text


@pytest.mark.parametrize("words", [VI, EN], ids=["vi", "en"])
@pytest.mark.parametrize("by", BY)
def test_a_narrow_page_has_few_columns_and_breaks_no_word(by: str, words: Words) -> None:
    view = make_view(by)
    text = printed(view, words, "table", 40)
    assert not re.search("[█▒]", text)
    names = [
        plain_heading(c) + (f" ({c.group})" if c.group else "") for c in left_out(table_of(view, words), 40)
    ]
    said = words("table.left_out", columns=", ".join(names))
    assert said in " ".join(text.split())
    known = set(f"{printed(view, words, 'plain')} {said}".replace("\u00ad", "").split())
    pieces = {p for c in table_of(view, words).columns for p in heading_pieces(c.heading)}
    broken = {word for word in text.split() if word not in known | pieces and "─" not in word}
    assert not broken


def test_no_tasks_at_all() -> None:
    empty = make_progress([])
    assert "plantrack add --from-plan" in printed(empty)
    assert "Hoàn thành 0/0" not in printed(empty)
    assert "Không có nhiệm vụ nào khớp với “overdue”." in printed(empty._replace(filter="overdue"))


def test_lead_and_coordinating_stand_apart() -> None:
    table = table_of(make_progress_by("org"))
    rows = [[text_of(c) for c in row.cells if not isinstance(c, Bar)] for row in table.rows]
    assert [column.group for column in table.columns] == ["", *["Chủ trì"] * 3, *["Phối hợp"] * 3]
    assert rows[1] == ["UBDT", "6", "1", "2", "11", "3", "1"]
    assert rows[3] == ["Chưa có đơn vị chủ trì", "3", "0", "0", "", "", ""]
    # Task 10 is led by two: once in the total.
    assert rows[4] == ["Tổng cộng", "18", "4", "3", "16", "4", "3"]


def test_levels_are_called_by_their_names_and_their_keys_are_those_of_the_plan() -> None:
    view = make_progress_by("level")
    names = [cell for row in table_of(view).rows if not isinstance(cell := row.cells[0], Bar)]
    assert [text_of(name) for name in names] == [
        "Trung ương", "Tỉnh, thành phố", "Chưa có đơn vị chủ trì, hoặc chưa rõ cấp", "Tổng cộng",
    ]  # fmt: skip
    rows = as_json(data(view, EN))["rows"]
    assert [(row["key"], row["title"]) for row in rows] == [
        ("central", "Central"), ("province", "Province"), (None, None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("by", "title"), [("org", "Tiến độ theo đơn vị cấp trên, đã gộp các đơn vị trực thuộc"), ("place", "Tiến độ theo vùng")]
)  # fmt: skip
def test_what_is_rolled_up_is_said_so(by: str, title: str) -> None:
    view = make_progress_by(by)._replace(rolled_up=True, filter="lead:ubdt")
    assert printed(view).startswith(title)
    assert not printed(make_progress_by(by)).startswith(title)
    assert "plantrack list qua-han lead:ubdt" in printed(view)
    calm = make_progress([make_task(1)])._replace(by=by, rolled_up=True)
    assert f"plantrack progress --explain --by {by} --roll-up --as-of" in printed(calm)
    assert as_json(data(view, VI))["rolled_up"] is True


def test_markdown_has_the_same_numbers_and_no_bars() -> None:
    text = printed(make_progress(), form="md")
    assert "| ND2 | Dự án 8 và bình đẳng giới | 5 | 1 | 2 | 1 | 1 | **1** | 0 | 0 | 1 | 25,0% |" in text
    assert not re.search("[█▒]", text)
    assert "**SỐ LIỆU VÍ DỤ, không có thật**" in text


def test_real_data_has_no_label() -> None:
    assert "VÍ DỤ" not in printed(make_progress(heading=make_heading(is_example=False)))


def test_a_plan_without_a_number_is_named_by_its_title() -> None:
    heading = make_heading(plan=make_plan(number=None), known_at=None)
    text = printed(make_progress(heading=heading))
    assert text.startswith("Tiến độ Kế hoạch phối hợp năm 2024 · tính đến hết ngày 21/07/2024\n")
    assert "Ghi nhận" not in text


def test_each_number_is_explained_by_its_tasks() -> None:
    labels = behind(make_tasks(), "2024-07-21")
    counts = make_counts(make_tasks())._asdict()
    assert {name: len(own) for name, own in labels.items()} == counts
    assert labels["open_overdue"] == ["5", "9", "13"]
    text = printed(make_progress(), explain=True)
    assert "ND3 Hội thảo và khuyến nghị\n  - tổng số 2: 9, 10\n" in text
    assert "  - quá hạn 1: 9\n" in text
    assert " 0:" not in text


def test_organisations_are_explained_on_each_side() -> None:
    text = printed(make_progress_by("org"), explain=True)
    assert "  - chủ trì, quá hạn 2: 9, 13\n" in text
    assert "  - phối hợp, quá hạn 1: 5\n" in text


def test_json_has_the_promised_keys() -> None:
    shown = as_json(data(make_progress(), VI))
    assert list(shown) == ["by", "rows", "total", "milestones", "rolled_up"]
    assert list(shown["rows"][0]) == ["key", "title", "counts"]
    assert shown["rows"][0]["title"] == "Tuyên truyền nâng cao nhận thức"
    assert list(shown["total"]) == list(Counts._fields)
    assert shown["total"]["total"] == 18
    explained = as_json(data(make_progress(), VI, explain=True))["rows"][2]
    assert list(explained) == ["key", "title", "counts", "tasks"]
    assert explained["tasks"]["total"] == ["9", "10"]
    assert list(explained["tasks"]) == list(Counts._fields)


def test_json_by_organisation_has_both_sides() -> None:
    rows = as_json(data(make_progress_by("org"), EN, explain=True))["rows"]
    assert list(rows[0]) == ["key", "title", "lead", "coordinating", "tasks"]
    assert list(rows[0]["tasks"]) == ["lead", "coordinating"]
    assert (rows[-1]["key"], rows[-1]["title"]) == (None, None)
    assert (rows[1]["title"], rows[1]["coordinating"]["total"]) == ("CEMA", 11)


def test_json_names_months() -> None:
    rows = as_json(data(make_progress_by("month"), VI))["rows"]
    assert (rows[0]["key"], rows[0]["title"]) == ("2024-06", "Tháng 6/2024")


def test_many_tasks_fit_too() -> None:
    tasks = [make_task(i, "ND1.1", "in_progress") for i in range(1, 1300)] + [
        make_task(2000, "ND1.1", "done")
    ]
    row = make_row("ND1", make_plan().areas[0].short, tasks)
    lines = printed(make_progress(tasks, rows=(row,)), form="table").split("\n")
    assert "1.300" in lines[5]
    assert lines[5].endswith(" █▒▒▒▒▒")
    assert max(map(cell_width, lines)) <= 80
