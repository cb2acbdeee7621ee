"""How well a free text fits: whole words go before parts of words, then what was typed with its tones."""

import re
from collections.abc import Iterable
from functools import lru_cache

from plantrack.model.named_tuple import NamedTuple
from plantrack.model.text import fold, toned

#: How a text is found, the best first; as typed: with its tones.
WORDS_AS_TYPED, WORDS, PART_AS_TYPED, PART = range(4)


class _Sought(NamedTuple):
    """A free text in the forms in which it is looked for."""

    folded: str
    toned: str
    #: Whole words, without and with their tones.
    words: re.Pattern[str]
    toned_words: re.Pattern[str]


def rank_of(text: str, own: Iterable[str]) -> int | None:
    """Return the rank of the best hit of a free text in some texts, None where it is in none of them."""
    sought = _sought(text)
    return min((rank for x in own if (rank := _rank(sought, x)) is not None), default=None)


def _rank(sought: _Sought, own: str) -> int | None:
    folded = fold(own)
    if sought.folded not in folded:
        return None
    exact = toned(own)
    if sought.toned_words.search(exact):
        return WORDS_AS_TYPED
    if sought.words.search(folded):
        return WORDS
    return PART_AS_TYPED if sought.toned in exact else PART


@lru_cache(maxsize=64)
def _sought(text: str) -> _Sought:
    folded, exact = fold(text), toned(text)
    return _Sought(folded, exact, _whole(folded), _whole(exact))


def _whole(text: str) -> re.Pattern[str]:
    """Match a text where no word goes on before or after it; a mark that stands alone is part of a letter."""
    return re.compile(rf"(?<!\w){re.escape(text)}(?![\w\u0300-\u036f])")
