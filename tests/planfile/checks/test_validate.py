"""Mistakes that are looked for part by part are those that are found in one go."""

from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from plantrack.planfile.checks import validate
from plantrack.planfile.format.models import PlanFile

KEYS = [
    "code",
    "title",
    "vi",
    "en",
    "lead",
    "topics",
    "activities",
    "areas",
    "places",
    "codes",
    "moved",
    "id",
    "x",
]
values: Any = st.recursive(
    st.sampled_from(["", "x", "ND1", 5, True, " x"]),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=5),
    max_leaves=40,
)
plans: Any = st.fixed_dictionaries({"areas": values, "places": values, "moved": values, "title": values})


def mistakes(errors: Any) -> set[tuple[Any, ...]]:
    return {(*(step for step in one["loc"] if step not in validate._BRANCHES), one["type"]) for one in errors}


def refused(data: Any) -> ValidationError:
    with pytest.raises(ValidationError) as caught:
        PlanFile.model_validate(data)
    return caught.value


@settings(max_examples=200)
@given(plans)
@example({"areas": [{"code": "ND1", "title": {"vi": "x", "en": [1] * 9}}], "places": [{}] * 9, "title": "x"})
@example({f"k{n}": n for n in range(20)})
def test_parts_have_the_mistakes_of_the_whole(data: Any) -> None:
    known = refused(data)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(validate, "_MANY", 3)
        found = list(validate.errors_of(PlanFile, data, known))
    assert mistakes(found) == mistakes(known.errors())


def test_few_are_found_in_one_go_with_unknown_keys_first() -> None:
    found = list(validate.errors_of(PlanFile, {"x": 1}, refused({"x": 1})))
    assert [one["type"] for one in found] == ["extra_forbidden"] + ["missing"] * 5


def test_a_flood_is_not_waited_for() -> None:
    data = {"places": [{"id": 5} for _ in range(50_000)]}
    errors = validate.errors_of(PlanFile, data, refused(data))
    assert [next(errors)["loc"] for _ in range(3)] == [
        ("places", 0, "id"),
        ("places", 0, "name"),
        ("places", 1, "id"),
    ]
