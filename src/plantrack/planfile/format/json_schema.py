"""The format of a plan file as a JSON Schema (draft 2020-12), for editors and other tools.

It is made from the models of `format`, and refuses what they refuse as far as a schema can say it.
Texts for people stand in it as keys (`editor.activity.due`); whoever prints it words them.
"""

from functools import cache
from typing import Any, Final

from plantrack.model.days import civil_period

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
    from plantrack.planfile.format.models import IncludedFile, PlanFile

    plan = PlanFile.model_json_schema()
    models = {**plan["$defs"], "Lists": IncludedFile.model_json_schema()}
    return {
        "$schema": _DRAFT,
        "$id": _ID,
        "title": "editor.title",
        "description": "editor.about",
        **_mapping("Plan", plan),
        "$defs": {name: _mapping(name, models[name]) for name in sorted(models)},
    }


def _mapping(name: str, model: Schema) -> Schema:
    required = model.get("required", [])
    keys = {
        key: {"description": f"editor.{name.lower()}.{key}", **_value(node, key not in required)}
        for key, node in model["properties"].items()
    }
    return {
        "type": "object",
        "properties": keys,
        **({"required": required} if required else {}),
        "additionalProperties": False,
    }


def _value(node: Schema, optional: bool = False) -> Schema:
    """Return the schema of one value; of an optional key, no value (`due:`) is the same as no key."""
    value = _one_of_its_kind(node)
    if not optional:
        return value
    if "$ref" in value:
        return {"anyOf": [value, _NOTHING]}
    if "anyOf" in value:
        return {"anyOf": [*value["anyOf"], _NOTHING]}
    choices = {"enum": [*value["enum"], None]} if "enum" in value else {}
    return {**value, "type": [value["type"], "null"], **choices}


def _one_of_its_kind(node: Schema) -> Schema:
    # No `$ref` has anything beside it, and each string its pattern: editors complete keys better so.
    if "form" in node:
        return _string(node["form"])
    if "oneOf" in node:
        return {"anyOf": [_string("Text"), {"$ref": "#/$defs/Both"}]}
    if "$ref" in node:
        return {"$ref": node["$ref"]}
    match node["type"]:
        case "array":
            return _array(node)
        case "object":
            return _dictionary(node)
    kept = {key: node[key] for key in sorted(node) if key not in ("title", "default")}
    return kept if _is_choice(node) else {**kept, "errorMessage": f"editor.form.{node['type']}"}


def _is_choice(node: Schema) -> bool:
    return "enum" in node or "const" in node


def _string(form: str) -> Schema:
    # `$` alone would let the end of a last line through in Python.
    pattern = rf"^{_patterns().get(form, _LINE)}$(?!\n)"
    return {"type": "string", "pattern": pattern, "errorMessage": f"editor.form.{form}"}


@cache
def _patterns() -> dict[str, str]:
    """Return the patterns of the forms that are more than a line."""
    from plantrack.planfile.format.models import ACTIVITY_CODE, AREA_CODE, ID

    long_years = "|".join(f"{year}" for year in range(1900, 2200) if civil_period(f"{year}-W53"))
    return {
        "Prose": r"\S(?:[\s\S]*\S)?",
        "Id": ID.pattern,
        "AreaCode": AREA_CODE.pattern,
        "ActivityCode": ACTIVITY_CODE.pattern,
        "Code": f"(?:{AREA_CODE.pattern}|{ACTIVITY_CODE.pattern})",
        "Day": _DAY,
        "Due": f"(?:{_DAY}|{_PERIOD}|(?:{long_years})-W53)",
    }


def _array(node: Schema) -> Schema:
    least = {"minItems": node["minItems"]} if "minItems" in node else {}
    return {
        "type": "array",
        "items": _value(node["items"]),
        **least,
        "errorMessage": "editor.form.array",
    }


def _dictionary(node: Schema) -> Schema:
    """Return the schema of a mapping whose keys are not named in the format, such as `moved`."""
    return {
        "type": "object",
        "propertyNames": _string(node["propertyNames"]["form"]),
        "additionalProperties": _value(node["additionalProperties"]),
    }
