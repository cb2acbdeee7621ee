"""What is the same in two states of a plan: by code and title, as it was moved, as people say."""

from hypothesis import given
from hypothesis import strategies as st

from plantrack.model.pairing import alike, moved_line, namesakes, pairs, titles
from plantrack.model.plan import Activity, Area, Plan, Text

#: Few titles, of which two differ in tones and case only.
TITLES = ("Hội thảo", "HỘI THAO", "Giám sát", "Tổng kết")
CODES = tuple(f"ND{a}.{n}" for a in (1, 2) for n in (1, 2, 3))


def plan_of(activities: dict[str, str], moved: dict[str, str] | None = None) -> Plan:
    """Make a plan of two areas of the same titles, with activities by their codes."""
    areas = tuple(
        Area(code, Text(f"Nội dung {code}"), activities=tuple(
            Activity(own, Text(title)) for own, title in activities.items() if own.startswith(f"{code}.")
        ))
        for code in ("ND1", "ND2")
    )  # fmt: skip
    return Plan("kh", 2024, Text("x"), areas, moved=moved or {})


plans = st.dictionaries(st.sampled_from(CODES), st.sampled_from(TITLES)).map(plan_of)


@given(plans, plans)
def test_without_a_word_only_the_same_code_with_the_same_title_is_the_same(old: Plan, new: Plan) -> None:
    before, after = titles(old), titles(new)
    found = pairs(old, new, {})
    assert all(code == other and alike(before[code], after[other]) for code, other in found.items())
    assert {code for code in before if code in after and alike(before[code], after[code])} == set(found)


@given(plans, plans)
def test_a_namesake_is_new_and_what_it_is_proposed_for_is_gone(old: Plan, new: Plan) -> None:
    before, after = titles(old), titles(new)
    for code, other in namesakes(old, new).items():
        assert code not in after
        assert other not in before
        assert alike(before[code], after[other])


def test_what_was_moved_and_what_is_said_goes_before_codes_and_titles() -> None:
    old = plan_of({"ND1.1": "Hội thảo", "ND1.2": "Giám sát"})
    new = plan_of({"ND2.1": "Khác hẳn", "ND1.2": "Giám sát"}, {"ND1.1": "ND2.1"})
    assert pairs(old, new, {})["ND1.1"] == "ND2.1"
    assert pairs(old, new, {"ND1.2": "ND2.1"})["ND1.2"] == "ND2.1"


def test_of_two_with_the_title_none_is_proposed() -> None:
    old = plan_of({"ND1.1": "Hội thảo"})
    assert namesakes(old, plan_of({"ND1.2": "Hội thảo", "ND2.1": "Hội thảo"})) == {}
    assert namesakes(old, plan_of({"ND2.1": "HỘI THAO"})) == {"ND1.1": "ND2.1"}
    assert namesakes(old, plan_of({"ND2.1": "Hội thảo"}, {"ND1.1": "ND2.1"})) == {}


def test_new_codes_are_written_as_a_file_takes_them() -> None:
    assert moved_line({"ND1.1": "ND2.1", "ND3": "ND4"}) == 'moved: {"ND1.1": "ND2.1", "ND3": "ND4"}'
