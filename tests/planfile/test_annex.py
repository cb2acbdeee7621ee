"""Files that are no annex: each is refused with what is wrong and what to do, and none takes long."""

import builtins
import io
from functools import partial
from pathlib import Path
from typing import Any

import docx
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl import Workbook

from plantrack.errors import Exit, Failure
from plantrack.i18n.failure import sentence
from plantrack.i18n.words import Words
from plantrack.planfile.annex import read_annex
from plantrack.planfile.format.dump import dump
from plantrack.planfile.load import check_document
from tests.support.annex_files import Refused, refusal, with_part, zipped
from tests.support.annex_samples import GROUPED, HEADINGS, Word, fill, grouped_docx, messy_xlsx, saved
from tests.support.tries import tries

SOUND = {"x.docx": grouped_docx(), "x.xlsx": messy_xlsx()}


@pytest.fixture
def refused(tmp_path: Path) -> Refused:
    return partial(refusal, partial(read_annex, year=2024, plan_id="kh-vi-du"), tmp_path)


@pytest.mark.parametrize("broken", [b"", b"<w:document", b"\xff\xfe\x00", b"<x/>"])
def test_broken_parts(refused: Refused, broken: bytes) -> None:
    refused(with_part(grouped_docx(), "word/document.xml", lambda _: broken), "annex-unreadable")
    # openpyxl takes any element for a workbook, and finds nothing in it.
    code = "annex-no-table" if broken == b"<x/>" else "annex-unreadable"
    refused(with_part(messy_xlsx(), "xl/workbook.xml", lambda _: broken), code, "x.xlsx")


def test_an_archive_with_only_the_names_of_parts(refused: Refused) -> None:
    refused(zipped(word__document_xml=b"<x/>"), "annex-unreadable")
    refused(zipped(xl__workbook_xml=b"<x/>"), "annex-unreadable")


def test_a_document_without_tables(refused: Refused) -> None:
    refused(Word().say("Chỉ có chữ (ví dụ)").done(), "annex-no-table")
    refused(saved(Workbook()), "annex-no-table", "x.xlsx")


def test_tables_with_other_headings(refused: Refused) -> None:
    word = Word()
    word.table((("STT", "Họ tên", "Năm sinh"), ("1", "Ví dụ", "2000")))
    failure = refused(word.done(), "annex-no-headings")
    message, hint = sentence(Words("vi"), failure)
    assert "STT | Họ tên | Năm sinh" in message
    assert "TT, Nội dung, Đơn vị chủ trì" in hint


@pytest.mark.parametrize(
    "text",
    [
        "KÕ ho¹ch phèi hîp, §¸nh gi¸ kÕt qu¶ thùc hiÖn",
        "Hoäi Lieân hieäp Phuï nöõ Vieät Nam, caùc ñôn vò",
        "Há»™i LiÃªn hiá»‡p Phá»¥ ná»¯",
    ],
)
def test_text_of_older_encodings(refused: Refused, text: str) -> None:
    word = Word()
    word.table((HEADINGS, ("1", text, "UBDT")))
    assert "UniKey" in sentence(Words("en"), refused(word.done(), "annex-misread"))[1]
    word = Word()
    word.table((("TT", text), ("1", text)))
    refused(word.done(), "annex-misread")
    word = Word().say("KẾ HOẠCH", text)
    word.table((HEADINGS, ("1", "Ví dụ", "UBDT")))
    refused(word.done(), "annex-misread")  # the title of the plan


def test_without_the_extra_workbooks_are_read(
    refused: Refused, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    original = builtins.__import__

    def missing(asked: str, *args: Any, **kwargs: Any) -> Any:
        if asked.partition(".")[0] in ("docx", "openpyxl", "lxml"):
            raise ModuleNotFoundError(f"No module named {asked!r}", name=asked)
        return original(asked, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", missing)
    failure = refused(SOUND["x.docx"], "extra-missing", "x.docx")
    assert failure.params["command"] == "pip install 'plantrack[office]'"
    (tmp_path / "x.xlsx").write_bytes(SOUND["x.xlsx"])
    assert read_annex(tmp_path / "x.xlsx", 2024, "kh-vi-du")[0].areas


def test_nothing_of_the_outside_is_read(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("bí mật")
    entity = f'<!DOCTYPE x [<!ENTITY e SYSTEM "file://{tmp_path}/secret">]>'.encode()

    def change(xml: bytes) -> bytes:
        head, sign, rest = xml.partition(b"?>")
        return head + sign + entity + rest.replace("Biên soạn".encode(), b"&e; Bi\xc3\xaan so\xe1\xba\xa1n")

    data = with_part(grouped_docx(), "word/document.xml", change)
    (tmp_path / "x.docx").write_bytes(data)
    plan, remarks = read_annex(tmp_path / "x.docx", 2024, "x")
    assert "bí mật" not in f"{plan}{remarks}"


def test_entities_that_unfold_without_end(refused: Refused) -> None:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    head = f'<!DOCTYPE x [<!ENTITY e0 "aaaaaaaaaa">{entities}]>'.encode()

    def change(xml: bytes) -> bytes:
        return head + xml.replace(b"<sheetData>", b"<sheetData><row><c t='str'><v>&e11;</v></c></row>", 1)

    refused(with_part(messy_xlsx(), "xl/worksheets/sheet1.xml", change), "annex-unreadable", "x.xlsx")


def test_an_empty_document_of_word(refused: Refused) -> None:
    file = io.BytesIO()
    docx.Document().save(file)
    refused(file.getvalue(), "annex-no-table")


PIECES = [
    b"<",
    b">",
    b'"',
    b"/>",
    b"</w:tc>",
    b"<w:tc>",
    b"<w:tr/>",
    b"<w:vMerge/>",
    b"-1",
    b"99999999999",
    b"\0",
    b"&",
]
PIECES += [
    b"<row/>",
    b"<c/>",
    b'<c r="ZZ9"/>',
    b"<v>x</v>",
    b' t="s"',
    b' t="d"',
    b"<f>1</f>",
    b"\xff",
    b"1e400",
    b"A0",
]


@tries(3)
@given(
    st.sampled_from((("x.docx", "word/document.xml"), ("x.docx", "word/numbering.xml"))
                    + (("x.xlsx", "xl/worksheets/sheet1.xml"), ("x.xlsx", "xl/styles.xml"))),
    st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 30), st.sampled_from(PIECES)), min_size=1, max_size=4),
)  # fmt: skip
@example(("x.xlsx", "xl/worksheets/sheet1.xml"), [(52403, 0, b">")])  # a heading without number and title
def test_any_damage(
    tmp_path_factory: pytest.TempPathFactory, part: tuple[str, str], cuts: list[tuple[int, int, bytes]]
) -> None:
    def damage(xml: bytes) -> bytes:
        for place, length, piece in cuts:
            start = place % (len(xml) + 1)
            xml = xml[:start] + piece + xml[start + length :]
        return xml

    path = tmp_path_factory.getbasetemp() / part[0]
    path.write_bytes(with_part(SOUND[part[0]], part[1], damage))
    try:
        plan, remarks = read_annex(path, 2024, "kh-vi-du")
    except Failure as failure:
        assert failure.exit_code == Exit.FILE
        return
    problems = check_document(Path("x.yaml"), dump(plan, remarks).encode())[1]
    assert [p for p in problems if p.severity == "error"] == []


@pytest.mark.parametrize("place", [(30_000, 2), (2, 70)])
def test_tables_that_are_no_annex_by_their_size(refused: Refused, place: tuple[int, int]) -> None:
    book = Workbook()
    sheet: Any = book.active
    fill(sheet, 1, GROUPED)
    sheet.cell(*place, "x")
    refused(saved(book), "annex-too-large", "x.xlsx")


def test_a_sheet_that_is_too_large_stands_in_nobodys_way(tmp_path: Path) -> None:
    book = Workbook()
    sheet: Any = book.active
    sheet.cell(1, 100, "x")
    fill(book.create_sheet("Phụ lục"), 1, GROUPED)
    (tmp_path / "x.xlsx").write_bytes(saved(book))
    plan, _ = read_annex(tmp_path / "x.xlsx", 2024, "x")
    assert len(plan.areas) == 2


def test_a_wide_table_in_a_document(refused: Refused) -> None:
    word = Word()
    table = word.table((HEADINGS,))
    table.cell(0, 0)._tc.get_or_add_tcPr().grid_span = 100
    refused(word.done(), "annex-too-large")
