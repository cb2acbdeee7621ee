"""`plantrack filter`."""

from typing import Annotated

from typer import Argument, Context

from plantrack.cli.feedback import answer, saved, tell_notes
from plantrack.cli.output import show_view
from plantrack.cli.session import Session
from plantrack.render.layout.fact_formatter import FactFormatter
from plantrack.render.views import filter as render
from plantrack.services.verbs import filter as service

Name = Annotated[str, Argument(metavar="NAME", help="arg.filter_name")]


def save_filter(
    ctx: Context,
    name: Name,
    terms: Annotated[list[str], Argument(metavar="FILTER...", help="arg.filter")],
) -> None:
    """Keep a filter under a name."""
    session: Session = ctx.obj
    done = service.save_filter(session.context(), name, terms)
    typed, old = done.filter.typed, done.old
    if done.label:
        session.say("reply.filter-saved", name=typed, filter=done.read_as, command=done.label)
        if old:
            session.say("reply.filter-instead", name=old.typed, old=old.spelled())
    else:
        session.say("reply.filter-same", name=typed, filter=done.read_as)
    _answer(session, done)


def remove_filter(ctx: Context, name: Name) -> None:
    """Remove a saved filter."""
    session: Session = ctx.obj
    done = service.remove_filter(session.context(), name)
    old = done.old.spelled() if done.old else ""
    session.say("reply.filter-removed", name=done.filter.typed, old=old, command=done.label)
    _answer(session, done)


def _answer(session: Session, done: service.KeptFilter) -> None:
    """Answer with the name as it is typed."""
    tell_notes(session, done.written.notes)
    with saved(done.label):
        heading, kept = session.context().heading, done.filter
        answer(session, [kept.typed], lambda w: render.filter_objects([kept], FactFormatter(w, heading)))


def list_filters(ctx: Context) -> None:
    """List the filters that have a name."""
    view = service.list_filters(ctx.obj.context())
    show_view(ctx.obj, view, render.document, render.data, render.book)
