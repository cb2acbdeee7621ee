"""The answer to a shell that completes a line: what may stand at the cursor, or nothing, whatever is wrong."""

import os
import sys
import unicodedata
from collections.abc import Sequence
from functools import cache, partial
from typing import TYPE_CHECKING, Final

from plantrack.cli.commands import Option, in_both_languages
from plantrack.cli.completion import shell_words
from plantrack.cli.completion.candidates import Candidate, Offer, fitting
from plantrack.cli.completion.typed_line import TypedLine, read_line
from plantrack.cli.completion.values import FIELDS_OF, PATHS, Request, commands_under, kind_of, provider_of
from plantrack.i18n.words import LANGUAGES, Words, locale_language
from plantrack.model.text import visible
from plantrack.model.typed.vietnamese_fields import FILTER_FIELDS
from plantrack.model.typed.vietnamese_names import name_meant
from plantrack.render.layout.text_width import cell_width, padded

if TYPE_CHECKING:
    from plantrack.services.context import Context

#: The variable that asks for it, with the name of the shell.
ASKED_BY: Final = "PLANTRACK_COMPLETE"
#: The shells whose scripts there are; each file has the name that the shell looks for.
SCRIPTS: Final = {"bash": "plantrack.bash", "zsh": "_plantrack", "fish": "plantrack.fish"}
#: The shared options that lead to the database.
_LEADING: Final = ("directory", "db", "plan")
#: How wide words are before what they mean is shown further on.
_FURTHEST: Final = 30


def answer_shell() -> None:
    """Answer as a process, which always ends well: a shell shows whatever else it is told amid the line that is typed."""
    try:
        args = [os.fsencode(arg).decode("utf-8", "surrogateescape") for arg in sys.argv[1:]]
        os.write(1, completion_lines(os.environ[ASKED_BY], args).encode("utf-8", "surrogateescape"))
    except BaseException:
        if os.environ.get("PLANTRACK_DEBUG"):
            raise
    os._exit(0)


def completion_lines(shell: str, args: Sequence[str]) -> str:
    """Return the lines for a shell: a word and what it means, apart by a tab; behind a tab alone, what the shell is to do."""
    if shell == "bash":
        line, breaks, way = args
        words, word = shell_words.read_bash(line, breaks)
        return _for_bash(offer(words[1:], word.text), word, is_menu=way == "37")
    words = [*args] if shell == "zsh" else shell_words.read_fish(args)
    return _with_meanings(offer(words[:-1], words[-1]), words[-1] if shell == "fish" else None)


def _for_bash(offered: Offer, word: shell_words.ShellWord, *, is_menu: bool) -> str:
    """Return lines for bash, which shows what it puts in: of several it puts in only what they share, so each may say more."""
    values = [shell_words.for_bash(value, word) for value, _ in offered.found]
    lines = values
    if len(values) > 1 and not is_menu:
        lines = _beside(values, [about and f"-- {about}" for _, about in offered.found])
    if offered.keeps_typed:
        lines.append(" ")  # shares nothing with any word
    if len(values) == 1 and values[0].endswith(":"):
        lines.append("\tnospace")
    return _lines([*lines, *_paths(offered)])


def _with_meanings(offered: Offer, at_cursor: str | None) -> str:
    """Return lines for zsh, with what is to be shown; for fish (`at_cursor`) with what each means."""
    values = [value for value, _ in offered.found]
    if at_cursor is None:
        second = _beside(values, [about for _, about in offered.found])
        keeps = ["\tkeep"] if offered.keeps_typed else []
    else:
        values = [_findable(value, at_cursor) for value in values]
        second, keeps = [about for _, about in offered.found], []
    found = [f"{value}\t{shown}" for value, shown in zip(values, second, strict=True)]
    return _lines([*found, *keeps, *_paths(offered)])


def _findable(value: str, typed: str) -> str:
    """Return a value so that fish finds what was typed in it.

    It knows no tones, but letters with others between them, in the same case: with its tones apart, and in the case that
    was typed, a name is the same one to the program.
    """
    if typed.casefold() in value.casefold():
        return value
    found, rest = "", typed
    for sign in unicodedata.normalize("NFD", value):
        is_next = sign.casefold() == rest[:1].casefold()
        found, rest = found + (rest[0] if is_next else sign), rest[is_next:]
    return found


def _beside(values: Sequence[str], abouts: Sequence[str]) -> list[str]:
    """Return what is shown of values: each with what it means, in the room that a line of the terminal has."""
    if not any(abouts):
        return list(values)
    second = min(max(map(cell_width, values)), _FURTHEST) + 2
    room = int(os.environ.get("COLUMNS") or 80) - 2
    return [
        visible(padded(value, second) + about, room).rstrip()
        for value, about in zip(values, abouts, strict=True)
    ]


def _paths(offered: Offer) -> list[str]:
    return [f"\t{offered.paths}"] if offered.paths else []


def _lines(lines: Sequence[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def offer(words: Sequence[str], current: str) -> Offer:
    """Return what may stand in the place of a word, behind others."""
    line = read_line(words, current)
    if line is None or line.slot is None:
        return Offer()
    language = Words(_language(line))
    if line.slot == "":
        return fitting(commands_under(line.path, language), "", line.typed)
    if isinstance(line.slot, str):
        return fitting(_options(line, language), "", line.typed)
    return _values(line, language)


def _language(line: TypedLine) -> str:
    """Return the language that help would have."""
    asked = (line.given("lang") or os.environ.get("PLANTRACK_LANG") or "").partition(",")[0].strip().lower()
    return asked if asked in LANGUAGES else locale_language() or "vi"


def _options(line: TypedLine, words: Words) -> list[Candidate]:
    """Return the options of a command that may still be given, by their long names."""
    given = {token.option.name for token in line.tokens if token.option and not token.option.is_list}
    offered = [(option.names, option.help) for option in line.options if option.name not in given]
    found = []
    for names, about in (*offered, (in_both_languages(["--help"]), "opt.help")):
        longs = [name for name in names if name.startswith("--")]
        found.append(Candidate(tuple(longs[::-1] if words.language == "vi" else longs), words(about)))
    return found


def _values(line: TypedLine, words: Words) -> Offer:
    """Return the values that may stand there; those of a list and of a filter behind what was typed of them before."""
    slot = line.slot
    assert slot is not None and not isinstance(slot, str)
    provider, head, typed = provider_of(slot), line.head, line.typed
    fields = FIELDS_OF.get(kind_of(slot), {})
    is_filter = bool(fields)
    field, colon, value = typed.partition(":")
    if is_filter and colon:
        provider, head, typed = (
            fields.get(name_meant(field, FILTER_FIELDS) or field.lower()),
            f"{head}{field}:",
            value,
        )
    if (is_filter and colon) or (isinstance(slot, Option) and slot.is_list):
        before, comma, typed = typed.rpartition(",")
        minus = "-" * (is_filter and typed.startswith("-"))
        head, typed = f"{head}{before}{comma}{minus}", typed.removeprefix(minus)
    request = Request(line, words, typed, cache(partial(_context, line, words.language)))
    found = fitting(provider(request), head, typed) if provider else Offer()
    return found._replace(paths=PATHS.get(kind_of(slot), ""))


def _context(line: TypedLine, language: str) -> "Context":
    """Open the context that the line is about, for a glance."""
    from plantrack.cli.session import Session
    from plantrack.services.context import ContextRequest, open_context
    from plantrack.store.opening import glance

    session = Session()
    session.options |= {name: value for name in _LEADING if (value := line.given(name))}
    about = (
        tuple(line.words) if any(kind_of(argument).startswith("ID") for argument in line.arguments) else ()
    )
    asked = ContextRequest(plan=line.given("plan"), about=about, languages=(language,))
    return open_context(glance(session.workspace().database), asked)
