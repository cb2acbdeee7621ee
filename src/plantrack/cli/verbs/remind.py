"""`plantrack remind`."""

from functools import partial
from typing import TYPE_CHECKING, Annotated

from typer import Context as TyperContext
from typer import Option

from plantrack.cli import mail_options
from plantrack.cli.output import output_view
from plantrack.cli.params import Terms, grouping, number
from plantrack.cli.session import Session
from plantrack.cli.summary_options import tell_taken
from plantrack.errors import Failure
from plantrack.model.views.tasks import Reminder
from plantrack.render.views import remind as render
from plantrack.services.verbs import remind as service

if TYPE_CHECKING:
    from plantrack.deliver.mail.address import Address
    from plantrack.deliver.mail.message import MailContent

#: The furthest that is looked ahead.
_MOST_DAYS = 366
#: Read by somebody in a chat, on a small screen.
_BRIEF = ("table", "plain")


def remind(
    ctx: TyperContext,
    filter: Terms = None,
    days: Annotated[str, Option("--days", metavar="N", help="opt.days")] = "3",
    by: Annotated[str, Option("--by", metavar="person|org", help="opt.remind_by")] = "person",
    mail: Annotated[bool, Option("--mail", help="opt.mail")] = False,
    resend: mail_options.Resend = False,
    mail_from: mail_options.MailFrom = None,
) -> None:
    """Remind of what falls due."""
    session: Session = ctx.obj
    by = grouping(by, service.FOR)
    if mail and by == "org":
        raise Failure("remind-mail-org")
    mailing = mail_options.read_own(session, mail, resend, mail_from)
    ahead = number("--days", days, 0, _MOST_DAYS)
    view = service.remind(session.context(), filter or (), days=ahead, by=by)
    if mailing is None or session.options.get("output"):
        output_view(
            session,
            view.heading,
            partial(render.document, view, brief=session.format in _BRIEF),
            partial(render.data, view),
            book=partial(render.book, view),
            period=view.heading.as_of,
        )
    tell_taken(session, view.taken)
    if mailing is not None:
        _send(session, mailing, view)


def _send(session: Session, options: mail_options.MailOptions, view: Reminder) -> None:
    """Send each person who has an address what falls due for them, and name those who have none."""
    from plantrack.model.views.mail import Edition

    _tell_who_gets_none(session, view)
    own = service.letters(view)
    if not own:
        session.say("reply.remind-no-letter")
        return
    selection = f"{view.filter} --days {view.days}".strip()
    day = view.heading.as_of
    asked = Edition(view.heading.plan.id, "remind", day, day, whole=False, selection=selection)

    def write(address: "Address") -> "MailContent":
        letter = own[address]
        return mail_options.written(
            session.words,
            (),
            asked,
            view.heading,
            partial(render.letter, letter),
            partial(render.book, letter),
        )

    mail_options.post(session, options, asked, list(own), lambda *_: (asked, write))


def _tell_who_gets_none(session: Session, view: Reminder) -> None:
    """Name the people without an address, and say how many tasks nobody has."""
    names = [group.key for group in view.groups if group.key and not group.email]
    if names:
        session.say("reply.remind-no-address", names=", ".join(names), first=names[0])
    for group in view.groups:
        if group.key is None:
            session.tell(session.words.plural("reply.remind-nobody", len(group.tasks)))
