"""`plantrack report`."""

from typing import Annotated

from typer import Context, Option

from plantrack.cli import mail_options as mailing
from plantrack.cli.output import show, show_in_template
from plantrack.cli.params import Terms
from plantrack.cli.session import Session
from plantrack.cli.summary_options import FailOn, WithNotes, conditions, fail_when, in_languages, tell_filter
from plantrack.errors import Failure
from plantrack.model.views.report import Report
from plantrack.render.views import report as render
from plantrack.services.context import Desk
from plantrack.services.verbs import report as service


def report(
    ctx: Context,
    filter: Terms = None,
    period: Annotated[str, Option("--period", metavar="PERIOD", help="opt.period")] = "last",
    calendar: Annotated[
        str, Option("--calendar", metavar="official|civil", help="opt.calendar")
    ] = "official",
    template: Annotated[str | None, Option("--template", metavar="FILE", help="opt.template")] = None,
    with_notes: WithNotes = False,
    fail_on: FailOn = None,
    mail_to: mailing.MailTo = None,
    attach: mailing.Attach = None,
    resend: mailing.Resend = False,
    catch_up: mailing.CatchUp = False,
    mail_from: mailing.MailFrom = None,
) -> None:
    """Report a month, quarter, half, nine months or year."""
    session: Session = ctx.obj
    wanted = conditions(fail_on)
    sending = mailing.asked(session, mail_to, attach, resend, catch_up, mail_from)
    if template and sending is not None and not session.options.get("output"):
        raise Failure("options-exclude", option="--template", other="--mail-to")
    root = session.workspace().root
    desk = session.desk(last_day=lambda desk: service.asked_period(desk, period, calendar).last)

    def made(desk: Desk, name: str) -> Report:
        return service.report(desk, filter or (), name, calendar, with_notes=with_notes, root=root)

    view = made(desk, period)
    shared = view.digest
    if sending is None or session.options.get("output") or template:
        _show(session, view, template)
    tell_filter(session, shared.progress)
    fail_when(session, wanted, lambda name: getattr(shared.progress.total, name))
    if sending is not None:
        mailing.mail(
            session, sending, _letter(session, view), lambda at, name: _letter(session, made(at, name))
        )


def _show(session: Session, view: Report, template: str | None) -> None:
    if session.format == "html":  # the form that draws
        from plantrack.services.chart_series import series_of

        shared = view.digest
        view = view._replace(digest=shared._replace(series=series_of(session.desk(), shared.progress)))
    letter, shown = _letter(session, view), view
    if template:
        fields = render.fields(view, session.words)
        show_in_template(
            session, letter.heading, letter.document(session.words), template, fields, letter.period
        )
        return
    show(
        session,
        letter.heading,
        letter.document,
        lambda w: render.data(shown, w),
        book=letter.book,
        period=letter.period,
    )


def _letter(session: Session, view: Report) -> mailing.Report:
    """Give a report as it is sent."""
    shared = view.digest
    calendar = " --calendar civil" if view.calendar == "civil" else ""
    return mailing.Report(
        shared.heading,
        "report",
        shared.period,
        shared.last_day,
        (shared.progress.filter + calendar).strip(),
        in_languages(session, lambda w: render.document(view, w)),
        lambda w: render.book(view, w),
    )
