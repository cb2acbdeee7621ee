"""Excel workbooks: a sheet that says what the figures are of, then one for each section.

Real days, moments (by the plan's clock, so that they sort and can be filtered) and numbers; what people wrote is a
text whatever it begins with, and no formula.
"""

from plantrack.render.formats import Page
from plantrack.render.formats.office_zip import office
from plantrack.render.layout.workbook import Book


def render(book: Book, page: Page) -> bytes:
    """Write a workbook; fails with `extra-missing` where openpyxl is not installed."""
    with office():
        from plantrack.render.formats.xlsx.workbook_frame import save_workbook
    return save_workbook(book, page.words)
