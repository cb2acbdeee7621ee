"""`plantrack export`."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Annotated

from typer import Context, Option

from plantrack.cli.output import deliver, output_book
from plantrack.cli.params import Terms
from plantrack.cli.progress_bar import progress_bar
from plantrack.cli.session import Session
from plantrack.cli.summary_options import tell_taken
from plantrack.deliver import streams
from plantrack.errors import Failure
from plantrack.services.export_file import refuse_other
from plantrack.services.verbs.exchange import export as service
from plantrack.services.verbs.exchange.export import FactExport
from plantrack.store.advance import Advance

#: What the name of a file ends in to which is exported.
_ENDINGS = (".jsonl", ".json", ".csv", ".xlsx", ".gz")


def export(
    ctx: Context,
    filter: Terms = None,
    where: Annotated[str | None, Option("--where", metavar="FILTER", help="opt.export_where")] = None,
    public: Annotated[bool, Option("--public", help="opt.public")] = False,
) -> None:
    """Write out everything, or what belongs to some tasks."""
    session: Session = ctx.obj
    terms = _terms(filter, where)
    _refuse_file(terms)
    if session.format in ("csv", "xlsx"):
        from plantrack.render.views.exchange.export import book

        view = service.export_work(session.context(), terms, public=public)
        output_book(session, view.heading, partial(book, view))
        tell_taken(session, view.taken)
        return
    _output_lines(session, _made(session, terms, public=public))


def _refuse_file(terms: Sequence[str]) -> None:
    """Refuse the name of a file as a filter: nobody searches for one, and where it goes an option says."""
    for term in terms:
        if term.lower().endswith(_ENDINGS) and ":" not in term:
            raise Failure("export-file-as-filter", file=term)


def _terms(filter: list[str] | None, where: str | None) -> list[str]:
    """Return the terms of a filter, however they were typed."""
    terms = list(filter or ())
    if where is not None:
        from plantrack.model.choosing.filter_line import split_filter

        terms += split_filter(where)
    return terms


def _made(session: Session, terms: list[str], *, public: bool) -> Callable[[Advance], FactExport]:
    """Return what makes the lines: of a filter or of a plan that was named, else of all that there is."""
    if terms or session.options.get("plan"):
        return lambda advance: service.export_part(session.context(), terms, public=public, advance=advance)
    db = session.db()
    db.snapshot()
    return partial(service.export_public if public else service.export_whole, db)


def _tell(session: Session, done: FactExport) -> None:
    """Tell how much was written, and what it is good for."""
    counted = {name: session.words.number(n) for name, n in done.head.counts.items()}
    task, status_update = counted["task"], counted["status_update"]
    if done.head.kind == "whole":
        session.say(
            "reply.exported-whole", command=counted["command"], task=task, status_update=status_update
        )
    elif done.head.kind == "part":
        chosen = done.head.filter or f"--plan {session.context().plan.id}"
        session.say("reply.exported-part", filter=chosen, task=task, status_update=status_update)
    else:
        session.say("reply.exported-public", task=task, status_update=status_update)


def _output_lines(session: Session, make: Callable[[Advance], FactExport]) -> None:
    output, made = session.options.get("output"), list[FactExport]()
    if output and not streams.leads_to_stdout(session.here / output):
        refuse_other(session.here / output)

    def pieces() -> Iterator[bytes]:
        # The line that tells how far it is must be gone before anything else is told.
        with progress_bar(session, "advance.export") as advance:
            made.append(make(advance))
            yield from made[0].pieces()

    deliver(session, pieces(), to_end=True)
    (done,) = made
    if output:
        _tell(session, done)
    tell_taken(session, done.taken)
