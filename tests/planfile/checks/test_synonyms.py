"""What people write for the words that the format has."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.model.text import fold
from plantrack.planfile.checks.synonyms import choice_for, key_for


def test_vietnamese_words_for_keys_and_choices() -> None:
    known = ("lead", "deliverable", "due", "name")
    words = ("Đơn vị chủ trì", "chu tri", "san_pham", "Thời-hạn", "tên", "ghi chú", "", "x" * 1000)
    assert [key_for(word, known) for word in words] == [
        ("lead",), ("lead",), ("deliverable",), ("due",), ("name",), (), (), (),
    ]  # fmt: skip
    assert choice_for("Khẩn cấp", ("low", "urgent")) == ("urgent",)
    assert choice_for("cao", ("central",)) == ()


KEYS = ("number", "date", "year", "name", "short", "title", "code", "areas", "activities", "lead", "coordinating", "time",
        "start", "end", "due", "ongoing", "priority", "deliverable", "budget", "note", "topics")  # fmt: skip


@given(st.text(max_size=25), st.sets(st.sampled_from(KEYS)))
def test_nothing_is_meant_that_cannot_stand_there(word: str, known: set[str]) -> None:
    for meant in (key_for, choice_for):
        found = meant(word, known)
        assert set(found) <= known
        assert len(found) <= 1


@pytest.mark.parametrize(
    "word", ["chủ trì", "Thời hạn", "SẢN PHẨM", "kinh phí", "ghi chú", "lý do", "mức độ ưu tiên"]
)
def test_a_word_is_known_in_any_case_without_tones_and_with_any_sign_between(word: str) -> None:
    known = (*KEYS, "reason")
    meant = key_for(word, known)
    assert meant
    spelt = (
        word.upper(),
        fold(word),
        word.replace(" ", "_"),
        word.replace(" ", "-"),
        unicodedata.normalize("NFD", word),
    )
    assert {key_for(one, known) for one in spelt} == {meant}
