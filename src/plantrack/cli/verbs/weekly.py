"""`plantrack weekly`."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer import Option

from plantrack.cli import mail_options
from plantrack.cli.output import deliver, output_view, say_what_helps
from plantrack.cli.params import Terms
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
from plantrack.model.views.weekly import Weekly, WeeklyByOrg
from plantrack.render.formats import FORMS
from plantrack.render.views import weekly as render
from plantrack.render.views import weekly_by_org as render_by_org
from plantrack.services.context import Context
from plantrack.services.task_query import revisions
from plantrack.services.verbs import weekly as service

if TYPE_CHECKING:
    from plantrack.model.views.mail import Edition


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
    mailing = mail_options.read_options(session, mail_to, attach, resend, catch_up, mail_from)
    _refuse_together(session, brief=brief, by_org=by_org, mailed=mailing is not None)
    root = session.workspace().root
    context = session.context(last_day=lambda context: service.asked_week(context, week).last)

    def make(context: Context, name: str) -> Weekly | WeeklyByOrg:
        sum_up = service.weekly_by_org if by_org else service.weekly
        return sum_up(context, filter or (), name, with_notes=with_notes, root=root)

    view = make(context, week)
    whole = _whole(view)
    if brief:
        deliver(session, render.brief(whole, session.words), period=whole.period)
        say_what_helps(session, whole.heading)
    elif mailing is None or session.options.get("output"):
        _show(session, view, filter or ())
    tell_filter(session, whole.progress)
    fail_when(session, wanted, whole.progress.total)
    fail_unsound(session, whole.heading)
    if mailing is not None:
        mail_options.send(session, mailing, view, make, _edition, partial(_parts, session))


def _whole(view: Weekly | WeeklyByOrg) -> Weekly:
    return view.whole if isinstance(view, WeeklyByOrg) else view


def _refuse_together(session: Session, *, brief: bool, by_org: bool, mailed: bool) -> None:
    """Refuse what the few lines for a chat cannot be."""
    form = session.format
    others = {"--by-org": by_org, "--mail-to": mailed, "--lang vi,en": len(session.languages) > 1}
    others |= {f"--format {form}": form not in FORMS}
    for other in (option for option, given in others.items() if given and brief):
        raise Failure("options-exclude", option="--brief", other=other)
    if by_org and form == "ics":
        raise Failure("options-exclude", option="--by-org", other="--format ics")


def _show(session: Session, view: Weekly | WeeklyByOrg, filter: Sequence[str]) -> None:
    whole = _whole(view)
    if session.format == "html" and isinstance(view, Weekly):  # the form that draws
        from plantrack.services.chart_series import series_of

        view = view._replace(series=series_of(session.context(), filter, view.heading.as_of))
    heading, document, book = _parts(session, view)
    output_view(
        session,
        heading,
        document,
        partial(_module(view).data, view),
        book=book,
        calendar=lambda w: render.calendar(whole, w, revisions(session.context(), whole.progress.tasks)),
        period=whole.period,
    )


def _module(view: Weekly | WeeklyByOrg) -> Any:
    """Return the module that words a view."""
    return render_by_org if isinstance(view, WeeklyByOrg) else render


def _parts(session: Session, view: Weekly | WeeklyByOrg) -> "mail_options.Parts":
    """Return what a view is written of, on a page as in a letter."""
    module = _module(view)
    document = in_languages(session, partial(module.document, view))
    return _whole(view).heading, document, partial(module.book, view)


def _edition(view: Weekly | WeeklyByOrg) -> "Edition":
    from plantrack.model.views.mail import edition_of

    return edition_of("weekly", _whole(view), "--by-org" if isinstance(view, WeeklyByOrg) else "")
