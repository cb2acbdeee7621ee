"""What people type for areas, activities, tasks, organisations and people."""

import unicodedata

import pytest

from plantrack.errors import Failure
from plantrack.model.names import Names, label_of
from plantrack.model.plan import Activity, Area, Organisation, Plan, Text

PLAN = Plan(
    "p", 2024, Text("Kế hoạch"),
    (
        Area("ND1", Text("Truyền thông"), activities=(Activity("ND1.1", Text("Họp")),)),
        Area("ND10", Text("Mười")),
        Area("A1", Text("Khác")),
    ),
    organisations=(Organisation("hlhpn", Text("Hội Liên hiệp Phụ nữ Việt Nam", "Viet Nam Women's Union"), symbol="HLHPNVN"),),
)  # fmt: skip
NAMES = Names(PLAN, ["Lê Thị Ánh", "Lê Thi Anh", "Ksor H’Nhuên"])


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
    ],
)
def test_labels(typed: str, label: str) -> None:
    assert label_of(typed) == label


@pytest.mark.parametrize("typed", ["3.1", "nd3", "", "mười", "12a", "-", "1 2 x"])
def test_what_is_no_label(typed: str) -> None:
    assert label_of(typed) is None


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
