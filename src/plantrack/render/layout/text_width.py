"""What formats made of cells share: the width of text, bars, headings, and what hangs behind a marker."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from typing import Final

from plantrack.model.views.rows import held_if_few
from plantrack.render.layout.blocks import (
    Bar,
    BarSegment,
    DefinitionList,
    ItemList,
    Meaning,
    Said,
    StyledText,
    TableColumn,
)

#: The sign of each part of a bar; what has no meaning is the rest.
BAR_SIGNS: Final[dict[Meaning, str]] = {"done": "█", "in_progress": "▒", "overdue": "!", "": "·"}
#: The longest bar: more cells are no easier to read.
LONGEST_BAR = 20
SOFT_HYPHEN = "\u00ad"
#: Texts of one cell a letter, the great majority: Latin, all of Vietnamese, dashes, arrows, bars.
_SINGLE = re.compile("[ -~\u00a0-\u02ff\u1e00-\u1eff\u2010-\u2027\u2030-\u205e\u2190-\u21ff\u2500-\u25fc]*")


def is_single(text: str) -> bool:
    """Return whether each character of a line is known to take one cell."""
    return text.isascii() or _SINGLE.fullmatch(text) is not None


def cell_width(text: str) -> int:
    """Count the cells of one line: marks that combine take none, wide East Asian letters two."""
    return len(text) if is_single(text) else sum(map(_width, text))


def widest_of(lines: Sequence[str]) -> int:
    """Count the cells of the longest of lines; quicker than one by one."""
    return max(map(len if is_single("".join(lines)) else cell_width, lines), default=0)


@lru_cache(maxsize=4096)
def _width(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf", "Cc"):
        return int(character == SOFT_HYPHEN)
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1


def padded(text: str, width: int, align: str = "left") -> str:
    """Fill a text up to a width."""
    space = " " * (width - cell_width(text))
    return space + text if align == "right" else text + space


def beginning(text: str, room: int) -> str:
    """Return as much of a line, from its beginning, as a room holds; no letter loses its marks."""
    if cell_width(text) <= room:
        return text
    for place, character in enumerate(text):
        room -= _width(character)
        if room < 0:
            return text[:place]
    return text


def cut_line(text: str, room: int) -> str:
    """Return a line that ends in "…" where a room does not hold it."""
    return text if cell_width(text) <= room else beginning(text, room - 1).rstrip() + "…"


def cut_inside(text: str, room: int) -> str:
    """Return a line that keeps its first and its last words where a room does not hold it: `Hội LHPN…Ví dụ 2`."""
    words = text.split(" ")
    ends = (" ".join(words[place:]) for place in range(1, len(words)))
    end = next((end for end in ends if cell_width(end) <= room // 2), "")
    if cell_width(text) <= room or not end:
        return cut_line(text, room)
    head = beginning(text, room - 1 - cell_width(end))
    whole = head if text[len(head)] == " " else head.rpartition(" ")[0]
    return f"{(whole or head).rstrip()}…{end}"


def bar_characters(bar: Bar, room: int) -> tuple[StyledText, ...]:
    """Draw a bar as text, a cell a task while they fit, else in proportion."""
    return tuple(
        StyledText(BAR_SIGNS[part.meaning] * part.number, part.meaning) for part in fitted(bar, room)
    )


def fitted(bar: Bar, room: int) -> tuple[BarSegment, ...]:
    """Return the parts of a bar with their cells: one a task while they fit, else shares, none of them 0."""
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


def bar_key(kinds: Sequence[tuple[Meaning, str]]) -> tuple[StyledText, ...]:
    """Say what the signs of bars mean: a sign, its name, the next sign, and so on."""
    *spans, (sign, name) = [
        (StyledText(f"{BAR_SIGNS[meaning]} ", meaning), StyledText(f"{name}  ")) for meaning, name in kinds
    ]
    return *(span for pair in spans for span in pair), sign, StyledText(name.text.rstrip())


def bar_room(bars: list[Bar]) -> int:
    """Return the cells that bars would like to have, and at least one for each part."""
    parts = max((len(bar.parts) for bar in bars), default=0)
    return max(parts, min(LONGEST_BAR, max((bar.total for bar in bars), default=0)))


def wrapped(text: str, width: int, *, indent: int = 0, hanging: int = 0) -> str:
    """Break a line at its spaces where it is wider than a page; its own indent goes on, a long word stays whole."""
    margin = " " * max(indent, len(text) - len(text.lstrip(" ")))
    lines: list[str] = []
    line = margin
    for word in re.split(r"\s", text.strip()):
        if line.strip() and cell_width(line) + 1 + cell_width(word) > width:
            lines.append(line.rstrip())
            line = margin + " " * hanging
        line += f" {word}" if line.strip() else word
    return "\n".join([*lines, line])


def plain_heading(column: TableColumn) -> str:
    """Return a heading on one line."""
    return column.heading.replace(SOFT_HYPHEN, "")


def heading_pieces(heading: str) -> list[str]:
    """Return the pieces of a heading that are never broken further."""
    pieces: list[str] = []
    for word in heading.split():
        *broken, last = word.split(SOFT_HYPHEN)
        pieces += [f"{part}-" for part in broken] + [last]
    return pieces


def group_line(columns: Sequence[TableColumn], widths: Sequence[int], gap: int) -> str:
    """Write the headings over groups of columns, or nothing where there are none."""
    line = []
    for group, run in groupby(zip(columns, widths, strict=True), lambda pair: pair[0].group):
        own = [width for _, width in run]
        room = sum(own) + gap * (len(own) - 1)
        framed = group and cell_width(group) + 2 <= room
        line.append(_centred(f" {group} ", room) if framed else padded(group, room))
    return (" " * gap).join(line).rstrip()


def _centred(text: str, room: int) -> str:
    left = max(0, room - cell_width(text)) // 2
    return "─" * left + text + "─" * max(0, room - left - cell_width(text))


def hanging_lines(block: ItemList | DefinitionList) -> Iterator[tuple[StyledText, Said]]:
    """Yield what hangs from what: each entry behind its marker, each fact behind its name."""
    if isinstance(block, DefinitionList):
        room = max((cell_width(f.name) for f in block.fields), default=0)
        yield from ((StyledText(padded(f.name, room) + "  ", "quiet"), f.said) for f in block.fields)
        return
    entries, rooms = block.entries, dict(enumerate(block.rooms))
    if not rooms:
        entries = held_if_few(entries)
        for entry in entries:
            rooms[entry.depth] = max(rooms.get(entry.depth, 0), cell_width(entry.marker))
    for e in entries:
        yield StyledText("  " * e.depth + padded(e.marker, rooms[e.depth]) + " ", "strong"), e.said
