"""The help of the program and of each command: plain text for any terminal, worded by the catalogue.

Light, because it is what a beginner asks for most: nothing of a command is imported for the overview.
"""

import re
from collections.abc import Sequence
from os.path import dirname, join
from typing import Final

from plantrack import help as manual
from plantrack.cli.commands import COMMANDS, SHORT_FORMS, Argument, CommandParams, Option, members
from plantrack.i18n.words import Words
from plantrack.render.layout import text_width
from plantrack.render.layout.text_width import cell_width, padded

#: The folder of the pages.
MANUAL: Final = dirname(manual.__file__ or "")
#: The widest line, and where the second column of a list begins.
PAGE: Final = 80
_SECOND: Final = 28

#: The options that every command takes, in a word.
_SHARED: Final = "-C, --db, --lang, --plan, -q/--quiet, --no-color, --width, -V/--version, -h/--help"
#: The pages of the manual, in the order in which they are offered.
TOPICS: Final = (
    *("overview", "plan-file", "git", "filters", "dates", "statuses", "reports", "history", "sharing"),
    *("cron", "mail", "chat", "json", "datasette", "environment", "exit-codes", "privacy", "speed"),
)
#: The commands as the overview has them.
GROUPS: Final = {
    "start": ("init", "demo"),
    "plan": (
        *("plan check", "plan show", "plan diff", "plan apply", "plan log"),
        *("plan new", "plan carry-over", "plan schema"),
    ),
    "record": (
        *("add", "assign", "unassign", "update", *SHORT_FORMS),
        *("extend", "edit", "remove", "indicator record", "undo"),
        *("filter save", "filter remove"),
    ),
    "read": ("list", "show", "progress", "weekly", "report", "remind", "indicator list", "filter list", "log"),
    "care": (
        "person list",
        "org list",
        "db status",
        "db check",
        "db upgrade",
        "schema json",
        "schema datasette",
        "cron",
        "help",
    ),
}

Pair = tuple[str, str]


def command_help(words: Words, path: str, params: CommandParams) -> str:
    """Return the help of one command."""
    key = key_of(path)
    about = [_sentence(words(key)), words(f"{key}.more")]
    examples = [f"  {line}" for line in words(f"{key}.example").split("\n")]
    return _page(
        wrapped(words("help.usage", usage=usage(words, path, params)), hanging=4),
        *[wrapped(part) for text in about for part in text.split("\n\n")],
        _section(words("help.arguments"), [_argument_pair(words, a) for a in params.arguments]),
        _section(words("help.options"), option_pairs(words, params)),
        wrapped(words("help.shared.line", options=_SHARED)),
        "\n".join([f"{words('help.examples')}:", *examples]),
    )


def group_help(words: Words, path: str, params: CommandParams) -> str:
    """Return the help of a group of commands, or of the whole program."""
    if not path:
        return _overview(words, params)
    pairs = [(f"{path} {name}", words(key_of(f"{path} {name}"))) for name in members(path)]
    shown = f"plantrack {path} {metavar(words, 'COMMAND')}"
    return _page(
        words("help.usage", usage=shown),
        wrapped(_sentence(words(key_of(path)))),
        _section(words("help.commands"), pairs),
        words("help.command", usage=f"plantrack help {path} {metavar(words, 'COMMAND')}"),
    )


def key_of(path: str) -> str:
    """Return the key of a command's words."""
    return f"cmd.{path.replace(' ', '.')}"


def metavar(words: Words, name: str) -> str:
    """Return the name of a value in the reader's language: `[FILE...]` as `[TỆP...]`."""
    return re.sub("[A-Z]+", lambda found: _named(words, found[0]), name)


def _named(words: Words, name: str) -> str:
    return words(f"meta.{name}") if words.has(f"meta.{name}") else name


def _overview(words: Words, params: CommandParams) -> str:
    begin = [
        ("plantrack init", words("help.begin.init")),
        ("plantrack demo", words("help.begin.demo")),
        ("plantrack help overview", words("help.begin.overview")),
    ]
    groups = [
        _section(words(f"help.group.{group}"), _commands(words, paths)) for group, paths in GROUPS.items()
    ]
    return _page(
        words("help.usage", usage=f"plantrack {metavar(words, 'COMMAND')} {words('help.usage.options')}"),
        wrapped(words("help.about")),
        _section(words("help.begin"), begin),
        *groups,
        _section(words("help.topics"), [(topic, words(f"topic.{topic}")) for topic in TOPICS]),
        _section(words("help.shared"), [*option_pairs(words, params), ("-h, --help", words("opt.help"))]),
    )


def _commands(words: Words, paths: Sequence[str]) -> list[Pair]:
    """Return commands with what they do; the short forms of `update` share an entry."""
    pairs = dict[str, str]()
    for path in paths:
        if path in SHORT_FORMS:
            pairs[", ".join(SHORT_FORMS)] = words("help.short-forms")
        else:
            pairs[path] = words(key_of(path))
    return list(pairs.items())


def usage(words: Words, path: str, params: CommandParams) -> str:
    values = [metavar(words, a.metavar) for a in params.arguments]
    needed = [f"{o.names[-1]} {metavar(words, o.metavar)}" for o in params.options if o.is_required]
    return " ".join(["plantrack", path, *values, *needed, words("help.usage.options")])


def _argument_pair(words: Words, argument: Argument) -> Pair:
    return metavar(words, argument.metavar), words(argument.help)


def option_pairs(words: Words, params: CommandParams) -> list[Pair]:
    shown = [option for option in params.options if not option.is_hidden and option.name != "help"]
    return [_option_pair(words, option) for option in shown]


def _option_pair(words: Words, option: Option) -> Pair:
    """Return an option with its value; long names stand under one another."""
    names = ", ".join(sorted(option.names, key=len))
    name = names if names[1] != "-" else f"    {names}"
    value = "" if option.is_flag else f" {metavar(words, option.metavar)}"
    return name + value, words(option.help)


def _section(title: str, pairs: Sequence[Pair]) -> str:
    return "\n".join([f"{title}:", *[_entry(*pair) for pair in pairs]]) if pairs else ""


def _entry(name: str, text: str) -> str:
    """Return a name and what it means, beside it where there is room, else below."""
    head, body = f"  {name}", wrapped(text, indent=_SECOND)
    if cell_width(head) + 2 > _SECOND:
        return f"{head}\n{body}"
    return padded(head, _SECOND) + body[_SECOND:]


def _page(*sections: str) -> str:
    return "\n\n".join(section for section in sections if section)


def page(language: str, topic: str) -> str:
    """Return a page of the manual as it is written, but for its pictures: a terminal shows none."""
    with open(join(MANUAL, language, f"{topic}.md"), encoding="utf-8") as file:
        return "".join(line for line in file if not line.startswith("!["))


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:] + "."


def wrapped(text: str, *, indent: int = 0, hanging: int = 0) -> str:
    """Break a text at spaces into lines that a page has room for."""
    return text_width.wrapped(text, PAGE, indent=indent, hanging=hanging)


def all_commands() -> list[str]:
    """Return everything `help` knows as a command: commands and groups."""
    groups = dict.fromkeys(path.split()[0] for path in COMMANDS if " " in path)
    return [*COMMANDS, *groups]
