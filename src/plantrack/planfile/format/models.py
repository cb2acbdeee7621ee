"""Pydantic's validators of a plan file, made from `plan_format`, and the checks behind each form.

They are made of its core: to load and make its classes takes as long as to check four thousand activities.
Errors raised here have codes of problems for types (`validate` gives codes to the others).
"""

import re
from collections.abc import Callable
from functools import cache, lru_cache
from typing import Any

from pydantic_core import CoreSchema, PydanticCustomError, SchemaValidator, core_schema

from plantrack.model.days import period_last_day, valid_day
from plantrack.model.plan_format import ID, TEXT, Form, Section, Single

AREA_CODE = re.compile("[A-Z]+[0-9]+")
ACTIVITY_CODE = re.compile(r"[A-Z]+[0-9]+\.[0-9]+")
CODE = re.compile(f"{AREA_CODE.pattern}|{ACTIVITY_CODE.pattern}")
_DAY_FORM = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")

_LONGEST_PERIOD = 8
#: A plan has few periods, many times.
_last_day_of = lru_cache(maxsize=4096)(period_last_day)


def last_day_of(text: str) -> str | None:
    """Return the last day of a period, None for other texts."""
    return _last_day_of(text) if len(text) <= _LONGEST_PERIOD else None


def _trimmed(text: str) -> str:
    if text != text.strip():
        raise PydanticCustomError("P115", "spaces around")
    return text


def _one_line(text: str) -> str:
    if text.isprintable() and text[0] != " " != text[-1]:
        return text  # nearly all are: of spaces, only the ordinary one is printable
    if "\n" in text.strip() or "\t" in text.strip():
        raise PydanticCustomError("P116", "several lines")
    return _trimmed(text)


def _like(pattern: re.Pattern[str], problem: str) -> Callable[[str], str]:
    def check(text: str) -> str:
        if not pattern.fullmatch(text):
            raise PydanticCustomError(problem, "not of the form")
        return text

    return check


def _day(text: str) -> str:
    if not _DAY_FORM.fullmatch(text):
        raise PydanticCustomError("P201", "not a day")
    if not valid_day(text):
        raise PydanticCustomError("P202", "no such day")
    return text


def _due(text: str) -> str:
    if _DAY_FORM.fullmatch(text):
        return _day(text)
    if last_day_of(text) is None:
        raise PydanticCustomError("P203", "neither a day nor a period")
    return text


def _not_truth(value: object) -> object:
    """Refuse `true`, which is 1 to Python."""
    if isinstance(value, bool):
        raise PydanticCustomError("literal_error", "not a number", {"expected": "1"})
    return value


def _between(numbers: range) -> Callable[[int], int]:
    def hold(number: int) -> int:
        if number not in numbers:
            raise PydanticCustomError("P110", "out of range")
        return number

    return hold


_after = core_schema.no_info_after_validator_function
_LINE = _after(_one_line, core_schema.str_schema(min_length=1))
#: "Text" is here the one that is no mapping.
_SINGLE: dict[Single, CoreSchema] = {
    "Line": _LINE,
    "Prose": _after(_trimmed, core_schema.str_schema(min_length=1)),
    "Text": _LINE,
    "Id": _after(_like(ID, "P111"), _LINE),
    "AreaCode": _after(_like(AREA_CODE, "P112"), _LINE),
    "ActivityCode": _after(_like(ACTIVITY_CODE, "P113"), _LINE),
    "Code": _after(_like(CODE, "P117"), _LINE),
    "Day": _after(_day, _LINE),
    "Due": _after(_due, _LINE),
    "Number": core_schema.float_schema(),
    "Boolean": core_schema.bool_schema(),
    "Version": core_schema.no_info_before_validator_function(_not_truth, core_schema.literal_schema([1])),
}
_STRICT = core_schema.CoreConfig(strict=True)


@cache
def validator_of(form: Section | Single | tuple[str, ...] | range) -> SchemaValidator:
    """Return what checks a mapping, or a single value apart from the mapping that it stands in."""
    return SchemaValidator(_mapping(form) if isinstance(form, Section) else _single(form), _STRICT)


def _mapping(section: Section) -> CoreSchema:
    """Return the schema of a mapping; an empty value is never taken for the default of an optional key."""
    fields = {}
    for key, form in section.keys.items():
        required = key in section.required
        fields[key] = core_schema.typed_dict_field(_schema(form, required=required), required=required)
    # What a mapping holds takes no settings from around it.
    return core_schema.typed_dict_schema(fields, extra_behavior="forbid", config=_STRICT)


def _schema(form: Form, *, required: bool) -> CoreSchema:
    """Return the schema of the value of a key."""
    match form:
        case Section():
            return _mapping(form)
        case list():
            # What else is wrong is not asked here: a file of rubbish must not fill the memory.
            inner = _schema(form[0], required=False)
            return core_schema.list_schema(inner, min_length=int(required), fail_fast=True)
        case dict():
            (key, value), *_ = form.items()
            return core_schema.dict_schema(_SINGLE[key], _SINGLE[value])
        case "Text":
            return core_schema.union_schema([_LINE, _mapping(TEXT)])
    return _single(form)


def _single(form: Any) -> CoreSchema:
    if isinstance(form, range):
        return _after(_between(form), core_schema.int_schema())
    return core_schema.literal_schema([*form]) if isinstance(form, tuple) else _SINGLE[form]
