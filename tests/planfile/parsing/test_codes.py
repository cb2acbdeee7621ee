"""Codes of problems: each has its severity, and its words in both languages."""

import re

from plantrack.planfile.parsing.codes import NEEDS_LISTS, NEEDS_WHOLE_FILE, SEVERITY
from tests.support.catalogues import EN, VI


def test_words_and_codes_are_the_same() -> None:
    for words in (VI, EN):
        worded = {key.split(".")[1] for key in words if key.startswith("problem.")}
        assert worded == set(SEVERITY)


def test_a_code_tells_how_grave_it_is() -> None:
    for code, severity in SEVERITY.items():
        assert re.fullmatch("P[0-9]{3}", code)
        assert severity == ("warning" if code > "P900" else "error")


def test_what_may_stand_in_a_part_that_was_not_read_is_a_code() -> None:
    assert {*NEEDS_WHOLE_FILE, *NEEDS_LISTS} <= set(SEVERITY)
