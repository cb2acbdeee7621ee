"""What may stand at the cursor, and which of it fits what was typed so far: without regard to tones and letter case."""

import os.path
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Final

from plantrack.i18n.words import Words
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.text import match_key, visible

#: More are no help to anybody.
MOST: Final = 200


class Candidate(NamedTuple):
    """Something that may be typed: by one of its names, of which the first one is offered where nothing is typed yet."""

    names: tuple[str, ...]
    about: str = ""
    #: Whether a name is found by its later words too, as people are called by their last.
    by_words: bool = False
    #: What else may be typed for the first name: `3` for `ND3`.
    also: tuple[str, ...] = ()


class Offer(NamedTuple):
    """What a shell is told."""

    #: Whole words, each with what it means.
    found: tuple[tuple[str, str], ...] = ()
    #: What the shell completes itself: `files`, `folders`.
    paths: str = ""
    #: Whether the words begin otherwise than what was typed: they are shown, and it stays.
    keeps_typed: bool = False


def fitting(candidates: Iterable[Candidate], head: str, typed: str) -> Offer:
    """Return the candidates that begin with what was typed, behind the part of the word that stays.

    Where none does, those of which a later word does.
    """
    known, wanted = list(candidates), match_key(typed)
    found = _found(known, lambda name: match_key(name).startswith(wanted))
    if not found:
        by_words = [candidate for candidate in known if candidate.by_words]
        found = _found(by_words, lambda name: f" {wanted}" in f" {match_key(name)}")
    begun = match_key(os.path.commonprefix(list(found)))
    words = tuple((f"{head}{name}", about) for name, about in found.items())
    return Offer(words, keeps_typed=len(words) > 1 and not begun.startswith(wanted))


def _found(candidates: Iterable[Candidate], fits: Callable[[str], bool]) -> dict[str, str]:
    """Return the first name of each candidate that fits, with what it means."""
    found = dict[str, str]()
    for candidate in candidates:
        name = next(filter(fits, candidate.names), None)
        if name is None and any(map(fits, candidate.also)):
            name = candidate.names[0]
        if name is not None:
            about = visible(" ".join(candidate.about.split()))
            found.setdefault(name, "" if about == name else about)
    return dict(islice(found.items(), MOST))


def named(names: Mapping[str, str], words: Words, about: str = "") -> Iterator[Candidate]:
    """Yield names with their Vietnamese ones, the reader's language first; `about`: the key of what each means."""
    for own, vi in names.items():
        both = (vi, own) if words.language == "vi" else (own, vi)
        yield Candidate(both, words(f"{about}.{own}") if about else "")


def plain(values: Iterable[str]) -> Iterator[Candidate]:
    """Yield values that have one name."""
    return (Candidate((value,)) for value in values)


def titled(pairs: Sequence[tuple[str, str]]) -> Iterator[Candidate]:
    """Yield values with what each means."""
    return (Candidate((value,), about) for value, about in pairs)
