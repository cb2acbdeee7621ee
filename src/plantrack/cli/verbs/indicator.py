"""`plantrack indicator`."""

from typing import Annotated

from typer import Argument, Context, Option

from plantrack.cli.feedback import answer, saved, tell_notes
from plantrack.cli.output import show_view
from plantrack.cli.params import OnDay, Remark, ToldBy, listed
from plantrack.cli.session import Session
from plantrack.render.views import indicator as render
from plantrack.services.verbs import indicator as service


def record(
    ctx: Context,
    indicator: Annotated[str, Argument(metavar="INDICATOR", help="arg.indicator")],
    value: Annotated[str, Argument(metavar="VALUE", help="arg.value")],
    period: Annotated[str, Option("--period", metavar="PERIOD", help="opt.measured_period")],
    label: Annotated[list[str] | None, Option("--label", metavar="TEXT", help="opt.label")] = None,
    told_by: ToldBy = None,
    note: Remark = None,
    on: OnDay = None,
) -> None:
    """Record what was measured."""
    session: Session = ctx.obj
    typed = service.Measurement(indicator, value, period, listed(label), on, told_by, note)
    context = session.context(last_day=lambda context: service.measured_period(context, period).last)
    done = service.record(context, typed)
    _tell(session, done)
    with saved(f"c{done.value.number}"):
        answer(session, [done.value.indicator], lambda _: [render.value_object(done.value)])


def _tell(session: Session, done: service.Recorded) -> None:
    words, value = session.words, done.value
    label = f" ({', '.join(value.labels)})" if value.labels else ""
    facts = {
        "title": done.indicator.title.within(words.language), "label": label, "period": words.period(value.period),
        "value": words.number(value.value), "unit": done.indicator.unit or "", "command": f"c{value.number}",
    }  # fmt: skip
    session.tell(words("reply.indicator", **facts))
    if done.old is not None:
        session.tell(words("reply.indicator-instead", value=words.number(done.old.value)))
    tell_notes(session, done.written.notes)


def list_indicators(
    ctx: Context,
    chosen: Annotated[list[str] | None, Argument(metavar="[INDICATOR...]", help="arg.indicators")] = None,
    all_periods: Annotated[bool, Option("--all", help="opt.all_periods")] = False,
) -> None:
    """List indicators."""
    view = service.list_indicators(ctx.obj.context(), chosen or (), all_periods=all_periods)
    show_view(ctx.obj, view, render.document, render.data, render.book)
