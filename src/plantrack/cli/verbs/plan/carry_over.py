"""`plantrack plan carry-over`."""

from typing import Annotated

from typer import Argument, Context, Option

from plantrack.cli.feedback import answer_tasks, reply
from plantrack.cli.output import show_view
from plantrack.cli.params import OnDay, listed
from plantrack.cli.session import Session
from plantrack.model.views.plan import CarryOver
from plantrack.render.views.plan import carry_over as render
from plantrack.services.verbs.plan import carry_over as service

#: Remarks that name `--pair`: what was carried over by now has to be taken back for it.
_PAIRED = ("activity-other", "namesake")


def carry_over(
    ctx: Context,
    old: Annotated[str, Argument(metavar="FROM", help="arg.carry_from")],
    new: Annotated[str, Argument(metavar="TO", help="arg.carry_to")],
    on: OnDay = None,
    pair: Annotated[list[str] | None, Option("--pair", metavar="OLD=NEW", help="opt.carry_pair")] = None,
    dry_run: Annotated[bool, Option("--dry-run", help="opt.carry_dry_run")] = False,
) -> None:
    """Let unfinished work go on in the next plan."""
    session: Session = ctx.obj
    session.options["plan"] = new  # whatever else is asked of it: the context is that of the new plan
    if dry_run:
        view = service.what_would_be_carried(session.context(), old, on, listed(pair))
        show_view(session, view, render.document, render.data)
        return
    view, written = service.carry_over(session.context(), old, on, listed(pair))
    if not view.tasks:
        session.say("reply.carried-nothing", plan=old, day=session.words.day(view.day))
        answer_tasks(session, ())
        return
    _tell(session, view, old)
    reply(session, "reply.plan-carry-over", written)
    for line in render.carry_over_remarks(view, [t.label for t in written.tasks], session.words):
        session.tell(line)
    if written.command and any(r.code in _PAIRED for each in view.tasks for r in each.remarks):
        session.tell(session.words("reply.carried-pair", command=written.command.label))


def _tell(session: Session, view: CarryOver, old: str) -> None:
    """Tell what was closed."""
    words = session.words
    session.tell(words.plural("reply.carried-closed", len(view.tasks), plan=old, day=words.day(view.day)))
