"""`plantrack export`."""

from collections.abc import Iterator

from typer import Context

from plantrack.cli.output import deliver
from plantrack.cli.progress_bar import progress_bar
from plantrack.cli.session import Session
from plantrack.services.verbs.exchange import export as service


def export(ctx: Context) -> None:
    """Write out everything."""
    session: Session = ctx.obj
    db = session.db()
    db.snapshot()

    def lines() -> Iterator[bytes]:
        # The line that tells how far it is must be gone before anything else is told.
        with progress_bar(session, "advance.export") as advance:
            yield from service.export_whole(db, advance)

    deliver(session, lines())
