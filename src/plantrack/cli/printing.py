"""How a command's view goes out: as a document in a form, or as JSON, to stdout or to a file."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from plantrack.cli.session import Session
from plantrack.errors import Failure
from plantrack.i18n.words import Words
from plantrack.model.text import visible
from plantrack.model.views.heading import Heading
from plantrack.render.blocks import Document


def show(
    session: Session,
    heading: Heading | None,
    document: Callable[[Words], Document],
    data: Callable[[Words], Any],
    *,
    period: str = "",
) -> None:
    """Print a view in the form that was asked for."""
    words = session.words
    form = session.format
    if form == "json":
        from plantrack.render.jsonout import dumps, envelope

        text = dumps(envelope(session.command, data(words), heading=heading))
    else:
        from plantrack.render.forms import render

        wide = 80 if session.options.get("output") else session.width
        text = render(document(words), form, words, width=wide, colour=session.colour)
    deliver(session, text, period=period)
    if heading is not None:
        _say_newer(session)


def _say_newer(session: Session) -> None:
    """Say on a terminal that the plan's file is newer than what was applied; a program would not read it."""
    if not sys.stderr.isatty() or session.writes:
        return
    from plantrack.services.plan.newer import newer_file

    if newer := newer_file(session.desk(), session.workspace().root):
        session.say("reply.plan-newer", file=visible(newer))


def deliver(session: Session, text: str, *, period: str = "") -> None:
    """Put a text into the file that was named, whole, else on stdout."""
    output = session.options.get("output")
    if output is None:
        session.put(text)
        return
    from plantrack.planfile.write import write_whole

    if "{period}" in output and not period:
        raise Failure("no-period", file=output)
    path = session.here / Path(output.replace("{period}", period))
    write_whole(path, text.encode("utf-8"))
    session.say("reply.file-written", file=str(path))
