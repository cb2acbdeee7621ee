"""`plantrack schema`: what the output and the database are made of, for other programs."""

from typer import Context

from plantrack.cli.output import deliver
from plantrack.render.formats.json import SCHEMA, dumps


def json(ctx: Context) -> None:
    """Print the JSON Schema of the output."""
    from plantrack.render.views.schema import data

    deliver(ctx.obj, dumps(data(SCHEMA)))


def datasette(ctx: Context) -> None:
    """Print what Datasette shows beside the views of the database."""
    from plantrack.render.views.datasette import data

    deliver(ctx.obj, dumps(data(ctx.obj.words)))
