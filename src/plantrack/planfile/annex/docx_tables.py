"""Tables of a Word document and the text between them, by the elements themselves.

python-docx opens the file and knows its parts; its own `text` leaves out what was inserted with tracked
changes and what stands in content controls, and nothing may be left out here.
"""

from collections.abc import Iterator
from typing import Final

from plantrack.planfile.annex.docx_numbering import Element, NumberCounter, value, w, whole
from plantrack.planfile.annex.grid import MAX_COLUMNS, MAX_ROWS, Grid, GridCell, GridRow, clean
from plantrack.tables.zip_package import Package, reading

#: What only wraps other content.
_WRAPPERS: Final = frozenset(map(w, ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo")))
#: What is not in the text as it stands: deleted, moved away, or written twice for older programs.
_GONE: Final = frozenset(
    {*map(w, ("del", "moveFrom")), "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}
)
_SIGNS: Final = {w("tab"): " ", w("br"): "\n", w("cr"): "\n", w("noBreakHyphen"): "-", w("sym"): "•"}
_OFF: Final = ("0", "false", "off")


def read_docx(package: Package) -> list[Grid]:
    """Return the tables of a document in order, and what follows the last as an empty one."""
    import docx

    with package.source.open() as file, reading(package.file):
        document = docx.Document(file)
        body = document.element.body
        numbering = NumberCounter(*_lists(document.part))
    return _TableReader(numbering).read(body)


def _lists(part: object) -> tuple[Element | None, Element | None]:
    """Return the lists and the styles of a document; either may be absent."""
    related = {
        r.reltype.rpartition("/")[2]: r for r in getattr(part, "rels", {}).values() if not r.is_external
    }
    found = (getattr(related.get(name), "target_part", None) for name in ("numbering", "styles"))
    numbering, styles = (getattr(one, "element", None) for one in found)
    return numbering, styles


def _within(element: Element) -> Iterator[Element]:
    """Yield the children, those inside mere wrappers among them."""
    for child in element.iterchildren():
        if child.tag in _WRAPPERS:
            yield from _within(child)
        elif child.tag not in _GONE:
            yield child


class _TableReader:
    def __init__(self, numbering: NumberCounter) -> None:
        self.numbering = numbering
        self.lines: list[str] = []
        self.grids: list[Grid] = []

    def read(self, body: Element) -> list[Grid]:
        for element in _within(body):
            if element.tag == w("tbl"):
                self._table(element)
            elif element.tag == w("p"):
                self.lines += clean(self._paragraph(element)).split("\n")
        self.grids.append(Grid("", before=self.lines, flows=True))
        return self.grids

    def _table(self, table: Element) -> None:
        grid = Grid(f"bảng {len(self.grids) + 1}", before=self.lines, flows=True)
        self.lines = []
        self.grids.append(grid)
        for number, element in enumerate(_rows(table)):
            if number >= MAX_ROWS or grid.too_large:
                grid.too_large = True
                return
            row = GridRow(f"{grid.name}, dòng {number + 1}", number, [])
            self._row(element, row, grid)
            grid.rows.append(row)

    def _row(self, element: Element, row: GridRow, grid: Grid) -> None:
        properties = element.find(w("trPr"))
        row.cells += [None] * min(whole(value(properties, "gridBefore"), 0), MAX_COLUMNS)
        for cell in _within(element):
            if cell.tag != w("tc"):
                continue
            width = max(1, whole(value(cell.find(w("tcPr")), "gridSpan"), 1))
            if len(row.cells) + width > MAX_COLUMNS:
                grid.too_large = True
                return
            read = self._merged(cell, row, grid) or self._cell(cell, row, grid, width)
            row.cells += [read] * width

    def _merged(self, element: Element, row: GridRow, grid: Grid) -> GridCell | None:
        """Return the cell above that this one goes on with, None where it begins."""
        properties = element.find(w("tcPr"))
        merge = None if properties is None else properties.find(w("vMerge"))
        if merge is None or merge.get(w("val")) == "restart" or not row.index:
            return None
        above, column = grid.rows[-1].cells, len(row.cells)
        cell = above[column] if column < len(above) else None
        if cell is None or cell.column != column:
            return None
        cell.height = row.index - cell.row + 1
        hidden_text = grid.take(self._content(element))
        cell.text = "\n".join(filter(None, (cell.text, hidden_text)))
        return cell

    def _cell(self, element: Element, row: GridRow, grid: Grid, width: int) -> GridCell:
        text = grid.take(self._content(element))
        bold = _is_bold(element) if text else False
        return GridCell(text, row.index, len(row.cells), width=width, bold=bold)

    def _content(self, element: Element) -> str:
        """Return the paragraphs of a cell, those of tables inside it too."""
        return "\n".join(self._paragraph(p) for p in element.iter(w("p")) if not _is_in_drawing(p, element))

    def _paragraph(self, paragraph: Element) -> str:
        text = "".join(_pieces(paragraph))
        if not text.strip() and paragraph.find(w("pPr")) is None:
            return text
        label = self.numbering.label(paragraph)
        return f"{label} {text}" if label else text


def _rows(table: Element) -> Iterator[Element]:
    for row in _within(table):
        properties = row.find(w("trPr"))
        if row.tag == w("tr") and (properties is None or properties.find(w("del")) is None):
            yield row


def _is_in_drawing(paragraph: Element, cell: Element) -> bool:
    """Return whether a paragraph stands in a text box: the paragraph around it has its text already."""
    parent = paragraph.getparent()
    while parent is not None and parent is not cell:
        if parent.tag == w("p") or parent.tag in _GONE:
            return True
        parent = parent.getparent()
    return False


def _pieces(element: Element) -> Iterator[str]:
    """Yield the text of a paragraph, text boxes in it on lines of their own."""
    for child in element.iterchildren():
        if child.tag == w("t"):
            yield child.text or ""
        elif child.tag in _SIGNS:
            yield _SIGNS[child.tag]
        elif child.tag == w("p"):  # in a text box
            yield "\n"
            yield from _pieces(child)
        elif child.tag not in _GONE and child.tag not in (w("pPr"), w("rPr")):
            yield from _pieces(child)


def _is_bold(cell: Element) -> bool:
    """Return whether all runs with text are bold."""
    runs = [
        run for run in cell.iter(w("r")) if any(t.text and t.text.strip() for t in run.iterchildren(w("t")))
    ]
    return bool(runs) and all(map(_is_bold_run, runs))


def _is_bold_run(run: Element) -> bool:
    properties = run.find(w("rPr"))
    bold = None if properties is None else properties.find(w("b"))
    return bold is not None and bold.get(w("val")) not in _OFF
