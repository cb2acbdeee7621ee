"""A plan as text: what is written is read back, whatever it says, and a person can go on from there."""

import re
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from plantrack.model.plan import (
    Activity,
    Area,
    Budget,
    CitedDocument,
    Indicator,
    Place,
    Plan,
    PlanSource,
    Text,
)
from plantrack.model.plan_json import plan_to_json
from plantrack.planfile.format.dump import Remarks, dump
from plantrack.planfile.format.json_schema import EDITOR_LINE
from plantrack.planfile.load import check_document
from tests.support.check import check_file
from tests.support.random_plans import HOSTILE, plans

REAL = Path(__file__).parents[3] / "plans" / "kh-468-2024.yaml"
FULL = Path(__file__).parents[1] / "full.yaml"
SMALL = Plan("kh-1", 2024, Text("Kế hoạch"), (Area("ND1", Text("Nội dung")),))


def read(text: str) -> Plan:
    """Read a plan that must be without errors."""
    plan, problems = check_document(Path("plans/x.yaml"), text.encode("utf-8"))
    assert plan is not None, problems
    return plan


def of_file(path: Path) -> Plan:
    plan, problems = check_file(path)
    assert plan is not None, problems
    return plan


def without_comments(text: str) -> list[str]:
    return [line for line in text.split("\n") if line and not line.lstrip().startswith("#")]


# --- any plan ---


@given(plans())
def test_any_valid_plan_survives_dump_and_load(plan: Plan) -> None:
    text = dump(plan)
    again = read(text)
    assert again == plan
    assert plan_to_json(again) == plan_to_json(plan)
    assert dump(again) == text


paths = st.sampled_from(
    (
        "",
        "id",
        "number",
        "title/vi",
        "areas",
        "areas/ND1",
        "areas/ND1/code",
        "areas/0",
        "areas/ND1/activities/ND1.1/due",
    )
    + (
        "moved/ND7",
        "references/0/id",
        "references/0",
        "places",
        "none",
        "none/at/all",
        "reporting/x",
        "source/url",
    )
)
remarks = st.dictionaries(
    paths, st.lists(st.sampled_from(HOSTILE) | st.text(max_size=20), max_size=3), max_size=6
)


@given(plans(), remarks)
def test_remarks_change_nothing_of_a_plan_and_none_is_lost(plan: Plan, said: Remarks) -> None:
    text = dump(plan, said)
    assert read(text) == plan
    assert without_comments(text) == without_comments(dump(plan))
    written = [line.strip() for line in text.split("\n") if line.strip().startswith("#")]
    assert len(written) == 1 + sum(len(one.splitlines()) for texts in said.values() for one in texts)


@given(plans())
def test_another_reader_of_yaml_reads_the_same(plan: Plan) -> None:
    """What YAML does to unquoted words does not matter: nothing but numbers and true is unquoted."""
    data = yaml.safe_load(dump(plan))
    assert [a["code"] for a in data["areas"]] == [a.code for a in plan.areas]
    assert data["title"] in (plan.title.vi, plan.title._asdict())
    assert data.get("number") == plan.number
    assert data.get("moved", {}) == plan.moved


# --- the form ---


@pytest.mark.parametrize("path", [REAL, FULL])
def test_a_plan_of_a_file_is_written_as_one(path: Path) -> None:
    assert read(dump(of_file(path))) == of_file(path)


def test_the_shipped_plan_is_in_the_form_that_is_written() -> None:
    assert without_comments(dump(of_file(REAL))) == without_comments(REAL.read_text("utf-8"))


def test_a_small_plan() -> None:
    assert (
        dump(SMALL)
        == f"""{EDITOR_LINE}
format: 1
id: "kh-1"
year: 2024
title: "Kế hoạch"

reporting:
  language: "vi"
  timezone: "Asia/Ho_Chi_Minh"
  closing_day: 14
  due_soon_days: 7
  stale_days: 14

areas:
  - code: "ND1"
    title: "Nội dung"
"""
    )


def test_what_is_there_and_empty_stays_so() -> None:
    empty = Activity("ND1.1", Text("x"), budget=Budget())
    plan = SMALL._replace(
        source=PlanSource(),
        references=(CitedDocument(), CitedDocument(id="a")),
        areas=(Area("ND1", Text("x"), activities=(empty,)),),
    )
    text = dump(plan)
    assert read(text) == plan
    assert ("source: {}\n" in text, "  - {}\n" in text, "budget: {}\n" in text) == (True, True, True)


def test_numbers_are_written_as_everybody_reads_them() -> None:
    values = (0, -5, 999_999_999_999_999, 1e-06, 1.2e-05, 0.0, 1500.5)
    shown = tuple(Indicator(f"i{n}", Text("x"), target=value) for n, value in enumerate(values))
    plan = SMALL._replace(
        areas=(Area("ND1", Text("x"), activities=(Activity("ND1.1", Text("x"), indicators=shown),)),)
    )
    written = re.findall("target: (.*)", dump(plan))
    assert written == ["0", "-5", "999999999999999", "0.000001", "0.000012", "0.0", "1500.5"]
    assert plan_to_json(read(dump(plan))) == plan_to_json(plan)


def test_a_key_may_be_longer_than_yaml_lets_one_be() -> None:
    plan = SMALL._replace(
        places=(Place("a", Text("A"), codes={"k" * 5000: "v" * 5000, "<<": "x", "a: #": "y"}),)
    )
    assert read(dump(plan)) == plan


def test_texts_are_seen_as_they_are_and_what_cannot_be_seen_is_an_escape() -> None:
    text = dump(SMALL._replace(number="Y Nhơ̆n 😀 “x”\u00a0\U000e0fff", purpose=Text('a\\"b')))
    assert 'number: "Y Nhơ̆n 😀 “x”\\u00A0\\U000E0FFF"' in text
    assert 'purpose: "a\\\\\\"b"' in text


# --- remarks ---


def test_remarks_stand_above_what_they_are_about() -> None:
    activity = Activity("ND1.1", Text("x"), lead=("a",))
    plan = SMALL._replace(areas=(Area("ND1", Text("x"), activities=(activity,)), Area("ND2", Text("y"))))
    said = {
        "": ["đầu tệp", "hai\ndòng"], "number": ["số"], "areas/ND1": ["nội dung"], "areas/ND1/lead": ["ai"],
        "areas/ND1/activities/ND1.1/due": ["hạn"], "areas/ND2/code": ["mã"], "areas/ND9": ["thiếu"],
        "retired/x": ["bỏ"], "lạ": ["lạ"],
    }  # fmt: skip
    head, _, tail = dump(plan, said).partition("\nreporting:\n")
    assert (
        head
        == f"""{EDITOR_LINE}
# đầu tệp
# hai
# dòng
format: 1
id: "kh-1"
year: 2024
# số
title: "Kế hoạch"
"""
    )
    assert (
        tail.partition("\n\n")[2]
        == """areas:
  # nội dung
  - code: "ND1"
    title: "x"
    # ai
    activities:
      - code: "ND1.1"
        title: "x"
        lead: ["a"]
        # hạn

  # mã
  - code: "ND2"
    title: "y"
  # thiếu

# bỏ
# lạ
"""
    )


def test_a_remark_on_a_key_of_an_item_in_the_first_place_stands_above_it() -> None:
    plan = SMALL._replace(references=(CitedDocument(Text("x"), number="1/NQ"),))
    text = dump(plan, {"references/0/id": ["mã"], "references/0": ["văn bản"], "references/0/date": ["ngày"]})
    assert 'references:\n  # văn bản\n  # mã\n  - number: "1/NQ"\n    # ngày\n    title: "x"\n' in text
