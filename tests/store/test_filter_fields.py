"""What terms ask of tasks: the same in Python and in SQL, on any day."""

import pytest

from plantrack.model import filters
from plantrack.services.task_query import read_filter
from plantrack.services.verbs.edit import Corrections, edit
from plantrack.services.verbs.undo import undo
from plantrack.store import filter_fields
from tests.support.listing import found
from tests.support.steps import OpenContext, opened, said


def test_every_field_and_flag_of_the_language_has_its_meanings() -> None:
    assert filter_fields.FIELDS.keys() == filters.FIELDS.keys()
    assert filter_fields.FLAGS.keys() == filters.FLAGS.keys()


# --- who recorded what, and when ---


@pytest.fixture
def tasks(context_on: OpenContext) -> None:
    """Make 1: opened by An, spoken of by Bình; 2: opened by Bình, its due day corrected by An; 3: taken back by An."""
    sit = {name: lambda day, n=name: context_on(day, author=n) for name in ("An", "Bình")}
    opened(sit["An"], "2024-07-01", due="1/9/2024")
    opened(sit["Bình"], "2024-07-02", due="1/9/2024")
    opened(sit["Bình"], "2024-07-03", due="1/9/2024")
    said(sit["Bình"], "2024-07-10", "1", note="gọi", on="5/7/2024")
    edit(sit["An"]("2024-07-11"), ["2"], Corrections(due="2/9/2024"))
    said(sit["An"], "2024-07-12", "3", note="nhầm")
    undo(sit["An"]("2024-07-12"), None)


@pytest.mark.usefixtures("tasks")
@pytest.mark.parametrize(
    ("terms", "as_of", "expected"),
    [
        ("author:An", "2024-07-20", "1 2"),
        ("author:binh", "2024-07-20", "1 2 3"),
        ("author:Bình", "2024-07-04", "2 3"),
        ("author:-An", "2024-07-20", "3"),
        ("author:An,Bình", "2024-07-20", "1 2 3"),
        ("recorded:2024-07-01", "2024-07-20", "1"),
        ("recorded:10/7..", "2024-07-20", "1 2"),
        ("recorded:10/7", "2024-07-20", "1"),
        ("recorded:10/7", "2024-07-04", ""),
        ("recorded:12/7", "2024-07-20", ""),
        ("recorded:..2/7", "2024-07-20", "1 2"),
        ("recorded:none", "2024-07-20", ""),
        ("author:An recorded:11/7", "2024-07-20", "2"),
        ("updated:5/7", "2024-07-20", "1"),
        ("updated:none", "2024-07-20", "2 3"),
    ],
)
def test_what_stands_on_a_day_counts_and_what_was_taken_back_does_not(
    context_on: OpenContext, terms: str, as_of: str, expected: str
) -> None:
    assert sorted(found(context_on, *terms.split(), as_of=as_of)) == expected.split()


@pytest.mark.usefixtures("tasks")
def test_who_recorded_is_as_known_at_a_moment(context_on: OpenContext) -> None:
    assert found(context_on, "author:An", known_at="2024-07-10") == ["1"]
    assert sorted(found(context_on, "author:An", known_at="2024-07-12T00:00")) == ["1", "2"]
    assert read_filter(context_on("2024-07-20"), ["author:an"]).spelled() == "author:An"
