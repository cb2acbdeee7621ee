"""A form as a text: what is written is what is read, and only what was filled in."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.cli.form_text import FormEntry, form_text, read_form
from plantrack.errors import Failure

RESULT = FormEntry("result", "Kết quả", ("result", "Result"), "Lần gần nhất: đã họp\nvà gửi")
NEXT = FormEntry("next", "Việc tiếp theo", ("next", "Next"))
ENTRIES = [RESULT, NEXT]
TEXTS = st.lists(
    st.one_of(
        st.sampled_from(
            ["", "# một", "Kết quả: x", " Next: y", "  # hai", "ket qua:", "Khác: z", "#", "next"]
        ),
        st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Zl", "Zp", "Cs"]), max_size=20),
    ),
    max_size=5,
).map(lambda lines: "\n".join(line.rstrip() for line in lines).strip())


def test_a_form_shows_each_field_under_its_remark() -> None:
    assert form_text("Nhiệm vụ 4\nGhi sau dấu hai chấm.", ENTRIES) == (
        "# Nhiệm vụ 4\n# Ghi sau dấu hai chấm.\n\n"
        "# Lần gần nhất: đã họp\n# và gửi\nKết quả:\n\nViệc tiếp theo:\n"
    )


def test_what_was_left_empty_is_left_out() -> None:
    assert read_form(form_text("Nhiệm vụ", ENTRIES), ENTRIES) == {}
    assert read_form("", ENTRIES) == {}
    assert read_form("Next: gọi lại\n", ENTRIES) == {"next": "gọi lại"}


def test_a_value_goes_on_in_the_lines_below() -> None:
    text = "# x\nKết quả: một\nhai\n\n  ba: bốn\n# không đọc\nViệc tiếp theo:\r\nnăm\r\n"
    assert read_form(text, ENTRIES) == {"result": "một\nhai\n\n  ba: bốn", "next": "năm"}


@pytest.mark.parametrize("label", ["Kết quả", "ket qua", "KẾT QUẢ", "Result", "result"])
def test_a_field_is_known_without_tones_and_in_both_languages(label: str) -> None:
    for form in ("NFC", "NFD"):
        assert read_form(unicodedata.normalize(form, f"\ufeff{label}: x"), ENTRIES) == {"result": "x"}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("đã họp\nKết quả: x", "form-line"),
        ("Kết quả: x\nresult: y", "form-twice"),
        ("Kết quả:\nKết quả:", "form-twice"),
    ],
)
def test_what_belongs_nowhere_or_twice_is_refused(text: str, code: str) -> None:
    with pytest.raises(Failure) as caught:
        read_form(text, ENTRIES)
    assert caught.value.code == code


@given(TEXTS, TEXTS)
def test_what_is_filled_in_beforehand_is_read_as_it_was(result: str, then: str) -> None:
    filled = [RESULT._replace(value=result), NEXT._replace(value=then)]
    wanted = {name: text for name, text in (("result", result), ("next", then)) if text}
    assert read_form(form_text("Nhiệm vụ", filled), filled) == wanted
