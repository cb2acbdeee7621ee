"""Word documents, read back with python-docx: what stands in them, how it is built, and always the same bytes."""

import io
import zipfile
from collections.abc import Iterator
from typing import Any

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph as WordParagraph
from hypothesis import given, settings
from hypothesis import strategies as st

from plantrack.i18n.words import Words
from plantrack.render.formats import Page
from plantrack.render.formats.docx import render
from plantrack.render.layout.blocks import (
    Chart,
    ChartSeries,
    Definition,
    DefinitionList,
    Document,
    Heading,
    ItemList,
    ListItem,
    Paragraph,
    StyledText,
    Table,
    TableColumn,
    TableRow,
    Verbatim,
)
from plantrack.render.views import list as tasks
from plantrack.render.views import progress, weekly
from tests.render.test_formats import HOSTILE, REPORTS, make_document
from tests.support import factory
from tests.support.factory_weekly import make_weekly

VI, EN = Words("vi"), Words("en")


def opened(document: Document, words: Words = VI) -> Any:
    return docx.Document(io.BytesIO(render(document, Page(words, 80, False))))


def blocks(*made: Any) -> Any:
    return opened(Document("", (), made))


def part(document: Document, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(render(document, Page(VI, 80, False)))) as archive:
        return archive.read(name).decode()


def millimetres(*lengths: int) -> list[int]:
    """Return lengths in millimetres; a file has twentieths of a point."""
    return [round(length / Mm(1)) for length in lengths]


def texts(read: Any) -> Iterator[str]:
    """Yield all paragraphs, those of tables too, in their order."""
    for paragraph in read.element.body.iter(qn("w:p")):
        yield WordParagraph(paragraph, read).text


def test_the_page_is_that_of_an_official_document() -> None:
    read = opened(weekly.document(make_weekly(), VI))
    section = read.sections[0]
    assert millimetres(section.page_width, section.page_height) == [210, 297]
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert millimetres(*margins) == [20, 20, 30, 15]
    normal = read.styles["Normal"]
    assert (normal.font.name, normal.font.size) == ("Times New Roman", Pt(13))
    assert read.styles["Title"].font.size == Pt(14)
    for name in ("Title", "Heading 1", "Heading 2"):
        assert str(read.styles[name].font.color.rgb) == "000000"
        assert read.styles[name].font.name == "Times New Roman"


def test_pages_are_numbered_above_but_for_the_first() -> None:
    section = opened(weekly.document(make_weekly(), VI)).sections[0]
    assert section.different_first_page_header_footer
    assert not section.first_page_header.paragraphs[0].text
    header = section.header._element.xml
    assert 'w:instr=" PAGE "' in header
    assert '<w:jc w:val="center"/>' in header


def test_wide_tables_lie_across() -> None:
    assert opened(weekly.document(make_weekly(), VI)).sections[0].orientation == WD_ORIENT.PORTRAIT
    section = opened(tasks.document(factory.make_list(), VI)).sections[0]
    assert section.orientation == WD_ORIENT.LANDSCAPE
    assert millimetres(section.page_width, section.page_height) == [297, 210]


def test_the_digest_is_no_official_document() -> None:
    text = "\n".join(texts(opened(weekly.document(make_weekly(), VI)))).casefold()
    for said in ("cộng hòa", "độc lập", "số:", "nơi nhận", "người ký"):
        assert said not in text


def test_titles_and_headings_have_their_styles() -> None:
    read = opened(weekly.document(make_weekly(), VI))
    styles = [paragraph.style.name for paragraph in read.paragraphs]
    assert styles[0] == "Title"
    headings = [p.text for p in read.paragraphs if p.style.name == "Heading 1"]
    assert [heading.partition(".")[0] for heading in headings] == ["I", "II", "III", "IV", "V", "VI", "VII"]
    shown = blocks(Heading("một"), Heading("hai", 2), Heading("ba", 3))
    assert [p.style.name for p in shown.paragraphs] == ["Heading 1", "Heading 2", "Heading 2"]


@pytest.mark.parametrize(("words", "locale"), [(VI, "vi-VN"), (EN, "en-GB")])
def test_the_language_is_said(words: Words, locale: str) -> None:
    read = opened(Document("Tên", (), ()), words)
    (language,) = read.styles.element.iter(qn("w:lang"))
    assert language.get(qn("w:val")) == locale
    assert read.core_properties.language == locale


def test_the_file_tells_its_title_and_nothing_of_who_and_when() -> None:
    read = opened(weekly.document(make_weekly(), VI))
    own = read.core_properties
    assert own.title == "Tổng hợp tiến độ tuần từ 15/07/2024 đến 21/07/2024 (tuần 29)"
    assert (own.author, own.last_modified_by, own.comments, own.created, own.modified) == (
        "",
        "",
        "",
        None,
        None,
    )
    with zipfile.ZipFile(io.BytesIO(render(Document("", (), ()), Page(VI, 80, False)))) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not [name for name in archive.namelist() if "thumbnail" in name]


@pytest.mark.parametrize("words", [VI, EN], ids=["vi", "en"])
@pytest.mark.parametrize("report", REPORTS)
def test_the_same_data_gives_the_same_bytes(report: str, words: Words) -> None:
    first, second = (render(REPORTS[report](words), Page(words, 80, False)) for _ in range(2))
    assert first == second
    read = docx.Document(io.BytesIO(first))
    assert "None" not in "\n".join(texts(read))


def test_lists_are_lists_of_word() -> None:
    read = blocks(
        ItemList(
            (
                ListItem("a"),
                ListItem("b", depth=1),
                ListItem("c", "1."),
                ListItem("d", "2."),
                ListItem("e", "5."),
            )
        )
    )
    numbered = [numbering(read, p) for p in read.paragraphs]
    assert numbered == [("bullet", 0, "-", 1), ("bullet", 1, "+", 1), ("decimal", 0, "%1.", 1),
                        ("decimal", 0, "%1.", 1), ("decimal", 0, "%1.", 5)]  # fmt: skip
    lists = [p._p.pPr.numPr.numId.val for p in read.paragraphs]
    assert lists[2] == lists[3] != lists[4]


def numbering(read: Any, paragraph: Any) -> tuple[str, int, str, int]:
    """Return the kind, the level, the marker and the first number of the list that a paragraph is of."""
    own, level = paragraph._p.pPr.numPr.numId.val, paragraph._p.pPr.numPr.ilvl.val
    root = read.part.numbering_part.element
    (num,) = [n for n in root.findall(qn("w:num")) if n.get(qn("w:numId")) == str(own)]
    kind = num.find(qn("w:abstractNumId")).get(qn("w:val"))
    (abstract,) = [a for a in root.findall(qn("w:abstractNum")) if a.get(qn("w:abstractNumId")) == kind]
    shown = abstract.findall(qn("w:lvl"))[level]
    start = num.find(f"{qn('w:lvlOverride')}/{qn('w:startOverride')}")
    first = 1 if start is None else int(start.get(qn("w:val")))
    said = shown.find(qn("w:numFmt")).get(qn("w:val")), shown.find(qn("w:lvlText")).get(qn("w:val"))
    return said[0], level, said[1], first


def test_each_numbered_list_begins_anew() -> None:
    read = blocks(ItemList((ListItem("a", "1."),)), Paragraph("x"), ItemList((ListItem("b", "1."),)))
    first, _, second = read.paragraphs
    assert first._p.pPr.numPr.numId.val != second._p.pPr.numPr.numId.val


def test_codes_stand_before_what_they_mark() -> None:
    read = blocks(ItemList((ListItem("một\nhai", "ND1"), ListItem("ba", depth=1))))
    assert [p.text for p in read.paragraphs] == ["ND1\tmột\nhai", "ba"]
    assert read.paragraphs[0].runs[0].bold
    assert numbering(read, read.paragraphs[1])[2] == "-"


def test_a_table_can_be_read_over_pages() -> None:
    view = factory.make_progress()
    (table,) = opened(progress.document(view, VI)).tables
    head, *rest = table.rows
    assert head._tr.trPr.find(qn("w:tblHeader")) is not None
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
    assert len(rest) == len(view.rows) + 1
    borders = table._tbl.tblPr.find(qn("w:tblBorders"))
    assert {border.tag.rpartition("}")[2] for border in borders} == {
        "top",
        "left",
        "bottom",
        "right",
        "insideH",
        "insideV",
    }
    numbers = [cell.paragraphs[0] for cell in rest[0].cells[2:]]
    assert {p.alignment for p in numbers} == {WD_ALIGN_PARAGRAPH.RIGHT}
    assert all(cell.paragraphs[0].runs[0].bold for cell in rest[-1].cells[1:])


def test_a_table_is_as_wide_as_the_page_at_most() -> None:
    for report in REPORTS.values():
        read = opened(report(VI))
        section = read.sections[0]
        room = section.page_width - section.left_margin - section.right_margin
        for table in read.tables:
            assert sum(column.width for column in table.columns) <= room + Mm(0.1)


def test_columns_are_as_wide_as_their_texts_ask_for() -> None:
    columns = (TableColumn("Số", "right"), TableColumn("Tên", wraps=True, least=10))
    table = Table(columns, (TableRow(("1", "một tên dài " * 20)), TableRow(("2", "ngắn"))))
    narrow, wide = blocks(table).tables[0].columns
    assert narrow.width < Mm(12)
    assert wide.width > Mm(150)


def test_groups_of_columns_have_a_heading_over_them() -> None:
    (table,) = opened(progress.document(factory.make_progress_by("org"), VI)).tables
    above, below = table.rows[:2]
    assert [cell.text for cell in above.cells][1:] == ["Chủ trì"] * 3 + ["Phối hợp"] * 3
    assert [cell.text for cell in below.cells][:3] == ["Đơn vị", "Tổng", "Hoàn thành"]
    assert below._tr.trPr.find(qn("w:tblHeader")) is not None


def test_bars_are_left_out_and_what_is_about_them() -> None:
    text = "\n".join(texts(opened(progress.document(factory.make_progress(), VI))))
    assert "█" not in text


def test_tables_do_not_touch() -> None:
    table = Table((TableColumn("a"),), (TableRow(("1",)),))
    body = blocks(table, table).element.body
    assert [child.tag.rpartition("}")[2] for child in body] == ["tbl", "p", "tbl", "p", "sectPr"]


def test_meanings_are_seen_without_colour() -> None:
    read = blocks(
        Paragraph((StyledText("quá hạn", "overdue"), StyledText(" chờ ", "remark"), StyledText("x")))
    )
    late, remark, plain = read.paragraphs[0].runs
    assert (late.bold, remark.italic, plain.bold) == (True, True, None)
    assert plain.font.color.rgb is None


def test_colours_can_be_read_on_white() -> None:
    from plantrack.render.formats.docx.runs import _LOOKS

    colours = {look.partition('w:color w:val="')[2][:6] for look in _LOOKS.values() if "w:color" in look}
    assert len(colours) > 4
    for colour in colours:
        assert contrast(colour) >= 7, colour


def contrast(colour: str) -> float:
    """Return the contrast of a colour on white, as the guidelines for the web count it."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def test_other_blocks() -> None:
    chart = Chart("bars", "Hình", "ba trên bốn", ("a",), (ChartSeries("x", (3,)),))
    read = blocks(DefinitionList((Definition("Tên", "giá trị"),)), Verbatim(("  a", "    ^")), chart)
    assert [p.text for p in read.paragraphs] == ["Tên: giá trị", "  a\n    ^", "Hình: ba trên bốn"]
    assert read.paragraphs[1].runs[0].font.name == "Courier New"


def test_soft_hyphens_of_headings_break_only_where_they_must() -> None:
    table = Table((TableColumn("Over\u00addue"),), (TableRow(("1",)),))
    xml = part(Document("", (), (table,)), "word/document.xml")
    assert "<w:softHyphen/>" in xml
    assert "\u00ad" not in xml


@pytest.mark.parametrize("text", [*HOSTILE, "مرحبا שלום", "👩‍👩‍👧 ⚠", "x" * 2000, "]]>", "a\tb"])
def test_text_is_never_read_as_markup(text: str) -> None:
    read = opened(make_document(text))
    found = [t for t in texts(read) if text in t]
    # Title, line, heading, two paragraphs, two rows of a table, three entries, a field.
    assert len(found) == 11


@settings(max_examples=30)
@given(st.text(max_size=60))
def test_any_text_makes_a_file_that_opens(text: str) -> None:
    said = next(texts(blocks(Paragraph(text))))
    if text.isprintable():
        assert said == text


def test_a_row_higher_than_a_page_may_be_broken() -> None:
    table = Table((TableColumn("a", wraps=True),), (TableRow(("x " * 3000,)), TableRow(("y",))))
    first, second = blocks(table).tables[0].rows[1:]
    assert first._tr.trPr is None
    assert second._tr.trPr.find(qn("w:cantSplit")) is not None


def test_a_broken_line_is_not_stretched_to_the_margin() -> None:
    read = blocks(Paragraph("một\nhai"), Paragraph("ba"))
    assert read.paragraphs[0].alignment == WD_ALIGN_PARAGRAPH.LEFT
    assert read.paragraphs[1].alignment is None
