"""Codes of forms and rows, and what makes a fingerprint another one."""

import pytest

from plantrack.model.days import DueDay
from plantrack.model.forms.form import (
    MARK,
    ShownState,
    form_code,
    last_saying,
    read_row_code,
    row_code,
    shown_state,
)
from plantrack.model.history import Update
from plantrack.model.status import Status

UID = "01J31S2N800NNEJBT8DP64F39Q"
STATE = ShownState("Họp", "2024-07-30", None, Status.IN_PROGRESS, 40, None, "2024-07-10", "đã gửi")


def update(uid: str, on: str, **said: object) -> Update:
    return Update(uid, "c", "t", on, f"{on}T00:00:00.000Z", "A", 1, **said)  # type: ignore[arg-type]


@pytest.mark.parametrize("text", [f"{MARK}: {UID}", f"Mã biểu: {UID}", f"mã biểu {UID}", f"Form code: {UID}"])
def test_the_code_of_a_form_is_found_in_either_language(text: str) -> None:
    assert form_code(text) == UID


@pytest.mark.parametrize("text", ["", UID, "Mã biểu: 123", f"Mã số: {UID}"])
def test_other_texts_have_none(text: str) -> None:
    assert form_code(text) is None


def test_the_code_of_a_row_says_which_task_and_what_was_shown() -> None:
    assert read_row_code(row_code(UID, STATE)) == (UID, STATE.fingerprint)
    assert read_row_code(f"x{row_code(UID, STATE)}") is None


@pytest.mark.parametrize("field", [f for f in ShownState._fields if f != "status"])
def test_anything_else_is_another_fingerprint(field: str) -> None:
    other = STATE._replace(**{field: "khác"})  # type: ignore[arg-type]
    assert other.fingerprint != STATE.fingerprint
    assert STATE._replace().fingerprint == STATE.fingerprint


def test_what_is_shown_is_what_stands_on_the_day() -> None:
    updates = [
        update("1", "2024-07-01", status=Status.IN_PROGRESS, result="một"),
        update("2", "2024-07-05", percent=40, blocked="kẹt"),
        update("3", "2024-07-09", result="hai"),
    ]
    shown = shown_state("Họp", DueDay("2024-07-30", None), updates, "2024-07-06")
    wanted = ShownState(
        "Họp", "2024-07-30", None, Status.IN_PROGRESS, 40, "kẹt", "2024-07-05", "một", "2024-07-01"
    )
    assert shown == wanted
    assert last_saying(updates, "result", "2024-07-31") == updates[2]
    assert last_saying(updates, "proposal", "2024-07-31") is None
