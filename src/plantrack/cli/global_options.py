"""Options that many commands share: their values go into the session, never to the commands."""

from collections.abc import Sequence
from typing import Final

from plantrack.model.named_tuple import NamedTuple


class Shared(NamedTuple):
    """An option that many commands share."""

    names: tuple[str, ...]
    #: The key of its words.
    help: str
    #: What its value is called; none: a flag.
    metavar: str | None = None


def _value(*names: str, metavar: str, words: str | None = None) -> Shared:
    return Shared(names, f"opt.{words or _key(names[-1])}", metavar)


def _flag(*names: str) -> Shared:
    return Shared(names, f"opt.{_key(names[-1])}")


def _key(name: str) -> str:
    return name.lstrip("-").replace("-", "_")


#: The options of every command, before or after its name.
EVERYWHERE: Final = (
    _value("-C", "--directory", metavar="DIR"),
    _value("--db", metavar="FILE"),
    _value("--lang", metavar="vi|en"),
    _value("--plan", metavar="ID"),
    _flag("-q", "--quiet"),
    _flag("--no-color"),
    _value("--width", metavar="N"),
    _flag("--version"),
)


def of_kind(kind: str, formats: Sequence[str] = ()) -> list[Shared]:
    """Return the options that the commands of a kind share; one with more formats says which."""
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
