"""`plantrack part`."""

from typing import Annotated

from typer import Argument, Context, Option

from plantrack.cli.feedback import reply
from plantrack.cli.params import OnDay, listed
from plantrack.cli.standard_input import read_titles
from plantrack.errors import Failure
from plantrack.services.verbs import part as service


def part(
    ctx: Context,
    id: Annotated[str, Argument(metavar="ID", help="arg.id")],
    text: Annotated[list[str] | None, Argument(metavar="[TEXT...]", help="arg.parts")] = None,
    done: Annotated[list[str] | None, Option("--done", metavar="N", help="opt.part_done")] = None,
    undone: Annotated[list[str] | None, Option("--undone", metavar="N", help="opt.part_undone")] = None,
    on: OnDay = None,
) -> None:
    """Keep the checklist of a task."""
    if not (text or done or undone):
        raise Failure("missing-argument", argument="TEXT")
    texts = read_titles(ctx.obj, text) if text == ["-"] else text or []
    typed = service.TypedParts(tuple(texts), listed(done), listed(undone), on)
    reply(ctx.obj, "reply.part", service.part(ctx.obj.context([id]), id, typed), parts=True)
