"""What a check of plan files found."""

from collections.abc import Iterable, Iterator

from plantrack.i18n.words import Words
from plantrack.model.problem import Problem
from plantrack.model.text import visible
from plantrack.model.views.plan import Checked
from plantrack.render.blocks import Block, Document, Paragraph, Span, Verbatim, text_of
from plantrack.render.cells import cell_width
from plantrack.render.objects import Object

#: As much of a line of a file as is shown around the place of a problem.
_EXCERPT = 64


def document(view: Checked, words: Words) -> Document:
    """Word the problems, and how many there are."""
    blocks = problems_document(view.problems, words).blocks
    return Document("", (), (*blocks, Paragraph(_summary(view, words), apart=bool(blocks))))


def problems_document(problems: Iterable[Problem], words: Words) -> Document:
    """Word problems, each with its line and a way out."""
    return Document("", (), tuple(block for problem in problems for block in _problem(problem, words)))


def problem_line(problem: Problem, words: Words) -> str:
    """Word a problem in a line: its place, its code, what is wrong."""
    return text_of(_headline(problem, problem_words(problem, words)[0]))


def _problem(problem: Problem, words: Words) -> Iterator[Block]:
    message, hint = problem_words(problem, words)
    yield Paragraph(_headline(problem, message), apart=True)
    if problem.excerpt and problem.line:
        yield Verbatim(_excerpt(problem))
    yield Paragraph(words("check.hint", hint=hint))


def _headline(problem: Problem, message: str) -> tuple[Span, ...]:
    place = visible(problem.file)
    if problem.line:
        place += f":{problem.line}:{problem.column}"
    grave = Span(f"{problem.severity}[{problem.code}]", problem.severity)
    return Span(f"{place}: ", "strong"), grave, Span(f": {message}")


def _excerpt(problem: Problem) -> tuple[str, str]:
    """Give the part of the line around the place, and a caret under it."""
    line = "".join(c if c.isprintable() else " " if c == "\t" else "�" for c in problem.excerpt)
    at = problem.column - 1
    first = max(0, min(at - _EXCERPT // 2, len(line) - _EXCERPT))
    before = ("…" if first else "") + line[first:at]
    after = line[at : first + _EXCERPT] + ("…" if first + _EXCERPT < len(line) else "")
    margin = f"{problem.line:>4} │ "
    return margin + before + after, " " * (len(margin) - 2) + "│ " + " " * cell_width(before) + "^"


def _summary(view: Checked, words: Words) -> str:
    errors = sum(problem.severity == "error" for problem in view.problems)
    warnings = len(view.problems) - errors
    files = words.plural("check.files", len(view.files))
    if not view.problems:
        return words("check.clean", files=files, names=", ".join(map(visible, view.files)))
    return words(
        "check.found",
        files=files,
        errors=words.plural("check.errors", errors),
        warnings=words.plural("check.warnings", warnings),
    )


def data(view: Checked, words: Words) -> list[Object]:
    """Give the problems for JSON."""
    return [problem_data(problem, words) for problem in view.problems]


def problem_data(problem: Problem, words: Words) -> Object:
    """Give a problem for JSON, in words."""
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
    """Give the message and the hint of a problem."""
    key = f"problem.{problem.code}"
    hint = words(f"{key}.hint", **problem.params)
    if problem.near:
        hint = f"{words('hint.near', near=', '.join(problem.near))} {hint}"
    return words(key, **problem.params), hint
