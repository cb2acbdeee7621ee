"""Excel workbooks: a sheet that says what the figures are of, then one for each section.

Real days, moments (by the plan's clock, so that they sort and can be filtered) and numbers; what people wrote is a
text whatever it begins with, and no formula.
"""

from plantrack.render.book import Book
from plantrack.render.forms import Page
from plantrack.render.office import office


def render(book: Book, page: Page) -> bytes:
    """Write a workbook; fails with `extra-missing` where openpyxl is not installed."""
    with office():
        from plantrack.render.xlsx.frame import written
    return written(book, page.words)
