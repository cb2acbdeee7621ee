"""Remarks: what is to be filled in or looked at, and what only says where something comes from."""

import re

import pytest

from plantrack.planfile.annex import remark_texts
from plantrack.planfile.annex.remark_texts import is_to_check, to_fill
from plantrack.planfile.format.dump import TO_FILL

TEXTS = {name: text for name, text in vars(remark_texts).items() if name.isupper() and name != "TO_FILL"}
FIELD = re.compile(r"\{(\w+)\}")


def filled(text: str) -> str:
    return text.format(**dict.fromkeys(FIELD.findall(text), "ví dụ"))


@pytest.mark.parametrize("name", TEXTS)
def test_only_the_head_and_the_source_of_a_line_need_no_look(name: str) -> None:
    assert is_to_check(filled(TEXTS[name])) == (name not in ("HEAD", "SOURCE", "SOURCE_NO"))


@pytest.mark.parametrize("name", TEXTS)
def test_what_is_to_be_filled_in_is_counted_apart(name: str) -> None:
    text = to_fill(filled(TEXTS[name]))
    assert text.startswith(f"{TO_FILL}: ")
    assert not is_to_check(text)
