"""How well a free text fits: whole words go first, then what was typed with its tones."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.model.search import PART_AS_TYPED, WORDS_AS_TYPED, rank_of
from plantrack.model.text import fold


@pytest.mark.parametrize(
    ("sought", "in_order"),
    [
        ("ánh", ["Lê Ánh", "việc của Anh", "Đánh giá", "danh sách"]),
        ("hóa", ["Hóa đơn", "Hoá đơn", "Khóa", "Khoa"]),
        ("hoa", ["hoa", "Hóa đơn", "khoa", "Khóa"]),
        ("Ðánh", ["Đánh giá", "danh sách"]),
        ("tập huấn", ["Lớp tập huấn", "tap huan", "tập huấnn"]),
        ("h'nhuên", ["Ksor H’Nhuên", "Ksor H’Nhuen"]),
    ],
)
def test_whole_words_come_first_then_typed_tones(sought: str, in_order: list[str]) -> None:
    ranks = [rank_of(sought, [text]) for text in in_order]
    assert None not in ranks
    assert ranks == sorted(ranks, key=lambda rank: rank or 0)
    if sought in ("ánh", "hoa"):
        assert ranks == [0, 1, 2, 3]


def test_what_is_not_there_has_no_rank_and_the_best_of_several_counts() -> None:
    assert rank_of("ánh", ["giám sát", ""]) is None
    assert rank_of("ánh", ["Đánh giá", "Lê Ánh", "giám sát"]) == 0


texts = st.text(max_size=8) | st.lists(
    st.sampled_from(("Hội", "hoi", "thảo", "HỘI", "đánh", "Đ", " ", "-", "á", "\u0301", "3")), max_size=6
).map("".join)


@given(texts, texts, texts)
def test_a_text_is_found_just_where_it_stands_without_tones(sought: str, before: str, after: str) -> None:
    assert rank_of(sought, [f"{before} {sought} {after}"]) is not None
    assert (rank_of(sought, [before]) is None) == (fold(sought) not in fold(before))


@given(texts, st.lists(texts, max_size=4))
def test_the_best_of_several_counts_in_any_order(sought: str, own: list[str]) -> None:
    ranks = [rank for one in own if (rank := rank_of(sought, [one])) is not None]
    assert rank_of(sought, own) == rank_of(sought, own[::-1]) == min(ranks, default=None)


@given(st.text("abcđêơ", min_size=1, max_size=6), st.text("abcđêơ", min_size=1, max_size=4))
def test_a_whole_word_comes_before_a_part_of_one(word: str, rest: str) -> None:
    assert rank_of(word, [f"x {word.upper()}, y"]) == WORDS_AS_TYPED
    assert rank_of(word, [word + rest]) == PART_AS_TYPED
