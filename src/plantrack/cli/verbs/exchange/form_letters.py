"""Forms sent to the organisations that are to fill them in, as reports are sent."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from plantrack.cli import mail_options
from plantrack.cli.session import Session
from plantrack.errors import Failure
from plantrack.model.views.form import AskedForm
from plantrack.render.views.exchange import form as render
from plantrack.services.verbs.exchange import form as service

if TYPE_CHECKING:
    from plantrack.deliver.mail.address import Address
    from plantrack.deliver.mail.message import MailContent


def send_forms(
    session: Session,
    options: mail_options.MailOptions,
    views: Sequence[AskedForm],
    files: Mapping[str, bytes],
    asked: str,
    *,
    is_kept: bool,
) -> None:
    """Send forms to the addresses of their organisations; one that lies nowhere is kept before it leaves.

    `asked`: what they were made for, where that is no single organisation.

    Raises: form-no-address, which names who has none: all others were sent theirs; those of `mail_options.post`.
    """
    from plantrack.deliver.mail.message import MailContent
    from plantrack.model.views.mail import Edition

    context = session.context()
    own, without = service.addresses_of(context, views)
    if own:
        form = views[0].form
        selection = " ".join(filter(None, (asked or f"org:{form.organisation}", form.selection)))
        edition = Edition(form.plan, "form", form.period, form.closing_day, whole=False, selection=selection)

        def write(address: "Address") -> "MailContent":
            if not is_kept:
                for view in own[address]:
                    service.keep_form(context, view.form)
            attached = ((render.file_name(view), files[view.form.uid]) for view in own[address])
            subject, text = render.form_letter(own[address], session.words)
            return MailContent(subject, text, "", tuple(attached), session.words.language)

        mail_options.post(session, options, edition, list(own), lambda *_: (edition, write))
    _refuse_unaddressed(session, without)


def refuse_unsendable(
    session: Session, options: mail_options.MailOptions, views: Sequence[AskedForm]
) -> None:
    """Refuse to write files of forms that could not be sent: when the command is given again they are in the way.

    Raises: form-no-address; those of `mail_options.refuse_settings`.
    """
    mail_options.refuse_settings(options)
    _refuse_unaddressed(session, service.addresses_of(session.context(), views)[1])


def _refuse_unaddressed(session: Session, without: Sequence[AskedForm]) -> None:
    if without:
        names = ", ".join(view.organisation.label(session.words.language) for view in without)
        raise Failure("form-no-address", names=names, first=without[0].organisation.id)
