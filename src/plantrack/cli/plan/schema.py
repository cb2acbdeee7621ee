"""`plantrack plan schema`."""

from typer import Context

from plantrack.cli.printing import deliver
from plantrack.cli.session import Session
from plantrack.errors import Failure
from plantrack.render.plan.schema import text


def schema(ctx: Context) -> None:
    """Print the JSON Schema of plan files."""
    from plantrack.planfile.schema import plan_schema

    session: Session = ctx.obj
    asked = session.options.get("format")
    if asked not in (None, "json"):
        raise Failure("unknown-format", format=asked, near=("json",))
    deliver(session, text(plan_schema(), session.words))
