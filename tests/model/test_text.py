"""Text: what the door lets in, what search compares, how people expect it sorted."""

import hashlib
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from plantrack.errors import Failure
from plantrack.model.text import (
    clean_line,
    clean_text,
    fingerprint,
    fold,
    nfc,
    person_key,
    person_name,
    toned,
    visible,
    without_account,
)
from tests.support.vietnamese import nfd, vietnamese


def code_of(call: object, *args: object, **named: object) -> tuple[str, dict[str, object]]:
    """Return the code and the parameters a call fails with."""
    assert callable(call)
    with pytest.raises(Failure) as caught:
        call(*args, **named)
    return caught.value.code, caught.value.params


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


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("smtp://a:bí-mật@h:25/x", "smtp://***@h:25/x"),
        ("PostgreSQL://a:b%40c@h and smtps://u:p@h", "PostgreSQL://***@h and smtps://***@h"),
        ("/srv/w/postgresql:/a:b@h/db", "/srv/w/postgresql:/***@h/db"),
        ("postgres:a:b@h", "postgres:***@h"),
        ("smtp://a:b:c/d@h", "smtp://***@h"),
        ("host=h password=x y", "host=h password=*** y"),
        ("https://example.org:8080/a", "https://example.org:8080/a"),
        ("lead:ubdt a@example.org", "lead:ubdt a@example.org"),
    ],
)
def test_no_address_shows_how_to_sign_in(text: str, shown: str) -> None:
    assert without_account(text) == shown


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


def test_line_ends_make_no_other_text() -> None:
    sha256 = hashlib.sha256(b"a\nb\n\nc\n").hexdigest()
    assert {fingerprint(text) for text in (b"a\nb\n\nc\n", b"a\r\nb\r\n\r\nc\r\n", b"a\rb\r\rc\r")} == {
        sha256
    }
    assert fingerprint(b"a\nb\nc\n") != sha256
