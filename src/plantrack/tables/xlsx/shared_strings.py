"""The texts that cells of a workbook share, kept as bytes: a million of them as objects are too many."""

from array import array
from typing import IO, Final

from plantrack.tables.plain_file import MIB
from plantrack.tables.reasons import TooMuchError
from plantrack.tables.xlsx.xml_parts import LONGEST_TEXT, Attributes, parse_whole

#: As many as a hundred thousand rows may need, many times over.
_MOST: Final = 4_000_000
_MOST_BYTES: Final = 100 * MIB


class SharedStrings:
    """Texts by their number."""

    def __init__(self) -> None:
        self._bytes = bytearray()
        self._ends = array("I", [0])
        self._in_text = self._spoken = False

    def __len__(self) -> int:
        return len(self._ends) - 1

    def __getitem__(self, number: int) -> str:
        if not 0 <= number < len(self):
            raise IndexError(f"no shared text {number}")
        return self._bytes[self._ends[number] : self._ends[number + 1]].decode("utf-8", "surrogatepass")

    def read(self, stream: IO[bytes]) -> None:
        """Add the texts of a part."""
        parse_whole(stream, self._start, self._end, self._text)

    def _start(self, name: str, _: Attributes) -> None:
        if name == "t":
            self._in_text = not self._spoken
        elif name == "rPh":  # how to pronounce it
            self._spoken = True

    def _end(self, name: str) -> None:
        if name == "t":
            self._in_text = False
        elif name == "rPh":
            self._spoken = False
        elif name == "si":
            self._ends.append(len(self._bytes))
            if len(self) > _MOST or len(self._bytes) > _MOST_BYTES:
                raise TooMuchError(f"more than {_MOST} shared texts, or {_MOST_BYTES // MIB} MiB of them")

    def _text(self, text: str) -> None:
        if self._in_text:
            self._bytes += text.encode("utf-8", "surrogatepass")
            if len(self._bytes) - self._ends[-1] > 4 * LONGEST_TEXT:
                raise TooMuchError(f"a text of more than {LONGEST_TEXT} characters")
