"""`plantrack completion`: the script by which a shell completes."""

from pathlib import Path
from typing import Annotated

from typer import Argument, Context

from plantrack.cli import completion as scripts
from plantrack.cli.completion.answer import SCRIPTS
from plantrack.errors import Failure
from plantrack.model.text import nearest


def completion(
    ctx: Context, shell: Annotated[str, Argument(metavar="bash|zsh|fish", help="arg.shell")]
) -> None:
    """Print the script of a shell."""
    file = SCRIPTS.get(shell.lower())
    if file is None:
        raise Failure("unknown-shell", shell=shell, near=nearest(shell, SCRIPTS))
    ctx.obj.put((Path(scripts.__file__).parent / file).read_text("utf-8"))
