"""The options of the reports that are sent by mail, and the sending itself; whatever that loads is loaded then."""

import contextlib
import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

from typer import Option

from plantrack.cli.params import listed
from plantrack.cli.session import Session
from plantrack.errors import Failure
from plantrack.i18n.words import Words
from plantrack.model.days import period_last_day
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.views.header import ViewHeader
from plantrack.render.layout.blocks import Document
from plantrack.services.context import Context

if TYPE_CHECKING:
    from plantrack.deliver.mail.address import Address
    from plantrack.deliver.mail.message import MailContent
    from plantrack.deliver.mail.smtp import MailServer
    from plantrack.model.views.mail import Edition
    from plantrack.render.layout.workbook import Book
    from plantrack.services.mail import Ledger
    from plantrack.services.posting import Item

MailTo = Annotated[list[str] | None, Option("--mail-to", metavar="ADDRESS", help="opt.mail_to")]
Attach = Annotated[list[str] | None, Option("--attach", metavar="docx|xlsx", help="opt.attach")]
Resend = Annotated[bool, Option("--resend", help="opt.resend")]
CatchUp = Annotated[bool, Option("--catch-up", help="opt.catch_up")]
MailFrom = Annotated[str | None, Option("--mail-from", metavar="ADDRESS", help="opt.mail_from")]

#: What may be attached.
_FILES = ("docx", "xlsx")


class MailOptions(NamedTuple):
    """What was asked for."""

    to: tuple[str, ...]
    attach: tuple[str, ...]
    resend: bool
    catch_up: bool
    sender: str | None


class Report(NamedTuple):
    """A report that can be sent."""

    heading: ViewHeader
    #: `weekly` or `report`.
    kind: str
    period: str
    #: The last day of the period: figures of an earlier one are of a period that still runs.
    last_day: str
    #: The filter, and whatever else makes it another report than the one of all tasks.
    selection: str
    document: Callable[[Words], Document]
    book: "Callable[[Words], Book]"


def asked(
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
            raise Failure("mail-option-alone", option=option)
        return None
    files = listed(attach)
    for form in (f for f in files if f not in _FILES):
        raise Failure("unknown-format", format=form, near=_FILES)
    if session.options.get("format") and not session.options.get("output"):
        raise Failure("options-exclude", option="--mail-to", other="--format")
    return MailOptions(tuple(to), tuple(f for f in _FILES if f in files), resend, catch_up, sender)


def mail(
    session: Session, mailing: MailOptions, report: Report, make: Callable[[Context, str], Report]
) -> None:
    """Send a report, with `--catch-up` first those of the periods that were missed, which `make` makes in their contexts.

    Fails with `mail-unsent` (exit 7), which names who did not get what; all others have it by then.
    """
    from plantrack.deliver.folder_lock import alone
    from plantrack.deliver.mail.address import read_all
    from plantrack.deliver.mail.smtp import server_of
    from plantrack.render.views import mail as render
    from plantrack.services.mail import opened
    from plantrack.services.posting import Post, items_for

    addresses, server = read_all(mailing.to), server_of(os.environ)
    sender = _sender(mailing, server)
    file = session.workspace().database.resolve()
    with alone(file.parent), opened(file, session.clock, _author(session)) as ledger:
        periods = items_for(addresses, _missed(session, mailing, report, ledger), report.period)
        items = (
            _item(
                session,
                mailing,
                report if period == report.period else make(session.context_of_period(period), period),
                who,
            )
            for period, who in periods.items()
        )
        zone = report.heading.plan.reporting.timezone
        posted = Post(server, sender, ledger, session.clock, zone).deliver(items, resend=mailing.resend)
    words = session.words
    for line in render.told(posted, words):
        session.tell(line)
    if posted.unsent:
        raise Failure("mail-unsent", unsent=render.unsent(posted.unsent, words))


def _sender(mailing: MailOptions, server: "MailServer") -> "Address":
    from plantrack.deliver.mail.address import read

    named = mailing.sender or os.environ.get("PLANTRACK_MAIL_FROM") or server.sender
    if not named:
        raise Failure("mail-no-sender")
    return read(named)


def _author(session: Session) -> str:
    """Return who is at work, if anything tells: sending needs no name."""
    with contextlib.suppress(Failure):
        return session.author
    return ""


def _missed(
    session: Session, mailing: MailOptions, report: Report, ledger: "Ledger"
) -> "Callable[[Address], list[str]]":
    def plan_of(period: str) -> str | None:
        plan = session.context_of_period(period).plan
        return plan.id if (plan.start or "") <= (period_last_day(period) or "") else None

    edition = _edition(session, report)
    return lambda a: ledger.missed(edition, a.spec, plan_of) if mailing.catch_up else []


def _edition(session: Session, report: Report) -> "Edition":
    from plantrack.model.views.mail import Edition

    day, last = report.heading.as_of, report.last_day
    # On its last day a period is not over: more may be said until midnight.
    is_over = day >= last and session.context().today > last
    return Edition(report.heading.plan.id, report.kind, report.period, day, is_over, report.selection)


def _item(session: Session, mailing: MailOptions, report: Report, who: "tuple[Address, ...]") -> "Item":
    from plantrack.services.posting import Item

    return Item(_edition(session, report), who, lambda: _letter(session.words, mailing, report))


def _letter(words: Words, mailing: MailOptions, report: Report) -> "MailContent":
    """Write the report in the forms that a letter has."""
    from plantrack.deliver.mail.message import MailContent
    from plantrack.render.formats import file_of
    from plantrack.render.views.mail import subject

    def form(name: str) -> bytes:
        content = report.book(words) if name == "xlsx" else document
        return file_of(content, name, words, width=80, colour=False)

    document = report.document(words)
    files = tuple((f"{report.kind}-{report.period}.{name}", form(name)) for name in mailing.attach)
    text, html = (form(name).decode("utf-8") for name in ("plain", "mail"))
    return MailContent(subject(document, report.heading, words), text, html, files, words.language)
