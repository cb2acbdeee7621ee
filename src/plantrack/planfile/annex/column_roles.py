"""The headings of an annex: which row they stand in, and what each column is, however an office words it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from itertools import pairwise
from typing import Final

from plantrack.model.named_tuple import NamedTuple
from plantrack.model.text import fold
from plantrack.planfile.annex.grid import Grid, GridCell, GridRow


class ColumnRole(StrEnum):
    """What a column holds; each is named by the heading that is looked for."""

    NO = "TT"
    GROUP = "Nhóm nội dung"
    TITLE = "Nội dung"
    LEAD = "Đơn vị chủ trì"
    COORDINATING = "Đơn vị phối hợp"
    PARTIES = "Đơn vị chủ trì, phối hợp"
    START = "Bắt đầu"
    TIME = "Thời gian"
    DELIVERABLE = "Sản phẩm"
    BUDGET = "Kinh phí"
    SOURCE = "Nguồn kinh phí"
    NOTE = "Ghi chú"
    EXTRA = "Cột khác"


#: The table that everyone expects, from left to right.
EXPECTED: Final = (
    *(ColumnRole.NO, ColumnRole.TITLE, ColumnRole.LEAD, ColumnRole.COORDINATING),
    *(ColumnRole.TIME, ColumnRole.DELIVERABLE, ColumnRole.BUDGET, ColumnRole.NOTE),
)
#: One of these makes a list of titles an annex.
WORK: Final = (
    ColumnRole.LEAD,
    ColumnRole.COORDINATING,
    ColumnRole.PARTIES,
    ColumnRole.START,
    ColumnRole.TIME,
    ColumnRole.DELIVERABLE,
)

#: What headings say, without tones and case; of several, the first from the left tells.
_WORDS: Final = tuple(
    (role, re.compile(rf"\b(?:{words})\b"))
    for role, words in (
        (
            ColumnRole.EXTRA,
            "don vi tinh|dvt|so luong|khoi luong|don gia|thanh tien|dia (?:diem|ban)|doi tuong",
        ),
        (
            ColumnRole.EXTRA,
            "nguoi|can bo|lanh dao|dau moi(?! chu tri)|chuyen vien|theo doi|tinh trang|trang thai",
        ),
        (ColumnRole.NO, "^(?:s?tt|so tt|so thu tu|no|ma(?: so)?)$"),
        (ColumnRole.NOTE, "^(?:ghi chu|notes?|remarks?)"),
        (ColumnRole.SOURCE, "nguon (?:kinh phi|von|ngan sach)|nguon$"),
        (ColumnRole.BUDGET, "kinh phi|du toan|ngan sach|budget"),
        (ColumnRole.START, "(?:thoi gian |ngay |thoi diem )?bat dau(?!\\W+ket thuc)|^tu(?: ngay| thang)?$"),
        (
            ColumnRole.TIME,
            "thoi (?:gian|han|diem)|tien do|(?:han|ngay) (?:hoan thanh|ket thuc)|han xu ly|lo trinh|lich|ket thuc|hoan thanh",
        ),
        (
            ColumnRole.TIME,
            "^(?:quy|thang)|^(?:den )?ngay(?: thang(?: nam)?| thuc hien| to chuc)?$|^den(?: thang)?$",
        ),
        (ColumnRole.TIME, "time|deadline|due"),
        (ColumnRole.DELIVERABLE, "san pham|ket qua|dau ra|deliverables?|outputs?|results?"),
        (ColumnRole.PARTIES, "chu tri\\W+(?:va )?(?:don vi |co quan )?phoi hop"),
        (
            ColumnRole.COORDINATING,
            "(?:don vi|co quan) tham gia|(?:(?:phan cong|trach nhiem|thuc hien) )?phoi hop|coordinat\\w+|supporting",
        ),
        (
            ColumnRole.LEAD,
            "chu tri|(?:don vi|co quan|bo phan|phong|ban|to chuc) (?:\\w+ )?(?:thuc hien|phu trach)",
        ),
        (
            ColumnRole.LEAD,
            "(?:don vi|co quan) dau moi|dau moi chu tri|phan cong|trach nhiem|thuc hien|phu trach|lead\\w*|^(?:don vi|co quan)$",
        ),
        (
            ColumnRole.TITLE,
            "noi dung|nhiem vu|cong viec|hoat dong|dau viec|viec|danh muc|giai phap|linh vuc|^nhom|tasks?|activit\\w+|contents?",
        ),
    )
)
#: Longer texts are no headings.
_LONGEST: Final = 120
#: Above the headings there is a title at most.
_SEARCHED: Final = 80
_DEPTHS: Final = (1, 2, 3)


class AnnexColumn(NamedTuple):
    """A column under one heading: it may be several of the grid's."""

    label: str
    role: ColumnRole
    first: int
    last: int


_NO_COLUMN: Final = AnnexColumn("", ColumnRole.EXTRA, 0, 0)


class HeadingRow(NamedTuple):
    """The rows of the headings, by index, and the columns under them."""

    first: int
    last: int
    columns: tuple[AnnexColumn, ...]

    @property
    def score(self) -> int:
        """Say how much of an annex it is."""
        return len({column.role for column in self.columns} - {ColumnRole.EXTRA})

    def has(self, role: ColumnRole) -> bool:
        """Return whether there is a column for `role`."""
        return any(column.role is role for column in self.columns)


def role_of(label: str) -> ColumnRole | None:
    """Say what a heading stands for, None when its words are not known."""
    if len(label) > _LONGEST:
        return None
    key = " ".join(re.sub(r"\([^)]*\)|[.:*/,;\n]+", " ", fold(label)).split())
    if not key:
        return None
    found = ((form.search(key), place, role) for place, (role, form) in enumerate(_WORDS))
    hits = [(hit.start(), place, role) for hit, place, role in found if hit]
    return min(hits)[2] if hits else None


def find_heading(grid: Grid, start: int = 0) -> HeadingRow | None:
    """Find the rows that look most like the headings of an annex, the first of several alike."""
    firsts = range(start, min(len(grid.rows), start + _SEARCHED))
    found = (_heading(grid, first, depth) for first in firsts for depth in _DEPTHS)
    best = max((h for h in found if h), key=lambda h: (h.score, h.first - h.last, -h.first), default=None)
    return best and _with_parts(best, grid)


def _with_parts(heading: HeadingRow, grid: Grid) -> HeadingRow:
    """Add the rows that only divide a heading: "Kinh phí" into its sources."""
    below = heading.last + 1
    if below >= len(grid.rows) or not _divided(grid.rows[heading.last], grid.rows[below]):
        return heading
    return _heading(grid, heading.first, below - heading.first + 1) or heading


def _heading(grid: Grid, first: int, depth: int) -> HeadingRow | None:
    rows = grid.rows[first : first + depth]
    if len(rows) < depth or any(cell.row < first for cell in rows[0].distinct()):
        return None  # the headings begin above
    if any(_divided(*pair) is None for pair in pairwise(rows)):
        return None
    columns = tuple(_unique(_columns(rows)))
    found = HeadingRow(first, first + depth - 1, columns)
    roles = {column.role for column in columns}
    return found if ColumnRole.TITLE in roles and roles.intersection(WORK) else None


def _divided(above: GridRow, below: GridRow) -> list[GridCell] | None:
    """Return the wide cells above that a row divides; None where it is no lower part of headings."""
    own = below.own()
    over = [_at(above, cell.column) for cell in own]
    named = [cell for cell in over if cell and cell.text]
    if not own or any(len(cell.text) > _LONGEST for cell in own) or any(cell.width < 2 for cell in named):
        return None
    return named


def _at(row: GridRow, column: int) -> GridCell | None:
    return row.cells[column] if column < len(row.cells) else None


def _columns(rows: Sequence[GridRow]) -> Iterator[AnnexColumn]:
    """Yield the columns of the grid that have the same headings above them as one."""
    stacks = [_stack(rows, column) for column in range(max(len(row.cells) for row in rows))]
    column = 0
    while column < len(stacks):
        last = column
        while last + 1 < len(stacks) and stacks[last + 1] == stacks[column] != ():
            last += 1
        yield _column(stacks[column], column, last)
        column = last + 1


def _stack(rows: Sequence[GridRow], column: int) -> tuple[GridCell, ...]:
    cells = (_at(row, column) for row in rows)
    return tuple({id(cell): cell for cell in cells if cell and cell.text}.values())


def _column(stack: tuple[GridCell, ...], first: int, last: int) -> AnnexColumn:
    labels = [" ".join(cell.text.split()) for cell in stack]
    label = " – ".join(labels)
    role = (role_of(labels[-1]) or role_of(label)) if labels else None
    if role is ColumnRole.TIME and len(labels) > 1 and role_of(labels[0]) is ColumnRole.BUDGET:
        role = ColumnRole.BUDGET  # "Quý I" under "Kinh phí"
    return AnnexColumn(label, role or ColumnRole.EXTRA, first, last)


def _unique(columns: Iterator[AnnexColumn]) -> Iterator[AnnexColumn]:
    """Let one column have each role; of two titles the left one may be a group, as the rows will show."""
    found = list(columns)
    totals: dict[ColumnRole, AnnexColumn] = {
        c.role: c for c in found if c.role is ColumnRole.BUDGET and "tong" in fold(c.label)
    }
    seen: set[ColumnRole] = set()
    for column in found:
        role = column.role
        if role in seen or totals.get(role, column) is not column:
            again = role is ColumnRole.TITLE and ColumnRole.GROUP not in seen
            role = ColumnRole.GROUP if again else ColumnRole.EXTRA
        seen.add(role)
        yield column._replace(role=role)


class Columns:
    """Says under which heading a cell stands."""

    def __init__(self, columns: Sequence[AnnexColumn]) -> None:
        self.columns = tuple(columns)
        self._found: dict[tuple[int, int], AnnexColumn] = {}

    def of(self, cell: GridCell) -> AnnexColumn:
        """Return the column of a cell; one that goes over several is the title's, else the widest's."""
        place = (cell.column, cell.width)
        if place not in self._found:
            self._found[place] = self._under(cell.column, cell.column + cell.width - 1)
        return self._found[place]

    def role(self, cell: GridCell) -> ColumnRole:
        """Return what the column of a cell holds."""
        return self.of(cell).role

    def roles(self, cells: Iterable[GridCell]) -> set[ColumnRole]:
        """Return what the columns of cells hold."""
        return {self.role(cell) for cell in cells}

    def goes_over(self, cell: GridCell) -> bool:
        """Return whether a cell stands under other headings than its own too."""
        column, last = self.of(cell), cell.column + cell.width - 1
        return cell.column < column.first or last > column.last

    def _under(self, first: int, last: int) -> AnnexColumn:
        shared = [(min(last, c.last) - max(first, c.first) + 1, c) for c in self.columns]
        under = [(size, column) for size, column in shared if size > 0]
        for size, column in under:
            if column.role is ColumnRole.TITLE and size > column.last - column.first and len(under) > 1:
                return column
        return max(under, key=lambda one: one[0])[1] if under else _NO_COLUMN
