"""A filter on the organisations of a plan."""

import unicodedata

import pytest

from plantrack.errors import Failure
from plantrack.model.choosing.organisation_filter import organisations_passing
from plantrack.model.names import Names
from plantrack.model.plan import Organisation, Place, Plan, Text

ORGANISATIONS = (
    Organisation("hoi", Text("Hội LHPN Việt Nam"), level="central"),
    Organisation("ban", Text("Ban Gia đình"), level="unit", parent="hoi"),
    Organisation("hn", Text("Hội LHPN Hà Nội"), level="province", place="HN"),
    Organisation("hy", Text("Hội LHPN Hưng Yên"), level="province", place="HY", valid_to="2024-06-30"),
    Organisation("tb", Text("Hội LHPN Thái Bình"), level="province", place="TB", valid_from="2024-07-01"),
    Organisation("khac", Text("Đơn vị khác")),
)
PLACES = tuple(
    Place(id, Text(name)) for id, name in (("HN", "Hà Nội"), ("HY", "Hưng Yên"), ("TB", "Thái Bình"))
)


def passing(line: str, day: str = "2024-07-10", places: tuple[Place, ...] = PLACES) -> list[str]:
    plan = Plan("kh", 2024, Text("Kế hoạch"), (), organisations=ORGANISATIONS, places=places)
    return [o.id for o in organisations_passing(line, Names(plan), day)]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("level:province", ["hn", "tb"]),
        ("level:tinh", ["hn", "tb"]),
        ("level:don-vi-truc-thuoc", ["ban"]),
        ('level:"cấp tỉnh"', ["hn", "tb"]),
        (unicodedata.normalize("NFD", "level:tỉnh"), ["hn", "tb"]),
        ("LEVEL:province,central", ["hoi", "hn", "tb"]),
        ("level:-province", ["hoi", "ban", "khac"]),
        ("level:province place:-HN", ["tb"]),
        ("place:HN,TB", ["hn", "tb"]),
        ('place:"Thái Bình"', ["tb"]),
        ("parent:hoi", ["ban"]),
        ("parent:-hoi level:central,unit", ["hoi"]),
        ("id:hn,hoi", ["hoi", "hn"]),
        ("level:province place:HY", []),
    ],
)
def test_organisations_in_force_that_pass_each_term(line: str, found: list[str]) -> None:
    assert passing(line) == found


def test_who_is_in_force_is_so_on_the_day() -> None:
    assert passing("level:province", "2024-06-30") == ["hn", "hy"]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("province", "unknown-organisation-field"),
        ("lvel:province", "unknown-organisation-field"),
        ("level:", "filter-value"),
        ("level:xa", "unknown-level"),
        ("level:-", "unknown-level"),
        ("level:,", "filter-value"),
        ("place:Huế", "unknown-place"),
        ("parent:khongco", "unknown-organisation"),
        ('level:"tinh', "filter-quote"),
        ("", "filter-empty"),
    ],
)
def test_what_is_no_filter_is_refused(line: str, code: str) -> None:
    with pytest.raises(Failure) as caught:
        passing(line)
    assert caught.value.code == code
