"""Formats of numbers, and what is bold."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format

from plantrack.tables.xlsx.styles import CellStyle, CellStyles, NumberForm, number_form


def shown(form: NumberForm) -> str:
    """Return what a format shows as letters."""
    signs = {
        "%": form.percent,
        "d": form.day,
        "m": form.month,
        "y": form.year,
        "t": form.time,
        "e": form.elapsed,
    }
    return "".join(sign for sign, is_there in signs.items() if is_there)


@pytest.mark.parametrize(
    ("code", "signs"),
    [
        ("General", ""),
        ("#,##0.00", ""),
        ("0%", "%"),
        ("dd/mm/yyyy", "dmy"),
        ("[$-42A]dd mmmm yyyy;@", "dmy"),
        ("mm/yyyy", "my"),
        ('"Quý" yyyy', "y"),
        ("d/m/yy h:mm", "dmyt"),
        ("h:mm AM/PM", "t"),
        ("mm:ss", "t"),
        ("[h]:mm", "te"),
        ("[Red]0.0", ""),
        ('#,##0 "đồng"', ""),
        ("#,##0 \\d", ""),
        ("0.0;[Red]-0.0;dd", ""),
        ("Standard", ""),
        ("yyyy-mm-dd hh:mm:ss", "dmyt"),
    ],
)
def test_what_a_format_shows(code: str, signs: str) -> None:
    assert shown(number_form(code)) == signs


@given(st.text('dmyhs%0#.,;[]"\\ AMP/-:đ', max_size=300))
def test_any_format_is_read(code: str) -> None:
    assert number_form(code).scale in (1, 100)


def styles(*parts: str) -> CellStyles:
    found = CellStyles()
    found.read(io.BytesIO(f"<styleSheet>{''.join(parts)}</styleSheet>".encode()))
    return found


def test_styles_by_number() -> None:
    found = styles(
        '<numFmts><numFmt numFmtId="164" formatCode="mm/yyyy"/></numFmts>',
        '<fonts><font/><font><b/></font><font><b val="0"/></font></fonts>',
        '<cellStyleXfs><xf numFmtId="9"/></cellStyleXfs>',
        '<cellXfs><xf numFmtId="0" fontId="0"/><xf numFmtId="164" fontId="1"/><xf numFmtId="14" fontId="2"/><xf fontId="9"/></cellXfs>',
        "<dxfs><dxf><font><b/></font></dxf></dxfs>",
    )
    assert [found[n].bold for n in range(5)] == [False, True, False, False, False]
    assert [shown(found[n].form) for n in range(4)] == ["", "my", "dmy", ""]
    assert found[-1] == found[99] == CellStyle()


def test_formats_that_files_name_by_number_alone() -> None:
    for number, code in BUILTIN_FORMATS.items():
        found = styles(f'<cellXfs><xf numFmtId="{number}"/></cellXfs>')[0].form
        assert found.is_date == is_date_format(code), number
        assert found.percent == ("%" in code)
