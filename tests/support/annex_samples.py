"""Annexes as offices make them, made here: nothing in them is real (SỐ LIỆU VÍ DỤ)."""

from collections.abc import Callable, Sequence
from datetime import datetime
from io import BytesIO
from typing import Any, Final

import docx
from docx.enum.text import WD_BREAK
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from openpyxl import Workbook
from openpyxl.styles import Font

HEADINGS: Final = (
    "TT",
    "Nội dung",
    "Đơn vị chủ trì",
    "Đơn vị phối hợp",
    "Thời gian",
    "Sản phẩm",
    "Kinh phí (triệu đồng)",
    "Ghi chú",
)
EXAMPLE: Final = "SỐ LIỆU VÍ DỤ"
#: A table row: texts from left to right; one alone goes over the whole width.
Rows = Sequence[Sequence[str]]

GROUPED: Final[Rows] = (
    HEADINGS,
    ("(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)"),
    ("I", "CÔNG TÁC TUYÊN TRUYỀN (VÍ DỤ)", "", "", "", "", "", ""),
    (
        "1",
        "Biên soạn tài liệu ví dụ",
        "Uỷ ban Dân tộc",
        "Hội LHPN Việt Nam",
        "Quý II",
        "Bộ tài liệu",
        "8.744",
        "",
    ),
    (
        "2",
        "Phát hành tài liệu ví dụ",
        "HLHPNVN",
        "Vụ Ví dụ A, Vụ Ví dụ B",
        "Trước 30/6",
        "2000 bản",
        "",
        "Ví dụ",
    ),
    HEADINGS,
    ("II", "HỘI THẢO (VÍ DỤ)", "", "", "", "", "", ""),
    (
        "1",
        "Hội thảo ví dụ",
        "Vụ Ví dụ A",
        "Các đơn vị liên quan",
        "Tháng 3 - 5/2024",
        "Báo cáo",
        "19,5 tỷ đồng",
        "",
    ),
    ("2", "Theo dõi ví dụ", "nt", "", "Thường xuyên", "", "Theo dự toán", ""),
    ("", "Tổng cộng", "", "", "", "", "8.744", ""),
)


class Word:
    """A document in the making."""

    def __init__(self) -> None:
        self.document = docx.Document()

    def letterhead(self) -> "Word":
        """Put what stands above a plan: agencies, number, place and day, in a table without lines."""
        table = self.document.add_table(2, 2)
        table.cell(0, 0).text = "CƠ QUAN VÍ DỤ A – CƠ QUAN VÍ DỤ B"
        table.cell(0, 1).text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"
        table.cell(1, 0).text = "Số: 99/KH-VIDU"
        table.cell(1, 1).text = "Hà Nội, ngày 21 tháng 3 năm 2024"
        return self.say(
            "KẾ HOẠCH", "Phối hợp công tác ví dụ năm 2024", "Căn cứ Công văn số 12/CV-VD ngày 01/02/2024."
        )

    def say(self, *lines: str) -> "Word":
        """Put paragraphs."""
        for line in lines:
            self.document.add_paragraph(line)
        return self

    def table(self, rows: Rows, *, width: int = 0) -> Any:
        """Put a table; a row of one text goes over its whole width."""
        width = width or max(map(len, rows))
        table = self.document.add_table(len(rows), width)
        for number, row in enumerate(rows):
            for column, text in enumerate(row):
                table.cell(number, column).text = text
            if len(row) == 1:
                table.cell(number, 0).merge(table.cell(number, width - 1))
        return table

    def done(self) -> bytes:
        """Return the file."""
        return saved(self.document)


def grouped_docx() -> bytes:
    """I/1 numbering, the headings repeated, a row of column numbers, a total, a signature block."""
    word = Word().letterhead().say("PHỤ LỤC", "(Kèm theo Kế hoạch số 99/KH-VIDU ngày 21/3/2024)")
    word.table(GROUPED)
    word.say("").table((("Nơi nhận:\n- Lưu: VT", "TM. CƠ QUAN VÍ DỤ\n(Ký, ghi rõ họ tên)"),))
    return word.done()


def two_row_headings_docx() -> bytes:
    """Headings over two rows; a lead, a time and an amount that stand for several rows."""
    word = Word().say("PHÂN CÔNG NHIỆM VỤ NĂM 2024 (VÍ DỤ)")
    table = word.table(
        (
            ("STT", "Nội dung công việc", "Đơn vị thực hiện", "", "Thời hạn", "Kinh phí", "", "Kết quả"),
            ("", "", "Chủ trì", "Phối hợp", "", "Tổng số", "Ngân sách ví dụ", ""),
            ("A. TUYÊN TRUYỀN VÍ DỤ",),
            (
                "1",
                "Soạn thảo ví dụ",
                "Vụ Ví dụ A",
                "Vụ Ví dụ B",
                "15/11/2024",
                "100 triệu đồng",
                "60",
                "Dự thảo",
            ),
            ("2", "In ấn ví dụ", "", "Vụ Ví dụ C", "", "", "", "500 bản"),
            ("B. TẬP HUẤN VÍ DỤ",),
            (
                "1",
                "Lớp ví dụ thứ nhất",
                "Vụ Ví dụ C và Vụ Ví dụ B",
                "",
                "Quý III, IV",
                "",
                "",
                "- Giáo án\n- Báo cáo",
            ),
        )
    )
    for first, last in (((0, 2), (0, 3)), ((0, 5), (0, 6)), *(((0, c), (1, c)) for c in (0, 1, 4, 7))):
        table.cell(*first).merge(table.cell(*last))
    for column in (2, 4, 5):
        table.cell(3, column).merge(table.cell(4, column))
    return word.done()


LISTS: Final = """<w:numbering %s><w:abstractNum w:abstractNumId="7"><w:multiLevelType w:val="multilevel"/>
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%%1."/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%%2."/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="o"/></w:lvl></w:abstractNum>
<w:num w:numId="7"><w:abstractNumId w:val="7"/></w:num></w:numbering>"""


def listed(paragraph: Any, level: int) -> None:
    """Let Word number a paragraph."""
    properties = paragraph._p.get_or_add_pPr()
    properties.append(
        parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="7"/></w:numPr>')
    )


def listed_docx() -> bytes:
    """Numbers that Word writes itself: the column TT has no text."""
    word = Word().say("KẾ HOẠCH VÍ DỤ NĂM 2024")
    numbering = word.document.part.numbering_part
    numbering._element = parse_xml(LISTS % nsdecls("w"))
    rows: Rows = (
        ("TT", "Nhiệm vụ", "Chủ trì", "Phối hợp", "Tiến độ"),
        ("", "Nội dung ví dụ một", "", "", ""),
        ("", "Việc ví dụ một", "Vụ Ví dụ A", "", "Quý I"),
        ("", "Việc ví dụ hai", "Vụ Ví dụ B", "", "Tháng 9"),
        ("", "Nội dung ví dụ hai", "", "", ""),
        ("", "Việc ví dụ ba", "Vụ Ví dụ A", "", "Hằng tháng"),
    )
    table = word.table(rows)
    for number, level in ((1, 0), (2, 1), (3, 1), (4, 0), (5, 1)):
        listed(table.cell(number, 0).paragraphs[0], level)
    detail = table.cell(5, 1).add_paragraph("Gửi phiếu ví dụ")
    listed(detail, 2)
    return word.done()


def continued_docx() -> bytes:
    """A table that goes on in a second one without headings, after a page break."""
    word = Word().say("BẢNG PHÂN CÔNG VÍ DỤ")
    word.table(GROUPED[:5])
    word.document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    word.table(GROUPED[6:9])
    return word.done()


def sectioned_docx() -> bytes:
    """A table for each area, its title in the text above."""
    head = ("STT", "Hoạt động", "Cơ quan chủ trì", "Thời gian hoàn thành")
    word = Word().say("KẾ HOẠCH VÍ DỤ", "I. Nội dung ví dụ một")
    word.table((head, ("1", "Việc ví dụ một", "Vụ Ví dụ A", "30/6/2024")))
    word.say("II. Nội dung ví dụ hai")
    word.table((head, ("1", "Việc ví dụ hai", "Vụ Ví dụ B", "Quý IV")))
    return word.done()


def three_levels_docx() -> bytes:
    """I, 1, a): the middle level has a lead of its own; lines with "-" only say more."""
    word = Word()
    word.table(
        (
            ("TT", "Nội dung/nhiệm vụ", "Chủ trì", "Phối hợp", "Thời gian thực hiện", "Sản phẩm/kết quả"),
            ("I", "Nội dung ví dụ một", "Vụ Ví dụ A", "", "", ""),
            ("1", "Nhóm việc ví dụ", "Vụ Ví dụ B", "", "", "Báo cáo nhóm"),
            ("a)", "Việc ví dụ a", "", "Vụ Ví dụ C", "Tháng 4", ""),
            ("b)", "Việc ví dụ b", "Vụ Ví dụ C", "", "Cả năm", "Biên bản"),
            ("2", "Việc ví dụ hai", "", "", "Theo kế hoạch", ""),
            ("-", "Chuẩn bị ví dụ", "", "", "", ""),
            ("-", "Tổ chức ví dụ", "", "", "", ""),
        )
    )
    return word.done()


def flat_docx() -> bytes:
    """No groups; titles of several lines, the same as above, marks for nothing, who does what in one column."""
    word = Word().say("DANH MỤC CÔNG VIỆC VÍ DỤ")
    word.table(
        (
            ("Số TT", "Công việc", "Đơn vị chủ trì, phối hợp", "Thời gian", "Kết quả", "Người phụ trách"),
            (
                "01",
                "Việc ví dụ một:\n- phần một\n- phần hai",
                "Chủ trì: Vụ Ví dụ A\nPhối hợp: Vụ Ví dụ B",
                "T9/2024",
                "-",
                "Ví dụ",
            ),
            ("02", "Việc ví dụ hai", "Vụ Ví dụ A, Vụ Ví dụ B", "nt", "Báo cáo", ""),
            ("", "", "Vụ Ví dụ C", "", "", ""),
            ("03", "", "Vụ Ví dụ A", "Khi có yêu cầu", "", ""),
        )
    )
    return word.done()


def reviewed_docx() -> bytes:
    """Tracked changes, a content control, a line break, a tab, an odd space."""
    word = Word()
    table = word.table((HEADINGS[:5], ("1", "", "Vụ Ví dụ A", "", "Quý\u00a0II")))
    paragraph = table.cell(1, 1).paragraphs[0]._p
    for xml in (
        "<w:ins %s><w:r><w:t>Việc ví dụ</w:t><w:br/><w:t>đã chèn</w:t></w:r></w:ins>",
        "<w:del %s><w:r><w:delText>đã xoá</w:delText></w:r></w:del>",
        "<w:sdt %s><w:sdtContent><w:r><w:tab/><w:t>trong khung</w:t></w:r></w:sdtContent></w:sdt>",
    ):
        paragraph.append(parse_xml(xml % nsdecls("w")))
    row = table.add_row()
    row.cells[1].text = "Dòng đã xoá"
    row._tr.get_or_add_trPr().append(parse_xml(f"<w:del {nsdecls('w')}/>"))
    return word.done()


def saved(document: Any) -> bytes:
    """Return the file of a document or workbook."""
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def fill(sheet: Any, first: int, rows: Sequence[Sequence[object]]) -> None:
    """Put rows of values from a row on; None leaves a cell empty."""
    for number, row in enumerate(rows, first):
        for column, value in enumerate(row, 1):
            if value is not None:
                sheet.cell(number, column, value)


def messy_xlsx() -> bytes:
    """A sheet as it lies on a context: title block, units above, dates as dates, hidden row, signature, stray sheet."""
    book = Workbook()
    sheet: Any = book.active
    sheet.title = "Phụ lục"
    sheet["A1"], sheet["A2"] = "PHỤ LỤC", "PHÂN CÔNG NHIỆM VỤ NĂM 2024 (VÍ DỤ)"
    sheet["A3"] = "(Kèm theo Kế hoạch số 99/KH-VIDU ngày 21 tháng 3 năm 2024)"
    sheet["G4"] = "Đơn vị tính: nghìn đồng"
    sheet.merge_cells("A2:H2")
    day, month = datetime(2024, 6, 30), datetime(2024, 9, 1)
    fill(
        sheet,
        6,
        (
            (
                "Stt",
                "NỘI DUNG",
                "CHỦ TRÌ",
                "PHỐI HỢP",
                "THỜI GIAN HOÀN THÀNH",
                "SẢN PHẨM",
                "KINH PHÍ",
                "GHI CHÚ",
            ),
            (1, 2, 3, 4, 5, 6, 7, 8),
            ("I. CÔNG TÁC VÍ DỤ",),
            (
                1,
                "Việc ví dụ một",
                "Vụ Ví dụ A",
                "Vụ Ví dụ B;\nSở Ví dụ, Thể thao và Du lịch",
                day,
                "Báo cáo",
                8744.5,
                None,
            ),
            (2, "Việc ví dụ hai", None, None, month, None, "=G9*2", "Ví dụ"),
            (None,),
            ("II. CÔNG TÁC VÍ DỤ KHÁC",),
            (1.1, "Việc ví dụ ba", "Vụ Ví dụ A", None, "Quý IV/2024 - Quý I/2025", "Sổ tay", "1.234", None),
            (None, "Cộng", None, None, None, None, 9978.5, None),
            (None,),
            (None, "NGƯỜI LẬP BIỂU", None, None, "Hà Nội, ngày … tháng … năm 2024"),
            (None, "(Ký, ghi rõ họ tên)", None, None, "THỦ TRƯỞNG ĐƠN VỊ VÍ DỤ"),
        ),
    )
    sheet["E9"].number_format, sheet["E10"].number_format = "dd/mm/yyyy", "mm/yyyy"
    sheet.merge_cells("C9:C10")
    sheet.merge_cells("A8:H8")
    sheet.row_dimensions[10].hidden = True
    for cell in ("A8", "A12"):
        sheet[cell].font = Font(bold=True)
    other: Any = book.create_sheet("Danh sách")
    fill(other, 1, (("STT", "Họ tên", "Năm sinh"), (1, "Ví dụ", 2000)))
    return saved(book)


def group_column_xlsx() -> bytes:
    """The area in a column of its own, merged over its rows; a long table beside it in another sheet, hidden."""
    book = Workbook()
    sheet: Any = book.active
    fill(
        sheet,
        1,
        (
            ("STT", "Nội dung", "Hoạt động", "Cơ quan chủ trì", "Bắt đầu", "Kết thúc", "Nguồn kinh phí"),
            (1, "Nội dung ví dụ một", "Việc ví dụ một", "UBDT", "Tháng 3", "30/6", "Ngân sách ví dụ"),
            (None, None, "Việc ví dụ hai", "HLHPN", "Tháng 7", "Tháng 3", None),
            (2, "Nội dung ví dụ hai", "Việc ví dụ ba", "Bộ Dân tộc và Tôn giáo", None, "Quý IV", "5 tỷ đồng"),
            (None, None, "Việc ví dụ bốn", None, None, None, None),
        ),
    )
    for area in ("A2:A3", "B2:B3", "A4:A5", "B4:B5", "D4:D5"):
        sheet.merge_cells(area)
    hidden: Any = book.create_sheet("Cũ")
    fill(hidden, 1, GROUPED)
    hidden.sheet_state = "hidden"
    return saved(book)


SAMPLES: Final[dict[str, Callable[[], bytes]]] = {
    "grouped.docx": grouped_docx,
    "two-row-headings.docx": two_row_headings_docx,
    "listed.docx": listed_docx,
    "continued.docx": continued_docx,
    "sectioned.docx": sectioned_docx,
    "three-levels.docx": three_levels_docx,
    "flat.docx": flat_docx,
    "reviewed.docx": reviewed_docx,
    "messy.xlsx": messy_xlsx,
    "group-column.xlsx": group_column_xlsx,
}
