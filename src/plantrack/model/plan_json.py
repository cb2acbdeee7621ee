"""A plan as JSON, as the store keeps it: the keys of the plan file, without what is absent.

The form is exact (the same plan, the same text) and read without YAML; a text without English is a
string, as in a plan file.
"""

import json
from collections.abc import Callable
from functools import cache
from typing import Any

from plantrack.model.days import period_last_day, valid_day
from plantrack.model.moments import local_day
from plantrack.model.plan import Plan, Text
from plantrack.model.plan_format import PLAN, Form, Section

Data = dict[str, Any]
#: Makes a value of a plan out of one of JSON.
Reader = Callable[[Any], Any]


def plan_to_json(plan: Plan) -> str:
    """Write a plan so that `plan_from_json` gives it back."""
    data = _written(plan)
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


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


def plan_from_json(text: str) -> Plan:
    """Read what `plan_to_json` wrote; other text is a defect."""
    return plan_from_dict(json.loads(text))


def plan_from_dict(data: Data) -> Plan:
    """Read a plan from the keys of a plan file, whose form must have been checked."""
    plan: Plan = _record_reader(PLAN)(data)
    return plan


@cache
def _record_reader(section: Section) -> Reader:
    """Return what makes a record; of a programme or an amendment too, any field of its record is read."""
    record, defaults = section.record, section.record._field_defaults
    places = {name: (place, _reader(section.keys.get(name))) for place, name in enumerate(record._fields)}
    required = [name for name in record._fields if name not in defaults]
    absent = [defaults.get(name) for name in record._fields]

    def read(data: Data) -> Any:
        values = [*absent]
        for name in data:
            if name in places:
                place, reader = places[name]
                values[place] = reader(data[name]) if reader else data[name]
        for name in required:
            data[name]  # fails where it is absent
        return record._make(values)

    return read


def _reader(form: Form | None) -> Reader | None:
    """Return what makes a value of a form; None where it stays as it is."""
    if isinstance(form, Section):
        return _record_reader(form)
    if isinstance(form, list):
        inner = _reader(form[0])
        return (lambda items: tuple(map(inner, items))) if inner else tuple
    return _text if form == "Text" else None


def _text(data: str | Data) -> Text:
    return Text._make((data, None) if isinstance(data, str) else (data["vi"], data.get("en")))


def is_sound(text: str) -> bool:
    """Return whether a text is what `plan_to_json` writes, and its days, numbers and time zone are some."""
    try:
        plan = plan_from_json(text)
        local_day("2024-01-01T00:00:00.000Z", plan.reporting.timezone)
        return plan_to_json(plan) == text and _is_sound(PLAN, json.loads(text))
    except (ArithmeticError, AttributeError, LookupError, OSError, TypeError, ValueError):
        return False


def _is_sound(form: Form | None, value: Any) -> bool:
    """Return whether a value may stand where a form is asked for."""
    match form, value:
        case Section(), dict():
            return all(_is_sound(form.keys.get(key), inner) for key, inner in value.items())
        case list(), list():
            return all(_is_sound(form[0], item) for item in value)
        case (dict(), dict()) | ("Text", dict()):
            return all(isinstance(text, str) for text in value.values())
        case (("Number" | "Boolean" | range()), _):
            return isinstance(value, int | float)
        case "Day", str():
            return valid_day(value)
        case "Due", str():
            return valid_day(value) or period_last_day(value) is not None
        case ((Section() | list() | dict()), _):
            return False
    return isinstance(value, str)
