"""The 2024 plan: nothing of the source is lost, changed or made up."""

import hashlib
import re
from pathlib import Path

import pytest

from plantrack.model.plan import Activity, Area, Plan, Reporting, Text
from tests.support.check import check_file

PATH = Path(__file__).parents[2] / "plans" / "kh-468-2024.yaml"
#: Of the texts that are copied from the source, in order, a line each.
VERBATIM = "46a52213d107cef9576a2868230d7faed25dd024baa59603ee8712c06b9779b0"


@pytest.fixture(scope="module")
def plan() -> Plan:
    found, _ = check_file(PATH)
    assert found is not None
    return found


def activities(plan: Plan) -> list[tuple[Area, Activity]]:
    return [(area, activity) for area in plan.areas for activity in area.activities]


def verbatim(plan: Plan) -> list[str]:
    """Return the texts that must stand in the source to the letter."""
    assert plan.source
    assert plan.purpose
    texts = [plan.number, plan.purpose.vi, plan.source.page_title, plan.source.author]
    for area in plan.areas:
        result = area.intended_result
        texts += [area.source_text, result.source_quote if result else None]
        for activity in area.activities:
            texts += [activity.source_quote, *activity.topics]
    return [text for text in texts if text]


def test_seven_areas_and_twelve_activities(plan: Plan) -> None:
    assert [area.code for area in plan.areas] == [f"ND{n}" for n in range(1, 8)]
    counts = [len(area.activities) for area in plan.areas]
    assert counts == [1, 2, 2, 2, 2, 1, 2]


def test_what_is_quoted_is_as_in_the_source(plan: Plan) -> None:
    texts = verbatim(plan)
    assert len(texts) == 28
    assert hashlib.sha256("\n".join(texts).encode()).hexdigest() == VERBATIM


def test_quotes_stand_in_the_text_of_their_area(plan: Plan) -> None:
    for area, activity in activities(plan):
        assert area.source_text
        for quote in (activity.source_quote, *activity.topics):
            assert quote
            assert quote in area.source_text
    result = plan.areas[5].intended_result
    assert result and result.source_quote
    assert result.source_quote in str(plan.areas[5].source_text)


def test_titles_are_the_source_but_for_one_misprint(plan: Plan) -> None:
    for area in plan.areas:
        text = str(area.source_text).removesuffix(";")
        assert area.title.vi == text.replace("cầp thiết", "cấp thiết")
    assert [area.code for area in plan.areas if "cầp" in str(area.source_text)] == ["ND3"]


def test_nothing_is_made_up(plan: Plan) -> None:
    assert (plan.start, plan.end) == (None, None)
    assert [area.code for area in plan.areas if area.lead or area.coordinating] == []
    for area, activity in activities(plan):
        quote, topics = activity.source_quote, activity.topics
        bare = Activity(activity.code, activity.title, source_quote=quote, topics=topics)
        assert activity == bare, area.code


def test_every_title_has_its_english(plan: Plan) -> None:
    texts = [t for a in plan.areas for t in (a.title, a.short, *(x.title for x in a.activities))]
    assert all(isinstance(text, Text) and text.en for text in (plan.title, *texts))


def test_the_parties_with_what_became_of_them(plan: Plan) -> None:
    ubdt, hlhpn, bdttg = plan.organisations
    assert (ubdt.id, ubdt.valid_to, ubdt.successor) == ("ubdt", "2025-02-28", "bdttg")
    assert (bdttg.id, bdttg.valid_from) == ("bdttg", "2025-03-01")
    assert (hlhpn.id, hlhpn.valid_from, hlhpn.valid_to) == ("hlhpn", None, None)
    assert ubdt.name == Text("Uỷ ban Dân tộc", "Committee for Ethnic Minority Affairs")


def test_what_it_says_of_itself(plan: Plan) -> None:
    assert (plan.id, plan.year, plan.date) == ("kh-468-2024", 2024, "2024-03-21")
    assert plan.number == "468/KH-HLHPNVN-UBDT"
    assert [(d.id, d.number, d.date) for d in plan.references] == [
        ("nq-06-2014", "06/NQ-BCH", "2014-02-19"),
        ("du-an-8", None, None),
    ]
    assert plan.source and (plan.source.published, plan.source.retrieved) == ("2024-04-08", "2024-07-18")
    assert plan.reporting == Reporting()


def test_the_plan_says_what_its_source_does_not_and_is_warned_of_nothing(plan: Plan) -> None:
    """Neither leads nor dates are in the source, and none are made up."""
    assert check_file(PATH)[1] == []
    assert plan.unstated == ("lead", "due")
    assert not any(a.lead or a.due for _, a in activities(plan))


def test_strings_are_quoted() -> None:
    bare = {"format: 1", "year: 2024", "closing_day: 14", "due_soon_days: 7", "stale_days: 14"}
    for line in PATH.read_text("utf-8").split("\n"):
        value = re.sub(r"^[ -]*(\w+:)?", "", line).strip()
        assert line.strip() in bare or value[:1] in ("", '"', "#"), line
