"""Names like another one: the index finds those that looking at each would, in their order, whenever they came."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.model.people.name_index import NameIndex, is_part, resembles
from plantrack.model.text import person_key

WORDS = st.sampled_from(
    [
        "Lan",
        "lân",
        "LAN",
        "Lê",
        "Le",
        "Thị",
        "thi",
        "Y-Bhiu",
        "Bhiu",
        "Đào",
        "Ðào",
        "Dao",
        "a",
        "b",
        "ab",
        "2",
        "3",
        "(UBDT)",
    ]
)
TYPED = st.lists(WORDS, min_size=1, max_size=4).map(" ".join) | st.text(
    "aâbáĐđ-_’' 12\u0301", min_size=1, max_size=8
)


@pytest.mark.parametrize(
    ("name", "whole", "part"),
    [
        ("ánh", "Lê Thị Ánh", True),
        ("anh", "Lê Thị Ánh", True),
        ("le anh", "Lê Thị Ánh", True),
        ("Ạnh", "Lê Thị Ánh", False),
        ("ánh lê", "Lê Thị Ánh", False),
        ("án", "Lê Thị Ánh", False),
        ("le thi anh", "Lê Thị Ánh", False),
        ("Lê Thị Ánh", "Lê Thị Ánh (UBDT)", True),
    ],
)
def test_a_part_of_a_name_is_whole_words_of_it(name: str, whole: str, part: bool) -> None:
    assert is_part(name, whole) is part


def test_names_resemble_by_tones_a_letter_or_length() -> None:
    known = NameIndex(["Lê Thị Ánh", "Lê Thị Oanh", "Lê Anh", "Lê Thị Hoa", "Ksor H’Nhuên"])
    assert known.resembling("Lê Thi Anh") == ["Lê Thị Ánh", "Lê Thị Oanh", "Lê Anh"]
    assert known.resembling("Lê Thị Ánh") == ["Lê Thị Oanh", "Lê Anh"]
    assert known.resembling("Trần Thị Hoa") == []


@given(st.lists(TYPED, unique=True, max_size=12), st.lists(TYPED, unique=True, max_size=6), TYPED)
def test_the_index_finds_whom_looking_at_each_would(first: list[str], later: list[str], typed: str) -> None:
    index, known = NameIndex(first), [*first]
    for name in (None, *(name for name in later if name not in first)):
        if name is not None:
            index.add(name)
            known.append(name)
        assert index.names == known
        for one in (typed, unicodedata.normalize("NFD", typed), *first[:2]):
            same = next((k for k in known if person_key(k) == person_key(one)), None)
            assert index.same(one) == (one if one in known else same)
            assert index.longer(one) == [k for k in known if is_part(one, k)]
            assert index.resembling(one) == [k for k in known if resembles(one, k)]
