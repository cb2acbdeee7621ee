"""Cells of rows that are one line each: a text that is longer than its column ends in "…"."""

from plantrack.render.layout.blocks import Bar, Cell, StyledText, TableColumn, spans, text_of
from plantrack.render.layout.text_width import beginning, cell_width, cut_inside


def flat(cell: Cell) -> Cell:
    """Return a cell on one line."""
    if isinstance(cell, Bar) or "\n" not in text_of(cell):
        return cell
    return tuple(span._replace(text=span.text.replace("\n", " ")) for span in spans(cell))


def cut_cell(cell: Cell, column: TableColumn, width: int) -> Cell:
    """Return a cell of one line that is no wider than its column."""
    if isinstance(cell, Bar) or cell_width(text := text_of(cell)) <= width:
        return cell
    if column.keeps_end:
        return cut_inside(text, width)
    kept: list[StyledText] = []
    room = width - 1
    for span in spans(cell):
        head = beginning(span.text, room)
        kept.append(span._replace(text=head))
        room -= cell_width(head)
        if head != span.text:
            break
    last = kept.pop()
    return (*kept, last._replace(text=last.text.rstrip() + "…"))
