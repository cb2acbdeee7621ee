"""Rows of a sheet in which nothing stands: who formats whole columns leaves a million of them."""

from typing import IO, Final

#: How rows begin as Excel and others write them: their number makes up for those that are left out.
_ROW: Final = b'<row r="'
#: What rows have that are not left out: values, texts, formulas; and what stands after them.
_SOMETHING: Final = (b"<v", b"<is", b"<f", b"heetData")
#: What may have the signs of a row in it and be none; a declaration begins the part.
_HIDING: Final = (b"<!", b"<?")
_DECLARATION: Final = 4
#: A longer row is handed on in pieces.
_LONGEST: Final = 1024 * 1024


class WithoutEmptyRows:
    """The part of a sheet; of many rows in a row that have nothing only the last is handed on.

    To look for values takes next to nothing, to hear of a million elements takes seconds.
    """

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream, self._held, self._may_hide = stream, b"", False

    def read(self, size: int) -> bytes:
        """Return some more bytes, none at the end."""
        while block := self._stream.read(size):
            data = self._held + block
            self._may_hide |= any(data.find(sign, _DECLARATION) > 0 for sign in _HIDING)
            first, last = data.find(_ROW), data.rfind(_ROW)
            if last < 0 or self._may_hide or (first == last and len(data) > _LONGEST):
                first = last = max(len(data) - len(_ROW), 0)  # a sign may be in two pieces
            are_empty = all(data.find(sign, first, last) < 0 for sign in _SOMETHING)
            self._held = data[last:]
            if found := data[: first if are_empty else last]:
                return found
        held, self._held = self._held, b""
        return held
