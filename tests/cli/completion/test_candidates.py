"""Which of what may be typed fits what was typed."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.cli.completion.candidates import MOST, Candidate, Offer, fitting, named, plain, titled
from plantrack.i18n.words import Words
from plantrack.model.text import match_key
from plantrack.model.typed.vietnamese_names import GROUPINGS, STATUS_NAMES

PEOPLE = [Candidate((name,), by_words=True) for name in ("Nguyễn Thị Lan", "Nguyên Văn Lan", "Đỗ Thị Hoa")]


def words_of(offer: Offer) -> list[str]:
    return [word for word, _ in offer.found]


@pytest.mark.parametrize("typed", ["đỗ", "do", "DO", unicodedata.normalize("NFD", "đỗ t"), "hoa", "hóa"])
def test_tones_and_case_do_not_matter_and_a_later_word_finds_a_person(typed: str) -> None:
    assert words_of(fitting(PEOPLE, "to:", typed)) == ["to:Đỗ Thị Hoa"]


def test_what_begins_so_goes_before_what_has_such_a_word() -> None:
    some = [Candidate(("Lan Anh",), by_words=True), *PEOPLE]
    assert words_of(fitting(some, "", "lan")) == ["Lan Anh"]
    assert words_of(fitting(plain(["a b"]), "", "b")) == []


def test_what_was_typed_stays_where_the_words_share_less() -> None:
    assert fitting(PEOPLE, "", "lan").keeps_typed
    assert fitting(PEOPLE, "", "nguyen").keeps_typed
    assert not fitting(PEOPLE, "", "ng").keeps_typed
    assert not fitting(PEOPLE, "", "hoa").keeps_typed
    assert not fitting(plain(["a", "b"]), "", "").keeps_typed


def test_the_name_of_the_readers_language_is_offered_and_either_is_completed() -> None:
    assert words_of(fitting(named(GROUPINGS, Words("vi")), "", "")) == list(GROUPINGS.values())
    assert words_of(fitting(named(GROUPINGS, Words("en")), "", "")) == list(GROUPINGS)
    assert words_of(fitting(named(GROUPINGS, Words("vi")), "", "or")) == ["org"]
    assert words_of(fitting(named(GROUPINGS, Words("en")), "", "don")) == ["don-vi"]
    statuses = named(STATUS_NAMES, Words("vi"), "status")
    assert fitting(statuses, "", "hoan").found == (("hoan-thanh", "Hoàn thành"),)


def test_hostile_titles_are_one_line_and_what_says_the_same_is_not_said_twice() -> None:
    found = fitting(titled([("1", "a\tb\nc\x1b[2J"), ("2", "2")]), "", "").found
    assert found == (("1", "a b c\\x1b[2J"), ("2", ""))


def test_no_more_are_offered_than_help() -> None:
    assert len(fitting(plain(map(str, range(1000))), "", "").found) == MOST


@given(st.lists(st.text()), st.text())
def test_all_that_is_offered_fits(values: list[str], typed: str) -> None:
    found = fitting(plain(values), "x:", typed).found
    assert all(match_key(word[2:]).startswith(match_key(typed)) for word, _ in found)
    assert {word for word, _ in found} <= {f"x:{value}" for value in values}
