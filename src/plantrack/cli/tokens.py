"""What was typed, word by word, to see what Typer does not: which words stand behind a text."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import takewhile

from plantrack.cli.commands import Option
from plantrack.errors import Failure
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.names import label_of
from plantrack.model.text import match_key


class Token(NamedTuple):
    """One thing that was typed: an option with its value, or (no `name`) a word that stands by itself."""

    option: Option | None
    #: The option as it was typed.
    name: str
    #: None: an option without a value.
    value: str | None
    #: Whether the value is a word of its own, and not joined to the option (`--note=…`).
    is_apart: bool = True


def without_tones(name: str) -> str:
    """Return the name of an option as the table has it; typed with tones, it is the same one."""
    if name.isascii():
        return name
    dashes = name[: len(name) - len(name.lstrip("-"))]
    return dashes + match_key(name).replace(" ", "-")


def read_tokens(options: Iterable[Option], args: Sequence[str]) -> Iterator[Token]:
    """Read what was typed as Typer does."""
    known = {name: option for option in options for name in option.names}
    rest = iter(args)
    for arg in rest:
        if arg == "--":
            yield from (Token(None, "", word) for word in rest)
        elif len(arg) < 2 or arg[0] != "-":
            yield Token(None, "", arg)
        else:
            yield from _option_tokens(known, arg, rest)


def _option_tokens(known: Mapping[str, Option], arg: str, rest: Iterator[str]) -> Iterator[Token]:
    """Read an argument of one option, or of several with one letter each; `-area` is no `-a rea`."""
    name, joined, value = arg.partition("=")
    plain = without_tones(name)
    if plain not in known and f"-{plain}" in known:
        raise Failure("unknown-option", option=name, near=(f"-{plain}",))
    if plain in known or arg.startswith("--"):
        yield _option_token(known.get(plain), name, value if joined else None, rest)
        return
    for at, letter in enumerate(arg[1:], 2):
        option = known.get(f"-{letter}")
        token = _option_token(option, f"-{letter}", arg[at:] or None, rest)
        yield token
        if option is None or token.value is not None:
            return


def _option_token(option: Option | None, name: str, joined: str | None, rest: Iterator[str]) -> Token:
    if option is None or option.is_flag:
        return Token(option, name, None)
    return Token(option, name, next(rest, None) if joined is None else joined, joined is None)


def refuse_swallowed(options: Iterable[Option], typed: Iterable[Token]) -> None:
    """Refuse `--note --unblocked`: the value of an option that is itself an option of the command."""
    known = {name for option in options for name in option.names}
    for token in typed:
        if token.option and token.value and token.is_apart and _name_of(token.value) in known:
            raise Failure("option-swallowed", option=token.name, value=token.value)


def _name_of(arg: str) -> str:
    """Return the name of the option that an argument may be."""
    return without_tones(arg.partition("=")[0]) if arg.startswith("-") else ""


def name_as_typed(failure: Failure, typed: Iterable[Token]) -> None:
    """Let a failure name each option as it was typed last: in Vietnamese, or by its letter."""
    names: dict[object, str] = {token.option.long: token.name for token in typed if token.option}
    for key in ("option", "other"):
        if failure.params.get(key) in names:
            failure.params[key] = names[failure.params[key]]


def refuse_repeated(typed: Iterable[Token]) -> None:
    """Refuse a text that is given twice where there is room for one: the first would be lost."""
    given: set[str] = set()
    for token in typed:
        option = token.option
        if option is None or not option.takes_text or option.is_list or option.is_shared:
            continue
        if option.name in given:
            raise Failure("text-twice", option=token.name)
        given.add(option.name)


def torn_texts(typed: Sequence[Token]) -> dict[str, Failure]:
    """Refuse words on both sides of a text (`3 -r da 10`): those behind it were perhaps meant as its end.

    Gives, for words behind other values (`3 --due cuối tháng`), what to say should one turn out to be no task, or the
    value before a word that is none to be nothing.
    """
    behind: dict[str, Failure] = {}
    text = value = None
    has_before = False
    for at, token in enumerate(typed):
        if token.option is not None:
            text = at if token.option.takes_text or token.option.takes_tasks else text
            value = at if token.option.takes_words else value
        elif token.name:
            continue
        elif text is not None and has_before:
            raise _torn(typed, at - 1 if value == at - 1 else text, at)
        elif value is not None:
            failure = _torn(typed, value, at)
            behind.setdefault(token.value or "", failure)
            if at == value + 1 and has_before and label_of(token.value or "") is None:
                behind.setdefault(typed[value].value or "", failure)
        else:
            has_before = True
    return behind


def _torn(typed: Sequence[Token], text: int, at: int) -> Failure:
    """Say which words stand behind a value, and how it is written with those that follow at once."""
    words, follow = (
        [t.value or "" for t in takewhile(lambda t: not t.name, typed[i:])] for i in (at, text + 1)
    )
    name, value = typed[text].name, typed[text].value or ""
    return Failure("text-torn", option=name, words=" ".join(words), whole=" ".join([value, *follow]))
