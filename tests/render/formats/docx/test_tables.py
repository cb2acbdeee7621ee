"""Tables of Word: headings on every page, whole rows, columns as wide as their texts ask for."""

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm
from hypothesis import given
from hypothesis import strategies as st

from plantrack.i18n.words import Words
from plantrack.render.layout.blocks import (
    Document,
    Table,
    TableColumn,
    TableRow,
)
from plantrack.render.views import progress
from tests.support import factory
from tests.support.documents import REPORTS
from tests.support.word_files import blocks, opened, part

VI, EN = Words("vi"), Words("en")


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


def test_soft_hyphens_of_headings_break_only_where_they_must() -> None:
    table = Table((TableColumn("Over\u00addue"),), (TableRow(("1",)),))
    xml = part(Document("", (), (table,)), "word/document.xml")
    assert "<w:softHyphen/>" in xml
    assert "\u00ad" not in xml


def test_a_row_higher_than_a_page_may_be_broken() -> None:
    table = Table((TableColumn("a", wraps=True),), (TableRow(("x " * 3000,)), TableRow(("y",))))
    first, second = blocks(table).tables[0].rows[1:]
    assert first._tr.trPr is None
    assert second._tr.trPr.find(qn("w:cantSplit")) is not None


_COLUMNS = st.lists(
    st.tuples(st.text("ab ", min_size=1, max_size=20), st.booleans(), st.text("a ", max_size=90)),
    min_size=1, max_size=12,
)  # fmt: skip


@given(_COLUMNS)
def test_any_table_is_as_wide_as_its_page_at_most(made: list[tuple[str, bool, str]]) -> None:
    columns = tuple(TableColumn(heading, wraps=wraps) for heading, wraps, _ in made)
    read = blocks(Table(columns, (TableRow(tuple(text for *_, text in made)),)))
    section, (table,) = read.sections[0], read.tables
    widths = [column.width for column in table.columns]
    assert sum(widths) <= section.page_width - section.left_margin - section.right_margin + Mm(0.1)
    assert min(widths) > 0
