"""Holds a file against the format, area by area: what pydantic finds becomes problems with positions."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, Final, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from plantrack.errors import Failure
from plantrack.model.days import civil_period, period_last_day
from plantrack.model.typed_days import parse_due
from plantrack.model.typed_periods import YearRule
from plantrack.planfile.checks.synonyms import choice_meant, key_meant
from plantrack.planfile.format.models import IncludedFile, PlanFile
from plantrack.planfile.parsing.nodes import Mapping, Node, Scalar, Sequence, Unread, scalar
from plantrack.planfile.parsing.problem_collector import ProblemCollector
from plantrack.planfile.parsing.scalars import Kind, kind, plain

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
#: What is read otherwise on the one than on the other ("tomorrow") has no place in a file.
_TWO_DAYS: Final = ("2000-01-01", "2001-06-06")

Location = tuple[int | str, ...]


def check_shape(root: Node, model: type[BaseModel], report: ProblemCollector) -> dict[str, Any] | None:
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
        _Shape(root, model, report).report_all(errors_of(model, data, error))
        return None
    return data


def drop_absent(node: Node, model: type[BaseModel] | None) -> None:
    """Take optional keys without a value (`due: null`) out of a tree: they are not stated."""
    if isinstance(node, Sequence):
        for item in node.items:
            if not isinstance(item, Scalar):
                drop_absent(item, model)
    elif isinstance(node, Mapping) and model:
        fields = model.model_fields
        known = [(key, value) for key, (_, value) in node.pairs.items() if key in fields]
        for key, value in known:
            if not isinstance(value, Scalar):
                drop_absent(value, _model_of(model, key))
            elif kind(value) is Kind.NOTHING and not fields[key].is_required():
                del node.pairs[key]


class _Shape:
    def __init__(self, root: Mapping, model: type[BaseModel], report: ProblemCollector) -> None:
        self.root = root
        self.model = model
        self.report = report

    def report_all(self, errors: Iterable[ErrorDetails]) -> None:
        """Turn what pydantic found into problems, until there are enough."""
        for found in errors:
            location = found["loc"]
            if self.report.full:
                return
            if found["type"] == "extra_forbidden":
                self._unknown_key(location)
            elif found["type"] == "missing":
                self._missing_key(location)
            else:
                _wrong_value(_node(self.root, location), found, self.report, _year(self.root))

    def _missing_key(self, location: Location) -> None:
        at, key = _node(self.root, location[:-1]), str(location[-1])
        if not self.report.is_misspelt(at, key):
            self.report.add(at, "P102", key=key)

    def _unknown_key(self, location: Location) -> None:
        key, outer = _node(self.root, (*location, "[key]")), location[:-1]
        word = str(location[-1])
        if self.model is IncludedFile and not outer and word in PlanFile.model_fields:
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


def _node(root: Mapping, location: Location) -> Node:
    """Return the node at `location`; pydantic's names for the branches of a union are passed by."""
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
            model = _model_of(model, step) or model
    return model


@cache
def _homes(model: type[BaseModel]) -> dict[str, tuple[str, ...]]:
    """Return for each key the keys under which it can stand."""
    found: dict[str, list[str]] = {}
    todo = [("", model)]
    for name, inner in todo:
        for field in inner.model_fields:
            found.setdefault(field, []).append(name)
            below = _model_of(inner, field)
            if below and (field, below) not in todo:
                todo.append((field, below))
    return {key: tuple(name for name in names if name) for key, names in found.items()}


def _is_split(key: Node, value: Node) -> bool:
    """Return whether a key is the rest of a value that has a comma: `{amount: 1,5}`."""
    if not isinstance(value, Scalar) or value.text or value.quoted:
        return False
    before = key.source.line(key.line)[: key.column - 1].rstrip()
    return before.endswith(",")


@cache
def _model_of(model: type[BaseModel], field: str) -> type[BaseModel] | None:
    """Return the one mapping that the value of `field` is made of."""
    return next(_models_in(model.model_fields[field].annotation), None)


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _models_in(part)


def _year(root: Mapping) -> int | None:
    """Return the plan's year, where the file has it."""
    node = scalar(root, "year")
    return int(node.text) if node and re.fullmatch("[12][0-9]{3}", node.text) else None


def _wrong_value(node: Node, found: ErrorDetails, report: ProblemCollector, year: int | None) -> None:
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
        report.add(node, trap or code, _meant(node.text, code, year), value=node.text, **limits)


def _meant(text: str, code: str, year: int | None) -> tuple[str, ...]:
    if code == "P108":
        return choice_meant(text, ("true", "false"))
    return _last_of_month(text) if code == "P202" else _days_meant(text, code, year)


def _last_of_month(text: str) -> tuple[str, ...]:
    """Return the last day of the month of a day that is after it."""
    last = period_last_day(text[:7])
    return (last,) if last and text > last else ()


def _days_meant(text: str, code: str, year: int | None) -> tuple[str, ...]:
    """Return the day or period in the form of the file; a deadline without a year is one of the plan's."""
    known = _WITH_YEAR.search(text) or (year and code == "P203")
    if code not in ("P201", "P203") or not known:
        return ()
    try:
        due, other = (
            parse_due(text, today=today, year=year or 2000, rule=YearRule.PLAN) for today in _TWO_DAYS
        )
    except Failure:
        return ()
    if due != other or due.day is None:
        return ()
    period = due.text if due.text and civil_period(due.text) else None
    if code == "P201":
        return () if period else (due.day,)
    return (period or due.day,)


def _not_a_choice(node: Scalar, expected: str, report: ProblemCollector) -> None:
    choices = expected.replace("'", "").replace(" or ", ", ").split(", ")
    listed = ", ".join(choices)
    near = choice_meant(node.text, choices) or report.near(node.text, choices)
    report.add(node, "P109", near, value=node.text, choices=listed)


#: As many mistakes as are named in one go.
_MANY: Final = 3000

#: Names in pydantic's locations that are no keys.
_BRANCHES: Final = ("<text>", "<pair>")

Path = tuple[int | str, ...]


def errors_of(model: type[BaseModel], data: Any, known: ValidationError) -> Iterator[ErrorDetails]:
    """Yield the mistakes in `data`, which `known` has all of; where they are many, part by part.

    Whoever has enough of them may stop. Unknown keys of a part come first: one that stands for a missing key
    is the same mistake.
    """
    path = _heavy(data) if known.error_count() > _MANY else ()
    if known.error_count() <= _MANY or len(_at(data, path)) < 2:
        found = known.errors(include_url=False, include_input=False)
        yield from sorted(found, key=lambda one: one["type"] != "extra_forbidden")
        return
    yield from _by_parts(model, data, path, known.error_count())
    for one in _found(model, _without(data, path)):
        if _place(one)[: len(path)] != path:
            yield one


def _by_parts(model: type[BaseModel], data: Any, path: Path, count: int) -> Iterator[ErrorDetails]:
    """Yield the mistakes in what is at `path`, which is held against the format without the rest."""
    whole, depth = _at(data, path), len(path)
    alone = tuple(0 if isinstance(step, int) else step for step in path)
    step = max(1, len(whole) * _MANY // count)
    for start in range(0, len(whole), step):
        for one in _found(model, _alone(alone, _part(whole, start, step))):
            place = _place(one)
            own = place[depth:]
            is_there = one["type"] == "missing" and len(own) == 1 and own[0] in whole
            if place[:depth] == alone and not is_there:
                one["loc"] = (*path, *_moved(own, start))
                yield one


def _place(found: ErrorDetails) -> Path:
    return tuple(step for step in found["loc"] if step not in _BRANCHES)


def _moved(own: Path, start: int) -> Path:
    """Return the place in a list of what is in a part of it."""
    return (own[0] + start, *own[1:]) if own and isinstance(own[0], int) else own


def _found(model: type[BaseModel], data: Any) -> Iterator[ErrorDetails]:
    try:
        model.model_validate(data)
    except ValidationError as error:
        yield from errors_of(model, data, error)


def _heavy(data: Any) -> Path:
    """Return the path to the list or mapping that most is in, whose own entries share that among them."""
    weights: dict[int, int] = {}
    _weigh(data, weights)
    path: list[int | str] = []
    while inner := [(weights[id(value)], key, value) for key, value in _containers(data)]:
        weight, key, value = max(inner, key=lambda one: one[0])
        if weight * 2 <= weights[id(data)]:
            break
        path.append(key)
        data = value
    return tuple(path)


def _weigh(value: Any, weights: dict[int, int]) -> int:
    weight = len(value)
    for inner in value.values() if isinstance(value, dict) else value:
        if isinstance(inner, list | dict):
            weight += _weigh(inner, weights) if inner else 0
    weights[id(value)] = weight
    return weight


def _containers(value: Any) -> Iterator[tuple[int | str, Any]]:
    entries = value.items() if isinstance(value, dict) else enumerate(value)
    return ((key, inner) for key, inner in entries if inner and isinstance(inner, list | dict))


def _at(data: Any, path: Path) -> Any:
    for step in path:
        data = data[step]
    return data


def _part(whole: Any, start: int, step: int) -> Any:
    if isinstance(whole, list):
        return whole[start : start + step]
    return {key: whole[key] for key in list(whole)[start : start + step]}


def _alone(path: Path, part: Any) -> Any:
    """Return data that have nothing but what is at a path, always the first entry of a list."""
    for step in reversed(path):
        part = [part] if isinstance(step, int) else {step: part}
    return part


def _without(data: Any, path: Path) -> Any:
    """Return data in which a list or mapping is empty."""
    if not path:
        return type(data)()
    copy = data.copy()
    copy[path[0]] = _without(data[path[0]], path[1:])
    return copy
