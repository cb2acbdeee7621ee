"""The columns of organisations: which names a cell has, and what is none."""

import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.planfile.annex import remark_texts
from plantrack.planfile.annex.grid import clean
from plantrack.planfile.annex.party_cells import Parties
from plantrack.planfile.load import check_document
from plantrack.planfile.shipped import shipped_plan

KNOWN, _ = check_document(Path("x.yaml"), shipped_plan())


@pytest.fixture
def parties() -> Parties:
    return fresh()


def fresh() -> Parties:
    assert KNOWN is not None
    return Parties(KNOWN)


@pytest.mark.parametrize(
    "text",
    [
        "Uỷ ban Dân tộc",
        "ỦY BAN DÂN TỘC",
        "uy ban dan toc",
        "UBDT",
        "ubdt",
        "Ủy ban\nDân tộc",
        "- UBDT",
        "UBDT (đầu mối)",
    ],
)
def test_all_spellings_of_a_name_are_one_organisation(parties: Parties, text: str) -> None:
    assert parties.read(text).plain == ("ubdt",)


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("Hội LHPN Việt Nam, UBDT", ("hlhpn", "ubdt")),
        ("Vụ A; Vụ B\nVụ A", ("vu-a", "vu-b")),
        ("Bộ Dân tộc và Tôn giáo", ("bdttg",)),
        ("Bộ Văn hóa, Thể thao và Du lịch", ("bo-van-hoa-the-thao-va-du-lich",)),
        ("Sở Lao động, Thương binh và Xã hội, Sở Y tế", ("so-lao-dong-thuong-binh-va-xa-hoi", "so-y-te")),
        ("Sở Y tế, LĐTBXH, Công an tỉnh", ("so-y-te", "ldtbxh", "cong-an-tinh")),
        ("Hội LHPN Việt Nam và Uỷ ban Dân tộc", ("hlhpn", "ubdt")),
        ("UBND các tỉnh, thành phố", ("ubnd-cac-tinh-thanh-pho",)),
    ],
)
def test_several_names(parties: Parties, text: str, ids: tuple[str, ...]) -> None:
    assert parties.read(text).plain == ids


@pytest.mark.parametrize("sign", ["/", " / ", " & ", " + ", " - ", " – ", "; ", ", ", " và ", "\n"])
def test_signs_between_names(parties: Parties, sign: str) -> None:
    assert parties.read(f"UBDT{sign}Hội LHPNVN").plain == ("ubdt", "hlhpn")
    assert parties.read(f"Vụ A{sign}Vụ B").plain == ("vu-a", "vu-b")
    assert parties.read(f"Hội LHPN Việt Nam (Ban A{sign}Ban B)").plain == ("hlhpn",)


@pytest.mark.parametrize(
    "name",
    [
        "Sở Lao động - Thương binh và Xã hội",
        "Vụ Kế hoạch - Tài chính",
        "Vụ Hợp tác và Hội nhập",
        "Vụ Cán bộ và Tổ chức",
        "Cục Trẻ em và Bảo vệ phụ nữ",
        "Bộ Văn hóa, Thể thao và Du lịch",
        "Sở LĐ-TB&XH",
        "Sở TT&TT",
        "Sở VH,TT&DL",
        "UBND các huyện, TP",
        "Ban Tổ chức và Kiểm tra",
        "Văn phòng HĐND và UBND huyện",
        "Hội LHPN tỉnh/thành phố",
    ],
)
def test_signs_inside_a_name(parties: Parties, name: str) -> None:
    (one,) = parties.read(name).plain
    assert {o.id: o.name.vi for o in parties.organisations()}[one] == name


def test_and_divides_other_names_where_they_stand_alone_elsewhere(parties: Parties) -> None:
    assert parties.read("Tỉnh ủy và Thành Đoàn").plain == ("tinh-uy-va-thanh-doan",)
    known = fresh()
    for text in ("Tỉnh ủy", "Thành Đoàn", "Tỉnh ủy và Thành Đoàn"):
        known.learn(text)
    assert known.read("Tỉnh ủy và Thành Đoàn").plain == ("tinh-uy", "thanh-doan")
    assert parties.read("vụ a và vụ b").plain == ("vu-a-va-vu-b",)
    assert parties.doubts["vu-a-va-vu-b"] == [remark_texts.AND_IN_NAME]


@pytest.mark.parametrize(
    ("one", "names"),
    [
        (
            "hlhpn",
            (
                *(
                    "TW Hội LHPN Việt Nam",
                    "Trung ương Hội LHPN Việt Nam",
                    "T.Ư Hội LHPN VN",
                    "TƯ Hội LHPN Việt Nam",
                ),
                *(
                    "Hội LHPNVN",
                    "Hội LHPN VN",
                    "HLHPN Việt Nam",
                    "Hội Liên hiệp Phụ nữ Việt Nam",
                    "TW Hội LHPN",
                ),
                *("Hội LH Phụ nữ Việt Nam", "Trung ương Hội", "TW Hội", "Trung ương Hội Phụ nữ Việt Nam"),
                *("Cơ quan Trung ương Hội LHPN Việt Nam", "Hội LHPN Trung ương", "hội lhpn việt nam"),
                *("Hội Liên hiệp Phụ nữ Việt Nam (Hội LHPN Việt Nam)", "Hội LHPN Việt Nam (Ban Tuyên giáo)"),
            ),
        ),
        (
            "ubdt",
            (
                "UBDT",
                "UB Dân tộc",
                "Uỷ ban Dân tộc",
                "Ủy ban dân tộc",
                "Ủy ban DT",
                "Ủy ban Dân tộc (UBDT) (*)",
            ),
        ),
        (
            "bdttg",
            ("Bộ DTTG", "Bộ DT&TG", "Bộ DT-TG", "BDTTG", "Bộ Dân tộc - Tôn giáo", "Bộ Dân tộc & Tôn giáo"),
        ),
    ],
)
def test_abbreviations_and_the_centre_are_known_organisations(one: str, names: Sequence[str]) -> None:
    for name in names:
        assert fresh().read(name).plain == (one,), name


@pytest.mark.parametrize(
    "name",
    [
        *("Hội LHPN tỉnh", "Hội LHPN các tỉnh", "Hội LHPN cấp huyện", "Hội LHPN Việt Nam tỉnh A", "Tỉnh Hội"),
        *(
            "Ban Dân tộc tỉnh",
            "Ban Dân tộc",
            "BDT tỉnh",
            "Ban Dân tộc - Tôn giáo TW Hội",
            "Sở Dân tộc và Tôn giáo",
        ),
        *(
            "TW Hội Nông dân Việt Nam",
            "Trung ương Đoàn",
            "Văn phòng TW Hội",
            "Ủy ban Trung ương",
            "Vụ Dân tộc",
            "Ban Tôn giáo Chính phủ",
        ),
        *("Hội LHPN", "Hội", "Ủy ban", "Học viện Phụ nữ Việt Nam", "Báo Phụ nữ Việt Nam"),
    ],
)
def test_what_only_resembles_a_known_organisation_is_another(name: str) -> None:
    found = fresh().read(name)
    assert set(found.plain).isdisjoint(("hlhpn", "ubdt", "bdttg"))


def test_what_begins_like_a_known_organisation_is_pointed_out(parties: Parties) -> None:
    assert parties.read("Hội LHPN").plain == ("hoi-lhpn",)
    assert parties.doubts["hoi-lhpn"] == [
        remark_texts.PERHAPS_KNOWN.format(name="Hội Liên hiệp Phụ nữ Việt Nam", id="hlhpn")
    ]


@pytest.mark.parametrize(
    ("text", "plain", "vague"),
    [
        ("UBDT và các bộ, ngành", ("ubdt",), ("các bộ, ngành",)),
        ("Hội LHPN Việt Nam, các vụ, đơn vị liên quan", ("hlhpn",), ("các vụ", "đơn vị liên quan")),
        ("UBDT và các tỉnh", ("ubdt",), ("các tỉnh",)),
        ("UBDT; sở, ban, ngành", ("ubdt",), ("sở, ban, ngành",)),
        ("Bộ/ngành", (), ("Bộ/ngành",)),
        ("Các báo của Bộ, Hội", (), ("Các báo của Bộ, Hội",)),
        ("Trưởng thôn, người có uy tín", (), ("Trưởng thôn", "người có uy tín")),
        ("Hai bên", (), ("Hai bên",)),
        ("UBDT (Vụ A, Vụ B)", ("ubdt",), ("Vụ A, Vụ B",)),
    ],
)
def test_a_name_and_what_is_none(
    parties: Parties, text: str, plain: tuple[str, ...], vague: tuple[str, ...]
) -> None:
    assert parties.read(text) == ((), (), plain, vague)


@pytest.mark.parametrize(
    "text",
    [
        "Các đơn vị liên quan",
        "các Vụ, đơn vị",
        "Toàn thể cán bộ",
        "Đồng chí Ví dụ",
        "Đ/c Ví Dụ",
        "xem ghi chú",
        "123",
        "😀",
        "Vụ " * 99,
    ],
)
def test_what_names_nobody(parties: Parties, text: str) -> None:
    found = parties.read(text)
    assert found.plain == ()
    assert found.vague
    assert parties.organisations() == ()


@pytest.mark.parametrize("text", ["-", "…", "//", "x", "Không", ""])
def test_signs_for_nobody(parties: Parties, text: str) -> None:
    assert parties.read(text) == ((), (), (), ())


def test_the_cell_says_who_leads(parties: Parties) -> None:
    assert parties.read("Chủ trì: Vụ A\nPhối hợp: Vụ B, Vụ C") == (("vu-a",), ("vu-b", "vu-c"), (), ())
    assert parties.read("Vụ D (chủ trì), Vụ E") == (("vu-d",), (), ("vu-e",), ())
    assert parties.read("Vụ D chủ trì, phối hợp với Vụ E và Vụ F") == (("vu-d",), ("vu-e", "vu-f"), (), ())
    assert parties.read("Vụ D và Vụ E cùng chủ trì") == (("vu-d", "vu-e"), (), (), ())


def test_a_long_name_gets_a_short_id(parties: Parties) -> None:
    name = "Trung tâm Ví dụ về những cái tên rất dài của một cơ quan không có thật"
    ids = parties.read(f"{name}; {name} hai").plain
    assert len(set(ids)) == 2
    assert all(re.fullmatch("[a-z0-9][a-z0-9-]*", one) and len(one) <= 40 for one in ids)
    assert ids[0] == "trung-tam-vi-du-ve-nhung-cai-ten-rat-dai"


def test_a_name_that_may_be_a_persons_is_marked(parties: Parties) -> None:
    (one,) = parties.read("Nguyễn Ví Dụ").plain
    assert parties.doubts[one] == [remark_texts.PERHAPS_PERSON]


def test_an_id_of_the_shipped_plan_is_never_given_to_another(parties: Parties) -> None:
    parties.read("HLHPN!")
    assert {o.id for o in parties.organisations()} == {"hlhpn-2"}


def test_other_spellings_are_kept(parties: Parties) -> None:
    for text in ("Vụ A", "VỤ A", "Ủy ban Dân tộc"):
        parties.read(text)
    assert dict(parties.other_spellings()) == {"vu-a": ["VỤ A"], "ubdt": ["Ủy ban Dân tộc"]}


@given(
    st.lists(
        st.text(max_size=12) | st.sampled_from(("Vụ A", ",", ";", "\n", " và ", "Chủ trì:", "(")), max_size=8
    )
)
def test_any_cell(pieces: list[str]) -> None:
    parties, text = fresh(), clean("".join(pieces))
    parties.learn(text)
    found = parties.read(text)
    assert parties.read(text) == found
    known = {o.id: o for o in parties.organisations()}
    assert {*found.lead, *found.coordinating, *found.plain} <= known.keys()
    assert all(re.fullmatch("[a-z0-9][a-z0-9-]*", one) and len(one) <= 40 for one in known)
    assert all(o.name.vi == " ".join(o.name.vi.split()) != "" for o in known.values())


def test_a_name_is_one_line_wherever_a_sign_keeps_it_together(parties: Parties) -> None:
    (one,) = parties.read("Phòng Y\nnghiệp vụ)").plain
    assert [o.name.vi for o in parties.organisations() if o.id == one] == ["Phòng Y nghiệp vụ)"]


@pytest.mark.parametrize(
    "name",
    [
        "Sở Tài nguyên và Môi trường",
        "Bộ Nông nghiệp và Môi trường",
        "Bộ Khoa học và Công nghệ",
        "Hiệp hội Phụ nữ và Doanh nghiệp",
        "Ban Văn hóa và Người cao tuổi",
        "Tổ công tác phối hợp liên ngành",
    ],
)
def test_a_word_for_everybody_in_a_name_does_not_end_it(parties: Parties, name: str) -> None:
    found = parties.read(name)
    assert [o.name.vi for o in parties.organisations()] == [name]
    assert (len(found.plain), found.vague) == (1, ())


@pytest.mark.parametrize("text", ["Vụ A phối hợp với Vụ B", "Vụ A, phối hợp cùng Vụ B", "Vụ A phối hợp Vụ B"])
def test_who_coordinates_may_be_said_beside_who_leads(parties: Parties, text: str) -> None:
    found = parties.read(text)
    assert (found.plain, found.coordinating) == (("vu-a",), ("vu-b",))


def test_several_that_lead_together(parties: Parties) -> None:
    assert parties.read("Đồng chủ trì: Vụ A, Vụ B").lead == ("vu-a", "vu-b")


def test_abbreviations_between_commas_are_names_each(parties: Parties) -> None:
    assert len(parties.read("UNICEF, Plan International, UNFPA").plain) == 3
    assert len(parties.read("Sở VH,TT&DL").plain) == 1
