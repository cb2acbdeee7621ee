"""What is different between two states of a plan."""

from hypothesis import given
from hypothesis import strategies as st

from plantrack.model.plan import (
    Activity,
    Area,
    Budget,
    CitedDocument,
    Milestone,
    Organisation,
    Place,
    Plan,
    Reporting,
    Retired,
    Text,
)
from plantrack.model.plan_diff import PartChange, codes, differences, renames


def made(*areas: Area, **more: object) -> Plan:
    return Plan("kh-vi-du", 2024, Text("Ví dụ"), areas, **more)  # type: ignore[arg-type]


def area(code: str, *activities: Activity, **more: object) -> Area:
    return Area(code, Text(f"Nội dung {code}"), activities=activities, **more)  # type: ignore[arg-type]


def activity(code: str, **more: object) -> Activity:
    return Activity(code, Text(f"Việc {code}"), **more)  # type: ignore[arg-type]


BASE = made(area("ND1", activity("ND1.1"), activity("ND1.2")), area("ND2", activity("ND2.1")))


def told(old: Plan | None, new: Plan) -> list[tuple[str, str, str]]:
    return [(c.kind, c.what, c.code) for c in differences(old, new)]


def fields(change: PartChange) -> dict[str, tuple[object, object]]:
    return {f.name: (f.old, f.new) for f in change.fields}


def test_the_same_plan_has_no_difference() -> None:
    assert differences(BASE, BASE) == ()


def test_all_of_a_plan_that_was_never_there_is_added() -> None:
    plan = BASE._replace(organisations=(Organisation("o1", Text("Đơn vị ví dụ")),))
    assert told(None, plan) == [
        ("added", "organisation", "o1"),
        *(("added", "area" if "." not in code else "activity", code) for code in codes(plan)),
    ]


def test_fields_are_told_one_by_one_with_both_values() -> None:
    old = made(area("ND1", activity("ND1.1", due="2024-Q2", lead=("a",), budget=Budget(amount=5))))
    after = activity("ND1.1", due="2024-Q3", budget=Budget(amount=7, unit="đồng"), ongoing=False)
    after = after._replace(title=Text("Việc ND1.1", "Work"))
    (change,) = differences(old, made(area("ND1", after)))
    assert (change.kind, change.what, change.code, change.area) == ("changed", "activity", "ND1.1", "ND1")
    assert fields(change) == {
        "title.en": (None, "Work"),
        "due": ("2024-Q2", "2024-Q3"),
        "budget.amount": (5, 7),
        "budget.unit": (None, "đồng"),
        "lead": (("a",), None),
    }


def test_one_more_in_a_list_changes_none_of_the_others() -> None:
    first, second = Milestone("2024-05-01", Text("một")), Milestone("2024-06-01", Text("hai"))
    old = made(area("ND1", activity("ND1.1", milestones=(second,))))
    (change,) = differences(old, made(area("ND1", activity("ND1.1", milestones=(first, second)))))
    assert fields(change) == {
        "milestones.2024-05-01.due": (None, "2024-05-01"),
        "milestones.2024-05-01.title": (None, "một"),
    }


def test_the_plan_tells_of_itself() -> None:
    new = BASE._replace(
        number="2/KH", reporting=Reporting(stale_days=20), references=(CitedDocument(Text("Luật"), "luat"),)
    )
    (change,) = differences(BASE, new)
    assert (change.what, change.code) == ("plan", "kh-vi-du")
    assert fields(change) == {
        "number": (None, "2/KH"),
        "reporting.stale_days": (14, 20),
        "references.luat.title": (None, "Luật"),
        "references.luat.id": (None, "luat"),
    }


def test_another_order_is_told_and_nothing_else() -> None:
    new = made(BASE.areas[1], BASE.areas[0]._replace(activities=BASE.areas[0].activities[::-1]))
    first, second = differences(BASE, new)
    assert fields(first) == {"areas.order": (("ND1", "ND2"), ("ND2", "ND1"))}
    assert fields(second) == {"activities.order": (("ND1.1", "ND1.2"), ("ND1.2", "ND1.1"))}


def test_a_moved_code_is_the_same_part() -> None:
    new = made(
        area("ND1", activity("ND1.1")), area("ND2", activity("ND2.1"), activity("ND2.2")),
        moved={"ND1.2": "ND2.2", "ND9.9": "ND2.1"},
    )  # fmt: skip
    changes = differences(BASE, new)
    moved = next(c for c in changes if c.kind == "moved")
    assert (moved.code, moved.old_code, moved.area) == ("ND2.2", "ND1.2", "ND2")
    assert fields(moved) == {"title": ("Việc ND1.2", "Việc ND2.2")}
    assert renames(BASE, new) == {"ND1.2": "ND2.2"}, "a code that is not in the applied plan is not moved"
    assert [f.name for c in changes if c.what == "plan" for f in c.fields] == ["moved.ND9.9"]


def test_a_chain_of_moves_leads_to_its_end() -> None:
    new = made(area("ND1", activity("ND1.1"), activity("ND1.9")), area("ND2", activity("ND2.1")),
               moved={"ND1.2": "ND1.5", "ND1.5": "ND1.9"})  # fmt: skip
    assert renames(BASE, new) == {"ND1.2": "ND1.9"}


def test_what_became_part_of_another_is_moved_there_and_hides_none_of_its_changes() -> None:
    new = made(
        area("ND1", activity("ND1.1", due="2024-Q3")),
        area("ND2", activity("ND2.1")),
        moved={"ND1.2": "ND1.1"},
    )
    changed, merged = differences(BASE, new)
    assert (changed.kind, changed.code, fields(changed)) == ("changed", "ND1.1", {"due": (None, "2024-Q3")})
    assert (merged.kind, merged.code, merged.old_code, merged.fields) == ("moved", "ND1.1", "ND1.2", ())


def test_of_two_that_became_one_the_first_is_compared() -> None:
    new = made(area("ND1", activity("ND1.3")), BASE.areas[1], moved={"ND1.1": "ND1.3", "ND1.2": "ND1.3"})
    first, second = differences(BASE, new)
    assert (first.old_code, second.old_code) == ("ND1.1", "ND1.2")
    assert (first.kind, second.kind, first.code, second.code) == ("moved", "moved", "ND1.3", "ND1.3")
    assert (fields(first), fields(second)) == ({"title": ("Việc ND1.1", "Việc ND1.3")}, {})


def test_what_an_area_leaves_behind_when_it_becomes_part_of_another_is_told() -> None:
    new = made(BASE.areas[0], moved={"ND2": "ND1"})
    assert [(c.kind, c.what, c.old_code or c.code) for c in differences(BASE, new)] == [
        ("moved", "area", "ND2"),
        ("removed", "activity", "ND2.1"),
    ]


def test_what_is_retired_is_not_what_is_removed() -> None:
    retired = Retired("ND1.2", "2024-05-01", "không còn phù hợp")
    new = made(area("ND1", activity("ND1.1")), retired=(retired,))
    changes = differences(BASE, new)
    assert [(c.kind, c.code, c.area) for c in changes] == [
        ("retired", "ND1.2", "ND1"),
        ("removed", "ND2", "ND2"),
        ("removed", "ND2.1", "ND2"),
    ]
    assert changes[0].retired == retired


def test_organisations_and_places_are_compared_by_their_ids() -> None:
    old = BASE._replace(organisations=(Organisation("a", Text("A")), Organisation("b", Text("B"))))
    new = BASE._replace(
        organisations=(Organisation("b", Text("B"), valid_to="2024-12-31"),),
        places=(Place("kon-tum", Text("Kon Tum")),),
    )
    assert told(old, new) == [
        ("changed", "organisation", "b"),
        ("removed", "organisation", "a"),
        ("added", "place", "kon-tum"),
    ]


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """Small plans that share codes, so that they have much in common."""
    chosen = draw(st.lists(st.sampled_from(["ND1", "ND2", "ND3"]), min_size=1, unique=True))
    areas = []
    for code in chosen:
        numbers = draw(st.lists(st.integers(1, 3), unique=True))
        own = [
            Activity(
                f"{code}.{n}", Text(draw(st.sampled_from("xy"))), due=draw(st.sampled_from([None, "2024-Q2"]))
            )
            for n in numbers
        ]
        areas.append(Area(code, Text(draw(st.sampled_from("pq"))), activities=tuple(own)))
    return made(*areas)


@given(plans(), plans())
def test_there_is_a_difference_just_when_the_plans_differ(old: Plan, new: Plan) -> None:
    assert bool(differences(old, new)) == (old != new)


@given(plans(), plans())
def test_what_came_one_way_went_the_other(old: Plan, new: Plan) -> None:
    there = {(c.what, c.code) for c in differences(old, new) if c.kind == "added"}
    back = {(c.what, c.code) for c in differences(new, old) if c.kind == "removed"}
    assert there == back
    forth = {(c.what, c.code, f.name): (f.old, f.new) for c in differences(old, new) for f in c.fields}
    other = {(c.what, c.code, f.name): (f.new, f.old) for c in differences(new, old) for f in c.fields}
    assert forth == other
