"""A workbook: its sheets in order, and what their cells point at."""

import posixpath
import zipfile
from collections.abc import Iterator

from plantrack.model.named_tuple import NamedTuple
from plantrack.tables.xlsx.cell_value import CellValue, iso_value, number_value, text_value
from plantrack.tables.xlsx.empty_rows import WithoutEmptyRows
from plantrack.tables.xlsx.shared_strings import SharedStrings
from plantrack.tables.xlsx.sheet_rows import PackedCell, PackedRow, read_rows
from plantrack.tables.xlsx.sheet_shape import SheetShape, read_shape
from plantrack.tables.xlsx.styles import CellStyle, CellStyles
from plantrack.tables.xlsx.xml_parts import Attributes, is_true, parse_whole
from plantrack.tables.zip_package import Package


class WorkbookSheet(NamedTuple):
    """A sheet as the workbook lists it; its part is read when asked for."""

    name: str
    hidden: bool
    part: str


class Workbook:
    """Reads sheets; texts and styles are there once it is made."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._since_1904 = False
        self._strings, self._styles = SharedStrings(), CellStyles()
        self._listed: list[tuple[str, bool, str]] = []
        with package.archive() as archive:
            self._read(archive)

    @property
    def file(self) -> str:
        """Return the path of the file."""
        return self._package.file

    def shapes(self) -> list[SheetShape]:
        """Look through each sheet for what its rows do not show."""
        with self._package.archive() as archive:
            return [read_shape(WithoutEmptyRows(archive.open(sheet.part))) for sheet in self.sheets]

    def rows(self, sheet: WorkbookSheet, shape: SheetShape) -> Iterator[PackedRow]:
        """Yield the rows of a sheet that have something; what follows the last is not read."""
        with self._package.archive() as archive:
            yield from read_rows(WithoutEmptyRows(archive.open(sheet.part)), shape.last_row)

    def style(self, cell: PackedCell) -> CellStyle:
        """Return how a cell looks."""
        return self._styles[cell.style]

    def value(self, cell: PackedCell) -> CellValue:
        """Return what a cell shows; a formula without result shows itself."""
        if cell.formula is not None:
            return text_value(cell.formula)
        if cell.kind == "s":
            return text_value(self._strings[int(cell.raw)])
        if cell.kind == "n":
            return number_value(cell.raw, self._styles[cell.style].form, self._since_1904)
        if cell.kind == "b":
            return CellValue("TRUE" if is_true(cell.raw) else "FALSE")
        if cell.kind == "d":
            return iso_value(cell.raw, self._styles[cell.style].form)
        return text_value(cell.raw)

    def _read(self, archive: zipfile.ZipFile) -> None:
        name = next(
            part for part in self._package.parts if part.startswith("xl/workbook") and part.endswith(".xml")
        )
        parse_whole(archive.open(name), self._take)
        targets, by_kind = _relations(archive, name)
        for kind, reader in (("sharedStrings", self._strings), ("styles", self._styles)):
            if by_kind.get(kind) in self._package.parts:
                reader.read(archive.open(by_kind[kind]))
        sheets = ((title, hidden, targets.get(link)) for title, hidden, link in self._listed)
        #: Sheets of cells, in order; those of charts or macros have none.
        self.sheets = tuple(WorkbookSheet(t, h, part) for t, h, part in sheets if part)
        if len({sheet.part for sheet in self.sheets}) < len(self.sheets):
            raise ValueError("two sheets in one part")

    def _take(self, name: str, attributes: Attributes) -> None:
        if name == "sheet":
            link = next((value for key, value in attributes.items() if key.endswith(":id")), "")
            hidden = attributes.get("state", "visible") != "visible"
            self._listed.append((attributes.get("name", ""), hidden, link))
        elif name == "workbookPr":
            self._since_1904 = is_true(attributes.get("date1904"))


def _relations(archive: zipfile.ZipFile, name: str) -> tuple[dict[str, str], dict[str, str]]:
    """Return the parts of sheets by their link, and other parts by their kind."""
    folder, base = posixpath.split(name)
    sheets, others = {}, {}

    def take(_: str, attributes: Attributes) -> None:
        kind = attributes.get("Type", "").rpartition("/")[2]
        part = posixpath.normpath(posixpath.join("/", folder, attributes.get("Target", "")))[1:]
        if kind == "worksheet":
            sheets[attributes.get("Id", "")] = part
        else:
            others[kind] = part

    parse_whole(archive.open(f"{folder}/_rels/{base}.rels"), take)
    return sheets, others
