"""What a person is shown of a table, and the rows that are given back to be mended."""

from pathlib import Path

from plantrack.services.verbs.exchange.import_table import import_table
from plantrack.services.verbs.exchange.imported_view import bad_rows, lines_of, view_of
from tests.support.imported import HEADINGS, read, table
from tests.support.steps import OpenContext


def test_the_columns_and_what_becomes_of_the_rows(context_on: OpenContext, tmp_path: Path) -> None:
    file = table(
        tmp_path, (*HEADINGS, "Cột lạ"), ["1", "Việc", "ND1", "", "Q2", "?"], ["2", "Việc", "ND9", "", "", ""]
    )
    context = context_on("2024-07-01")
    found = read(context, file)
    view = view_of(context, found)
    assert [(c.heading, c.field) for c in view.columns][-2:] == [("Thời hạn", "due"), ("Cột lạ", "")]
    assert (view.counts.added, view.counts.bad, view.command, view.rows) == (1, 1, None, ())
    assert view.columns[1].samples == ("Việc", "Việc")
    done = import_table(context, found, lambda problems: None)
    assert [tuple(line) for line in lines_of(done)] == [(2, "added", "1")]
    assert view_of(context, found, done).command == "c2"


def test_bad_rows_keep_the_area_of_their_group(context_on: OpenContext, tmp_path: Path) -> None:
    title = context_on("2024-07-01").names.areas["ND2"].title.vi
    file = table(
        tmp_path,
        ["TT", "Nội dung", "Chủ trì", "Lỗi"],
        ["I", title, "", ""],
        ["1", "Việc", "Ban Lạ", "cũ"],
        ["2", "Tốt", "", ""],
    )
    found = read(context_on(), file)
    back = bad_rows(found, found.problems, lambda problem: problem.failure.code)
    assert [column.heading for column in back.columns] == ["TT", "Nội dung", "Chủ trì"]
    assert (back.fields, back.rows) == (
        ("area", "activity"),
        [("1", "Việc", "Ban Lạ", "ND2", "", "unknown-organisation")],
    )
