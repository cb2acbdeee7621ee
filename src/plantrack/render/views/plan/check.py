"""What a check of plan files found."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import PurePath

from plantrack.i18n.words import Words
from plantrack.model.problem import Problem, errors_first
from plantrack.model.text import visible
from plantrack.model.views.plan import Checked
from plantrack.render.layout.blocks import Block, Document, Paragraph, StyledText, Verbatim
from plantrack.render.layout.json_object import Object
from plantrack.render.layout.text_width import cell_width

#: As much of a line of a file as is shown around the place of a problem.
_EXCERPT = 64
#: Of the warnings of a kind in a file so many are shown in full; of the others, the lines of so many.
_SHOWN = 2
_LISTED = 12
#: What the words are that come with a problem, where they are not the nearest ones.
_NEAR = {
    **dict.fromkeys(("P009", "P108"), "hint.meant"),
    # As it is typed: without its quotes YAML would read a day as something else.
    **dict.fromkeys(("P201", "P202", "P203"), "hint.meant-quoted"),
    **dict.fromkeys(("P902", "P908"), "hint.successor"),
}


def document(view: Checked, words: Words) -> Document:
    """Word the problems, and how many there are."""
    blocks = problems_document(view.problems, words).blocks
    return Document("", (), (*blocks, Paragraph(_summary(view, words), apart=bool(blocks))))


def problems_document(problems: Iterable[Problem], words: Words) -> Document:
    """Word problems, each with its line and a way out; of many warnings of a kind, a few and where the others are."""
    blocks: list[Block] = []
    for _, own in groupby(problems, lambda problem: problem.file):
        blocks += _of_file(list(own), words)
    return Document("", (), tuple(blocks))


def _of_file(problems: Sequence[Problem], words: Words) -> Iterator[Block]:
    kinds: dict[str, list[Problem]] = {}
    for problem in problems:
        alike = kinds.setdefault(problem.code, [])
        alike.append(problem)
        if problem.severity == "error" or len(alike) <= _SHOWN:
            yield from _problem(problem, words)
    for alike in kinds.values():
        if alike[0].severity == "warning" and len(alike) > _SHOWN:
            yield Paragraph(_others(alike[_SHOWN:], words), apart=True)


def _others(problems: Sequence[Problem], words: Words) -> tuple[StyledText, ...]:
    """Say where the other warnings of a kind are."""
    lines = ", ".join(str(problem.line) for problem in problems[:_LISTED])
    lines += " …" if len(problems) > _LISTED else ""
    return _said_of(problems[0], "", words.plural("check.others", len(problems), lines=lines), words)


def warnings_of_files(problems: Iterable[Problem], words: Words) -> list[str]:
    """Say of each file in one line how many warnings it has, and how to see them."""
    files: dict[str, list[str]] = {}
    for problem in problems:
        files.setdefault(problem.file, []).append(problem.code)
    return [
        words(
            "check.warned",
            file=visible(PurePath(file).name),
            warnings=words.plural("check.warnings", len(codes)),
            codes=", ".join(f"{code}: {codes.count(code)}" for code in sorted(set(codes))),
        )
        for file, codes in files.items()
    ]


def _problem(problem: Problem, words: Words) -> Iterator[Block]:
    message, hint = problem_words(problem, words)
    yield Paragraph(headline(problem, message, words), apart=True)
    if problem.excerpt and problem.line:
        yield Verbatim(excerpt(problem))
    yield Paragraph(words("check.hint", hint=hint))


def headline(problem: Problem, message: str, words: Words) -> tuple[StyledText, ...]:
    """Return the place of a problem, its grade and code, and what is wrong."""
    place = f":{problem.line}:{problem.column}" if problem.line else ""
    return _said_of(problem, place, message, words)


def _said_of(problem: Problem, place: str, message: str, words: Words) -> tuple[StyledText, ...]:
    grave = StyledText(f"{words(f'check.{problem.severity}')}[{problem.code}]", problem.severity)
    return StyledText(f"{visible(problem.file)}{place}: ", "strong"), grave, StyledText(f": {message}")


def excerpt(problem: Problem) -> tuple[str, str]:
    """Return the part of the line around the place, and a caret under it."""
    line, at = _visible_line(problem.excerpt), problem.column - 1
    first = max(0, min(at - _EXCERPT // 2, len(line) - _EXCERPT))
    before = ("…" if first else "") + line[first:at]
    after = line[at : first + _EXCERPT] + ("…" if first + _EXCERPT < len(line) else "")
    return _margin(problem.line) + before + after, _under(before)


def numbered_line(number: int, line: str) -> str:
    """Return a line of a file as excerpts have it."""
    return _margin(number) + _visible_line(line)


def caret_line(line: str, column: int) -> str:
    """Return the caret under a column of a numbered line."""
    return _under(_visible_line(line)[: column - 1])


def _visible_line(line: str) -> str:
    return "".join(c if c.isprintable() else "→" if c == "\t" else "�" for c in line)


def _margin(number: int) -> str:
    return f"{number:>4} │ "


def _under(before: str) -> str:
    return " " * len(_margin(0)[:-2]) + "│ " + " " * cell_width(before) + "^"


def _summary(view: Checked, words: Words) -> str:
    errors = sum(problem.severity == "error" for problem in view.problems)
    warnings = len(view.problems) - errors + view.hidden
    unseen = words.plural("check.warnings", view.hidden)
    hidden = f" ({words('check.hidden', warnings=unseen)})" if view.hidden else ""
    files = words.plural("check.files", len(view.files))
    if not view.problems:
        names = ", ".join(map(visible, view.files)) + hidden
        return words("check.clean", files=files, names=names)
    return words(
        "check.found",
        files=files,
        errors=words.plural("check.errors", errors),
        warnings=words.plural("check.warnings", warnings) + hidden,
        code=errors_first(view.problems)[0].code,
    )


def data(view: Checked, words: Words) -> list[Object]:
    """Return the problems for JSON."""
    return [problem_data(problem, words) for problem in view.problems]


def problem_data(problem: Problem, words: Words) -> Object:
    """Return a problem for JSON, in words."""
    message, hint = problem_words(problem, words)
    return {
        "file": problem.file,
        "line": problem.line,
        "column": problem.column,
        "severity": problem.severity,
        "code": problem.code,
        "message": message,
        "hint": hint,
    }


def problem_words(problem: Problem, words: Words) -> tuple[str, str]:
    """Return the message and the hint of a problem."""
    key = f"problem.{problem.code}"
    hint = words(f"{key}.hint", **problem.params)
    if problem.near:
        near = _NEAR.get(problem.code, "hint.near")
        hint = f"{words(near, near=', '.join(problem.near))} {hint}"
    return words(key, **problem.params), hint
