"""Filters as they are read: what a term takes in, and that what is printed reads as it was meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.errors import Failure
from plantrack.model.filters import MOST_VALUES, Filter, parse_filter
from plantrack.model.names import Names
from plantrack.model.plan import Activity, Area, Organisation, Place, Plan, Retired, Text
from tests.support.factory import make_task
from tests.support.filter_meaning import passes
from tests.support.people import people_called

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
NAMES = Names(
    PLAN,
    people_called("Lê Văn An"),
    authors=lambda: ["Trần Bình", "may-chu", "Lê An", "Lê Ân"],
    sites=lambda: ["HN", "TH2"],
)
ORGANISATIONS = [o.id for o in PLAN.organisations]


def read(*terms: str, names: Names = NAMES, day: str = "2025-07-20") -> Filter:
    """Read a filter."""
    return parse_filter(terms, names, day)


def passing(wanted: Filter, role: str, each: list[str]) -> list[str]:
    """Return those of which a task passes that has just the one in a role."""
    tasks = [make_task()._replace(**{role: (own,)}) for own in each]  # type: ignore[arg-type]
    return [own for own, task in zip(each, tasks, strict=True) if passes(wanted, task)]


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
    ("term", "code"),
    [
        ("org:zz", "unknown-organisation"),
        ("place:zz", "unknown-place"),
        ("author:zz", "unknown-author"),
        ("author:le an", "unknown-author"),
        ("site:HM", "unknown-site"),
    ],
)
def test_what_the_plan_has_not_is_refused(term: str, code: str) -> None:
    with pytest.raises(Failure, match=code) as caught:
        read(term)
    assert caught.value.exit_code == 3


def test_a_site_is_found_in_any_case_and_fields_have_vietnamese_names() -> None:
    for typed in ("site:hn,-th2", "diem:HN,-TH2", "Điểm:hn,-th2"):
        assert read(typed).spelled() == "site:HN,-TH2"
    for typed in ("site:hub,-hn", "diem:dau-moi,-HN", "điểm:Đầu mối,-hn"):
        (term,) = read(typed).terms
        assert (term.spelled(), term.values, term.refused) == ("site:hub,-HN", ("",), ("HN",))
    assert read("chu-tri:a").spelled() == read("lead:a").spelled()
    assert read("hạn:none").spelled() == "due:none"
    assert read("Tổ:3").texts == ("Tổ:3",), "no field is called so"


def test_who_recorded_is_found_like_a_person() -> None:
    for typed in ("Trần Bình", "tran binh", "TRẦN BÌNH"):
        assert read(f"author:{typed}").terms[0].values == ("Trần Bình",)
    assert read("author:Lê Ân").terms[0].values == ("Lê Ân",)
    with pytest.raises(Failure) as caught:
        read("author:lê án")
    assert caught.value.params["near"] == ("Lê An", "Lê Ân")


@pytest.mark.parametrize("field", ["due", "updated", "completed"])
def test_days_are_a_day_a_period_a_range_or_none(field: str) -> None:
    attribute = {"updated": "updated_on", "completed": "completed_on"}.get(field, field)
    days = ["2025-06-30", "2025-07-01", "2025-07-20", "2025-09-30", "2025-10-01"]
    for typed, spelled, found in (
        ("2025-Q3", "2025-07-01..2025-09-30", days[1:4]),
        ("Q3", "2025-07-01..2025-09-30", days[1:4]),
        ("-7d..", "2025-07-13..", days[2:]),
        ("..1/7", "..2025-07-01", days[:2]),
        ("hôm nay", "2025-07-20", days[2:3]),
        ("none", "none", []),
    ):
        wanted = read(f"{field}:{typed}")
        assert wanted.spelled() == f"{field}:{spelled}"
        tasks = [make_task()._replace(**{attribute: day}) for day in (*days, None)]  # type: ignore[arg-type]
        assert [day for day, task in zip(days, tasks, strict=False) if passes(wanted, task)] == found
        assert passes(wanted, tasks[-1]) is (typed == "none")


def test_a_task_is_opened_on_a_day() -> None:
    task = make_task(opened_on="2025-07-01")
    assert [
        t for t in ("opened:Q3", "opened:2/7..", "opened:none", "opened:..1/7") if passes(read(t), task)
    ] == ["opened:Q3", "opened:..1/7"]


def test_days_of_recording_are_those_of_the_plan_s_time_zone() -> None:
    span = read("recorded:2025-07-01..2025-07-02").terms[0].span
    assert span == ("2025-06-30T17:00:00.000Z", "2025-07-02T16:59:59.999Z")
    assert read("recorded:..1900-01-01").terms[0].span == (None, "1900-01-01T16:53:29.999Z")
    assert read("recorded:2199-12-31..").spelled() == "recorded:2199-12-31.."


@pytest.mark.parametrize("field", ["due", "updated", "completed", "opened", "recorded"])
def test_a_range_backwards_is_refused(field: str) -> None:
    for typed in ("2025-07-02..2025-07-01", "today..-1d", "..", "Q3..Q2"):
        with pytest.raises(Failure, match="bad-range"):
            read(f"{field}:{typed}")


def test_a_filter_has_so_many_values_and_no_more() -> None:
    terms = [f"tag:{n}" for n in range(MOST_VALUES)]
    assert len(read(*terms).terms) == MOST_VALUES
    for more in ("text:x", "overdue", "due:Q3", "tag:a", "tag:0", "x"):
        with pytest.raises(Failure, match="filter-too-long") as caught:
            read(*terms, more)
        assert caught.value.params == {"count": MOST_VALUES + 1, "most": MOST_VALUES}


def test_a_closed_task_is_asked_for_by_its_status_its_deadline_or_its_end() -> None:
    asked = [
        term for term in ("status:done", "deadline:late", "completed:Q2", "due:Q2") if read(term).asks_status
    ]
    assert asked == ["status:done", "deadline:late", "completed:Q2"]


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
    "deadline": ["qua han", "Hoàn thành (không có thời hạn)", "Within the deadline"],
    "priority": ["cao", "Urgent", "thuong"],
    "tag": ["gấp", "Tin bài", "tin-bai"],
    "author": ["tran binh", "MAY CHU"],
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
    priority=st.sampled_from(["low", "normal", "high", "urgent"]),
    tags=st.lists(st.sampled_from(["Gấp", "tin bài"]), unique=True).map(tuple),
    places=st.lists(st.sampled_from([p.id for p in PLAN.places]), unique=True).map(tuple),
    status=st.sampled_from(["done", "in_progress", "paused"]),
    in_charge=st.sampled_from([(), ("Lê Văn An",)]),
)


@given(term=ANY_TERM, tasks=st.lists(ANY_TASK, max_size=8), day=st.sampled_from(["2024-05-01", "2025-07-20"]))
def test_a_filter_as_it_is_printed_is_the_filter(term: str, tasks: list[object], day: str) -> None:
    wanted = read(term, day=day)
    again = read(wanted.spelled().strip('"'), day=day)
    assert again.spelled() == wanted.spelled()
    assert [passes(again, t) for t in tasks] == [passes(wanted, t) for t in tasks]  # type: ignore[arg-type]


@given(st.sampled_from(ORGANISATIONS), ANY_TASK)
def test_not_an_organisation_is_the_rest(organisation: str, task: object) -> None:
    found = [passes(read(f"org:{sign}{organisation}"), task) for sign in ("", "-")]  # type: ignore[arg-type]
    assert found[0] != found[1]


# A filter with a name.

TERMS = (
    *(
        "area:1",
        "-",
        "org:c,-b",
        "overdue",
        "qua han",
        "không hạn",
        "status:-done",
        "due:..+7d",
        "text:qua han",
    ),
    *("hội nghị", "ND1", "nd1,nd2", "overdue:no", "updated:-7d..", "to:Lê Văn An", "họp", "Đơn vị D"),
)


@given(st.lists(st.sampled_from(TERMS)), st.lists(st.sampled_from(TERMS)))
def test_a_name_means_what_its_terms_mean_whatever_stands_beside_it(
    named: list[str], beside: list[str]
) -> None:
    try:
        own, other = read(*named), read(*beside)
    except Failure:
        return
    whole = parse_filter([*beside, "@x"], NAMES, "2025-07-20", named=lambda _: named)
    assert whole.terms == (*other.terms, *(term._replace(typed="") for term in own.terms))
    assert sorted(whole.texts) == sorted([*other.texts, *own.texts])


def meaning(args: list[str]) -> Filter:
    """Read a filter whose name stands for these terms."""
    return parse_filter(["@x"], NAMES, "2025-07-20", named=lambda _: args)


@given(st.lists(st.sampled_from(TERMS)))
def test_how_a_named_filter_reads_can_be_typed_again(named: list[str]) -> None:
    try:
        found = meaning(named)
    except Failure:
        return
    again = read(*(term.spelled() for term in found.terms), *(f"text:{text}" for text in found.texts))
    assert again._replace(marked=found.marked) == found


def test_what_a_name_stands_for_is_refused_with_the_name() -> None:
    for args, code in ((["area:99"], "unknown-area"), (["2025"], "bare-value"), (["x:1"], "unknown-field")):
        with pytest.raises(Failure) as caught:
            meaning(args)
        why = caught.value.params["why"]
        assert isinstance(why, Failure)
        assert (caught.value.code, caught.value.params["name"], why.code) == ("filter-outdated", "x", code)
    with pytest.raises(Failure, match="unknown-filter"):
        read("@x")
