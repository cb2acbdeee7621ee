"""The table itself: enough of everything, and what is to become of each text is what the program says too."""

from collections import Counter

import pytest

from plantrack.errors import Failure
from plantrack.model.text import clean_line, clean_text
from tests.hostile.texts import GROUPS, TEXTS, Hostile, as_line, as_text


def test_there_are_enough_of_each_kind_and_none_twice() -> None:
    assert len(TEXTS) >= 400
    assert len({own.text for own in TEXTS}) == len(TEXTS)
    assert min(Counter(own.group for own in TEXTS).values()) >= 10
    assert {own.group for own in TEXTS} == set(GROUPS)


@pytest.mark.parametrize("group", GROUPS)
def test_a_text_is_kept_as_it_is_or_refused(group: str) -> None:
    for own in texts_of(group):
        for clean, kept in ((clean_line, as_line(own.text)), (clean_text, as_text(own.text))):
            try:
                assert clean(own.text, what="title") == kept, own
            except Failure:
                assert kept is None, own


def texts_of(group: str) -> list[Hostile]:
    return [own for own in TEXTS if own.group == group]
