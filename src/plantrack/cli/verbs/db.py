"""`plantrack db`."""

from typer import Context

from plantrack.cli.output import output_view
from plantrack.cli.progress_bar import progress_bar
from plantrack.render.views import db as render
from plantrack.services.verbs import db as service


def status(ctx: Context) -> None:
    """Say what the database is and what is in it."""
    view = service.status(ctx.obj.db())
    output_view(ctx.obj, None, lambda w: render.document(view, w), lambda w: render.data(view, w))


def upgrade(ctx: Context) -> None:
    """Bring an older database up to date."""
    file = ctx.obj.workspace().database
    with progress_bar(ctx.obj, "advance.upgrade") as advance:
        old, new = service.upgrade(file, advance)
    if old == new:
        ctx.obj.say("reply.db-current", file=str(file), new=new)
    else:
        ctx.obj.say("reply.db-upgraded", file=str(file), old=old, new=new)
