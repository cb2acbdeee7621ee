"""How a command's view goes out: as a document in a form, or as JSON, to stdout or to a file."""

import sys
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from plantrack.cli.session import Session
from plantrack.deliver import streams
from plantrack.deliver.spool import spooled
from plantrack.errors import Failure, failing_as
from plantrack.i18n.words import Words
from plantrack.model.views.header import ViewHeader
from plantrack.render.layout.blocks import Document

if TYPE_CHECKING:
    from plantrack.render.layout.calendar import Calendar
    from plantrack.render.layout.workbook import Book

    class _View(Protocol):
        @property
        def heading(self) -> ViewHeader: ...

    _V = TypeVar("_V", bound=_View)

#: How many links are named.
_SHOWN = 5


def output_view(
    session: Session,
    heading: ViewHeader | None,
    document: Callable[[Words], Document],
    data: Callable[[Words], Any],
    *,
    book: "Callable[[Words], Book] | None" = None,
    calendar: "Callable[[Words], Calendar] | None" = None,
    period: str = "",
    plan: str | None = None,
    problems: Callable[[Words], Sequence[Any]] | None = None,
    total: int | None = None,
    truncated: bool | None = None,
    newest_last: bool = False,
) -> None:
    """Print a view in the form that was asked for; a command that offers CSV or a calendar gives `book`, `calendar`.

    `truncated`, `total`: whether the view has only the first rows, and how many there are; see `envelope`.
    `newest_last`: on a screen it is read from its end.
    """
    words = session.words
    if session.format == "json":
        from plantrack.render.formats.json import envelope, pieces

        told = envelope(
            session.command,
            data(words),
            heading=heading,
            plan=plan,
            total=total,
            truncated=truncated,
            problems=(*(problems(words) if problems else ()), *_warnings(session, heading, words)),
        )
        written: Iterable[bytes] = (piece.encode("utf-8") for piece in pieces(told, words))
    else:
        written = _as_document(session, document, book, calendar)
    deliver(session, written, period=period, at_end=newest_last and session.on_screen)
    if heading is not None:
        say_what_helps(session, heading)


def document_words(session: Session) -> Words:
    """Return the words of a document, which others read unless it is for whoever types."""
    output = session.options.get("output")
    is_file = output and not streams.leads_to_stdout(session.here / output)
    is_read_here = session.format in ("table", "plain") and not is_file
    return session.words if is_read_here else session.words.for_others


def _as_document(
    session: Session,
    document: Callable[[Words], Document],
    book: "Callable[[Words], Book] | None",
    calendar: "Callable[[Words], Calendar] | None",
) -> Iterable[bytes]:
    """Return a view's bytes in a form that is laid out: every one but JSON."""
    from plantrack.render.formats import BINARY, BOOKS, CALENDARS

    form, words = session.format, document_words(session)
    content = (book if form in BOOKS else calendar if form in CALENDARS else document) or document
    _refuse_terminal(session, form, BINARY)
    return _laid_out(session, content(words))


def _laid_out(session: Session, made: "Document | Book | Calendar") -> Iterable[bytes]:
    from plantrack.render.formats import pieces_of

    form, words = session.format, document_words(session)
    if session.on_screen and isinstance(made, Document):
        from plantrack.render.layout.documents import for_screen

        made = for_screen(made, words)
    wide = 80 if session.options.get("output") else session.width
    return pieces_of(made, form, words, width=wide, colour=session.colour)


def output_book(session: Session, heading: ViewHeader, book: "Callable[[Words], Book]") -> None:
    """Print the sheets of a view that has no other form."""
    from plantrack.render.formats import BINARY

    _refuse_terminal(session, session.format, BINARY)
    deliver(session, _laid_out(session, book(document_words(session))))
    say_what_helps(session, heading)


def show_view(
    session: Session,
    view: "_V",
    document: "Callable[[_V, Words], Document]",
    data: "Callable[[_V, Words], Any]",
    book: "Callable[[_V, Words], Book] | None" = None,
) -> None:
    """Print a view by the functions that word it."""
    sheets = book and partial(book, view)
    output_view(session, view.heading, partial(document, view), partial(data, view), book=sheets)


def show_in_template(
    session: Session,
    heading: ViewHeader,
    document: Document,
    template: str,
    fields: dict[str, str],
    period: str,
) -> None:
    """Print a document in Word into a template of the reader's own; only Word has them."""
    from plantrack.render.formats import BINARY, make_ready

    if session.format != "docx":
        raise Failure("template-format", format=session.format)
    _refuse_terminal(session, session.format, BINARY)
    with failing_as("template-missing", file=template):
        data = (session.here / template).read_bytes()
    make_ready("docx")
    from plantrack.render.formats.docx.template import links_of, render_into
    from plantrack.render.layout.hidden_names import with_hidden_names

    shown = with_hidden_names(document, document_words(session))
    deliver(session, render_into(shown, data, template, fields), period=period)
    if links := links_of(data):
        session.say("reply.template-links", file=template, links=_some(links))
    say_what_helps(session, heading)


def _some(places: Sequence[str]) -> str:
    """Return the first of many."""
    more = [f"… (+{len(places) - _SHOWN})"] if len(places) > _SHOWN else []
    return ", ".join([*places[:_SHOWN], *more])


def _refuse_terminal(session: Session, form: str, binary: Sequence[str]) -> None:
    """Refuse to print on a terminal what is no text."""
    if form in binary and not session.options.get("output") and streams.is_terminal(sys.stdout):
        raise Failure("binary-on-terminal", format=form)


def _warnings(session: Session, heading: ViewHeader | None, words: Words) -> list[Any]:
    """Return what a reader of JSON is warned of."""
    found = list[Any]()
    if place := session.elsewhere:
        from plantrack.render.layout.elsewhere import elsewhere_problem

        found.append(elsewhere_problem(place, words))
    if heading is not None and heading.unfinished:
        from plantrack.render.layout import unfinished

        found += unfinished.problems(heading, words)
    return found


def say_what_helps(session: Session, heading: ViewHeader) -> None:
    """Say on stderr which commands help with what a report says: documents have none."""
    if heading.unfinished:
        from plantrack.render.layout import unfinished

        for line in unfinished.commands(heading, session.words):
            session.tell(line)
    _say_newer(session)


def _say_newer(session: Session) -> None:
    """Say on a terminal that the plan's file is newer than what was applied; a program would not read it."""
    if not streams.is_terminal(sys.stderr) or session.writes:
        return
    from plantrack.services.plan_files import newer_file

    if not session.site and (newer := newer_file(session.context(), session.workspace().root)):
        session.say("reply.plan-newer", file=newer)


def deliver(
    session: Session,
    written: str | Iterable[bytes],
    *,
    period: str = "",
    at_end: bool = False,
    to_end: bool = False,
) -> None:
    """Put a text, or the pieces of what is written, into the file that was named, whole, else on stdout.

    `to_end`: a reader who goes away before its end has not got it.
    """
    output = session.options.get("output")
    if output is None:
        _put_whole(session, written, at_end=at_end, to_end=to_end)
        return
    from plantrack.deliver.files import write_whole

    if "{period}" in output and not period:
        raise Failure("no-period", file=output)
    named = output.replace("{period}", period)
    session.refuse_source(named)
    path = session.here / named
    if streams.leads_to_stdout(path):
        _put_whole(session, written, to_end=to_end)
        return
    write_whole(path, written.encode("utf-8") if isinstance(written, str) else written, to_end=to_end)
    session.say("reply.file-written", file=str(path))


def _put_whole(
    session: Session, written: str | Iterable[bytes], *, at_end: bool = False, to_end: bool = False
) -> None:
    """Print what is written once it is whole: what fails on the way is all that is printed."""
    whole = written if isinstance(written, str) else spooled(written)
    session.put(whole, at_end=at_end, to_end=to_end)
