"""Options that many commands share: declared once, kept in the session, never passed to the commands."""

from typing import Annotated, Any

from typer import CallbackParam, Context, Exit, Option

from plantrack import __version__


def _keep(ctx: Context, param: CallbackParam, value: str | bool | None) -> str | bool | None:
    """Put a given value into the session; the one typed last counts."""
    if value not in (None, False):
        ctx.obj.options[param.name] = value
    return value


def _version(ctx: Context, value: bool) -> None:
    if value:
        ctx.obj.put(f"plantrack {__version__}\n")
        raise Exit


def _shared(*names: str, metavar: str | None = None, key: str | None = None) -> Any:
    words = key or names[-1].lstrip("-").replace("-", "_")
    return Option(*names, metavar=metavar, help=f"opt.{words}", callback=_keep, expose_value=False)


def everywhere(
    directory: Annotated[str | None, _shared("-C", "--directory", metavar="DIR")] = None,
    db: Annotated[str | None, _shared("--db", metavar="FILE")] = None,
    lang: Annotated[str | None, _shared("--lang", metavar="vi|en")] = None,
    plan: Annotated[str | None, _shared("--plan", metavar="ID")] = None,
    quiet: Annotated[bool, _shared("--quiet")] = False,
    no_color: Annotated[bool, _shared("--no-color")] = False,
    width: Annotated[str | None, _shared("--width", metavar="N")] = None,
    version: Annotated[
        bool, Option("--version", help="opt.version", callback=_version, expose_value=False, is_eager=True)
    ] = False,
) -> None:
    """Options of every command, before or after its name."""


def reading(
    as_of: Annotated[str | None, _shared("--as-of", metavar="DATE")] = None,
    known_at: Annotated[str | None, _shared("--known-at", metavar="MOMENT")] = None,
) -> None:
    """Options of the commands that read."""


def output(
    format: Annotated[str | None, _shared("--format", metavar="FORMAT")] = None,
    output: Annotated[str | None, _shared("--output", metavar="FILE")] = None,
) -> None:
    """Options of the commands that print a document."""


def writing(
    author: Annotated[str | None, _shared("--author", metavar="NAME")] = None,
    format: Annotated[str | None, _shared("--format", metavar="plain|json", key="answer")] = None,
) -> None:
    """Options of the commands that change something."""


def making(
    author: Annotated[str | None, _shared("--author", metavar="NAME")] = None,
) -> None:
    """Options of the commands that make a workspace."""
