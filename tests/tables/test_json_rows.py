"""JSON lines: each type a sheet, its keys the headings."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.tables import json_rows
from plantrack.tables.open_table import open_table
from plantrack.tables.table_file import Cell
from tests.support.table_files import only_texts, refused, texts, written


def test_objects_of_one_type_are_a_sheet_whose_columns_are_their_keys(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        """{"type": "task", "uid": "A", "title": "Việc  một", "lead": ["x", "y"]}
{"type": "person", "name": "Nguyễn Thị Ví Dụ"}

{"type": "task", "uid": "B", "percent": 40.50, "done": true, "due": null, "more": {"a": [1]}}
{"title": "không có type"}
""",
        "x.jsonl",
    )
    found = open_table(path)
    assert (found.kind, [sheet.name for sheet in found.sheets]) == ("jsonl", ["task", "person", ""])
    task, person, other = found.sheets
    assert texts(task) == [
        ["uid", "title", "lead", "percent", "done", "due", "more"],
        ["A", "Việc  một", "x, y", "", "", "", ""],
        ["B", "", "", "40.50", "TRUE", "", '{"a": [1]}'],
    ]
    assert [row.number for row in task.rows()] == [0, 1, 4]
    assert list(task.rows())[2].cells[3] == Cell("40.50", Decimal("40.50"))
    assert (texts(person), texts(other)) == ([["name"], ["Nguyễn Thị Ví Dụ"]], [["title"], ["không có type"]])


def test_a_file_with_the_mark_of_utf_8_or_another_name(tmp_path: Path) -> None:
    path = written(tmp_path, '\ufeff\n{"a": 1}\r\n{"a": 12345678901234567890}', "xuất.txt")
    (sheet,) = open_table(path).sheets
    assert [row.cells[0] for row in sheet.rows()] == [
        Cell("a"),
        Cell("1", 1),
        Cell("12345678901234567890", 12345678901234567890),
    ]


def test_a_number_that_nobody_could_write_out_is_a_text(tmp_path: Path) -> None:
    path = written(tmp_path, '{"a": 1e999999999999}\n{"a": 1e-999999999999}\n{"a": 1e20}', "x.jsonl")
    (sheet,) = open_table(path).sheets
    assert [row.cells[0].number for row in sheet.rows()] == [None, None, None, Decimal("1e20")]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        *[(line, "not-whole-on-its-line") for line in ('{"a": 1', "{", '{"a": ')],
        *[(line, "not-an-object") for line in ("[1]", "1")],
        *[
            (line, "no-number")
            for line in ('{"a": NaN}', '{"a": ' + "1" * 5000 + "}", '{"a": 1e' + "9" * 30 + "}")
        ],
        ('{"a": ' + "[" * 100_000, "nested-too-deep"),
        *[
            (line, "not-as-json")
            for line in ("x", '{"a": 1} 2', "{'a': 1}", '{"a": "\\ud800"}', '{"\\uDFFF": 1}')
        ],
    ],
)
def test_a_line_that_is_no_object(line: str, reason: str, tmp_path: Path) -> None:
    failure = refused(written(tmp_path, f'{{"a": 1}}\n{line}\n'), "table-not-json")
    assert (failure.params["line"], failure.params["reason"]) == (2, reason)


def test_two_halves_are_a_character(tmp_path: Path) -> None:
    assert only_texts(written(tmp_path, '{"a": "\\ud83d\\ude00"}\n', "x.jsonl")) == [["a"], ["😀"]]


def test_too_many_keys_or_types(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_rows, "MAX_COLUMNS", 3)
    refused(written(tmp_path, json.dumps({str(n): n for n in range(4)})), "table-not-json")
    lines = "".join(json.dumps({"type": str(n)}) + "\n" for n in range(201))
    refused(written(tmp_path, lines), "table-not-json")


def test_letters_that_are_wrong(tmp_path: Path) -> None:
    path = written(
        tmp_path, json.dumps({"type": "t", "a": "KÕ ho¹ch phèi hîp c«ng t¸c n¨m"}, ensure_ascii=False)
    )
    assert refused(path, "table-misread-sheet").params["sheet"] == "t"


@given(
    st.lists(
        st.dictionaries(
            st.sampled_from("abc"),
            st.none() | st.booleans() | st.integers() | st.sampled_from(("x", "ệ", "")),
        ),
        min_size=1,
        max_size=5,
    )
)
def test_every_value_stands_under_its_key(
    tmp_path_factory: pytest.TempPathFactory, objects: list[dict[str, object]]
) -> None:
    lines = "".join(json.dumps({"type": "t", "always": "v", **o}, ensure_ascii=False) + "\n" for o in objects)
    (sheet,) = open_table(written(tmp_path_factory.getbasetemp(), lines)).sheets
    head, *rows = texts(sheet)
    shown = {None: "", True: "TRUE", False: "FALSE"}
    assert [dict(zip(head, row, strict=True)) for row in rows] == [
        {
            "always": "v",
            **{k: "" for k in head[1:]},
            **{k: shown.get(v, str(v)) if isinstance(v, bool | None) else str(v) for k, v in o.items()},
        }
        for o in objects
    ]
