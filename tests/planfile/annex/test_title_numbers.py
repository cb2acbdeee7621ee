"""The numbers before titles: what is one, and of which style."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.planfile.annex.title_numbers import UNNUMBERED, Styles, is_bullet, is_number, split_number


@pytest.mark.parametrize(
    ("text", "number", "rest"),
    [
        ("I. CÔNG TÁC", "I", "CÔNG TÁC"),
        ("II.CÔNG TÁC", "II", "CÔNG TÁC"),
        ("1.2. Việc", "1.2", "Việc"),
        ("1.2 Việc", "1.2", "Việc"),
        ("1/ Việc", "1", "Việc"),
        ("a) việc", "a", "việc"),
        ("- Việc", "-", "Việc"),
        ("Phần I. Việc", "Phần I", "Việc"),
        ("NỘI DUNG 2: Việc", "NỘI DUNG 2", "Việc"),
        *(
            (text, "", text)
            for text in ("10 năm", "3.000 người", "1/6", "T.Ư", "Việc", "", "I", "-5", "2024. Năm")
        ),
    ],
)
def test_numbers_before_titles(text: str, number: str, rest: str) -> None:
    assert split_number(text) == (number, rest)


def test_letters_and_roman_numbers() -> None:
    styles = Styles()
    assert [styles.of(no).key for no in ("I", "V", "A", "H", "I", "i)", "h)", "i)", "1.", "1.1", "-", "ND1")] == [
        *("I", "I", "A", "A", "A", "i", "a", "a", "1", "1.1", "-", "other"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text", ["1", "1.", "1.2.3", "IV", "a)", "đ)", "Phần I", "MỤC TIÊU 3:", "-", "•", "12)"]
)
def test_what_is_only_a_number(text: str) -> None:
    assert is_number(text)


@pytest.mark.parametrize("text", ["", "1 2", "Vụ", "abc", "1,5", "Phần", "--", "1234"])
def test_what_is_more_or_less_than_a_number(text: str) -> None:
    assert not is_number(text)


@pytest.mark.parametrize(
    "outside_in",
    [
        ("I", "1", "1.1", "1.1.1", "a)", "-", "+", "*"),
        ("A", "1.", "a)", "–"),
        ("Phần I", "1", "i)", "-"),
        ("Nội dung 1", "1.1", "b)", "•"),
    ],
)
def test_the_usual_order_of_numbers_is_that_of_their_ranks(outside_in: Sequence[str]) -> None:
    styles = Styles()
    ranks = [styles.of(no).rank for no in outside_in]
    assert ranks == sorted(set(ranks))


def test_only_dashes_dots_and_crosses_are_bullets() -> None:
    assert [no for no in ("-", "–", "+", "•", "", "1", "a", "--", "-+") if is_bullet(no)] == [
        "-",
        "–",
        "+",
        "•",
    ]


def test_a_number_in_a_title_stands_above_those_of_the_column() -> None:
    style = Styles().of("1.")
    assert style.above().rank < style.rank
    assert style.above() != style
    assert Styles().of("  ") is UNNUMBERED


texts = st.text(max_size=12) | st.lists(
    st.sampled_from(("1", ".", " ", "I", "a", ")", "-", "Phần ", "đ", "/", ":", "Việc", "+", "II", "10")),
    max_size=7,
).map("".join)


@given(texts)
def test_a_number_and_the_rest_are_the_text_and_nothing_is_lost(text: str) -> None:
    number, rest = split_number(text)
    assert text.startswith(number)
    assert text.endswith(rest)
    between = text.removeprefix(number).removesuffix(rest)
    assert not any(c.isalnum() for c in between)
    assert (number == "") == (rest == text)
    assert rest or not text
    assert not number or is_number(number)


@given(st.lists(texts, max_size=6))
def test_any_numbers_in_any_order_have_a_style(numbers: list[str]) -> None:
    styles = Styles()
    for number in numbers:
        style = styles.of(number)
        assert (style == UNNUMBERED) == (not number.strip(" .):/("))
        assert style.rank <= UNNUMBERED.rank
