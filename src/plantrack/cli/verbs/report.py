"""`plantrack report`."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer
from typer import Option

from plantrack.cli import mail_options
from plantrack.cli.output import output_view, show_in_template
from plantrack.cli.params import RollUp, Terms
from plantrack.cli.session import Session
from plantrack.cli.summary_options import (
    FailOn,
    WithNotes,
    conditions,
    fail_unsound,
    fail_when,
    in_languages,
    tell_filter,
)
from plantrack.errors import Failure
from plantrack.model.views.report import PeriodReport
from plantrack.render.views import report as render
from plantrack.services.context import Context
from plantrack.services.verbs import report as service

if TYPE_CHECKING:
    from plantrack.model.views.mail import Edition


def report(
    ctx: typer.Context,
    filter: Terms = None,
    period: Annotated[str, Option("--period", metavar="PERIOD", help="opt.period")] = "last",
    calendar: Annotated[
        str, Option("--calendar", metavar="official|civil", help="opt.calendar")
    ] = "official",
    roll_up: RollUp = False,
    template: Annotated[str | None, Option("--template", metavar="FILE", help="opt.template")] = None,
    with_notes: WithNotes = False,
    fail_on: FailOn = None,
    mail_to: mail_options.MailTo = None,
    attach: mail_options.Attach = None,
    resend: mail_options.Resend = False,
    catch_up: mail_options.CatchUp = False,
    mail_from: mail_options.MailFrom = None,
) -> None:
    """Report a month, quarter, half, nine months or year."""
    session: Session = ctx.obj
    wanted = conditions(fail_on)
    calendar = service.read_calendar(calendar)
    mailing = mail_options.read_options(session, mail_to, attach, resend, catch_up, mail_from)
    if template and mailing is not None and not session.options.get("output"):
        raise Failure("options-exclude", option="--template", other="--mail-to")
    root = session.workspace().root
    context = session.context(last_day=lambda context: service.asked_period(context, period, calendar).last)

    def make(context: Context, name: str) -> PeriodReport:
        return service.report(
            context, filter or (), name, calendar, roll_up=roll_up, with_notes=with_notes, root=root
        )

    view = make(context, period)
    shared = view.digest
    if mailing is None or session.options.get("output") or template:
        _show(session, view, filter or (), template)
    tell_filter(session, shared.progress)
    fail_when(session, wanted, shared.progress.total)
    fail_unsound(session, shared.heading)
    if mailing is not None:
        mail_options.send(session, mailing, view, make, _edition, partial(_parts, session))


def _show(session: Session, view: PeriodReport, filter: Sequence[str], template: str | None) -> None:
    if session.format == "html":  # the form that draws
        from plantrack.services.chart_series import series_of

        shared = view.digest
        drawn = series_of(session.context(), filter, shared.heading.as_of)
        view = view._replace(digest=shared._replace(series=drawn))
    heading, document, book = _parts(session, view)
    period = view.digest.period
    if template:
        words = session.words.for_others
        fields = render.template_fields(view, words)
        show_in_template(session, heading, document(words), template, fields, period)
    else:
        output_view(session, heading, document, partial(render.data, view), book=book, period=period)


def _parts(session: Session, view: PeriodReport) -> "mail_options.Parts":
    """Return what a view is written of, on a page as in a letter."""
    document = in_languages(session, partial(render.document, view))
    return view.digest.heading, document, partial(render.book, view)


def _edition(view: PeriodReport) -> "Edition":
    from plantrack.model.views.mail import edition_of

    more = {"--calendar civil": view.calendar == "civil", "--roll-up": view.matrix.rolled_up}
    return edition_of("report", view.digest, " ".join(option for option, given in more.items() if given))
