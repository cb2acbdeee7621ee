"""What no single value shows: names that repeat, days that contradict each other."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.model.days import period_last_day, valid_day
from plantrack.planfile.load import check_document
from tests.support.plan_cases import AREAS, HEAD, ORGS, activity, head, organisations


def found(text: str) -> list[tuple[int, str]]:
    """Return line and code of each problem."""
    return [(p.line, p.code) for p in check_document(Path("x.yaml"), text.encode())[1]]


def lines_of(text: str, code: str) -> list[int]:
    return [line for line, one in found(text) if one == code]


names = st.lists(st.sampled_from("abcd"), min_size=1, max_size=8)


@given(names)
def test_each_of_a_name_that_stands_twice_is_reported(drawn: list[str]) -> None:
    for key, code in (("organisations", "P305"), ("places", "P306")):
        text = f"{HEAD}{key}:\n" + "".join(f'  - {{id: "{name}", name: "X"}}\n' for name in drawn) + AREAS
        assert lines_of(text, code) == [6 + n for n, name in enumerate(drawn) if drawn.count(name) > 1]


@given(names)
def test_codes_of_areas_and_activities_stand_once(drawn: list[str]) -> None:
    rows = "".join(f'  - {{code: "ND{ord(name)}", title: "x"}}\n' for name in drawn)
    assert lines_of(f"{HEAD}areas:\n{rows}", "P303") == [
        6 + n for n, name in enumerate(drawn) if drawn.count(name) > 1
    ]
    acts = "".join(
        f'      - {{code: "ND1.{ord(name)}", title: "x", time: "x", lead: ["ubdt"]}}\n' for name in drawn
    )
    text = f"{HEAD}{ORGS}{AREAS}    activities:\n{acts}"
    assert lines_of(text, "P304") == [11 + n for n, name in enumerate(drawn) if drawn.count(name) > 1]


def test_lines_of_a_repeated_name_are_told_ten_at_most() -> None:
    rows = "".join('  - {code: "ND1", title: "x"}\n' for _ in range(12))
    _, problems = check_document(Path("x.yaml"), f"{HEAD}areas:\n{rows}".encode())
    assert problems[0].params == {"value": "ND1", "lines": "6, 7, 8, 9, 10, 11, 12, 13, 14, 15 …"}


days = st.dates(date(2023, 1, 1), date(2025, 12, 31)).map(date.isoformat)
dues = days | st.sampled_from(("2024-Q1", "2024-07", "2023", "2025-H2", "2024-W29", "2024-9M"))


@given(days, dues)
def test_work_ends_before_it_begins_just_when_its_last_day_is_before_the_first(start: str, due: str) -> None:
    text = activity(f'start: "{start}", due: "{due}"')
    last = due if valid_day(due) else period_last_day(due)
    assert last
    assert bool(lines_of(text, "P205")) == (start > last)


@given(days, days)
def test_a_plan_and_an_organisation_end_on_the_day_they_begin_or_later(first: str, last: str) -> None:
    assert bool(lines_of(head(start=f'"{first}"', end=f'"{last}"') + AREAS, "P204")) == (first > last)
    text = organisations(f'valid_from: "{first}", valid_to: "{last}"')
    assert bool(lines_of(text, "P206")) == (first > last)


@pytest.mark.parametrize(
    ("rest", "codes"),
    [
        ('ongoing: true, due: "2024-Q2"', ["P207"]),
        ('ongoing: false, due: "2024-Q2"', []),
        ("ongoing: true", []),
        ('ongoing: true, due: "2024-Q9"', ["P203"]),  # one mistake is one problem
    ],
)
def test_regular_work_has_no_deadline(rest: str, codes: list[str]) -> None:
    assert [code for _, code in found(activity(rest))] == codes


@pytest.mark.parametrize(
    ("area", "own", "wrong"),
    [("ND1", "ND1.1", False), ("ND1", "ND11.1", True), ("ND11", "ND1.1", True), ("A1", "B1.1", True)],
)
def test_the_code_of_an_activity_begins_with_that_of_its_area(area: str, own: str, wrong: bool) -> None:
    text = f'{HEAD}areas:\n  - {{code: "{area}", title: "x", activities: [{{code: "{own}", title: "y"}}]}}\n'
    assert bool(lines_of(text, "P307")) == wrong


@pytest.mark.parametrize(
    ("zone", "known"),
    [
        ("Asia/Ho_Chi_Minh", True),
        ("UTC", True),
        ("asia", False),
        ("/etc/localtime", False),
        ("x" * 500, False),
    ],
)
def test_a_time_zone_is_one_that_there_is(zone: str, known: bool) -> None:
    assert (lines_of(head(reporting=f'{{timezone: "{zone}"}}') + AREAS, "P317") == []) == known
