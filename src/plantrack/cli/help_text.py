"""The help of the program and of each command: plain text for any terminal, worded by the catalogue.

Light, because it is what a beginner asks for most: nothing of a command is imported for the overview.
"""

import re
from collections.abc import Sequence
from os.path import dirname, join
from typing import Final

from plantrack import help as manual
from plantrack.cli.commands import (
    COMMANDS,
    EVERYWHERE,
    SHORT_FORMS,
    Argument,
    CommandParams,
    Option,
    in_both_languages,
    in_vietnamese,
    members,
)
from plantrack.i18n.words import Words
from plantrack.render.layout import text_width
from plantrack.render.layout.text_width import cell_width, padded

#: The folder of the pages.
MANUAL: Final = dirname(manual.__file__ or "")
#: The widest line, and where the second column of a list begins: no further than its longest name needs.
PAGE: Final = 80
_SECOND: Final = 28
_FURTHEST: Final = 38

#: The options that every command takes, in a word.
_SHARED: Final = (
    "-C, --db, --lang, --plan, -q/--quiet, --no-color, --no-pager, --width, -V/--version, -h/--help"
)
#: The pages of the manual, in the order in which they are offered.
TOPICS: Final = (
    "overview",
    "commands",
    "plan-file",
    "git",
    "filters",
    "dates",
    "statuses",
    "series",
    "reports",
    "form",
    "money",
    "history",
    "people",
    "import",
    "sharing",
    "many-offices",
    "handover",
    "export",
    "offline",
    "backups",
    "cron",
    "mail",
    "chat",
    "completion",
    "json",
    "datasette",
    "windows",
    "environment",
    "exit-codes",
    "privacy",
    "promises",
    "speed",
    "sizing",
)
#: The commands as the overview has them.
GROUPS: Final = {
    "start": ("init", "demo", "import", "export", "bundle export", "bundle import"),
    "plan": (
        *("plan check", "plan show", "plan diff", "plan apply", "plan log"),
        *("plan new", "plan carry-over", "plan schema"),
    ),
    "record": (
        *("add", "assign", "unassign", "update", *SHORT_FORMS, "skip"),
        *("extend", "edit", "part", "remove", "indicator record", "undo"),
        *("filter save", "filter remove", "form read"),
    ),
    "read": (
        "list",
        "show",
        "progress",
        "weekly",
        "report",
        "remind",
        *("form make", "form status"),
        "indicator list",
        "filter list",
        "log",
    ),
    "care": (
        *("person list", "person rename", "person merge", "person set", "person anonymise"),
        *("org list", "org add", "org set"),
        *("member add", "member list", "member remove"),
        *(
            "db init",
            "db upgrade",
            "db status",
            "db check",
            "db digest",
            "db backup",
            "db restore",
            "db copy",
        ),
        *("schema json", "schema datasette"),
        *("cron", "completion", "help"),
    ),
}

#: What a coordinator types every day.
DAILY: Final = (*("list", "show", "add", "update", "done", "assign", "extend", "progress", "weekly", "undo"),)
#: So many uses of a command come first.
_OFTEN: Final = 2
#: So many signs of names have room in a line of the overview.
_NAMES: Final = 56

Pair = tuple[str, str]


def command_help(words: Words, path: str, params: CommandParams) -> str:
    """Return the help of one command."""
    key = key_of(path)
    about = [_sentence(words(key)), words(f"{key}.more")]
    lines = [f"  {line}" for line in words(f"{key}.example").split("\n")]
    often, rarer = lines[:_OFTEN], lines[_OFTEN:]
    used = wrapped(words("help.usage", usage=usage(words, path, params)), hanging=4)
    return _page(
        "\n".join([f"{words('help.often')}:", *often]),
        "\n".join([used, _also(words, path)]),
        *[wrapped(part) for text in about for part in text.split("\n\n")],
        _section(words("help.arguments"), [_argument_pair(words, a) for a in params.arguments]),
        _section(words("help.options"), option_pairs(words, params)),
        wrapped(words("help.shared.line", options=_SHARED)),
        "\n".join([f"{words('help.examples')}:", *rarer]) if rarer else "",
    )


def group_help(words: Words, path: str) -> str:
    """Return the help of a group of commands, or of the whole program."""
    if not path:
        return _overview(words)
    pairs = _commands(words, [f"{path} {name}" for name in members(path)])
    shown = f"plantrack {path} {metavar(words, 'COMMAND')}"
    return _page(
        "\n".join([words("help.usage", usage=shown), _also(words, path)]),
        wrapped(_sentence(words(key_of(path)))),
        _section(words("help.commands"), pairs),
        words("help.command", usage=f"plantrack help {path} {metavar(words, 'COMMAND')}"),
    )


def _also(words: Words, path: str) -> str:
    """Return the line that has the Vietnamese name."""
    return words("help.vietnamese", usage=f"plantrack {in_vietnamese(path)}")


def key_of(path: str) -> str:
    """Return the key of a command's words."""
    return f"cmd.{path.replace(' ', '.')}"


def metavar(words: Words, name: str) -> str:
    """Return the name of a value in the reader's language: `[FILE...]` as `[TỆP...]`."""
    return re.sub("[A-Z]+", lambda found: _named(words, found[0]), name)


def _named(words: Words, name: str) -> str:
    return words(f"meta.{name}") if words.has(f"meta.{name}") else name


def _overview(words: Words) -> str:
    """Return what fits a screen: the daily commands, then the names of the others by groups."""
    usage = f"plantrack {metavar(words, 'COMMAND')} {words('help.usage.options')}"
    others = {group: [path for path in paths if path not in DAILY] for group, paths in GROUPS.items()}
    named = [(words(f"help.group.{group}"), _names(paths)) for group, paths in others.items()]
    room = max(cell_width(title) for title, _ in named) + 4
    return _page(
        words("help.usage", usage=usage),
        _section(words("help.daily"), [_command(words, path) for path in DAILY]),
        "\n".join(_entry(title, names, room) for title, names in named),
        wrapped(words("help.more")),
    )


def _names(paths: Sequence[str]) -> str:
    """Return names of commands; of those of a group, the group's alone, unless there is room for each."""
    groups: dict[str, list[str]] = {}
    for path in paths:
        first, _, rest = path.partition(" ")
        groups.setdefault(first, []).extend([rest] if rest else [])
    whole = ", ".join(f"{first} {'|'.join(rest)}".rstrip() for first, rest in groups.items())
    return whole if len(whole) <= _NAMES else ", ".join(groups)


def everything(words: Words) -> str:
    """Return every command, page of the manual and option that all commands share, a line each."""
    groups = [
        _section(words(f"help.group.{group}"), _commands(words, paths)) for group, paths in GROUPS.items()
    ]
    shared = option_pairs(words, CommandParams([], [*EVERYWHERE]))
    return _page(
        *groups,
        _section(words("help.topics"), [(topic, words(f"topic.{topic}")) for topic in TOPICS]),
        _section(words("help.shared"), [*shared, _help_pair(words)]),
    )


def _commands(words: Words, paths: Sequence[str]) -> list[Pair]:
    """Return commands with what they do; the short forms of `update` share an entry."""
    pairs = dict[str, str]()
    for path in paths:
        if path in SHORT_FORMS:
            short = (SHORT_FORMS, map(in_vietnamese, SHORT_FORMS))
            pairs[",\n  ".join(map(", ".join, short))] = words("help.short-forms")
        else:
            pairs |= [_command(words, path)]
    return list(pairs.items())


def _command(words: Words, path: str) -> Pair:
    return f"{path}, {in_vietnamese(path)}", words(key_of(path))


def usage(words: Words, path: str, params: CommandParams) -> str:
    values = [metavar(words, a.metavar) for a in params.arguments]
    needed = [f"{o.long} {metavar(words, o.metavar)}" for o in params.options if o.is_required]
    return " ".join(["plantrack", path, *values, *needed, words("help.usage.options")])


def _argument_pair(words: Words, argument: Argument) -> Pair:
    return metavar(words, argument.metavar), words(argument.help)


def option_pairs(words: Words, params: CommandParams) -> list[Pair]:
    shown = [option for option in params.options if not option.is_hidden and option.name != "help"]
    return [_option_pair(words, option) for option in shown]


def _help_pair(words: Words) -> Pair:
    return ", ".join(in_both_languages(["-h", "--help"])), words("opt.help")


def _option_pair(words: Words, option: Option) -> Pair:
    """Return an option with its value; long names stand under one another."""
    names = ", ".join(option.names)
    name = names if names[1] != "-" else f"    {names}"
    value = "" if option.is_flag else f" {metavar(words, option.metavar)}"
    return name + value, words(option.help)


def _section(title: str, pairs: Sequence[Pair]) -> str:
    if not pairs:
        return ""
    needed = [cell_width(name) + 4 for name, _ in pairs]
    second = max(_SECOND, *(width for width in needed if width <= _FURTHEST), 0)
    return "\n".join([f"{title}:", *[_entry(*pair, second) for pair in pairs]])


def _entry(name: str, text: str, second: int) -> str:
    """Return a name and what it means, beside it where there is room, else below."""
    head, body = f"  {name}", wrapped(text, indent=second)
    if cell_width(head) + 2 > second:
        return f"{head}\n{body}"
    return padded(head, second) + body[second:]


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
