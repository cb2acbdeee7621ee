"""Vietnamese and other text: cleaned at the door, folded for search, ordered for people."""

import operator
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from plantrack.errors import Failure
from plantrack.model.grouping import grouped
from plantrack.model.people.hidden_name import HIDDEN

#: Spaces that look like one, to the one; characters without width (and the BOM), to nothing. The
#: soft hyphen is not among them: in text that came through TCVN3 it stands for a letter.
_INVISIBLE = str.maketrans(
    {
        **dict.fromkeys("\u00a0\u1680\u202f\u205f\u3000", " "),
        **dict.fromkeys(map(chr, range(0x2000, 0x200B)), " "),
        **dict.fromkeys("\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u2060\ufeff", None),
    }
)
#: Few texts have one, and to translate takes ten times as long as to look.
_HAS_INVISIBLE = re.compile(f"[{''.join(map(chr, _INVISIBLE))}]")
_CONTROL = r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]"
_CONTROL_BUT_BREAKS = r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]"
#: What would not be seen, or would turn the text after it around; tabs and line breaks are neither.
_UNSEEN = re.compile(f"{_CONTROL_BUT_BREAKS[:-1]}\u2028\u2029\ud800-\udfff]+")
#: Signs with a meaning to a shell; and those of them that keep it between quotes.
_OF_SHELLS = re.compile(r"""[\s"'$`\\!*?\[\](){}<>|&;#~^]""")
_READ_IN_QUOTES = re.compile(r'["$`\\!]')

#: What people read in place of a hidden name (`person.hidden`), as search compares it; and what is kept of one.
_OF_HIDDEN = re.compile(rf"\b(ten da duoc an|name hidden)\b|{HIDDEN}")

#: What is typed for Đ and looks like it: the Icelandic letter, which old encodings have there, and the African one.
LIKE_D = str.maketrans("ÐƉðɖ", "ĐĐđđ")
#: The signs people type for one another.
_SIGNS_FOLDED = str.maketrans("\u00a0–—’‘ʼ`´", " --'''''")
#: Letters that no decomposition reaches.
_FOLDED = _SIGNS_FOLDED | str.maketrans("đðɖƀɓ", "dddbb")
#: The tone of an open syllable in oa, oe or uy, where two rules of spelling put it; the older one is kept.
_NEW_SPELLING = re.compile("(?<!q)(?:o[àảãáạèẻẽéẹ]|u[ỳỷỹýỵ])(?!\\w)")
_OLD_SPELLING = {
    f"{first}{second}": unicodedata.normalize("NFC", f"{first}{tone}{plain}")
    for first, plain, toned_ones in (("o", "a", "àảãáạ"), ("o", "e", "èẻẽéẹ"), ("u", "y", "ỳỷỹýỵ"))
    for second, tone in zip(toned_ones, "\u0300\u0309\u0303\u0301\u0323", strict=True)
}
_APOSTROPHES = str.maketrans(dict.fromkeys("‘ʼ'`´", "’"))

#: Letters in the order of CLDR's `vi`, with those of the Highlands.
_ALPHABET = {letter: rank for rank, letter in enumerate("aăâbƀɓcdđeêfghijklmnoôơpqrstuưvwxyz")}
_LIGATURES = str.maketrans({"æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "ß": "ss"})
#: Letters that are others with a stroke, which no decomposition tells.
_STROKES = str.maketrans({"ħ": "h\u0338", "ł": "l\u0338", "ø": "o\u0338"})
#: Marks in their order: the tones, and after them what the alphabet lacks (breve, circumflex, caron …).
_MARKS = {
    mark: rank
    for rank, mark in enumerate(
        "\u0300\u0309\u0303\u0301\u0323\u0306\u0302\u030c\u030a\u0308\u030b\u0307\u0338\u0327\u0328\u0304", 1
    )
}
_SIGNS = {sign: rank for rank, sign in enumerate(" _-–—,;:!?./…'‘’\"“”()[]{}@*\\&#%")}
#: Above every code point: signs and other characters sort first, then digits, letters, those of other scripts.
_DIGITS, _LETTERS, _OTHER_LETTERS = 0x200000, 0x400000, 0x600000
#: A character with the marks after it that NFC does not join to it; or marks alone.
_CLUSTER = re.compile("[\u0300-\u036f]+|.[\u0300-\u036f]*", re.DOTALL)

ViKey = tuple[tuple[int, ...], tuple[int, ...], tuple[bool, ...], str]


def fingerprint(document: bytes) -> str:
    """Return the SHA-256 of a text with the line ends of Unix: editors and git change those, and not the text."""
    import hashlib  # seldom needed

    return hashlib.sha256(document.replace(b"\r\n", b"\n").replace(b"\r", b"\n")).hexdigest()


def nfc(s: str) -> str:
    """Return `s` in NFC, its odd spaces as spaces, without characters that have no width."""
    if s.isascii():
        return s
    return unicodedata.normalize("NFC", s.translate(_INVISIBLE) if _HAS_INVISIBLE.search(s) else s)


def clean_line(s: str, *, what: str, limit: int = 1000) -> str:
    """Return the text of one line as it may be stored; fails with `text-…` for what it may not have."""
    _refuse(s, what, _CONTROL)
    return _sized(" ".join(nfc(s).split()), what, limit)


def same_breaks(s: str) -> str:
    """Return a text with its line breaks all of one kind."""
    return re.sub("\r\n?|[\u2028\u2029]", "\n", s)


def clean_text(s: str, *, what: str) -> str:
    """Return a text of several lines as it may be stored; indents and empty lines stay."""
    s = same_breaks(s)
    _refuse(s, what, _CONTROL_BUT_BREAKS)
    lines = (line.rstrip() for line in nfc(s).split("\n"))
    return _sized("\n".join(lines).strip(), what, 20_000)


def _refuse(s: str, what: str, control: str) -> None:
    if re.search("[\ud800-\udfff]", s):
        raise Failure("text-not-utf8", what=what)
    if found := re.search(control, s):
        raise Failure("text-control", what=what, character=f"U+{ord(found[0]):04X}")


def _sized(s: str, what: str, limit: int) -> str:
    if not s:
        raise Failure("text-empty", what=what)
    if len(s) > limit:
        raise Failure("text-too-long", what=what, length=len(s), limit=limit)
    return s


def person_name(s: str) -> str:
    """Return the identity of a person's display name; case and tones stay significant."""
    return clean_line(s, what="person").translate(_APOSTROPHES)


def unreserved_name(name: str) -> str:
    """Return the name of somebody new; what reads like that of a person who was taken out is nobody's."""
    if _OF_HIDDEN.search(fold(name)):
        raise Failure("name-reserved", name=name)
    return name


def person_key(name: str) -> str:
    """Return what makes a display name another person's: not letter case, nor a sign that looks like Đ."""
    return name.translate(LIKE_D).casefold()


def visible(s: str, limit: int | None = None) -> str:
    """Return text fit to be shown: `\\x1b` for an escape, and shortened to `limit` characters."""
    unseen = _CONTROL[:-1] + "\ud800-\udfff]"
    s = re.sub(unseen, lambda found: found[0].encode("unicode_escape").decode(), s)
    return s[: limit - 1].rstrip() + "…" if limit and len(s) > limit else s


def visible_lines(s: str) -> str:
    """Return a text of several lines fit to be shown: `\\x1b` for an escape, whoever put it where it was read."""
    return _UNSEEN.sub(lambda found: visible(found[0]), s) if _UNSEEN.search(s) else s


def has_control(s: str, *, several_lines: bool) -> bool:
    """Return whether there is in a text what none may have that is kept."""
    return re.search(_CONTROL_BUT_BREAKS if several_lines else _CONTROL, s) is not None


def quoted(text: str) -> str:
    """Return a text as one argument of a command line, and as one term of a filter: a shell runs nothing in it."""
    if not (_OF_SHELLS.search(text) or HIDDEN in text):  # words stand in place of a hidden name
        return text
    if not _READ_IN_QUOTES.search(text):
        return f'"{text}"'
    return '"\'"'.join([f"'{part}'" for part in text.split("'")])


#: What signs in, in an address (`smtp://account:password@host`, also where a path lost a slash) and in settings.
_ACCOUNT = re.compile(
    r"([A-Za-z][A-Za-z0-9+.-]*:/*)[^\s/@:]*:[^\s@]*@|\b(password|passwd|pwd)=\S+", re.IGNORECASE
)


def without_account(s: str) -> str:
    """Return text in which no address or setting says how to sign in: it may have been typed at a wrong place."""
    return _ACCOUNT.sub(lambda found: f"{found[1]}***@" if found[1] else f"{found[2]}=***", s)


class _FoldedLetters(dict[int, str]):
    """What each character is to search, found out where it is first met: a letter without case, a mark nothing."""

    def __missing__(self, character: int) -> str:
        own = chr(character)
        is_mark = own >= "\u0300" and unicodedata.category(own) == "Mn"
        folded = self[character] = "" if is_mark else own.casefold().translate(_FOLDED)
        return folded


_FOLDED_LETTERS = _FoldedLetters()


def fold(s: str) -> str:
    """Return the key that search compares: no case, no marks, one kind of apostrophe and dash."""
    # Decomposed before the letters are mapped, or NFD "Đ" forms and U+1FEF would slip through.
    return " ".join(unicodedata.normalize("NFD", s).translate(_FOLDED_LETTERS).split())


def toned(s: str) -> str:
    """Return the key that search compares where tones count: no case, one spelling of hóa and hoá, of a sign."""
    if s.isascii():
        return " ".join(s.casefold().split())
    low = unicodedata.normalize("NFC", s).casefold().translate(LIKE_D | _SIGNS_FOLDED)
    return _NEW_SPELLING.sub(lambda found: _OLD_SPELLING[found[0]], " ".join(low.split()))


def vi_key(s: str) -> ViKey:
    """Return the key that sorts as Vietnamese readers expect: letters, then marks, then case."""
    s = unicodedata.normalize("NFC", s)
    ranks = [_rank(cluster) for cluster in _CLUSTER.findall(s.translate(_LIGATURES))]
    letters = tuple(letter for letter, _, _ in ranks if letter is not None)
    marks = tuple(mark for _, marks, _ in ranks for mark in marks)
    return letters, marks, tuple(upper for letter, _, upper in ranks if letter is not None), s


@lru_cache(maxsize=1024)
def _rank(cluster: str) -> tuple[int | None, tuple[int, ...], bool]:
    """Return the place of a letter, the weights of its marks (0 stands for the letter itself), and its case.

    Marks that stand alone have no letter.
    """
    low = unicodedata.normalize("NFD", cluster.lower().translate(LIKE_D)).translate(_STROKES)
    base, marks = low[0], low[1:]
    if "\u0300" <= base <= "\u036f":
        return None, tuple(map(_weight, low)), False
    letter = unicodedata.normalize("NFC", base + _own_mark(base, marks))
    rest = marks.replace(_own_mark(base, marks), "", 1)
    return _letter(letter), (0, *map(_weight, rest)), cluster != cluster.lower()


def _own_mark(base: str, marks: str) -> str:
    """Return the mark that makes another letter of the alphabet, unless one of its kind stands before it."""
    kind = unicodedata.combining
    for place, mark in enumerate(marks):
        if unicodedata.normalize("NFC", base + mark) in _ALPHABET:
            return "" if kind(mark) in map(kind, marks[:place]) else mark
    return ""


def _weight(mark: str) -> int:
    return _MARKS.get(mark) or ord(mark)


def _letter(low: str) -> int:
    if low in _ALPHABET:
        return _LETTERS + _ALPHABET[low]
    if low.isdecimal():
        return _DIGITS + int(low)
    return _OTHER_LETTERS + ord(low) if low.isalpha() else _SIGNS.get(low, len(_SIGNS) + ord(low))


def natural_key(code: str) -> tuple[tuple[tuple[int, int, str], ...], str]:
    """Return the key that sorts codes by their numbers: `ND2` before `ND10`."""
    parts = re.findall("[0-9]+|[^0-9]+", fold(code))
    return tuple(_part(part) for part in parts), code


def _part(part: str) -> tuple[int, int, str]:
    # By length, then digits: no limit to the size of a number, and no int() to refuse it.
    digits = part.lstrip("0")
    return (0, len(digits), digits) if part[0] in "0123456789" else (1, 0, part)


def match_key(s: str) -> str:
    """Return the form in which typed words are compared: without tones, case, hyphens or underscores."""
    return " ".join(fold(s).replace("-", " ").replace("_", " ").split())


def nearest(word: str, choices: Iterable[str], limit: int = 3) -> tuple[str, ...]:
    """Return the choices nearest to `word`, best first, empty when nothing is near.

    Near is what begins with it, what has its words among its own, and what is a few letters off.
    """
    wanted = match_key(word)
    if not wanted:
        return ()
    by_key = grouped((match_key(choice), choice) for choice in dict.fromkeys(choices))
    ranks = {key: rank for key in by_key if (rank := _rank_near(wanted, key)) is not None}
    keys = sorted(ranks, key=lambda key: ranks[key])
    return tuple(choice for key in keys for choice in by_key[key])[:limit]


def _rank_near(wanted: str, key: str) -> tuple[int, int] | None:
    """Rank a choice among those near to a word, None when it is not near."""
    if key == wanted:
        return 0, 0
    if len(wanted) > 1:
        if key.startswith(wanted):
            return 1, len(key)
        if has_words(key.split(), wanted.split()):
            return 2, len(key)
    off = letters_off(wanted, key)
    return None if off is None else (3, off)


def has_words(
    words: Sequence[str], wanted: Sequence[str], same: Callable[[str, str], bool] = operator.eq
) -> bool:
    """Return whether all of `wanted` are among `words`, in that order."""
    rest = iter(words)
    return all(any(same(word, own) for own in rest) for word in wanted)


def letters_off(a: str, b: str) -> int | None:
    """Count the letters that one has too many, too few, otherwise or swapped; None when they are no slip.

    One letter in four may be wrong, one in a word of three, and three at most; figures never: `ND9` is not
    near `ND1`.
    """
    longest = max(len(a), len(b))
    limit = min(max(longest // 4, 1), 3) if longest > 2 else 0
    if abs(len(a) - len(b)) > limit or _figures(a) != _figures(b):
        return None
    far = limit + 1
    before, row = [far] * (len(b) + 1), list(range(len(b) + 1))
    for i, own in enumerate(a, 1):
        older, before, row = before, row, [far] * (len(b) + 1)
        row[0] = i
        # Further apart than the limit, two places cannot meet.
        for j in range(max(1, i - limit), min(len(b), i + limit) + 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (own != b[j - 1]))
            if i > 1 < j and own == b[j - 2] and a[i - 2] == b[j - 1]:
                cost = min(cost, older[j - 2] + 1)
            row[j] = cost
        if min(row) > limit:
            return None
    return row[-1] if row[-1] <= limit else None


def _figures(s: str) -> list[str]:
    return [c for c in s if c.isdecimal()]


#: What tables print in labels and headings and nobody need type: brackets, a full stop, where a word may be broken.
_OF_LABELS = str.maketrans("", "", "().\u00ad")


def plain_label(text: str) -> str:
    """Return a label or a heading as it is typed."""
    return text.translate(_OF_LABELS)
