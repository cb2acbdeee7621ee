"""The closed lists, and the words people type for what is in them."""

import unicodedata
from collections.abc import Callable
from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.errors import Failure
from plantrack.i18n.words import LANGUAGES, Words
from plantrack.model.status import (
    OPEN,
    DeadlineState,
    Priority,
    Status,
    parse_deadline_state,
    parse_priority,
    parse_status,
)
from plantrack.model.text import fold

READERS: list[tuple[Callable[[str], StrEnum], type[StrEnum]]] = [
    (parse_status, Status),
    (parse_deadline_state, DeadlineState),
    (parse_priority, Priority),
]


@pytest.mark.parametrize(("read", "kind"), READERS)
def test_a_value_is_read_in_any_case_with_any_sign_between_its_words(
    read: Callable[[str], StrEnum], kind: type[StrEnum]
) -> None:
    for member in kind:
        for sign in ("_", "-", " ", "  "):
            for typed in (member.replace("_", sign), member.upper().replace("_", sign)):
                assert read(typed) is member


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("read", "kind", "section"),
    [
        (parse_status, Status, "status"),
        (parse_status, Status, "column"),
        (parse_status, Status, "counted"),
        (parse_deadline_state, DeadlineState, "deadline"),
        (parse_deadline_state, DeadlineState, "column"),
        (parse_priority, Priority, "priority"),
    ],
)
def test_what_is_printed_for_a_value_can_be_typed(
    read: Callable[[str], StrEnum], kind: type[StrEnum], section: str, language: str
) -> None:
    words = Words(language)
    keys = {member: f"{section}.{member}" for member in kind}
    said = {member: words(key) for member, key in keys.items() if words.has(key)}
    assert said
    # A comma parts the values of a filter: what has one stands in sentences only.
    for member, printed in (
        said.items() if section != "counted" else ((m, p) for m, p in said.items() if "," not in p)
    ):
        for typed in (printed, printed.upper(), unicodedata.normalize("NFD", printed), fold(printed)):
            assert read(typed) is member


@pytest.mark.parametrize(
    ("read", "typed", "value"),
    [
        (parse_status, "xong", Status.DONE),
        (parse_status, "Đang TH", Status.IN_PROGRESS),
        (parse_status, "rút", Status.DROPPED),
        *((parse_status, word, Status.IN_PROGRESS) for word in ("Đang triển khai", "đang làm")),
        *((parse_status, word, Status.NOT_STARTED) for word in ("Chưa triển khai", "Chưa thực hiện")),
        *((parse_status, word, Status.DONE) for word in ("Đã xong", "Đã hoàn thành", "Thực hiện xong")),
        *((parse_status, word, Status.PAUSED) for word in ("Tạm hoãn", "Tạm dừng")),
        *((parse_status, word, Status.DROPPED) for word in ("Hủy", "Không thực hiện")),
        (parse_deadline_state, "late", DeadlineState.DONE_LATE),
        (parse_deadline_state, "đúng hạn", DeadlineState.DONE_ON_TIME),
        (parse_deadline_state, "quá hạn", DeadlineState.OPEN_OVERDUE),
        (parse_deadline_state, "no-due", DeadlineState.OPEN_NO_DUE),
        (parse_priority, "khẩn", Priority.URGENT),
        (parse_priority, "thường", Priority.NORMAL),
    ],
)
def test_short_words_too(read: Callable[[str], StrEnum], typed: str, value: StrEnum) -> None:
    assert read(typed) is value


@pytest.mark.parametrize(
    ("read", "typed", "code", "near"),
    [
        (parse_status, "finishd", "unknown-status", ()),
        (parse_status, "complete", "unknown-status", ("done",)),
        (parse_status, "tạm dừg", "unknown-status", ("paused",)),
        (parse_status, "đã hoàn thàn", "unknown-status", ("done",)),
        (parse_status, "Chưa hoàn thành", "unknown-status", ()),
        (parse_status, "uncompleted", "unknown-status", ()),
        (parse_status, "chưa thực hện", "unknown-status", ("not_started",)),
        (parse_deadline_state, "overdeu", "unknown-deadline-state", ("open_overdue",)),
        (parse_priority, "hihg", "unknown-priority", ("high",)),
        (parse_priority, "", "unknown-priority", ()),
    ],
)
def test_another_word_is_refused_with_the_nearest(
    read: Callable[[str], StrEnum], typed: str, code: str, near: tuple[str, ...]
) -> None:
    with pytest.raises(Failure) as caught:
        read(typed)
    assert (caught.value.code, caught.value.params) == (code, {"text": typed, "near": near})


@given(st.text())
def test_any_text_is_a_value_or_refused_with_values_that_can_be_typed(text: str) -> None:
    for read, kind in READERS:
        try:
            assert read(text) in kind
        except Failure as failure:
            near = failure.params["near"]
            assert isinstance(near, tuple)
            assert {read(word) for word in near} <= set(kind)


def test_open_work_is_what_has_no_end() -> None:
    assert set(Status) - OPEN == {Status.DONE, Status.DROPPED, Status.CARRIED_OVER}
