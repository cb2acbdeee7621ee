"""How a failure is told: a sentence and what to do next, on stderr; in JSON too, where that was asked for."""

from plantrack.cli.session import Session
from plantrack.deliver import streams
from plantrack.errors import Failure
from plantrack.i18n.failure import sentence
from plantrack.model.problem import ProblemsFound
from plantrack.model.text import visible


def report(session: Session, failure: Failure) -> None:
    """Tell a failure on stderr, and print the envelope of it."""
    words = session.words
    message, hint = sentence(words, failure)
    problems = failure.problems if isinstance(failure, ProblemsFound) else ()
    if session.wants_json:
        from plantrack.render import jsonout, plan

        error = {"code": failure.code, "message": message, "hint": hint, "exit_code": int(failure.exit_code)}
        shown = [plan.problem_data(p, words) for p in problems]
        session.put(jsonout.failed(session.command, error, shown))
    elif problems:
        from plantrack.render import plan
        from plantrack.render.forms import render

        streams.say(render(plan.problems_document(problems, words), "plain", words, width=80, colour=False).rstrip("\n"))
    lines = [words("error.said", code=failure.code, message=message), *_caret(failure), words("error.hinted", hint=hint)]
    streams.say("\n".join(lines))


def _caret(failure: Failure) -> list[str]:
    """Point at the place in what was typed."""
    excerpt, column = failure.params.get("excerpt"), failure.params.get("column")
    if not isinstance(excerpt, str) or not isinstance(column, int):
        return []
    return ["  " + visible(excerpt), "  " + " " * (column - 1) + "^"]
