"""How a failure is told: a sentence and what to do next, on stderr; in JSON too, where that was asked for."""

import sys
from collections.abc import Sequence

from plantrack.cli.session import Session
from plantrack.deliver import streams
from plantrack.errors import Failure
from plantrack.i18n.failure import sentence
from plantrack.i18n.words import Words
from plantrack.model.problem import Problem, ProblemsFound
from plantrack.model.text import visible
from plantrack.model.views.form import BadCell, BadCells
from plantrack.render.layout.json_object import Object


def tell_failure(session: Session, failure: Failure) -> None:
    """Tell a failure on stderr, and print the envelope of it."""
    words = session.words_for_failing
    problems = failure.problems if isinstance(failure, ProblemsFound) else ()
    cells = failure.cells if isinstance(failure, BadCells) else ()
    message, hint = sentence(words, failure)
    if session.wants_json:
        _print_envelope(
            session,
            failure,
            message,
            hint,
            [*_problem_objects(problems, words), *_cell_objects(cells, failure, words)],
        )
    elif problems:
        streams.write_stderr(_listed(session, problems, words))
    elif cells:
        streams.write_stderr(told_cells(session, cells))
    said = session.laid_out(words("error.said", code=failure.code, message=message))
    hinted = session.laid_out(words("error.hinted", hint=hint))
    streams.write_stderr("\n".join([said, *_caret(failure), hinted]))


def _print_envelope(
    session: Session, failure: Failure, message: str, hint: str, problems: Sequence[Object]
) -> None:
    from plantrack.render.formats.json import dumps, envelope

    error = {"code": failure.code, "message": message, "hint": hint, "exit_code": int(failure.exit_code)}
    session.put(dumps(envelope(session.command, problems=problems, error=error)))


def _problem_objects(problems: Sequence[Problem], words: Words) -> list[Object]:
    if not problems:
        return []
    from plantrack.render.views.plan.check import problem_data

    return [problem_data(problem, words) for problem in problems]


def _cell_objects(cells: Sequence[BadCell], failure: Failure, words: Words) -> list[Object]:
    if not cells:
        return []
    from plantrack.render.views.exchange.form import bad_cell_object

    return [bad_cell_object(cell, str(failure.params["file"]), words) for cell in cells]


def told_cells(session: Session, cells: Sequence[BadCell]) -> str:
    """Say which cells of a form cannot be recorded, line by line."""
    from plantrack.render.views.exchange.form import bad_cell

    return "\n".join(session.laid_out(bad_cell(cell, session.words_for_failing)) for cell in cells)


def _listed(session: Session, problems: tuple[Problem, ...], words: Words) -> str:
    """Write the problems for the terminal that they go to, or for a pipe."""
    from plantrack.render.formats import render
    from plantrack.render.views.plan.check import problems_document

    form = "table" if streams.is_terminal(sys.stderr) else "plain"
    document = problems_document(problems, words)
    return render(document, form, words, width=session.talk_width, colour=False).rstrip("\n")


def _caret(failure: Failure) -> list[str]:
    """Point at the place in what was typed."""
    excerpt, column = failure.params.get("excerpt"), failure.params.get("column")
    if not isinstance(excerpt, str) or not isinstance(column, int):
        return []
    return ["  " + visible(excerpt), "  " + " " * (column - 1) + "^"]
