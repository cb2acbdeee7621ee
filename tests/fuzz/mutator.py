"""Inputs that nobody typed: those of a corpus with parts cut out, doubled, swapped, and put in from elsewhere."""

import unicodedata
from collections.abc import Callable, Sequence
from random import Random
from typing import Final

from tests.hostile.texts import TEXTS

#: What is put in anywhere: signs that part or end something, numbers at the edge of what is meant, letters that look
#: like others, what is not to be seen.
_PIECES: Final[tuple[str, ...]] = (
    *"\"'\\/|,;:.-_=+*?#&@!~^%$()[]{}<> \t\n\r\0\x0b\x1b\x7f\x85\xa0",
    *("\u2028", "\u202e", "\u200b", "\u00ad", "\ufeff", "\ufffd", "\ufffe", "\udcff", "\ud800", "\U0010ffff"),
    *(
        "\u0301",
        "\u0323",
        "Đ",
        "đ",
        "ệ",
        "Ữ",
        "ß",
        "İ",
        "ŉ",
        "ﬁ",
        "²",
        "½",
        "٣",
        "１",
        "Ⅳ",
        "\u212a",
        "😀",
        "👨‍👩‍👧",
    ),
    *("0", "00", "-1", "9" * 30, "0" * 60, "1e400", "4294967296", "0x10", "\u0660", "999999999999"),
    *(
        "  ",
        "--",
        "..",
        "::",
        "''",
        '""',
        "\r\n",
        "\n\n",
        "{0}",
        "%s",
        "</",
        "&#",
        "]]>",
        "=?",
        "\\x",
        "$(",
        "`",
    ),
)
_FEW_AND_MANY: Final = (1, 1, 1, 1, 2, 2, 3, 5, 8)


class Mutator:
    """Makes inputs out of seeds and words; the same one for the same number."""

    def __init__(self, seeds: Sequence[str], words: Sequence[str] = (), most: int = 2_000) -> None:
        self.seeds = list(seeds)
        self.words = [*words, *_PIECES]
        self.most = most

    def made(self, rng: Random) -> str:
        """Return one input."""
        if rng.random() < 0.05:
            return rng.choice(TEXTS).text[: self.most]
        if rng.random() < 0.15:
            text = rng.choice(("", " ")).join(rng.choice(self.words) for _ in range(rng.randint(1, 8)))
        else:
            text = rng.choice(self.seeds)
        for _ in range(rng.choice(_FEW_AND_MANY)):
            text = rng.choice(_CHANGES)(self, rng, text)
        return text[: self.most]

    def piece(self, rng: Random) -> str:
        """Return something to put in."""
        if rng.random() < 0.1:
            return chr(
                rng.choice((rng.randint(0, 0x17F), rng.randint(0x300, 0x33FF), rng.randint(0, 0x10FFFF)))
            )
        return rng.choice(self.words)


_Change = Callable[[Mutator, Random, str], str]


def _span(rng: Random, text: str) -> tuple[int, int]:
    first = rng.randint(0, len(text))
    return first, min(len(text), first + rng.choice((1, 1, 2, 4, 16, 64)))


def _put_in(own: Mutator, rng: Random, text: str) -> str:
    at = rng.randint(0, len(text))
    return text[:at] + own.piece(rng) + text[at:]


def _replace(own: Mutator, rng: Random, text: str) -> str:
    first, end = _span(rng, text)
    return text[:first] + own.piece(rng) + text[end:]


def _cut(own: Mutator, rng: Random, text: str) -> str:
    first, end = _span(rng, text)
    return text[:first] + text[end:]


def _double(own: Mutator, rng: Random, text: str) -> str:
    first, end = _span(rng, text)
    return text[:end] + text[first:end] * rng.choice((1, 1, 2, 20)) + text[end:]


def _swap(own: Mutator, rng: Random, text: str) -> str:
    first, end = _span(rng, text)
    return text[end:] + text[first:end] + text[:first]


def _join(own: Mutator, rng: Random, text: str) -> str:
    other = rng.choice(own.seeds)
    return text[: rng.randint(0, len(text))] + other[rng.randint(0, len(other)) :]


def _respell(own: Mutator, rng: Random, text: str) -> str:
    match rng.randint(0, 4):
        case 0:
            return text.upper()
        case 1:
            return text.lower()
        case 2:
            return text[::-1]
        case 3:
            return unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFKC", text)


_CHANGES: Final[Sequence[_Change]] = (
    *(_put_in, _put_in, _put_in, _replace, _replace, _replace, _cut, _cut, _double, _swap, _join, _respell),
)


def damaged(rng: Random, data: bytes, pieces: Sequence[bytes], changes: int) -> bytes:
    """Return bytes with some of them others: flipped, cut out, doubled, put in."""
    made = bytearray(data)
    for _ in range(changes):
        first = rng.randint(0, len(made))
        end = min(len(made), first + rng.choice((0, 1, 1, 4, 30, 300)))
        match rng.randint(0, 3):
            case 0:
                made[first:end] = rng.choice(pieces)
            case 1:
                made[first:end] = made[first:end] * 2
            case 2:
                made[first : first + 1] = bytes([rng.randint(0, 255)])
            case _:
                del made[first:end]
    return bytes(made)
