"""Letters that went wrong on their way into a file: older encodings, and UTF-8 read as something else.

Vietnamese typed in TCVN3 or VNI is other letters inside Unicode: nothing can be found, sorted or printed
right again. What is looked for here does not occur in Vietnamese, nor in the languages of the Highlands.
"""

import re
import unicodedata
from typing import Final

from plantrack.model.named_tuple import NamedTuple

_VOWELS: Final = "aăâeêioôơuưy"
_TONES: Final = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
_LOWER: Final = "đ" + "".join(unicodedata.normalize("NFC", v + tone) for v in _VOWELS for tone in _TONES)
#: The letters of Vietnamese, both cases.
VIETNAMESE: Final = frozenset(_LOWER + _LOWER.upper())
_NON_ASCII: Final = "".join(sorted(c for c in VIETNAMESE if c > "\x7f"))
#: Text in which nothing can be wrong with a letter: no backslash, as it may stand for any character.
_PLAIN: Final = re.compile(f"[\t\n\r -\\[\\]-~{_NON_ASCII}“”‘’–—…•→]*")
_QUOTES: Final = "“”‘’„‟«»"
#: Where a value may begin with one.
_CURLY: Final = re.compile(f"[:,[{{-][ \t]*[{_QUOTES}]")

#: Signs of TCVN3 that stand for letters, inside words.
_TCVN3: Final = re.compile(
    "(?<=[A-Za-z])[¨©ª¬\xad®µ¶·¸¹]|(?<=[a-z])[ÒÓÕÖ×ØÜÝÞ÷]|[¡¢£¤¥¦§¨©ª¬\xad®µ¶·¸¹](?=[a-z])"
)
#: Pairs of VNI: a vowel and the letter that stands for its mark.
_VNI: Final = re.compile("[aeiouyAEIOUY][äåæëïøûüÄÅÆËÏØÛÜ]|[öÖ][ùøûõïÙØÛÕÏ]|[aA][ùáàâãéèêú]|[eE][ùáàâãú]")
#: As many, and as large a part of the letters with marks, that no text is called wrong for a few foreign names.
_FEW: Final = 3
#: Of a long text the beginning tells enough.
_ENOUGH: Final = 5000
#: One of these is in whatever is wrong, and in few other texts.
_SUSPECT: Final = re.compile("[¡-¿ÄÅÆÏÑÖ×ØÛÜÞßäåæëïñöøûü÷]|Ã\xa0|[a-z][ÒÓÕÝ]|[ae][ùáàâãú]")
_BEYOND_ASCII: Final = re.compile("[^\x00-\x7f]+")


class Garbled(NamedTuple):
    """A text whose letters are wrong: the code, what it speaks of, and what may have been meant."""

    code: str
    params: dict[str, str]
    near: tuple[str, ...] = ()


def is_plain(text: str) -> bool:
    """Return whether all characters of a text are such as are never wrong: most files are nothing else."""
    return _PLAIN.fullmatch(text) is not None


def may_be_odd(text: str) -> bool:
    """Return whether the values of a file must be looked at one by one."""
    has_quotes = any(quote in text for quote in _QUOTES)
    return not is_plain(text) or "{{" in text or (has_quotes and _CURLY.search(text) is not None)


def begins_with_curly_quote(text: str) -> bool:
    """Return whether a text begins with a quote that only word processors know."""
    return text.startswith(tuple(_QUOTES))


def has_placeholder(text: str) -> bool:
    """Return whether a text has a place that is still to be filled, as templates have them."""
    return "}}" in text.partition("{{")[2]


def is_suspect(text: str) -> bool:
    """Return whether anything in a text may have gone wrong."""
    return _SUSPECT.search(text) is not None


def garbled(text: str) -> Garbled | None:
    """Say what happened to the letters of a text, None where nothing did."""
    text = text[:_ENOUGH]
    if not is_suspect(text):
        return None
    meant = _BEYOND_ASCII.sub(lambda run: _read_again(run[0]), text)
    if meant != text:
        return Garbled("P009", {"word": _word(text, _first_wrong(text))}, (meant,))
    marked = sum(c > "\x7f" for c in text)
    for name, signs in (("TCVN3 (ABC)", _TCVN3), ("VNI", _VNI)):
        found = [one.start() for one in signs.finditer(text)]
        if len(found) >= max(_FEW, marked // 5):
            return Garbled("P008", {"word": _word(text, found[0]), "encoding": name})
    return None


def _first_wrong(text: str) -> int:
    return next(r.start() for r in _BEYOND_ASCII.finditer(text) if _read_again(r[0]) != r[0])


def _read_again(run: str) -> str:
    """Return what UTF-8 makes of letters that were read as Windows-1252; themselves where it makes nothing."""
    if is_plain(run):
        return run
    try:
        meant = b"".join(map(_byte, run)).decode("utf-8")
    except UnicodeError:
        return run
    return meant if VIETNAMESE.intersection(meant) else run


def _byte(character: str) -> bytes:
    """Return the byte of a character; Windows-1252 has some bytes without one, which stay as they are."""
    return character.encode("latin-1" if "\x80" <= character <= "\x9f" else "cp1252")


def _word(text: str, at: int) -> str:
    """Return the word around a place."""
    start = max(text.rfind(" ", 0, at), text.rfind("\n", 0, at)) + 1
    return text[start:].split(maxsplit=1)[0]
