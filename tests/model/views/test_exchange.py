"""A table that is taken in: its columns as a mapping."""

from plantrack.model.plan import Text
from plantrack.model.views.exchange import ImportColumn, ImportCounts, ImportView
from tests.support.factory import make_heading


def test_the_mapping_has_what_is_left_out_too() -> None:
    columns = (ImportColumn("Hạn", "due", Text("Thời hạn"), ()), ImportColumn("TT", "", Text(""), ()))
    view = ImportView(
        make_heading(), "a.csv", "", "task", columns, ImportCounts(0, 0, 0, 0, 0, 0), "", "", {}, ()
    )
    assert view.mapping == {"Hạn": "due", "TT": ""}
