"""How wide the columns of a table are on a page: numbers as narrow as they can be, then titles, then bars."""

from collections.abc import Sequence
from itertools import groupby

from plantrack.model.named_tuple import NamedTuple
from plantrack.render.layout.blocks import Bar, Cell, Said, Table, TableColumn, text_of
from plantrack.render.layout.text_width import SOFT_HYPHEN, bar_room, cell_width, heading_pieces, widest


class _Need(NamedTuple):
    """The fewest cells a column can do with, and those that it would like to have."""

    least: int
    wanted: int


def fit(table: Table, width: int) -> list[int]:
    """Share a width among the columns, one cell between them."""
    needs = _grouped([_need(c, table, i, width) for i, c in enumerate(table.columns)], table.columns)
    widths = [need.least for need in needs]
    for pictures in (False, True):
        more = [
            need.wanted - need.least if column.picture is pictures else 0
            for need, column in zip(needs, table.columns, strict=True)
        ]
        shares = _shares(more, width - sum(widths) - (len(widths) - 1))
        widths = [own + share for own, share in zip(widths, shares, strict=True)]
    spare = width - sum(widths) - (len(widths) - 1)
    headings = [column.heading for column in table.columns]
    return _lowered(headings, widths, spare) if spare >= 0 else _squeezed(widths, width)


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


def _need(column: TableColumn, table: Table, place: int, width: int) -> _Need:
    if column.picture:
        return _bar_need([row.cells[place] for row in table.rows], width)
    head = max(map(cell_width, heading_pieces(column.heading)), default=1)
    wanted = max([head, *(widest(text_of(c)) for c in _said(table, place))])
    if column.wraps:
        return _Need(min(wanted, max(head, column.least)), wanted)
    return _Need(wanted, wanted)


def _bar_need(cells: list[Cell], width: int) -> _Need:
    """Return the room for bars: a wide page has it, however long the titles are."""
    bars = [cell for cell in cells if isinstance(cell, Bar)]
    parts = max((len(bar.parts) for bar in bars), default=1)
    wanted = bar_room(bars)
    return _Need(max(parts, min(wanted, (width - 40) // 10)), wanted)


def _said(table: Table, place: int) -> list[Said]:
    return [cell for row in table.rows if not isinstance(cell := row.cells[place], Bar)]


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
