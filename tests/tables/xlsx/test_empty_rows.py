"""Rows of a sheet in which nothing stands: left out before XML is read, and never one that has something."""

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.tables.open_table import open_table
from plantrack.tables.xlsx.empty_rows import WithoutEmptyRows
from plantrack.tables.xlsx.sheet_rows import read_rows
from plantrack.tables.xlsx.sheet_shape import read_shape
from tests.support.table_files import bare_workbook, sheet_xml, with_parts, written

EMPTY = (
    '<row r="{n}"/>',
    '<row r="{n}" s="1" hidden="1"><c r="A{n}" s="1"/><c r="B{n}"/></row>',
    '<row r="{n}"></row>',
)
OTHERS = (
    '<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>',
    '<row r="{n}"><c r="A{n}" t="inlineStr"><is><t>&lt;row r="1"/&gt;</t></is></c></row>',
    '<row r="{n}"><c r="A{n}"><f>1+1</f></c></row>',
    "<row><c><v>{n}</v></c></row>",
    "<row/>",
    '<!-- <row r="1"> -->',
    '<row spans="1:2" r="{n}"><c r="A{n}"><v>1</v></c></row>',
    '<row r="{n}"><c t="str"><v><![CDATA[<row r="2"/>]]></v></c></row>',
)
rows = st.lists(st.tuples(st.sampled_from(EMPTY + OTHERS), st.integers(1, 40)), max_size=12)


def xml_of(found: list[tuple[str, int]]) -> bytes:
    """Return a sheet with rows, each form as often as is told."""
    texts = [form for form, times in found for _ in range(times)]
    return sheet_xml("".join(text.format(n=n) for n, text in enumerate(texts, 1)).encode())


class Pieces(io.BytesIO):
    """A stream that gives few bytes at once."""

    def read(self, size: int | None = -1, /) -> bytes:
        return super().read(min(size or 1, 37))


@given(rows)
def test_what_stands_in_a_sheet_stays(found: list[tuple[str, int]]) -> None:
    xml = xml_of(found)
    expected = outcome(lambda: io.BytesIO(xml))
    assert outcome(lambda: WithoutEmptyRows(io.BytesIO(xml))) == expected
    assert outcome(lambda: WithoutEmptyRows(Pieces(xml))) == expected


def outcome(stream: object) -> object:
    """Return what is read of a sheet, or that its rows are not in order."""
    try:
        shape = read_shape(stream())  # type: ignore[operator]
        return shape, list(read_rows(stream(), shape.last_row))  # type: ignore[operator]
    except ValueError:
        return None


def all_of(stream: WithoutEmptyRows, size: int) -> list[bytes]:
    """Return the pieces of a stream."""
    return list(iter(lambda: stream.read(size), b""))


@pytest.mark.parametrize("empty", EMPTY)
def test_of_a_million_empty_rows_next_to_nothing_is_left(empty: str) -> None:
    xml = xml_of([(OTHERS[0], 1), (empty, 50_000), (OTHERS[0], 1)])
    found = b"".join(all_of(WithoutEmptyRows(io.BytesIO(xml)), 64 * 1024))
    assert len(found) < 64 * 1024 * 4
    assert found.endswith(b"<v>50002</v></c></row></sheetData></worksheet>")


def test_a_row_without_end_is_not_held() -> None:
    xml = b'<row r="1">' + b'<c r="A1"/>' * 400_000
    pieces = all_of(WithoutEmptyRows(io.BytesIO(xml)), 64 * 1024)
    assert b"".join(pieces) == xml
    assert max(map(len, pieces)) < 2 * 1024 * 1024


def test_rows_below_the_last_with_something_are_not_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    xml = xml_of([(OTHERS[0], 2), ("<row><c/></row>", 40_000)])
    (sheet,) = open_table(written(tmp_path, with_parts(bare_workbook(), sheet1=xml), "x.xlsx")).sheets
    read, sizes = WithoutEmptyRows.read, []

    def counted(stream: WithoutEmptyRows, size: int) -> bytes:
        sizes.append(size)
        return read(stream, size)

    monkeypatch.setattr(WithoutEmptyRows, "read", counted)
    assert [row.number for row in sheet.rows()] == [1, 2]
    assert len(sizes) <= 2
