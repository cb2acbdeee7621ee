"""A problem names the cell that it is about."""

import pytest

from plantrack.errors import Failure
from plantrack.services.importing.columns import ToldColumns, find_columns
from plantrack.services.importing.row_problems import ProblemMaker
from tests.support.imported import in_memory

MAKER = ProblemMaker(
    "x.csv",
    find_columns(in_memory(["TT", "Nhiệm vụ", "Hạn", "Chủ trì"], ["1", "a", "b", "c"]), ToldColumns()),
)


@pytest.mark.parametrize(
    ("failure", "field", "letters"),
    [
        (Failure("unknown-organisation", organisation="Ban X"), "lead", "D"),
        (Failure("bad-date", text="mai"), "due", "C"),
        (Failure("text-empty", what="title"), "title", "B"),
        (Failure("area-needed"), "area", ""),
    ],
)
def test_the_cell_is_found(failure: Failure, field: str, letters: str) -> None:
    found = MAKER.of_row(7, failure, {"title": "Việc", "due": "mai", "lead": "Ban X, Ban Y"})
    assert (found.row, found.field, found.letters) == (7, field, letters)


def test_the_value_and_the_heading_stand_with_it() -> None:
    found = MAKER.of_row(2, Failure("bad-date", text="mai"), {"due": "mai"})
    assert (found.heading, found.value, found.column) == ("Hạn", "mai", 3)


def test_nothing_is_kept_of_where_it_failed() -> None:
    try:
        raise Failure("area-needed")
    except Failure as failure:
        assert MAKER.of_row(2, failure, {}).failure.__traceback__ is None
