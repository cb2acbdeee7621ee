"""Tables of an annex as they are after reading, without a file around them."""

from collections.abc import Sequence
from pathlib import Path

from plantrack.model.plan import Plan
from plantrack.planfile.annex.draft_plan import draft
from plantrack.planfile.annex.find_tables import find_table
from plantrack.planfile.annex.grid import Grid, GridCell, GridRow
from plantrack.planfile.format.dump import Remarks

HEAD = ("TT", "Nội dung", "Chủ trì", "Thời gian")


def grid(*rows: Sequence[str], before: Sequence[str] = (), name: str = "bảng 1") -> Grid:
    """Return a table; a row of one text goes over all columns."""
    width = max(map(len, rows))
    made = Grid(name, before=list(before), flows=True)
    for index, row in enumerate(rows):
        cells: list[GridCell | None] = [GridCell(text, index, column) for column, text in enumerate(row)]
        if len(row) == 1:
            cells = [GridCell(row[0], index, 0, width=width)] * width
        made.rows.append(GridRow(f"{name}, dòng {index + 1}", index, cells))
    return made


def read(*grids: Grid) -> tuple[Plan, Remarks]:
    return draft(find_table(grids, "x.docx"), 2024, "kh-vi-du", Path("x.docx"))


def shape(*rows: Sequence[str]) -> dict[str, list[str]]:
    """Return the titles of areas, each with those of its activities."""
    plan, _ = read(grid(HEAD, *rows))
    return {area.title.vi: [a.title.vi for a in area.activities] for area in plan.areas}


def made_bold(made: Grid) -> Grid:
    """Put the titles in bold of rows without number."""
    for row in made.rows[1:]:
        number, title = row.cells[:2]
        assert number is not None
        assert title is not None
        title.bold = not number.text
    return made
