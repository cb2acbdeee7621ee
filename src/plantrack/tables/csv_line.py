"""The cells of a line of CSV, by the rules of RFC 4180; a quote that these do not explain is part of its text."""

import re
from collections.abc import Iterator
from typing import Final

from plantrack.errors import Failure

#: Cells of Excel have a quarter as many characters.
LONGEST_CELL: Final = 131_072
#: What may stand between two quotes.
_INSIDE: Final = '[^"]*(?:""[^"]*)*'
_UP_TO_QUOTE: Final = re.compile(_INSIDE)


class LineSplitter:
    """Splits lines at a separator; a cell between quotes may go on over several."""

    def __init__(self, file: str, separator: str) -> None:
        self._file, self._separator = file, separator
        self._rest_of_quoted = re.compile(f'({_INSIDE})" *(?={re.escape(separator)}|\\Z)')
        #: Whatever separates: nobody writes a row of commas only.
        self._blank = f"{separator};, \t\ufeff"

    def rows(self, lines: Iterator[tuple[int, str]]) -> Iterator[tuple[int, list[str]]]:
        """Yield the rows that are not blank, by the number of their first line."""
        for number, line in lines:
            if '"' in line:
                yield number, self._cells(line, number, lines)
            elif line.strip(self._blank):
                yield number, line.split(self._separator)

    def _cells(self, line: str, number: int, lines: Iterator[tuple[int, str]]) -> list[str]:
        cells, at = [], 0
        while True:
            if not line.startswith('"', at):
                end = self._end(line, at)
                cells.append(line[at:end])
            elif quoted := self._rest_of_quoted.match(line, at + 1):
                end = quoted.end()
                cells.append(quoted[1].replace('""', '"'))
            elif (lone := _end_of_inside(line, at + 1)) < len(line):
                end = self._end(line, lone)
                cells.append(line[at:end])
            else:
                text, line, end = self._over_lines(line[at + 1 :], number, lines)
                cells.append(text)
            if end >= len(line):
                return cells
            at = end + 1

    def _end(self, line: str, at: int) -> int:
        """Return where a cell without quotes around it ends."""
        end = line.find(self._separator, at)
        return len(line) if end < 0 else end

    def _over_lines(self, begun: str, number: int, lines: Iterator[tuple[int, str]]) -> tuple[str, str, int]:
        """Read a cell to the quote that closes it: its text, the line of that quote, and where the cell ends there."""
        parts, length = [begun], len(begun)
        for _, line in lines:
            if closed := self._rest_of_quoted.match(line):
                return "\n".join((*parts, closed[1])).replace('""', '"'), line, closed.end()
            if _end_of_inside(line, 0) < len(line):
                break
            parts.append(line)
            length += len(line) + 1
            if length > LONGEST_CELL:
                raise Failure("table-cell-too-long", file=self._file, line=number, characters=LONGEST_CELL)
        raise Failure("table-open-quote", file=self._file, line=number)


def _end_of_inside(line: str, at: int) -> int:
    """Return where a quote stands that is not one of two, or the line ends."""
    found = _UP_TO_QUOTE.match(line, at)
    return found.end() if found else at
