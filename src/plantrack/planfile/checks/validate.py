"""Holds a file against the format: the models say whether it is right, else a walk says what is wrong, and where."""

import re
from functools import cache
from typing import Any, Final

from pydantic_core import ValidationError

from plantrack.errors import Failure
from plantrack.model.days import civil_period, period_last_day
from plantrack.model.plan_format import LISTS, PLAN, TEXT, Form, Section, section_in
from plantrack.model.typed.days import parse_due
from plantrack.model.typed.periods import YearRule
from plantrack.planfile.checks.synonyms import choice_for, key_for
from plantrack.planfile.format.models import validator_of
from plantrack.planfile.parsing.nodes import Mapping, Node, Scalar, Sequence, Unread, scalar
from plantrack.planfile.parsing.problem_collector import ProblemCollector
from plantrack.planfile.parsing.scalars import UNTYPED, Kind, kind, plain

_TYPES: Final = {
    "string_type": "P103",
    "int_type": "P106",
    "int_from_float": "P106",
    "float_type": "P107",
    "bool_type": "P108",
    "literal_error": "P109",
    "string_too_short": "P114",
}
#: What YAML takes an unquoted value for where a text is asked for.
_TRAPS: Final = {Kind.TRUTH: "P120", Kind.NUMBER: "P121", Kind.DAY: "P122"}

_WITH_YEAR: Final = re.compile("(?<![0-9+-])[0-9]{4}(?![0-9])|[/.-][0-9]{4}(?![0-9])")
#: What is read otherwise on the one than on the other ("tomorrow") has no place in a file.
_TWO_DAYS: Final = ("2000-01-01", "2001-06-06")


def drop_absent(node: Node, section: Section | None) -> None:
    """Take optional keys without a value (`due: null`) out of a tree: they are not stated."""
    if isinstance(node, Sequence):
        for item in node.items:
            if not isinstance(item, Scalar):
                drop_absent(item, section)
    elif isinstance(node, Mapping) and section:
        known = [(key, value) for key, (_, value) in node.pairs.items() if key in section.keys]
        for key, value in known:
            if not isinstance(value, Scalar):
                drop_absent(value, section_in(section.keys[key]))
            elif kind(value) is Kind.NOTHING and key not in section.required:
                del node.pairs[key]


def check_shape(root: Node, section: Section, report: ProblemCollector) -> dict[str, Any] | None:
    """Report every value that does not have the form asked for; where all have it, return the values."""
    if isinstance(root, Unread):
        return None
    if not isinstance(root, Mapping):
        report.add(root, "P028")
        return None
    data: dict[str, Any] = plain(root)
    try:
        validator_of(section).validate_python(data)
    except ValidationError:
        _Walk(root, section, report).mapping(root, section)
        return None
    return data


class _Walk:
    """Goes through a file that is wrong, until there are problems enough."""

    def __init__(self, root: Mapping, top: Section, report: ProblemCollector) -> None:
        self.year = _year(root)
        self.top = top
        self.report = report

    def mapping(self, node: Mapping, section: Section) -> None:
        """Report what is wrong in a mapping; unknown keys first, as one may stand for a missing one."""
        for key in node.pairs:
            if key not in section.keys and not self.report.full:
                self._unknown_key(key, node, section)
        for key, (_, value) in node.pairs.items():
            if key in section.keys:
                self._value(value, section.keys[key], required=key in section.required)
        for key in section.required:
            if key not in node.pairs and not self.report.is_misspelt(node, key):
                self.report.add(node, "P102", key=key)

    def _unknown_key(self, word: str, node: Mapping, section: Section) -> None:
        key, value = node.pairs[word]
        if self.top is LISTS and section is LISTS and word in PLAN.keys:
            self.report.add(key, "P034", key=word)
            return
        choices = key_for(word, section.keys) or self.report.near(word, section.keys)
        homes = _homes(self.top).get(word)
        if _is_split(key, value):
            self.report.add(key, "P126", word=word)
        elif homes and not choices:
            self.report.add(key, "P127", key=word, where=", ".join(homes))
        else:
            for choice in choices[:1]:
                self.report.misspelt(node, choice)
            self.report.add(key, "P101", choices, key=word)

    def _value(self, node: Node, form: Form, *, required: bool = False) -> None:
        if self.report.full or isinstance(node, Unread):
            return
        match node, form:
            case Mapping(), Section():
                self.mapping(node, form)
            case Mapping(), "Text":
                self.mapping(node, TEXT)
            case Mapping(), dict():
                (key_form, value_form), *_ = form.items()
                for key, value in node.pairs.values():
                    self._single(key, key.text, key_form)
                    self._value(value, value_form)
            case Sequence(items=[]), list() if required:
                self.report.add(node, "P114")
            case Sequence(), list():
                for item in node.items:
                    self._value(item, form[0])
            case _, list():
                self._wrong(node, "P104", form)
            case _, Section() | dict():
                self._wrong(node, "P105", form)
            case _:
                self._single(node, plain(node) if isinstance(node, Scalar) else UNTYPED, form)

    def _single(self, node: Node, value: object, form: Any) -> None:
        try:
            validator_of(form).validate_python(value)
        except ValidationError as error:
            kind_of_error = error.errors(include_url=False, include_input=False)[0]["type"]
            self._wrong(node, _TYPES.get(kind_of_error, kind_of_error), form)

    def _wrong(self, node: Node, code: str, form: Form) -> None:
        if not isinstance(node, Scalar):
            self.report.add(node, code)
        elif kind(node) is Kind.NOTHING:
            self.report.add(node, "P123")
        elif code == "P109":
            choices = form if isinstance(form, tuple) else ("1",)
            near = choice_for(node.text, choices) or self.report.near(node.text, choices)
            self.report.add(node, code, near, value=node.text, choices=", ".join(choices))
        elif isinstance(form, range) and code == "P110":
            limits = {"low": str(form.start), "high": str(form.stop - 1)}
            self.report.add(node, code, value=node.text, **limits)
        else:
            trap = _TRAPS.get(kind(node)) if code == "P103" else None
            self.report.add(node, trap or code, _suggested(node.text, code, self.year), value=node.text)


@cache
def _homes(top: Section) -> dict[str, tuple[str, ...]]:
    """Return for each key the keys under which it can stand."""
    found: dict[str, list[str]] = {}
    todo = [("", top)]
    for name, section in todo:
        for key in section.required_first():
            found.setdefault(key, []).append(name)
            below = section_in(section.keys[key])
            if below and (key, below) not in todo:
                todo.append((key, below))
    return {key: tuple(name for name in names if name) for key, names in found.items()}


def _is_split(key: Node, value: Node) -> bool:
    """Return whether a key is the rest of a value that has a comma: `{amount: 1,5}`."""
    if not isinstance(value, Scalar) or value.text or value.quoted:
        return False
    before = key.source.line(key.line)[: key.column - 1].rstrip()
    return before.endswith(",")


def _year(root: Mapping) -> int | None:
    """Return the plan's year, where the file has it."""
    node = scalar(root, "year")
    return int(node.text) if node and re.fullmatch("[12][0-9]{3}", node.text) else None


def _suggested(text: str, code: str, year: int | None) -> tuple[str, ...]:
    if code == "P108":
        return choice_for(text, ("true", "false"))
    return _last_of_month(text) if code == "P202" else _suggested_day(text, code, year)


def _last_of_month(text: str) -> tuple[str, ...]:
    """Return the last day of the month of a day that is after it."""
    last = period_last_day(text[:7])
    return (last,) if last and text > last else ()


def _suggested_day(text: str, code: str, year: int | None) -> tuple[str, ...]:
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
