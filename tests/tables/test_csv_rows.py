"""CSV in every dialect that Excel and others write."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.render.formats.csv import safe
from plantrack.tables.cell_text import tidy
from plantrack.tables.open_table import open_table
from plantrack.tables.table_file import MAX_COLUMNS, SheetRow
from plantrack.tables.text_lines import TextLines
from tests.support.table_files import most_held, only_texts, refused, written

HEAD, ROW = ["TT", "Nội dung", "Thời hạn"], ["1", "Tập huấn, hội thảo", "15/8"]
#: What may stand in a cell. A NUL may not, nor a line end that is not quoted; letters of Latin-1 look wrong.
CELLS = st.text(
    st.sampled_from("aế;,\t\"'\n =+-@|ơ̆0")
    | st.characters(codec="utf-8", exclude_characters="\0\r", min_codepoint=0x100),
    max_size=12,
)


def as_csv(rows: list[list[str]], **dialect: object) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, **dialect).writerows(rows)  # type: ignore[arg-type]
    return out.getvalue()


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_separator_and_encoding_are_seen(
    separator: str, encoding: str, line_end: str, tmp_path: Path
) -> None:
    text = as_csv([HEAD, ROW, ["2", "Việc hai", "Quý II; III"]], delimiter=separator, lineterminator=line_end)
    found = open_table(written(tmp_path, text.encode(encoding)))
    assert (found.kind, [sheet.name for sheet in found.sheets], found.remarks) == ("csv", [""], ())
    assert only_texts(tmp_path / "x.csv") == [HEAD, ROW, ["2", "Việc hai", "Quý II; III"]]


def test_the_separator_that_rows_agree_on_is_taken_whatever_texts_have(tmp_path: Path) -> None:
    assert only_texts(written(tmp_path, "BẢNG A, B, C\n\nTT;Việc\n1;a, b\n2;c, d, e\n3;f"))[-1] == ["3", "f"]
    assert only_texts(written(tmp_path, "Việc, hạn\nmột, 1/2\nhai, ba\nbốn"))[2] == ["hai", "ba"]
    assert only_texts(written(tmp_path, "Việc;Kinh phí\na;12,5\nb;3,25"))[1:] == [
        ["a", "12,5"],
        ["b", "3,25"],
    ]


def test_sentences_have_no_separator(tmp_path: Path) -> None:
    one_column = ["Việc", "một", "hai, ba, bốn; năm", "sáu"]
    assert only_texts(written(tmp_path, "\n".join(one_column))) == [[text] for text in one_column]


def test_a_separator_that_is_told(tmp_path: Path) -> None:
    for first in ("sep=|\n", "SEP=|\r\n", "\ufeffsep=|\n"):
        path = written(tmp_path, f"{first}a;b|c\nd|e")
        assert only_texts(path) == [["a;b", "c"], ["d", "e"]]
        (sheet,) = open_table(path).sheets
        assert [row.number for row in sheet.rows()] == [2, 3]
    assert only_texts(written(tmp_path, "a;b,c\n1;2,3"), separator=",") == [["a;b", "c"], ["1;2", "3"]]
    assert only_texts(written(tmp_path, "a\tb;c"), separator="tab") == [["a", "b;c"]]
    for separator in ("", "ab", '"', "\n"):
        if separator:
            refused(tmp_path / "x.csv", "table-separator", separator=separator)


def test_a_row_has_the_number_of_its_first_line(tmp_path: Path) -> None:
    (sheet,) = open_table(written(tmp_path, 'a;b\n\n;\n"một\nhai";x\ncuối;y\n')).sheets
    assert [(row.number, row.cells[0].text) for row in sheet.rows()] == [
        (1, "a"),
        (4, "một\nhai"),
        (6, "cuối"),
    ]


@pytest.mark.parametrize("quoting", [csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC])
@given(
    rows=st.lists(st.lists(CELLS, min_size=2, max_size=4), min_size=1, max_size=5),
    separator=st.sampled_from(";,\t|"),
    line_end=st.sampled_from(("\n", "\r\n")),
)
def test_what_a_csv_writer_writes_is_read_back(
    tmp_path_factory: pytest.TempPathFactory,
    quoting: int,
    rows: list[list[str]],
    separator: str,
    line_end: str,
) -> None:
    safely = [["a", *map(safe, row)] for row in rows]
    text = as_csv(safely, delimiter=separator, lineterminator=line_end, quoting=quoting)
    path = written(tmp_path_factory.getbasetemp(), text.encode("utf-8-sig"))
    assert only_texts(path, separator=separator) == [["a", *map(tidy, row)] for row in rows]


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ('"=""0912345678"""', "0912345678"),
        ('="007"', "007"),
        ("'- ghi chú", "- ghi chú"),
        ("'=1+1", "=1+1"),
        ("=1+1", "=1+1"),
        ("'tên riêng'", "'tên riêng'"),
    ],
)
def test_what_keeps_a_text_from_excel_is_no_part_of_it(raw: str, text: str, tmp_path: Path) -> None:
    assert only_texts(written(tmp_path, f"a;b\n{raw};x")) == [["a", "b"], [text, "x"]]


def test_a_table_that_is_too_wide_is_refused_but_not_for_empty_cells(tmp_path: Path) -> None:
    failure = refused(written(tmp_path, ";".join(map(str, range(60_000)))), "table-too-wide")
    assert failure.params == {"file": str(tmp_path / "x.csv"), "place": "CJSR1", "columns": MAX_COLUMNS}
    (row,) = only_texts(written(tmp_path, "a;b" + ";" * 60_000))
    assert (row[:2], len(row)) == (["a", "b"], MAX_COLUMNS)


def test_blank_lines_below_the_last_row_are_looked_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (sheet,) = open_table(written(tmp_path, "a;b\n\n1;2\n" + ";\n" * 50_000)).sheets
    asked_for: list[str] = []
    read_all = TextLines.read

    def read(text: TextLines) -> Iterator[str]:
        for line in read_all(text):
            asked_for.append(line)
            yield line

    monkeypatch.setattr(TextLines, "read", read)
    assert [row.number for row in sheet.rows()] == [1, 3]
    assert asked_for == ["a;b", "", "1;2"]


@pytest.mark.parametrize("word", ["KÕ ho¹ch phèi hîp", "Hoäi Lieân hieäp Phuï nöõ", "Há»™i LiÃªn"])
def test_letters_that_are_wrong_are_refused_at_once_with_their_row(word: str, tmp_path: Path) -> None:
    path = written(tmp_path, "TT;Việc\n" + "1;tốt\n" * 500 + f"2;{word}\n" * 5)
    failure = refused(path, "table-misread")
    assert failure.params["row"] in range(502, 507)


def test_a_row_at_a_time_is_in_memory(tmp_path: Path) -> None:
    (sheet,) = open_table(
        written(tmp_path, "TT;Việc\n" + "".join(f"{n};Việc {n}\n" for n in range(5000)))
    ).sheets
    assert most_held(sheet, SheetRow) < 10
