"""From a plan to the text of its file, in the form of the plan that comes with the program.

PyYAML's emitter cannot write it: it has no comments, and escapes letters beyond the basic plane. What is
written is the part of YAML that is JSON, a value a line; a test reads back any plan there may be.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import takewhile
from typing import Any, Final

from plantrack.model.plan import Plan, Reporting, Text
from plantrack.model.plan_format import PLAN, Form, Section, section_in
from plantrack.planfile.format.json_schema import EDITOR_LINE
from plantrack.planfile.parsing.source_text import LOST

#: Comments to be written above a key or an item, by path: keys and list items joined by "/"; an item is
#: named by its `code` or `id`, else by its index from 0. "" is the file (comment at its top). A path whose
#: key the plan lacks gets its comment at the place where that key would stand. E.g. "number", "areas/ND1",
#: "areas/ND1/lead", "areas/ND1/activities/ND1.2/due".
Remarks = Mapping[str, Sequence[str]]
NO_REMARKS: Final[Remarks] = {}
#: A remark that starts with this word marks a field that a person must fill in.
TO_FILL: Final = "CẦN ĐIỀN"

#: Lists that stand in one line.
_IN_LINE: Final = ("lead", "coordinating", "place", "merged_from", "include")
#: Keys that begin a part of the file, with an empty line above; so does each area.
_PARTS: Final = tuple(PLAN.keys)[tuple(PLAN.keys).index("source") :]
#: YAML takes no longer text for a key unless a `?` says that it is one.
_LONGEST_KEY: Final = 1000


def dump(plan: Plan, remarks: Remarks = NO_REMARKS, *, include: Sequence[str] = ()) -> str:
    """Write a valid plan; with `include`, one that lacks what the files of these names have."""
    notes = _Notes.of(remarks)
    said = {"format": 1, **_said(plan), "reporting": plan.reporting}
    if include:
        said["include"] = tuple(include)
    lines = [EDITOR_LINE, *notes.own, *_mapping(said, PLAN.keys, notes, top=True)]
    return "\n".join(lines) + "\n"


class _Notes:
    """The comments on a part of the file, and those on what is in it."""

    def __init__(self) -> None:
        self.own: list[str] = []
        self.inner: dict[str, _Notes] = {}

    @classmethod
    def of(cls, remarks: Remarks) -> "_Notes":
        """Sort remarks by what they are about."""
        root = cls()
        for path, texts in remarks.items():
            at = root
            for step in path.split("/") if path else ():
                at = at.inner.setdefault(step, cls())
            at.own += [f"# {line}".rstrip() for text in texts for line in _lines(text)]
        return root

    def take(self, key: str) -> "_Notes":
        """Return the comments on a part, once."""
        return self.inner.pop(key, None) or _Notes()

    def within(self) -> Iterator[str]:
        """Yield the comments on what is in this part."""
        for part in self.inner.values():
            yield from part.all()

    def all(self) -> Iterator[str]:
        """Yield the comments on this part and on what is in it."""
        yield from self.own
        yield from self.within()


def _lines(text: str) -> list[str]:
    """Return a text as comments may have it: by lines, without what a reader of YAML would stumble over."""
    lines = text.splitlines()
    return ["".join(c if c.isprintable() and c != LOST else " " for c in line) for line in lines]


def _said(record: Any) -> dict[str, Any]:
    """Return what a record says; how the plan is reported is said whole, so that it is seen what can be set."""
    absent = {} if isinstance(record, Reporting) else record._field_defaults
    fields: dict[str, Any] = record._asdict()
    return {key: field for key, field in fields.items() if key not in absent or field != absent[key]}


def _mapping(
    said: Mapping[str, Any],
    keys: Mapping[str, Form],
    notes: _Notes,
    *,
    name: Callable[[str], str] = str,
    top: bool = False,
) -> Iterator[str]:
    """Write keys and values; the comment on a key that is not there stands in its place."""
    for key, form in keys.items():
        about = notes.take(key)
        lines = list(_pair(key, name(key), form, said[key], about) if key in said else about.all())
        if lines and top and key in _PARTS:
            yield ""
        yield from lines
    yield from notes.within()


def _pair(key: str, name: str, form: Form, value: Any, notes: _Notes) -> Iterator[str]:
    line = _line(value, key)
    if line is None:
        yield from notes.own
        yield f"{name}:"
        yield from _indented(_block(key, form, value, notes))
        return
    yield from notes.all()
    if len(name) > _LONGEST_KEY:
        yield f"? {name}"
        yield f": {line}"
    else:
        yield f"{name}: {line}"


def _block(key: str, form: Form, value: Any, notes: _Notes) -> Iterator[str]:
    if isinstance(value, dict):
        return _mapping(value, dict.fromkeys(value, "Line"), notes, name=_quoted)
    section = section_in(form)
    if isinstance(form, list):
        return _items(section, value, notes, apart=key == "areas")
    assert section is not None
    return _mapping(_said(value), section.keys, notes)


def _items(section: Section | None, items: Sequence[Any], notes: _Notes, *, apart: bool) -> Iterator[str]:
    for place, item in enumerate(items):
        if apart and place:
            yield ""
        name = getattr(item, "code", None) or getattr(item, "id", None) or str(place)
        yield from _item(section, item, notes.take(name))
    yield from notes.within()


def _item(section: Section | None, item: Any, notes: _Notes) -> Iterator[str]:
    """Write an item of a list; comments on its first key stand above it."""
    line = _line(item)
    if line is not None or section is None:
        yield from notes.all()
        yield f"- {line}"
        return
    yield from notes.own
    written = list(_mapping(_said(item), section.keys, notes))
    above = list(takewhile(lambda line: line.startswith("#"), written))
    yield from above
    first, *rest = written[len(above) :]
    yield f"- {first}"
    yield from _indented(rest)


def _indented(lines: Iterable[str]) -> Iterator[str]:
    return (f"  {line}" if line else "" for line in lines)


def _line(value: Any, key: str = "") -> str | None:
    """Write what stands in one line, None for what takes several."""
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return _quoted(value)
        case int():
            return str(value)
        case float():
            return format(Decimal(repr(value)), "f")  # an exponent is not everybody's number
        case Text(vi, None):
            return _quoted(vi)
        case _ if hasattr(value, "_fields"):
            return None if _said(value) else "{}"
        case tuple() if key in _IN_LINE:
            return f"[{', '.join(map(_quoted, value))}]"
    return None


def _quoted(text: str) -> str:
    """Write a text between quotes, in one line, with all that cannot be seen as escapes."""
    written = json.dumps(text, ensure_ascii=False)
    return "".join(c if c.isprintable() else _escaped(c) for c in written)


def _escaped(c: str) -> str:
    return f"\\u{ord(c):04X}" if ord(c) <= 0xFFFF else f"\\U{ord(c):08X}"
