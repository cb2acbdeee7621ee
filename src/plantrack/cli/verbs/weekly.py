"""`plantrack weekly`."""

from typing import Annotated, Any

import typer
from typer import Option

from plantrack.cli import mail_options
from plantrack.cli.output import deliver, output_view, say_what_helps
from plantrack.cli.params import Terms
from plantrack.cli.session import Session
from plantrack.cli.summary_options import FailOn, WithNotes, conditions, fail_when, in_languages, tell_filter
from plantrack.errors import Failure
from plantrack.model.views.weekly import Weekly, WeeklyByOrg
from plantrack.render.formats import FORMS
from plantrack.render.views import weekly as render
from plantrack.render.views import weekly_by_org as render_by_org
from plantrack.services.context import Context
from plantrack.services.task_query import revisions
from plantrack.services.verbs import weekly as service


def weekly(
    ctx: typer.Context,
    filter: Terms = None,
    week: Annotated[str, Option("--week", metavar="WEEK", help="opt.week")] = "last",
    brief: Annotated[bool, Option("--brief", help="opt.brief")] = False,
    by_org: Annotated[bool, Option("--by-org", help="opt.by_org")] = False,
    with_notes: WithNotes = False,
    fail_on: FailOn = None,
    mail_to: mail_options.MailTo = None,
    attach: mail_options.Attach = None,
    resend: mail_options.Resend = False,
    catch_up: mail_options.CatchUp = False,
    mail_from: mail_options.MailFrom = None,
) -> None:
    """Sum up a week."""
    session: Session = ctx.obj
    wanted = conditions(fail_on)
    sending = mail_options.asked(session, mail_to, attach, resend, catch_up, mail_from)
    _refuse_together(session, brief=brief, by_org=by_org, mailed=sending is not None)
    root = session.workspace().root
    context = session.context(last_day=lambda context: service.asked_week(context, week).last)

    def made(context: Context, name: str) -> Weekly | WeeklyByOrg:
        make = service.weekly_by_org if by_org else service.weekly
        return make(context, filter or (), name, with_notes=with_notes, root=root)

    view = made(context, week)
    whole = view.whole if isinstance(view, WeeklyByOrg) else view
    if brief:
        deliver(session, render.brief(whole, session.words), period=whole.period)
        say_what_helps(session, whole.heading)
    elif sending is None or session.options.get("output"):
        _show(session, view, whole)
    tell_filter(session, whole.progress)
    fail_when(session, wanted, lambda name: getattr(whole.progress.total, name))
    if sending is not None:
        mail_options.mail(
            session, sending, _letter(session, view), lambda at, name: _letter(session, made(at, name))
        )


def _refuse_together(session: Session, *, brief: bool, by_org: bool, mailed: bool) -> None:
    """Refuse what the few lines for a chat cannot be."""
    form = session.format
    others = {"--by-org": by_org, "--mail-to": mailed, "--lang vi,en": len(session.languages) > 1}
    others |= {f"--format {form}": form not in FORMS}
    for other in (option for option, given in others.items() if given and brief):
        raise Failure("options-exclude", option="--brief", other=other)
    if by_org and form == "ics":
        raise Failure("options-exclude", option="--by-org", other="--format ics")


def _show(session: Session, view: Weekly | WeeklyByOrg, whole: Weekly) -> None:
    if isinstance(view, WeeklyByOrg):
        _show_by_org(session, view)
        return
    if session.format == "html":  # the form that draws
        from plantrack.services.chart_series import series_of

        view = view._replace(series=series_of(session.context(), view.progress))
    letter, drawn = _letter(session, view), view
    output_view(
        session,
        whole.heading,
        letter.document,
        lambda w: render.data(drawn, w),
        book=letter.book,
        calendar=lambda w: render.calendar(drawn, w, revisions(session.context(), drawn.progress.tasks)),
        period=whole.period,
    )


def _show_by_org(session: Session, view: WeeklyByOrg) -> None:
    letter = _letter(session, view)
    output_view(
        session,
        letter.heading,
        letter.document,
        lambda w: render_by_org.data(view, w),
        book=letter.book,
        period=letter.period,
    )


def _letter(session: Session, view: Weekly | WeeklyByOrg) -> mail_options.Report:
    """Return a summary as it is sent."""
    by_org = isinstance(view, WeeklyByOrg)
    whole = view.whole if isinstance(view, WeeklyByOrg) else view
    # Which of the two views it is, the module says.
    module: Any = render_by_org if by_org else render
    return mail_options.Report(
        whole.heading,
        "weekly",
        whole.period,
        whole.last_day,
        f"{whole.progress.filter}{' --by-org' if by_org else ''}".strip(),
        in_languages(session, lambda w: module.document(view, w)),
        lambda w: module.book(view, w),
    )
