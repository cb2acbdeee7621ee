"""An export as lines of JSON: a head, then a fact a line, each as it is written here and in no other way."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final, Literal, get_args

from plantrack.model.named_tuple import NamedTuple

#: The form of the lines; another number is for a form that this program does not read.
FORMAT: Final = "plantrack-export/1"
BUNDLE_FORMAT: Final = "plantrack-bundle/1"
#: What a file begins with.
MARK: Final = b'{"type":"head",'
#: `whole`: all facts, to be restored; `part`: what belongs to some tasks; `public`: what all may read.
Kind = Literal["whole", "part", "public"]
#: Who wrote a bundle: the hub, for a site; or the site, for the hub.
Sender = Literal["hub", "site"]
_write = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode


class ExportHead(NamedTuple):
    """The first line: what the file is, and what stands below."""

    kind: Kind
    #: The version of the schema that the facts are of.
    schema: int
    #: Where it was written; empty: in the database that all others come from.
    site: str
    #: How many facts there are of each type.
    counts: Mapping[str, int]
    #: Of all the lines below, to the letter.
    sha256: str
    #: The last number that was given of each kind.
    counters: Mapping[str, int]
    #: Whether the facts are made up for a demonstration.
    example: bool = False
    #: The filter that chose the tasks of a part, as it was read; a public copy does not tell it.
    filter: str = ""
    format: str = FORMAT


class BundleHead(NamedTuple):
    """The first line of a bundle: what one database has to tell another one of the same history."""

    kind: Sender
    schema: int
    #: The site that it is for, or from.
    site: str
    #: The id of the hub's database, which a site keeps from its first bundle; empty: the site does not know it.
    hub: str
    #: The first command of their history, by which both know that they have one.
    history: str
    counts: Mapping[str, int]
    sha256: str
    example: bool = False
    format: str = BUNDLE_FORMAT


Head = ExportHead | BundleHead


def head_line(head: Head) -> bytes:
    """Return the line of a head."""
    return _line({"type": "head", "format": head.format, **head._asdict()})


def read_head(line: bytes) -> Head | None:
    """Read a head; None where the line is none as `head_line` writes it. One of another format has nothing but that."""
    try:
        data = json.loads(line)
        form = str(data["format"])
        if data["type"] == "head" and form not in (FORMAT, BUNDLE_FORMAT):
            if form.startswith(BUNDLE_FORMAT.partition("/")[0]):
                return BundleHead("hub", 0, "", "", "", {}, "", format=form)
            return ExportHead("whole", 0, "", {}, "", {}, format=form)
        kind = BundleHead if form == BUNDLE_FORMAT else ExportHead
        head: Head = kind(**{name: data[name] for name in kind._fields})
        return head if head_line(head) == line and _is_sound(head) else None
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError):
        return None


def _is_sound(head: Head) -> bool:
    numbers = [head.schema, *head.counts.values()]
    if isinstance(head, BundleHead):
        texts = (head.site, head.history, head.sha256)
        of_kind = head.kind in get_args(Sender) and all(isinstance(text, str) and text for text in texts)
        of_kind = of_kind and isinstance(head.hub, str)
    else:
        numbers += head.counters.values()
        of_kind = head.kind in get_args(Kind)
    return of_kind and all(type(n) is int and n >= 0 for n in numbers)


def fact_line(kind: str, names: Sequence[str], row: Sequence[Any]) -> bytes:
    """Return the line of a fact."""
    return _line({"type": kind, **dict(zip(names, row, strict=True))})


def read_fact(line: bytes) -> tuple[str, dict[str, Any]] | None:
    """Read the line of a fact: its type, and its values by name; None where it is not written as `fact_line` does."""
    try:
        data = json.loads(line)
        kind = data.pop("type")
        return (kind, data) if fact_line(kind, [*data], [*data.values()]) == line else None
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError):
        return None


def _line(data: Mapping[str, Any]) -> bytes:
    return (_write(data) + "\n").encode("utf-8")
