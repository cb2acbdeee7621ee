"""Pydantic models of a plan file, made from `plan_format`, and the checks behind each form.

Errors raised here have codes of problems for types (`validate` gives codes to the others).
"""

import re
from functools import cache, lru_cache
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    FailFast,
    Field,
    TypeAdapter,
    create_model,
)
from pydantic_core import PydanticCustomError

from plantrack.model.days import period_last_day, valid_day
from plantrack.model.plan_format import TEXT, Form, Section, Single

ID = re.compile("[a-z0-9][a-z0-9-]*")
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


def _like(pattern: re.Pattern[str], problem: str) -> AfterValidator:
    def check(text: str) -> str:
        if not pattern.fullmatch(text):
            raise PydanticCustomError(problem, "not of the form")
        return text

    return AfterValidator(check)


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


def _between(numbers: range) -> AfterValidator:
    def hold(number: int) -> int:
        if number not in numbers:
            raise PydanticCustomError("P110", "out of range")
        return number

    return AfterValidator(hold)


_Line = Annotated[str, Field(min_length=1), AfterValidator(_one_line)]
#: "Text" is here the one that is no mapping.
_SINGLE: dict[Single, Any] = {
    "Line": _Line,
    "Prose": Annotated[str, Field(min_length=1), AfterValidator(_trimmed)],
    "Text": _Line,
    "Id": Annotated[_Line, _like(ID, "P111")],
    "AreaCode": Annotated[_Line, _like(AREA_CODE, "P112")],
    "ActivityCode": Annotated[_Line, _like(ACTIVITY_CODE, "P113")],
    "Code": Annotated[_Line, _like(CODE, "P117")],
    "Day": Annotated[_Line, AfterValidator(_day)],
    "Due": Annotated[_Line, AfterValidator(_due)],
    "Number": float,
    "Boolean": bool,
    "Version": Annotated[Literal[1], BeforeValidator(_not_truth)],
}
#: What is made of them while the program runs is no type to a checker.
_LIST: Any = list
_DICT: Any = dict
_STRICT = ConfigDict(extra="forbid", strict=True)


@cache
def model_of(section: Section) -> type[BaseModel]:
    """Return the model of a mapping; an empty value is never taken for the default of an optional key."""
    fields: dict[str, Any] = {}
    for key, form in section.keys.items():
        if key not in section.required:
            fields[key] = (_type(form), None)
        elif isinstance(form, list):
            fields[key] = (Annotated[_type(form), Field(min_length=1)], ...)
        else:
            fields[key] = (_type(form), ...)
    return create_model(section.name, __config__=_STRICT, **fields)


def _type(form: Form) -> Any:
    match form:
        case Section():
            return model_of(form)
        case list():
            # What else is wrong is not asked here: a file of rubbish must not fill the memory.
            return Annotated[_LIST[_type(form[0])], FailFast()]
        case dict():
            (key, value), *_ = form.items()
            return _DICT[_SINGLE[key], _SINGLE[value]]
        case "Text":
            return _Line | model_of(TEXT)
    return _single_type(form)


def _single_type(form: Any) -> Any:
    if isinstance(form, range):
        return Annotated[int, _between(form)]
    return Literal[form] if isinstance(form, tuple) else _SINGLE[form]


@cache
def adapter_of(form: Single | tuple[str, ...] | range) -> TypeAdapter[Any]:
    """Return what checks a single value, apart from the mapping that it stands in."""
    return TypeAdapter(_single_type(form), config=_STRICT)
