"""`plantrack db`."""

from pathlib import Path
from typing import Annotated

from typer import Context, Option

from plantrack.cli.output import output_view
from plantrack.cli.params import listed
from plantrack.cli.progress_bar import progress_bar
from plantrack.cli.session import Session
from plantrack.errors import Exit, Failure
from plantrack.model.typed.upkeep import late_upkeep, parse_limits
from plantrack.render.views import db as render
from plantrack.services.verbs import db as service


def status(
    ctx: Context,
    fail_on: Annotated[list[str] | None, Option("--fail-on", metavar="AGE", help="opt.fail_on_age")] = None,
) -> None:
    """Say what the database is, what is in it, and whether what is to be done for it was done in time."""
    session: Session = ctx.obj
    # A value without a condition is none: a variable that is not set would let a monitor see nothing.
    limits = parse_limits(one for value in fail_on or () for one in listed([value]) or [value])
    db = session.db()
    db.snapshot()
    view = service.status(db)
    late = late_upkeep(limits, view.last_done, session.clock(), service.gone(view))
    output_view(
        session,
        None,
        lambda w: render.document(view, w),
        lambda w: render.data(view, w),
        problems=lambda w: render.late_problems(view, late, w),
    )
    for sentence in render.late_sentences(view, late, session.words):
        session.insist(sentence)
    if late:
        session.exit_code = Exit.FOUND


def check(
    ctx: Context,
    repair: Annotated[bool, Option("--repair", help="opt.repair")] = False,
    quick: Annotated[bool, Option("--quick", help="opt.quick_check")] = False,
) -> None:
    """Verify all that can be verified, and mend what is derived when asked to."""
    session: Session = ctx.obj
    if repair and quick:
        raise Failure("options-exclude", option="--repair", other="--quick")
    db, unnoted = session.db(), None
    with progress_bar(session, "advance.repair" if repair else "advance.check") as advance:
        if repair:
            view = service.repair(db, advance)
        elif quick:
            db.snapshot()
            view = service.quick_check(db)
        else:
            view, unnoted = service.noted_check(db, session.clock(), advance)
    output_view(
        session,
        None,
        lambda w: render.check_document(view, w),
        lambda w: render.check_data(view),
        problems=lambda w: render.check_problems(view, w),
    )
    if unnoted is not None:
        from plantrack.i18n.failure import sentence

        reason, _ = sentence(session.words, unnoted)
        session.insist(session.words("reply.check-unnoted", reason=reason))
    if view.is_altered:
        session.exit_code = Exit.DATABASE
    elif not (view.repaired or view.is_sound):
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
    session: Session = ctx.obj
    file = session.workspace().database
    if isinstance(file, Path):
        with progress_bar(session, "advance.upgrade") as advance:
            done = service.upgrade(file, session.author, session.clock(), advance)
    else:
        done = service.upgrade_on_server(session.db())
    if done.old == done.new:
        session.say("reply.db-current", file=str(file), new=done.new)
    else:
        session.say("reply.db-upgraded", file=str(file), old=done.old, new=done.new)
        session.say("reply.db-kept", kept=done.kept)
