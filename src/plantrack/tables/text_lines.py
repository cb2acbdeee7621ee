"""The lines of a text file, one at a time: decoded strictly, and none too long."""

import codecs
import io
import re
from collections.abc import Iterator
from typing import Final

from plantrack.errors import Failure
from plantrack.model.named_tuple import NamedTuple
from plantrack.tables.plain_file import MIB, PlainFile

#: A row has some hundred characters; a file of one endless line is none of rows.
LONGEST_LINE: Final = MIB
_BLOCK: Final = 64 * 1024
_LINE_END: Final = re.compile(rb"\r\n?|\n")
#: Twice what Excel can show.
MAX_LINES: Final = 2_000_000
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


class TextLines(NamedTuple):
    """A text file and its encoding; `told` by a person, not found in the file."""

    source: PlainFile
    encoding: str
    told: bool

    @property
    def file(self) -> str:
        """Return its path, as it is spoken of."""
        return str(self.source.path)

    def read(self) -> Iterator[str]:
        """Yield the lines without their ends; one that is no text fails."""
        decoder = io.IncrementalNewlineDecoder(codecs.getincrementaldecoder(self.encoding)(), translate=True)
        number, rest, block = 0, "", b"?"
        with self.source.open() as raw:
            while block:
                block = raw.read(_BLOCK)
                lines = (rest + self._decoded(decoder, block, number + 1)).split("\n")
                rest = lines.pop()
                self._check(number, lines, rest)
                for line in lines:
                    number += 1
                    yield line
        if rest:
            yield rest

    def _decoded(self, decoder: io.IncrementalNewlineDecoder, block: bytes, line: int) -> str:
        """Return the text of some bytes that begin in a line."""
        try:
            text = decoder.decode(block, final=not block)
        except UnicodeError as error:
            if isinstance(error, UnicodeDecodeError):
                line += len(_LINE_END.findall(error.object[: error.start].replace(b"\0", b"")))
            code = "table-wrong-encoding" if self.told else "table-not-utf8"
            raise Failure(code, file=self.file, line=line, encoding=self.encoding) from None
        if "\0" in text:
            wrong = line + text.partition("\0")[0].count("\n")
            raise Failure("table-not-text", file=self.file, line=wrong)
        return text

    def _check(self, before: int, lines: list[str], rest: str) -> None:
        """Refuse a line that is too long: only the first of a block, or what is left of it, can be."""
        if len(lines[0] if lines else rest) >= LONGEST_LINE:
            raise Failure("table-line-too-long", file=self.file, line=before + 1, characters=LONGEST_LINE)
        if before + len(lines) + bool(rest) > MAX_LINES:
            raise Failure("table-too-many-lines", file=self.file, lines=MAX_LINES)


def text_lines(source: PlainFile, encoding: str | None) -> TextLines:
    """Choose the encoding of a file: the one told, else what its first bytes say, else UTF-8."""
    if encoding:
        return TextLines(source, _known(encoding), told=True)
    begins = source.begins(4)
    found = (name for bom, name in _BOMS if begins.startswith(bom))
    return TextLines(source, next(found, "utf-8"), told=False)


def _known(encoding: str) -> str:
    try:
        name = codecs.lookup(encoding).name
        "".encode(name)  # some codecs are none of text
    except (LookupError, ValueError):
        raise Failure("table-unknown-encoding", encoding=encoding) from None
    return "utf-8-sig" if name == "utf-8" else name
