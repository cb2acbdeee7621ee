"""XML of a package, read in pieces; one that declares a type, and so could define entities, is refused."""

from collections.abc import Callable, Iterator
from typing import Final, Protocol
from xml.parsers import expat

from plantrack.tables.reasons import DocumentTypeError, TooMuchError

Attributes = dict[str, str]
Start = Callable[[str, Attributes], object]
_BLOCK: Final = 64 * 1024
#: What is not yet whole is kept in memory.
_LONGEST_TAG: Final = 1024 * 1024
#: Cells of Excel have half as many characters.
LONGEST_TEXT: Final = 65_536


class Readable(Protocol):
    """What gives its bytes piece by piece."""

    def read(self, size: int, /) -> bytes:
        """Return some more bytes, none at the end."""


def parse(
    stream: Readable,
    start: Start,
    end: Callable[[str], object] | None = None,
    text: Callable[[str], object] | None = None,
) -> Iterator[None]:
    """Read a part, and tell of elements and the text between; after each piece the caller goes on.

    Elements are named without the prefix of the document's own.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def begin(root: str, attributes: Attributes) -> None:
        # Few writers use a prefix, and elements are many.
        own = len(root.partition(":")[0]) + 1 if ":" in root else 0
        parser.StartElementHandler = (lambda name, found: start(name[own:], found)) if own else start
        if end:
            parser.EndElementHandler = (lambda name: end(name[own:])) if own else end
        parser.CharacterDataHandler = text
        start(root[own:], attributes)

    parser.StartDoctypeDeclHandler = _refuse_type
    parser.StartElementHandler = begin
    read = 0
    while block := stream.read(_BLOCK):
        parser.Parse(block)
        read += len(block)
        if read - parser.CurrentByteIndex > _LONGEST_TAG:
            raise TooMuchError("an element without end")
        yield
    parser.Parse(b"", True)
    yield


def parse_whole(
    stream: Readable,
    start: Start,
    end: Callable[[str], object] | None = None,
    text: Callable[[str], object] | None = None,
) -> None:
    """Read a part to its end."""
    for _ in parse(stream, start, end, text):
        pass


def is_true(value: str | None) -> bool:
    """Return whether an attribute says yes."""
    return value in ("1", "true", "on")


def _refuse_type(*_: object) -> None:
    raise DocumentTypeError("XML with a DOCTYPE")
