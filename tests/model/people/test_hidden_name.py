"""Hidden names: kept as hashes, typed as they are printed."""

from hypothesis import given
from hypothesis import strategies as st

from plantrack.i18n.words import LANGUAGES, Words
from plantrack.model.people.hidden_name import HIDDEN, HIDDEN_NAME, as_kept, is_hidden
from plantrack.model.text import unreserved_name
from tests.support.steps import refused

DIGITS = "0123456789abcdef"
HASHES = st.text(DIGITS, min_size=64, max_size=64)
KEPT = HIDDEN + "3f2a91" + "0" * 58


@given(HASHES, st.sampled_from(LANGUAGES), st.sampled_from(["", " (UBDT)", " (2)"]))
def test_what_is_printed_is_typed_again(digits: str, language: str, apart: str) -> None:
    kept = HIDDEN + digits
    shown = Words(language).with_hidden_names(kept + apart)
    assert HIDDEN not in shown
    assert shown.endswith(f"({digits[:6]}){apart}")
    assert is_hidden(kept)
    assert as_kept(shown, ["An", kept]) == kept + apart


@given(st.text())
def test_any_other_name_is_what_it_was(name: str) -> None:
    assert as_kept(name, ["An", KEPT]) in (name, KEPT)
    assert as_kept(name, ["An"]) == name


def test_one_of_two_with_the_same_signs_is_not_guessed() -> None:
    assert as_kept("x (3f2a91)", [KEPT, KEPT[:-1] + "1"]) == "x (3f2a91)"
    assert as_kept("x (3f2a91)", [KEPT, KEPT]) == KEPT


def test_what_only_looks_like_one_is_none() -> None:
    for name in ("hidden:", "hidden:3f2a91", KEPT + "0", KEPT[1:]):
        assert not is_hidden(name)
    assert not HIDDEN_NAME.search("hidden:3f2a91")


def test_one_that_was_cut_off_is_known() -> None:
    assert Words("vi").with_hidden_names(f"thấy: {KEPT[:20]}…") == "thấy: tên đã được ẩn (3f2a91)"


@given(HASHES, st.sampled_from(LANGUAGES), st.sampled_from(["", " (UBDT)", " (2)"]))
def test_what_is_printed_or_kept_is_no_new_name(digits: str, language: str, apart: str) -> None:
    kept = HIDDEN + digits + apart
    for name in (kept, Words(language).with_hidden_names(kept)):
        with refused("name-reserved"):
            unreserved_name(name)
