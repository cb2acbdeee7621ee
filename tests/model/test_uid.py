"""Identifiers: 26 characters, in the order in which they are made; for what was recorded without one always the same."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from plantrack.model.uid import UidMaker, uid_of

NOW = datetime(2024, 7, 1, 2, tzinfo=UTC)


@given(st.lists(st.integers(0, 2), max_size=30))
def test_they_rise_however_fast_they_are_made(steps: list[int]) -> None:
    make, now, made = UidMaker(), NOW, [""]
    for step in steps:
        now += timedelta(milliseconds=step)
        made.append(make(now))
    assert made == sorted({*made})
    assert {len(uid) for uid in made[1:]} <= {26}


def test_what_had_none_gets_the_same_one_whenever_it_is_asked() -> None:
    assert uid_of(NOW, "3 add An") == uid_of(NOW, "3 add An") != uid_of(NOW, "4 add An")
    assert len(uid_of(NOW, "")) == 26
    assert uid_of(NOW, "z")[:10] == UidMaker()(NOW)[:10] < uid_of(NOW + timedelta(milliseconds=1), "a")
