"""The lines of a text file, one at a time: decoded strictly, and none too long."""

import codecs
import io
from collections.abc import Iterator
from typing import Final

from plantrack.errors import Failure
from plantrack.model.named_tuple import NamedTuple
from plantrack.tables.plain_file import MIB, PlainFile

#: A row has some hundred characters; a file of one endless line is none of rows.
LONGEST_LINE: Final = MIB
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
        """Yield the lines with their ends; a line that is no text fails."""
        number = 0
        with self.source.open() as raw, io.TextIOWrapper(raw, self.encoding, newline="") as text:
            while line := self._line(text):
                number += 1
                if len(line) >= LONGEST_LINE:
                    raise Failure("table-line-too-long", file=self.file, line=number, characters=LONGEST_LINE)
                if number > MAX_LINES:
                    raise Failure("table-too-many-lines", file=self.file, lines=MAX_LINES)
                if "\0" in line:
                    raise Failure("table-not-text", file=self.file, line=number)
                yield line

    def _line(self, text: io.TextIOWrapper) -> str:
        try:
            return text.readline(LONGEST_LINE)
        except UnicodeError:
            code = "table-wrong-encoding" if self.told else "table-not-utf8"
            raise Failure(code, file=self.file, line=self._wrong_line(), encoding=self.encoding) from None

    def _wrong_line(self) -> int:
        """Count the lines up to what cannot be decoded: it was met while more was read than one line."""
        decoder = codecs.getincrementaldecoder(self.encoding)()
        line = 1
        with self.source.open() as raw:
            while block := raw.read(MIB):
                try:
                    line += decoder.decode(block).count("\n")
                except UnicodeDecodeError as error:
                    return line + bytes(error.object[: error.start]).replace(b"\0", b"").count(b"\n")
        return line


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
