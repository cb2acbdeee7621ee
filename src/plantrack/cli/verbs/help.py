"""`plantrack help`: the manual, offline."""

from collections.abc import Iterator
from os import path
from pathlib import Path
from typing import Annotated, NoReturn

from typer import Argument, Context

from plantrack import help as manual
from plantrack.cli.commands import COMMANDS, path_meant
from plantrack.cli.help_text import TOPICS, all_commands, wrapped
from plantrack.cli.session import Session
from plantrack.cli.synonyms import SYNONYMS
from plantrack.cli.typer_adapter import group_help_of, help_of
from plantrack.errors import CODES, Failure
from plantrack.i18n.failure import explained
from plantrack.i18n.words import Words
from plantrack.model.text import match_key, nearest
from plantrack.render.layout.blocks import Block, Paragraph, Verbatim, text_of


def show_help(
    ctx: Context, words: Annotated[list[str] | None, Argument(metavar="[WORD...]", help="arg.word")] = None
) -> None:
    """Explain a command, a topic or a code."""
    session: Session = ctx.obj
    language = session.words
    if not words:
        session.put(group_help_of(language, "") + "\n")
        return
    session.put(_explained(language, " ".join(words)).rstrip("\n") + "\n")


def _explained(words: Words, asked: str) -> str:
    """Find what a word means: commands first, then pages, then codes."""
    name = " ".join(asked.lower().split())
    if path := path_meant(name.split()):
        return _command(words, path)
    topic = name.replace(" ", "-")
    if topic in TOPICS:
        return _page(words, topic)
    if topic in CODES:
        return _code(words, topic)
    return _problem(words, asked.strip().upper()) or _unknown(asked)


def _command(words: Words, path: str) -> str:
    """Explain a command, with the page that has its name, or a group of commands."""
    if path not in COMMANDS:
        return group_help_of(words, path)
    told = help_of(words, path)
    return f"{told}\n\n{page(words.language, path)}" if path in TOPICS else told


def _page(words: Words, topic: str) -> str:
    text = page(words.language, topic)
    return f"{text}\n{_codes_by_exit(words)}" if topic == "exit-codes" else text


def page(language: str, topic: str) -> str:
    """Return a page of the manual as it is written, but for its pictures: a terminal shows none."""
    folder = path.dirname(manual.__file__ or "")
    with open(path.join(folder, language, f"{topic}.md"), encoding="utf-8") as file:
        return "".join(line for line in file if not line.startswith("!["))


def _codes_by_exit(words: Words) -> str:
    used = sorted(set(CODES.values()))
    lists = {n: ", ".join(code for code in sorted(CODES) if CODES[code] == n) for n in used}
    lines = [wrapped(f"- {int(n)}: {codes}", hanging=2) for n, codes in lists.items()]
    return "\n".join([f"## {words('help.codes')}", "", *lines])


def _code(words: Words, code: str) -> str:
    told = explained(words, f"error.{code}")
    return f"{told}\n\n{words('help.code', code=code, exit_code=int(CODES[code]))}"


def _problem(words: Words, code: str) -> str:
    """Explain a code of problems with a wrong and a right example."""
    if not words.has(f"problem.{code}"):
        return ""
    from plantrack.render.views.plan.explain import document
    from plantrack.services.verbs.plan.explain import explain

    lesson = explain(code, Path(path.dirname(manual.__file__ or "")) / "problems")
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
