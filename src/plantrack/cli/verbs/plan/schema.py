"""`plantrack plan schema`."""

from typer import Context

from plantrack.cli.output import deliver
from plantrack.render.formats.json import dumps
from plantrack.render.views.plan.schema import data


def schema(ctx: Context) -> None:
    """Print the JSON Schema of plan files."""
    from plantrack.planfile.format.json_schema import plan_schema

    deliver(ctx.obj, dumps(data(plan_schema(), ctx.obj.words)))
