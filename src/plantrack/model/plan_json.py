"""A plan as JSON, as the store keeps it: the keys of the plan file, without what is absent.

The form is exact (the same plan, the same text) and read without YAML; a text without English is a
string, as in a plan file.
"""

import json
from typing import Any

from plantrack.model.days import period_last_day, valid_day
from plantrack.model.moments import local_day
from plantrack.model.plan import (
    Activity,
    Area,
    Budget,
    CitedDocument,
    Indicator,
    IntendedResult,
    Milestone,
    Organisation,
    Place,
    Plan,
    PlanSource,
    Reporting,
    Retired,
    Text,
)

Data = dict[str, Any]


def plan_to_json(plan: Plan) -> str:
    """Write a plan so that `plan_from_json` gives it back."""
    data = _written(plan)
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def plan_from_json(text: str) -> Plan:
    """Read what `plan_to_json` wrote; other text is a defect."""
    return plan_from_dict(json.loads(text))


def is_sound(text: str) -> bool:
    """Return whether a text is what `plan_to_json` writes, and its days, numbers and time zone are some."""
    try:
        plan = plan_from_json(text)
        local_day("2024-01-01T00:00:00.000Z", plan.reporting.timezone)
        return plan_to_json(plan) == text and _is_sound("", json.loads(text))
    except (ArithmeticError, AttributeError, LookupError, OSError, TypeError, ValueError):
        return False


_DAYS = frozenset({"date", "start", "end", "published", "retrieved", "valid_from", "valid_to", "on"})
_NUMBERS = frozenset({"year", "closing_day", "due_soon_days", "stale_days", "amount", "baseline", "target"})


def _is_sound(key: str, value: Any) -> bool:
    """Return whether a value may stand under a key, whatever stands around it."""
    if isinstance(value, dict):
        return all(_is_sound(name, inner) for name, inner in value.items())
    if isinstance(value, list):
        return all(_is_sound(key, inner) for inner in value)
    if key in _NUMBERS or key == "ongoing":
        return isinstance(value, int | float)
    if not isinstance(value, str):
        return False
    if key == "due":
        return valid_day(value) or period_last_day(value) is not None
    return valid_day(value) if key in _DAYS else True


def plan_from_dict(data: Data) -> Plan:
    """Read a plan from the keys of a plan file, whose form must have been checked."""
    get = data.get
    return Plan(
        id=data["id"],
        year=data["year"],
        title=_text(data["title"]),
        areas=tuple(map(_area, data["areas"])),
        number=get("number"),
        date=get("date"),
        purpose=_text_or_none(get("purpose")),
        start=get("start"),
        end=get("end"),
        source=PlanSource(**data["source"]) if "source" in data else None,
        programme=_document(data["programme"]) if "programme" in data else None,
        contributes_to=tuple(map(_document, get("contributes_to", ()))),
        references=tuple(map(_document, get("references", ()))),
        amendments=tuple(map(_document, get("amendments", ()))),
        reporting=Reporting(**get("reporting", {})),
        organisations=tuple(map(_organisation, get("organisations", ()))),
        places=tuple(map(_place, get("places", ()))),
        moved=get("moved", {}),
        retired=tuple(Retired(**retired) for retired in get("retired", ())),
        unstated=tuple(get("unstated", ())),
    )


def _written(value: Any) -> Any:
    if isinstance(value, Text):
        return value.vi if value.en is None else value._asdict()
    if hasattr(value, "_fields"):
        return _fields(value)
    return [_written(item) for item in value] if isinstance(value, tuple) else value


def _fields(value: Any) -> Data:
    defaults = value._field_defaults
    return {
        name: _written(field)
        for name, field in zip(value._fields, value, strict=True)
        if name not in defaults or field != defaults[name]
    }


def _text(data: str | Data) -> Text:
    return Text(data) if isinstance(data, str) else Text(data["vi"], data.get("en"))


def _text_or_none(data: str | Data | None) -> Text | None:
    return None if data is None else _text(data)


def _document(data: Data) -> CitedDocument:
    title = _text_or_none(data.get("title"))
    return CitedDocument(title, data.get("id"), data.get("number"), data.get("date"), data.get("issuer"))


def _organisation(data: Data) -> Organisation:
    texts = {"name": _text(data["name"]), "short": _text_or_none(data.get("short"))}
    return Organisation(**{**data, **texts})


def _place(data: Data) -> Place:
    merged = tuple(data.get("merged_from", ()))
    return Place(**{**data, "name": _text(data["name"]), "merged_from": merged})


def _area(data: Data) -> Area:
    get = data.get
    return Area(
        code=data["code"],
        title=_text(data["title"]),
        short=_text_or_none(get("short")),
        source_text=get("source_text"),
        lead=tuple(get("lead", ())),
        coordinating=tuple(get("coordinating", ())),
        intended_result=_result(get("intended_result")),
        activities=tuple(map(_activity, get("activities", ()))),
    )


def _result(data: Data | None) -> IntendedResult | None:
    return IntendedResult(_text(data["title"]), data.get("source_quote")) if data else None


def _activity(data: Data) -> Activity:
    get = data.get
    return Activity(
        code=data["code"],
        title=_text(data["title"]),
        no=get("no"),
        source_quote=get("source_quote"),
        topics=tuple(get("topics", ())),
        lead=tuple(get("lead", ())),
        coordinating=tuple(get("coordinating", ())),
        place=tuple(get("place", ())),
        time=get("time"),
        start=get("start"),
        due=get("due"),
        ongoing=get("ongoing", False),
        priority=get("priority"),
        deliverable=_text_or_none(get("deliverable")),
        budget=Budget(**data["budget"]) if "budget" in data else None,
        note=get("note"),
        indicators=tuple(map(_indicator, get("indicators", ()))),
        milestones=tuple(map(_milestone, get("milestones", ()))),
    )


def _indicator(data: Data) -> Indicator:
    return Indicator(**{**data, "title": _text(data["title"])})


def _milestone(data: Data) -> Milestone:
    return Milestone(data["due"], _text(data["title"]))
