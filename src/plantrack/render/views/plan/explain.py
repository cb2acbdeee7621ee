"""A code of problems explained: the wrong lines with a caret, what is said of them, the right lines."""

from collections.abc import Iterator, Sequence

from plantrack.i18n.failure import explained
from plantrack.i18n.words import Words
from plantrack.model.problem import Problem
from plantrack.model.views.plan import Lesson, Snippet
from plantrack.render.layout.blocks import Block, Document, Paragraph, Verbatim
from plantrack.render.views.plan.check import caret_line, excerpt, headline, numbered_line, problem_words

#: Stands for lines left out; where there are no more than the marks around them, none were.
_GAP = "   ⋮"
_MARKS = 3


def document(lesson: Lesson, words: Words) -> Document:
    """Word a lesson."""
    said, hint = explained(words, f"problem.{lesson.code}").split("\n", 1)
    blocks = [Paragraph(words(f"lesson.{lesson.severity}", code=lesson.code, said=said))]
    shown = _shown(lesson, words) if lesson.wrong else (Paragraph(hint), Paragraph(words("lesson.none")))
    return Document("", (), (*blocks, *shown))


def _shown(lesson: Lesson, words: Words) -> Iterator[Block]:
    yield Paragraph(words(f"lesson.wrong.{lesson.severity}"), apart=True)
    yield from (_annotated(snippet, lesson.problems, many=len(lesson.wrong) > 1) for snippet in lesson.wrong)
    yield from _said(lesson, words)
    yield Paragraph(words(f"lesson.right.{lesson.severity}"), apart=True)
    yield from (_annotated(snippet, (), many=len(lesson.right) > 1) for snippet in lesson.right)


def _annotated(snippet: Snippet, problems: Sequence[Problem], *, many: bool) -> Verbatim:
    """Return lines of a file, with a caret below for each problem in one."""
    lines = [f"{snippet.file}:"] if many else []
    before = snippet.lines[0][0]
    for number, line in snippet.lines:
        lines += [_GAP] if number > before + _MARKS else []
        lines.append(numbered_line(number, line))
        here = [p for p in problems if (p.file, p.line) == (snippet.file, number)]
        lines += [caret_line(line, problem.column) for problem in here]
        before = number
    return Verbatim(tuple(lines))


def _said(lesson: Lesson, words: Words) -> Iterator[Block]:
    """Say what the check says of the first problem; others of the same code are alike."""
    problem = lesson.problems[0]
    message, hint = problem_words(problem, words)
    yield Paragraph(headline(problem, message, words), apart=True)
    if problem.excerpt and problem.file not in [snippet.file for snippet in lesson.wrong]:
        yield Verbatim(excerpt(problem))
    yield Paragraph(words("check.hint", hint=hint))
