"""The commands there are: where each lives and which shared options it takes. Their words are `cmd.NAME`."""

from typing import Literal

from plantrack.model.named_tuple import NamedTuple

#: Of these, `lines` are for other programs, in forms of their own alone.
Kind = Literal["read", "write", "check", "make", "page", "lines"]


class CommandEntry(NamedTuple):
    """A command: `function` of `plantrack.cli.verbs.MODULE`."""

    module: str
    function: str
    kind: Kind
    #: What it can be printed as besides the forms of every command.
    formats: tuple[str, ...] = ()
    #: Whether a document of it may be in both languages, one after the other.
    two_languages: bool = False


#: The short forms of `update`.
SHORT_FORMS = ("start", "submit", "done", "pause", "resume", "reopen", "drop")

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
    "plan schema": CommandEntry("plan.schema", "schema", "check"),
    "add": CommandEntry("add", "add", "write"),
    "list": CommandEntry("list", "list_tasks", "read", ("csv", "xlsx", "ics")),
    "show": CommandEntry("show", "show", "read"),
    "edit": CommandEntry("edit", "edit", "write"),
    "extend": CommandEntry("edit", "extend", "write"),
    "assign": CommandEntry("assign", "assign", "write"),
    "unassign": CommandEntry("assign", "unassign", "write"),
    **{verb: CommandEntry("update", verb, "write") for verb in ("update", *SHORT_FORMS)},
    "remove": CommandEntry("edit", "remove", "write"),
    "log": CommandEntry("log", "log", "read", ("csv", "xlsx")),
    "undo": CommandEntry("undo", "undo", "write"),
    "progress": CommandEntry("progress", "progress", "read", ("csv", "xlsx")),
    "weekly": CommandEntry("weekly", "weekly", "read", ("csv", "xlsx", "ics"), two_languages=True),
    "report": CommandEntry("report", "report", "read", ("csv", "xlsx"), two_languages=True),
    "indicator list": CommandEntry("indicator", "list_indicators", "read", ("csv", "xlsx")),
    "indicator record": CommandEntry("indicator", "record", "write"),
    "person list": CommandEntry("person", "list_people", "read", ("csv", "xlsx")),
    "org list": CommandEntry("org", "list_organisations", "read", ("csv", "xlsx")),
    "db status": CommandEntry("db", "status", "read"),
    "db upgrade": CommandEntry("db", "upgrade", "make"),
    "cron": CommandEntry("cron", "cron", "lines", ("plain", "crontab", "service", "timer")),
    "help": CommandEntry("help", "show_help", "page"),
}


def members(group: str) -> list[str]:
    """Return the names right under a group (empty: the program itself), each once, in order."""
    prefix = f"{group} " if group else ""
    names = (name.removeprefix(prefix) for name in COMMANDS if name.startswith(prefix))
    return list(dict.fromkeys(name.split()[0] for name in names))
