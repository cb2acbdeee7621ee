"""Whether a text names somebody."""

import pytest

from plantrack.model.people.name_in_text import NamesInText

CASES = [
    ("Nguyễn Thị Hoà", "gọi nguyễn thị hòa hôm qua", True),
    ("Nguyễn Thị Hoà", "chị Nguyen Thi Hoa, văn thư", True),
    ("Nguyễn Thị Hoà", "(NGUYỄN THỊ HOÀ)", True),
    ("Nguyễn Thị Hoà", "Nguyễn Thị Hoàng", False),
    ("Nguyễn Thị Hoà", "Nguyễn thị trấn Hoà", False),
    ("Hoà", "chị Hòa.", True),
    ("Hoà", "chị Hoa", True),
    ("Hoa", "văn hóa", False),
    ("Hoa", "tặng hoa", True),
    ("hoa.nt@vi-du.vn", "thư tới HOA.NT@vi-du.vn", True),
    ("", "gì", False),
]


@pytest.mark.parametrize(("name", "text", "is_in"), CASES)
def test_a_name_is_found_by_its_words(name: str, text: str, is_in: bool) -> None:
    assert NamesInText([name]).are_in(text) is is_in


def test_any_of_several_names_is_enough() -> None:
    names = NamesInText(["Lê An", "Bình"])
    assert [names.are_in(text) for text in ("le an", "bình", "lê bích")] == [True, True, False]
