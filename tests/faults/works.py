"""What is typed to try each command that writes, and in which workspace."""

from typing import Final, NamedTuple

from plantrack.cli.commands import COMMANDS

#: The good command that is given after every fault.
AFTER: Final = ("add", "Sau cùng", "--area", "1")


class Work(NamedTuple):
    """A command that writes, as it is typed."""

    #: Of the program: `plan apply`.
    command: str
    words: tuple[str, ...]
    template: str = "worked"
    #: Where it is several commands, each whole by itself: these.
    steps: tuple[tuple[str, ...], ...] = ()
    #: What is typed afterwards: where it was not done, this makes good for it.
    again: tuple[str, ...] = ()
    #: Whether the database only notes that it was done, which may fail: that is told.
    is_noted: bool = False

    @property
    def name(self) -> str:
        """Return what `--only` and reports call it."""
        return " ".join(self.words)


def _work(command: str, *more: str, template: str = "worked") -> Work:
    return Work(command, (*command.split(), *more), template)


_PLAN_FILE = "plans/kh-468-2024.yaml"
_FORMS = ("bieu-1.xlsx", "bieu-2.xlsx")

#: By command; of some there are several.
_WORKS: Final = (
    Work("init", ("init",), "empty", again=("init",)),
    _work("plan apply", _PLAN_FILE),
    _work("plan new", "plans/kh-2025.yaml", "--from", "kh-468-2024", "--year", "2025"),
    _work("plan carry-over", "kh-468-2024", "kh-2025", template="renewed"),
    _work("add", "Họp", "--area", "3", "--to", "Cúc", "--new-person", "--tag", "gấp"),
    _work("edit", "13", "--title", "Tên mới", "--priority", "cao"),
    _work("edit", "13", "14", "16", "--due", "30/9/2024", "--yes"),
    _work("extend", "2", "--due", "30/9/2024", "--reason", "chờ"),
    _work("assign", "13", "--lead", "ubdt", "--instead"),
    _work("unassign", "1", "--lead", "hlhpn"),
    _work("update", "1", "-p", "60", "-r", "đã họp", "-n", "gửi giấy", "-b", "thiếu người"),
    _work("start", "5"),
    _work("submit", "2"),
    _work("done", "1", "2", "3", "20", "--yes"),
    _work("pause", "2"),
    _work("resume", "8"),
    _work("reopen", "13", "--reason", "sai"),
    _work("drop", "16", "--reason", "thôi"),
    _work("skip", "20"),
    _work("part", "20", "ba", "--done", "1"),
    _work("remove", "19", "--reason", "nhầm"),
    _work("undo", "c40", "--yes"),
    _work("form make", "ubdt", "--week", "2024-W32", "--output", "moi.xlsx"),
    Work("form read", ("form", "read", *_FORMS), steps=tuple(("form", "read", one) for one in _FORMS)),
    _work("indicator record", "so-lop", "12", "--period", "Q3"),
    _work("person rename", "An", "An Bình"),
    _work("person merge", "An", "Bình", "--yes"),
    _work("person set", "An", "--organisation", "ubdt", "--email", "an@example.org"),
    _work("org add", "so-moi", "Sở Mới (ví dụ)"),
    _work("org set", "so-nv", "--email", "b@example.org"),
    _work("import", "viec.csv", "--yes"),
    _work("import", "sai.csv", "--yes", "--skip-bad"),
    Work("import", ("import", "all.jsonl"), "exported", again=("import", "all.jsonl")),
    _work("bundle import", "ve.bundle", template="hub"),
    Work("bundle import", ("bundle", "import", "hn.bundle"), "site", again=("bundle", "import", "hn.bundle")),
    _work("filter save", "chậm", "overdue"),
    _work("filter remove", "gấp"),
    _work("db check", "--repair"),
    Work("db backup", ("db", "backup", "sao.db"), is_noted=True),
    _work("db copy", "plantrack.db", "ban.db"),
    _work("db restore", "sao.db", "--yes", template="backed"),
    Work("db upgrade", ("db", "upgrade"), "older", again=("db", "upgrade")),
    _work("person anonymise", "An", "--confirm", "An"),
    # What writes nothing but a file.
    _work("export", "--output", "xuat.jsonl"),
    _work("list", "--all", "--output", "list.xlsx"),
    _work("weekly", "--week", "2024-W29", "--output", "old.md"),
)
WORKS: Final = tuple(work for work in _WORKS if work.command in COMMANDS)
_ON_SERVER: Final = "only on a server, which takes back what is half-written: tests/faults/servers.py"
#: Commands that write and are not tried so, with the place or the reason.
ELSEWHERE: Final = {
    "demo": "tests/faults/folders.py",
    **dict.fromkeys(("db init", "member add", "member remove"), _ON_SERVER),
}
