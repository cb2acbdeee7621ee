"""One document made of others: without what its readers cannot use, with less of what is long, or several in a row."""

from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import Final

from plantrack.i18n.words import Words
from plantrack.render.layout.blocks import (
    Block,
    Chart,
    Document,
    Heading,
    ItemList,
    Paragraph,
    StyledText,
    Table,
    shown,
)

#: As many entries of a section as a screen shows.
MOST_ON_SCREEN: Final = 10


def without_commands(document: Document) -> Document:
    """Return a document for readers who are not at a keyboard, or at one where its commands ask something else."""
    return document._replace(blocks=tuple(filter(None, map(_without_commands, document.blocks))))


def _without_commands(block: Block) -> Block | None:
    if not isinstance(block, Paragraph) or isinstance(block.said, str):
        return block
    said = tuple(span for span in block.said if span.meaning != "typed")
    return block._replace(said=said) if said else None


def for_screen(document: Document, words: Words) -> Document:
    """Return a document of whose long sections the first entries are shown, and how many more there are and where."""
    return document._replace(blocks=tuple(chain.from_iterable(_cut(b, words) for b in document.blocks)))


def _cut(block: Block, words: Words) -> Iterator[Block]:
    if not isinstance(block, ItemList) or block.listed_by is None or len(block.entries) <= MOST_ON_SCREEN:
        yield block
        return
    rest = len(block.entries) - MOST_ON_SCREEN
    yield block._replace(entries=tuple(islice(block.entries, MOST_ON_SCREEN)))
    said = words.plural("section.more-tasks" if block.listed_by else "section.more", rest)
    see = words("section.see", command=block.listed_by) if block.listed_by else words("section.see_plain")
    yield Paragraph((StyledText(said, "remark"), StyledText(f" {see}", "typed")))


def in_text(document: Document) -> Document:
    """Return a document for readers of text alone: charts in words, no bars, no commands."""
    blocks = without_commands(document).blocks
    return document._replace(blocks=tuple(filter(None, map(_in_text, blocks))))


def _in_text(block: Block) -> Block | None:
    match block:
        case Chart():
            return Paragraph((StyledText(block.title, "strong"), StyledText(f": {block.text}")))
        case Table():
            return shown(block, bars=False)
        case Paragraph(picture=True):
            return None
    return block


def joined(documents: Sequence[Document], languages: Sequence[str]) -> Document:
    """Return documents one after another: each but the first under its title, its headings a level lower."""
    first, *others = documents
    pairs = zip(others, languages[1:], strict=True)
    blocks = [block for other, language in pairs for block in _under_title(other, language)]
    return first._replace(blocks=(*first.blocks, *blocks))


def _under_title(document: Document, language: str) -> Iterator[Block]:
    yield Heading(document.title, language=language)
    yield from map(Paragraph, document.lines)
    for block in document.blocks:
        yield block._replace(level=block.level + 1) if isinstance(block, Heading) else block
