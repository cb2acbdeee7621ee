"""What stands above the table: title, number and day of the plan."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.model.days import valid_day
from plantrack.planfile.annex.title_block import read_block


@pytest.mark.parametrize(
    ("lines", "title", "number", "date"),
    [
        (("PHỤ LỤC", "PHÂN CÔNG VÍ DỤ", "(Kèm theo Kế hoạch số 9/KH-VD ngày 5/3/2024)"), "PHÂN CÔNG VÍ DỤ", "9/KH-VD", "2024-03-05"),
        (("Số: 9 /KH-VD", "Hà Nội, ngày 05 tháng 3 năm 2024", "KẾ HOẠCH", "Phối hợp ví dụ", "Căn cứ …"),
         "KẾ HOẠCH Phối hợp ví dụ", "9/KH-VD", "2024-03-05"),
        (("Kế hoạch ví dụ năm 2024",), "Kế hoạch ví dụ năm 2024", None, None),
        (("Số: /KH-VD", "Hà Nội, ngày … tháng … năm 2024"), None, None, None),
        (("Căn cứ Kế hoạch số 7/KH-KHAC ngày 01/02/2024 của ví dụ;", "Kế hoạch này nêu ví dụ."), None, None, None),
        (("Hà Nội, ngày 31 tháng 02 năm 2024",), None, None, None),
        ((), None, None, None),
    ],
)  # fmt: skip
def test_the_block_above(
    lines: Sequence[str], title: str | None, number: str | None, date: str | None
) -> None:
    block = read_block(lines)
    assert (block.title, block.number, block.date) == (title, number, date)


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (("PHỤ LỤC I", "BẢNG PHÂN CÔNG NHIỆM VỤ"), "BẢNG PHÂN CÔNG NHIỆM VỤ"),
        (("KẾ HOẠCH", "PHỐI HỢP CÔNG TÁC", "NĂM 2024", "(Dự thảo)"), "KẾ HOẠCH PHỐI HỢP CÔNG TÁC NĂM 2024"),
        (("KẾ HOẠCH MỘT", *["Chữ."] * 20, "KẾ HOẠCH HAI"), "KẾ HOẠCH HAI"),
        (("Kế hoạch ví dụ", *["Chữ."] * 20), None),  # not in capitals, and far from the table
        (("Kế hoạch này gồm:",), None),
        (("KẾ HOẠCH", "A" * 500), None),
        (("PHỤ LỤC 2",), None),
    ],
)
def test_where_a_title_begins_and_ends(lines: Sequence[str], title: str | None) -> None:
    assert read_block(lines).title == title


def test_the_annex_says_best_which_plan_it_belongs_to() -> None:
    letterhead = ("Số: 1/KH-A", "Hà Nội, ngày 1 tháng 2 năm 2024")
    own = "(Kèm theo Kế hoạch số 2/KH-B ngày 3/4/2024)"
    block = read_block((*letterhead, own))
    assert (block.number, block.date) == ("2/KH-B", "2024-04-03")
    assert block.number_line == block.date_line == own
    block = read_block(letterhead)
    assert (block.number_line, block.date_line) == letterhead


pieces = st.sampled_from(
    ("Kèm theo Kế hoạch số 9/KH-VD ngày 5/3/2024", "Số: 9 /KH-VD", "KẾ HOẠCH", "Hà Nội, ngày 31 tháng 2 năm 2024",
     "Phụ lục", "ngày 1.1.0000", "", "số: 7/Đ", "VÍ DỤ", "kế hoạch " * 60)
) | st.text(max_size=20)  # fmt: skip


@given(st.lists(pieces, max_size=8))
def test_what_is_found_stands_in_the_lines_it_is_said_to_be_from(lines: list[str]) -> None:
    block = read_block(lines)
    for value, line in ((block.number, block.number_line), (block.date, block.date_line)):
        assert (value is None) == (line is None)
        assert line is None or line in lines
    if block.number and block.number_line:
        assert block.number in "".join(block.number_line.split())
    assert block.date is None or valid_day(block.date)
    assert block.title is None or all(word in " ".join(lines) for word in block.title.split())
