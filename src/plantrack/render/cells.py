"""How many cells of a terminal a text takes, and how bars are drawn in cells."""

import re
import unicodedata
from functools import lru_cache

from plantrack.render.blocks import Bar, Part

#: The longest bar: more cells are no easier to read.
LONGEST_BAR = 20
#: Texts of one cell a letter, the great majority: Latin, all of Vietnamese, dashes, arrows, bars.
_SINGLE = re.compile("[ -~\u00a0-\u02ff\u1e00-\u1eff\u2010-\u2027\u2030-\u205e\u2190-\u21ff\u2500-\u25fc]*")


def cell_width(text: str) -> int:
    """Count the cells of one line: marks that combine take none, wide East Asian letters two."""
    if text.isascii() or _SINGLE.fullmatch(text):
        return len(text)
    return sum(map(_width, text))


@lru_cache(maxsize=4096)
def _width(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf", "Cc"):
        return int(character == "\u00ad")
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1


def widest(text: str) -> int:
    """Count the cells of the longest line."""
    return max(map(cell_width, text.split("\n"))) if "\n" in text else cell_width(text)


def padded(text: str, width: int, align: str = "left") -> str:
    """Fill a text up to a width."""
    space = " " * (width - cell_width(text))
    return space + text if align == "right" else text + space


def drawn(bar: Bar, room: int) -> tuple[Part, ...]:
    """Give the parts of a bar with their cells: one a task while they fit, else shares, none of them 0."""
    total = bar.total
    if total <= room:
        return bar.parts
    cells = [part.number and max(1, part.number * room // total) for part in bar.parts]
    while sum(cells) > room and max(cells) > 1:
        cells[cells.index(max(cells))] -= 1
    while sum(cells) < room:
        owed = [part.number * room - n * total for part, n in zip(bar.parts, cells, strict=True)]
        cells[owed.index(max(owed))] += 1
    return tuple(part._replace(number=n) for part, n in zip(bar.parts, cells, strict=True))


def bar_text(bar: Bar, room: int) -> str:
    """Draw a bar as text."""
    return "".join(part.sign * part.number for part in drawn(bar, room))


def bar_room(bars: list[Bar]) -> int:
    """Give the cells that bars would like to have, and at least one for each part."""
    parts = max((len(bar.parts) for bar in bars), default=0)
    return max(parts, min(LONGEST_BAR, max((bar.total for bar in bars), default=0)))
