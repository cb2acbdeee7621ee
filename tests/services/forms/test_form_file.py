"""Forms that came back: moved, sorted, retyped, merged, saved by others; understood, or refused with the reason."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from plantrack.services.forms import form_file
from plantrack.services.forms.form_file import FormFile, read_form_file
from plantrack.services.verbs.exchange.form import open_form
from tests.services.verbs.exchange.test_form import Made, bad, made, read, work
from tests.support.filled_forms import SOFFICE, OfficeForm, Said, filled, resaved
from tests.support.steps import OpenContext, refused, stood
from tests.support.table_files import OLE, packed, written

__all__ = ["made", "work"]

SAID: Said = {
    "1": {"result": "- đã họp\nhai buổi", "percent": 40, "status": "Đang thực hiện", "on": "17/7/2024"},
    "3": {"next": "=tổng hợp", "proposal": "xin thêm", "blocked": "thiếu người"},
    "+1": {"title": "Việc thêm", "area": "ND2", "due": "30/9/2024", "result": "đã mời"},
}


def said_in(file: FormFile) -> dict[str, dict[str, str]]:
    """Return what is read of each row: by the number of its task, or the title of a new one."""
    fields = ("result", "blocked", "next", "proposal", "percent", "status", "on")
    return {
        row.text("label") or row.text("title"): {f: row.text(f) for f in fields if row.text(f)}
        for row in file.rows
        if any(row.text(f) for f in fields)
    }


def plainly(said: Said) -> dict[str, dict[str, str]]:
    return {
        fields.get("title", task): {f: str(v) for f, v in fields.items() if f not in ("title", "area", "due")}
        for task, fields in said.items()
    }


def test_rows_are_read_as_they_were_filled_in(made: Made) -> None:
    file = read_form_file(filled(made(), SAID))
    assert said_in(file) == plainly(SAID)
    assert [row.code is not None for row in file.rows] == [True, True, True, False]


def moved_columns(form: OfficeForm) -> None:
    form.sheet.insert_cols(9)
    form.sheet.insert_cols(3)


def deleted_row(form: OfficeForm) -> None:
    form.sheet.delete_rows(form.rows()["2"])


def sorted_backwards(form: OfficeForm) -> None:
    rows = [form.rows()[label] for label in ("1", "2", "3")]
    values = [[(c.value, c.data_type) for c in form.sheet[r]] for r in rows]
    for row, own in zip(rows, reversed(values), strict=True):
        for cell, (value, kind) in zip(form.sheet[row], own, strict=True):
            cell.value, cell.data_type = value, kind


def retyped_headings(form: OfficeForm) -> None:
    names = {
        "result": "KET QUA THUC HIEN",
        "blocked": "Vướng mắc",
        "percent": "Tiến độ",
        "on": "Ngày báo cáo",
    }
    row, columns = form.headings, {field: form.column(field) for field in names}
    for field, name in names.items():
        form.sheet.cell(row, columns[field]).value = name


def without_codes(form: OfficeForm) -> None:
    form.sheet.delete_cols(1)


def without_hidden_sheet(form: OfficeForm) -> None:
    form.book.remove(form.book.worksheets[1])


def all_shown(form: OfficeForm) -> None:
    form.sheet.column_dimensions["A"].hidden = False
    form.book.worksheets[1].sheet_state = "visible"
    form.sheet.protection.sheet = False


def rows_above(form: OfficeForm) -> None:
    form.sheet.insert_rows(1, 3)
    form.sheet["B1"] = "Kính gửi: Văn phòng"


CHANGES = (
    moved_columns, deleted_row, sorted_backwards, retyped_headings, without_codes, without_hidden_sheet, all_shown,
    rows_above,
)  # fmt: skip


@pytest.mark.parametrize("change", CHANGES, ids=lambda c: c.__name__)
def test_what_an_office_does_to_a_form_is_understood(
    work: OpenContext, made: Made, change: Callable[[OfficeForm], None]
) -> None:
    form = OfficeForm(filled(made(), SAID))
    if change in (moved_columns, without_codes, rows_above):  # openpyxl leaves merged cells where they were
        for area in list(form.sheet.merged_cells.ranges):
            form.sheet.unmerge_cells(str(area))
    change(form)
    path = form.save()
    assert said_in(read_form_file(path)) == plainly(SAID)
    _, view = read(work, path, new_tasks=True)
    assert ([row.label for row in sorted(view.news)], len(view.new_tasks)) in [
        (["1", "3"], 1),
        (["3", "1"], 1),
    ]
    assert (stood(work, "1").percent, stood(work, "3").blocked) == (40, "thiếu người")


@pytest.mark.slow
@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed")
@pytest.mark.parametrize("forms", [("xlsx",), ("ods", "xlsx")], ids="-".join)
def test_a_form_that_libreoffice_saved_is_read(
    work: OpenContext, made: Made, tmp_path: Path, forms: tuple[str, ...]
) -> None:
    path = resaved(filled(made(), SAID), tmp_path, *forms)
    assert said_in(read_form_file(path)) == plainly(SAID)
    _, view = read(work, path, new_tasks=True)
    assert ([row.label for row in view.news], view.changed, len(view.new_tasks)) == (["1", "3"], (), 1)


def test_xls_and_ods_are_refused_with_the_way_out(tmp_path: Path) -> None:
    """Those that LibreOffice writes are in tests/tables/test_open_table.py."""
    for form, data, code in (
        ("xls", OLE + "Workbook".encode("utf-16-le"), "table-old-format"),
        ("ods", packed(mimetype=b"x", content_xml=b""), "table-other-format"),
    ):
        with refused(code):
            read_form_file(written(tmp_path, data, f"bieu.{form}"))


def test_one_text_over_several_rows_or_columns_is_said_of_none(work: OpenContext, made: Made) -> None:
    form = OfficeForm(filled(made(), {"1": {"result": "họp chung"}, "3": {"result": "một", "percent": 5}}))
    one, result = form.rows()["1"], form.column("result")
    form.sheet.merge_cells(start_row=one, end_row=one + 1, start_column=result, end_column=result)
    assert bad(work, form.save()) == [("Kết quả", "form-cell-merged")]
    form = OfficeForm(filled(made(name="b.xlsx"), {"3": {"result": "một"}}))
    row = form.rows()["3"]
    form.sheet.merge_cells(start_row=row, end_row=row, start_column=result, end_column=result + 1)
    assert bad(work, form.save()) == [("Khó khăn, vướng mắc", "form-cell-merged")]


def test_rows_that_contradict_themselves_are_refused(work: OpenContext, made: Made) -> None:
    form = OfficeForm(filled(made(), {"1": {"result": "a"}, "2": {"result": "b"}, "3": {"result": "c"}}))
    rows, label, title = form.rows(), form.column("label"), form.column("title")
    form.sheet.cell(rows["1"], label).value = "2"
    form.sheet.cell(rows["3"], title).value = "Việc khác hẳn"
    assert bad(work, form.save()) == [("", "form-row-mixed"), ("Nhiệm vụ", "form-row-retitled")]
    form = OfficeForm(filled(made(name="b.xlsx"), {"1": {"result": "a"}, "2": {"result": "b"}}))
    rows = form.rows()
    for cell in form.sheet[rows["1"]][: form.column("said")]:
        form.sheet.cell(rows["2"], cell.column or 1).value = cell.value
    assert bad(work, form.save()) == [("Số NV", "form-row-twice")]
    form = OfficeForm(made(name="c.xlsx"))
    form.sheet.cell(form.rows()["+1"], label).value = "99"
    assert bad(work, form.fill("99", result="tốt").save()) == [("", "form-row-unknown")]


def test_formulas_without_result_and_errors_of_excel_are_named(work: OpenContext, made: Made) -> None:
    form = OfficeForm(made()).fill("1", result="#REF!")
    form.sheet.cell(form.rows()["2"], form.column("percent")).value = "=1+1"
    assert bad(work, form.save()) == [("Kết quả", "form-cell-error"), ("Tiến độ (%)", "form-cell-formula")]


def test_what_is_no_form_is_refused(work: OpenContext, made: Made, tmp_path: Path) -> None:
    path = made()
    other = tmp_path / "khac.xlsx"
    book = Workbook()
    book.worksheets[0]["A1"] = "Kết quả"
    book.save(other)
    with refused("form-unmarked"):
        open_form(work(), other)
    form = OfficeForm(path)
    form.book.copy_worksheet(form.sheet)
    with refused("form-sheets"):
        open_form(work(), form.save(other))
    form = OfficeForm(path)
    form.sheet.cell(form.headings, form.column("percent")).value = "Gì đó"
    form.sheet.cell(form.headings, form.column("status")).value = None
    with refused("form-without-columns") as caught:
        open_form(work(), form.save(other))
    assert caught.value.params["columns"] == ("Tiến độ (%)", "Trạng thái")
    form = OfficeForm(path)
    form.sheet.cell(form.headings, form.column("next")).value = "Kết quả"
    with refused("form-column-twice"):
        open_form(work(), form.save(other))
    form = OfficeForm(path)
    form.sheet["B2"] = "Mã biểu: 01J31S2N800NNEJBT8DP64F39Q"
    with refused("form-several"):
        open_form(work(), form.save(other))
    with refused("table-missing"):
        open_form(work(), tmp_path / "none.xlsx")


def test_a_form_saved_as_csv_is_read(made: Made, tmp_path: Path) -> None:
    import csv

    form = OfficeForm(filled(made(), SAID))
    path = tmp_path / "bieu.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=";").writerows(form.sheet.iter_rows(values_only=True))
    assert said_in(read_form_file(path)) == plainly(SAID)


TEXTS = st.text(
    st.characters(categories=("L", "N", "P", "Zs"), exclude_characters="\u00ad"), min_size=1, max_size=20
)
FILLED = st.fixed_dictionaries(
    {}, optional={"result": TEXTS, "next": TEXTS, "percent": st.integers(0, 100), "on": st.sampled_from(["1/7", "17/7/2024"])}
)  # fmt: skip


@given(said=st.dictionaries(st.sampled_from(["1", "2", "3"]), FILLED), order=st.permutations(["1", "2", "3"]), gone=st.sets(st.sampled_from(["1", "2", "3"])))  # fmt: skip
def test_whatever_rows_are_filled_sorted_or_deleted_what_is_read_is_what_was_filled(
    made: Made, tmp_path: Path, said: dict[str, dict[str, Any]], order: list[str], gone: set[str]
) -> None:
    source = tmp_path / "bieu.xlsx"
    if not source.exists():
        made()
    form = OfficeForm(source)
    for task, fields in said.items():
        form.fill(task, **fields)
    own = form.rows()
    values = {task: [(c.value, c.data_type) for c in form.sheet[own[task]]] for task in order}
    for row, task in zip((own[t] for t in ("1", "2", "3")), order, strict=True):
        for cell, (value, kind) in zip(form.sheet[row], values[task], strict=True):
            cell.value, cell.data_type = value, kind
    for task in gone:
        form.sheet.delete_rows(form.rows()[task])
    read_back = said_in(read_form_file(form.save(tmp_path / "dien.xlsx")))
    wanted = {
        task: {f: _as_read(v) for f, v in fields.items() if _as_read(v)}
        for task, fields in said.items()
        if task not in gone
    }
    assert read_back == {task: fields for task, fields in wanted.items() if fields}


def _as_read(value: Any) -> str:
    from plantrack.tables.cell_text import tidy

    return tidy(str(value))


def test_limits(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    assert form_file._MOST_ROWS == 5_000
    form = OfficeForm(made())
    first, title = form.rows()["+10"] + 20, form.column("title")
    for row in range(first, first + 50):
        form.sheet.cell(row, title).value = "Việc"
    path = form.save()
    count = len(read_form_file(path).rows)
    assert count > 50
    monkeypatch.setattr(form_file, "_MOST_ROWS", count)
    assert len(read_form_file(path).rows) == count
    monkeypatch.setattr(form_file, "_MOST_ROWS", count - 1)
    with refused("form-too-long"):
        read_form_file(path)
