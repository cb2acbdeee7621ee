"""Many names of people: those that are like another one are found without looking at each."""

from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import combinations_with_replacement

from plantrack.model.text import fold, has_words, letters_off, match_key, person_key


class NamesByKey:
    """Names by what they have in common; those that came since are filled in when it is asked."""

    def __init__(self, names: list[str], keys: Callable[[str], Iterable[str]]) -> None:
        self._names = names
        self._keys = keys
        self._filled = 0
        self._found: dict[str, dict[str, None]] = {}

    def of(self, key: str) -> Collection[str]:
        """Return the names that have a key, in their order."""
        for name in self._names[self._filled :]:
            for each in self._keys(name):
                self._found.setdefault(each, {})[name] = None
        self._filled = len(self._names)
        return self._found.get(key, ())

    def of_all(self, keys: Iterable[str]) -> list[str]:
        """Return the names that have all of some keys, in their order."""
        least, *more = sorted(map(self.of, keys), key=len) or [()]
        return [one for one in least if all(one in each for each in more)]


class NameIndex:
    """Names in their order, to be added to."""

    def __init__(self, names: Iterable[str]) -> None:
        self.names = [*names]
        self._places = {name: place for place, name in enumerate(self.names)}
        self._by_key = NamesByKey(self.names, lambda name: [person_key(name)])
        self._by_word = NamesByKey(self.names, folded_words)
        self._by_ends = NamesByKey(self.names, lambda name: [_ends(folded_words(name))])
        self._by_slip = NamesByKey(self.names, _slips)

    def __contains__(self, name: str) -> bool:
        """Return whether a name is among them to the letter."""
        return name in self._places

    def add(self, name: str) -> None:
        """Add a name that is not among them."""
        self._places[name] = len(self.names)
        self.names.append(name)

    def same(self, name: str) -> str | None:
        """Return the name by which a person is known: letter case alone makes no second person."""
        return name if name in self else next(iter(self._by_key.of(person_key(name))), None)

    def longer(self, name: str) -> list[str]:
        """Return the names that have all the words of another one, and more."""
        return [one for one in self._by_word.of_all(folded_words(name)) if is_part(name, one)]

    def resembling(self, name: str) -> list[str]:
        """Return the names that another one is easily taken for, as `resembles` has it."""
        found = {one for slip in _slips(name) for one in self._by_slip.of(slip) if _is_slip(name, one)}
        for ends in {_ends(some) for some in combinations_with_replacement(folded_words(name), 2)}:
            found.update(one for one in self._by_ends.of(ends) if is_part(one, name))
        return sorted({*found, *self.longer(name)} - {name}, key=self._places.__getitem__)


def folded_words(name: str) -> list[str]:
    """Return what two words have in common of which one is the other, with or without tones."""
    return [*map(fold, name.split())]


def _ends(words: Sequence[str]) -> str:
    """Return the first word and the last one."""
    return " ".join((*words[:1], *words[-1:]))


def _slips(name: str) -> set[str]:
    """Return what two names have in common that are a letter off: each, or each without some letter."""
    key = match_key(name)
    return {key, *(key[:place] + key[place + 1 :] for place in range(len(key)))}


def resembles(name: str, other: str) -> bool:
    """Return whether a name is easily taken for another one: by its tones, by a letter, by being longer."""
    return name != other and (_is_slip(name, other) or is_part(name, other) or is_part(other, name))


def _is_slip(name: str, other: str) -> bool:
    a, b = match_key(name), match_key(other)
    return a == b or letters_off(a, b) == 1


def is_part(name: str, whole: str) -> bool:
    """Return whether a name is words of a longer one; a word without marks is any that reads so."""
    words, typed = whole.split(), name.split()
    return 0 < len(typed) < len(words) and has_words(words, typed, _is_word)


def _is_word(typed: str, own: str) -> bool:
    return typed.casefold() == own.casefold() or typed.casefold() == fold(own)
