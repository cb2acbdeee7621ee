"""Whether a text names a person: by whole words, with or without tones."""

from collections.abc import Iterable
from typing import Final

from plantrack.model.search import words_of
from plantrack.model.text import fold, toned

#: Fewer words than that are a word of the language as often as a name.
_SURE: Final = 2


class NamesInText:
    """Looks for names: one of several words also where a text has it with other tones, a single word only as written, or without any."""

    def __init__(self, names: Iterable[str]) -> None:
        several, single = set[str](), set[str]()
        for name in names:
            words = words_of(name)
            if len(words.split()) >= _SURE:
                several.add(f" {words} ")
            elif words:
                single |= {toned(name), fold(name)}
        self._several, self._single = tuple(sorted(several)), frozenset(single)
        #: Without one of these a text is soon looked at.
        self._first = frozenset(name.split()[0] for name in several)

    def are_in(self, text: str) -> bool:
        """Return whether one of the names stands in a text."""
        if self._several and any(map(fold(text).__contains__, self._first)):
            words = f" {words_of(text)} "
            if any(name in words for name in self._several):
                return True
        return bool(self._single) and not self._single.isdisjoint(_words(text))


def _words(text: str) -> set[str]:
    """Return the words of a text as written, but for letter case and the place of a tone."""
    return {word.strip(_SIGNS) for word in toned(text).split()}


#: What may stand at a word without being of it.
_SIGNS: Final = ".,;:!?…()[]{}\"'“”‘’«»/-–—"
