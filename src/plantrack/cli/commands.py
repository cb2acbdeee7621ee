"""The commands there are: where each lives and which shared options it takes. Their words are `cmd.NAME`."""

from typing import Literal

from plantrack.model.named_tuple import NamedTuple

#: Of these, `lines` are for other programs, in forms of their own alone.
Kind = Literal["read", "write", "check", "make", "page", "lines"]


class Entry(NamedTuple):
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
COMMANDS: dict[str, Entry] = {
    "init": Entry("init", "init", "make"),
    "demo": Entry("demo", "demo", "make"),
    "plan check": Entry("plan.check", "check", "check", ("line", "github", "gitlab")),
    "plan show": Entry("plan.show", "show", "read"),
    "plan diff": Entry("plan.diff", "diff", "check"),
    "plan apply": Entry("plan.apply", "apply", "write"),
    "plan log": Entry("plan.log", "log", "read"),
    "plan new": Entry("plan.new", "new", "make"),
    "plan carry-over": Entry("plan.carry_over", "carry_over", "write"),
    "plan schema": Entry("plan.schema", "schema", "check"),
    "add": Entry("add", "add", "write"),
    "list": Entry("list", "list_tasks", "read", ("csv", "xlsx", "ics")),
    "show": Entry("show", "show", "read"),
    "edit": Entry("edit", "edit", "write"),
    "extend": Entry("edit", "extend", "write"),
    "assign": Entry("assign", "assign", "write"),
    "unassign": Entry("assign", "unassign", "write"),
    **{verb: Entry("update", verb, "write") for verb in ("update", *SHORT_FORMS)},
    "remove": Entry("edit", "remove", "write"),
    "log": Entry("log", "log", "read", ("csv", "xlsx")),
    "undo": Entry("undo", "undo", "write"),
    "progress": Entry("progress", "progress", "read", ("csv", "xlsx")),
    "weekly": Entry("weekly", "weekly", "read", ("csv", "xlsx", "ics"), two_languages=True),
    "report": Entry("report", "report", "read", ("csv", "xlsx"), two_languages=True),
    "indicator list": Entry("indicator", "list_indicators", "read", ("csv", "xlsx")),
    "indicator record": Entry("indicator", "record", "write"),
    "person list": Entry("person", "list_people", "read", ("csv", "xlsx")),
    "org list": Entry("org", "list_organisations", "read", ("csv", "xlsx")),
    "db status": Entry("db", "status", "read"),
    "db upgrade": Entry("db", "upgrade", "make"),
    "cron": Entry("cron", "cron", "lines", ("plain", "crontab", "service", "timer")),
    "help": Entry("help", "show_help", "page"),
}


def members(group: str) -> list[str]:
    """Give the names right under a group (empty: the program itself), each once, in order."""
    prefix = f"{group} " if group else ""
    names = (name.removeprefix(prefix) for name in COMMANDS if name.startswith(prefix))
    return list(dict.fromkeys(name.split()[0] for name in names))
