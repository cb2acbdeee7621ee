"""`plantrack report`."""

from typing import Annotated

import typer
from typer import Option

from plantrack.cli import mail_options
from plantrack.cli.output import output_view, show_in_template
from plantrack.cli.params import Terms
from plantrack.cli.session import Session
from plantrack.cli.summary_options import FailOn, WithNotes, conditions, fail_when, in_languages, tell_filter
from plantrack.errors import Failure
from plantrack.model.views.report import PeriodReport
from plantrack.render.views import report as render
from plantrack.services.context import Context
from plantrack.services.verbs import report as service


def report(
    ctx: typer.Context,
    filter: Terms = None,
    period: Annotated[str, Option("--period", metavar="PERIOD", help="opt.period")] = "last",
    calendar: Annotated[
        str, Option("--calendar", metavar="official|civil", help="opt.calendar")
    ] = "official",
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
    sending = mail_options.asked(session, mail_to, attach, resend, catch_up, mail_from)
    if template and sending is not None and not session.options.get("output"):
        raise Failure("options-exclude", option="--template", other="--mail-to")
    root = session.workspace().root
    context = session.context(last_day=lambda context: service.asked_period(context, period, calendar).last)

    def made(context: Context, name: str) -> PeriodReport:
        return service.report(context, filter or (), name, calendar, with_notes=with_notes, root=root)

    view = made(context, period)
    shared = view.digest
    if sending is None or session.options.get("output") or template:
        _show(session, view, template)
    tell_filter(session, shared.progress)
    fail_when(session, wanted, lambda name: getattr(shared.progress.total, name))
    if sending is not None:
        mail_options.mail(
            session, sending, _letter(session, view), lambda at, name: _letter(session, made(at, name))
        )


def _show(session: Session, view: PeriodReport, template: str | None) -> None:
    if session.format == "html":  # the form that draws
        from plantrack.services.chart_series import series_of

        shared = view.digest
        view = view._replace(digest=shared._replace(series=series_of(session.context(), shared.progress)))
    letter, shown = _letter(session, view), view
    if template:
        fields = render.template_fields(view, session.words)
        show_in_template(
            session, letter.heading, letter.document(session.words), template, fields, letter.period
        )
        return
    output_view(
        session,
        letter.heading,
        letter.document,
        lambda w: render.data(shown, w),
        book=letter.book,
        period=letter.period,
    )


def _letter(session: Session, view: PeriodReport) -> mail_options.Report:
    """Return a report as it is sent."""
    shared = view.digest
    calendar = " --calendar civil" if view.calendar == "civil" else ""
    return mail_options.Report(
        shared.heading,
        "report",
        shared.period,
        shared.last_day,
        (shared.progress.filter + calendar).strip(),
        in_languages(session, lambda w: render.document(view, w)),
        lambda w: render.book(view, w),
    )
