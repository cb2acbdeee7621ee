"""`plantrack export`."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Annotated

from typer import Context, Option

from plantrack.cli.output import deliver, output_book
from plantrack.cli.params import Terms
from plantrack.cli.progress_bar import progress_bar
from plantrack.cli.session import Session
from plantrack.services.verbs.exchange import export as service
from plantrack.store.advance import Advance


def export(
    ctx: Context,
    filter: Terms = None,
    where: Annotated[str | None, Option("--where", metavar="FILTER", help="opt.export_where")] = None,
    public: Annotated[bool, Option("--public", help="opt.public")] = False,
) -> None:
    """Write out everything, or what belongs to some tasks."""
    session: Session = ctx.obj
    terms = _terms(filter, where)
    if session.format in ("csv", "xlsx"):
        from plantrack.render.views.exchange.export import book

        view = service.export_work(session.context(), terms, public=public)
        output_book(session, view.heading, partial(book, view))
        return
    deliver(session, _lines(session, _made(session, terms, public=public)), to_end=True)


def _terms(filter: list[str] | None, where: str | None) -> list[str]:
    """Return the terms of a filter, however they were typed."""
    terms = list(filter or ())
    if where is not None:
        from plantrack.model.choosing.filter_line import split_filter

        terms += split_filter(where)
    return terms


def _made(session: Session, terms: list[str], *, public: bool) -> Callable[[Advance], Iterator[bytes]]:
    """Return what makes the lines: of a filter or of a plan that was named, else of all that there is."""
    if terms or session.options.get("plan"):
        return partial(_part, session, terms, public)
    db = session.db()
    db.snapshot()
    return partial(service.export_public if public else service.export_whole, db)


def _part(session: Session, terms: list[str], public: bool, advance: Advance) -> Iterator[bytes]:
    return service.export_part(session.context(), terms, public=public, advance=advance)


def _lines(session: Session, make: Callable[[Advance], Iterator[bytes]]) -> Iterator[bytes]:
    """Yield lines; the one that tells how far they are is gone before anything else is told."""
    with progress_bar(session, "advance.export") as advance:
        yield from make(advance)
