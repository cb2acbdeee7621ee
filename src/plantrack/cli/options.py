"""Options that many commands share: their values go into the session, never to the commands.

They are made without Typer's reading of signatures, which would cost every command three milliseconds.
"""

from collections.abc import Sequence

from typer import Context, Exit
from typer.core import TyperOption

from plantrack import __version__
from plantrack.errors import Failure


def _keep(ctx: Context, param: TyperOption, value: str | bool | None) -> str | bool | None:
    """Put a given value into the session; the one typed last counts. An empty one is a script's mistake."""
    if value == "":
        raise Failure("option-needs-value", option=param.opts[-1])
    if value not in (None, False):
        ctx.obj.options[param.name] = value
    return value


def _version(ctx: Context, _param: TyperOption, value: bool) -> None:
    if value:
        ctx.obj.put(f"plantrack {__version__}\n")
        raise Exit


def _value(*names: str, metavar: str, words: str | None = None) -> TyperOption:
    key = words or names[-1].lstrip("-").replace("-", "_")
    return TyperOption(
        param_decls=list(names), metavar=metavar, help=f"opt.{key}", callback=_keep, expose_value=False
    )


def _flag(name: str) -> TyperOption:
    return TyperOption(
        param_decls=[name], is_flag=True, default=False, help=f"opt.{name.lstrip('-').replace('-', '_')}",
        callback=_version if name == "--version" else _keep, is_eager=name == "--version", expose_value=False,
    )  # fmt: skip


def everywhere() -> list[TyperOption]:
    """Make the options of every command, before or after its name."""
    return [
        _value("-C", "--directory", metavar="DIR"),
        _value("--db", metavar="FILE"),
        _value("--lang", metavar="vi|en"),
        _value("--plan", metavar="ID"),
        _flag("--quiet"),
        _flag("--no-color"),
        _value("--width", metavar="N"),
        _flag("--version"),
    ]


def of_kind(kind: str, formats: Sequence[str] = ()) -> list[TyperOption]:
    """Make the options that the commands of a kind share; one with more formats says which."""
    author = _value("--author", metavar="NAME")
    own = {"crontab": "cron_format", "line": "check_format", "ics": "calendar_format", "xlsx": "book_format"}
    words = next((key for form, key in own.items() if form in formats), "format")
    output = [_value("--format", metavar="FORMAT", words=words), _value("--output", metavar="FILE")]
    match kind:
        case "read":
            return [_value("--as-of", metavar="DATE"), _value("--known-at", metavar="MOMENT"), *output]
        case "write":
            return [author, _value("--format", metavar="plain|json", words="answer")]
        case "check" | "lines":
            return output
        case "make":
            return [author]
    return []
