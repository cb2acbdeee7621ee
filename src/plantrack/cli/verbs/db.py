"""`plantrack db`."""

from typing import Annotated

from typer import Context, Option

from plantrack.cli.output import output_view
from plantrack.cli.progress_bar import progress_bar
from plantrack.cli.session import Session
from plantrack.errors import Exit, Failure
from plantrack.render.views import db as render
from plantrack.services.verbs import db as service


def status(ctx: Context) -> None:
    """Say what the database is and what is in it."""
    view = service.status(ctx.obj.db())
    output_view(ctx.obj, None, lambda w: render.document(view, w), lambda w: render.data(view, w))


def check(
    ctx: Context,
    repair: Annotated[bool, Option("--repair", help="opt.repair")] = False,
    quick: Annotated[bool, Option("--quick", help="opt.quick_check")] = False,
) -> None:
    """Verify all that can be verified, and mend what is derived when asked to."""
    session: Session = ctx.obj
    if repair and quick:
        raise Failure("options-exclude", option="--repair", other="--quick")
    db = session.db()
    with progress_bar(session, "advance.repair" if repair else "advance.check") as advance:
        if repair:
            view = service.repair(db, advance)
        else:
            db.snapshot()
            view = service.quick_check(db) if quick else service.check(db, advance)
    output_view(
        session,
        None,
        lambda w: render.check_document(view, w),
        lambda w: render.check_data(view),
        problems=lambda w: render.check_problems(view, w),
    )
    if view.is_altered:
        session.exit_code = Exit.DATABASE
    elif not view.repaired and (view.missing or view.indexes or view.found or view.history):
        session.exit_code = Exit.FOUND


def digest(ctx: Context) -> None:
    """Say what tells whether two databases have the same facts."""
    db = ctx.obj.db()
    db.snapshot()
    with progress_bar(ctx.obj, "advance.digest") as advance:
        view = service.db_digest(db, advance)
    output_view(ctx.obj, None, lambda w: render.digest_document(view, w), lambda w: {**view._asdict()})


def upgrade(ctx: Context) -> None:
    """Bring an older database up to date."""
    file = ctx.obj.workspace().database
    with progress_bar(ctx.obj, "advance.upgrade") as advance:
        old, new = service.upgrade(file, advance)
    if old == new:
        ctx.obj.say("reply.db-current", file=str(file), new=new)
    else:
        ctx.obj.say("reply.db-upgraded", file=str(file), old=old, new=new)
