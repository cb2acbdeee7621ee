"""Columns by letters."""

from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils import get_column_letter

from plantrack.tables.columns import column_letters, column_number


@given(st.integers(0, 18_277))
def test_letters_and_numbers_are_those_of_excel(column: int) -> None:
    assert column_letters(column) == get_column_letter(column + 1)
    assert column_number(column_letters(column)) == column
