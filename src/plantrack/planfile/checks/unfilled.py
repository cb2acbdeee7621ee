"""Comments that say that a person must still fill something in, as `plan new` writes them."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import islice
from typing import Any, Final

import yaml

from plantrack.model.named_tuple import NamedTuple
from plantrack.model.text import fold
from plantrack.planfile.format.dump import TO_FILL
from plantrack.planfile.parsing.nodes import Node, Unread, every_scalar
from plantrack.planfile.parsing.problem_collector import LIMIT, ProblemCollector

#: A comment that begins with two words, in any spelling of the letters.
_TWO_WORDS: Final = re.compile(r"(?mi)#[# \t]*(c[^\s:]{1,9}[^\S\n]+[^\s:]{2,9})(?![^\s:])[: \t]*(.*)$")
_WANTED: Final = fold(TO_FILL)
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

#: Line, counted from 1, and column, from 1.
_Place = tuple[int, int]


class _Mark(NamedTuple):
    """A comment that marks a field, and what it says of it."""

    place: _Place
    what: str


def warn_unfilled(plan: Node, report: ProblemCollector) -> None:
    """Warn of each comment that marks a field to be filled in; such words inside a text are not meant."""
    text = "\n".join(plan.source.lines)
    marks = list(islice(_marks(text), LIMIT))
    texts = _Texts(plan, text) if marks else None
    for mark in marks:
        if report.full:
            return
        if texts and not texts.hold(mark.place):
            report.add(Unread(plan.source, *mark.place), "P910", what=mark.what)


def _marks(text: str) -> Iterator[_Mark]:
    line, seen = 1, 0
    for found in _TWO_WORDS.finditer(text):
        before = text.rfind("\n", 0, found.start()) + 1
        if fold(found[1]) == _WANTED and not text[before : found.start()].strip(" \t"):
            line += text.count("\n", seen, before)
            seen = before
            yield _Mark((line, found.start() - before + 1), found[2].partition(" – ")[0].strip() or TO_FILL)


class _Texts:
    """Where the texts of a file are that may take several lines."""

    def __init__(self, plan: Node, text: str) -> None:
        self.lines = text.split("\n")
        known = {(s.line, s.column): s.quoted for s, _ in every_scalar(plan) if s.source is plan.source}
        self.starts = sorted(known)
        self.quoted = known
        self.ends: dict[_Place, _Place] = {}

    def hold(self, place: _Place) -> bool:
        """Return whether a place is inside a text."""
        before = bisect_right(self.starts, place) - 1
        if before < 0 or not self.quoted[self.starts[before]]:
            return False
        start = self.starts[before]
        if start not in self.ends:
            self.ends[start] = self._end(start, self.starts[before + 1 : before + 2])
        return place < self.ends[start]

    def _end(self, start: _Place, following: list[_Place]) -> _Place:
        """Return the place behind a text, which is before the next one; only that part of the file is read."""
        last = following[0][0] if following else len(self.lines)
        part = self.lines[start[0] - 1 : last]
        if following and last > start[0]:
            part[-1] = part[-1][: following[0][1] - 1]
        part[0] = " " * (start[1] - 1) + part[0][start[1] - 1 :]
        try:
            tokens = yaml.scan("\n".join(part), Loader=_LOADER)
            mark = next(t.end_mark for t in tokens if isinstance(t, yaml.ScalarToken))
        except (yaml.YAMLError, ValueError, OverflowError, StopIteration):
            return (len(self.lines) + 1, 1)  # it does not end
        return (start[0] + mark.line, mark.column + 1)
