"""What people type for people: a whole name, a part of one, an organisation in brackets behind it."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.errors import Failure
from plantrack.model.names import Names
from plantrack.model.people.person import Person
from plantrack.model.plan import Organisation, Plan, Text

PLAN = Plan("p", 2024, Text("Kế hoạch"), (), organisations=(
    Organisation("hlhpn", Text("Hội Liên hiệp Phụ nữ Việt Nam"), Text("Hội LHPN")),
    Organisation("hlhpn-x", Text("Hội LHPN tỉnh X")),
))  # fmt: skip
LAN, OTHER = "Nguyễn Thị Lan (Hội LHPN)", "Nguyễn Thị Lan (Hội LHPN tỉnh X)"
NAMES = Names(
    PLAN,
    [
        Person("1", LAN, "Nguyễn Thị Lan", organisation="hlhpn"),
        Person("2", OTHER, "Nguyễn Thị Lan", organisation="hlhpn-x"),
        Person("3", "Trần Bình", "Trần Bình", organisation="hlhpn"),
        Person("4", "Lê Ánh", "Lê Ánh"),
    ],
)


def code(read: object, *typed: str) -> str:
    assert callable(read)
    with pytest.raises(Failure) as caught:
        read(*typed)
    return caught.value.code


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("binh", "Trần Bình"),
        ("Trần", "Trần Bình"),
        ("anh", "Lê Ánh"),
        ("lan (hội lhpn tỉnh x)", OTHER),
        ("Nguyễn Thị Lan (hlhpn-x)", OTHER),
        ("nguyễn thị lan (HỘI LHPN)", LAN),
        ("Trần Bình (hlhpn)", "Trần Bình"),
    ],
)
def test_a_part_that_fits_one_name_is_read_as_that(typed: str, meant: str) -> None:
    assert NAMES.person_meant(unicodedata.normalize("NFD", typed)) == meant


def test_a_part_of_several_names_is_refused_with_them() -> None:
    with pytest.raises(Failure, match="person-several") as caught:
        NAMES.person_meant("lan")
    assert caught.value.params["near"] == (LAN, OTHER)
    assert code(NAMES.person, "binh") == "name-in-part"
    assert code(NAMES.person, "lan") == "person-several"
    assert code(NAMES.person, "xyz") == code(NAMES.person_meant, "xyz") == "unknown-person"


def test_it_is_told_whether_a_name_was_whole() -> None:
    assert NAMES.is_person_in_part("binh", "Trần Bình")
    assert not NAMES.is_person_in_part("tran binh", "Trần Bình")
    assert not NAMES.is_person_in_part("Nguyễn Thị Lan (hlhpn-x)", OTHER)


@pytest.mark.parametrize(
    ("typed", "refusal"),
    [
        ("Bình", "person-in-part"),
        ("Thị Lan", "person-ambiguous"),
        ("Lê Ánh (hlhpn)", "person-elsewhere"),
        ("Trần Bình (hlhpn-x)", "person-elsewhere"),
        ("Hội LHPN", "organisation-not-person"),
    ],
)
def test_what_may_be_somebody_else_is_not_written(typed: str, refusal: str) -> None:
    assert code(NAMES.person_to_write, typed) == refusal


def test_what_is_written_in_full_or_is_new_is_taken() -> None:
    assert NAMES.people_to_write(["Trần Bình (hlhpn)", "TRẦN BÌNH", "Hồ Mai (hlhpn)"]) == (
        "Trần Bình",
        "Hồ Mai (hlhpn)",
    )
    assert NAMES.people_to_write(["Bình", "Lê Ánh (hlhpn)"], new=True) == ("Bình", "Lê Ánh (hlhpn)")


def test_only_an_organisation_in_brackets_is_one() -> None:
    assert NAMES.split_person("Hồ Mai (Hội LHPN tỉnh X)") == ("Hồ Mai", "hlhpn-x")
    assert NAMES.split_person("Hồ Mai(hlhpn)") == ("Hồ Mai", "hlhpn")
    assert NAMES.split_person("Hồ Mai (mới)") == ("Hồ Mai (mới)", None)
    assert NAMES.split_person("(hlhpn)") == ("(hlhpn)", None)
    assert NAMES.split_person("Hồ Mai ()") == ("Hồ Mai ()", None)


@given(st.sampled_from(NAMES.people), st.data())
def test_words_of_a_name_in_their_order_mean_it_or_several(name: str, data: st.DataObject) -> None:
    words = name.split()
    chosen = data.draw(st.lists(st.sampled_from(range(len(words))), min_size=1, unique=True))
    typed = " ".join(words[i] for i in sorted(chosen))
    try:
        assert NAMES.person_meant(typed) == name
    except Failure as failure:
        assert failure.code in ("person-several", "organisation-not-person"), failure


def test_of_many_that_fit_it_is_said_that_there_are_more() -> None:
    names = Names(PLAN, [Person(letter, f"Ví dụ {letter}", f"Ví dụ {letter}") for letter in "ABCDEFG"])
    with pytest.raises(Failure) as caught:
        names.person("ví dụ")
    near = caught.value.params["near"]
    assert isinstance(near, tuple)
    assert near[4:] == ("Ví dụ E", "… (+2)")


def test_who_was_called_otherwise_is_found_and_is_not_made_anew() -> None:
    names = Names(
        PLAN, [Person("1", "Lê Lan", "Lê Lan", former=("Lê Thị Lan", "Hoa")), Person("2", "Bình", "Bình")]
    )
    assert [names.person(typed) for typed in ("Lê Thị Lan", "hoa")] == ["Lê Lan", "Lê Lan"]
    assert code(names.person_to_write, "Hoa") == "person-formerly"
    assert names.person_to_write("Hoa", new=True) == "Hoa"
