"""The document that gave a task: read as people write of it; what is printed reads back to the same one."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.errors import Failure
from plantrack.i18n.words import LANGUAGES, Words
from plantrack.model.plan import CitedDocument, Text
from plantrack.model.typed.days import parse_day
from plantrack.model.typed.issued_document import parse_document
from plantrack.render.layout.fact_formatter import FactFormatter
from tests.support.factory import make_heading
from tests.support.steps import refused

DAY = "2024-06-05"


def cited(
    number: str | None, date: str | None = None, issuer: str | None = None, subject: str = ""
) -> CitedDocument:
    return CitedDocument(Text(subject) if subject else None, None, number, date, issuer)


WHOLE = cited("123/UBDT-TH", DAY, "Uỷ ban Dân tộc", "tổ chức hội thảo")


def read(text: str) -> CitedDocument:
    return parse_document(text, lambda day: parse_day(day, today="2024-07-20"))


def printed(document: CitedDocument, language: str) -> str:
    return FactFormatter(Words(language), make_heading()).document(document)


@pytest.mark.parametrize(
    "text",
    [
        "số 123/UBDT-TH ngày 5/6/2024 của Uỷ ban Dân tộc về việc tổ chức hội thảo",
        "Số: 123/UBDT-TH, ngày 05 tháng 6 năm 2024, của Uỷ ban Dân tộc, V/v: tổ chức hội thảo",
        "123/UBDT-TH (5.6.2024) của Uỷ ban Dân tộc về tổ chức hội thảo",
        "123/UBDT-TH, 2024-06-05 của  Uỷ ban Dân tộc  v/v tổ chức hội thảo",
        "số 123/UBDT-TH của Uỷ ban Dân tộc ngày 5/6 về việc tổ chức hội thảo",
        "so 123/UBDT-TH ngay 5-6-2024 cua Uỷ ban Dân tộc ve viec tổ chức hội thảo",
        "No. 123/UBDT-TH of 5 June 2024, issued by Uỷ ban Dân tộc, re: tổ chức hội thảo",
        "no 123/UBDT-TH dated 5/6/2024 by Uỷ ban Dân tộc regarding tổ chức hội thảo",
    ],
)
def test_the_four_parts_are_found_however_they_are_written(text: str) -> None:
    assert read(text) == read(unicodedata.normalize("NFD", text)) == WHOLE


@pytest.mark.parametrize(
    ("text", "document"),
    [
        ("123/UBDT-TH", cited("123/UBDT-TH")),
        ("ngày 5/6/2024 của UBDT", cited(None, DAY, "UBDT")),
        ("Quyết định số 5/QĐ-UBDT ngày 5/6/2024", cited("Quyết định số 5/QĐ-UBDT", DAY)),
        ("Thông báo kết luận ngày 5/6/2024", cited("Thông báo kết luận", DAY)),
        ("số 5 của Vụ Tổng hợp của UBDT", cited("5", None, "Vụ Tổng hợp của UBDT")),
        ("số 5 của Ban Chỉ đạo về bình đẳng giới về việc X", cited("5", None, "Ban Chỉ đạo về bình đẳng giới", "X")),
        ("số 5 về việc sơ kết ngày 1/7/2024 của Hội", cited("5", None, None, "sơ kết ngày 1/7/2024 của Hội")),
        ("số 5 của về việc", cited("5")),
    ],
)  # fmt: skip
def test_some_parts_may_be_lacking(text: str, document: CitedDocument) -> None:
    assert read(text) == document


PROGRAMME = "phê duyệt Chương trình về bình đẳng giới"


@pytest.mark.parametrize(
    ("text", "document"),
    [
        (f"Quyết định số 1719/QĐ-TTg ngày 14 tháng 10 năm 2021 của Thủ tướng Chính phủ {PROGRAMME}",
         cited("Quyết định số 1719/QĐ-TTg", "2021-10-14", "Thủ tướng Chính phủ", PROGRAMME)),
        (f"1719/QĐ-TTg ngày 14/10/2021 {PROGRAMME}", cited("1719/QĐ-TTg", "2021-10-14", None, PROGRAMME)),
        ("Thông tư hướng dẫn số 5 của UBDT hướng dẫn thực hiện", cited("Thông tư hướng dẫn số 5", None, "UBDT", "hướng dẫn thực hiện")),
        ("số 5 của UBDT ngày 5/6/2024 giao nhiệm vụ", cited("5", DAY, "UBDT", "giao nhiệm vụ")),
        ("số 5 của Sở Giao thông", cited("5", None, "Sở Giao thông")),
        ("số 5 của UBDT ban hành ngày 5/6/2024", cited("5", DAY, "UBDT")),
        ("số 5 của Ban Chỉ đạo triển khai Đề án X", cited("5", None, "Ban Chỉ đạo triển khai Đề án X")),
        ("số 5 của Ban Chỉ đạo triển khai Đề án X về việc Y", cited("5", None, "Ban Chỉ đạo triển khai Đề án X", "Y")),
        ("số 5 của Ban X triển khai Đề án về việc phê duyệt Y", cited("5", None, "Ban X triển khai Đề án", "phê duyệt Y")),
        ("No. 5 issued by UBDT approving the programme", cited("5", None, "UBDT", "approving the programme")),
    ],
)  # fmt: skip
def test_a_verb_behind_the_day_or_the_issuer_begins_the_subject(text: str, document: CitedDocument) -> None:
    assert read(text) == read(unicodedata.normalize("NFD", text)) == document


@pytest.mark.parametrize(
    "text", ["công văn của UBDT", "về việc họp", "?", "số ngày của", "số 1 ngày 2/3/2024 hỏa tốc", "số 1 ngày 2/3/2024 ngày 3/3/2024"]
)  # fmt: skip
def test_without_a_number_and_a_day_or_with_words_that_are_none_of_them_it_is_refused(text: str) -> None:
    with refused("document-unread"):
        read(text)


@pytest.mark.parametrize(
    ("text", "code"), [("số 5 ngày 31/2/2024", "impossible-date"), ("số 5 ngày 5/6/24", "two-digit-year")]
)
def test_a_day_that_is_none_is_refused_as_everywhere(text: str, code: str) -> None:
    with refused(code):
        read(text)


def test_what_is_printed_is_what_an_office_writes() -> None:
    assert (
        printed(WHOLE, "vi") == "số 123/UBDT-TH ngày 05/06/2024 của Uỷ ban Dân tộc về việc tổ chức hội thảo"
    )
    assert printed(WHOLE, "en") == (
        "No. 123/UBDT-TH dated 5 Jun 2024 issued by Uỷ ban Dân tộc re: tổ chức hội thảo"
    )
    assert printed(cited("Quyết định số 5", DAY), "vi") == "Quyết định số 5 ngày 05/06/2024"


PIECES = (
    "số số: No. no # ngày dated of on , ( ) ; : . của by from issued về việc V/v re: re regarding về about 5/6/2024 "
    "2024-06-05 5 12/UBDT-TH Ủy ban x June 2024 tháng 6 năm -3 12/ chỉ đạo phê duyệt ban hành giao vốn"
)
ANYTHING = st.lists(st.sampled_from(PIECES.split()) | st.text(max_size=4), max_size=12).map(
    " ".join
) | st.text(max_size=40)


@given(ANYTHING)
def test_what_is_printed_reads_back_to_the_same_document(text: str) -> None:
    try:
        document = read(text)
    except Failure:
        return
    for language in LANGUAGES:
        assert read(printed(document, language)) == document
