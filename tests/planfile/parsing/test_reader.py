"""Merge keys and aliases: a plan with them is the plan in which everything is written out, and they cost no more."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from plantrack.model.plan import Plan
from plantrack.model.problem import Problem
from plantrack.planfile.load import check_document
from plantrack.planfile.parsing.reader import MAX_COPIES, MAX_VALUES
from tests.support.plan_cases import AREAS, HEAD, Case, check
from tests.support.tries import tries
from tests.support.work import counted

FILE = Path("x.yaml")
VALUES = {
    "lead": ['["ubdt"]', '["a", "ubdt"]', "[]", "null"],
    "coordinating": ['["a"]', '["ubdt"]'],
    "time": ['"Quý II"', '"Quý III"', "~"],
    "due": ['"2024-Q2"', '"2024-12-31"'],
    "priority": ['"high"', '"low"'],
    "deliverable": ['"Báo cáo"', '{vi: "Báo cáo", en: "Report"}'],
    "topics": ['["x", "y"]', '["<<"]'],
    "note": ['"ghi chú"', '"<<"'],
    "budget": ['{text: "x", unit: "đồng"}', "{amount: 5}"],
}
HEADING = HEAD + 'organisations: [{id: "ubdt", name: "UBDT"}, {id: "a", name: "A"}]\n' + AREAS


def checked(text: str) -> tuple[Plan | None, list[Problem]]:
    return check_document(FILE, text.encode("utf-8"))


def codes(text: str) -> list[tuple[int, int, str]]:
    return [(p.line, p.column, p.code) for p in checked(text)[1]]


def written_out(text: str) -> str:
    """Write a plan without a name or a merge key."""
    return json.dumps(unfolded(yaml.compose(text, Loader=yaml.SafeLoader)), ensure_ascii=False)


def unfolded(node: Any) -> Any:
    """Return a value with all that it takes over: its own entries first, then those of the earlier mapping.

    PyYAML's own unfolding is no measure: which of several mappings wins differs between its versions.
    """
    if isinstance(node, yaml.SequenceNode):
        return [unfolded(part) for part in node.value]
    if not isinstance(node, yaml.MappingNode):
        return yaml.SafeLoader("").construct_object(node)
    own, taken = dict[str, Any](), dict[str, Any]()
    for key, value in node.value:
        if key.tag != "tag:yaml.org,2002:merge":
            own[unfolded(key)] = unfolded(value)
            continue
        for base in value.value if isinstance(value, yaml.SequenceNode) else [value]:
            taken = unfolded(base) | taken
    return taken | own


@st.composite
def merged(draw: st.DrawFn) -> str:
    """Return a plan in which later activities take over the entries of earlier ones."""
    lines = [HEADING + "    activities:\n"]
    for n in range(1, draw(st.integers(2, 6))):
        keys = draw(st.lists(st.sampled_from(sorted(VALUES)), unique=True, max_size=4))
        own = [f'code: "ND1.{n}"', f'title: "Hoạt động {n}"']
        own += [f"{key}: {draw(st.sampled_from(VALUES[key]))}" for key in keys]
        if n > 1:
            own.insert(draw(st.integers(0, len(own))), draw(bases(n)))
        lines.append(f"      - &a{n} {{{', '.join(own)}}}\n")
    return "".join(lines)


@st.composite
def bases(draw: st.DrawFn, n: int) -> str:
    """Return the merge key of activity `n`: one before it, several, or a mapping on the spot that has one."""
    named = st.integers(1, n - 1).map("*a{}".format)
    inline = st.builds('{{note: "tại chỗ", <<: {}, topics: []}}'.format, named)
    listed = st.lists(named | inline, max_size=4).map(lambda names: f"[{', '.join(names)}]")
    return f"<<: {draw(named | inline | listed)}"


@tries(2)
@given(merged())
def test_the_plan_is_the_one_that_is_written_out(text: str) -> None:
    plan, problems = checked(text)
    assert [p for p in problems if p.severity == "error"] == []
    same, found = checked(written_out(text))
    assert plan == same
    assert [(p.code, p.params) for p in problems] == [(p.code, p.params) for p in found]


def activities(text: str) -> list[dict[str, Any]]:
    plan, problems = checked(text)
    assert plan is not None, problems
    return [activity._asdict() for activity in plan.areas[0].activities]


BASE = '    activities:\n      - &a {code: "ND1.1", title: "x", lead: ["ubdt"], time: "Quý I", note: "a"}\n'
OTHER = '      - &b {code: "ND1.2", title: "y", lead: ["a"], time: "Quý II", priority: "high"}\n'


def test_own_entries_come_before_those_taken_over_wherever_they_stand() -> None:
    own = '      - {time: "Quý IV", <<: *a, code: "ND1.3", title: "z"}\n'
    found = activities(HEADING + BASE + own)[1]
    assert (found["time"], found["code"], found["note"], found["lead"]) == (
        "Quý IV", "ND1.3", "a", ("ubdt",),
    )  # fmt: skip


def test_of_several_the_first_comes_first() -> None:
    own = '      - {<<: [*b, *a], code: "ND1.3", title: "z"}\n'
    found = activities(HEADING + BASE + OTHER + own)[2]
    assert (found["time"], found["note"], found["priority"], found["lead"]) == (
        "Quý II", "a", "high", ("a",),
    )  # fmt: skip


def test_a_quoted_sign_is_a_key_like_others() -> None:
    plan, problems = checked(HEAD + 'places: [{id: "a", name: "A", codes: {"<<": "1"}}]\n' + AREAS)
    assert problems == []
    assert plan is not None
    assert plan.places[0].codes == {"<<": "1"}


def test_a_mistake_that_is_taken_over_is_one_where_it_stands() -> None:
    wrong = BASE.replace('note: "a"', "nots: 1")
    more = "".join(f'      - {{<<: *a, code: "ND1.{n}", title: "z"}}\n' for n in range(2, 9))
    assert codes(HEADING + wrong + more) == [(10, 71, "P101")]


def test_an_explicit_key_is_still_given_once() -> None:
    own = '      - {<<: *a, code: "ND1.3", title: "z", title: "u"}\n'
    assert codes(HEADING + BASE + own) == [(11, 45, "P026")]
    twice = '      - {<<: *a, code: "ND1.3", title: "z", <<: *a}\n'
    assert codes(HEADING + BASE + twice) == [(11, 45, "P026")]


@pytest.mark.parametrize("value", ["1", '"a"', "[1]", "[*a, [*a]]", "~", "*l"])
def test_what_is_no_mapping_has_nothing_to_give(value: str) -> None:
    listed = BASE.replace('lead: ["ubdt"]', 'lead: &l ["ubdt"]')
    own = f'      - {{<<: {value}, code: "ND1.3", title: "z", lead: ["ubdt"], time: "x"}}\n'
    assert codes(HEADING + listed + own) == [(11, 10, "P029")]


def test_an_unknown_name_is_one_mistake() -> None:
    own = '      - {<<: *x, code: "ND1.3", title: "z", lead: ["ubdt"], time: "x"}\n'
    assert codes(HEADING + BASE + own) == [(11, 14, "P022")]


def test_a_key_without_value_in_a_repeated_part_is_not_stated_anywhere() -> None:
    text = HEADING + BASE.replace('note: "a"', "budget: &k {text: ~, unit: ~}")
    text += '      - {<<: *a, code: "ND1.3", title: "z"}\n      - {<<: *a, code: "ND1.4", title: "z", budget: *k}\n'
    assert codes(text) == []
    assert {found["budget"] for found in activities(text)} == {(None, None, None, None)}


# --- limits ---


def bomb(line: str, levels: int = 40) -> str:
    """Return mappings of which each takes over the one before it in several ways."""
    return "k0: &k0 {a: 1, b: 2}\n" + "".join(line.format(n=n, m=n - 1) for n in range(1, levels))


@pytest.mark.parametrize(
    "line",
    [
        "k{n}: &k{n} {{<<: [*k{m}, *k{m}, *k{m}, *k{m}, *k{m}, *k{m}, *k{m}, *k{m}]}}\n",
        "k{n}: &k{n} {{<<: *k{m}, c{n}: *k{m}}}\n",
        "k{n}: &k{n} {{<<: {{<<: {{<<: *k{m}}}, x: *k{m}}}, y: [*k{m}, *k{m}]}}\n",
    ],
)
def test_a_bomb_costs_nothing(line: str) -> None:
    with counted() as work:
        found = [p.code for p in checked(bomb(line))[1]]
    assert {"P024", "P025"} & set(found)
    assert work.calls < 2 * MAX_COPIES, "not more than the copies that a file may ask for"


def test_a_mapping_in_a_mapping_in_a_mapping_is_not_copied_for_ever() -> None:
    inner = ", ".join(f"k{n}: 1" for n in range(MAX_COPIES // 20))
    assert "P024" in [code for _, _, code in codes("{<<: " * 25 + f"{{{inner}}}" + "}" * 25)]


def test_a_plan_may_say_of_a_thousand_activities_what_is_common_to_them_once() -> None:
    more = "".join(f'      - {{<<: *a, code: "ND1.{n}", title: "z"}}\n' for n in range(2, 1002))
    assert codes(HEADING + BASE + more) == []
    assert MAX_COPIES < MAX_VALUES


def test_organisations_may_share_entries() -> None:
    text = HEAD + 'organisations:\n  - &o {id: "a", name: "A", level: "unit"}\n'
    text += '  - {<<: *o, id: "b", name: "B"}\n' + AREAS
    plan, problems = checked(text)
    assert problems == []
    assert plan is not None
    assert [o.level for o in plan.organisations] == ["unit", "unit"]


def test_a_bomb_of_aliases_costs_nothing(tmp_path: Path) -> None:
    lines = ['k0: &k0 ["x", "x"]', *(f"k{n}: &k{n} [{f'*k{n - 1}, ' * 9}]" for n in range(1, 30))]
    _, problems = check(Case("", "\n".join(lines)), tmp_path)
    assert [p.line for p in problems if p.code == "P024"] == [6]
