"""From the rows of an annex to its lines: each a title with what its columns say, furniture left aside."""

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from plantrack.model.text import fold
from plantrack.planfile.annex import remark_texts
from plantrack.planfile.annex.column_roles import WORK, AnnexColumn, ColumnRole, Columns, HeadingRow
from plantrack.planfile.annex.find_tables import AnnexTable, TablePart
from plantrack.planfile.annex.grid import MAX_ROWS, GridCell, GridRow, cell_text
from plantrack.planfile.annex.party_cells import NOTHING
from plantrack.planfile.annex.title_numbers import (
    COLUMN,
    TITLE,
    UNNUMBERED,
    Style,
    Styles,
    is_bullet,
    is_number,
    split_number,
)

_TOTAL: Final = re.compile(
    r"(?:(?:so tien )?bang chu|trong do)\b.*|(?:tong (?:cong(?! ty)|so|kinh phi|du toan|chi phi)\b.*|tong|cong(?: (?:muc|nhom|phan|noi dung)\b.*)?)(?: ?\(.*\))?[ :.]*"
)
#: A footnote, wherever it stands; below the last row with work, where no group can begin, also these.
_LABEL: Final = r"\*? ?(?:ghi chu|chu thich|chu giai|chu y|luu y)(?: ?\(?[\d*]{1,3}\)?)?"
_FOOTNOTE: Final = re.compile(rf"\(\*+\)|\*{{2,}}|{_LABEL} ?(?:[:.]|$)")
_FOOTNOTE_LABEL: Final = re.compile(rf"{_LABEL} ?[:.]")
_FOOTNOTE_AT_END: Final = re.compile(r"\*|[(\[]\d{1,2}[)\]]")
_COLUMN_NUMBER: Final = re.compile(r"\(?(\d{1,2})\)?(?: ?=.*)?|[A-D]")
#: What stands under a table only: recipients, places and days, signatures.
_BELOW: Final = re.compile(
    r"noi nhan\b.*|(?:tm|kt|tl|tuq|q)\. .*|\(?ky\b.*(?:ten|dau).*|nguoi (?:lap|tong hop)(?: bieu| bang)?.*"
    r"|.{2,40}, ?ngay (?:.{1,5} )?thang (?:.{1,5} )?nam.*"
)
#: Offices that sign; such a name may stand in a column too, so it counts only beside or below the others.
_SIGNS: Final = re.compile(
    r"(?:thu truong|lanh dao|chu tich|pho chu tich|giam doc|pho giam doc|truong ban|truong phong|chanh van phong)\b.*"
)
#: In a calendar a group may be called by its time: I, "Tháng 10".
_NUMBERS_GROUPS: Final = re.compile(r"[IVX]+\.?|[A-H]\.?")
_LONGEST_NO: Final = 12
_LETTERS_OF_A_TITLE: Final = 3
#: What a row under a merged title may have of its own and still belong to the line above.
_ADDED: Final = frozenset((ColumnRole.COORDINATING, ColumnRole.NOTE, ColumnRole.EXTRA))
#: What holds for every row of a merged cell; money does not: it would be counted twice.
_INHERITED: Final = frozenset(ColumnRole) - {ColumnRole.BUDGET}


@dataclass(slots=True, eq=False)
class LineField:
    """What one column says in a line."""

    text: str
    number: int | Decimal | None = None
    day: str | None = None
    formula: bool = False
    #: The row where the cell begins, when it is merged with the one above; whether it goes on in the row below.
    above: str | None = None
    shared: bool = False


@dataclass(slots=True, eq=False)
class AnnexLine:
    """A row with a title, and rows that only go on with it."""

    where: str
    no: str = ""
    title: str = ""
    style: Style = UNNUMBERED
    fields: dict[ColumnRole, LineField] = field(default_factory=dict)
    #: Columns that a plan has no key for, with their headings.
    extras: list[tuple[str, str]] = field(default_factory=list)
    #: The text of every cell that begins in the row, with its heading: none of it may be lost.
    texts: list[tuple[ColumnRole, str, str]] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    #: What the cells that begin in the row hold.
    own: set[ColumnRole] = field(default_factory=set)

    @property
    def has_work(self) -> bool:
        """Return whether the row tells who, when or what comes of it."""
        return any(role in self.fields for role in WORK)

    @property
    def is_bare(self) -> bool:
        """Return whether the row has a title only."""
        return (
            not self.has_work
            and ColumnRole.BUDGET not in self.fields
            and ColumnRole.SOURCE not in self.fields
        )


def read_lines(table: AnnexTable) -> tuple[list[AnnexLine], list[str]]:
    """Return the lines of an annex, and remarks on the rows that are none."""
    reader = _LineReader()
    for part in table.parts:
        reader.read(part)
    return reader.lines, reader.remarks


class _LineReader:
    def __init__(self) -> None:
        self.lines: list[AnnexLine] = []
        self.remarks: list[str] = []
        self.styles = Styles()
        self.group = ""
        #: Whether the headings stand directly above, or an empty row, and whether the table is over.
        self.fresh = self.gap = self.ended = False
        #: The last row with work.
        self.last = MAX_ROWS

    def read(self, part: TablePart) -> None:
        self.columns = Columns(part.heading.columns)
        self.names = {row.index: row.name for row in part.rows}
        self.headings = _words_of(part.heading)
        self.numbered = part.heading.has(ColumnRole.NO)
        self.last = max((row.index for row in part.rows if self._works(row.own())), default=MAX_ROWS)
        self.fresh, self.ended, self.gap = True, False, False
        for row in (*part.titles, *part.rows):
            if row.distinct():
                self._row(row)
            self.gap = not row.distinct()

    def _row(self, row: GridRow) -> None:
        skipped = self._furniture(row)
        if not skipped:
            self.fresh = False
            line = self._line(row)
            self._put_group(row, line)
            self._put(line, row)
        elif cells := row.own():
            self.remarks.append(skipped.format(row=row.name, text=cell_text(cells)))

    def _furniture(self, row: GridRow) -> str:
        """Say in a remark what a row is when it is no line, empty for a line."""
        cells = row.own()
        keys = [fold(cell.text) for cell in cells]
        if len(keys) > 1 and self.headings.issuperset(keys):
            self.fresh = True
            return remark_texts.REPEATED
        if self.fresh and _numbers_columns(cells):
            return remark_texts.COLUMN_NUMBERS
        if self._is_below(cells, keys):
            return remark_texts.BELOW
        if cells and self._is_footnote(cells, keys, row.index > self.last):
            self.ended = row.index > self.last
            return remark_texts.FOOTNOTE
        if not cells or (len(cells) == 1 and self._is_only_number(cells[0])):
            return remark_texts.EMPTY
        total = _TOTAL.fullmatch(_first_words(keys))
        return remark_texts.TOTAL if total and not self._works(cells) else ""

    def _works(self, cells: list[GridCell]) -> set[ColumnRole]:
        return self.columns.roles(cells).intersection(WORK)

    def _is_footnote(self, cells: list[GridCell], keys: list[str], at_end: bool) -> bool:
        if self._works(cells) and not _FOOTNOTE_LABEL.fullmatch(keys[0]):
            return False
        alone = len(cells) == 1 and (not keys[0].startswith("*") or self.columns.goes_over(cells[0]))
        if at_end and len(cells) == 1 and self._says_more(cells[0]):
            return True
        return bool(_FOOTNOTE.match(keys[0]) or (at_end and alone and _FOOTNOTE_AT_END.match(keys[0])))

    def _says_more(self, cell: GridCell) -> bool:
        """Return whether a cell over other columns is a sentence: no group ends in a full stop."""
        over = self.columns.goes_over(cell) and not cell.bold
        return over and cell.text.endswith(".") and not split_number(cell.text)[0]

    def _is_only_number(self, cell: GridCell) -> bool:
        return self.columns.role(cell) is ColumnRole.NO and is_number(cell.text)

    def _is_below(self, cells: list[GridCell], keys: list[str]) -> bool:
        """Return whether the table is over; a whole line of an annex shows that it was not."""
        roles = self.columns.roles(cells)
        if ColumnRole.NO in roles and ColumnRole.TITLE in roles and roles.intersection(WORK):
            self.ended = False
        elif not self.ended:
            self.ended = self._ends(cells, keys)
        return self.ended

    def _ends(self, cells: list[GridCell], keys: list[str]) -> bool:
        below = [key for key in keys if _BELOW.fullmatch(key)]
        signs = [key for key in keys if _SIGNS.fullmatch(key)]
        number = next(
            (k for c, k in zip(cells, keys, strict=True) if self.columns.role(c) is ColumnRole.NO), None
        )
        if number is not None and number not in below:
            return False
        alone = len(below) + len(signs) == len(keys)
        return bool(below and (alone or self.gap)) or bool(signs and alone and self.gap)

    def _line(self, row: GridRow) -> AnnexLine:
        line = AnnexLine(row.name, remarks=[remark_texts.HIDDEN_ROW] if row.hidden else [])
        for cell in row.distinct():
            above = None if cell.row == row.index else self.names.get(cell.row, "")
            column = self.columns.of(cell)
            text = _as_number(cell) if column.role is ColumnRole.NO else cell.text
            if above is None:
                line.texts.append((column.role, column.label, text))
                line.own.add(column.role)
            shared = cell.row + cell.height - 1 > row.index
            _take(line, column, LineField(text, cell.number, cell.day, cell.formula, above, shared))
        _take_title(line)
        return line

    def _put_group(self, row: GridRow, line: AnnexLine) -> None:
        """Begin a group where the column of groups has a new one."""
        own = {self.columns.role(cell): cell for cell in row.own()}
        found = own.get(ColumnRole.GROUP)
        line.texts = [text for text in line.texts if text[0] is not ColumnRole.GROUP]
        if found is None or fold(found.text) == self.group:
            return
        self.group = fold(found.text)
        group = AnnexLine(
            row.name, title=found.text, style=COLUMN, texts=[(ColumnRole.GROUP, ColumnRole.GROUP, found.text)]
        )
        number = own.get(ColumnRole.NO)
        if number and found.height > 1 and number.height == found.height:
            group.no, line.no = number.text, ""
        self.lines.append(group)

    def _put(self, line: AnnexLine, row: GridRow) -> None:
        """Take a line, or add it to the one above where it only goes on with that."""
        above = self.lines[-1] if self.lines and not self.gap else None
        if above and above.has_work and _goes_on(line):
            _add(above, line)
            return
        in_title = self.numbered and not line.no
        if not line.no:
            line.no, line.title = split_number(line.title)
        line.style = self.styles.of(line.no)
        if line.is_bare and self._looks_like_group(row, line.title):
            line.style = self._style_of_group(line, row, in_title)
        elif line.style is UNNUMBERED and line.is_bare and line.title:
            line.remarks.append(remark_texts.GROUP_OR_NOT)
        self.lines.append(line)

    def _style_of_group(self, line: AnnexLine, row: GridRow, in_title: bool) -> Style:
        """Let a title without number begin a group, and a number in it stand above those of the column."""
        over = is_bullet(line.no) and any(map(self.columns.goes_over, row.own()))
        if over or line.style is UNNUMBERED:
            return TITLE
        return line.style.above() if in_title and not is_bullet(line.no) else line.style

    def _looks_like_group(self, row: GridRow, title: str) -> bool:
        """Return whether a row without number is the title of a group: over columns, bold, or in capitals."""
        capitals = title.isupper() and sum(c.isalpha() for c in title) >= _LETTERS_OF_A_TITLE
        return capitals or any(cell.bold or self.columns.goes_over(cell) for cell in row.own())


def _words_of(heading: HeadingRow) -> set[str]:
    parts = (part for column in heading.columns for part in (column.label, *column.label.split(" – ")))
    return {fold(part) for part in parts if part}


def _numbers_columns(cells: list[GridCell]) -> bool:
    """Return whether a row only numbers the columns: (1) (2) (3)."""
    found = [_COLUMN_NUMBER.fullmatch(cell.text) for cell in cells]
    if len(cells) < 3 or not all(found):
        return False
    numbers = [int(one[1]) for one in found if one and one[1]]
    return len(numbers) > 1 and numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def _first_words(keys: list[str]) -> str:
    """Return the first text of a row that is no number."""
    return next((key for key in keys if not is_number(key)), keys[0])


def _as_number(cell: GridCell) -> str:
    """Return the text of a number that numbers lines: 1.1 has a point, where amounts have a comma."""
    return cell.text if cell.number is None else f"{cell.number:.15g}"


def _take(line: AnnexLine, column: AnnexColumn, own: LineField) -> None:
    if column.role is ColumnRole.EXTRA:
        line.extras.append((column.label, own.text))
    elif _is_nothing(column.role, own):
        return
    elif own.above is not None and column.role not in _INHERITED:
        line.remarks.append(remark_texts.SHARED_MONEY.format(row=own.above))
    elif column.role in line.fields:  # a cell that is divided below its heading
        line.fields[column.role].text += f"\n{own.text}"
        line.fields[column.role].number = None
    else:
        line.fields[column.role] = own


def _is_nothing(role: ColumnRole, field: LineField) -> bool:
    """Return whether a cell only has a sign for nothing; money that is "không" is said."""
    key = fold(field.text)
    named = role in (ColumnRole.NO, ColumnRole.TITLE, ColumnRole.GROUP)
    return (
        not named
        and NOTHING.fullmatch(key) is not None
        and (role is not ColumnRole.BUDGET or not key.isalpha())
    )


def _take_title(line: AnnexLine) -> None:
    """Take title and number; what stands in the column of numbers and is none is a title."""
    title, no = line.fields.pop(ColumnRole.TITLE, None), line.fields.pop(ColumnRole.NO, None)
    line.fields.pop(ColumnRole.GROUP, None)
    line.title = title.text if title else ""
    if title and title.above is not None:
        line.remarks.append(remark_texts.SAME_TITLE.format(row=title.above))
    if no is None or no.above is not None or no.formula:
        return
    if not line.title and not is_number(no.text):
        line.title = no.text
    elif len(no.text) <= _LONGEST_NO and "\n" not in no.text:
        line.no = no.text
    if not line.title and line.own == {ColumnRole.NO, ColumnRole.TIME} and _NUMBERS_GROUPS.fullmatch(no.text):
        line.title = line.fields.pop(ColumnRole.TIME).text


def _goes_on(line: AnnexLine) -> bool:
    """Return whether a row has no number, and no title of its own or only the rest of one."""
    if line.no:
        return False
    if ColumnRole.TITLE not in line.own:
        return not line.title or line.own <= _ADDED
    rest = line.title[0].islower() and not split_number(line.title)[0]
    return rest and line.is_bare and not line.extras


def _add(above: AnnexLine, line: AnnexLine) -> None:
    above.remarks.append(remark_texts.ADDED.format(row=line.where))
    above.texts += line.texts
    above.extras += [extra for extra in line.extras if extra not in above.extras]
    above.title = " ".join(filter(None, (above.title, line.title)))
    for role, own in line.fields.items():
        if own.above is None:
            before = above.fields.get(role)
            above.fields[role] = LineField(f"{before.text}\n{own.text}") if before else own
