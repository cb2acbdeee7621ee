"""Which words a misspelt one may have meant, and how far apart two words are."""

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.model.text import (
    letters_off,
    nearest,
)
from tests.support.tries import tries

FIELDS = ("quá hạn", "sắp đến hạn", "vướng mắc", "overdue", "due-soon", "status", "stale", "start")


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("QUA HAN", ("quá hạn",)),
        ("qua-han", ("quá hạn",)),
        ("vuong", ("vướng mắc",)),
        ("overdeu", ("overdue",)),
        ("due_soon", ("due-soon",)),
        ("sta", ("stale", "start", "status")),
        ("xyz", ()),
        ("", ()),
        ("--", ()),
    ],
)
def test_nearest(word: str, found: tuple[str, ...]) -> None:
    assert nearest(word, FIELDS) == found


def test_exact_comes_before_prefix_before_near_and_nothing_twice() -> None:
    choices = ["tuần trước", "tuan-truoc-nua", "Tuan truoc", "tuan trươc", "tuần trước"]
    assert nearest("tuan truoc", choices, limit=9) == (
        "tuần trước",
        "Tuan truoc",
        "tuan trươc",
        "tuan-truoc-nua",
    )


def test_no_more_than_asked_for() -> None:
    assert len(nearest("nd1", (f"ND1{n}" for n in range(9)), limit=2)) == 2


@pytest.mark.parametrize(
    ("word", "choices"),
    [
        ("finish", ["init", "list", "show"]),
        ("config", ["cron", "plan apply"]),
        ("nd9", ["ND1", "ND2"]),
        ("kh-468-2023", ["kh-468-2024"]),
        ("al", ["an", "el"]),
        ("a", ["add", "assign"]),
    ],
)
def test_what_is_not_near_is_not_offered(word: str, choices: list[str]) -> None:
    assert nearest(word, choices) == ()


def test_the_words_of_a_name_are_near_to_it() -> None:
    names = ["Hội Liên hiệp Phụ nữ Việt Nam", "Hội Nông dân", "Ủy ban Dân tộc"]
    assert nearest("hoi phu nu", names) == ("Hội Liên hiệp Phụ nữ Việt Nam",)
    assert nearest("nu phu", names) == ()


words = st.text("abcđ1 ", max_size=7)


@given(words, words)
@tries(4)
def test_letters_off_is_the_least_number_of_slips(a: str, b: str) -> None:
    off, least = letters_off(a, b), slips(a, b)
    assert off in (None, least)
    assert letters_off(b, a) == off
    same_figures = [c for c in a if c == "1"] == [c for c in b if c == "1"]
    limit = max(max(len(a), len(b)) // 4, 1) if max(len(a), len(b)) > 2 else 0
    assert (off is not None) == (same_figures and least <= limit)


@cache
def slips(a: str, b: str) -> int:
    """Count slips by trying all of them."""
    if not a or not b:
        return len(a) + len(b)
    if a[0] == b[0]:
        return slips(a[1:], b[1:])
    found = [slips(a[1:], b), slips(a, b[1:]), slips(a[1:], b[1:])]
    if a[:2] == b[1::-1] and len(a) > 1 < len(b):
        found.append(slips(a[2:], b[2:]))
    return 1 + min(found)
