"""The frame of a Word file: the page of an official document, its language, and nothing of who made it and when."""

import io
import zipfile

import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from plantrack.i18n.words import Words
from plantrack.render.formats import Page
from plantrack.render.formats.docx import render
from plantrack.render.layout.blocks import (
    Document,
)
from plantrack.render.views import list as tasks
from plantrack.render.views import weekly
from tests.support import factory
from tests.support.factory_weekly import make_weekly
from tests.support.word_files import (
    opened,
)

VI, EN = Words("vi"), Words("en")


def millimetres(*lengths: int) -> list[int]:
    """Return lengths in millimetres; a file has twentieths of a point."""
    return [round(length / Mm(1)) for length in lengths]


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
    with zipfile.ZipFile(io.BytesIO(b"".join(render(Document("", (), ()), Page(VI, 80, False))))) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not [name for name in archive.namelist() if "thumbnail" in name]
