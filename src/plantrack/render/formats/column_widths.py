"""How wide the columns of a table are on a page: numbers as narrow as they can be, then titles, then bars."""

from collections.abc import Iterable, Sequence
from itertools import accumulate, groupby

from plantrack.model.grouping import chunks
from plantrack.model.named_tuple import NamedTuple
from plantrack.render.layout.blocks import Bar, Cell, Table, TableColumn, text_of
from plantrack.render.layout.text_width import SOFT_HYPHEN, bar_room, cell_width, heading_pieces, widest_of


class _Need(NamedTuple):
    """The fewest cells a column can do with, and those that it would like to have."""

    least: int
    wanted: int


class CellSizes:
    """How wide the cells of a column are, which are taken some at a time."""

    def __init__(self) -> None:
        self.widest = 0
        #: The bars with the most parts and with the most tasks.
        self.bars: list[Bar] = []

    def take(self, cells: Iterable[Cell]) -> None:
        """Take more cells into account."""
        lines = [line for cell in cells if not isinstance(cell, Bar) for line in text_of(cell).split("\n")]
        self.widest = max(self.widest, widest_of(lines))
        bars = [*self.bars, *(cell for cell in cells if isinstance(cell, Bar))]
        if bars:
            self.bars = [max(bars, key=lambda bar: len(bar.parts)), max(bars, key=lambda bar: bar.total)]


def cell_sizes(table: Table) -> list[CellSizes]:
    """Return the sizes of each column of a table, in one reading."""
    sizes = [CellSizes() for _ in table.columns]
    for chunk in chunks(table.rows):
        for own, cells in zip(sizes, zip(*(row.cells for row in chunk), strict=True), strict=True):
            own.take(cells)
    return sizes


def fit(columns: Sequence[TableColumn], sizes: Sequence[CellSizes], width: int) -> list[int]:
    """Share a width among columns with cells of some sizes, one cell between them."""
    needs = _grouped([_need(c, own, width) for c, own in zip(columns, sizes, strict=True)], columns)
    widths = [need.least for need in needs]
    for pictures in (False, True):
        more = [
            need.wanted - need.least if column.picture is pictures else 0
            for need, column in zip(needs, columns, strict=True)
        ]
        shares = _shares(more, width - sum(widths) - (len(widths) - 1))
        widths = [own + share for own, share in zip(widths, shares, strict=True)]
    spare = width - sum(widths) - (len(widths) - 1)
    headings = [column.heading for column in columns]
    return _lowered(headings, widths, spare) if spare >= 0 else _squeezed(widths, width)


def room_for(columns: Sequence[TableColumn], sizes: Sequence[CellSizes], width: int) -> int:
    """Return how many columns, from the first, a width has room for at their least, one cell between them."""
    room, least = width + 1, [_need(c, own, width).least + 1 for c, own in zip(columns, sizes, strict=True)]
    return max(1, sum(used <= room for used in accumulate(least)))


def _grouped(needs: list[_Need], columns: Sequence[TableColumn]) -> list[_Need]:
    """Make the last column of a group as wide as the heading over them all asks for."""
    out: list[_Need] = []
    for group, run in groupby(zip(columns, needs, strict=True), lambda pair: pair[0].group):
        *others, last = [need for _, need in run]
        least = cell_width(group) - sum(need.least + 1 for need in others)
        out += [*others, _Need(max(last.least, least), max(last.wanted, least))]
    return out


def _squeezed(widths: list[int], width: int) -> list[int]:
    """Take from the widest columns of a table that is too wide for a page as narrow as this."""
    while sum(widths) + len(widths) - 1 > width and max(widths) > 1:
        widths[widths.index(max(widths))] -= 1
    return widths


def _shares(wanted: list[int], spare: int) -> list[int]:
    """Share cells by need, so that a row's cells come to be of about one height."""
    if spare <= 0:
        return [0] * len(wanted)
    if sum(wanted) <= spare:
        return wanted
    shares = [n * spare // sum(wanted) for n in wanted]
    shares[wanted.index(max(wanted))] += spare - sum(shares)
    return shares


def _lowered(headings: list[str], widths: list[int], spare: int) -> list[int]:
    """Spend what is left on headings of one line, or of two."""
    for height in (1, 2):
        lower = [_lower(heading, own, height) for heading, own in zip(headings, widths, strict=True)]
        if sum(lower) - sum(widths) <= spare:
            return lower
    return widths


def _lower(heading: str, width: int, height: int) -> int:
    """Return the width at which a heading has so few lines."""
    while len(heading_lines(heading, width)) > height:
        width += 1
    return width


def _need(column: TableColumn, sizes: CellSizes, width: int) -> _Need:
    if column.picture:
        return _bar_need(sizes.bars, width)
    head = max(map(cell_width, heading_pieces(column.heading)), default=1)
    wanted = max(head, sizes.widest)
    if column.wraps:
        return _Need(min(wanted, max(head, column.least)), wanted)
    wanted = max(wanted, column.least)
    return _Need(wanted, wanted)


def _bar_need(bars: list[Bar], width: int) -> _Need:
    """Return the room for bars: a wide page has it, however long the titles are."""
    parts = max((len(bar.parts) for bar in bars), default=1)
    wanted = bar_room(bars)
    return _Need(max(parts, min(wanted, (width - 40) // 10)), wanted)


def heading_lines(heading: str, width: int) -> list[str]:
    """Break a heading at its spaces, and at soft hyphens where it must."""
    lines = [""]
    for word in heading.split():
        whole = word.replace(SOFT_HYPHEN, "")
        for piece in [whole] if cell_width(whole) <= width else heading_pieces(word):
            longer = f"{lines[-1]} {piece}".lstrip()
            if cell_width(longer) <= width:
                lines[-1] = longer
            else:
                lines.append(piece)
    return [line for line in lines if line] or lines
