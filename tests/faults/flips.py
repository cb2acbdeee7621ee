"""A database whose bytes were changed: `db check` finds it, or no answer is another one."""

import random
import shutil
from collections.abc import Callable
from typing import Final

from plantrack.services.workspace import DATABASE
from tests.faults.case import Stage, Wrong
from tests.faults.processes import inside
from tests.faults.reads import READS

_PAGE: Final = 4096
#: How `db check` ends that found something.
_FOUND: Final = (1, 6)
#: The last commands, without which the file is an older one.
_LATER: Final = (("add", "Việc sau", "--area", "2"), ("update", "1", "-p", "70"))


class Flips:
    """bytes and pages flipped, zeroed, swapped, put back as they were, cut off"""

    name = "flips"
    few = 15

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.folder = stage.templates.copy("worked", stage.folder / "w")
        self.file = self.folder / DATABASE
        self.older = self.file.read_bytes()
        for words in _LATER:
            assert inside(self.folder, words).code == 0
        self.whole = self.file.read_bytes()
        self.answers = self._read()
        assert self._check() == 0 and not any(code for code, _ in self.answers.values())

    def attempt(self, n: int) -> str:
        """Change a copy of the file, and look whether that is found, or is of no effect."""
        lot = self.stage.lot(self.name, n)
        way = lot.choice(_WAYS)
        data = bytearray(self.whole)
        what = way(data, lot, self.older)
        if bytes(data) == self.whole:
            return f"{what}: the same bytes"
        self._put(bytes(data))
        checked = self._check()
        if checked in _FOUND:
            return f"{what}: found ({checked})"
        if checked:
            raise Wrong(f"{what}: `db check` ended with {checked}")
        self._put(bytes(data))
        if other := [words for words, said in self._read().items() if said != self.answers[words]]:
            raise Wrong(f"{what}: not found, and another answer to {[' '.join(words) for words in other]}")
        return f"{what}: of no effect"

    def _put(self, data: bytes) -> None:
        for left in self.folder.glob(f"{DATABASE}-*"):
            left.unlink()
        self.file.write_bytes(data)

    def _check(self) -> int:
        return inside(self.folder, ("db", "check")).code

    def _read(self) -> dict[tuple[str, ...], tuple[int, str]]:
        asked = {words: words if "--format" in words else (*words, "--format", "json") for words in READS}
        ended = {words: inside(self.folder, all_words) for words, all_words in asked.items()}
        return {words: (one.code, one.out) for words, one in ended.items()}

    def close(self) -> None:
        """Take the copy away."""
        shutil.rmtree(self.folder)


Way = Callable[[bytearray, random.Random, bytes], str]


def _pages(data: bytes | bytearray) -> int:
    return len(data) // _PAGE


def _page(data: bytes | bytearray, n: int) -> bytes:
    return bytes(data[n * _PAGE : (n + 1) * _PAGE])


def _set(data: bytearray, n: int, page: bytes) -> None:
    data[n * _PAGE : (n + 1) * _PAGE] = page


def _bit(data: bytearray, lot: random.Random, _: bytes) -> str:
    at, bit = lot.randrange(len(data)), lot.randrange(8)
    data[at] ^= 1 << bit
    return f"bit {bit} of byte {at}"


def _letter(data: bytearray, lot: random.Random, _: bytes) -> str:
    """Change a letter or a figure into another: what the engine itself cannot notice."""
    at = lot.randrange(len(data))
    at = next((n for n in range(at, len(data)) if chr(data[n]).isalnum() and data[n] < 128), at)
    data[at] = lot.choice(b"abcdefgh0123456789")
    return f"letter {at}"


def _random_page(data: bytearray, lot: random.Random, _: bytes) -> str:
    n = lot.randrange(_pages(data))
    _set(data, n, lot.randbytes(_PAGE))
    return f"page {n} random"


def _zero_page(data: bytearray, lot: random.Random, _: bytes) -> str:
    n = lot.randrange(_pages(data))
    _set(data, n, bytes(_PAGE))
    return f"page {n} zeroed"


def _swapped(data: bytearray, lot: random.Random, _: bytes) -> str:
    one, other = lot.sample(range(_pages(data)), 2)
    first = _page(data, one)
    _set(data, one, _page(data, other))
    _set(data, other, first)
    return f"pages {one} and {other} swapped"


def _copied(data: bytearray, lot: random.Random, _: bytes) -> str:
    one, other = lot.sample(range(_pages(data)), 2)
    _set(data, one, _page(data, other))
    return f"page {other} over page {one}"


def _older_page(data: bytearray, lot: random.Random, older: bytes) -> str:
    """Put a page back as it was before the last commands: a write that never reached the disk."""
    differing = [n for n in range(_pages(older)) if _page(older, n) != _page(data, n)]
    n = lot.choice(differing)
    _set(data, n, _page(older, n))
    return f"page {n} as it was"


def _cut(data: bytearray, lot: random.Random, _: bytes) -> str:
    size = lot.randrange(len(data))
    size -= size % _PAGE if lot.random() < 0.5 else 0
    del data[size:]
    return f"cut after {size} bytes"


_WAYS: Final[tuple[Way, ...]] = (
    *(_bit, _bit, _letter, _letter, _random_page, _zero_page, _swapped, _copied, _older_page, _cut),
)
