"""`plantrack help`: the manual, offline."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Final, NoReturn

from typer import Argument, Context

from plantrack.cli.commands import COMMANDS, path_meant
from plantrack.cli.help_text import MANUAL, TOPICS, all_commands, everything, group_help, page, wrapped
from plantrack.cli.session import Session
from plantrack.cli.synonyms import SYNONYMS
from plantrack.cli.typer_adapter import help_of
from plantrack.errors import CODES, Failure
from plantrack.i18n.failure import explained
from plantrack.i18n.words import Words
from plantrack.model.text import match_key, nearest
from plantrack.render.layout.blocks import Block, Paragraph, Verbatim, text_of

#: What else people ask for of the pages on several offices, as `match_key` has it.
_PAGES: Final = {
    **dict.fromkeys(
        (
            *("server", "servers", "postgres", "postgresql", "roles", "many offices"),
            *("may chu", "nhieu co quan", "vai tro", "phan quyen"),
        ),
        "many-offices",
    ),
    **dict.fromkeys(
        ("site", "sites", "hub", "bundles", "diem", "dau moi", "ngoai tuyen", "khong co mang"), "offline"
    ),
}


def show_help(
    ctx: Context, words: Annotated[list[str] | None, Argument(metavar="[WORD...]", help="arg.word")] = None
) -> None:
    """Explain a command, a topic or a code."""
    session: Session = ctx.obj
    language = session.words
    if not words:
        session.put(group_help(language, "") + "\n")
        return
    session.put(_explained(language, " ".join(words)).rstrip("\n") + "\n")


def _explained(words: Words, asked: str) -> str:
    """Find what a word means: commands first, then pages, then codes."""
    name = " ".join(asked.lower().split())
    if path := path_meant(name.split()):
        return _command(words, path)
    topic = _PAGES.get(match_key(asked), name.replace(" ", "-"))
    if topic in TOPICS:
        return _page(words, topic)
    if topic in CODES:
        return _code(words, topic)
    return _problem(words, asked.strip().upper()) or _unknown(asked)


def _command(words: Words, path: str) -> str:
    """Explain a command or a group of commands, with the page that has its name or that of its group."""
    told = help_of(words, path) if path in COMMANDS else group_help(words, path)
    topic = path.partition(" ")[0]
    return f"{told.rstrip()}\n\n{page(words.language, topic)}" if topic in TOPICS else told


def _page(words: Words, topic: str) -> str:
    text, made = page(words.language, topic), _MADE.get(topic)
    return f"{text}\n{made(words)}" if made else text


def _codes_by_exit(words: Words) -> str:
    used = sorted(set(CODES.values()))
    lists = {n: ", ".join(code for code in sorted(CODES) if CODES[code] == n) for n in used}
    lines = [_item(f"- {int(n)}: {codes}") for n, codes in lists.items()]
    return "\n".join([f"## {words('help.codes')}", "", *lines])


def _objects(words: Words) -> str:
    """Return the objects of JSON, each with its keys and their types."""
    from plantrack.render.views.schema import CHOICES, DATA, ENVELOPE, OBJECTS, keys

    chosen = [f"- {name}: {', '.join(values)}" for name, values in CHOICES.items()]
    commands = [f"    {command:<20}{kind}" for command, kind in DATA.items()]
    parts = [f"## {words('help.json.data')}", "\n".join(commands)]
    for name, declared in {words("help.json.envelope"): ENVELOPE, **OBJECTS}.items():
        lines = [f"    {key + ('' if there else '?'):<24}{kind}" for key, there, kind in keys(declared)]
        parts += [f"## {name}", "\n".join(lines)]
    return "\n\n".join([*parts, f"## {words('help.json.choices')}", "\n".join(map(_item, chosen))])


def _item(line: str) -> str:
    return wrapped(line, hanging=2)


#: What is made of the program itself, by the page that ends in it.
_MADE: Final = {"commands": everything, "exit-codes": _codes_by_exit, "json": _objects}


def _code(words: Words, code: str) -> str:
    told = explained(words, f"error.{code}")
    return f"{told}\n\n{words('help.code', code=code, exit_code=int(CODES[code]))}"


def _problem(words: Words, code: str) -> str:
    """Explain a code of problems with a wrong and a right example."""
    if not words.has(f"problem.{code}"):
        return ""
    from plantrack.render.views.plan.explain import document
    from plantrack.services.verbs.plan.explain import explain

    lesson = explain(code, Path(MANUAL) / "problems")
    lines = [line for block in document(lesson, words).blocks for line in _laid_out(block)]
    return "\n".join([*lines, "", wrapped(words("help.problem", code=code))])


def _laid_out(block: Block) -> Iterator[str]:
    """Yield the lines of a part of an explanation: texts are broken, what is shown is not."""
    if isinstance(block, Paragraph):
        yield from ("", wrapped(text_of(block.said))) if block.apart else (wrapped(text_of(block.said)),)
    elif isinstance(block, Verbatim):
        yield from (line.rstrip() for line in block.lines)


def _unknown(asked: str) -> NoReturn:
    known = SYNONYMS.get(match_key(asked))
    near = (known,) if known else nearest(asked, [*all_commands(), *TOPICS, *CODES])
    raise Failure("unknown-topic", topic=asked, near=near)
