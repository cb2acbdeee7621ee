"""How a failure is told: a sentence and what to do next, on stderr; in JSON too, where that was asked for."""

import sys
from typing import Any

from plantrack.cli.session import Session
from plantrack.deliver import streams
from plantrack.errors import Failure
from plantrack.i18n.failure import sentence
from plantrack.i18n.words import Words
from plantrack.model.problem import ProblemsFound, RowsFound
from plantrack.model.text import visible


def tell_failure(session: Session, failure: Failure) -> None:
    """Tell a failure on stderr, and print the envelope of it."""
    words = session.words_for_failing
    message, hint = sentence(words, failure, at_site=bool(session.site))
    if session.wants_json:
        _print_envelope(session, failure, message, hint)
    elif listed := listed_problems(session, failure):
        streams.write_stderr(listed)
    said = session.laid_out(words("error.said", code=failure.code, message=message))
    hinted = session.laid_out(words("error.hinted", hint=hint))
    streams.write_stderr("\n".join([said, *_caret(failure), hinted]))


def _print_envelope(session: Session, failure: Failure, message: str, hint: str) -> None:
    from plantrack.render.formats.json import dumps, envelope

    error = {"code": failure.code, "message": message, "hint": hint, "exit_code": int(failure.exit_code)}
    problems = _problems_data(failure, session.words_for_failing)
    session.put(dumps(envelope(session.command, problems=problems, error=error), session.words_for_failing))


def _problems_data(failure: Failure, words: Words) -> list[Any]:
    """Return the problems that a failure names, for JSON."""
    if isinstance(failure, ProblemsFound):
        from plantrack.render.views.plan.check import problem_data

        return [problem_data(problem, words) for problem in failure.problems]
    if isinstance(failure, RowsFound):
        from plantrack.render.views.exchange.import_table import problems_data

        return problems_data(failure.problems, words)
    return []


def listed_problems(session: Session, failure: Failure) -> str:
    """Write the problems that a failure names for the terminal that they go to, or for a pipe."""
    words, is_screen = session.words_for_failing, streams.is_terminal(sys.stderr)
    if isinstance(failure, ProblemsFound) and failure.problems:
        from plantrack.render.views.plan.check import problems_document

        document = problems_document(failure.problems, words)
    elif isinstance(failure, RowsFound):
        from plantrack.render.views.exchange.import_table import row_problems_document

        document = row_problems_document(failure.problems, words)
    else:
        return ""
    from plantrack.render.formats import render

    form = "table" if is_screen else "plain"
    return render(document, form, words, width=session.talk_width, colour=False).rstrip("\n")


def _caret(failure: Failure) -> list[str]:
    """Point at the place in what was typed."""
    excerpt, column = failure.params.get("excerpt"), failure.params.get("column")
    if not isinstance(excerpt, str) or not isinstance(column, int):
        return []
    return ["  " + visible(excerpt), "  " + " " * (column - 1) + "^"]
