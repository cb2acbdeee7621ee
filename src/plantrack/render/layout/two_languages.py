"""A document in two languages: the whole of it in one, then the whole of it in the other."""

from collections.abc import Iterator, Sequence

from plantrack.render.layout.blocks import Block, Document, Heading, Paragraph


def joined(documents: Sequence[Document], languages: Sequence[str]) -> Document:
    """Put documents together: the first as it is, each other one under its title, its headings a level lower."""
    first, *others = documents
    blocks = [
        b
        for other, language in zip(others, languages[1:], strict=True)
        for b in _under_title(other, language)
    ]
    return first._replace(blocks=(*first.blocks, *blocks))


def _under_title(document: Document, language: str) -> Iterator[Block]:
    yield Heading(document.title, language=language)
    yield from map(Paragraph, document.lines)
    for block in document.blocks:
        yield block._replace(level=block.level + 1) if isinstance(block, Heading) else block
