"""Files that are right: everything in them reaches the plan, and nothing else does."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from plantrack.model.plan import Budget, Indicator, Plan, Text
from plantrack.model.plan_format import PLAN
from plantrack.model.plan_json import plan_to_json
from plantrack.planfile.load import check_document, plan_id
from tests.support.check import check_file
from tests.support.plan_cases import AREAS, HEAD, ORGS, Case, check, head

FULL = Path(__file__).with_name("full.yaml")


@pytest.fixture(scope="module")
def full() -> Plan:
    plan, problems = check_file(FULL)
    assert problems == []
    assert plan is not None
    return plan


def without_defaults(value: Any) -> Any:
    """Return the value of a file as the store writes it: `{vi}` alone is a text, false is not written."""
    if isinstance(value, list):
        return [without_defaults(item) for item in value]
    if not isinstance(value, dict):
        return value
    if list(value) == ["vi"]:
        return value["vi"]
    return {str(key): without_defaults(item) for key, item in value.items() if item is not False}


def test_everything_in_a_file_reaches_the_plan(full: Plan) -> None:
    class Loader(yaml.SafeLoader):
        """YAML as it is meant here: `no` and `on` are keys."""

    forms = {
        first: [f for f in known if not f[0].endswith(":bool")]
        for first, known in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }
    Loader.yaml_implicit_resolvers = forms
    data = without_defaults(yaml.load(FULL.read_text("utf-8").replace("false", ""), Loader))
    del data["format"], data["areas"][0]["activities"][0]["ongoing"]
    data["areas"][0]["activities"][1]["ongoing"] = True
    assert json.loads(plan_to_json(full)) == data


def test_the_example_has_every_key() -> None:
    # Not `include`, which is tried elsewhere.
    keys = {key for key in PLAN.keys if f"\n{key}:" in FULL.read_text("utf-8")}
    assert set(PLAN.keys) - keys == {"include"}


def test_values_have_their_types(full: Plan) -> None:
    activity, ongoing = full.areas[0].activities
    assert activity.budget == Budget("một tỷ rưỡi", 1500.5, "triệu đồng", "ngân sách")
    assert activity.indicators == (Indicator("so-buoi", Text("Số buổi"), "buổi", 0, 12),)
    assert isinstance(activity.indicators[0].target, int)
    assert (activity.ongoing, ongoing.ongoing) == (False, True)
    assert full.purpose == Text("Thử mọi mục của tệp kế hoạch")
    assert full.areas[0].source_text == "Nội dung một;\nnội dung hai"
    assert full.places[0].codes == {"gso": "62"}


def test_warnings_leave_the_plan(tmp_path: Path) -> None:
    text = (
        HEAD
        + ORGS
        + AREAS
        + '    lead: ["ubdt"]\n    activities: [{code: "ND1.1", title: "x", due: "2025"}]\n'
    )
    plan, problems = check(Case("", text), tmp_path)
    assert plan is not None
    assert [p.severity for p in problems] == ["warning"]


def test_a_wrong_year_is_not_compared_with(tmp_path: Path) -> None:
    text = head(year='"2024 (dự thảo)"') + AREAS + '    lead: ["x"]\n'
    assert [p.code for p in check(Case("", text), tmp_path)[1]] == ["P106", "P301"]


def test_aliases_repeat_what_they_name(tmp_path: Path) -> None:
    text = HEAD + 'organisations: [{id: "a", name: "A"}]\nareas:\n'
    text += '  - {code: "ND1", title: "x", lead: &l ["a"]}\n  - {code: "ND2", title: "y", lead: *l}\n'
    plan, problems = check(Case("", text), tmp_path)
    assert problems == []
    assert plan is not None
    assert [area.lead for area in plan.areas] == [("a",), ("a",)]


def test_bytes_that_were_read_before_are_not_read_again(tmp_path: Path) -> None:
    plan, problems = check_document(tmp_path / "không-có.yaml", (HEAD + AREAS).encode())
    assert problems == []
    assert plan is not None


@pytest.mark.parametrize("depth", [3, 40, 3000])
def test_aliases_in_aliases_are_not_followed_for_ever(depth: int, tmp_path: Path) -> None:
    lines = ["a0: &a0 [x]", *(f"a{n}: &a{n} [*a{n - 1}]" for n in range(1, depth))]
    assert {p.code for p in check(Case("", "\n".join(lines)), tmp_path)[1]} >= {"P101"}


@pytest.mark.no_cover
@pytest.mark.slow
def test_a_plan_of_ten_thousand_activities(tmp_path: Path) -> None:
    lines = []
    for area in range(100):
        lines += [
            f'  - code: "ND{area}"',
            f'    title: "Nội dung {area}"',
            '    lead: ["ubdt"]',
            "    activities:",
        ]
        lines += [
            f'      - {{code: "ND{area}.{n}", title: "Hoạt động {n}", due: "2024-Q2", topics: ["x"]}}'
            for n in range(100)
        ]
    plan, problems = check(Case("", HEAD + ORGS + "areas:\n" + "\n".join(lines)), tmp_path)
    assert problems == []
    assert plan is not None
    assert sum(len(area.activities) for area in plan.areas) == 10_000


EMPTY = (
    "number",
    "date",
    "purpose",
    "source",
    "programme",
    "references",
    "reporting",
    "organisations",
    "moved",
)


def test_a_key_without_a_value_is_a_key_that_is_not_there() -> None:
    """`null`, `~` and nothing at all say the same: the source does not state it."""
    absent = check_document(Path("a.yaml"), (HEAD + AREAS).encode())
    for nothing in ("null", "~", ""):
        top = "".join(f"{key}: {nothing}\n" for key in EMPTY)
        within = "".join(
            f"    {key}: {nothing}\n" for key in ("short", "lead", "activities", "intended_result")
        )
        assert check_document(Path("a.yaml"), (HEAD + top + AREAS + within).encode()) == absent
    assert absent[1] == []


def test_a_replacement_character_does_not_switch_the_checks_off() -> None:
    text = HEAD + ORGS + AREAS + '    lead: ["ubdt"]\n'
    text += '    activities: [{code: "ND1.1", title: "x", due: "2024-99-99\\uFFFD"}]\n'
    plan, problems = check_document(Path("a.yaml"), text.encode())
    assert plan is None
    assert [p.code for p in problems] == ["P004"]


@pytest.mark.parametrize(
    ("document", "said"),
    [('id: "kh-vi-du"\nyear: hai\n', "kh-vi-du"), ("year: 2024\n", None), ("id: [", None), ("", None)],
)
def test_which_plan_a_file_says_whatever_else_is_wrong_with_it(document: str, said: str | None) -> None:
    assert plan_id(document.encode()) == said
