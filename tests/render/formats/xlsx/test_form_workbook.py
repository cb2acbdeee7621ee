"""A form as a workbook: what can be filled in, what is protected, the rules, the page; nothing in it is a formula."""

import io
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from plantrack.model.forms.columns import FORM_FIELDS
from plantrack.render.formats.xlsx.form_workbook import form_workbook, sheet_workbook
from plantrack.render.layout.form_page import HIDDEN_SHEET, FormColumn, FormHint, FormPage
from plantrack.render.layout.workbook import Sheet, SheetColumn

KEYS = [field.key for field in FORM_FIELDS]
VALUES = {
    "nth": "1",
    "label": "7",
    "area": "ND3",
    "title": '=HYPERLINK("http://x")\x07',
    "now": "+1",
    "said": "- đã họp\n@hai",
}
PAGE = FormPage(
    name="Biểu báo cáo",
    title="BIỂU",
    label="SỐ LIỆU VÍ DỤ",
    lines=("Đơn vị", "Tuần"),
    instructions=("Cách ghi",),
    code="Mã biểu: X",
    columns=tuple(FormColumn(field, field.headings[0]) for field in FORM_FIELDS),
    rows=(("code-1", tuple(VALUES.get(key, "") for key in KEYS)),),
    new_title="Việc mới",
    new_rows=3,
    areas=("Các nội dung:", "ND3: Hội thảo"),
    choices={"status": ("Đang thực hiện", "Hoàn thành"), "area": ("ND2", "ND3")},
    hints={rule: FormHint(rule, f"ghi {rule}") for rule in ("percent", "day", "status", "area", "money")},
    marks=(("plantrack-form", "plantrack-form: X"),),
    footer="Hội & đơn vị",
    language="vi",
)  # fmt: skip


@pytest.fixture(scope="module")
def book() -> Any:
    return load_workbook(io.BytesIO(form_workbook(PAGE)))


@pytest.fixture(scope="module")
def heads(book: Any) -> int:
    return next(r for r in range(1, 20) if book.worksheets[0].cell(r, 2).value == "TT")


def unlocked(sheet: Any, row: int) -> list[str]:
    return [key for n, key in enumerate(KEYS, 2) if not sheet.cell(row, n).protection.locked]


def test_only_what_is_asked_can_be_filled_in(book: Any, heads: int) -> None:
    sheet = book.worksheets[0]
    filled = ["result", "blocked", "next", "proposal", "percent", "status", "allocated", "spent", "on"]
    assert (sheet.protection.sheet, sheet.protection.password) == (True, None)
    assert unlocked(sheet, heads + 1) == filled
    assert unlocked(sheet, heads + 3) == ["area", "title", "due", *filled]
    assert sheet.cell(heads + 1, 1).protection.locked


def test_codes_are_out_of_sight(book: Any, heads: int) -> None:
    sheet, hidden = book.worksheets
    assert (sheet.column_dimensions["A"].hidden, sheet.cell(heads + 1, 1).value) == (True, "code-1")
    assert (hidden.title, hidden.sheet_state, hidden["B1"].value) == (
        HIDDEN_SHEET,
        "hidden",
        "plantrack-form: X",
    )


def test_nothing_is_a_formula_and_text_stays_text(book: Any) -> None:
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type in ("s", "n"), cell.coordinate
                assert cell.value is None or isinstance(cell.value, str)
                assert cell.value is None or cell.quotePrefix
    assert book.worksheets[0].cell(12, 5).number_format in ("@", "General")


def test_texts_to_fill_in_are_texts_and_percentages_numbers(book: Any, heads: int) -> None:
    sheet = book.worksheets[0]
    forms = {key: sheet.cell(heads + 1, n).number_format for n, key in enumerate(KEYS, 2)}
    assert {forms[key] for key in ("result", "status", "on")} == {"@"}
    assert forms["percent"] == "0"


def test_entries_have_rules(book: Any, heads: int) -> None:
    rules = {
        str(rule.sqref).split()[0].split(":")[0]: rule
        for rule in book.worksheets[0].data_validations.dataValidation
    }
    columns = {key: get_column_letter(n) for n, key in enumerate(KEYS, 2)}
    whole, day = (rules[f"{columns[key]}{heads + 1}"] for key in ("percent", "on"))
    assert (whole.formula1, whole.formula2, whole.errorStyle) == ("0", "100", "stop")
    assert (day.errorStyle, f"Q{heads + 1}" in day.formula1) == ("warning", True)
    assert f"F{heads + 3}" in rules[f"F{heads + 3}"].formula1
    lists = [
        rule.formula1 for rule in book.worksheets[0].data_validations.dataValidation if rule.type == "list"
    ]
    assert sorted(lists) == ["plantrack!$D$1:$D$2", "plantrack!$E$1:$E$2"]


def test_it_is_printed_lying_on_pages_one_wide(book: Any, heads: int) -> None:
    sheet = book.worksheets[0]
    assert (sheet.page_setup.orientation, str(sheet.page_setup.paperSize)) == ("landscape", "9")
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.print_title_rows == f"${heads}:${heads}"
    assert sheet.freeze_panes == f"F{heads + 1}"


def test_the_same_page_gives_the_same_bytes() -> None:
    assert form_workbook(PAGE) == form_workbook(PAGE)


def test_a_table_of_texts() -> None:
    table = Sheet(
        "Việc mới", (SheetColumn("Nhiệm vụ", width=22), SheetColumn("Kết quả")), (("=a", None), ("b", "c"))
    )
    (sheet,) = load_workbook(io.BytesIO(sheet_workbook(table, "vi"))).worksheets
    assert [[c.value for c in row] for row in sheet.iter_rows()] == [
        ["Nhiệm vụ", "Kết quả"],
        ["=a", None],
        ["b", "c"],
    ]
    assert sheet["A2"].data_type == "s"
