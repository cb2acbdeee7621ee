"""A form as an Excel workbook: rows that are asked of, cells to fill in, all others protected, codes out of sight.

The protection has no password: it keeps a hand from slipping, nothing else. Cells to be filled in hold text as it is
typed, so that Excel makes no date or formula of it; percentages are numbers.
"""

from typing import Any, Final

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from plantrack.render.formats.office_zip import described, legal, packed
from plantrack.render.formats.xlsx.rows import FONT, lines_of
from plantrack.render.formats.xlsx.saved import saved_parts
from plantrack.render.layout.form_page import HIDDEN_SHEET, FormColumn, FormPage
from plantrack.render.layout.workbook import Sheet

_SIZE: Final = 10
#: How high a line is, how much room there is to write by hand, and the highest row there is.
_LINE, _LEAST, _HIGHEST = 13.5, 42.0, 409.0
_GREY: Final = PatternFill("solid", fgColor="FFEFEFEF")
_FILL: Final = PatternFill("solid", fgColor="FFFFFBE6")
_HEAD: Final = PatternFill("solid", fgColor="FFD9E2EC")
_THIN: Final = Side("thin", color="FF8C8C8C")
_BOX: Final = Border(_THIN, _THIN, _THIN, _THIN)
_CENTRED: Final = frozenset({"nth", "label", "area", "percent", "due", "on"})
#: Lists to choose from, in the hidden sheet, by their rules; its first two columns say what the form is.
_LISTS: Final = {"status": "D", "area": "E"}
#: A day has at least one of the signs that part it.
_DAY_FORMULA: Final = 'SUMPRODUCT(--ISNUMBER(SEARCH({{"/","-","."}},{cell})))>0'


def form_workbook(page: FormPage) -> bytes:
    """Write a form."""
    book = Workbook()
    (place,) = book.worksheets
    place.title = page.name
    writer = _Sheet(place, page)
    writer.write()
    _hide(book.create_sheet(HIDDEN_SHEET), page)
    return b"".join(packed(saved_parts(book) | described(page.title, page.language)))


def _hide(place: Worksheet, page: FormPage) -> None:
    """Write what the form is, and the lists to choose from, into a sheet of its own."""
    for number, mark in enumerate(page.marks, 1):
        for column, text in enumerate(mark, 1):
            _put(place, number, column, text)
    for rule, letters in _LISTS.items():
        for number, text in enumerate(page.choices[rule], 1):
            _put(place, number, ord(letters) - 64, text)
    place.sheet_state = "hidden"
    place.protection.sheet = True


def _put(place: Worksheet, row: int, column: int, text: str, **style: Any) -> Any:
    """Put a text into a cell: whatever it begins with, it is no formula."""
    cell = place.cell(row, column)
    if text:
        cell.value, cell.data_type, cell.quotePrefix = legal(text), "s", True
    cell.number_format = "@"
    for name, value in style.items():
        setattr(cell, name, value)
    return cell


def sheet_workbook(sheet: Sheet, language: str) -> bytes:
    """Write a plain table of texts: headings, and rows under them."""
    book = Workbook()
    (place,) = book.worksheets
    place.title = sheet.title
    for number, column in enumerate(sheet.columns, 1):
        _put(place, 1, number, column.heading, font=Font(FONT, _SIZE, bold=True))
        place.column_dimensions[get_column_letter(number)].width = column.width
    for row, values in enumerate(sheet.rows, 2):
        for number, value in enumerate(values, 1):
            _put(place, row, number, "" if value is None else str(value))
    place.freeze_panes = "A2"
    return b"".join(packed(saved_parts(book) | described(sheet.title, language)))


def _validation(page: FormPage, rule: str, first: str) -> DataValidation:
    hint = page.hints[rule]
    made = DataValidation(allow_blank=True, showInputMessage=True, showErrorMessage=True)
    made.promptTitle = made.errorTitle = hint.title[:32]
    made.prompt = made.error = hint.text[:250]
    made.errorStyle = "warning" if rule in ("day", "money") else "stop"
    match rule:
        case "percent":
            made.type, made.operator, made.formula1, made.formula2 = "whole", "between", "0", "100"
        case "money":
            made.type, made.operator, made.formula1, made.formula2 = "textLength", "between", "1", "40"
        case "day":
            made.type, made.formula1 = "custom", _DAY_FORMULA.format(cell=first)
        case _:
            letters, count = _LISTS[rule], len(page.choices[rule])
            made.type, made.formula1 = "list", f"{HIDDEN_SHEET}!${letters}$1:${letters}${count}"
    return made


class _Sheet:
    """Writes the sheet that people see, from top to bottom; the first column has the codes of the rows, and is hidden."""

    def __init__(self, place: Worksheet, page: FormPage) -> None:
        self.place, self.page = place, page
        self.last = len(page.columns) + 1
        self.row = 0
        self.rules: dict[tuple[str, int], DataValidation] = {}

    def write(self) -> None:
        page = self.page
        self._wide(page.title, Font(FONT, 14, bold=True), centred=True)
        for line in filter(None, (page.label, *page.lines)):
            self._wide(line, Font(FONT, _SIZE + 1, bold=line == page.label), centred=True)
        for line in page.instructions:
            self._wide(line, Font(FONT, _SIZE, italic=True))
        self._wide(page.code, Font(FONT, 8, color="FF8C8C8C"))
        self._headings()
        for code, values in page.rows:
            self._task(code, values)
        self._new_rows()
        self._widths()
        self._set_up()

    def _wide(self, text: str, font: Font, *, centred: bool = False) -> None:
        """Write a line over the whole width."""
        self.row += 1
        align = Alignment(horizontal="center" if centred else "left", vertical="top", wrap_text=True)
        _put(self.place, self.row, 2, text, font=font, alignment=align)
        self.place.merge_cells(start_row=self.row, end_row=self.row, start_column=2, end_column=self.last)
        width = sum(column.field.width for column in self.page.columns)
        self.place.row_dimensions[self.row].height = lines_of(text, width) * _LINE * font.size / _SIZE + 2

    def _headings(self) -> None:
        self.row += 1
        self.headings = self.row
        for number, column in enumerate(self.page.columns, 2):
            align = Alignment(horizontal="center", vertical="center", wrap_text=True)
            font = Font(FONT, _SIZE, bold=True)
            _put(
                self.place, self.row, number, column.heading,
                font=font, alignment=align, fill=_HEAD, border=_BOX,
            )  # fmt: skip
        lines = max(lines_of(column.heading, column.field.width) for column in self.page.columns)
        self.place.row_dimensions[self.row].height = (lines + 1) * _LINE

    def _task(self, code: str, values: tuple[str, ...]) -> None:
        self.row += 1
        _put(self.place, self.row, 1, code)
        for number, (column, value) in enumerate(zip(self.page.columns, values, strict=True), 2):
            self._cell(number, column, value, column.field.rule)
        lines = max(
            lines_of(value, column.field.width)
            for column, value in zip(self.page.columns, values, strict=True)
        )
        self.place.row_dimensions[self.row].height = min(max(_LEAST, lines * _LINE + 3), _HIGHEST)

    def _cell(self, number: int, column: FormColumn, value: str, rule: str | None) -> None:
        """Write a cell of a row: what it shows, or room to fill something in."""
        centre = "center" if column.field.key in _CENTRED else "left"
        cell = _put(
            self.place, self.row, number, value,
            font=Font(FONT, _SIZE), border=_BOX, fill=_FILL if rule else _GREY,
            alignment=Alignment(horizontal=centre, vertical="top", wrap_text=True),
            protection=Protection(locked=rule is None),
        )  # fmt: skip
        if rule == "percent":
            cell.number_format = "0"
        if rule and rule in self.page.hints:
            self._validation(rule, number).add(cell)

    def _validation(self, rule: str, column: int) -> DataValidation:
        """Return the rule of the cells of a column; a formula in it speaks of the first of them."""
        if (rule, column) not in self.rules:
            made = _validation(self.page, rule, f"{get_column_letter(column)}{self.row}")
            self.place.add_data_validation(made)
            self.rules[rule, column] = made
        return self.rules[rule, column]

    def _new_rows(self) -> None:
        """Write empty rows for new tasks; what stands over and under them is in no merged cell, where rows are read."""
        self.row += 1
        bold = Font(FONT, _SIZE, bold=True)
        _put(self.place, self.row, 2, self.page.new_title, font=bold)
        for _ in range(self.page.new_rows):
            self.row += 1
            for number, column in enumerate(self.page.columns, 2):
                self._cell(number, column, "", column.field.rule_of_new)
            self.place.row_dimensions[self.row].height = _LEAST
        for line in self.page.areas:
            self.row += 1
            _put(self.place, self.row, 2, line, font=Font(FONT, _SIZE - 1, italic=True))

    def _widths(self) -> None:
        self.place.column_dimensions["A"].width = 44
        self.place.column_dimensions["A"].hidden = True
        for number, column in enumerate(self.page.columns, 2):
            self.place.column_dimensions[get_column_letter(number)].width = column.field.width + 1

    def _set_up(self) -> None:
        """Set what stays on the screen, what is protected, and the page: lying, all columns on one."""
        place = self.place
        title = next(n for n, column in enumerate(self.page.columns, 2) if column.field.key == "title")
        place.freeze_panes = f"{get_column_letter(title + 1)}{self.headings + 1}"
        place.print_area = f"A1:{get_column_letter(self.last)}{self.row}"
        place.print_title_rows = f"{self.headings}:{self.headings}"
        place.page_setup.orientation, place.page_setup.paperSize = "landscape", 9
        place.page_setup.fitToWidth, place.page_setup.fitToHeight = 1, 0
        place.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        place.page_margins.left = place.page_margins.right = 0.4
        place.page_margins.top = place.page_margins.bottom = 0.5
        if place.oddFooter is not None:
            text = f"{legal(self.page.footer)[:150].replace('&', '&&')} · &P/&N"
            place.oddFooter.center.text, place.oddFooter.center.font = text, FONT
            place.oddFooter.center.size = 8
        protection = place.protection
        protection.sheet = True
        # Widths, heights and colours are anybody's own.
        protection.formatColumns = protection.formatRows = protection.formatCells = False
        protection.sort = protection.autoFilter = True
