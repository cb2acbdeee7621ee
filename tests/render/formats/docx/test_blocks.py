"""The blocks of a document as Word has them."""

from docx.enum.text import WD_ALIGN_PARAGRAPH

from plantrack.i18n.words import Words
from plantrack.render.layout.blocks import (
    Chart,
    ChartSeries,
    Definition,
    DefinitionList,
    Heading,
    ItemList,
    ListItem,
    Paragraph,
    Table,
    TableColumn,
    TableRow,
    Verbatim,
)
from plantrack.render.views import progress, weekly
from tests.support import factory
from tests.support.factory_weekly import make_weekly
from tests.support.word_files import blocks, numbering, opened, texts

VI, EN = Words("vi"), Words("en")


def test_titles_and_headings_have_their_styles() -> None:
    read = opened(weekly.document(make_weekly(), VI))
    styles = [paragraph.style.name for paragraph in read.paragraphs]
    assert styles[0] == "Title"
    headings = [p.text for p in read.paragraphs if p.style.name == "Heading 1"]
    assert [heading.partition(".")[0] for heading in headings] == ["I", "II", "III", "IV", "V", "VI", "VII"]
    shown = blocks(Heading("một"), Heading("hai", 2), Heading("ba", 3))
    assert [p.style.name for p in shown.paragraphs] == ["Heading 1", "Heading 2", "Heading 2"]


def test_codes_stand_before_what_they_mark() -> None:
    read = blocks(ItemList((ListItem("một\nhai", "ND1"), ListItem("ba", depth=1))))
    assert [p.text for p in read.paragraphs] == ["ND1\tmột\nhai", "ba"]
    assert read.paragraphs[0].runs[0].bold
    assert numbering(read, read.paragraphs[1])[2] == "-"


def test_bars_are_left_out_and_what_is_about_them() -> None:
    text = "\n".join(texts(opened(progress.document(factory.make_progress(), VI))))
    assert "█" not in text


def test_tables_do_not_touch() -> None:
    table = Table((TableColumn("a"),), (TableRow(("1",)),))
    body = blocks(table, table).element.body
    assert [child.tag.rpartition("}")[2] for child in body] == ["tbl", "p", "tbl", "p", "sectPr"]


def test_other_blocks() -> None:
    chart = Chart("bars", "Hình", "ba trên bốn", ("a",), (ChartSeries("x", (3,)),))
    read = blocks(DefinitionList((Definition("Tên", "giá trị"),)), Verbatim(("  a", "    ^")), chart)
    assert [p.text for p in read.paragraphs] == ["Tên: giá trị", "  a\n    ^", "Hình: ba trên bốn"]
    assert read.paragraphs[1].runs[0].font.name == "Courier New"


def test_a_broken_line_is_not_stretched_to_the_margin() -> None:
    read = blocks(Paragraph("một\nhai"), Paragraph("ba"))
    assert read.paragraphs[0].alignment == WD_ALIGN_PARAGRAPH.LEFT
    assert read.paragraphs[1].alignment is None
