"""Answers that only say that there is nothing to say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.model.typed.nothing import says_nothing


@pytest.mark.parametrize(
    "text",
    [
        "không", "Không có", "không.", "Chưa có", "Không có khó khăn", "Không vướng mắc", "Chưa phát sinh", "none",
        "Không có khó khăn, vướng mắc", "KHÔNG CÓ KHÓ KHĂN/VƯỚNG MẮC GÌ.", "Không có tồn tại nào cả", "chua co de xuat",
        "Không đề xuất, kiến nghị", "Nothing", "No difficulties",
    ],
)  # fmt: skip
def test_nothing(text: str) -> None:
    assert says_nothing(text)


@pytest.mark.parametrize(
    "text",
    [
        "Không có kinh phí", "Chưa có cán bộ", "Khó khăn", "Không đi được", "Có", "", "Khó khăn: không có gì",
        "Chưa giải ngân", "Không có khó khăn " * 9,
    ],
)  # fmt: skip
def test_something(text: str) -> None:
    assert not says_nothing(text)


@given(st.text())
def test_any_text_is_answered(text: str) -> None:
    assert says_nothing(text) in (True, False)
