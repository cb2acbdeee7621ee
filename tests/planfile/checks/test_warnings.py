"""What may be meant as it stands, and is more often a slip."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.planfile.load import check_document
from tests.support.plan_cases import AREAS, HEAD, ORGS, activity, organisations


def found(text: str) -> list[str]:
    plan, problems = check_document(Path("x.yaml"), text.encode())
    assert plan is not None, problems
    return [p.code for p in problems]


@pytest.mark.parametrize(
    ("amount", "doubtful"),
    [("1.500", True), ("-1.500", True), ("12.345", True), ("999.000", True), ("1500", False), ("1.5", False),
     ("0.500", False), ("1.5000", False), ("1234.500", False), ("1500.000", False)],
)  # fmt: skip
def test_a_point_before_three_figures_may_divide_thousands(amount: str, doubtful: bool) -> None:
    assert found(activity(f"budget: {{amount: {amount}}}")) == ["P903"] * doubtful
    goal = f'indicators: [{{id: "i", title: "x", baseline: 1, target: {amount}}}]'
    assert found(activity(goal)) == ["P903"] * doubtful


@pytest.mark.parametrize(
    ("area", "own", "unstated", "codes"),
    [
        ("", "", "[]", ["P905", "P906"]),
        ('lead: ["ubdt"]', "", "[]", ["P906"]),
        ("", ', lead: ["ubdt"], time: "x"', "[]", []),
        ("lead: []", ", ongoing: true", "[]", ["P905"]),
        ('lead: ["ubdt"]', ", ongoing: false", "[]", ["P906"]),
        ("", "", '["lead", "due"]', []),
        ("", "", '["lead"]', ["P906"]),
        ("", ', due: "2024-Q1"', "[]", ["P905"]),
    ],
)
def test_activities_that_nobody_leads_or_that_have_no_date(
    area: str, own: str, unstated: str, codes: list[str]
) -> None:
    text = f"{HEAD}unstated: {unstated}\n{ORGS}{AREAS}" + (f"    {area}\n" if area else "")
    text += f'    activities: [{{code: "ND1.1", title: "x"{own}}}]\n'
    assert found(text) == codes


@given(st.integers(2023, 2025), st.sampled_from(("", "-07", "-Q4", "-W29", "-H1", "-05-20")))
def test_a_deadline_outside_the_year_of_the_plan(year: int, part: str) -> None:
    due = f"{year}{part}"
    assert found(activity(f'due: "{due}"')) == ["P901"] * (year != 2024)
    milestone = activity(f'milestones: [{{due: "{due}", title: "x"}}]')
    assert found(milestone) == ["P901"] * (year != 2024)


@pytest.mark.parametrize(
    ("width", "short", "warned"), [(76, "", False), (77, "", True), (77, '    short: "x"\n', False)]
)
@pytest.mark.parametrize("title", ["{}", "{{vi: {}, en: a}}", "{{vi: a, en: {}}}"])
def test_a_title_that_fits_no_line(title: str, width: int, short: str, warned: bool) -> None:
    text = HEAD + AREAS.replace('"Nội dung"', title.format(f'"{"ộ" * width}"')) + short
    assert found(text) == ["P907"] * warned


days = st.dates(date(2023, 6, 1), date(2025, 6, 1)).map(date.isoformat)


@given(days, days, days)
def test_an_organisation_is_there_when_its_work_is_due(first: str, last: str, due: str) -> None:
    first, last = min(first, last), max(first, last)
    text = organisations(f'valid_from: "{first}", valid_to: "{last}"') + '    lead: ["a"]\n'
    text += f'    activities: [{{code: "ND1.1", title: "x", due: "{due}"}}]\n'
    codes = found(text)
    assert ("P902" in codes) == (not first[:4] <= "2024" <= last[:4])
    assert ("P908" in codes) == (not first <= due <= last and first[:4] <= due[:4] <= last[:4])
    assert ("P901" in codes) == (due[:4] != "2024")


@given(st.sets(st.sampled_from("abc")), st.sets(st.sampled_from("abc")))
def test_who_leads_need_not_be_named_as_coordinating_too(lead: set[str], coordinating: set[str]) -> None:
    def listed(names: set[str]) -> str:
        return f"[{', '.join(sorted(names))}]"

    text = (
        organisations(*['symbol: "X"'] * 3)
        + f"    lead: {listed(lead)}\n    coordinating: {listed(coordinating)}\n"
    )
    assert found(text) == ["P912"] * len(lead & coordinating)
