"""The headings of forms: those that are printed are those by which columns are known again, each of one column."""

import pytest

from plantrack.i18n.words import LANGUAGES, Words
from plantrack.model.forms.columns import FILLED, FILLED_OF_NEW, FORM_FIELDS, HEADINGS, NEEDED
from plantrack.model.text import fold


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_printed_heading_is_known_again(language: str) -> None:
    for field in FORM_FIELDS:
        assert Words(language)(f"forms.column.{field.key}") in field.headings


def test_no_heading_is_of_two_columns() -> None:
    keys = [fold(heading) for headings in HEADINGS.values() for heading in dict.fromkeys(map(fold, headings))]
    assert len(keys) == len(set(keys))


def test_what_is_filled_in() -> None:
    assert FILLED == (
        "result",
        "blocked",
        "next",
        "proposal",
        "percent",
        "status",
        "allocated",
        "spent",
        "on",
    )
    assert FILLED_OF_NEW == ("area", "title", "due", *FILLED)
    assert set(NEEDED) <= set(HEADINGS)
