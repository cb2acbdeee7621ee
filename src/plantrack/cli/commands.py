"""The commands there are: where each lives, how it is typed, and what it takes. Their words are `cmd.NAME`."""

from collections.abc import Sequence
from typing import Final, Literal

from plantrack.model.named_tuple import NamedTuple
from plantrack.model.typed import vietnamese_names
from plantrack.model.typed.vietnamese_names import name_meant

#: Of these, `lines` are for other programs, in forms of their own alone; `copy` is of whole files, and answers with their paths.
Kind = Literal["read", "write", "check", "copy", "make", "page", "lines"]


#: What documents can be printed as; a command that writes answers with labels, or in JSON.
_FORMATS = ("table", "plain", "json", "md", "html", "docx")
_ANSWERS = ("plain", "json")


class CommandEntry(NamedTuple):
    """A command: `function` of `plantrack.cli.verbs.MODULE`."""

    module: str
    function: str
    kind: Kind
    #: What it can be printed as besides the forms of every command of its kind.
    formats: tuple[str, ...] = ()
    #: Whether a document of it may be in both languages, one after the other.
    two_languages: bool = False
    #: Parameters of the function that the command does not have.
    without: tuple[str, ...] = ()
    #: Of the options that a command shares which may change many things at once: those that it has.
    many: tuple[str, ...] = ()

    @property
    def all_formats(self) -> tuple[str, ...]:
        """Return all that it can be printed as."""
        return (*{"write": _ANSWERS, "copy": _ANSWERS, "lines": ()}.get(self.kind, _FORMATS), *self.formats)


#: What may change many things at once, and what chooses the tasks for it.
_MANY = ("dry_run", "expect", "yes")
_TASKS = ("where", *_MANY)

#: The short forms of `update`, and those of them that must be told why.
SHORT_FORMS = ("start", "submit", "done", "pause", "resume", "reopen", "drop")
_WITH_REASON = ("reopen", "drop")
#: Those of them that close work; of recurring work the next occurrence follows.
_CLOSING = ("done", "drop")


def _without(verb: str) -> tuple[str, ...]:
    """Return the parameters of `update` that it, or a short form of it, does not have."""
    taken = {"reason": verb in _WITH_REASON, "catch_up": verb in _CLOSING, "editor": verb not in SHORT_FORMS}
    return tuple(name for name, is_there in taken.items() if not is_there)


#: In the order of the help; `plan check` is the command `check` of the group `plan`.
COMMANDS: dict[str, CommandEntry] = {
    "init": CommandEntry("init", "init", "make"),
    "demo": CommandEntry("demo", "demo", "make"),
    "plan check": CommandEntry("plan.check", "check", "check", ("line", "github", "gitlab")),
    "plan show": CommandEntry("plan.show", "show", "read"),
    "plan diff": CommandEntry("plan.diff", "diff", "check"),
    "plan apply": CommandEntry("plan.apply", "apply", "write"),
    "plan log": CommandEntry("plan.log", "log", "read"),
    "plan new": CommandEntry("plan.new", "new", "make"),
    "plan carry-over": CommandEntry("plan.carry_over", "carry_over", "write"),
    "plan schema": CommandEntry("plan.schema", "schema", "lines", ("json",)),
    "add": CommandEntry("add", "add", "write", many=_MANY),
    "list": CommandEntry("list", "list_tasks", "read", ("csv", "xlsx", "ics")),
    "show": CommandEntry("show", "show", "read"),
    "edit": CommandEntry("edit", "edit", "write", many=_TASKS),
    "extend": CommandEntry("edit", "extend", "write", many=_TASKS),
    "assign": CommandEntry("assign", "assign", "write", many=_TASKS),
    "unassign": CommandEntry("assign", "unassign", "write", many=_TASKS),
    **{
        verb: CommandEntry("update", "update", "write", without=_without(verb), many=_TASKS)
        for verb in ("update", *SHORT_FORMS)
    },
    "skip": CommandEntry("update", "skip", "write", many=_TASKS),
    "part": CommandEntry("part", "part", "write", many=("dry_run",)),
    "remove": CommandEntry("edit", "remove", "write", many=_TASKS),
    "log": CommandEntry("log", "log", "read", ("csv", "xlsx")),
    "undo": CommandEntry("undo", "undo", "write", many=("yes",)),
    "progress": CommandEntry("progress", "progress", "read", ("csv", "xlsx")),
    "weekly": CommandEntry("weekly", "weekly", "read", ("csv", "xlsx", "ics"), two_languages=True),
    "report": CommandEntry("report", "report", "read", ("csv", "xlsx"), two_languages=True),
    "remind": CommandEntry("remind", "remind", "read", ("csv", "xlsx")),
    "form make": CommandEntry("exchange.form", "make", "make", ("xlsx",)),
    "form read": CommandEntry("exchange.form", "read", "write", many=("dry_run", "yes")),
    "form status": CommandEntry("exchange.form", "form_status", "read", ("csv", "xlsx")),
    "indicator list": CommandEntry("indicator", "list_indicators", "read", ("csv", "xlsx")),
    "indicator record": CommandEntry("indicator", "record", "write"),
    "person list": CommandEntry("person", "list_people", "read", ("csv", "xlsx")),
    "person rename": CommandEntry("person", "rename", "write"),
    "person merge": CommandEntry("person", "merge", "write", many=("yes",)),
    "person set": CommandEntry("person", "set_person", "write"),
    "person anonymise": CommandEntry("anonymise", "anonymise", "write", many=("dry_run",)),
    "org list": CommandEntry("org", "list_organisations", "read", ("csv", "xlsx")),
    "org add": CommandEntry("org", "add", "write"),
    "org set": CommandEntry("org", "set_organisation", "write"),
    "member add": CommandEntry("server.member", "add_member", "write"),
    "member list": CommandEntry("server.member", "list_members", "read", ("csv", "xlsx")),
    "member remove": CommandEntry("server.member", "remove_member", "write"),
    "import": CommandEntry("exchange.import_", "import_file", "write", ("csv",), many=("dry_run", "yes")),
    "export": CommandEntry("exchange.export", "export", "lines", ("jsonl", "csv", "xlsx")),
    "bundle export": CommandEntry("exchange.bundle", "export_bundle", "copy"),
    "bundle import": CommandEntry("exchange.bundle", "import_bundle", "write", many=("dry_run",)),
    "filter save": CommandEntry("filter", "save_filter", "write"),
    "filter list": CommandEntry("filter", "list_filters", "read", ("csv", "xlsx")),
    "filter remove": CommandEntry("filter", "remove_filter", "write"),
    "db init": CommandEntry("server.init", "init_database", "make"),
    "db status": CommandEntry("db", "status", "read"),
    "db check": CommandEntry("db", "check", "check"),
    "db digest": CommandEntry("db", "digest", "check"),
    "db backup": CommandEntry("copies.backup", "backup", "copy"),
    "db restore": CommandEntry("copies.restore", "restore", "copy", many=("dry_run", "yes")),
    "db copy": CommandEntry("copies.copy", "copy", "copy"),
    "db upgrade": CommandEntry("db", "upgrade", "make"),
    "schema json": CommandEntry("schema", "json", "lines", ("json",)),
    "schema datasette": CommandEntry("schema", "datasette", "lines", ("json",)),
    "cron": CommandEntry("cron", "cron", "lines", ("plain", "crontab", "service", "timer", "schtasks")),
    "completion": CommandEntry("completion", "completion", "page"),
    "help": CommandEntry("help", "show_help", "page"),
}


def members(group: str) -> list[str]:
    """Return the names right under a group (empty: the program itself), each once, in order."""
    prefix = f"{group} " if group else ""
    names = (name.removeprefix(prefix) for name in COMMANDS if name.startswith(prefix))
    return list(dict.fromkeys(name.split()[0] for name in names))


def names_under(group: str) -> dict[str, str]:
    """Return the names right under a group, each with its Vietnamese one."""
    return {name: vietnamese_names.COMMANDS[f"{group} {name}".strip()] for name in members(group)}


def path_meant(words: Sequence[str], group: str = "") -> str | None:
    """Return the command or group that words name, each in either language, with or without tones and hyphens."""
    for many in range(len(words), 0, -1):
        if name := name_meant(" ".join(words[:many]), names_under(group)):
            path = f"{group} {name}".strip()
            return path_meant(words[many:], path) if words[many:] else path
    return None


def in_vietnamese(path: str) -> str:
    """Return the Vietnamese words that lead to a command or a group."""
    words = path.split()
    return " ".join(vietnamese_names.COMMANDS[" ".join(words[:many])] for many in range(1, len(words) + 1))


# --- what a command takes ---

#: Values that are taken word for word, and others that may have several words.
_TEXTS: Final = frozenset({"TEXT", "REF", "PERSON", "PLACE", "TAG", "NAME"})
_WORDS: Final = _TEXTS | {"ORG", "DATE", "STATUS", "PRIORITY", "PERIOD", "STEP"}


class Argument(NamedTuple):
    """A value that stands by itself."""

    name: str
    #: What help calls it.
    metavar: str
    #: The key of its words.
    help: str
    is_list: bool


class Option(NamedTuple):
    """An option, with the names it is typed by: short, long, and the long one in Vietnamese."""

    name: str
    names: list[str]
    #: What help calls its value; empty: it has none.
    metavar: str
    #: The key of its words.
    help: str
    #: Whether it has no value.
    is_flag: bool
    is_required: bool = False
    is_hidden: bool = False
    #: Whether its value goes into the session, and not to the command.
    is_shared: bool = False
    #: Whether it may be given more than once.
    is_list: bool = False

    @property
    def long(self) -> str:
        """Return its long English name."""
        return next(name for name in self.names if name.startswith("--"))

    @property
    def takes_text(self) -> bool:
        """Return whether any text is its value, as it is."""
        return self.metavar in _TEXTS

    @property
    def takes_tasks(self) -> bool:
        """Return whether tasks are its value: others behind it were perhaps meant for it too."""
        return self.metavar.startswith("ID")

    @property
    def takes_words(self) -> bool:
        """Return whether its value may have several words."""
        return self.metavar in _WORDS


class CommandParams(NamedTuple):
    """All that a command takes."""

    arguments: list[Argument]
    options: list[Option]


def in_both_languages(names: Sequence[str]) -> list[str]:
    """Return the names of an option, and the Vietnamese one after them."""
    found = [vietnamese_names.OPTIONS.get(name.removeprefix("--")) for name in names if name.startswith("--")]
    return [*names, *(f"--{vi}" for vi in found if vi)]


def _shared(*names: str, metavar: str = "", words: str = "") -> Option:
    """Return an option that many commands share, a flag unless its value has a name; its words are of its last name."""
    name = names[-1].lstrip("-").replace("-", "_")
    return Option(
        name, in_both_languages(names), metavar, f"opt.{words or name}", is_flag=not metavar, is_shared=True
    )


#: The options of every command, before or after its name.
EVERYWHERE: Final = (
    _shared("-C", "--directory", metavar="DIR"),
    _shared("--db", metavar="FILE"),
    _shared("--lang", metavar="vi|en"),
    _shared("--plan", metavar="ID"),
    _shared("-q", "--quiet"),
    _shared("--no-color"),
    _shared("--no-pager"),
    _shared("--width", metavar="N"),
    _shared("-V", "--version"),
)


#: The options of commands that may change many things at once.
_OF_MANY: Final = (
    _shared("--where", metavar="FILTER"),
    _shared("--dry-run", words="try"),
    _shared("--expect", metavar="N"),
    _shared("-y", "--yes"),
)


def shared_options(entry: CommandEntry) -> list[Option]:
    """Return the options that a command shares with others of its kind; one with more formats says which."""
    author = _shared("--author", metavar="NAME")
    own = {
        "crontab": "cron_format",
        "json": "json_format",
        "jsonl": "export_format",
        "line": "check_format",
        "ics": "calendar_format",
        "xlsx": "book_format",
    }
    words = next((key for form, key in own.items() if form in entry.formats), "format")
    output = [_shared("--format", metavar="FORMAT", words=words), _shared("--output", metavar="FILE")]
    many = [option for option in _OF_MANY if option.name in entry.many]
    match entry.kind:
        case "read":
            return [_shared("--as-of", metavar="DATE"), _shared("--known-at", metavar="MOMENT"), *output]
        case "write":
            return [*many, author, _shared("--format", metavar="plain|json", words="answer")]
        case "copy":
            recorded = [*many, author] if many else []
            return [*recorded, _shared("--format", metavar="plain|json", words="path_format")]
        case "check" | "lines":
            return output
        case "make":
            return [author]
    return []
