"""Holds a file against the format: what pydantic finds becomes problems with positions."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any, Final, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from plantrack.errors import Failure
from plantrack.model.days import parse_due, period_last_day
from plantrack.planfile.format import Lists, PlanFile
from plantrack.planfile.meant import choice_meant, key_meant
from plantrack.planfile.nodes import Mapping, Node, Scalar, Sequence, Unread
from plantrack.planfile.report import Report
from plantrack.planfile.scalars import Kind, kind, plain

_TYPES: Final = {
    "string_type": "P103",
    "list_type": "P104",
    "model_type": "P105",
    "dict_type": "P105",
    "int_type": "P106",
    "int_from_float": "P106",
    "float_type": "P107",
    "bool_type": "P108",
    "literal_error": "P109",
    "string_too_short": "P114",
    "too_short": "P114",
}
#: What YAML takes an unquoted value for where a text is asked for.
_TRAPS: Final = {Kind.TRUTH: "P120", Kind.NUMBER: "P121", Kind.DAY: "P122"}

_WITH_YEAR: Final = re.compile("(?<![0-9+-])[0-9]{4}(?![0-9])|[/.-][0-9]{4}(?![0-9])")

#: The names of branches of unions, and of keys, in pydantic's locations.
_BRANCHES: Final = ("<text>", "<pair>", "[key]")

Location = tuple[int | str, ...]


def check_shape(root: Node, model: type[BaseModel], report: Report) -> dict[str, Any] | None:
    """Report every value that does not have the form `model` asks for; where all have it, give the values."""
    if isinstance(root, Unread):
        return None
    if not isinstance(root, Mapping):
        report.add(root, "P028")
        return None
    data: dict[str, Any] = plain(root)
    try:
        model.model_validate(data)
    except ValidationError as error:
        # Unknown keys first: one that stands for a missing key is the same mistake.
        found = error.errors(include_url=False, include_input=False)
        found.sort(key=lambda one: one["type"] != "extra_forbidden")
        _Shape(root, model, report).report_all(found)
        return None
    return data


class _Shape:
    def __init__(self, root: Mapping, model: type[BaseModel], report: Report) -> None:
        self.root = root
        self.model = model
        self.report = report
        #: Keys without a value, where that is the same as no key: what they were taken out of.
        self.absent: set[tuple[int, str]] = set()

    def report_all(self, errors: list[ErrorDetails]) -> None:
        """Turn what pydantic found into problems."""
        for found in errors:
            location = found["loc"]
            if self.report.full:
                return
            if found["type"] == "extra_forbidden":
                self._unknown_key(location)
            elif found["type"] == "missing":
                self._missing_key(location)
            elif not self._is_absent(location):
                _wrong_value(_node(self.root, location), found, self.report)

    def _is_absent(self, location: Location) -> bool:
        """Take an optional key without a value (`due: null`) out of the tree: it is not stated.

        An alias stands in several places, and its keys are found missing in the second.
        """
        path, outer, gone = _path(self.root, location)
        if gone is not None:
            return (id(outer), gone) in self.absent
        value = _node(self.root, path)
        if not isinstance(outer, Mapping) or not isinstance(value, Scalar) or kind(value) is not Kind.NOTHING:
            return False
        key = str(path[-1])
        field = _model_at(self.model, path[:-1]).model_fields.get(key)
        if field is None or field.is_required():
            return False
        del outer.pairs[key]
        self.absent.add((id(outer), key))
        return True

    def _missing_key(self, location: Location) -> None:
        at, key = _node(self.root, location[:-1]), str(location[-1])
        if not self.report.is_misspelt(at, key):
            self.report.add(at, "P102", key=key)

    def _unknown_key(self, location: Location) -> None:
        key, outer = _node(self.root, (*location, "[key]")), location[:-1]
        word = str(location[-1])
        if self.model is Lists and not outer and word in PlanFile.model_fields:
            self.report.add(key, "P034", key=word)
            return
        fields = _model_at(self.model, outer).model_fields
        choices = key_meant(word, fields) or self.report.near(word, fields)
        homes = _homes(self.model).get(word)
        if _is_split(key, _node(self.root, location)):
            self.report.add(key, "P126", word=word)
        elif homes and not choices:
            self.report.add(key, "P127", key=word, where=", ".join(homes))
        else:
            for choice in choices[:1]:
                self.report.misspelt(_node(self.root, outer), choice)
            self.report.add(key, "P101", choices, key=word)


def _path(root: Mapping, location: Location) -> tuple[Location, Node, str | None]:
    """Give a location without pydantic's names for the branches of a union, and the node that holds its end.

    Where that node has the end no more, it is given for itself.
    """
    node: Node = root
    outer: Node = root
    path: list[int | str] = []
    for step in location:
        if isinstance(node, Sequence) and isinstance(step, int):
            outer, node = node, node.items[step]
        elif isinstance(node, Mapping) and step in node.pairs:
            outer, node = node, node.pairs[str(step)][1]
        elif isinstance(node, Mapping) and step not in _BRANCHES:
            return tuple(path), node, str(step)
        else:
            continue
        path.append(step)
    return tuple(path), outer, None


def _node(root: Mapping, location: Location) -> Node:
    """Give the node at `location`; pydantic's names for the branches of a union are passed by."""
    node: Node = root
    pair: tuple[Node, Node] = (root, root)
    for step in location:
        if step == "[key]":
            return pair[0]
        if isinstance(node, Sequence) and isinstance(step, int):
            node = node.items[step]
        elif isinstance(node, Mapping) and step in node.pairs:
            pair = node.pairs[str(step)]
            node = pair[1]
    return node


def _model_at(model: type[BaseModel], location: Location) -> type[BaseModel]:
    for step in location:
        if isinstance(step, str) and step in model.model_fields:
            model = _model_of(model, step)
    return model


@cache
def _homes(model: type[BaseModel]) -> dict[str, tuple[str, ...]]:
    """Give for each key the keys under which it can stand."""
    found: dict[str, list[str]] = {}
    todo = [("", model)]
    for name, inner in todo:
        for field in inner.model_fields:
            found.setdefault(field, []).append(name)
            below = _model_of(inner, field)
            if below is not inner and (field, below) not in todo:
                todo.append((field, below))
    return {key: tuple(name for name in names if name) for key, names in found.items()}


def _is_split(key: Node, value: Node) -> bool:
    """Say whether a key is the rest of a value that has a comma: `{amount: 1,5}`."""
    if not isinstance(value, Scalar) or value.text or value.quoted:
        return False
    before = key.source.lines[key.line - 1][: key.column - 1].rstrip()
    return before.endswith(",")


@cache
def _model_of(model: type[BaseModel], field: str) -> type[BaseModel]:
    """Give the one mapping that the value of `field` is made of; the same one where that is no model."""
    return next(_models_in(model.model_fields[field].annotation), model)


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _models_in(part)


def _wrong_value(node: Node, found: ErrorDetails, report: Report) -> None:
    code = _TYPES.get(found["type"], found["type"])
    if isinstance(node, Unread):
        return
    if not isinstance(node, Scalar):
        report.add(node, code)
        return
    trap = _TRAPS.get(kind(node)) if code == "P103" else None
    if kind(node) is Kind.NOTHING:
        report.add(node, "P123")
    elif code == "P109":
        _not_a_choice(node, found["ctx"]["expected"], report)
    else:
        limits = found["ctx"] if code == "P110" else {}
        report.add(node, trap or code, _meant(node.text, code), value=node.text, **limits)


def _meant(text: str, code: str) -> tuple[str, ...]:
    if code == "P108":
        return choice_meant(text, ("true", "false"))
    return _last_of_month(text) if code == "P202" else _days_meant(text, code)


def _last_of_month(text: str) -> tuple[str, ...]:
    """Give the last day of the month of a day that is after it."""
    last = period_last_day(text[:7])
    return (last,) if last and text > last else ()


def _days_meant(text: str, code: str) -> tuple[str, ...]:
    """Give the day or period in the form of the file, where it has its year and another form."""
    if code not in ("P201", "P203") or not _WITH_YEAR.search(text):
        return ()
    try:
        due = parse_due(text, today="2000-01-01", year=2000)
    except Failure:
        return ()
    meant = due.text if code == "P203" and due.text else due.day
    return (meant,) if meant and not (code == "P201" and due.text) else ()


def _not_a_choice(node: Scalar, expected: str, report: Report) -> None:
    choices = expected.replace("'", "").replace(" or ", ", ").split(", ")
    listed = ", ".join(choices)
    near = choice_meant(node.text, choices) or report.near(node.text, choices)
    report.add(node, "P109", near, value=node.text, choices=listed)
