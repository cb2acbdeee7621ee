"""The corpus of annexes: texts in `corpus/`, each made into a Word or Excel file, and the right reading of each row.

What is in them follows the wording of published annexes; all of it is made up (VÍ DỤ). A text has the kind of
file, the lines above the table and what each column holds, then rows of cells between `|`:

    = headings   | a row   * a row in bold   ! a title above a table of its own   > how the row above is to be read

In a cell `^` is merged with the cell above, `<` with the one before, `\\n` ends a line, and Word numbers `#0`, `#1`
by level. A reading is `area`, `between` (a heading inside an area), `part` (its text belongs to the row above),
`none`, or what the activity has: `lead=` and `with=` (ids of the shipped plan, else names, joined by ` + `), `due=`,
`start=`, `ongoing`, `money=`, `note=` (words that its note has), `title=` and `product=` where they are not the
cell's. A heading that is an activity as well has both, joined by `&`. `>?` marks a row that is not read right yet.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import docx
from docx.enum.section import WD_ORIENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from openpyxl import Workbook

from plantrack.model.plan import Activity
from plantrack.model.text import fold
from plantrack.planfile.annex import read_annex
from tests.support.annex_samples import LISTS, listed, saved

FOLDER: Final = Path(__file__).parent / "corpus"
KNOWN: Final = ("ubdt", "hlhpn", "bdttg")
_HEADINGS: Final = ("area", "between")


@dataclass(slots=True)
class Row:
    """A row of a table: its cells, and how it is to be read."""

    sign: str
    cells: list[str]
    reading: str = ""
    #: Whether the row is read right; the name under which the draft says where a line comes from.
    known: bool = True
    name: str = ""

    @property
    def kind(self) -> str:
        return self._halves[0].split(";")[0]

    @property
    def _halves(self) -> tuple[str, str]:
        found = re.fullmatch(r"((?:area|between)[^&]*?) & (.*)", self.reading)
        return (found[1], found[2]) if found else (self.reading, "")

    @property
    def wanted(self) -> dict[str, list[str]] | None:
        """Return what the activity of the row has, None for a row that has none."""
        head, rest = self._halves
        if self.kind in (*_HEADINGS, "part", "none") and not rest:
            return None
        found: dict[str, list[str]] = {}
        for item in (rest or head).split("; "):
            key, _, value = item.strip().partition("=")
            found.setdefault(key, []).append(value)
        return found


@dataclass(slots=True)
class Annex:
    """One annex of the corpus."""

    name: str
    options: dict[str, str] = field(default_factory=dict)
    above: list[str] = field(default_factory=list)
    columns: list[str] = field(default_factory=list)
    #: Each table with the title above it, empty for none.
    tables: list[tuple[str, list[Row]]] = field(default_factory=list)

    @property
    def rows(self) -> list[Row]:
        """Return the rows that are read, headings left aside."""
        return [row for _, rows in self.tables for row in rows if row.sign != "="]

    def cell(self, row: Row, column: str) -> str:
        """Return the text of a row's cell in a column, those of merged cells as well."""
        if column not in self.columns:
            return ""
        place = self.columns.index(column)
        text = row.cells[place]
        if text == "^":
            rows = [one for _, rows in self.tables for one in rows]
            return self.cell(rows[rows.index(row) - 1], column)
        return re.sub(r"^#\d ", "", text).replace("\\n", "\n")


def annexes() -> list[Annex]:
    """Return the corpus."""
    return [_parsed(path) for path in sorted(FOLDER.glob("*.txt"))]


def _parsed(path: Path) -> Annex:
    annex = Annex(path.stem)
    for line in path.read_text("utf-8").splitlines():
        sign, text = line[:1], line[1:].strip()
        if sign in "=|*":
            if not annex.tables:
                annex.tables.append(("", []))
            cells = [cell.strip() for cell in text.split("|")]
            cells += [""] * (len(annex.columns) - len(cells))
            annex.tables[-1][1].append(Row(sign, cells[: len(annex.columns)]))
        elif sign == "!":
            annex.tables.append((text, []))
        elif sign == ">":
            row = annex.tables[-1][1][-1]
            row.known, row.reading = not text.startswith("?"), text.lstrip("? ")
        else:
            key, _, value = line.partition(": ")
            if key == "above":
                annex.above.append(value)
            elif key == "columns":
                annex.columns = value.split()
            else:
                annex.options[key] = value
    return annex


# Files.


def made(annex: Annex) -> bytes:
    """Make the file, and name the rows as its reader does."""
    return _sheet(annex) if annex.options["kind"] == "xlsx" else _document(annex)


def _document(annex: Annex) -> bytes:
    document = docx.Document()
    if "landscape" in annex.options:
        document.sections[0].orientation = WD_ORIENT.LANDSCAPE
    numbering: Any = document.part.numbering_part
    numbering._element = parse_xml(LISTS % nsdecls("w"))
    for line in annex.above:
        document.add_paragraph(line)
    for number, (title, rows) in enumerate(annex.tables, 1):
        if title:
            document.add_paragraph(title)
        table = document.add_table(len(rows), len(annex.columns))
        for place, row in enumerate(rows):
            row.name = f"bảng {number}, dòng {place + 1}"
            for column, text in enumerate(row.cells):
                _put(table.cell(place, column), text, bold=row.sign == "*")
        for first, last in _areas(rows):
            table.cell(*first).merge(table.cell(*last))
    return saved(document)


def _put(cell: Any, text: str, *, bold: bool) -> None:
    if text in ("^", "<", ""):
        return
    level = re.match(r"#(\d) ?", text)
    cell.text = text[level.end() if level else 0 :].replace("\\n", "\n")
    if level:
        listed(cell.paragraphs[0], int(level[1]))
    for run in cell.paragraphs[0].runs:
        run.bold = bold or None


def _sheet(annex: Annex) -> bytes:
    book = Workbook()
    sheet: Any = book.active
    sheet.title = "Phụ lục"
    for number, line in enumerate(annex.above, 1):
        sheet.cell(number, 1, line)
    start = len(annex.above) + 2
    (_, rows), *_ = annex.tables
    for place, row in enumerate(rows, start):
        row.name = f"trang tính “Phụ lục”, dòng {place}"
        for column, text in enumerate(row.cells, 1):
            if text not in ("^", "<", ""):
                sheet.cell(place, column, _value(text))
    for (top, left), (bottom, right) in _areas(rows):
        sheet.merge_cells(
            start_row=start + top, start_column=left + 1, end_row=start + bottom, end_column=right + 1
        )
    return saved(book)


def _value(text: str) -> str | int | float:
    """Return a number for what an office would type as one."""
    if re.fullmatch(r"\d+(\.\d+)?", text):
        return float(text) if "." in text else int(text)
    return text.replace("\\n", "\n")


def _areas(rows: list[Row]) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Yield the first and last cell of each merged area."""
    for top, row in enumerate(rows):
        for left, text in enumerate(row.cells):
            if text in ("^", "<"):
                continue
            bottom, right = top, left
            while right + 1 < len(row.cells) and row.cells[right + 1] == "<":
                right += 1
            while bottom + 1 < len(rows) and rows[bottom + 1].cells[left] == "^":
                bottom += 1
            if (bottom, right) != (top, left):
                yield (top, left), (bottom, right)


# What a draft made of it.


class Read:
    """The draft of an annex, by the rows that its lines come from."""

    def __init__(self, annex: Annex, folder: Path) -> None:
        self.annex = annex
        path = folder / f"{annex.name}.{annex.options['kind']}"
        path.write_bytes(made(annex))
        self.plan, self.remarks = read_annex(path, int(annex.options["year"]), "kh-vi-du")
        self.names = {o.id: o.name.vi for o in self.plan.organisations}
        self.areas = {self._row(f"areas/{a.code}"): a for a in self.plan.areas}
        self.activities = {
            self._row(f"areas/{area.code}/activities/{one.code}"): one
            for area in self.plan.areas
            for one in area.activities
        }
        self.said = "\n".join(_strings(self.plan))

    def _row(self, path: str) -> str:
        sources = (re.match(r"Nguồn: (.+?) \(", text) for text in self.remarks.get(path, ()))
        return next((found[1] for found in sources if found), "")

    def wrong(self, row: Row) -> list[str]:
        """Say what of a row is not read as it should be."""
        wanted, activity = row.wanted, self.activities.get(row.name)
        faults = [] if wanted is not None or activity is None else [f"is an activity: {activity.title.vi}"]
        if (row.kind == "area") != (row.name in self.areas):
            faults.append("area or not")
        if row.kind == "area" and row.name in self.areas:
            faults += self._area(row)
        if row.kind in ("between", "part") and wanted is None:
            text = self.annex.cell(row, "title") or next(filter(None, row.cells))
            faults += [] if _squeezed(text) in _squeezed(self.said) else [f"{row.kind}: its text is nowhere"]
        if wanted is not None:
            faults += self._activity(row, wanted, activity) if activity else ["is no activity"]
        return faults

    def _area(self, row: Row) -> Iterator[str]:
        found = re.fullmatch(r"area; title=([^&]*)", row.reading)
        group = self.annex.cell(row, "group")
        yield from _differ("area", found[1] if found else group or self.annex.cell(row, "title"),
                           self.areas[row.name].title.vi)  # fmt: skip

    def _activity(self, row: Row, wanted: dict[str, list[str]], one: Activity) -> Iterator[str]:
        budget, due = one.budget, one.due or ("ongoing" if one.ongoing else "")
        money = f"{budget.amount} {budget.unit}" if budget and budget.amount is not None else ""
        title, product = (self.annex.cell(row, column) for column in ("title", "product"))
        yield from _differ("title", wanted.get("title", [title])[0], one.title.vi)
        yield from _differ(
            "product", wanted.get("product", [product])[0], str(one.deliverable and one.deliverable.vi or "")
        )
        yield from _differ("due", "ongoing" if "ongoing" in wanted else wanted.get("due", [""])[0], due)
        yield from _differ("money", wanted.get("money", [""])[0], money)
        if "start" in wanted:
            yield from _differ("start", wanted["start"][0], one.start or "")
        for key, ids in (("lead", one.lead), ("with", one.coordinating)):
            yield from self._organisations(key, wanted.get(key, [""])[0], ids)
        for text in wanted.get("note", ()):
            if text not in (one.note or ""):
                yield f"note lacks {text}: {one.note}"

    def _organisations(self, key: str, wanted: str, ids: tuple[str, ...]) -> Iterator[str]:
        names = [name for name in wanted.split(" + ") if name]
        found = [one if one in KNOWN else fold(self.names[one]) for one in ids]
        if [name if name in KNOWN else fold(name) for name in names] != found:
            yield f"{key}: {wanted} != {' + '.join(self.names[one] for one in ids)}"


def _differ(what: str, wanted: str, found: str) -> Iterator[str]:
    if _squeezed(wanted) != _squeezed(found):
        yield f"{what}: {wanted} != {found}"


def _squeezed(text: str) -> str:
    return "" if text == "-" else re.sub(r"[\s;]+", "", text)


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from _strings(part)
