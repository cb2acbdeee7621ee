"""GitHub's Markdown: what people wrote stays text, whatever signs are in it."""

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import Any

from plantrack.model.grouping import chunks
from plantrack.render.formats import Page
from plantrack.render.layout.blocks import (
    DefinitionList,
    Document,
    Heading,
    ItemList,
    ListItem,
    Meaning,
    Paragraph,
    Said,
    Table,
    TableColumn,
    Verbatim,
    text_of,
)
from plantrack.render.layout.documents import in_text
from plantrack.render.layout.text_width import plain_heading

#: Signs that mean something to Markdown; `&` only where it begins the name of a character.
_SIGNS = re.compile(r"[\\|*_`<>\[\]#~&](?<!&(?!#?\w+;))")
#: What would make a list, a rule or a heading of the line that it begins.
_OPENING = re.compile(r"([-+=])|(\d+)([.)])")
_AROUND: dict[Meaning, str] = {
    "strong": "**",
    "overdue": "**",
    "example": "**",
    "error": "**",
    "remark": "*",
}


def render(document: Document, _page: Page) -> Iterator[str]:
    """Write a document."""
    document = in_text(document)
    title = [_titled("#", document.title)] if document.title else []
    blocks = (_BLOCKS[type(block)](block) for block in document.blocks)
    between = ""
    for lines in (title, *([_line(line)] for line in document.lines), *blocks):
        written = _joined(lines)
        for first in filter(None, written):
            yield between + first
            yield from written
            between = "\n\n"
    yield "\n"


def _joined(lines: Iterable[str]) -> Iterator[str]:
    """Join lines, many at a time."""
    between = ""
    for chunk in chunks(lines):
        yield between + "\n".join(chunk)
        between = "\n"


def _signs(text: str) -> str:
    return _SIGNS.sub(lambda sign: "\\" + sign[0], text)


def _marked(text: str, mark: str) -> str:
    """Put marks close around the words of a text."""
    if not mark or not (words := text.strip()):
        return _signs(text)
    before, _, after = text.partition(words)
    return before + mark + _signs(words) + mark + after


def _inline(said: Said, newline: str = "<br>") -> str:
    if isinstance(said, str):
        text = _signs(said)
    else:
        text = "".join([_marked(own, _AROUND.get(meaning, "")) for own, meaning in said])
    return text.replace("\n", newline) if "\n" in text else text


def _line(said: Said) -> str:
    """Write what begins a line."""
    text = _inline(said).strip()
    if found := _OPENING.match(text):
        before = found[2] or ""
        return f"{before}\\{text[len(before) :]}"
    return text


def _titled(level: str, said: Said) -> str:
    return f"{level} {_signs(' '.join(text_of(said).split()))}"


def _heading(heading: Heading) -> list[str]:
    return [_titled("#" * (heading.level + 1), heading.said)]


def _paragraph(paragraph: Paragraph) -> list[str]:
    return [_line(paragraph.said)]


def _items(items: ItemList) -> Iterator[str]:
    return map(_entry, items.entries)


def _entry(entry: ListItem) -> str:
    marker = f"- **{_signs(entry.marker)}**" if entry.is_coded else entry.marker
    return f"{'  ' * entry.depth}{marker} {_line(entry.said)}"


def _fields(fields: DefinitionList) -> list[str]:
    return [f"- **{_signs(field.name)}:** {_inline(field.said)}" for field in fields.fields]


def _verbatim(block: Verbatim) -> list[str]:
    """Fence the lines with more backticks than there are in them."""
    runs = re.findall("`+", "\n".join(block.lines))
    fence = "`" * max(3, *(len(run) + 1 for run in runs), 0)
    return [fence, *block.lines, fence]


def _table(table: Table) -> Iterator[str]:
    marks = ["--:" if column.align == "right" else "---" for column in table.columns]
    rows = ([_cell(cell, is_total=row.is_total) for cell in row.cells] for row in table.rows)
    return map(_row, chain([map(_headed, table.columns), marks], rows))


def _headed(column: TableColumn) -> str:
    heading = _signs(plain_heading(column))
    return f"{_signs(column.group)}: {heading}" if column.group else heading


def _cell(cell: Any, *, is_total: bool) -> str:
    text = _inline(cell, " ")
    return f"**{text}**" if is_total and text and "**" not in text else text


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


_BLOCKS: dict[type, Callable[[Any], Iterable[str]]] = {
    Heading: _heading,
    Paragraph: _paragraph,
    ItemList: _items,
    DefinitionList: _fields,
    Verbatim: _verbatim,
    Table: _table,
}
