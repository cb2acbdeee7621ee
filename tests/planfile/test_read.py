"""One file, held against a format: a plan, or a list that plans include."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.model.plan import Plan
from plantrack.planfile.format.dump import dump
from plantrack.planfile.load import check_document
from tests.support.plan_cases import ONE_PLACE, ORGS
from tests.support.random_plans import plans


def found(text: str) -> list[tuple[int, str]]:
    plan, problems = check_document(Path("x.yaml"), text.encode())
    assert (plan is None) == any(p.severity == "error" for p in problems)
    return [(p.line, p.code) for p in problems]


@pytest.mark.parametrize("text", ["", "\n\n", "# chỉ có ghi chú\n"])
def test_a_file_without_content(text: str) -> None:
    assert found(text) == [(0, "P002")]


@pytest.mark.parametrize("text", [ORGS, ONE_PLACE, ORGS + ONE_PLACE])
def test_a_list_that_is_given_for_a_plan_is_told_once(text: str) -> None:
    assert [code for _, code in found(text)] == ["P035"]


def test_a_list_with_one_key_of_a_plan_is_a_plan_in_which_much_is_missing() -> None:
    assert {code for _, code in found(ORGS + "year: 2024\n")} == {"P102"}


def test_what_is_not_known_is_no_list() -> None:
    codes = [code for _, code in found("x: 1\n")]
    assert "P101" in codes
    assert "P035" not in codes


def test_where_reading_breaks_off_nothing_is_missed_that_may_follow() -> None:
    assert found('format: 1\nid: "KH 1"\nareas: [\n') == [(2, "P111"), (3, "P015")]


@given(plans(), st.sampled_from(("\n", "\r\n", "\r")), st.booleans())
def test_line_ends_and_a_mark_at_the_beginning_change_no_plan(plan: Plan, end: str, mark: bool) -> None:
    text = dump(plan, {})
    data = (b"\xef\xbb\xbf" if mark else b"") + text.replace("\n", end).encode()
    assert check_document(Path("x.yaml"), data) == check_document(Path("x.yaml"), text.encode())
