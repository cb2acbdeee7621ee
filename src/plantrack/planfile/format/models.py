"""The format of a plan file: what keys there are, and of what form each value is.

An `ABSENT` default marks a key that may be left out; an empty value is never taken for it. Errors
raised here have codes of problems for types (`shape` gives codes to the others).
"""

import re
from functools import lru_cache
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    Tag,
)
from pydantic_core import CoreSchema, PydanticCustomError
from pydantic_core.core_schema import no_info_after_validator_function

from plantrack.model.days import period_last_day, valid_day

ABSENT: Any = None

ID = re.compile("[a-z0-9][a-z0-9-]*")
AREA_CODE = re.compile("[A-Z]+[0-9]+")
ACTIVITY_CODE = re.compile(r"[A-Z]+[0-9]+\.[0-9]+")
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


def _id(text: str) -> str:
    if not ID.fullmatch(text):
        raise PydanticCustomError("P111", "not an id")
    return text


def _area_code(text: str) -> str:
    if not AREA_CODE.fullmatch(text):
        raise PydanticCustomError("P112", "not the code of an area")
    return text


def _activity_code(text: str) -> str:
    if not ACTIVITY_CODE.fullmatch(text):
        raise PydanticCustomError("P113", "not the code of an activity")
    return text


def _code(text: str) -> str:
    if not AREA_CODE.fullmatch(text) and not ACTIVITY_CODE.fullmatch(text):
        raise PydanticCustomError("P117", "not a code")
    return text


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


class _Between:
    """Holds a whole number between two others, both allowed."""

    def __init__(self, low: int, high: int) -> None:
        self.low, self.high = low, high

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return no_info_after_validator_function(self._hold, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {**handler(schema), "minimum": self.low, "maximum": self.high}

    def _hold(self, number: int) -> int:
        if not self.low <= number <= self.high:
            limits = {"low": str(self.low), "high": str(self.high)}
            raise PydanticCustomError("P110", "out of range", limits)
        return number


def _form(name: str) -> Any:
    """Name the form of a string for the JSON Schema: `schema` has a pattern for each."""
    return Field(json_schema_extra={"form": name})


_LIMITS: Any = {"exclusiveMinimum": -(10**15), "exclusiveMaximum": 10**15}

Line = Annotated[str, Field(min_length=1), AfterValidator(_one_line), _form("Line")]
Prose = Annotated[str, Field(min_length=1), AfterValidator(_trimmed), _form("Prose")]
Id = Annotated[Line, AfterValidator(_id), _form("Id")]
AreaCode = Annotated[Line, AfterValidator(_area_code), _form("AreaCode")]
ActivityCode = Annotated[Line, AfterValidator(_activity_code), _form("ActivityCode")]
Code = Annotated[Line, AfterValidator(_code), _form("Code")]
Day = Annotated[Line, AfterValidator(_day), _form("Day")]
Due = Annotated[Line, AfterValidator(_due), _form("Due")]
#: Of fifteen digits at most, which is what `scalars` reads.
Number = Annotated[float, Field(allow_inf_nan=False, json_schema_extra=_LIMITS)]
#: The id of an organisation or a place; whether there is one is not a matter of form.
Known = Line


class Strict(BaseModel):
    """A mapping that has no other keys than these."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Both(Strict):
    """A text in both languages."""

    vi: Line
    en: Line = ABSENT


def _branch(value: object) -> str:
    return "<pair>" if isinstance(value, dict) else "<text>"


#: A string, which is Vietnamese, or both languages.
Text = Annotated[
    Annotated[Line, Tag("<text>")] | Annotated[Both, Tag("<pair>")],
    Discriminator(_branch),
]


class Source(Strict):
    """Where the text of the plan was taken from."""

    publisher: Line = ABSENT
    page_title: Line = ABSENT
    author: Line = ABSENT
    published: Day = ABSENT
    retrieved: Day = ABSENT
    url: Line = ABSENT
    detail_url: Line = ABSENT
    sha256: Line = ABSENT


class Programme(Strict):
    """The standing frame the plan belongs to."""

    title: Text
    number: Line = ABSENT
    date: Day = ABSENT


class Goal(Strict):
    """A larger programme the plan contributes to."""

    title: Text


class Reference(Strict):
    """A document the plan names."""

    id: Id = ABSENT
    title: Text = ABSENT
    number: Line = ABSENT
    date: Day = ABSENT
    issuer: Line = ABSENT


class Amendment(Strict):
    """A document that changed the plan."""

    number: Line
    date: Day = ABSENT
    title: Text = ABSENT


class Reporting(Strict):
    """How the plan is reported."""

    language: Literal["vi", "en"] = ABSENT
    timezone: Line = ABSENT
    closing_day: Annotated[int, _Between(1, 28)] = ABSENT
    due_soon_days: Annotated[int, _Between(0, 366)] = ABSENT
    stale_days: Annotated[int, _Between(1, 366)] = ABSENT


class Organisation(Strict):
    """An agency, a unit in one, or a provincial body."""

    id: Id
    name: Text
    short: Text = ABSENT
    symbol: Line = ABSENT
    level: Literal["central", "province", "unit"] = ABSENT
    place: Known = ABSENT
    parent: Known = ABSENT
    valid_from: Day = ABSENT
    valid_to: Day = ABSENT
    successor: Known = ABSENT


class Place(Strict):
    """A province or other locality."""

    id: Id
    name: Text
    valid_from: Day = ABSENT
    valid_to: Day = ABSENT
    merged_from: list[Known] = ABSENT
    codes: dict[Line, Line] = ABSENT


class Budget(Strict):
    """Money as the document has it."""

    text: Prose = ABSENT
    amount: Number = ABSENT
    unit: Line = ABSENT
    source: Line = ABSENT


class Indicator(Strict):
    """What an activity is measured by."""

    id: Id
    title: Text
    unit: Line = ABSENT
    baseline: Number = ABSENT
    target: Number = ABSENT


class Milestone(Strict):
    """A day inside an activity."""

    due: Due
    title: Text


class Activity(Strict):
    """A line of an area."""

    code: ActivityCode
    title: Text
    no: Line = ABSENT
    source_quote: Prose = ABSENT
    topics: list[Line] = ABSENT
    lead: list[Known] = ABSENT
    coordinating: list[Known] = ABSENT
    place: list[Known] = ABSENT
    time: Line = ABSENT
    start: Day = ABSENT
    due: Due = ABSENT
    ongoing: bool = ABSENT
    priority: Literal["low", "normal", "high", "urgent"] = ABSENT
    deliverable: Text = ABSENT
    budget: Budget = ABSENT
    note: Prose = ABSENT
    indicators: list[Indicator] = ABSENT
    milestones: list[Milestone] = ABSENT


class IntendedResult(Strict):
    """What an area is meant to lead to."""

    title: Text
    source_quote: Prose = ABSENT


class Area(Strict):
    """One of the plan's focus areas."""

    code: AreaCode
    title: Text
    short: Text = ABSENT
    source_text: Prose = ABSENT
    lead: list[Known] = ABSENT
    coordinating: list[Known] = ABSENT
    intended_result: IntendedResult = ABSENT
    activities: list[Activity] = ABSENT


class Retired(Strict):
    """A code taken out of new work and kept in old reports."""

    code: Code
    on: Day
    reason: Line


class IncludedFile(Strict):
    """A file that plans include."""

    organisations: list[Organisation] = ABSENT
    places: list[Place] = ABSENT


class PlanFile(IncludedFile):
    """A plan file."""

    format: Annotated[Literal[1], BeforeValidator(_not_truth)]
    id: Id
    year: Annotated[int, _Between(1900, 2199)]
    title: Text
    areas: Annotated[list[Area], Field(min_length=1)]
    number: Line = ABSENT
    date: Day = ABSENT
    purpose: Text = ABSENT
    start: Day = ABSENT
    end: Day = ABSENT
    unstated: list[Literal["lead", "due"]] = ABSENT
    source: Source = ABSENT
    programme: Programme = ABSENT
    contributes_to: list[Goal] = ABSENT
    references: list[Reference] = ABSENT
    amendments: list[Amendment] = ABSENT
    reporting: Reporting = ABSENT
    include: list[Line] = ABSENT
    moved: dict[Code, Code] = ABSENT
    retired: list[Retired] = ABSENT
