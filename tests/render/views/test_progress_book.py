"""The book of progress: the counts of JSON under their headings."""

import pytest

from plantrack.i18n.words import Words
from plantrack.model.counting import Counts
from plantrack.render.views import progress
from tests.support import factory
from tests.support.as_json import as_json

VI, EN = Words("vi"), Words("en")


@pytest.mark.parametrize("by", ["area", "activity", "person", "month"])
def test_the_progress_sheet_has_the_counts_of_json(by: str) -> None:
    view = factory.make_progress() if by == "area" else factory.make_progress_by(by)
    sheet = progress.book(view, VI).sheets[0]
    shown = as_json(progress.data(view, VI))
    first = len(sheet.columns) - len(Counts._fields) - 2
    counted = [row[first:-2] for row in sheet.rows]
    assert counted[:-1] == [tuple(row["counts"].values()) for row in shown["rows"]]
    assert counted[-1] == tuple(shown["total"].values())
    assert sheet.has_total
    assert [*sheet.rows][-1][-2:] == (4 / 17, 3 / 6)


def test_by_organisation_both_sides_are_there() -> None:
    view = factory.make_progress_by("org")
    sheet = progress.book(view, VI).sheets[0]
    shown = as_json(progress.data(view, VI))
    for row, own in zip([*sheet.rows][:-2], shown["rows"][:-1], strict=True):
        assert row[0] == own["key"]
        assert row[2 : 2 + 20] == tuple(own["lead"].values())
        assert row[2 + 22 : 2 + 42] == tuple(own["coordinating"].values())
    # The row of what nobody leads says nothing of coordination.
    assert [*sheet.rows][-2][24:] == (None,) * 22


def test_a_rate_of_nothing_is_no_number() -> None:
    sheet = progress.book(factory.make_progress([]), VI).sheets[0]
    assert {row[-2:] for row in sheet.rows} == {(None, None)}
