"""Names of filters: what may be one, and which of those that were kept count."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.model.text import match_key
from plantrack.model.views.filter import BUILT_IN, SavedFilter, built_in, new_name, standing_filters
from tests.support.steps import refused


@pytest.mark.parametrize(
    ("typed", "name"),
    [("gấp", "gấp"), ("@gấp", "gấp"), (" viec  gap ", "viec gap"), ("Quý-3", "Quý-3"), ("t9", "t9")],
)
def test_words_and_figures_are_a_name(typed: str, name: str) -> None:
    assert new_name(typed) == name
    assert new_name(unicodedata.normalize("NFD", typed)) == name


def test_a_name_is_typed_as_one_word() -> None:
    assert SavedFilter("lâu quá", ("stale",)).typed == "@lâu-quá"


@pytest.mark.parametrize("typed", ["a:b", "a,b", 'a"b', "-", "@@a", "a/b", "+7d", "a.b"])
def test_other_signs_are_none(typed: str) -> None:
    with refused("filter-name"):
        new_name(typed)


@pytest.mark.parametrize(
    "typed", ["late", "@LATE", "qua han", "Quá-hạn", "qua_han", "mine", "của tôi", "cua-toi"]
)
def test_the_names_of_those_that_everybody_has_are_taken(typed: str) -> None:
    with refused("filter-built-in"):
        new_name(typed)
    assert built_in(typed.removeprefix("@")) in BUILT_IN


@given(st.lists(st.tuples(st.sampled_from(["gấp", "GAP", "g-ap", "lâu"]), st.booleans())))
def test_the_last_word_on_a_name_counts(said: list[tuple[str, bool]]) -> None:
    kept = [
        SavedFilter(name, ("overdue",) if is_there else (), str(n)) for n, (name, is_there) in enumerate(said)
    ]
    last = {match_key(one.name): one for one in kept}
    assert standing_filters(kept) == {key: one for key, one in last.items() if one.terms}
