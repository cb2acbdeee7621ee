"""Files of tables, whatever they are: read, or refused with the way out."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from plantrack.errors import Failure
from plantrack.tables.open_table import open_table
from tests.support.annex_samples import grouped_docx
from tests.support.table_files import (
    OLE,
    bare_workbook,
    needs_soffice,
    only_texts,
    packed,
    refused,
    resaved,
    sheet_xml,
    texts,
    with_parts,
    workbook,
    written,
)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7", "pdf"),
        (b"{\\rtf1", "rtf"),
        (b"\xef\xbb\xbf\r\n<html><table>", "html/xml"),
        (b"\x89PNG\r\n", "png"),
        (b"\xff\xd8\xff\xe0", "jpeg"),
        (grouped_docx(), "docx"),
        (packed(mimetype=b"x", content_xml=b""), "ods"),
        (packed(xl__workbook_bin=b""), "xlsb"),
        (packed(a_txt=b""), "zip"),
    ],
)
def test_what_is_no_table_is_named(data: bytes, kind: str, tmp_path: Path) -> None:
    assert refused(written(tmp_path, data, "bảng.xlsx"), "table-other-format").params["kind"] == kind


def test_old_files_and_those_with_a_password(tmp_path: Path) -> None:
    refused(written(tmp_path, OLE + "Workbook".encode("utf-16-le"), "x.xls"), "table-old-format")
    refused(written(tmp_path, OLE + "EncryptedPackage".encode("utf-16-le"), "x.xlsx"), "table-encrypted")


def test_a_sheet_that_is_protected_is_read(tmp_path: Path) -> None:
    book = Workbook()
    sheet: Any = book.active
    sheet["A1"] = "có"
    sheet.protection.sheet, sheet.protection.password = True, "x"
    book.save(tmp_path / "x.xlsx")
    assert only_texts(tmp_path / "x.xlsx") == [["có"]]


def test_the_kind_is_what_is_in_a_file_not_its_name(tmp_path: Path) -> None:
    path = workbook(tmp_path, [["a", "b"]], "x.csv")
    assert open_table(path).kind == "xlsx"
    assert open_table(written(tmp_path, "a;b", "x.xlsx")).kind == "csv"
    assert open_table(written(tmp_path, '{"a": 1}', "x.csv")).kind == "jsonl"


def pieces(head: bytes, piece: bytes, times: int, tail: bytes) -> Iterator[bytes]:
    yield head
    for _ in range(times):
        yield piece
    yield tail


def hostile(**parts: bytes | Iterator[bytes]) -> bytes:
    return with_parts(bare_workbook(), **parts)


MIB = 1 << 20


def test_files_that_unfold_to_too_much_are_refused_before_they_are_unpacked(tmp_path: Path) -> None:
    bomb = hostile(sheet1=pieces(b"<worksheet>", b" " * MIB, 151, b"</worksheet>"))
    assert len(bomb) < MIB
    refused(written(tmp_path, bomb, "x.xlsx"), "table-unpacks-too-large")
    many = hostile(**{f"p{n}": pieces(b"", b" " * MIB, 110, b"") for n in range(3)})
    refused(written(tmp_path, many, "x.xlsx"), "table-unpacks-too-large")


@pytest.mark.parametrize("part", ["sheet1", "styles", "workbook"])
@pytest.mark.parametrize(
    "kind", ['<!ENTITY a "ha"><!ENTITY e "&a;&a;&a;&a;&a;">', '<!ENTITY e SYSTEM "file:///etc/hostname">', ""]
)
def test_entities_are_refused_whatever_they_are(part: str, kind: str, tmp_path: Path) -> None:
    rows = '<row r="1"><c r="A1" t="inlineStr"><is><t>&e;</t></is></c></row>'
    xml = f"<!DOCTYPE x [{kind}]><worksheet><sheetData>{rows}</sheetData></worksheet>".encode()
    failure = refused(written(tmp_path, hostile(**{part: xml}), "x.xlsx"), "table-unreadable")
    assert failure.params["reason"] == "with-a-doctype"


def test_rows_and_columns_without_end(tmp_path: Path) -> None:
    empty = hostile(sheet1=sheet_xml(b"".join(b'<row r="%d" s="1"/>' % n for n in range(1, 100_000))))
    refused(written(tmp_path, empty, "x.xlsx"), "table-empty")
    wide = hostile(sheet1=sheet_xml(b'<row r="1">' + b"<c><v>1</v></c>" * 60_000 + b"</row>"))
    refused(written(tmp_path, wide, "x.xlsx"), "table-too-wide")
    refused(written(tmp_path, b"x" * (200 * MIB)), "table-line-too-long")


def test_what_has_nothing_in_it(tmp_path: Path) -> None:
    book = Workbook()
    book.create_sheet("Hai")
    book.save(tmp_path / "x.xlsx")
    refused(tmp_path / "x.xlsx", "table-empty")
    for data in (b"", b"\xef\xbb\xbf", b"\n\n;;\n", b"sep=;\n"):
        refused(written(tmp_path, data), "table-empty")
    os.mkfifo(tmp_path / "pipe")
    refused(tmp_path / "pipe", "table-unreadable")
    refused(tmp_path, "table-unreadable")


@pytest.mark.parametrize("cut", [30, 700, -300, -1])
def test_a_workbook_that_was_cut_off(cut: int, tmp_path: Path) -> None:
    refused(written(tmp_path, bare_workbook()[:cut], "x.xlsx"), "table-unreadable")


@given(st.binary(max_size=40), st.integers(0, 5000))
def test_whatever_is_changed_in_a_workbook_it_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, piece: bytes, at: int
) -> None:
    data = bare_workbook()
    at %= len(data)
    path = written(tmp_path_factory.getbasetemp(), data[:at] + piece + data[at + len(piece) :], "x.xlsx")
    try:
        for sheet in open_table(path).sheets:
            texts(sheet)
    except Failure as failure:
        assert failure.code.startswith("table-")


def office_workbook(folder: Path) -> Path:
    """Write a workbook as an office keeps it: titles, merged headings, formats, formulas, hidden rows."""
    book = Workbook()
    sheet: Any = book.active
    sheet.title = "Nhiệm vụ"
    for row in (
        ["HỘI LHPN TỈNH VÍ DỤ"],
        ["TT", "Nội dung", "Hạn", "Tiến độ", "Tháng", "Kinh phí", "Ghi chú"],
        [1, "  Tập huấn\nnòng cốt ", 45473, 0.4, 45444, 12.5, "- bắt đầu"],
        [2, "Ẩn", "15/8", 1, None, "=F3*2", '=IF(1=1,"","x")'],
        ["=A4+1", "Số ghi thành chữ", None, 0.125, None, '="Tổng "&2', True],
        [None, "0912345678"],
    ):
        sheet.append(row)
    sheet.merge_cells("A1:G1")
    sheet.merge_cells("B6:B7")
    for place, form in {"C3": "dd/mm/yyyy", "D3": "0%", "D4": "0%", "D5": "0.0%", "E3": "mm/yyyy"}.items():
        sheet[place].number_format = form
    sheet["C7"] = "dưới"
    sheet.row_dimensions[4].hidden = True
    book.create_sheet("Trống")
    hidden: Any = book.create_sheet("Danh mục")
    hidden["A1"], hidden.sheet_state = "ẩn", "hidden"
    book.save(folder / "mẫu.xlsx")
    return folder / "mẫu.xlsx"


AS_SAVED = [
    ["HỘI LHPN TỈNH VÍ DỤ"] * 7,
    ["TT", "Nội dung", "Hạn", "Tiến độ", "Tháng", "Kinh phí", "Ghi chú"],
    ["1", "Tập huấn\nnòng cốt", "30/06/2024", "40%", "06/2024", "12,5", "- bắt đầu"],
    ["2", "Ẩn", "15/8", "100%", "", "25"],
    ["3", "Số ghi thành chữ", "", "12,5%", "", "Tổng 2", "TRUE"],
    ["", "0912345678"],
    ["", "0912345678", "dưới"],
]


@pytest.mark.slow
@needs_soffice
def test_what_libreoffice_saves_is_the_same_table(tmp_path: Path) -> None:
    path = office_workbook(tmp_path)
    found = open_table(resaved(path, "xlsx", tmp_path / "lại"))
    assert [(sheet.name, sheet.hidden) for sheet in found.sheets] == [
        ("Nhiệm vụ", False), ("Trống", False), ("Danh mục", True),
    ]  # fmt: skip
    assert [texts(sheet) for sheet in found.sheets] == [AS_SAVED, [], [["ẩn"]]]
    rows = list(found.sheets[0].rows())
    assert (rows[2].cells[2].day, rows[2].cells[3].number, rows[3].hidden) == ("2024-06-30", 40, True)
    assert {remark.code for remark in found.remarks} == {"table-hidden-rows", "table-hidden-sheet"}
    assert {remark.code for remark in open_table(path).remarks} > {"table-no-result"}


@pytest.mark.slow
@needs_soffice
def test_csv_and_older_kinds_of_libreoffice(tmp_path: Path) -> None:
    path = office_workbook(tmp_path)
    head, *rows = only_texts(resaved(path, "csv", tmp_path / "csv"))
    assert head[0] == AS_SAVED[0][0]
    assert [[row[1], row[3]] for row in rows[:4]] == [
        [row[1], row[3].replace(",", ".")] for row in AS_SAVED[1:5]
    ]
    refused(resaved(path, "xls", tmp_path / "xls"), "table-old-format")
    assert refused(resaved(path, "ods", tmp_path / "ods"), "table-other-format").params["kind"] == "ods"
