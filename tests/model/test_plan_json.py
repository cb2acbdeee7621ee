"""The plan as the store keeps it: what is written is read back."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
from plantrack.model.plan_json import is_sound, plan_from_json, plan_to_json
from tests.support.check import check_file

REAL = Path(__file__).parents[2] / "plans" / "kh-468-2024.yaml"

for kind in (
    Text,
    CitedDocument,
    IntendedResult,
    Milestone,
    Organisation,
    Place,
    Reporting,
    Retired,
    PlanSource,
):
    made: Any = st.builds(kind, **{name: ... for name in kind._fields})
    st.register_type_strategy(kind, made)

amounts = st.none() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
budgets: Any = st.builds(Budget, text=..., amount=amounts, unit=..., source=...)
indicators: Any = st.builds(Indicator, id=..., title=..., unit=..., baseline=amounts, target=amounts)
activities: Any = st.builds(
    Activity,
    **{name: ... for name in Activity._fields if name not in ("budget", "indicators")},
    budget=st.none() | budgets,
    indicators=st.lists(indicators, max_size=2).map(tuple),
)
areas: Any = st.builds(
    Area,
    **{name: ... for name in Area._fields if name != "activities"},
    activities=st.lists(activities, max_size=2).map(tuple),
)
plans: Any = st.builds(
    Plan,
    **{name: ... for name in Plan._fields if name != "areas"},
    areas=st.lists(areas, max_size=2).map(tuple),
)


@given(plans)
def test_what_is_written_is_read_back(plan: Plan) -> None:
    text = plan_to_json(plan)
    assert plan_from_json(text) == plan
    assert plan_to_json(plan_from_json(text)) == text


def test_the_real_plan() -> None:
    plan, _ = check_file(REAL)
    assert plan is not None
    assert plan_from_json(plan_to_json(plan)) == plan


def test_what_is_absent_is_not_written() -> None:
    plan = Plan("kh-1", 2024, Text("Kế hoạch"), (Area("ND1", Text("a", "b")),))
    assert plan_to_json(plan) == (
        '{"areas":[{"code":"ND1","title":{"en":"b","vi":"a"}}],"id":"kh-1","title":"Kế hoạch","year":2024}'
    )


def test_the_order_of_keys_makes_no_difference() -> None:
    plan = Plan("kh-1", 2024, Text("x"), (), moved={"ND2": "ND1", "ND3": "ND1"})
    other = plan._replace(moved={"ND3": "ND1", "ND2": "ND1"})
    assert plan_to_json(plan) == plan_to_json(other)
    assert json.loads(plan_to_json(plan))["moved"] == plan.moved


SOUND = plan_to_json(
    Plan(
        "kh-1",
        2024,
        Text("x"),
        (
            Area(
                "ND1", Text("a", "b"), activities=(Activity("ND1.1", Text("x"), due="2024-Q2", ongoing=True),)
            ),
        ),
        date="2024-01-02",
        moved={"ND2": "ND1"},
    )
)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"2024-01-02"', '"2024-02-30"'),
        ('"2024-Q2"', '"Q2"'),
        ('"ongoing":true', '"ongoing":"x"'),
        ('"year":2024', '"year":"2024"'),
        ('"ND1.1"', '["ND1.1"]'),
        ('"title":"x"', '"title":5'),
        ('{"ND2":"ND1"}', '{"ND2":1}'),
        ('"moved":', '"lạ":1,"moved":'),
        ('"id":"kh-1",', ""),
        ("{", "["),
    ],
)
def test_damage_of_what_is_stored_is_seen(old: str, new: str) -> None:
    assert is_sound(SOUND)
    assert old in SOUND
    assert not is_sound(SOUND.replace(old, new))
