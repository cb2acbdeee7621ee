"""The man page of the program, from the texts of the help; `.ci/man-pages` writes those that the wheel carries."""

import re
from collections.abc import Iterator
from typing import Final

from plantrack import __version__
from plantrack.cli.commands import CommandParams
from plantrack.cli.help_text import GROUPS, key_of, option_pairs, page, usage
from plantrack.cli.typer_adapter import load, params_of, program
from plantrack.i18n.words import Words

#: Pages of the manual that are sections here.
_PAGES: Final = ("filters", "dates", "environment", "exit-codes")


def man_page(words: Words) -> str:
    """Return the page in a language, as `man` reads it."""
    lines = list(_lines(words))
    kept = [line for before, line in zip(["", *lines], lines, strict=False) if not _needless(before, line)]
    return "\n".join(kept) + "\n"


def _needless(before: str, line: str) -> bool:
    """Return whether a line begins a paragraph where one begins already."""
    return line == ".PP" and before.startswith((".PP", ".SH", ".SS"))


def _lines(words: Words) -> Iterator[str]:
    yield f'.TH PLANTRACK 1 "" "plantrack {__version__}" "{_escaped(words("man.title"))}"'
    yield from (".nh", ".ad l")
    yield from (f'.SH "{words("man.name")}"', f"plantrack \\- {_escaped(words('man.short'))}")
    yield from (
        f'.SH "{words("man.synopsis")}"',
        _escaped(f"plantrack {words('meta.COMMAND')} {words('help.usage.options')}"),
    )
    yield from (f'.SH "{words("man.description")}"', *_paragraphs(words("help.about")))
    for group, paths in GROUPS.items():
        yield f'.SH "{_escaped(words(f"help.group.{group}"))}"'
        for path in paths:
            yield from _command(words, path)
    yield f'.SH "{_escaped(words("help.shared"))}"'
    yield from _options(words, params_of(program().params))
    for name in _PAGES:
        yield from _page(page(words.language, name))
    yield from (f'.SH "{words("man.see")}"', _escaped(words("man.see.all")), ".BR less (1),", ".BR git (1)")


def _command(words: Words, path: str) -> Iterator[str]:
    """Yield what the help of a command says."""
    params = params_of(load(path).params)
    yield f'.SS "plantrack {path}"'
    yield from (".nf", _escaped(usage(words, path, params)), ".fi", ".PP")
    yield from _paragraphs(f"{words(key_of(path))}.\n\n{words(f'{key_of(path)}.more')}")
    yield from _options(words, params)
    yield from (
        ".PP",
        ".nf",
        ".RS",
        *map(_escaped, words(f"{key_of(path)}.example").split("\n")),
        ".RE",
        ".fi",
    )


def _options(words: Words, params: CommandParams) -> Iterator[str]:
    for name, text in option_pairs(words, params):
        yield from (".TP", f"\\fB{_escaped(name.strip())}\\fR", _escaped(text))


def _paragraphs(text: str) -> Iterator[str]:
    for part in text.split("\n\n"):
        yield from (".PP", _escaped(part))


def _page(text: str) -> Iterator[str]:
    """Yield a page of the manual; a part of it is a heading, lines to be kept as they are, a list or a paragraph."""
    for part in re.split(r"\n{2,}", text.strip("\n")):
        first = part.split("\n")[0]
        if first.startswith("#"):
            yield f'.{"SH" if first.startswith("# ") else "SS"} "{_escaped(first.lstrip("# "))}"'
        elif first.startswith("    "):
            yield from (".PP", ".nf", ".RS", *(_escaped(line[4:]) for line in part.split("\n")), ".RE", ".fi")
        else:
            for item in re.split(r"\n(?=- )", part):
                mark = [".IP \\(bu 2"] if item.startswith("- ") else [".PP"]
                yield from (*mark, _escaped(" ".join(item.removeprefix("- ").split())))


def _escaped(text: str) -> str:
    """Return a text as roff prints it to the letter."""
    safe = text.replace("\\", "\\e").replace("-", "\\-").replace('"', "\\(dq").replace("`", "")
    return f"\\&{safe}" if safe[:1] in (".", "'") else safe
