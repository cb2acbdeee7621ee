"""A plan of another year: what stays, what goes, and what is said of it, key by key."""

from typing import Any

import pytest

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
from plantrack.model.plan_renewal import Mark, Renewal, renewed

#: What becomes of each key: K it stays, N it is new, S with successors, D it goes, F it goes and must be filled in, C parts
#: of it go.
DECIDED = {
    Plan: {
        "id": "N", "year": "N", "title": "K", "areas": "C", "number": "F", "date": "F", "purpose": "F", "start": "F",
        "end": "F", "source": "F", "programme": "K", "contributes_to": "K", "references": "K", "amendments": "D",
        "reporting": "K", "organisations": "K", "places": "K", "moved": "D", "retired": "D", "unstated": "D",
    },
    Area: {
        "code": "K", "title": "K", "short": "K", "source_text": "D", "lead": "S", "coordinating": "S",
        "intended_result": "C", "activities": "C",
    },
    IntendedResult: {"title": "K", "source_quote": "D"},
    Activity: {
        "code": "K", "title": "K", "no": "D", "source_quote": "D", "topics": "K", "lead": "S", "coordinating": "S",
        "place": "S", "time": "D", "start": "F", "due": "F", "ongoing": "K", "priority": "K", "deliverable": "K",
        "budget": "F", "note": "D", "indicators": "C", "milestones": "F",
    },
    Indicator: {"id": "K", "title": "K", "unit": "K", "baseline": "D", "target": "F"},
}  # fmt: skip

ACTIVITY = Activity(
    "ND1.1", Text("Hoạt động", "Activity"), no="1a", source_quote="trích", topics=("chủ đề",), lead=("a",),
    coordinating=("b",), place=("p",), time="Quý II", start="2024-04-01", due="2024-Q2", priority="high",
    deliverable=Text("Báo cáo"), budget=Budget("một tỷ", 1.5, "tỷ đồng", "ngân sách"), note="ghi chú",
    indicators=(Indicator("so-buoi", Text("Số buổi"), "buổi", 3, 12),),
    milestones=(Milestone("2024-05-15", Text("Mốc")),),
)  # fmt: skip
AREA = Area(
    "ND1",
    Text("Nội dung"),
    Text("Ngắn"),
    "nguyên văn",
    ("a",),
    ("b",),
    IntendedResult(Text("Kết quả"), "trích"),
    (ACTIVITY,),
)
PLAN = Plan(
    "kh-2024", 2024, Text("Kế hoạch"), (AREA,), "1/KH", "2024-01-02", Text("Mục đích"), "2024-01-01", "2024-12-31",
    PlanSource("Nhà xuất bản"), CitedDocument(Text("Chương trình 2021-2025")), (CitedDocument(Text("Mục tiêu")),),
    (CitedDocument(Text("Nghị quyết"), id="nq"),), (CitedDocument(number="2/QĐ"),), Reporting("en"),
    (Organisation("a", Text("A")), Organisation("b", Text("B"))), (Place("p", Text("P")),),
    {"ND7": "ND1"}, (Retired("ND1.3", "2024-06-01", "thôi"),), ("due",),
)  # fmt: skip


def codes(renewal: Renewal, *, fill: bool | None = None) -> list[tuple[str, str]]:
    return [(m.path, m.code) for m in renewal.marks if fill in (None, m.fill)]


def mark(renewal: Renewal, path: str, code: str = "") -> Mark:
    return next(m for m in renewal.marks if m.path == path and code in ("", m.code))


def with_roles(**roles: tuple[str, ...]) -> Activity:
    return Activity("ND1.1", Text("x"))._replace(**roles)  # type: ignore[arg-type]


def plan_of(activity: Activity, *organisations: Organisation, places: tuple[Place, ...] = ()) -> Plan:
    area = Area("ND1", Text("x"), activities=(activity,))
    return Plan("kh-2024", 2024, Text("x"), (area,), organisations=organisations, places=places)


# --- key by key ---


def test_every_key_is_decided() -> None:
    for kind, decided in DECIDED.items():
        assert set(decided) == set(vars(kind)["_fields"])


@pytest.mark.parametrize("kind", DECIDED)
def test_each_key_stays_or_goes(kind: Any) -> None:
    new = renewed(PLAN, "kh-2025", 2025).plan
    area, result = new.areas[0], new.areas[0].intended_result
    of = {
        Plan: (PLAN, new), Area: (AREA, area), IntendedResult: (AREA.intended_result, result),
        Activity: (ACTIVITY, area.activities[0]),
        Indicator: (ACTIVITY.indicators[0], area.activities[0].indicators[0]),
    }  # fmt: skip
    before, after = of[kind]
    for key, what in DECIDED[kind].items():
        was, now = getattr(before, key), getattr(after, key)
        assert was or key == "ongoing", key
        if what in "KS":
            assert now == was, key
        elif what in "DF":
            assert now == kind._field_defaults[key], key
        else:
            assert now != was, key


def test_what_goes_and_must_be_there_again_is_marked() -> None:
    found = codes(renewed(PLAN, "kh-2025", 2025), fill=True)
    activity = "areas/ND1/activities/ND1.1"
    assert found == [
        *((key, key) for key in ("number", "date", "purpose", "start", "end", "source")),
        *((f"{activity}/{key}", key) for key in ("due", "start", "budget", "milestones")),
        (f"{activity}/indicators/so-buoi/target", "target"),
    ]  # fmt: skip


def test_the_value_of_the_other_year_is_said() -> None:
    new = renewed(PLAN, "kh-2025", 2025)
    activity = "areas/ND1/activities/ND1.1"
    said = {m.path: m.was for m in new.marks if m.was}
    assert said == {
        "number": "1/KH", "date": "2024-01-02", "purpose": "Mục đích", "start": "2024-01-01", "end": "2024-12-31",
        f"{activity}/due": "Quý II; 2024-Q2", f"{activity}/start": "2024-04-01",
        f"{activity}/budget": "một tỷ; 1.5 tỷ đồng; ngân sách", f"{activity}/milestones": "2024-05-15 Mốc",
        f"{activity}/indicators/so-buoi/target": "3; 12",
    }  # fmt: skip


def test_a_bare_plan_has_only_what_every_plan_needs() -> None:
    bare = Plan("a", 2024, Text("x"), (Area("ND1", Text("x")),))
    assert codes(renewed(bare, "b", 2025)) == [
        ("", "about"), ("number", "number"), ("date", "date"), ("areas/ND1/lead", "lead"),
    ]  # fmt: skip


def test_regular_work_has_no_deadline_to_be_filled_in() -> None:
    new = renewed(plan_of(Activity("ND1.1", Text("x"), lead=("a",), ongoing=True)), "b", 2025)
    assert new.plan.areas[0].activities[0].ongoing
    assert [path for path, _ in codes(new)] == ["", "number", "date"]


def test_a_lead_is_asked_for_where_somebody_is_without() -> None:
    led, unled = Activity("ND1.1", Text("x"), lead=("a",)), Activity("ND1.2", Text("x"))
    for lead, activities, asked in (
        ((), (led,), False), ((), (led, unled), True), (("a",), (unled,), False), ((), (), True),
    ):  # fmt: skip
        plan = Plan("a", 2024, Text("x"), (Area("ND1", Text("x"), lead=lead, activities=activities),))
        assert (("areas/ND1/lead", "lead") in codes(renewed(plan, "b", 2025))) == asked


# --- texts that name a year ---


@pytest.mark.parametrize(
    ("title", "years"),
    [
        ("Sơ kết năm 2024", "2024"),
        ("Sơ kết 2024, xây dựng kế hoạch 2025", "2024, 2025"),
        ("Kế hoạch năm 2025", "2025"),
        ("Giai đoạn 2021-2025, 2020–2024", ""),
        ("Giai đoạn 2024-2026", "2024"),
        ("Nghị quyết ngày 19/02/2014, số 12024", ""),
        ("Tổng kết năm 2023", ""),
    ],
)
def test_a_title_that_names_the_year_is_to_be_checked(title: str, years: str) -> None:
    plan = Plan("a", 2024, Text(title), (Area("ND1", Text("x"), lead=("o",)),))
    found = [m.params["years"] for m in renewed(plan, "b", 2025).marks if m.code == "year"]
    assert found == ([years] if years else [])


def test_english_short_forms_topics_deliverables_and_results_are_looked_at_too() -> None:
    named = Text("x", "Review of 2024")
    activity = Activity("ND1.1", named, topics=("a", "năm 2024"), deliverable=named)
    area = Area("ND1", named, named, intended_result=IntendedResult(named), activities=(activity,))
    new = renewed(Plan("a", 2024, named, (area,)), "b", 2025)
    own, within = "areas/ND1", "areas/ND1/activities/ND1.1"
    assert [path for path, code in codes(new) if code == "year"] == [
        "title", f"{own}/title", f"{own}/short", f"{own}/intended_result/title", f"{within}/title", f"{within}/topics",
        f"{within}/deliverable",
    ]  # fmt: skip


def test_a_second_plan_of_the_same_year_may_name_it() -> None:
    plan = Plan("a", 2024, Text("Kế hoạch năm 2024"), (Area("ND1", Text("x")),))
    assert "year" not in dict(map(reversed, codes(renewed(plan, "b", 2024))))  # type: ignore[arg-type]


def test_a_programme_that_is_over_is_to_be_checked() -> None:
    plan = PLAN._replace(
        contributes_to=(CitedDocument(Text("Giai đoạn 2021-2030, đến 2025")), CitedDocument(Text("Đến 2025")))
    )
    assert "period" not in [code for _, code in codes(renewed(plan, "b", 2025))]
    late = renewed(plan, "b", 2026)
    assert [m.path for m in late.marks if m.code == "period"] == ["programme/title", "contributes_to/1/title"]
    assert mark(late, "programme/title").params == {"year": "2025"}


# --- successors ---

UBDT = Organisation("ubdt", Text("U"), valid_to="2025-02-28", successor="bdttg")
BDTTG = Organisation("bdttg", Text("B"), valid_from="2025-03-01")
HLHPN = Organisation("hlhpn", Text("H"))


def roles(plan: Plan, year: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    activity = renewed(plan, "b", year).plan.areas[0].activities[0]
    return activity.lead, activity.coordinating


@pytest.mark.parametrize(("year", "lead"), [(2023, "ubdt"), (2024, "ubdt"), (2025, "bdttg"), (2026, "bdttg")])
def test_who_is_gone_at_the_end_of_the_year_is_replaced(year: int, lead: str) -> None:
    plan = plan_of(with_roles(lead=("ubdt",), coordinating=("hlhpn",)), UBDT, HLHPN, BDTTG)
    assert roles(plan, year) == ((lead,), ("hlhpn",))
    new = renewed(plan, "b", year)
    assert new.plan.organisations == plan.organisations
    assert new.replaced == ((("ubdt", "bdttg"),) if lead == "bdttg" else ())


def test_the_replaced_one_is_named() -> None:
    new = renewed(plan_of(with_roles(lead=("ubdt",)), UBDT, BDTTG), "b", 2025)
    said = mark(new, "areas/ND1/activities/ND1.1/lead")
    assert (said.code, said.fill) == ("organisation-replaced", False)
    assert said.params == {"old": "ubdt", "new": "bdttg", "day": "2025-02-28"}


def test_areas_too() -> None:
    area = Area("ND1", Text("x"), lead=("ubdt",), coordinating=("hlhpn", "ubdt"))
    plan = Plan("a", 2024, Text("x"), (area,), organisations=(UBDT, BDTTG, HLHPN))
    assert renewed(plan, "b", 2025).plan.areas[0][4:6] == (("bdttg",), ("hlhpn",))


def test_a_chain_is_followed_to_the_one_that_is_there() -> None:
    first = UBDT._replace(valid_to="2024-06-30", successor="giua")
    middle = Organisation(
        "giua", Text("G"), valid_from="2024-07-01", valid_to="2025-02-28", successor="bdttg"
    )
    plan = plan_of(with_roles(lead=("ubdt",)), first, middle, BDTTG)
    assert roles(plan, 2024) == (("giua",), ())
    assert roles(plan, 2025) == (("bdttg",), ())


def test_nobody_is_named_twice() -> None:
    plan = plan_of(with_roles(lead=("ubdt", "bdttg", "hlhpn"), coordinating=("ubdt",)), UBDT, BDTTG, HLHPN)
    assert roles(plan, 2025) == (("bdttg", "hlhpn"), ())
    plan = plan_of(with_roles(lead=("ubdt", "hlhpn"), coordinating=("bdttg",)), UBDT, BDTTG, HLHPN)
    assert roles(plan, 2025) == (("bdttg", "hlhpn"), ())


def test_what_stood_in_both_roles_stays() -> None:
    plan = plan_of(with_roles(lead=("hlhpn",), coordinating=("hlhpn",)), HLHPN)
    assert roles(plan, 2025) == (("hlhpn",), ("hlhpn",))


def test_without_a_successor_a_person_must_say_who() -> None:
    gone = UBDT._replace(successor=None)
    new = renewed(plan_of(with_roles(lead=("ubdt",)), gone), "b", 2025)
    assert new.plan.areas[0].activities[0].lead == ("ubdt",)
    said = mark(new, "areas/ND1/activities/ND1.1/lead")
    assert (said.code, said.fill, said.params) == (
        "organisation-ended", True, {"old": "ubdt", "day": "2025-02-28"},
    )  # fmt: skip


def test_a_place_becomes_the_one_it_was_merged_into() -> None:
    old = Place("kon-tum", Text("Kon Tum"), valid_to="2025-06-30")
    new = Place(
        "quang-ngai-2025", Text("Quảng Ngãi"), valid_from="2025-07-01", merged_from=("kon-tum", "quang-ngai")
    )
    plan = plan_of(with_roles(place=("kon-tum",)), places=(old, new))
    assert renewed(plan, "b", 2024).plan.areas[0].activities[0].place == ("kon-tum",)
    later = renewed(plan, "b", 2025)
    assert later.plan.areas[0].activities[0].place == ("quang-ngai-2025",)
    assert mark(later, "areas/ND1/activities/ND1.1/place").code == "place-replaced"


def test_a_place_that_became_several_is_left_to_a_person() -> None:
    old = Place("a", Text("A"), valid_to="2025-06-30")
    parts = tuple(Place(own, Text("x"), merged_from=("a",)) for own in ("b", "c"))
    later = renewed(plan_of(with_roles(place=("a",)), places=(old, *parts)), "b", 2025)
    assert later.plan.areas[0].activities[0].place == ("a",)
    assert mark(later, "areas/ND1/activities/ND1.1/place").code == "place-ended"


def test_places_that_become_each_other_are_not_followed_for_ever() -> None:
    a = Place("a", Text("A"), valid_to="2024-06-30", merged_from=("b",))
    b = Place("b", Text("B"), valid_to="2024-06-30", merged_from=("a",))
    later = renewed(plan_of(with_roles(place=("a",)), places=(a, b)), "b", 2025)
    assert later.plan.areas[0].activities[0].place == ("b",)
