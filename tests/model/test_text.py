"""Text: what the door lets in, what search compares, how people expect it sorted."""

import hashlib
import unicodedata
from functools import cache
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from plantrack.errors import Failure
from plantrack.model.text import (
    clean_line,
    clean_text,
    fingerprint,
    fold,
    letters_off,
    natural_key,
    nearest,
    nfc,
    person_key,
    person_name,
    toned,
    vi_key,
    visible,
)

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

LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxyfjwzƀčñĭŏŭĕAĂÂĐÊÔƠƯƁ"
MARKS = "\u0300\u0301\u0303\u0306\u0309\u0323\u031b"
vietnamese = st.text(LETTERS + MARKS + " '’‘-–\u00a00123456789.")


def code_of(call: object, *args: object, **named: object) -> tuple[str, dict[str, object]]:
    """Return the code and the parameters a call fails with."""
    assert callable(call)
    with pytest.raises(Failure) as caught:
        call(*args, **named)
    return caught.value.code, caught.value.params


def nfd(s: str) -> str:
    """Return what a macOS file name or some PDFs hold."""
    return unicodedata.normalize("NFD", s)


def mixed(items: list[str]) -> list[str]:
    """Return the items in another order, the same in every run."""
    return Random(468).sample(items, len(items))


# The door.


def test_a_line_becomes_nfc_with_plain_single_spaces() -> None:
    typed = "\ufeff  " + nfd("Uỷ\u00a0ban") + "\u200b \u2003 Dân\u202ftộc "
    assert clean_line(typed, what="title") == "Uỷ ban Dân tộc"


def test_highland_letters_without_a_precomposed_form_stay() -> None:
    name = "H’Nghĭa Ê\u0306ban Ƀlơ\u0306"
    assert clean_line(nfd(name), what="person") == name


def test_a_soft_hyphen_stays_because_tcvn3_has_a_letter_there() -> None:
    assert nfc("th\u00ad") == "th\u00ad"


@pytest.mark.parametrize(
    ("typed", "character"),
    [
        ("a\x1b[31mb", "U+001B"),
        ("a\x00b", "U+0000"),
        ("a\nb", "U+000A"),
        ("a\r\nb", "U+000D"),
        ("a\tb", "U+0009"),
        ("a\x85b", "U+0085"),
        ("a\u2028b", "U+2028"),
        ("a\u202eb", "U+202E"),
        ("a\u2066b", "U+2066"),
    ],
)
def test_a_line_refuses_control_characters(typed: str, character: str) -> None:
    told = ("text-control", {"what": "title", "character": character})
    assert code_of(clean_line, typed, what="title") == told


@pytest.mark.parametrize("clean", [clean_line, clean_text])
def test_arguments_that_were_not_utf8_are_refused(clean: object) -> None:
    typed = b"\xd0\xe1n".decode("utf-8", "surrogateescape")
    assert code_of(clean, typed, what="note") == ("text-not-utf8", {"what": "note"})


@pytest.mark.parametrize("clean", [clean_line, clean_text])
@pytest.mark.parametrize("typed", ["", "   ", "\u00a0\u200b\ufeff"])
def test_nothing_is_refused(clean: object, typed: str) -> None:
    assert code_of(clean, typed, what="title") == ("text-empty", {"what": "title"})


def test_the_limit_counts_what_would_be_kept() -> None:
    assert clean_line(f"  {nfd('ế' * 10)}  ", what="title", limit=10) == "ế" * 10
    told = ("text-too-long", {"what": "title", "length": 11, "limit": 10})
    assert code_of(clean_line, "ế" * 11, what="title", limit=10) == told


def test_a_text_keeps_its_lines_and_indents() -> None:
    typed = "\r\n- một \r\n  - hai\r\rba\u2028bốn\t5 \n\n"
    assert clean_text(typed, what="note") == "- một\n  - hai\n\nba\nbốn\t5"


def test_a_text_refuses_escapes() -> None:
    told = ("text-control", {"what": "note", "character": "U+001B"})
    assert code_of(clean_text, "a\n\x1b]8;;b", what="note") == told


@given(st.text())
def test_cleaning_twice_is_cleaning_once(typed: str) -> None:
    try:
        line = clean_line(typed, what="title")
    except Failure as failure:
        assert failure.code.startswith("text-")
        return
    assert clean_line(line, what="title") == line
    assert unicodedata.is_normalized("NFC", line)


@given(st.text())
def test_nfc_is_stable(typed: str) -> None:
    assert nfc(nfc(typed)) == nfc(typed)


def test_people_with_any_apostrophe_are_one() -> None:
    spellings = ["Ksor H’Nhuên", "Ksor H'Nhuên", "Ksor  HʼNhuên", "Ksor H`Nhuên", "Ksor H´Nhuên"]
    assert {person_name(nfd(s)) for s in spellings} == {"Ksor H’Nhuên"}


def test_people_with_other_tones_or_case_are_others() -> None:
    assert len({person_name(s) for s in ("Lê Văn Tú", "Lê Văn Tư", "Lê Văn Tu", "lê văn tú")}) == 4


def test_letter_case_and_signs_like_d_make_no_other_person() -> None:
    assert len({person_key(s) for s in ("Đinh Văn Tú", "đinh văn TÚ", "Ðinh Văn Tú", "ɖinh văn tú")}) == 1
    assert len({person_key(s) for s in ("Lê Văn Tú", "Lê Văn Tư", "Lê Văn Tu")}) == 3


def test_a_persons_name_says_what_it_is_when_empty() -> None:
    assert code_of(person_name, " ") == ("text-empty", {"what": "person"})


@pytest.mark.parametrize(
    ("text", "shown"),
    [("a\x1b[31m", "a\\x1b[31m"), ("a\u202eb", "a\\u202eb"), ("a\udcd0", "a\\udcd0"), ("é’", "é’")],
)
def test_what_cannot_be_seen_is_shown_as_an_escape(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_long_text_is_shortened_where_asked() -> None:
    assert visible("x" * 61, limit=60) == "x" * 59 + "…"
    assert visible("x" * 60, limit=60) == "x" * 60


# Search.


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Ksor H’Nhuên", "ksor h'nhuen"),
        ("Đắk Lắk", "dak lak"),
        ("Đăk  Lăk", "dak lak"),
        ("Uỷ ban", "uy ban"),
        ("Ủy ban", "uy ban"),
        ("ĐỀ ÁN", "de an"),
        ("2021–2025", "2021-2025"),
        ("Ƀlơ\u0306 ƀ", "blo b"),
        ("Ðánh giá ÐẮK ðề Ɖề ɖề", "danh gia dak de de de"),
    ],
)
def test_fold(text: str, key: str) -> None:
    assert fold(text) == fold(nfd(text)) == key


@given(st.one_of(st.text(), vietnamese))
@example("ŉ \u1fef \u1ffd İ ß")
def test_fold_is_idempotent_and_blind_to_the_form(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert fold(unicodedata.normalize("NFC", text)) == fold(nfd(text)) == fold(text)


def field_fold(s: str) -> str:
    """Fold as `domain.md` 3.3 has it."""
    marks = str.maketrans("đĐƀɃƁ’‘ʼ`´\u00a0–—", "dDbBb''''' --")
    s = unicodedata.normalize("NFD", s.translate(marks))
    return " ".join("".join(c for c in s if unicodedata.category(c) != "Mn").casefold().split())


@given(vietnamese)
def test_fold_is_the_one_of_the_field(text: str) -> None:
    assert fold(text) == field_fold(text)


@given(vietnamese)
def test_toned_is_finer_than_fold_and_stable(text: str) -> None:
    assert fold(toned(text)) == fold(text)
    assert toned(toned(text)) == toned(text) == toned(nfd(text)) == toned(text.upper())


def test_toned_knows_both_spellings_and_keeps_the_tones() -> None:
    for new, old in (
        ("Uỷ ban", "ủy ban"),
        ("HOÁ", "hóa"),
        ("khoẻ", "khỏe"),
        ("thuỵ", "thụy"),
        ("H'Nhuên", "h’nhuên"),
    ):
        assert toned(new) == toned(old)
    for word in ("quý", "quỹ", "hoàn", "khoái", "huỳnh"):
        assert toned(word) == word
    assert len({toned(s) for s in ("ma", "mà", "má", "mạ", "mă", "mâ")}) == 6


# Order.


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


# Nearest words.

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
@settings(max_examples=200)
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


def test_line_ends_make_no_other_text() -> None:
    sha256 = hashlib.sha256(b"a\nb\n\nc\n").hexdigest()
    assert {fingerprint(text) for text in (b"a\nb\n\nc\n", b"a\r\nb\r\n\r\nc\r\n", b"a\rb\r\rc\r")} == {
        sha256
    }
    assert fingerprint(b"a\nb\nc\n") != sha256
