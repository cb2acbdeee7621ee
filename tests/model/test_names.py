"""What people type for areas, activities, tasks, organisations and people."""

import unicodedata

import pytest

from plantrack.errors import Failure
from plantrack.model.names import Names, label_of, labels_joined
from plantrack.model.plan import Activity, Area, Organisation, Place, Plan, Retired, Text
from tests.support.people import people_called

PLAN = Plan(
    "p", 2024, Text("Kế hoạch"),
    (
        Area("ND1", Text("Truyền thông"), activities=(Activity("ND1.1", Text("Họp")),)),
        Area("ND10", Text("Mười")),
        Area("A1", Text("Khác")),
    ),
    organisations=(Organisation("hlhpn", Text("Hội Liên hiệp Phụ nữ Việt Nam", "Viet Nam Women's Union"), symbol="HLHPNVN"),),
)  # fmt: skip
NAMES = Names(PLAN, people_called("Lê Thị Ánh", "Lê Thi Anh", "Ksor H’Nhuên"))


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("12", "12"),
        ("nv12", "12"),
        ("NV 12", "12"),
        ("#12", "12"),
        ("HN-4", "HN-4"),
        ("hn-4", "HN-4"),
        ("nv-7", "7"),
        ("nv hn-4", "HN-4"),
        ("nvhn-4", "NVHN-4"),
    ],
)
def test_labels(typed: str, label: str) -> None:
    assert label_of(typed) == label


@pytest.mark.parametrize("typed", ["3.1", "nd3", "", "mười", "12a", "-", "1 2 x", "nv - nv 9"])
def test_what_is_no_label(typed: str) -> None:
    assert label_of(typed) is None


def test_a_prefix_that_stands_apart_goes_with_the_label_behind_it() -> None:
    assert labels_joined(["nv", "HN-4", "NV", "2", "3"]) == ["HN-4", "2", "3"]
    assert labels_joined(["nv"]) == ["nv"]
    assert labels_joined(["nv", "họp", "nv", "nv", "2"]) == ["nv", "họp", "nv", "2"]


@pytest.mark.parametrize("typed", ["10", "nd10", "ND10", "nd 10", "Nd-10"])
def test_an_area_by_its_code_or_number(typed: str) -> None:
    assert NAMES.area(typed).code == "ND10"


def test_a_number_that_two_areas_have_is_none_of_them() -> None:
    with pytest.raises(Failure, match="unknown-area"):
        NAMES.area("1")
    assert NAMES.area("a1").code == "A1"


def test_an_activity_by_its_number() -> None:
    assert NAMES.activity("1.1").code == "ND1.1"


@pytest.mark.parametrize(
    "typed", ["hlhpn", "HLHPNVN", "hội liên hiệp phụ nữ việt nam", "Hoi lien hiep phu nu Viet Nam"]
)
def test_an_organisation_by_any_of_its_names(typed: str) -> None:
    assert NAMES.organisation(unicodedata.normalize("NFD", typed)).id == "hlhpn"


def test_a_person_by_the_exact_name_else_without_tones_where_that_is_one() -> None:
    assert NAMES.person("Lê Thi Anh") == "Lê Thi Anh"
    assert NAMES.person("ksor h'nhuen") == "Ksor H’Nhuên"
    with pytest.raises(Failure, match="unknown-person") as caught:
        NAMES.person("le thi anh")
    assert caught.value.params["near"] == ("Lê Thị Ánh", "Lê Thi Anh")


def test_a_title_leads_to_its_code() -> None:
    with pytest.raises(Failure) as caught:
        NAMES.area("truyen thong")
    assert caught.value.params["near"] == ("ND1",)


# --- codes that were moved or retired ---

CHANGED = PLAN._replace(
    moved={"ND1.7": "ND1.8", "ND1.8": "ND1.1", "ND1.9": "ND1.5", "B1": "ND10"},
    retired=(
        Retired("ND1.5", "2024-07-01", "trùng nội dung"),
        Retired("ND7", "2024-08-01", "chuyển sang năm sau"),
    ),
)
OLD_CODES = Names(CHANGED, former=["ND7", "ND1.6", "ND1.5"])


@pytest.mark.parametrize("typed", ["ND1.7", "1.7", "nd1.8", "1.1"])
def test_a_moved_code_leads_to_where_it_is_now(typed: str) -> None:
    assert OLD_CODES.activity(typed).code == OLD_CODES.activity_code(typed) == "ND1.1"


@pytest.mark.parametrize("typed", ["ND1.5", "1.5", "1.9"])
def test_a_retired_activity_takes_no_new_work_and_is_still_read(typed: str) -> None:
    with pytest.raises(Failure, match="code-retired") as caught:
        OLD_CODES.activity(typed)
    assert caught.value.params == {"code": "ND1.5", "day": "2024-07-01", "reason": "trùng nội dung"}
    assert caught.value.exit_code == 4
    assert OLD_CODES.activity_code(typed) == "ND1.5"


def test_a_retired_area_takes_no_new_work_and_is_still_read() -> None:
    with pytest.raises(Failure, match="code-retired"):
        OLD_CODES.area("7")
    assert OLD_CODES.area_code("nd7") == "ND7"
    assert Names(CHANGED).area_code("nd7") == "ND7"  # also where no task stands on it


def test_a_code_that_left_the_plan_is_read_only() -> None:
    assert OLD_CODES.activity_code("1.6") == "ND1.6"
    with pytest.raises(Failure, match="unknown-activity"):
        OLD_CODES.activity("1.6")


def test_a_number_that_two_areas_have_does_not_lead_to_an_old_code() -> None:
    with pytest.raises(Failure, match="unknown-area"):
        OLD_CODES.area("1")
    assert OLD_CODES.area("b1").code == "ND10"


def test_an_activity_is_no_area() -> None:
    for find in (OLD_CODES.area_code, OLD_CODES.area):
        with pytest.raises(Failure, match="unknown-area"):
            find("1.6")


# --- names that organisations and places had one after the other ---

DATED = PLAN._replace(
    organisations=(
        Organisation("bo-a", Text("Bộ A"), symbol="BA", valid_to="2025-02-28", successor="bo-a-2025"),
        Organisation("bo-a-2025", Text("Bộ A và B"), symbol="BA", valid_from="2025-03-01"),
        Organisation("so-1", Text("Sở Dân tộc")),
        Organisation("so-2", Text("Sở Dân tộc"), valid_from="2025-01-01"),
    ),
    places=(
        Place("kon-tum", Text("Kon Tum"), valid_to="2025-06-30"),
        Place("quang-ngai", Text("Quảng Ngãi"), valid_to="2025-06-30"),
        Place(
            "quang-ngai-2025",
            Text("Quảng Ngãi"),
            valid_from="2025-07-01",
            merged_from=("kon-tum", "quang-ngai"),
        ),
    ),
)
OVER_TIME = Names(DATED)


@pytest.mark.parametrize(
    ("typed", "day", "organisation", "place"),
    [
        ("BA", "2025-02-28", "bo-a", ""),
        ("ba", "2025-03-01", "bo-a-2025", ""),
        ("bộ a", "2026-01-01", "bo-a", ""),
        ("bo-a", "2026-01-01", "bo-a", ""),
        ("Sở Dân tộc", "2024-01-01", "so-1", ""),
        ("Quảng Ngãi", "2025-06-30", "", "quang-ngai"),
        ("Quảng Ngãi", "2025-07-01", "", "quang-ngai-2025"),
        ("quang ngai", "2026-01-01", "", "quang-ngai-2025"),
        ("quang-ngai", "2026-01-01", "", "quang-ngai"),
        ("kon tum", "2026-01-01", "", "kon-tum"),
        ("quang ngai 2025", "2024-01-01", "", "quang-ngai-2025"),
    ],
)
def test_a_name_is_that_of_who_has_it_on_the_day_and_an_id_is_its_own(
    typed: str, day: str, organisation: str, place: str
) -> None:
    if organisation:
        assert OVER_TIME.organisation(unicodedata.normalize("NFD", typed), day).id == organisation
    else:
        assert OVER_TIME.place(unicodedata.normalize("NFD", typed), day) == place


@pytest.mark.parametrize(
    ("typed", "day", "near"),
    [("BA", None, ("bo-a", "bo-a-2025")), ("so dan toc", "2025-01-01", ("so-1", "so-2"))],
)
def test_a_name_that_may_be_several_organisations_is_refused_with_them(
    typed: str, day: str | None, near: tuple[str, ...]
) -> None:
    with pytest.raises(Failure, match="organisation-ambiguous") as caught:
        OVER_TIME.organisation(typed, day)
    assert (caught.value.params["near"], caught.value.exit_code) == (near, 3)


def test_a_name_that_may_be_several_places_is_refused_with_them() -> None:
    with pytest.raises(Failure, match="place-ambiguous") as caught:
        OVER_TIME.place("Quảng Ngãi")
    assert caught.value.params["near"] == ("quang-ngai", "quang-ngai-2025")
    with pytest.raises(Failure, match="unknown-place"):
        OVER_TIME.place("-", "2025-01-01")


def test_a_plan_without_places_takes_any_words() -> None:
    assert NAMES.place("xã Đăk Blà", "2025-01-01") == "xã Đăk Blà"


def test_what_came_before_and_what_became_of_it() -> None:
    assert (OVER_TIME.before("bo-a-2025"), OVER_TIME.before("bo-a")) == (["bo-a"], [])
    assert OVER_TIME.merged_from("quang-ngai-2025") == ("kon-tum", "quang-ngai")
    assert OVER_TIME.merged_into("kon-tum") == ("quang-ngai-2025",)
    assert OVER_TIME.merged_from("xã Đăk Blà") == ()


# --- names that stand alone, and who is the same person ---


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("nd1", ("area", "ND1")),
        ("ND 10", ("area", "ND10")),
        ("1.1", ("activity", "ND1.1")),
        ("nd-1.1", ("activity", "ND1.1")),
        ("1", None),
        ("10", None),
        ("nd2", None),
        ("1.9", None),
        ("", None),
        ("họp", None),
    ],
)
def test_a_code_that_stands_alone_and_a_bare_number_is_none(typed: str, code: tuple[str, str] | None) -> None:
    assert NAMES.known_code(typed) == code


def test_old_codes_stand_alone_too() -> None:
    assert OLD_CODES.known_code("nd7") == ("area", "ND7")
    assert OLD_CODES.known_code("1.7") == ("activity", "ND1.1")


def test_the_names_that_tables_print() -> None:
    assert NAMES.short_names() == {
        "hlhpn": "hlhpn",
        "hoi lien hiep phu nu viet nam": "Hội Liên hiệp Phụ nữ Việt Nam",
        "viet nam women's union": "Viet Nam Women's Union",
    }


@pytest.mark.parametrize("typed", ["LÊ THỊ ÁNH", "lê thị ánh", "Lê thị ánh"])
def test_letter_case_makes_no_other_person(typed: str) -> None:
    assert NAMES.new_person(typed) == NAMES.person(typed) == "Lê Thị Ánh"
    assert NAMES.people_to_write([typed, "Mới", "MỚI", "Lê Thị Ánh"]) == ("Lê Thị Ánh", "Mới")


def test_other_tones_make_another_person() -> None:
    assert NAMES.new_person("Lê Thị Anh") == "Lê Thị Anh"
    assert NAMES.new_person("LÊ THI ANH") == "Lê Thi Anh"


def test_one_thing_is_offered_once() -> None:
    with pytest.raises(Failure) as caught:
        NAMES.organisation("viet nam womens unio")
    assert caught.value.params["near"] == ("Viet Nam Women's Union",)
    with pytest.raises(Failure) as caught:
        NAMES.organisation("xyz")
    assert caught.value.params["near"] == ()
