"""How a shell has a word: read out of a line of bash or a word of fish, and written so that the shell takes it as it is."""

import re
from collections.abc import Sequence
from os.path import expanduser

from plantrack.model.named_tuple import NamedTuple


class ShellWord(NamedTuple):
    """The word at the cursor, as bash has it."""

    text: str = ""
    #: The quote that is still open.
    quote: str = ""
    #: How much of the text bash does not replace: it begins anew behind a colon, an equals sign, a quote.
    kept: int = 0


def read_bash(line: str, breaks: str) -> tuple[list[str], ShellWord]:
    """Return the words before the cursor, and the one at it; `breaks`: where bash begins a word anew for itself."""
    words: list[str] = []
    word: ShellWord | None = None
    signs = iter(line)
    for sign in signs:
        quote = word.quote if word else ""
        if not quote and sign in " \t\n":
            words += [_home(word.text)] if word else []
            word = None
            continue
        word = word or ShellWord()
        if sign == quote:
            word = word._replace(quote="")
        elif not quote and sign in "\"'":
            word = word._replace(quote=sign, kept=len(word.text))
        elif sign == "\\" and quote != "'":
            word = word._replace(text=word.text + _escaped(next(signs, ""), quote))
        else:
            text = word.text + sign
            word = word._replace(text=text, kept=len(text) if not quote and sign in breaks else word.kept)
    last = word or ShellWord()
    return words, last._replace(text=_home(last.text)) if last.text.startswith(
        "~/"
    ) and not last.kept else last


def _escaped(sign: str, quote: str) -> str:
    """Return what a backslash and a sign stand for."""
    return sign if not quote or sign in '"\\$`' else f"\\{sign}"


def _home(text: str) -> str:
    return expanduser(text) if text.startswith("~/") else text


def read_fish(words: Sequence[str]) -> list[str]:
    """Return the words of a line, of which the last one, at the cursor, still has its quotes."""
    return [*words[:-1], read_bash(words[-1], "")[1].text]


def for_bash(value: str, word: ShellWord) -> str:
    """Return a value as bash puts it in the place of the word at the cursor: whatever it holds, it is one word."""
    rest = value[word.kept :]
    if word.quote == "'":
        return rest.replace("'", r"'\''")
    return re.sub(r'(["\\$`])' if word.quote else r"([^\w@%+=:,./\x80-\U0010ffff-])", r"\\\1", rest)
