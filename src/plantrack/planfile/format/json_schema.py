"""The format of a plan file as a JSON Schema (draft 2020-12), for editors and other tools.

It refuses what the check of a file refuses, as far as a schema can say it.
Texts for people stand in it as keys (`editor.activity.due`); whoever prints it words them.
"""

from functools import cache
from typing import Any, Final

from plantrack.model.days import civil_period
from plantrack.model.plan_format import ID, LISTS, PLAN, TEXT, Form, Section, Single, every_section

#: The schema's name in the folder of the plans, and the first line of a plan that leads editors to it.
FILE: Final = "plan.schema.json"
EDITOR_LINE: Final = f"# yaml-language-server: $schema={FILE}"

_DRAFT: Final = "https://json-schema.org/draft/2020-12/schema"
#: A name, no address: no server has it.
_ID: Final = "urn:plantrack:plan:1"

_YEAR = "(?:19|20|21)[0-9]{2}"
_LEAP_YEAR = "(?:(?:19|21)(?:0[48]|[2468][048]|[13579][26])|20(?:[02468][048]|[13579][26]))"
_MONTH = "(?:0[1-9]|1[0-2])"
_IN_ANY_MONTH = f"{_MONTH}-(?:0[1-9]|1[0-9]|2[0-8])"
_AT_THE_END = "(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31"
_DAY = f"(?:{_YEAR}-(?:{_IN_ANY_MONTH}|{_AT_THE_END})|{_LEAP_YEAR}-02-29)"
_WEEK = "W(?:0[1-9]|[1-4][0-9]|5[0-2])"
_PERIOD = f"{_YEAR}(?:-(?:{_MONTH}|Q[1-4]|H[12]|9M|{_WEEK}))?"
_NOTHING: Final = {"type": "null"}
_LINE = r"\S(?:[^\n\t]*\S)?"

#: `errorMessage` is what editors say in place of a pattern; other readers of schemas pass it by.
Schema = dict[str, Any]


def plan_schema() -> Schema:
    """Return the schema of a plan file; its definition `Lists` is that of a file that plans include."""
    sections = {section.name: section for section in (LISTS, *every_section(PLAN)) if section is not PLAN}
    return {
        "$schema": _DRAFT,
        "$id": _ID,
        "title": "editor.title",
        "description": "editor.about",
        **_mapping(PLAN),
        "$defs": {name: _mapping(sections[name]) for name in sorted(sections)},
    }


def _mapping(section: Section) -> Schema:
    properties = {key: _property(section, key) for key in section.required_first()}
    return {
        "type": "object",
        "properties": properties,
        **({"required": list(section.required)} if section.required else {}),
        "additionalProperties": False,
    }


def _property(section: Section, key: str) -> Schema:
    """Return the schema of the value of a key; of an optional one, no value (`due:`) is the same as no key."""
    form = section.keys[key]
    described = {"description": f"editor.{section.name.lower()}.{key}"}
    if key in section.required:
        least = {"minItems": 1} if isinstance(form, list) else {}
        return {**described, **_value(form, **least)}
    value = _value(form)
    if "$ref" in value:
        return {**described, "anyOf": [value, _NOTHING]}
    if "anyOf" in value:
        return {**described, "anyOf": [*value["anyOf"], _NOTHING]}
    choices = {"enum": [*value["enum"], None]} if "enum" in value else {}
    return {**described, **value, "type": [value["type"], "null"], **choices}


def _value(form: Form, **least: int) -> Schema:
    # No `$ref` has anything beside it, and each string its pattern: editors complete keys better so.
    match form:
        case Section():
            return {"$ref": f"#/$defs/{form.name}"}
        case list():
            items = _value(form[0])
            return {"type": "array", "items": items, **least, "errorMessage": "editor.form.array"}
        case dict():
            return _dictionary(form)
        case tuple():
            return {"enum": list(form), "type": "string"}
        case range():
            limits = {"maximum": form.stop - 1, "minimum": form.start}
            return {**limits, "type": "integer", "errorMessage": "editor.form.integer"}
        case "Text":
            return {"anyOf": [_string("Text"), _value(TEXT)]}
    return _NOT_STRINGS.get(form) or _string(form)


_NOT_STRINGS: Final[dict[str, Schema]] = {
    "Number": {
        # Of fifteen digits at most, which is what `scalars` reads.
        "exclusiveMaximum": 10**15,
        "exclusiveMinimum": -(10**15),
        "type": "number",
        "errorMessage": "editor.form.number",
    },
    "Boolean": {"type": "boolean", "errorMessage": "editor.form.boolean"},
    "Version": {"const": 1, "type": "integer"},
}


def _dictionary(form: dict[Single, Single]) -> Schema:
    """Return the schema of a mapping whose keys are not named in the format, such as `moved`."""
    (key, value), *_ = form.items()
    return {"type": "object", "propertyNames": _string(key), "additionalProperties": _value(value)}


def _string(form: str) -> Schema:
    # `$` alone would let the end of a last line through in Python.
    pattern = rf"^{_patterns().get(form, _LINE)}$(?!\n)"
    return {"type": "string", "pattern": pattern, "errorMessage": f"editor.form.{form}"}


@cache
def _patterns() -> dict[str, str]:
    """Return the patterns of the forms that are more than a line."""
    from plantrack.planfile.format.models import ACTIVITY_CODE, AREA_CODE, CODE

    long_years = "|".join(f"{year}" for year in range(1900, 2200) if civil_period(f"{year}-W53"))
    return {
        "Prose": r"\S(?:[\s\S]*\S)?",
        "Id": ID.pattern,
        "AreaCode": AREA_CODE.pattern,
        "ActivityCode": ACTIVITY_CODE.pattern,
        "Code": f"(?:{CODE.pattern})",
        "Day": _DAY,
        "Due": f"(?:{_DAY}|{_PERIOD}|(?:{long_years})-W53)",
    }
