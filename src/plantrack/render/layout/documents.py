"""One document made of others: without what its readers cannot use, or several in a row."""

from collections.abc import Iterator, Sequence

from plantrack.render.layout.blocks import (
    Block,
    Chart,
    Document,
    Heading,
    Paragraph,
    StyledText,
    Table,
    shown,
)


def without_commands(document: Document) -> Document:
    """Return a document for readers who are not at a keyboard, or at one where its commands ask something else."""
    return document._replace(blocks=tuple(filter(None, map(_without_commands, document.blocks))))


def _without_commands(block: Block) -> Block | None:
    if not isinstance(block, Paragraph) or isinstance(block.said, str):
        return block
    said = tuple(span for span in block.said if span.meaning != "typed")
    return block._replace(said=said) if said else None


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
