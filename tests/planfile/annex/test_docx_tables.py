"""Tables of Word documents, element by element."""

from pathlib import Path

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given
from hypothesis import strategies as st

from plantrack.planfile.annex.docx_tables import read_docx
from plantrack.planfile.annex.grid import LIMITS, Grid, clean
from plantrack.tables.zip_package import open_package
from tests.support.annex_files import with_part
from tests.support.annex_samples import HEADINGS, Word, listed_docx


def read(word: Word, folder: Path) -> list[Grid]:
    path = folder / "x.docx"
    path.write_bytes(word.done())
    return read_docx(open_package(path, LIMITS))


def texts(grid: Grid) -> list[list[str | None]]:
    return [[cell.text if cell else None for cell in row.cells] for row in grid.rows]


def test_tables_in_order_with_the_lines_before_each(tmp_path: Path) -> None:
    word = Word().say("KẾ HOẠCH", "")
    word.table((("a", "b"), ("c", "d")))
    word.say("giữa")
    word.table((("e",),))
    first, second, rest = read(word.say("sau"), tmp_path)
    assert ([g.name for g in (first, second, rest)]) == ["bảng 1", "bảng 2", ""]
    assert ([*filter(None, first.before)], second.before, rest.before) == (["KẾ HOẠCH"], ["giữa"], ["sau"])
    assert (texts(first), texts(second), rest.rows) == ([["a", "b"], ["c", "d"]], [["e"]], [])
    assert [row.name for row in first.rows] == ["bảng 1, dòng 1", "bảng 1, dòng 2"]
    assert first.flows


def test_a_merged_cell_is_one_cell_wherever_it_stands(tmp_path: Path) -> None:
    word = Word()
    table = word.table((("a", "b", "c"), ("d", "e", "f"), ("g", "h", "i")))
    table.cell(0, 1).merge(table.cell(0, 2))
    table.cell(0, 0).merge(table.cell(2, 0))
    grid, _ = read(word, tmp_path)
    wide, tall = grid.rows[0].cells[1], grid.rows[0].cells[0]
    assert wide is grid.rows[0].cells[2]
    assert tall is grid.rows[1].cells[0] is grid.rows[2].cells[0]
    assert wide is not None
    assert tall is not None
    assert (wide.width, wide.height, tall.width, tall.height) == (2, 1, 1, 3)
    assert (wide.text, tall.text) == ("b\nc", "a\nd\ng")
    assert [len(row.own()) for row in grid.rows] == [2, 2, 2]


def test_a_row_that_begins_further_right(tmp_path: Path) -> None:
    word = Word()
    table = word.table((("a", "b", "c"), ("d", "e", "f")))
    row = table.rows[1]._tr
    row.get_or_add_trPr().append(parse_xml(f'<w:gridBefore {nsdecls("w")} w:val="1"/>'))
    row.remove(row.tc_lst[0])
    grid, _ = read(word, tmp_path)
    assert texts(grid) == [["a", "b", "c"], [None, "e", "f"]]


def test_bold_is_what_is_bold_as_a_whole(tmp_path: Path) -> None:
    word = Word()
    table = word.table((("", "", "", "Thường"),))
    for column, runs in enumerate(
        ((("Đậm", True),), (("Đậm", True), (" một nửa", False)), (("  ", False), ("Đậm", True)))
    ):
        paragraph = table.cell(0, column).paragraphs[0]
        for text, bold in runs:
            paragraph.add_run(text).bold = bold
    grid, _ = read(word, tmp_path)
    assert [cell.bold for cell in grid.rows[0].distinct()] == [True, False, True, False]


def test_the_text_as_it_stands_after_all_changes(tmp_path: Path) -> None:
    word = Word()
    table = word.table((("", "b"), ("c", "d")))
    paragraph = table.cell(0, 0).paragraphs[0]._p
    for xml in (
        "<w:moveFrom %s><w:r><w:t>đi</w:t></w:r></w:moveFrom>",
        "<w:moveTo %s><w:r><w:t>đến</w:t><w:noBreakHyphen/><w:t>nơi</w:t></w:r></w:moveTo>",
        "<w:del %s><w:r><w:delText>xoá</w:delText></w:r></w:del>",
        "<w:hyperlink %s><w:r><w:tab/><w:t>liên kết</w:t><w:cr/><w:t>dòng hai</w:t></w:r></w:hyperlink>",
        "<w:r %s><w:pict><w:txbxContent><w:p><w:r><w:t>khung chữ</w:t></w:r></w:p></w:txbxContent></w:pict></w:r>",
    ):
        paragraph.append(parse_xml(xml % nsdecls("w")))
    inner = table.cell(1, 1).add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "trong", "bảng"
    grid, _ = read(word, tmp_path)
    assert texts(grid)[0][0] == "đến-nơi liên kết\ndòng hai\nkhung chữ"
    assert texts(grid)[1][1] == "d\ntrong\nbảng"


def test_the_numbers_of_lists_stand_before_their_paragraphs(tmp_path: Path) -> None:
    path = tmp_path / "x.docx"
    path.write_bytes(listed_docx())
    grid = read_docx(open_package(path, LIMITS))[0]
    assert [row[0] for row in texts(grid)] == ["TT", "I.", "1.", "2.", "II.", "1."]
    assert texts(grid)[5][1] == "Việc ví dụ ba\n- Gửi phiếu ví dụ"


#: Texts as Word keeps them, without what its XML cannot have.
cells = st.text(st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff"), max_size=8)


@given(st.lists(st.lists(cells, min_size=3, max_size=3), min_size=1, max_size=4))
def test_every_cell_is_read_as_it_was_written(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]]
) -> None:
    word = Word()
    word.table(rows)
    grid, _ = read(word, tmp_path_factory.getbasetemp())
    assert texts(grid) == [[clean(text) for text in row] for row in rows]


def test_a_word_in_an_old_encoding_is_noted(tmp_path: Path) -> None:
    word = Word()
    word.table((("a", "KÕ ho¹ch ®¸nh gi¸"),))
    word.table((("a", "Kế hoạch"),))
    first, second, _ = read(word, tmp_path)
    assert first.garbled in ["KÕ", "ho¹ch", "®¸nh", "gi¸"]
    assert second.garbled is None


def test_a_table_that_is_too_wide_is_not_read(tmp_path: Path) -> None:
    word = Word()
    word.table((HEADINGS,)).cell(0, 0)._tc.get_or_add_tcPr().grid_span = 100
    assert read(word, tmp_path)[0].too_large


@pytest.mark.parametrize("part", ["word/numbering.xml", "word/styles.xml"])
def test_a_document_whose_lists_or_styles_say_nothing(tmp_path: Path, part: str) -> None:
    root = part.removeprefix("word/").removesuffix(".xml")
    empty = f"<w:{root} {nsdecls('w')}/>".encode()
    (tmp_path / "x.docx").write_bytes(with_part(listed_docx(), part, lambda _: empty))
    grid = read_docx(open_package(tmp_path / "x.docx", LIMITS))[0]
    assert texts(grid)[1][1] == "Nội dung ví dụ một"
