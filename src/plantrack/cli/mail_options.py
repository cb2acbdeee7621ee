"""The options of the reports that are sent by mail, and the result in words; whatever that loads is loaded then."""

import contextlib
import os
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Annotated, TypeVar

from typer import Option

from plantrack.cli.params import listed
from plantrack.cli.session import Session
from plantrack.errors import Failure
from plantrack.i18n.words import Words
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.views.header import ViewHeader
from plantrack.render.layout.blocks import Document
from plantrack.services.context import Context

if TYPE_CHECKING:
    from plantrack.deliver.mail.address import Address
    from plantrack.deliver.mail.message import MailContent
    from plantrack.deliver.mail.server import MailServer
    from plantrack.model.views.mail import Edition
    from plantrack.render.layout.workbook import Book
    from plantrack.services.mail import Letter

    #: What a report says of itself, and the functions that make its document and its sheets.
    Parts = tuple[ViewHeader, Callable[[Words], Document], Callable[[Words], Book]]

MailTo = Annotated[list[str] | None, Option("--mail-to", metavar="ADDRESS", help="opt.mail_to")]
Attach = Annotated[list[str] | None, Option("--attach", metavar="docx|xlsx", help="opt.attach")]
Resend = Annotated[bool, Option("--resend", help="opt.resend")]
CatchUp = Annotated[bool, Option("--catch-up", help="opt.catch_up")]
MailFrom = Annotated[str | None, Option("--mail-from", metavar="ADDRESS", help="opt.mail_from")]

#: What may be attached.
_FILES = ("docx", "xlsx")
_View = TypeVar("_View")


class MailOptions(NamedTuple):
    """What was asked for."""

    to: tuple[str, ...]
    attach: tuple[str, ...]
    resend: bool
    catch_up: bool
    sender: str | None


def read_options(
    session: Session,
    to: list[str] | None,
    attach: list[str] | None,
    resend: bool,
    catch_up: bool,
    sender: str | None,
) -> MailOptions | None:
    """Read the options; none, when no mail was asked for. A report is then not printed, unless into a file."""
    if not to:
        given = {"--attach": attach, "--resend": resend, "--catch-up": catch_up, "--mail-from": sender}
        for option in (name for name, value in given.items() if value):
            raise Failure("mail-option-alone", option=option, other="--mail-to")
        return None
    files = listed(attach)
    for form in (f for f in files if f not in _FILES):
        raise Failure("unknown-format", format=form, near=_FILES)
    _refuse_printing(session, "--mail-to", is_given=True)
    return MailOptions(tuple(to), tuple(f for f in _FILES if f in files), resend, catch_up, sender)


def read_own(session: Session, mail: bool, resend: bool, sender: str | None) -> MailOptions | None:
    """Read the options of a command that knows itself to whom it writes; none, when no mail was asked for."""
    given = {"--resend": resend, "--mail-from": sender}
    for option in (name for name, value in given.items() if value and not mail):
        raise Failure("mail-option-alone", option=option, other="--mail")
    _refuse_printing(session, "--mail", mail)
    return MailOptions((), (), resend, catch_up=False, sender=sender) if mail else None


def _refuse_printing(session: Session, option: str, is_given: bool) -> None:
    """Refuse a form for what is not printed: what is sent goes into a file besides, or nowhere."""
    if is_given and session.options.get("format") and not session.options.get("output"):
        raise Failure("options-exclude", option=option, other="--format")


def send(
    session: Session,
    options: MailOptions,
    view: _View,
    make: Callable[[Context, str], _View],
    edition: "Callable[[_View], Edition]",
    parts: "Callable[[_View], Parts]",
) -> None:
    """Send a view, with `--catch-up` also those of the periods that were missed, which `make` makes.

    `edition` tells which report a view is, `parts` what is written of it.

    Raises: mail-address; those of `post`.
    """
    from plantrack.deliver.mail.address import parse_addresses

    asked = edition(view)

    def write(context: Context, period: str) -> "tuple[Edition, Letter]":
        mailed = view if period == asked.period else make(context, period)
        of = edition(mailed)
        content = written(session.words, options.attach, of, *parts(mailed))
        return of, lambda _: content

    post(session, options, asked, parse_addresses(options.to), write)


def post(
    session: Session,
    options: MailOptions,
    asked: "Edition",
    to: "Sequence[Address]",
    write: "Callable[[Context, str], tuple[Edition, Letter]]",
) -> None:
    """Send an edition to addresses, and tell what became of it; see `services.mail.send`.

    Raises: mail-unsent, which names who did not get what: all others have it by then; mail-no-sender; those of
    `server_from` and of `services.mail.send`.
    """
    from plantrack.deliver.mail.server import server_from
    from plantrack.render.views import mail as render
    from plantrack.services import mail

    server = server_from(os.environ)
    refuse_unsound(session)
    context = session.context()._replace(author=_author(session))
    result = mail.send(
        context, asked, to, server, _sender(options, server), write,
        database=session.workspace().database, clock=session.clock,
        resend=options.resend, catch_up=options.catch_up,
    )  # fmt: skip
    for line in render.told(result, session.words):
        session.tell(line)
    if result.unsent:
        raise Failure("mail-unsent", unsent=render.unsent(result.unsent, session.words))


def refuse_unsound(session: Session) -> None:
    """Refuse to mail what may be wrong.

    Raises: mail-unsound.
    """
    from plantrack.render.layout.history_faults import fault_worded
    from plantrack.store.checks.quick_look import quick_look

    db = session.db()
    with db.one_state():  # `form make` reads without: what others record meanwhile is no fault
        faults = quick_look(db)
    if faults:
        raise Failure("mail-unsound", faults=fault_worded(faults[0], session.words))


def refuse_settings(options: MailOptions) -> None:
    """Refuse settings with which nothing can be sent.

    Raises: mail-no-sender; those of `server_from`, `parse_address`.
    """
    from plantrack.deliver.mail.server import server_from

    _sender(options, server_from(os.environ))


def _sender(options: MailOptions, server: "MailServer") -> "Address":
    from plantrack.deliver.mail.address import parse_address

    named = options.sender or os.environ.get("PLANTRACK_MAIL_FROM") or server.sender
    if not named:
        raise Failure("mail-no-sender")
    return parse_address(named)


def _author(session: Session) -> str:
    """Return who is at work, if anything tells: sending needs no name."""
    with contextlib.suppress(Failure):
        return session.author
    return ""


def written(
    words: Words,
    attach: Iterable[str],
    edition: "Edition",
    heading: ViewHeader,
    make_document: Callable[[Words], Document],
    make_book: "Callable[[Words], Book]",
) -> "MailContent":
    """Return a report in the forms that a letter has."""
    from plantrack.deliver.mail.message import MailContent
    from plantrack.render.formats import file_of
    from plantrack.render.views.mail import subject

    words = words.for_others

    def form(name: str) -> bytes:
        content = make_book(words) if name == "xlsx" else document
        return file_of(content, name, words, width=80, colour=False)

    document = make_document(words)
    files = tuple((f"{edition.kind}-{edition.period}.{name}", form(name)) for name in attach)
    text, html = (form(name).decode("utf-8") for name in ("plain", "mail"))
    return MailContent(subject(document, heading, words), text, html, files, words.language)
