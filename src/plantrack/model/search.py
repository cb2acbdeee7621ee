"""Where a free text is found, and how well: at the beginning of a word; inside one where nothing else is found."""

import re
from collections.abc import Iterable
from functools import lru_cache

from plantrack.errors import Failure
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.text import fold, toned

#: So many hits are put in order by how well they fit; of more nobody looks for the best one.
MOST_RANKED = 2000
#: How a text is found, the best first: as whole words, at the beginning of words, inside one; as typed: with its tones.
WORDS_AS_TYPED, WORDS, BEGINNING_AS_TYPED, BEGINNING, PART_AS_TYPED, PART = range(6)
#: Where a text stands among words with spaces around them, and the rank of that.
_FORMS = ((" {} ", WORDS_AS_TYPED), (" {}", BEGINNING_AS_TYPED), ("{}", PART_AS_TYPED))


class _Sought(NamedTuple):
    """The words of a free text, without and with their tones."""

    words: str
    toned: str


def words_of(text: str) -> str:
    """Return the words that search compares: no case, no marks, a space for every other sign."""
    return " ".join(re.findall(r"[^\W_]+", fold(text)))


def with_words(text: str) -> str:
    """Return a text that has words; fails with `text-without-words`, for one without would be in every text."""
    if not words_of(text):
        raise Failure("text-without-words", text=text)
    return text


def _toned_words(text: str) -> str:
    """Return the words with their tones; a mark that stands alone is part of its letter."""
    return " ".join(re.findall("(?:[^\\W_][\u0300-\u036f]*)+", toned(text)))


def rank_of(text: str, own: Iterable[str]) -> int | None:
    """Return the rank of the best hit of a free text in some texts, None where it is in none of them."""
    sought = _sought(text)
    return min((rank for x in own if (rank := _rank(sought, x)) is not None), default=None)


def _rank(sought: _Sought, own: str) -> int | None:
    words = f" {words_of(own)} "
    if not sought.words or sought.words not in words:
        return None
    form, rank = next((form, rank) for form, rank in _FORMS if form.format(sought.words) in words)
    return rank + (form.format(sought.toned) not in f" {_toned_words(own)} ")


@lru_cache(maxsize=64)
def _sought(text: str) -> _Sought:
    return _Sought(words_of(text), _toned_words(text))
