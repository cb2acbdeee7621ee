"""Filters as they are read: what a term takes in, and that what is printed reads as it was meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.errors import Failure
from plantrack.model.filters import Filter, parse_filter
from plantrack.model.names import Names
from plantrack.model.plan import Activity, Area, Organisation, Place, Plan, Retired, Text
from tests.support.factory import make_task

#: `c` and `d` succeeded `b`'s and `x`'s line: a → b → c, x → c.
PLAN = Plan(
    "p", 2025, Text("Kế hoạch"),
    (Area("ND1", Text("Một"), activities=(Activity("ND1.1", Text("Họp")),)), Area("ND2", Text("Hai"))),
    organisations=(
        Organisation("a", Text("Đơn vị A"), valid_to="2023-12-31", successor="b"),
        Organisation("b", Text("Đơn vị B"), symbol="S", valid_to="2025-02-28", successor="c"),
        Organisation("x", Text("Đơn vị X"), valid_to="2025-02-28", successor="c"),
        Organisation("c", Text("Đơn vị C"), symbol="S", valid_from="2025-03-01"),
        Organisation("d", Text("Đơn vị D")),
    ),
    places=(
        Place("kon-tum", Text("Kon Tum"), valid_to="2025-06-30"),
        Place("quang-ngai", Text("Quảng Ngãi"), valid_to="2025-06-30"),
        Place(
            "quang-ngai-2025", Text("Quảng Ngãi"), valid_from="2025-07-01", merged_from=("kon-tum", "quang-ngai")
        ),
        Place("ha-noi", Text("Hà Nội")),
    ),
    moved={"ND1.9": "ND1.1"}, retired=(Retired("ND1.2", "2025-02-01", "trùng"),),
)  # fmt: skip
NAMES = Names(PLAN, ["Lê Văn An"])
ORGANISATIONS = [o.id for o in PLAN.organisations]


def read(*terms: str, names: Names = NAMES, day: str = "2025-07-20") -> Filter:
    """Read a filter."""
    return parse_filter(terms, names, day)


def passing(wanted: Filter, role: str, each: list[str]) -> list[str]:
    """Return those of which a task passes that has just the one in a role."""
    tasks = [make_task()._replace(**{role: (own,)}) for own in each]  # type: ignore[arg-type]
    return [own for own, task in zip(each, tasks, strict=True) if wanted.rank(task, {}) is not None]


@pytest.mark.parametrize(
    ("typed", "spelled", "found"),
    [
        ("c", "c,b,x,a", "a b x c"),
        ("b", "b,a", "a b"),
        ("a", "a", "a"),
        ("d", "d", "d"),
        ("c,d", "c,b,x,a,d", "a b x c d"),
        ("-c", "-c,-b,-x,-a", "d"),
        ("c,-b", "c,x,-b,-a", "x c"),
        ("c,-a", "c,b,x,-a", "b x c"),
        ("-c,b", "-c,-x,b,a", "a b"),
        ("c,-b,a", "c,x,-b,a", "a x c"),
        ("Đơn vị C", "c,b,x,a", "a b x c"),
        ("c,c", "c,b,x,a", "a b x c"),
    ],
)
def test_an_organisation_takes_in_those_that_it_succeeded_but_for_what_is_named(
    typed: str, spelled: str, found: str
) -> None:
    for field, role in (("org", "lead"), ("org", "coordinating"), ("lead", "lead"), ("with", "coordinating")):
        wanted = read(f"{field}:{typed}")
        assert wanted.spelled() in (f"{field}:{spelled}", f'"{field}:{spelled}"')
        assert passing(wanted, role, ORGANISATIONS) == found.split()


def test_a_place_takes_in_those_that_it_was_made_of() -> None:
    places = [p.id for p in PLAN.places]
    wanted = read("place:quang-ngai-2025")
    assert wanted.spelled() == "place:quang-ngai-2025,kon-tum,quang-ngai"
    assert passing(wanted, "places", places) == ["kon-tum", "quang-ngai", "quang-ngai-2025"]
    assert passing(read("place:kon tum"), "places", places) == ["kon-tum"]
    assert passing(read("place:-quang-ngai-2025"), "places", places) == ["ha-noi"]


def test_a_name_is_read_on_the_day_of_the_report() -> None:
    assert read("place:Quảng Ngãi", day="2025-06-30").spelled() == "place:quang-ngai"
    assert read("place:Quảng Ngãi").terms[0].value.startswith("quang-ngai-2025,")
    assert read("org:S", day="2025-02-28").spelled() == "org:b,a"
    assert read("org:S", day="2025-03-01").spelled() == "org:c,b,x,a"


def test_without_a_list_places_are_words_compared_without_tones() -> None:
    names = Names(PLAN._replace(places=()))
    wanted = read("place:kon tum", names=names)
    assert wanted.spelled() == '"place:kon tum"'
    assert passing(wanted, "places", ["Kon Tum", "kon-tum", "Đắk Lắk"]) == ["Kon Tum", "kon-tum"]


def test_an_old_code_is_followed_or_kept() -> None:
    assert read("activity:1.9").spelled() == "activity:ND1.1"
    assert read("activity:nd1.2,ND1.1").spelled() == "activity:ND1.2,ND1.1"


@pytest.mark.parametrize(
    ("term", "code"), [("org:zz", "unknown-organisation"), ("place:zz", "unknown-place")]
)
def test_what_the_plan_has_not_is_refused(term: str, code: str) -> None:
    with pytest.raises(Failure, match=code) as caught:
        read(term)
    assert caught.value.exit_code == 3


_ORGANISATION = [*ORGANISATIONS, "Đơn vị B", "don vi c", "S"]
ANY_VALUE = {
    "org": _ORGANISATION,
    "lead": _ORGANISATION,
    "with": _ORGANISATION,
    "place": [*(p.id for p in PLAN.places), "Quảng Ngãi", "ha noi"],
    "area": ["1", "ND2", "nd1"],
    "activity": ["1.1", "ND1.9", "1.2"],
    "to": ["le van an"],
    "status": ["done", "dang thuc hien", "Tạm dừng"],
}
ANY_TERM = st.sampled_from(sorted(ANY_VALUE)).flatmap(
    lambda field: st.lists(
        st.tuples(st.sampled_from(["", "-"]), st.sampled_from(ANY_VALUE[field])).map("".join),
        min_size=1, max_size=4,
    ).map(lambda values: f"{field}:{','.join(values)}")
)  # fmt: skip
ANY_TASK = st.builds(
    make_task,
    lead=st.lists(st.sampled_from(ORGANISATIONS), unique=True).map(tuple),
    coordinating=st.lists(st.sampled_from(ORGANISATIONS), unique=True).map(tuple),
    places=st.lists(st.sampled_from([p.id for p in PLAN.places]), unique=True).map(tuple),
    status=st.sampled_from(["done", "in_progress", "paused"]),
    in_charge=st.sampled_from([(), ("Lê Văn An",)]),
)


@given(term=ANY_TERM, tasks=st.lists(ANY_TASK, max_size=8), day=st.sampled_from(["2024-05-01", "2025-07-20"]))
def test_a_filter_as_it_is_printed_is_the_filter(term: str, tasks: list[object], day: str) -> None:
    wanted = read(term, day=day)
    again = read(wanted.spelled().strip('"'), day=day)
    assert again.spelled() == wanted.spelled()
    assert [again.rank(t, {}) for t in tasks] == [wanted.rank(t, {}) for t in tasks]  # type: ignore[arg-type]


@given(st.sampled_from(ORGANISATIONS), ANY_TASK)
def test_not_an_organisation_is_the_rest(organisation: str, task: object) -> None:
    passes = [read(f"org:{sign}{organisation}").rank(task, {}) is not None for sign in ("", "-")]  # type: ignore[arg-type]
    assert passes[0] != passes[1]
