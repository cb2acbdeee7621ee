"""Where the cursor stands in a command line that is not finished: what may be typed there, and what came before it."""

from collections.abc import Sequence

from plantrack.cli.commands import COMMANDS, EVERYWHERE, Argument, Option, names_under
from plantrack.cli.completion.params import tabled_params
from plantrack.cli.tokens import Token, read_tokens, without_tones
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.typed.vietnamese_names import name_meant


class TypedLine(NamedTuple):
    """A command line up to the cursor."""

    #: The command, or the group whose command comes next.
    path: str
    #: What the command takes, and what was typed before the cursor.
    arguments: Sequence[Argument]
    options: Sequence[Option]
    tokens: Sequence[Token]
    #: What the word at the cursor is: the value of an option or of an argument, else the name of an option (`-`), or of
    #: a command (empty); None: nothing that is known.
    slot: Option | Argument | str | None
    #: What of that word stays as it is (`--lead=`), and what is completed.
    head: str
    typed: str

    @property
    def words(self) -> list[str]:
        """Return the words that stand by themselves before the cursor."""
        return [token.value or "" for token in self.tokens if not token.name]

    def given(self, name: str) -> str | None:
        """Return the value of an option that was given before the cursor."""
        values = [t.value for t in self.tokens if t.option and t.option.name == name]
        return values[-1] if values else None


def read_line(words: Sequence[str], current: str) -> TypedLine | None:
    """Read the words before the cursor, and the one at it; none where they begin no command.

    Fails as the reading of a whole line does.
    """
    found = _command(words)
    if found is None:
        return None
    path, rest = found
    arguments, options = tabled_params(path)
    tokens = list(read_tokens(options, rest))
    line = TypedLine(path, arguments, options, tokens, None, "", current)
    last = tokens[-1] if tokens else None
    if last and last.option and not last.option.is_flag and last.value is None:
        return line._replace(slot=last.option)
    if current.startswith("-") and "--" not in rest:
        return _at_option(line)
    if path not in COMMANDS:
        return line._replace(slot="")
    at = min(len(line.words), len(arguments) - 1)
    is_one = 0 <= at and (at == len(line.words) or arguments[at].is_list)
    return line._replace(slot=arguments[at] if is_one else None)


def _command(words: Sequence[str]) -> tuple[str, list[str]] | None:
    """Return the command or the group that words lead to, and the other words."""
    path, others, is_value = "", list[str](), False
    known = {name: option for option in EVERYWHERE for name in option.names}
    for at, word in enumerate(words):
        if is_value or word.startswith("-"):
            others.append(word)
            option = None if is_value else known.get(without_tones(word))
            is_value = option is not None and not option.is_flag
            continue
        name = name_meant(word, names_under(path))
        if name is None:
            return None
        path = f"{path} {name}".strip()
        if path in COMMANDS:
            return path, [*others, *words[at + 1 :]]
    return path, others


def _at_option(line: TypedLine) -> TypedLine:
    """Read an option at the cursor: its name, or its value behind `=` or behind its letter."""
    known = {name: option for option in line.options for name in option.names if not option.is_flag}
    name, joined, _ = line.typed.partition("=")
    head = f"{name}=" if joined else line.typed[:2]
    option = known.get(without_tones(name)) if joined else known.get(head) if line.typed[2:] else None
    if option:
        return line._replace(slot=option, head=head, typed=line.typed[len(head) :])
    return line._replace(slot="-")
