"""Free words of a filter: what is a filter by itself, what is refused, what is searched for, what comes first."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.errors import Failure
from plantrack.model.filters import MOST_VALUES, PLAIN_FLAGS, Filter, parse_filter
from plantrack.model.free_words import TakenWords
from plantrack.model.names import Names
from plantrack.model.plan import Activity, Area, Organisation, Plan, Retired, Text
from tests.support.people import people_called

DAY = "2024-07-20"
PLAN = Plan(
    "p", 2024, Text("Kế hoạch"),
    (
        Area("ND1", Text("Một"), activities=(Activity("ND1.1", Text("Họp")),)),
        Area("ND3", Text("Ba"), activities=(Activity("ND3.1", Text("Hội thảo")), Activity("ND3.2", Text("Tập huấn")))),
    ),
    organisations=(
        Organisation("hlhpn", Text("Hội Liên hiệp Phụ nữ Việt Nam"), Text("Hội LHPN Việt Nam", "VWU"), symbol="HLHPNVN"),
        Organisation("ubdt", Text("Ủy ban Dân tộc"), Text("UBDT", "CEMA"), valid_to="2025-02-28", successor="bdttg"),
        Organisation("bdttg", Text("Bộ Dân tộc và Tôn giáo"), Text("Bộ DTTG"), valid_from="2025-03-01"),
        Organisation("tinh-doan", Text("Tỉnh đoàn Ví dụ")),
    ),
    retired=(Retired("ND7", "2024-05-01", "trùng"),),
)  # fmt: skip
NAMES = Names(PLAN, people_called("Lê Văn An"))


def read(*args: str, day: str = DAY) -> Filter:
    """Read a filter."""
    return parse_filter(args, NAMES, day)


@pytest.mark.parametrize(
    ("typed", "spelled"),
    [
        ("qua han", "overdue"),
        ("quá hạn", "overdue"),
        ("lâu chưa cập nhật", "stale"),
        ("due soon", "due-soon"),
        ("ND3", "area:ND3"),
        ("nd 3", "area:ND3"),
        ("nd7", "area:ND7"),
        ("3.1", "activity:ND3.1"),
        ("nd3.1", "activity:ND3.1"),
        ("ND1,ND3", "area:ND1,ND3"),
        ("3.1, 3.2", "activity:ND3.1,ND3.2"),
        ("ND1, ND3, ND1, ND3, ND1, ND3", "area:ND1,ND3"),
        ("hlhpn", "org:hlhpn"),
        ("UBDT", "org:ubdt"),
        ("ubdt,hlhpn", "org:ubdt,hlhpn"),
        ("hoi lhpn viet nam", "org:hlhpn"),
        ("Hội LHPN Việt Nam", "org:hlhpn"),
        ("VWU", "org:hlhpn"),
        ("cema", "org:ubdt"),
        ("tỉnh đoàn", "org:tinh-doan"),
        ("Tỉnh đoàn Ví dụ", "org:tinh-doan"),
        ("bộ dttg", "org:bdttg,ubdt"),
        ("qua han ubdt 3.1", "overdue org:ubdt activity:ND3.1"),
        ("hội thảo qua han", 'overdue "hội thảo"'),
        ("hội lhpn", '"hội lhpn"'),
        ("HLHPNVN", "HLHPNVN"),
        ("-ubdt", "-ubdt"),
        ("-qua-han", "-qua-han"),
        ("ND9", "ND9"),
    ],
)
def test_words_side_by_side_are_a_filter_in_one_argument_or_in_several(typed: str, spelled: str) -> None:
    for form in ("NFC", "NFD"):
        assert read(unicodedata.normalize(form, typed)).spelled() == spelled
    several = read(*typed.split())
    assert (several.terms and several.spelled()) == (read(typed).terms and spelled.replace('"', ""))


def test_the_longest_run_goes_first_and_a_flag_before_a_code_before_an_organisation() -> None:
    organisations = (*PLAN.organisations, Organisation("lau", Text("L")), Organisation("nd3", Text("N")))
    names = Names(
        PLAN._replace(organisations=(*organisations, Organisation("x", Text("X"), Text("Quá hạn UBDT"))))
    )
    for typed, spelled in (
        ("lâu chưa cập nhật", "stale"),
        ("lâu", "org:lau"),
        ("nd3", "area:ND3"),
        ("quá hạn UBDT", "org:x"),
        ("quá hạn hlhpn", "overdue org:hlhpn"),
    ):
        assert parse_filter([typed], names, DAY).spelled() == spelled


def test_a_field_between_words_parts_them() -> None:
    assert read("qua", "area:ND3", "han").texts == ("qua", "han")
    assert read("qua", "area:ND3", "han").spelled() == "area:ND3 text:qua text:han"


def test_a_word_that_was_taken_is_told_unless_it_was_typed_as_the_filter() -> None:
    assert read("hội thảo", "qua", "han", "UBDT").taken == (
        TakenWords("qua han", "overdue"),
        TakenWords("UBDT", "org:ubdt"),
    )
    for typed in (*PLAIN_FLAGS, "area:ND3", "text:qua han"):
        assert read(typed).taken == ()


@pytest.mark.parametrize(
    ("typed", "meanings"),
    [
        ("3", ["plantrack show 3", "area:3", "plantrack weekly --week 3", "plantrack report --period 3"]),
        ("29", ["plantrack show 29", "plantrack weekly --week 29"]),
        ("468", ["plantrack show 468"]),
        ("nv3", ["plantrack show 3"]),
        ("#3", ["plantrack show 3"]),
        ("3, 5", ["plantrack show 3, 5"]),
        ("2024", ["plantrack show 2024", "plantrack report --period 2024", "due:2024"]),
        ("2024-W29", ["plantrack weekly --week 2024-W29", "due:2024-W29"]),
        ("w29", ["plantrack weekly --week 2024-W29", "due:2024-W29"]),
        ("tuần 29", ["plantrack weekly --week 2024-W29", "due:2024-W29"]),
        ("tuần trước", ["plantrack weekly --week 2024-W28", "due:2024-W28"]),
        (
            "last",
            [
                "plantrack weekly --week 2024-W28",
                "due:2024-W28",
                "plantrack report --period 2024-07",
                "due:2024-07",
            ],
        ),
        ("tháng trước", ["plantrack report --period 2024-07", "due:2024-07"]),
        ("thang 7", ["plantrack report --period 2024-07", "due:2024-07"]),
        ("Quý II/2024", ["plantrack report --period 2024-Q2", "due:2024-Q2"]),
        ("6 tháng", ["plantrack report --period 2024-H1", "due:2024-H1"]),
        ("21/7/2024", ["--as-of 2024-07-21", "due:2024-07-21", "plantrack weekly --week 2024-07-21"]),
        ("9.1", ["--as-of 2024-01-09", "due:2024-01-09", "plantrack weekly --week 2024-01-09"]),
        ("hôm nay", ["--as-of 2024-07-20", "due:2024-07-20", "plantrack weekly --week 2024-07-20"]),
        ("1/7..15/7", ["due:1/7..15/7"]),
        ("T7..T8", ["due:T7..T8"]),
        ("Quý I-II", ["plantrack report --period 2024-H1", "due:2024-H1"]),
        ("T7", ["plantrack report --period 2024-07", "due:2024-07"]),
        ("tuần sau", ['due:"tuần sau"']),
        ("T12", ["plantrack report --period 2023-12", "due:2024-12"]),
        ("quý này", ['due:"quý này"']),
        ("cuối tháng 7", ["--as-of 2024-07-31", "due:2024-07-31"]),
        ("15/7/24", []),
        ("31/6/2024", []),
        ("T13", []),
    ],
)
def test_a_number_a_day_or_a_period_is_refused_with_the_meanings_that_fit(
    typed: str, meanings: list[str]
) -> None:
    for args in ([typed], typed.split(), ["qua han", typed], ["area:ND3", typed, "lead:ubdt"]):
        with pytest.raises(Failure, match="bare-value") as caught:
            read(*args)
        assert caught.value.exit_code == 2
        named = caught.value.params["meanings"]
        assert isinstance(named, tuple)
        assert all(way.startswith(meaning) for way, meaning in zip(named, [*meanings, "text:"], strict=True))
    assert read(f"text:{typed}").texts == (typed,)


@pytest.mark.parametrize(
    ("typed", "meanings"),
    [
        ("5/1", ["--as-of 2025-01-05", "due:2024-01-05", "plantrack weekly --week 2025-01-05"]),
        ("T1", ["plantrack report --period 2025-01", "due:2024-01"]),
        ("W1", ["plantrack weekly --week 2025-W01", "due:2024-W01"]),
        ("W24", ["plantrack weekly --week 2024-W24", "due:2024-W24"]),
        ("15/2", ["--as-of 2024-02-15", "due:2024-02-15", "plantrack weekly --week 2024-02-15"]),
    ],
)
def test_without_a_year_each_way_is_named_with_the_year_that_it_would_read(
    typed: str, meanings: list[str]
) -> None:
    with pytest.raises(Failure, match="bare-value") as caught:
        read(typed, day="2025-01-08")
    named = caught.value.params["meanings"]
    assert isinstance(named, tuple)
    assert named == (*meanings, f"text:{typed}")


@pytest.mark.parametrize(
    "typed",
    ["nghị quyết 06", "dự án 8", "báo cáo tháng 7", "hội nghị 21/7/2024", "máy", "thư", "này", "Nam", "Việt Nam",
     "trước", "truoc", "sau", "không", "none", "12:30", "06/NQ-BCH", "covid-19", "3.1.2", "a..b", "năm"],
)  # fmt: skip
def test_inside_a_longer_phrase_and_of_other_words_they_are_text(typed: str) -> None:
    assert (read(typed).terms, read(typed).texts) == ((), (typed,))
    assert read(*typed.split()).texts == tuple(typed.split())


def test_relative_days_count_from_the_day_of_the_report() -> None:
    assert read("due:-7d..", day="2024-03-10").spelled() == "due:2024-03-03.."
    assert read("due:..hôm nay", day="2024-03-10").spelled() == "due:..2024-03-10"


def test_two_organisations_of_one_short_name_are_refused_like_in_a_field() -> None:
    twins = (Organisation("a", Text("A"), Text("Sở")), Organisation("b", Text("B"), Text("Sở")))
    with pytest.raises(Failure, match="organisation-ambiguous"):
        parse_filter(["sở"], Names(PLAN._replace(organisations=twins)), DAY)


_WORDS = ["qua", "han", "quá", "hạn", "qua-han", "ND3", "3.1", "ubdt", "hội", "lhpn", "việt", "nam", "thảo", "3", "tháng",
          "7", "21/7", "text:qua", "text:3", "overdue", "area:3", "sở", "lâu", "due:none"]  # fmt: skip
_ARGS = st.lists(st.lists(st.sampled_from(_WORDS), min_size=1, max_size=4).map(" ".join), max_size=4)


@given(_ARGS)
def test_a_filter_as_it_is_printed_is_read_as_the_same(args: list[str]) -> None:
    try:
        wanted = read(*args)
    except Failure as failure:
        assert failure.exit_code in (2, 3)
        return
    again = read(*typed_again(wanted.spelled()))
    assert again.spelled() == wanted.spelled()
    assert (again.texts, [t.value for t in again.terms]) == (wanted.texts, [t.value for t in wanted.terms])


@given(st.lists(st.sampled_from([w for w in _WORDS if ":" not in w]), min_size=1, max_size=6))
def test_words_make_the_same_terms_however_they_are_quoted(words: list[str]) -> None:
    found = []
    for args in (words, [" ".join(words)], [" ".join(words[:2]), *words[2:]]):
        try:
            found.append(str([(t.field, t.value) for t in read(*args).terms]))
        except Failure as failure:
            found.append(failure.code)
    assert len(set(found)) == 1


def test_as_many_words_are_read_as_a_filter_may_have() -> None:
    assert len(read(*(["qua han", "chữ"] * (MOST_VALUES // 2))).terms) == MOST_VALUES // 2
    with pytest.raises(Failure, match="filter-too-long"):
        read(*(["qua han", "chữ"] * MOST_VALUES))


def typed_again(spelled: str) -> list[str]:
    """Part a printed filter into arguments, as a shell does."""
    import shlex

    return shlex.split(spelled)


def test_numbers_of_sites_are_refused_where_there_is_such_a_site() -> None:
    names = Names(PLAN, sites=lambda: ["HN", "HN2"])
    for typed, shown in (
        ("HN-1", "HN-1"),
        ("hn1", "HN-1"),
        ("hn 1", "HN-1"),
        ("#hn-1", "HN-1"),
        ("nv HN2-4", "HN2-4"),
        ("hn-1,hn-2", "HN-1 HN-2"),
        ("3 hn-1", "3 HN-1"),
    ):
        with pytest.raises(Failure, match="bare-value") as caught:
            parse_filter([typed], names, DAY)
        assert str(caught.value.params["meanings"]).startswith(f"('plantrack show {shown}'")
    for text in ("covid-19", "họp hn-1", "hn-1 họp"):
        assert parse_filter([text], names, DAY).texts
