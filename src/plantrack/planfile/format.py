"""The format of a plan file: what keys there are, and of what form each value is.

An `ABSENT` default marks a key that may be left out; an empty value is never taken for it. Errors
raised here have codes of problems for types (`shape` gives codes to the others).
"""

import re
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Discriminator, Field, Tag
from pydantic_core import PydanticCustomError

from plantrack.model.days import period_last_day, valid_day

ABSENT: Any = None

ID = re.compile("[a-z0-9][a-z0-9-]*")
AREA_CODE = re.compile("[A-Z]+[0-9]+")
ACTIVITY_CODE = re.compile(r"[A-Z]+[0-9]+\.[0-9]+")
_DAY_FORM = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _trimmed(text: str) -> str:
    if text != text.strip():
        raise PydanticCustomError("P115", "spaces around")
    return text


def _one_line(text: str) -> str:
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
    if period_last_day(text) is None:
        raise PydanticCustomError("P203", "neither a day nor a period")
    return text


class _Between:
    """Holds a whole number between two others, both allowed."""

    def __init__(self, low: int, high: int) -> None:
        self.low, self.high = low, high

    def __call__(self, number: int) -> int:
        if not self.low <= number <= self.high:
            limits = {"low": str(self.low), "high": str(self.high)}
            raise PydanticCustomError("P110", "out of range", limits)
        return number


Line = Annotated[str, Field(min_length=1), AfterValidator(_one_line)]
Prose = Annotated[str, Field(min_length=1), AfterValidator(_trimmed)]
Id = Annotated[Line, AfterValidator(_id), Field(json_schema_extra={"pattern": f"^{ID.pattern}$"})]
AreaCode = Annotated[
    Line, AfterValidator(_area_code), Field(json_schema_extra={"pattern": f"^{AREA_CODE.pattern}$"})
]
ActivityCode = Annotated[
    Line,
    AfterValidator(_activity_code),
    Field(json_schema_extra={"pattern": f"^{ACTIVITY_CODE.pattern}$"}),
]
Code = Annotated[Line, AfterValidator(_code)]
Day = Annotated[Line, AfterValidator(_day), Field(json_schema_extra={"format": "date"})]
Due = Annotated[Line, AfterValidator(_due)]
Number = Annotated[float, Field(allow_inf_nan=False)]
#: The id of an organisation or a place; whether there is one is not a matter of form.
Known = Line


class Strict(BaseModel):
    """A mapping that has no other keys than these."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Both(Strict):
    """A text in both languages."""

    vi: Line
    en: Line = ABSENT


def _form(value: object) -> str:
    return "<pair>" if isinstance(value, dict) else "<text>"


#: A string, which is Vietnamese, or both languages.
Text = Annotated[
    Annotated[Line, Tag("<text>")] | Annotated[Both, Tag("<pair>")],
    Discriminator(_form),
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
    closing_day: Annotated[int, AfterValidator(_Between(1, 28))] = ABSENT
    due_soon_days: Annotated[int, AfterValidator(_Between(0, 366))] = ABSENT
    stale_days: Annotated[int, AfterValidator(_Between(1, 366))] = ABSENT


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


class Lists(Strict):
    """A file that plans include."""

    organisations: list[Organisation] = ABSENT
    places: list[Place] = ABSENT


class PlanFile(Lists):
    """A plan file."""

    format: Literal[1]
    id: Id
    year: Annotated[int, AfterValidator(_Between(1900, 2199))]
    title: Text
    areas: Annotated[list[Area], Field(min_length=1)]
    number: Line = ABSENT
    date: Day = ABSENT
    purpose: Text = ABSENT
    start: Day = ABSENT
    end: Day = ABSENT
    source: Source = ABSENT
    programme: Programme = ABSENT
    contributes_to: list[Goal] = ABSENT
    references: list[Reference] = ABSENT
    amendments: list[Amendment] = ABSENT
    reporting: Reporting = ABSENT
    include: list[Line] = ABSENT
    moved: dict[Code, Code] = ABSENT
    retired: list[Retired] = ABSENT
