"""Where a free text is found: at the beginning of words; whole words go first, then what was typed with its tones."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.model.search import (
    BEGINNING,
    PART,
    WORDS,
    WORDS_AS_TYPED,
    rank_of,
    words_of,
)
from plantrack.model.text import fold


@pytest.mark.parametrize(
    ("sought", "in_order"),
    [
        ("ánh", ["Lê Ánh", "việc của Anh", "Ánhx", "anhx", "Đánh giá", "danh sách"]),
        ("hóa", ["Hóa đơn", "Hoá đơn", "Khóa", "Khoa"]),
        ("hoa", ["hoa", "Hóa đơn", "hoan nghênh", "hoàn thành", "khoa", "Khóa"]),
        ("Ðánh", ["Đánh giá", "danh sách"]),
        ("tập huấn", ["Lớp tập huấn", "tap huan", "tập huấnn", "tap huann"]),
        ("h'nhuên", ["Ksor H’Nhuên", "Ksor H’Nhuen"]),
        ("cận huyết", ["hôn nhân cận-huyết", "can huyet", "cận huyếtt"]),
    ],
)
def test_whole_words_come_first_then_typed_tones(sought: str, in_order: list[str]) -> None:
    ranks = [rank_of(sought, [text]) for text in in_order]
    assert None not in ranks
    assert ranks == sorted(ranks, key=lambda rank: rank or 0)
    if sought in ("ánh", "hoa"):
        assert ranks == [0, 1, 2, 3, 4, 5]


def test_what_is_not_there_has_no_rank_and_the_best_of_several_counts() -> None:
    assert rank_of("ánh", ["giám sát", ""]) is None
    assert rank_of("ánh", ["Đánh giá", "Lê Ánh", "giám sát"]) == 0
    assert rank_of("%", ["100%"]) is None


def test_only_the_last_word_may_go_on() -> None:
    assert rank_of("tap hu", ["Tập huấn"]) == BEGINNING
    assert rank_of("ta huan", ["Tập huấn"]) is None
    assert rank_of("ap hu", ["Tập huấn"]) == PART


def test_signs_part_words_and_are_no_words() -> None:
    assert words_of(" Đ/c Y-Hội (H’Nhuên)_15/7: “100%” ") == "d c y hoi h nhuen 15 7 100"
    assert rank_of("15-7", ["ngày 15/7"]) == WORDS_AS_TYPED
    assert rank_of("van hop", ["công văn. Họp"]) == WORDS


texts = st.text(max_size=8) | st.lists(
    st.sampled_from(("Hội", "hoi", "thảo", "HỘI", "đánh", "Đ", " ", "-", "á", "\u0301", "3", "_", "%")),
    max_size=6,
).map("".join)


@given(texts, texts, texts)
def test_a_text_is_found_just_where_its_words_stand(sought: str, before: str, after: str) -> None:
    if words_of(sought):
        assert rank_of(sought, [f"{before} {sought} {after}"]) in (WORDS_AS_TYPED, WORDS)
    assert (rank_of(sought, [before]) is None) == (
        not words_of(sought) or words_of(sought) not in words_of(before)
    )


@given(texts)
def test_words_are_letters_and_digits_with_a_space_between(text: str) -> None:
    words = words_of(text)
    assert words_of(words) == words
    assert all(word.isalnum() for word in words.split(" ") if words)
    assert words.replace(" ", "") == "".join(c for c in fold(text) if c.isalnum())


@given(texts, st.lists(texts, max_size=4))
def test_the_best_of_several_counts_in_any_order(sought: str, own: list[str]) -> None:
    ranks = [rank for one in own if (rank := rank_of(sought, [one])) is not None]
    assert rank_of(sought, own) == rank_of(sought, own[::-1]) == min(ranks, default=None)


@given(st.text("abcđêơ", min_size=1, max_size=6), st.text("abcđêơ", min_size=1, max_size=4))
def test_a_whole_word_comes_before_the_beginning_of_one(word: str, rest: str) -> None:
    assert rank_of(word, [f"x {word.upper()}, y"]) == WORDS_AS_TYPED
    assert rank_of(word, [word + rest]) == WORDS_AS_TYPED + 2
