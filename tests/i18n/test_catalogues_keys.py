"""Keys: what the code says is in both catalogues, and what is in the catalogues is said somewhere."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from plantrack.cli.commands import COMMANDS
from plantrack.cli.help_text import GROUPS, TOPICS, all_commands
from plantrack.cli.typer_adapter import load, program
from plantrack.errors import CODES
from plantrack.i18n.words import ELSEWHERE
from plantrack.model.status import Role
from tests.support.catalogues import EN, VI, keys_of, places, texts
from tests.support.source import FILES, SOURCE, tree_of

KEY = re.compile(r"[a-z][\w-]*(\.[\w-]+)+")
#: What asks for a text by its key as the first argument.
SPEAKERS = {"words", "w", "plural", "say"}
SECTIONS = {key.partition(".")[0] for key in VI}


class Call(NamedTuple):
    """A call in a file, with the constants that its first arguments may be."""

    file: Path
    node: ast.Call

    @property
    def name(self) -> str:
        """Return the last word of what is called."""
        func = self.node.func
        return func.attr if isinstance(func, ast.Attribute) else func.id if isinstance(func, ast.Name) else ""

    @property
    def first(self) -> list[str]:
        """Return the constants that the first argument may be."""
        return constants(self.node.args[0]) if self.node.args else []

    @property
    def params(self) -> set[str]:
        """Return the names of the keyword arguments, with what the call itself adds."""
        own = {"reason"} if self.name == "failing_as" else set()
        return own | {k.arg for k in self.node.keywords if k.arg}

    @property
    def is_open(self) -> bool:
        """Return whether more parameters come from a mapping."""
        return any(k.arg is None for k in self.node.keywords)

    @property
    def site(self) -> str:
        """Say where the call stands."""
        return f"{self.file.relative_to(SOURCE)}:{self.node.lineno}"


@cache
def trees() -> dict[Path, ast.Module]:
    """Parse every file of the program."""
    return {path: tree_of(path) for path in FILES}


@cache
def calls() -> tuple[Call, ...]:
    """Return every call of the program."""
    return tuple(Call(f, n) for f, tree in trees().items() for n in ast.walk(tree) if isinstance(n, ast.Call))


def constants(node: ast.expr) -> list[str]:
    """Return the texts an expression may be: a constant, or either side of a choice."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.IfExp):
        return constants(node.body) + constants(node.orelse)
    if isinstance(node, ast.BoolOp):
        return [c for value in node.values for c in constants(value)]
    return []


def literals(file: Path) -> set[str]:
    """Return every text constant of a file."""
    return {
        n.value for n in ast.walk(trees()[file]) if isinstance(n, ast.Constant) and isinstance(n.value, str)
    }


@cache
def said() -> dict[str, str]:
    """Return every constant that is or looks like a key, with a file it stands in."""
    return {
        text: str(file.relative_to(SOURCE))
        for file in trees()
        if file.name != "commands.py"  # its words are modules
        for text in literals(file)
        if not text.endswith((".json", ".exe"))  # files
        if text in VI or (KEY.fullmatch(text) and text.partition(".")[0] in SECTIONS)
    }


def families() -> Iterator[re.Pattern[str]]:
    """Yield the keys that are put together: a pattern for each f-string that begins like a key."""
    for tree in trees().values():
        for node in ast.walk(tree):
            if isinstance(node, ast.JoinedStr) and (made := pattern(node)):
                yield re.compile(made)


def pattern(node: ast.JoinedStr) -> str:
    """Return the pattern of an f-string, empty when it is no key."""
    parts = [
        re.escape(p.value) if isinstance(p, ast.Constant) and isinstance(p.value, str) else r"[\w.-]+"
        for p in node.values
    ]
    head = node.values[0]
    start = head.value if isinstance(head, ast.Constant) and isinstance(head.value, str) else ""
    return "".join(parts) if re.match(r"[a-z]+\.", start) and start.partition(".")[0] in SECTIONS else ""


def needed(key: str) -> set[str]:
    """Return the places of a text that are to be filled, in all of its forms and both languages."""
    found = set().union(*(places(text) for found in (VI, EN) for text in texts(found[key])))
    return found - {ELSEWHERE.strip("{}")}


# What is said is there.


def test_what_looks_like_a_key_is_one() -> None:
    missing = {key: file for key, file in said().items() if key not in VI}
    assert not missing


def test_a_text_is_given_what_it_needs() -> None:
    spoken = [
        (call, key)
        for call in calls()
        if call.name in SPEAKERS
        for key in call.first
        if "." in key or key in VI  # else a word of another kind of call
    ]
    assert spoken
    assert [(call.site, key) for call, key in spoken if key not in VI] == []
    closed = [(call, key, needed(key)) for call, key in spoken if not call.is_open]
    assert [
        (call.site, key, places ^ call.params)
        for call, key, places in closed
        if places - {"n"} != call.params - {"n"}
    ] == []
    assert [
        (call.site, key)
        for call, key, places in closed
        if "n" in places and not VI[key].pluralizable and "n" not in call.params
    ] == []


def test_a_chosen_text_is_given_what_it_needs() -> None:
    """A key that is chosen first and said later fits some call of its file that says a chosen key."""
    for file in trees():
        if "cli" not in file.parts:
            continue
        own = [c for c in calls() if c.file == file and c.name in SPEAKERS]
        direct = {key for c in own for key in c.first}
        direct |= {key for c in calls() if c.file == file and c.name == "reply" for key in second(c)}
        chosen = [c.params for c in own if c.node.args and isinstance(c.node.args[0], ast.Name)]
        for key in literals(file):
            if re.fullmatch(r"reply\.[\w-]+", key) and key not in direct:
                assert needed(key) in chosen, key


def second(call: Call) -> list[str]:
    """Return the constants that the second argument may be."""
    return constants(call.node.args[1]) if len(call.node.args) > 1 else []


def test_a_reply_is_given_what_it_needs() -> None:
    keys = [key for c in calls() if c.name == "reply" for key in second(c)]
    assert keys
    for key in keys:
        assert VI[key].pluralizable, key
        assert needed(key) <= {"n", "labels", "command"}, key


def test_a_note_is_given_what_it_needs() -> None:
    notes = [c for c in calls() if c.name in ("note", "caution", "table_remark") and c.first]
    assert {f"note.{code}" for c in notes for code in c.first} == {k for k in VI if k.startswith("note.")}
    for call in notes:
        for code in call.first:
            assert call.is_open or needed(f"note.{code}") <= call.params, call.site


def test_what_a_text_is_has_its_name() -> None:
    named = [k.value for c in calls() for k in c.node.keywords if k.arg == "what"]
    assert {what for value in named for what in constants(value)} <= keys_of("what")


# What is there is said.


def test_each_entry_is_said_somewhere() -> None:
    made = list(families())
    bases = {key for key in VI if key in said() or any(p.fullmatch(key) for p in made)}
    lonely = {key for key in VI if key not in bases and key.rpartition(".")[0] not in bases}
    assert not lonely


def test_the_words_of_commands_are_those_there_are() -> None:
    found = {key.replace(".", " ") for key in keys_of("cmd")}
    texts_of = {f"{name} {part}" for name in COMMANDS for part in ("more", "example")}
    assert found == set(all_commands()) | texts_of


def parameters() -> list[tuple[str, str]]:
    """Return the key of the help and the name of the value of whatever a command takes."""
    commands = [load(path) for path in COMMANDS]
    params = [p for c in [program(), *commands] for p in c.params if p.name != "help"]
    return [(getattr(p, "help", None) or "", p.metavar or "") for p in params]


def test_the_words_of_options_are_those_there_are() -> None:
    keys = {key for key, _ in parameters()}
    assert keys | {"opt.help"} == {key for key in VI if key.startswith(("opt.", "arg."))}


def test_the_names_of_values_are_those_there_are() -> None:
    names = {name for _, metavar in parameters() for name in re.findall("[A-Z]+", metavar)}
    assert keys_of("meta") == (names | {"COMMAND"}) - {"N"}


def test_the_replies_are_those_there_are() -> None:
    roles = {f"reply.{role}" for role in Role}
    assert {f"reply.{key}" for key in keys_of("reply")} == roles | {
        k for k in said() if k.startswith("reply.")
    }


def test_the_names_of_topics_and_groups_are_those_there_are() -> None:
    assert keys_of("topic") == set(TOPICS)
    assert keys_of("help.group") == set(GROUPS)


def test_the_names_of_recorded_commands_are_those_there_are() -> None:
    writing = {
        path.replace(" ", "-") for path, entry in COMMANDS.items() if entry.kind == "write" or entry.many
    }
    assert keys_of("verb") == writing | {"init"}


# Failures.


def test_the_words_of_failures_are_those_there_are() -> None:
    each = {text for code in CODES for text in (code, f"{code}.hint")}
    assert keys_of("error") == each | {"said", "hinted"}


#: What raises a failure; within `errors.py` with a code that its callers give.
RAISING = ("Failure", "ProblemsFound", "RowsFound", "failing_as", "read_as")


@cache
def raised() -> tuple[Call, ...]:
    """Return every call that raises a failure."""
    return tuple(
        c for c in calls() if c.name in RAISING and c.node.args and (c.first or c.file.name != "errors.py")
    )


def codes(call: Call) -> set[str]:
    """Return the codes a failure may have; one that comes in a variable is some code its file names."""
    found = set(call.first)
    if any(isinstance(n, ast.Name) and n.id == "code" for n in ast.walk(call.node.args[0])):
        direct = {code for c in raised() if c.file == call.file and c is not call for code in c.first}
        found |= (literals(call.file) & CODES.keys()) - direct
    return found


def test_what_is_raised_is_what_there_is() -> None:
    assert set().union(*map(codes, raised())) == CODES.keys()


def test_a_failure_is_given_what_its_words_need() -> None:
    lacking = {
        (call.site, key): needed(key) - call.params
        for call in raised()
        for code in codes(call)
        for key in (f"error.{code}", f"error.{code}.hint")
    }
    assert {where: places for where, places in lacking.items() if places} == {}
