"""`plantrack plan schema`."""

from typer import Context

from plantrack.cli.output import deliver
from plantrack.cli.session import Session
from plantrack.errors import Failure
from plantrack.render.formats.json import dumps
from plantrack.render.views.plan.schema import data


def schema(ctx: Context) -> None:
    """Print the JSON Schema of plan files."""
    from plantrack.planfile.format.json_schema import plan_schema

    session: Session = ctx.obj
    asked = session.options.get("format")
    if asked not in (None, "json"):
        raise Failure("unknown-format", format=asked, near=("json",))
    deliver(session, dumps(data(plan_schema(), session.words)))
