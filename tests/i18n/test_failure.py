"""A failure in words: the sentence that says what is wrong, and the hint that says what to do."""

import re
from collections.abc import Callable
from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.errors import CODES, Failure
from plantrack.i18n.failure import explained, near_words, sentence
from plantrack.i18n.words import LANGUAGES, Words
from plantrack.model.status import (
    DeadlineState,
    Every,
    Level,
    Priority,
    Status,
    parse_deadline_state,
    parse_every,
    parse_level,
    parse_priority,
    parse_status,
)
from tests.support.catalogues import places

VI, EN = Words("vi"), Words("en")


def test_a_failure_in_both_languages() -> None:
    failure = Failure("text-too-long", what="title", length=1001, limit=1000)
    vi, en = sentence(VI, failure)[0], sentence(EN, failure)[0]
    assert vi == "Phần tiêu đề dài 1.001 ký tự, nhiều nhất là 1.000."
    assert en == "The title has 1,001 characters, and at most 1,000 are allowed."


def test_the_nearest_words_come_before_the_hint() -> None:
    failure = Failure("bad-week", text="lats", near=("last", "this"))
    assert sentence(EN, failure)[1].startswith("Nearest: last, this. Write last, this, 2024-W29")
    assert sentence(VI, failure)[1].startswith("Gần nhất: last, this. Ghi last")


@pytest.mark.parametrize(
    ("read", "kind", "key"),
    [(parse_status, Status, "status"), (parse_deadline_state, DeadlineState, "deadline")]
    + [(parse_priority, Priority, "priority"), (parse_level, Level, "level"), (parse_every, Every, "every")],
)
@pytest.mark.parametrize("words", [EN, VI])
def test_a_near_value_of_a_closed_list_is_named_as_it_is_printed_and_can_be_typed_so(
    read: Callable[[str], StrEnum], kind: type[StrEnum], key: str, words: Words
) -> None:
    for value in kind:
        name = words(f"{key}.{value}")
        assert near_words(words, Failure("unknown-status", text="x", near=(value,))) == name
        assert read(name) == value


@pytest.mark.parametrize(
    ("reason", "said"),
    [("Permission denied", "không có quyền"), ("not-a-plain-file", "đây là thư mục hoặc thiết bị")]
    + [("Is a directory", "đây là thư mục"), ("Nobody knows", "Nobody knows")],
)
def test_a_reason_is_said_in_the_reader_s_words_where_it_has_any(reason: str, said: str) -> None:
    assert said in sentence(VI, Failure("table-unreadable", file="a.xlsx", reason=reason))[0]


def test_no_near_word_is_no_sentence() -> None:
    assert not sentence(EN, Failure("bad-week", text="x", near=()))[1].startswith("Nearest")


def test_what_was_typed_is_shown_harmless_and_short() -> None:
    message, _ = sentence(EN, Failure("bad-date", text="\x1b[31m\u202e\udcd0{text}"))
    assert "“\\x1b[31m\\u202e\\udcd0{text}”" in message
    message, _ = sentence(EN, Failure("bad-date", text="x" * 100))
    assert f"“{'x' * 59}…”" in message


def test_only_what_was_typed_is_shortened() -> None:
    failure = Failure("bad-date", text="x", path="/" + "p" * 100, labels=("1", "2"))
    assert sentence(EN, failure)[0] == "It is not clear which day “x” is."


@pytest.mark.parametrize(
    ("params", "said"),
    [
        ({"what": "title", "character": "U+001B"}, "The title"),
        ({"what": "note", "character": "U+001B"}, "The note"),
    ],
)
def test_a_value_of_a_closed_list_is_said_in_the_reader_s_words(params: dict[str, object], said: str) -> None:
    assert sentence(EN, Failure("text-control", **params))[0].startswith(said)
    what = VI(f"what.{params['what']}")
    assert what in sentence(VI, Failure("text-control", **params))[0].lower()


def test_days_are_written_as_the_language_writes_them() -> None:
    failure = Failure("day-after-today", day="2024-07-21", today="2024-07-18")
    assert "21/07/2024" in sentence(VI, failure)[0]
    assert "21 Jul 2024" in sentence(EN, failure)[0]


def test_where_a_library_says_where_bytes_lie_in_memory_the_file_is_named() -> None:
    failure = Failure("annex-unreadable", file="a.docx", reason="bad <_io.BytesIO object at 0x7F00aB> here")
    for words in (VI, EN):
        message, _ = sentence(words, failure)
        assert "bad a.docx here" in message
        assert "0x" not in message


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", sorted(CODES))
def test_a_message_for_any_case_has_no_place_left_open(code: str, language: str) -> None:
    text = explained(Words(language), f"error.{code}")
    assert "{" not in text
    message, hint = text.split("\n", 1)
    assert message
    assert hint


@pytest.mark.parametrize("code", ["database-damaged", "history-altered", "database-full", "database-io"])
def test_what_helps_a_database_on_a_server_speaks_of_no_file_of_it(code: str) -> None:
    params = {"reason": "x", "altered": 1, "named": "x"}
    for words in (VI, EN):
        of_file = sentence(words, Failure(code, file="/x/plantrack.db", **params))[1]
        of_server = sentence(words, Failure(code, file="postgresql://may/kh", **params))[1]
        assert of_file != of_server
        assert "-wal" not in of_server
        assert "db restore" not in of_server


DAYS = {"day", "today", "opened", "due", "last"}
#: Signs that do something on a terminal, and those that only look like places of a text.
hostile = st.text(max_size=80) | st.text("\x1b[31m{}\u202e\udcd0 a.", max_size=80)


@given(st.sampled_from(sorted(CODES)), hostile, st.sampled_from((VI, EN)))
def test_whatever_was_typed_a_failure_is_told_and_does_nothing_to_the_terminal(
    code: str, typed: str, words: Words
) -> None:
    names = places(words.template(f"error.{code}")) | places(words.template(f"error.{code}.hint"))
    special = {
        "what": "title",
        "status": "done",
        "weekday": 0,
        "month": "07",
        "near": (typed,),
        "every": "month",
        "outcome": "nothing",
    }
    params = {name: special.get(name, typed) for name in names - DAYS}
    days = {name: "2024-07-18" for name in names & DAYS}
    for text in sentence(words, Failure(code, **params, **days)):
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e]", text)


def test_commands_that_a_failure_brings_along_name_the_database() -> None:
    words = Words("en", "--db hn.db")
    _, hint = sentence(words, Failure("bare-value", text="3", meanings=("plantrack show 3", "text:3")))
    assert "`plantrack --db hn.db show 3`, `text:3`;" in hint
    commands = ("plantrack drop 1 --reason x", "plantrack drop 2 --reason x")
    _, hint = sentence(words, Failure("plan-would-orphan", codes=("ND1",), count=2, commands=commands))
    assert "plantrack --db hn.db drop 1 --reason x; plantrack --db hn.db drop 2" in hint
