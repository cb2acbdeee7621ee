"""What a column may hold: by its name one thing in every table, and a value that is no such thing is seen."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.model.moments import utc_moment
from plantrack.model.status import Priority, Role, Status
from plantrack.store.columns import ANY, BY_TYPE, CHANGEABLE, KINDS, VERBS, known, look_right
from plantrack.store.sqlite.connection import SQLite
from plantrack.store.task_rows import TaskRow
from tests.support.catalogues import keys_of

MOMENT = "2024-07-01T02:00:00.000Z"


#: Some columns, with values that they may hold and others that they may not.
VALUES: list[tuple[str, list[Any], list[Any]]] = [
    ("uid", ["01J1P0AE80B2Z6RTNGQYW35A7X"], ["", "01J1P0AE80B2Z6RTNGQYW35A7", "01j1p0ae80b2z6rtngqyw35a7x", "I" * 26]),
    ("recorded_at", [MOMENT], ["2024-07-01", "2024-02-30T02:00:00.000Z", "2024-07-01T24:00:00.000Z", MOMENT + "\n"]),
    ("opened_on", ["2024-02-29", "1900-01-01"], ["2023-02-29", "2024-7-1", "", "2024-07-01 "]),
    ("due", [None, "2024-02-29"], ["2023-02-29", "ongoing", ""]),
    ("status", [None, *(s.value for s in Status)], ["xong", "", "Done"]),
    ("priority", [p.value for p in Priority], ["", "HIGH"]),
    ("role", [*(r.value for r in Role), "place", "tag"], ["", "boss"]),
    ("last_day", ["2024-02-29", "9999-12-31"], ["2023-02-29", "9999-12-30", ""]),
    ("percent", [None, 0, 100], [-1, 101, "5", 4.5]),
    ("counted", [0, 1], [2, -1, "1"]),
    ("dirty", [None, 0, 1], [2, ""]),
    ("follows", ["", "title", "title, due"], ["title,due", "x", "title, x"]),
    ("verb", ["add", "plan apply"], ["", "ADD"]),
    ("field", ["title"], ["status", ""]),
]  # fmt: skip


@pytest.mark.parametrize(("column", "right", "wrong"), VALUES, ids=[case[0] for case in VALUES])
def test_a_kind_takes_what_it_may_hold_and_nothing_else(
    column: str, right: list[Any], wrong: list[Any]
) -> None:
    kind = KINDS[column]
    assert [v for v in right if type(v) not in kind.types or not kind.fits(v)] == []
    assert [v for v in wrong if type(v) in kind.types and kind.fits(v)] == []
    assert bytes not in kind.types


@given(st.datetimes(datetime(1900, 1, 2), datetime(2199, 12, 30)))
def test_every_day_and_every_moment_fits(at: datetime) -> None:
    moment = utc_moment(at.replace(tzinfo=UTC))
    assert KINDS["recorded_at"].fits(moment)
    assert KINDS["due"].fits(moment[:10])
    assert not KINDS["due"].fits(moment)


@pytest.mark.parametrize(("column", "right", "wrong"), VALUES, ids=[case[0] for case in VALUES])
def test_an_answer_is_looked_at_wherever_the_column_stands(
    column: str, right: list[Any], wrong: list[Any]
) -> None:
    names = ("COUNT(*)", column, "text nobody knows")
    assert look_right(names, [(b"x", value, object()) for value in right])
    assert look_right(names, [])
    if KINDS[column].few:
        for value in wrong:
            assert not look_right(names, [(1, right[0], ""), (1, value, "")])
    assert not look_right(names, [(1, b"x", "")])
    assert [i for i, _ in known(names)] == [1]


def test_a_column_that_nobody_named_may_hold_anything() -> None:
    assert ANY.types == frozenset()
    assert ANY.fits(object())


def declared(db: SQLite) -> list[tuple[str, str, str]]:
    """Return every column of every table of ours, with its declared type."""
    tables = [table for table in db.tables() if not table.startswith("search_fts")]
    return [(table, column.name, column.type) for table in tables for column in db.columns(table)]


def test_every_column_has_a_kind(db: SQLite) -> None:
    assert [c for c in declared(db) if c[1] not in KINDS and c[2] not in BY_TYPE] == []


def test_every_kind_is_of_a_column(db: SQLite) -> None:
    assert {*KINDS} <= {column for _, column, _ in declared(db)}


def test_the_closed_lists_are_those_of_the_program() -> None:
    """A verb or a field that somebody adds stands here too, else what it records would be called damaged."""
    assert {verb.replace(" ", "-") for verb in VERBS} == keys_of("verb")
    assert set(TaskRow._fields) > CHANGEABLE
    assert keys_of("field") > CHANGEABLE
