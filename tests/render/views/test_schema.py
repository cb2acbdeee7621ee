"""The schema of the output: sound, and each of its objects is of some answer."""

import json
from typing import Any

from jsonschema import Draft202012Validator

from plantrack.render.formats.json import SCHEMA
from plantrack.render.views import schema
from tests.support.promised_schema import ANSWER

_NOTHING = dict.fromkeys(("sort_name", "organisation", "email", "login", "left_on"))
PERSON = {"name": "A", **_NOTHING, "open": 1, "total": 1}


def test_it_is_a_schema_and_each_object_is_of_some_answer() -> None:
    made = schema.data(SCHEMA)
    Draft202012Validator.check_schema(made)
    named = json.dumps(made)
    assert [name for name in made["$defs"] if f'"#/$defs/{name}"' not in named] == []


def answer(person: object) -> dict[str, Any]:
    """Return the answer of a command with a person."""
    nothing = {name: None for name, _, _ in schema.keys(schema.ENVELOPE)}
    told = {"schema": SCHEMA, "command": "person list", "truncated": False, "problems": [], "example": False}
    return {**nothing, **told, "data": [person]}


def test_what_is_not_described_would_be_seen() -> None:
    assert ANSWER.is_valid(answer(PERSON))
    assert not ANSWER.is_valid(answer({**PERSON, "age": 3}))
    assert not ANSWER.is_valid(answer({**PERSON, "open": None}))
    assert not ANSWER.is_valid(answer({"name": "A"}))


def test_others_may_have_keys_that_came_later() -> None:
    public = Draft202012Validator(schema.data(SCHEMA))
    assert public.is_valid(answer({**PERSON, "age": 3}))
    assert not public.is_valid(answer({**PERSON, "open": "one"}))


def test_types_are_read_from_their_ends() -> None:
    assert schema._type("text?[]") == {"type": "array", "items": schema._type("text?")}
    assert schema._type("text{}?")["anyOf"][0]["additionalProperties"] == {"type": "string"}
    assert schema._type("weekly|report") == {
        "anyOf": [{"$ref": "#/$defs/weekly"}, {"$ref": "#/$defs/report"}]
    }
