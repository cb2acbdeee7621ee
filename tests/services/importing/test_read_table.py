"""A table is read against what is known: rows that are new, there, twice, wrong; and nothing is written."""

from pathlib import Path

import pytest

from plantrack.errors import Failure
from plantrack.services.importing.read_table import known_before
from plantrack.store.exchange.imported_rows import KnownRow
from tests.conftest import dump
from tests.support.imported import HEADINGS, codes, imported, read, table
from tests.support.steps import OpenContext
from tests.support.table_files import workbook


def test_rows_are_sorted_out_and_nothing_is_written(
    context_on: OpenContext, workspace: Path, tmp_path: Path
) -> None:
    before = dump(workspace / "plantrack.db")
    file = table(
        tmp_path,
        HEADINGS,
        ["1", "Việc một", "ND1", "ubdt", "Quý II"],
        ["2", "Việc một", "ND1", "ubdt", "Quý II"],
        ["3", "Việc hai", "ND99", "Ban Lạ", "32/13"],
        ["", "Tổng cộng", "", "", ""],
        ["4", "", "ND1", "", ""],
    )
    found = read(context_on("2024-07-01"), file)
    assert [row.number for row in found.rows] == [2]
    assert (found.repeated, found.left, found.others, found.is_keyed) == (1, 0, 1, False)
    assert codes(found) == [
        (4, "area", "unknown-area"), (4, "lead", "unknown-organisation"), (4, "due", "impossible-date"),
        (6, "title", "text-empty"),
    ]  # fmt: skip
    assert found.samples[0] == ("1", "Việc một", "ND1", "ubdt", "Quý II")
    assert dump(workspace / "plantrack.db") == before


def test_all_that_is_wrong_with_a_row_is_told(context_on: OpenContext, tmp_path: Path) -> None:
    file = table(tmp_path, (*HEADINGS, "Trạng thái"), ["1", "Việc", "ND1", "Ban Lạ", "32/13", "gì đó"])
    assert [field for _, field, _ in codes(read(context_on("2024-07-01"), file))] == ["lead", "due", "status"]


@pytest.mark.parametrize(
    ("texts", "fields"),
    [
        (["1", "", "ND1", "Ban Lạ", "32/13"], ["title", "lead", "due"]),
        (["1", "Việc", "ND99", "Ban Lạ", "32/13"], ["area", "lead", "due"]),
        (["1", "", "", "Ban Lạ", "32/13"], ["area", "lead", "due", "title"]),
        (["1", "", "ND99", "", ""], ["area", "title"]),
    ],
)
def test_what_a_row_cannot_lack_hides_nothing(
    context_on: OpenContext, tmp_path: Path, texts: list[str], fields: list[str]
) -> None:
    found = codes(read(context_on("2024-07-01"), table(tmp_path, HEADINGS, texts)))
    assert sorted(field for _, field, _ in found) == sorted(fields)


def test_text_beyond_the_headings_of_a_csv_has_moved_there(context_on: OpenContext, tmp_path: Path) -> None:
    rows = [["1", "Việc", "ND1", "", "", "thừa", ""], ["2", "Việc hai", "ND1", "", "", "", ""]]
    found = read(context_on("2024-07-01"), table(tmp_path, HEADINGS, *rows))
    assert (codes(found), [row.number for row in found.rows]) == ([(2, "", "import-beyond-headings")], [3])
    assert found.problems[0].failure.params["cells"] == ("F2: thừa",)


def test_cells_beside_the_table_of_a_workbook_are_told(context_on: OpenContext, tmp_path: Path) -> None:
    rows = [["1", "Việc", "ND1", None, None, "x"], ["2", "Việc hai", "ND1", None, None, None, "y"]]
    found = read(context_on("2024-07-01"), workbook(tmp_path, [HEADINGS, *rows]))
    assert (codes(found), len(found.rows)) == ([], 2)
    assert [(r.code, r.params["cells"]) for r in found.remarks] == [("table-beyond-headings", "F2, G3")]


def test_what_is_told_is_of_rows_that_count(context_on: OpenContext, tmp_path: Path) -> None:
    headings = (*HEADINGS, "Người phụ trách")
    rows = [
        ["1", "Việc một", "ND99", "Ban Lạ", "Quý II", "Trần Lạ"],
        ["2", "Việc hai", "ND1", "ubdt", "Quý III", "Trần Mới"],
        ["3", "Việc ba", "ND1", "Ban Mới", "Quý II", ""],
        ["4", "Việc bốn", "ND99", "Ban Mới", "Quý IV", ""],
    ]
    found = read(context_on("2024-07-01"), table(tmp_path, headings, *rows), new_person=True, new_org=True)
    assert codes(found) == [(2, "area", "unknown-area"), (5, "area", "unknown-area")]
    organisations, people = found.newcomers_in(found.rows)
    assert ([*organisations], people) == (["ban-moi"], ("Trần Mới",))
    assert sorted(str(note.params["text"]) for note in found.notes) == ["2024-Q2", "2024-Q3"]


def test_a_group_that_is_no_area_is_named_below_it(context_on: OpenContext, tmp_path: Path) -> None:
    rows = [["II", "Sơ kết, tổng kết", ""], ["1", "Họp", "32/13"], ["", "ND2", ""], ["1", "Họp khác", ""]]
    found = read(context_on("2024-07-01"), table(tmp_path, ["TT", "Nhiệm vụ", "Hạn"], *rows))
    assert codes(found) == [(3, "area", "group-unknown"), (3, "due", "impossible-date")]
    assert found.problems[0].failure.params["title"] == "Sơ kết, tổng kết"
    assert [row.number for row in found.rows] == [5]


def test_a_key_with_other_contents_is_refused(context_on: OpenContext, tmp_path: Path) -> None:
    rows = [["A", "Việc", "ND1"], ["A", "Việc khác", "ND1"], ["A", "Việc", "ND1"]]
    found = read(
        context_on("2024-07-01"), table(tmp_path, ["Mã", "Nhiệm vụ", "Mã nội dung"], *rows), key="Mã"
    )
    assert (codes(found), found.repeated, found.is_keyed) == ([(3, "key", "import-key-twice")], 1, True)


def test_a_mapping_is_of_one_kind(context_on: OpenContext, tmp_path: Path) -> None:
    file = table(tmp_path, HEADINGS, ["1", "Việc", "ND1", "", ""])
    imported(context_on("2024-07-01"), file, name="so-a")
    with pytest.raises(Failure, match="mapping-of-other-kind"):
        read(context_on(), file, name="so-a", kind="people")


def test_what_a_row_was_before() -> None:
    own, other = KnownRow("a", "1", "T", "C"), KnownRow("", "2", "U", "D")
    assert known_before([other, own], "a", "9") == own
    assert known_before([other], "a", "2") == other
    assert known_before([other], "a", "9") is None


def test_a_table_whose_rows_all_head_groups_is_refused(context_on: OpenContext, tmp_path: Path) -> None:
    rows = [["ND1", "", ""], ["ND2", "", ""]]
    with pytest.raises(Failure, match="import-no-work") as failure:
        read(
            context_on("2024-07-01"),
            table(tmp_path, ["Nhiệm vụ", "Hạn", "Ai"], *rows),
            columns=("Nhiệm vụ=title",),
        )
    assert failure.value.params["count"] == 2


def test_whoever_is_new_in_a_row_that_counts_is_told_though_a_wrong_one_named_them_first(
    context_on: OpenContext, tmp_path: Path
) -> None:
    headings = (*HEADINGS, "Trạng thái")
    rows = [["1", "Việc một", "ND1", "Ban Mới", "", "gì đó"], ["2", "Việc hai", "ND1", "Ban Mới", "", ""]]
    found = read(context_on("2024-07-01"), table(tmp_path, headings, *rows), new_org=True)
    assert [row.number for row in found.rows] == [3]
    assert [*found.newcomers_in(found.rows)[0]] == ["ban-moi"]


def test_a_problem_keeps_nothing_of_what_was_at_work(context_on: OpenContext, tmp_path: Path) -> None:
    file = table(tmp_path, HEADINGS, ["1", "Việc", "ND1", "Sao Hỏa", "31/2"], ["2", "Việc", "ND9", "", ""])
    found = read(context_on("2024-07-01"), file).problems
    assert [problem.failure.__traceback__ for problem in found] == [None] * 3


def test_a_failure_that_names_no_text_is_of_the_field_without_which_it_is_none(
    context_on: OpenContext, tmp_path: Path
) -> None:
    headings = ("Tên nhiệm vụ", "Mã nội dung", "Ngày mở", "Kết quả")
    file = table(tmp_path, headings, ["Việc", "ND1", "1/4/2030", "Xong"], ["Việc", "ND9", "1/4/2030", ""])
    found = read(context_on("2024-07-01"), file).problems
    assert [(p.row, p.failure.code, p.heading, p.value) for p in found] == [
        (2, "day-after-today", "Ngày mở", "1/4/2030"),
        (3, "unknown-area", "Mã nội dung", "ND9"),
        (3, "day-after-today", "Ngày mở", "1/4/2030"),
    ]


def test_a_column_of_areas_may_name_activities_too(context_on: OpenContext, tmp_path: Path) -> None:
    file = table(tmp_path, ("Tên nhiệm vụ", "Nội dung"), ["a", "ND3.1"], ["b", "3.1"], ["c", "3"])
    rows = read(context_on("2024-07-01"), file).rows
    assert [(row.said.opening.area, row.said.opening.activity) for row in rows] == [
        ("ND3", "ND3.1"), ("ND3", "ND3.1"), ("ND3", None),
    ]  # fmt: skip
