"""The order in which people expect Vietnamese names, codes and other texts."""

import unicodedata
from itertools import pairwise
from pathlib import Path
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from plantrack.model.text import (
    natural_key,
    vi_key,
)
from tests.support.vietnamese import nfd, vietnamese

#: The provinces of 2024 in the order of CLDR `vi`.
ATLAS = (
    "An Giang, Bà Rịa - Vũng Tàu, Bạc Liêu, Bắc Giang, Bắc Kạn, Bắc Ninh, Bến Tre, Bình Dương, "
    "Bình Định, Bình Phước, Bình Thuận, Cà Mau, Cao Bằng, Cần Thơ, Đà Nẵng, Đắk Lắk, Đắk Nông, "
    "Điện Biên, Đồng Nai, Đồng Tháp, Gia Lai, Hà Giang, Hà Nam, Hà Nội, Hà Tĩnh, Hải Dương, "
    "Hải Phòng, Hậu Giang, Hòa Bình, Hưng Yên, Khánh Hòa, Kiên Giang, Kon Tum, Lai Châu, "
    "Lạng Sơn, Lào Cai, Lâm Đồng, Long An, Nam Định, Nghệ An, Ninh Bình, Ninh Thuận, Phú Thọ, "
    "Phú Yên, Quảng Bình, Quảng Nam, Quảng Ngãi, Quảng Ninh, Quảng Trị, Sóc Trăng, Sơn La, "
    "Tây Ninh, Thái Bình, Thái Nguyên, Thanh Hóa, Thành phố Hồ Chí Minh, Thừa Thiên Huế, "
    "Tiền Giang, Trà Vinh, Tuyên Quang, Vĩnh Long, Vĩnh Phúc, Yên Bái"
)


PROVINCES = ATLAS.split(", ")


def mixed(items: list[str]) -> list[str]:
    """Return the items in another order, the same in every run."""
    return Random(468).sample(items, len(items))


def test_the_provinces_sort_as_in_an_atlas() -> None:
    assert len(set(PROVINCES)) == 63
    assert sorted(mixed(PROVINCES), key=vi_key) == PROVINCES
    assert sorted(map(nfd, PROVINCES), key=vi_key) == list(map(nfd, PROVINCES))


def test_letters_then_tones_then_case() -> None:
    assert sorted(["Hoa Lư", "Hòa Bình", "Hoà Bình"], key=vi_key) == [
        "Hoà Bình",
        "Hòa Bình",
        "Hoa Lư",
    ]
    tones = ["ma", "Ma", "mà", "mả", "mã", "má", "mạ", "mẹ"]
    assert sorted(mixed(tones), key=vi_key) == tones


def test_names_of_the_highlands_sort_as_icu_sorts_them() -> None:
    lines = Path(__file__).with_name("highland_names.txt").read_text(encoding="utf-8").splitlines()
    names = [line for line in lines if not line.startswith("#")]
    assert len(set(names)) == 68
    assert sorted(mixed(names), key=vi_key) == names
    assert sorted(map(nfd, mixed(names)), key=vi_key) == list(map(nfd, names))


ALPHABET = "aăâbƀcdđeêfghijklmnoôơpqrstuưvwxyz"


TONES = "\u0300\u0309\u0303\u0301\u0323"


OTHER_MARKS = "\u0306\u030c\u0308\u0307"


letters = st.sampled_from(ALPHABET)
words = st.text(ALPHABET + TONES + " ", max_size=6)


def is_mark_of_its_own(letter: str, mark: str) -> bool:
    """Return whether a mark makes no other letter of the alphabet."""
    return unicodedata.normalize("NFC", letter + mark) not in ALPHABET


@given(letters, st.sampled_from(TONES + OTHER_MARKS), words, words)
def test_a_marked_letter_comes_after_its_own_and_before_the_next(
    letter: str, mark: str, rest: str, other: str
) -> None:
    if letter == "z" or not is_mark_of_its_own(letter, mark):
        return
    following = ALPHABET[ALPHABET.index(letter) + 1]
    rest, other = f".{rest}", f".{other}"  # so that no mark of theirs joins the letter
    assert vi_key(letter + rest) < vi_key(letter + mark + rest) < vi_key(following + other)


@given(letters, st.sampled_from(TONES), st.sampled_from(OTHER_MARKS), words)
def test_other_marks_weigh_after_the_tones(letter: str, tone: str, mark: str, rest: str) -> None:
    if is_mark_of_its_own(letter, mark):
        assert vi_key(f"{letter}{tone}.{rest}") < vi_key(f"{letter}{mark}.{rest}")


@given(words, words, st.sampled_from(TONES + OTHER_MARKS))
def test_letters_go_before_marks_and_marks_before_case(head: str, tail: str, mark: str) -> None:
    assert vi_key(f"x{mark}{head}a{tail}") < vi_key(f"x{head}b{tail}")
    assert vi_key(f"X.{head}") < vi_key(f"x{mark}.{head}")


@given(vietnamese)
def test_the_order_is_blind_to_the_form(text: str) -> None:
    assert vi_key(text) == vi_key(nfd(text))


@given(st.lists(st.text(), unique_by=lambda s: unicodedata.normalize("NFC", s)))
def test_the_order_is_total(texts: list[str]) -> None:
    keys = sorted(map(vi_key, texts))
    assert all(a < b for a, b in pairwise(keys))


def test_codes_sort_by_their_numbers() -> None:
    codes = ["1", "2", "10", "HN-4", "HN-12", "ND2", "ND3", "ND3.2", "ND3.10", "nd4", "ND10"]
    assert sorted(mixed(codes), key=natural_key) == codes


def test_a_code_with_a_number_of_any_size_has_a_key() -> None:
    assert natural_key("ND" + "9" * 5000) > natural_key("ND" + "8" * 5000)


@given(st.text())
def test_a_natural_key_never_fails(code: str) -> None:
    assert natural_key(code) == natural_key(code)
