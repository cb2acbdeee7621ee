"""What a database on a server says first: whose it is, of which version, and who asks."""

import pytest

from plantrack.errors import Failure
from plantrack.store.connection import SCHEMA_VERSION, Row, ToldAtOpening
from plantrack.store.postgres.opening_question import what_it_tells

SAID = {"version": str(SCHEMA_VERSION), "login": "an", "role": "reporter", "organisation": "hlhpn", "owner": "chu", "latest": "2024"}  # fmt: skip


def rows(**other: str) -> list[Row]:
    return [("kh", name, value) for name, value in {**SAID, **other}.items()]


def code_of(told: list[Row], *, older: bool = False) -> str:
    with pytest.raises(Failure) as caught:
        what_it_tells("x", told, older=older)
    return caught.value.code


def test_all_that_is_told_is_kept() -> None:
    told = what_it_tells("x", rows(site="HN", moved="{}", example="1"), older=False)
    assert told == ToldAtOpening("kh", "HN", "{}", True, "an", "reporter", "hlhpn", "2024")
    assert what_it_tells("x", rows(), older=False)[:4] == ("kh", "", "", False)


def test_what_is_not_of_today_or_not_ours_is_refused() -> None:
    assert code_of([]) == code_of(rows(version="mới")) == "database-foreign"
    assert code_of(rows(role="")) == "not-member"
    assert code_of(rows(version=str(SCHEMA_VERSION + 1)), older=True) == "database-newer"
    older = rows(version=str(SCHEMA_VERSION - 1))
    assert code_of(older) == "server-older"
    assert what_it_tells("x", older, older=True).login == "an"
