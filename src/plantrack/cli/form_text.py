"""A form as a text that is edited: `Field: value`, with remarks behind `#`; a value may go on in the lines below."""

import re
from collections.abc import Iterable, Mapping, Sequence

from plantrack.errors import Failure
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.text import match_key, same_breaks

_REMARK = "#"


class FormEntry(NamedTuple):
    """A field as the form shows it."""

    name: str
    #: How it is called; and all that it may be called.
    label: str
    names: tuple[str, ...]
    #: What is told of it.
    remark: str = ""
    #: What it is filled in with beforehand.
    value: str = ""


def form_text(head: str, entries: Iterable[FormEntry]) -> str:
    """Write a form: a remark on the whole, then each field under its own remark."""
    entries = list(entries)
    known = _known(entries)
    parts = [_remark(head)]
    for entry in entries:
        remark = [_remark(entry.remark)] if entry.remark else []
        first, *rest = entry.value.split("\n")
        lines = [f"{entry.label}: {first}".rstrip(), *(_kept_apart(line, known) for line in rest)]
        parts.append("\n".join([*remark, *lines]))
    return "\n\n".join(parts) + "\n"


def read_form(text: str, entries: Sequence[FormEntry]) -> dict[str, str]:
    """Read what a form was filled in with; what is empty is left out.

    Fails with `form-line` for words before the first field, and with `form-twice` for a field that stands there twice.
    """
    known = _known(entries)
    found: dict[str, list[str]] = {}
    name = ""
    for number, line in enumerate(same_breaks(text.removeprefix("\ufeff")).split("\n"), 1):
        if line.startswith(_REMARK):
            continue
        field, value = _field(line, known)
        if field and found.get(field):
            raise Failure("form-twice", field=line.partition(":")[0], line=number)
        if field:
            name, found[field] = field, [value]
        elif name:
            found[name].append(_put_back(line, known))
        elif line.strip():
            raise Failure("form-line", text=line.strip(), line=number)
    values = {field: "\n".join(lines).strip() for field, lines in found.items()}
    return {field: value for field, value in values.items() if value}


def _known(entries: Iterable[FormEntry]) -> Mapping[str, str]:
    return {match_key(name): entry.name for entry in entries for name in (entry.label, *entry.names)}


def _field(line: str, known: Mapping[str, str]) -> tuple[str, str]:
    """Return the field that a line begins, and the value in it; no field where it begins none."""
    label, colon, value = line.partition(":")
    name = known.get(match_key(label), "") if colon and label == label.lstrip() else ""
    return name, value.strip()


def _kept_apart(line: str, known: Mapping[str, str]) -> str:
    """Write a line of a value so that it is no remark and no field."""
    return f" {line}" if _looks_otherwise(line, known) else line


def _put_back(line: str, known: Mapping[str, str]) -> str:
    return line[1:] if line.startswith(" ") and _looks_otherwise(line, known) else line


def _looks_otherwise(line: str, known: Mapping[str, str]) -> bool:
    bare = re.sub("^ +", "", line)
    return bare.startswith(_REMARK) or bool(_field(bare, known)[0])


def _remark(text: str) -> str:
    return "\n".join(f"{_REMARK} {line}".rstrip() for line in text.split("\n"))
