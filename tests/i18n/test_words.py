"""Words: texts, numbers and days as the readers of each language write them."""

import re
import shlex
import subprocess
import sys
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.i18n.words import Words
from plantrack.model.moments import parse_moment, utc_moment
from plantrack.model.typed.days import parse_day
from plantrack.model.typed.periods import period_name

VI, EN = Words("vi"), Words("en")
THURSDAY = "2024-07-18"
both = st.sampled_from([VI, EN])
years = st.integers(1900, 2199)
parts = st.sampled_from(["01", "07", "12", "Q1", "Q4", "H1", "H2", "9M", "W01", "W29", "W52"])
days = st.dates(date(1900, 1, 1), date(2199, 12, 31)).map(date.isoformat)


def test_a_language_says_its_own_words() -> None:
    assert (VI.language, VI("what.title")) == ("vi", "tiêu đề")
    assert (EN.language, EN("what.title")) == ("en", "title")


def test_there_are_two_languages() -> None:
    with pytest.raises(ValueError, match="fr"):
        Words("fr")


@pytest.mark.parametrize("key", ["what", "what.title ", "no.such.key"])
def test_an_unknown_key_is_never_shown(key: str) -> None:
    assert not VI.has(key)
    with pytest.raises(KeyError, match=key):
        VI(key)
    with pytest.raises(KeyError, match=key):
        VI.plural(key, 2)


def test_a_known_key() -> None:
    assert VI.has("what.title")
    assert EN.has("error.bad-date.hint")


def test_a_missing_parameter_is_named() -> None:
    with pytest.raises(KeyError, match=r"error\.bad-date.*text"):
        EN("error.bad-date")


def test_what_people_typed_is_not_a_text_with_places() -> None:
    assert EN.series(["{head}", "{0}", "{x!r}"]) == "{head}, {0} and {x!r}"
    assert "“{text.__class__}”" in EN("error.bad-date", text="{text.__class__}")


def test_any_name_can_be_a_parameter() -> None:
    assert EN("error.bad-date", text="x", key="y", self="z", n=1)


@pytest.mark.parametrize(
    ("n", "vi", "en"),
    [
        (0, "0", "0"),
        (999, "999", "999"),
        (1234, "1.234", "1,234"),
        (-1234567, "-1.234.567", "-1,234,567"),
        (1234.5, "1.234,5", "1,234.5"),
        (1e-12, "0,000000000001", "0.000000000001"),
        (1e15, "1.000.000.000.000.000", "1,000,000,000,000,000"),
        (0.1 + 0.2, "0,30000000000000004", "0.30000000000000004"),
        (123456789012.34567, "123.456.789.012,34567", "123,456,789,012.34567"),
        (8744.0, "8.744", "8,744"),
        (0.25, "0,25", "0.25"),
    ],
)
def test_numbers(n: float, vi: str, en: str) -> None:
    assert (VI.number(n), EN.number(n)) == (vi, en)


@pytest.mark.parametrize(
    ("n", "vi", "en"),
    [(1, "+1", "+1"), (-1, "-1", "-1"), (0, "0", "0"), (-1200, "-1.200", "-1,200")],
)
def test_differences(n: int, vi: str, en: str) -> None:
    assert (VI.signed(n), EN.signed(n)) == (vi, en)


@pytest.mark.parametrize(
    ("part", "whole", "vi", "en"),
    [
        (4, 17, "23,5%", "23.5%"),
        (3, 6, "50,0%", "50.0%"),
        (16051, 16274, "98,6%", "98.6%"),
        (1, 2000, "0,1%", "0.1%"),
        (1, 2001, "0,0%", "0.0%"),
        (25, 8, "312,5%", "312.5%"),
        (50, 1, "5.000,0%", "5,000.0%"),
        (0, 5, "0,0%", "0.0%"),
        (0, 0, "–", "–"),
    ],
)
def test_shares(part: int, whole: int, vi: str, en: str) -> None:
    assert (VI.percent(part, whole), EN.percent(part, whole)) == (vi, en)


@given(st.integers(0, 10**9), st.integers(1, 10**9))
def test_a_share_is_exact_and_half_up(part: int, whole: int) -> None:
    # 40 digits hold the quotient far beyond any half that two such numbers can come near.
    share = Decimal(part * 100 * 10**40 // whole).scaleb(-40)
    exact = share.quantize(Decimal("0.1"), ROUND_HALF_UP)
    assert EN.percent(part, whole) == f"{exact:,}%"


@pytest.mark.parametrize(
    ("day", "vi", "en"),
    [
        ("2024-07-21", "21/07/2024", "21 Jul 2024"),
        ("2024-07-05", "05/07/2024", "5 Jul 2024"),
        ("2024-12-30", "30/12/2024", "30 Dec 2024"),
    ],
)
def test_days(day: str, vi: str, en: str) -> None:
    assert (VI.day(day), EN.day(day)) == (vi, en)
    assert (VI.short_day(day), EN.short_day(day)) == (vi[:5], en[:-5])


@pytest.mark.parametrize(
    ("day", "vi", "en"),
    [
        ("2024-07-18", "ngày 18 tháng 7 năm 2024", "18 July 2024"),
        ("2022-10-05", "ngày 05 tháng 10 năm 2022", "5 October 2022"),
        ("2022-07-28", "ngày 28 tháng 7 năm 2022", "28 July 2022"),
        ("2021-02-18", "ngày 18 tháng 02 năm 2021", "18 February 2021"),
        ("2019-01-24", "ngày 24 tháng 01 năm 2019", "24 January 2019"),
        ("2024-03-21", "ngày 21 tháng 3 năm 2024", "21 March 2024"),
    ],
)
def test_days_in_documents(day: str, vi: str, en: str) -> None:
    assert (VI.long_day(day), EN.long_day(day)) == (vi, en)


@given(days, both)
def test_a_day_that_is_printed_can_be_typed(day: str, words: Words) -> None:
    year = int(day[:4])
    for text in (words.day(day), words.short_day(day), words.long_day(day)):
        assert parse_day(text, today=THURSDAY, in_year=year) == day


@given(st.datetimes(datetime(1901, 1, 1), datetime(2199, 1, 1), timezones=st.just(UTC)), both)
def test_a_moment_that_is_printed_can_be_typed_and_shows_the_same_again(at: datetime, words: Words) -> None:
    zone, moment = "Asia/Ho_Chi_Minh", utc_moment(at)
    read = parse_moment(words.moment(moment, zone), timezone=zone, today=THURSDAY)
    assert moment <= read
    assert words.moment(read, zone) == words.moment(moment, zone)


@given(years, parts, both)
def test_a_period_that_is_printed_can_be_typed(year: int, part: str, words: Words) -> None:
    for name in (f"{year}-{part}", f"{year}"):
        assert period_name(words.period(name), year=2024) == name


@pytest.mark.parametrize(
    ("name", "vi", "en"),
    [
        ("2024-W29", "Tuần 29/2024", "week 29 of 2024"),
        ("2025-W01", "Tuần 1/2025", "week 1 of 2025"),
        ("2024-07", "Tháng 7/2024", "July 2024"),
        ("2024-Q2", "Quý II/2024", "Q2 2024"),
        ("2024-H1", "6 tháng đầu năm 2024", "first half of 2024"),
        ("2024-H2", "6 tháng cuối năm 2024", "second half of 2024"),
        ("2024-9M", "9 tháng đầu năm 2024", "first nine months of 2024"),
        ("2024", "năm 2024", "2024"),
    ],
)
def test_periods(name: str, vi: str, en: str) -> None:
    assert (VI.period(name), EN.period(name)) == (vi, en)


def test_weekdays() -> None:
    week = [f"2024-07-{n}" for n in range(15, 22)]
    assert [VI.weekday(day) for day in week] == [
        *("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")
    ]
    assert (EN.weekday(week[0]), EN.weekday(week[6])) == ("Monday", "Sunday")


def test_moments_are_shown_by_the_local_clock() -> None:
    moment = "2024-07-21T17:00:00.000Z"
    assert VI.moment(moment, "Asia/Ho_Chi_Minh") == "00:00 ngày 22/07/2024"
    assert EN.moment(moment, "Asia/Ho_Chi_Minh") == "00:00 on 22 Jul 2024"
    assert EN.moment(moment, "UTC") == "17:00 on 21 Jul 2024"


def test_series() -> None:
    assert [VI.series("abc"[:n]) for n in range(4)] == ["", "a", "a và b", "a, b và c"]
    assert (VI.series("ab", "or"), EN.series("ab", "or")) == ("a hoặc b", "a or b")


def test_of_many_labels_ranges_are_told_and_how_many_they_are() -> None:
    few, many = [str(n) for n in range(1, 31)], [str(n) for n in range(20, 100_020)]
    assert VI.labels(few) == VI.counted_labels(few) == ", ".join(few)
    assert VI.labels(many) == "20–100019"
    assert VI.counted_labels(["3", *many]) == "3, 20–100019 (100.001 nhiệm vụ)"
    assert VI.labels([str(2 * n) for n in range(1000)]).endswith(", 56, 58, …")


def test_words_need_no_language_library() -> None:
    code = (
        "import sys; from plantrack.i18n.words import Words; Words('vi').day('2024-07-18');"
        "print({'babel', 'locale', 'zoneinfo'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


# --- money ---


def test_an_amount_in_full() -> None:
    assert (VI.money(1_200_000), EN.money(1_200_000)) == ("1.200.000 đồng", "VND 1,200,000")
    assert VI.money(2**63 - 1) == "9.223.372.036.854.775.807 đồng"


@pytest.mark.parametrize(
    ("amount", "shown"),
    [
        (0, "0"), (12, "<0,1"), (49_999, "<0,1"), (50_000, "0,1"), (12_000_000, "12"), (12_340_000, "12,3"),
        (12_350_000, "12,4"), (12_960_000, "13"), (8_744_000_000, "8.744"), (10**15, "1.000.000.000"),
    ],
)  # fmt: skip
def test_an_amount_in_millions_has_a_decimal_where_there_is_need_of_it(amount: int, shown: str) -> None:
    assert VI.millions(amount) == shown


def test_a_word_of_a_command_is_one_to_a_shell_whatever_it_holds() -> None:
    said = VI("error.person-in-part.hint", full="Ví $(touch x) 'A'", first="x", person="x")
    (word,) = re.findall(r"--to (.*?);", said)
    assert shlex.split(word) == ["Ví $(touch x) 'A'"]
    assert word.startswith("'")
    assert '--to "Ví A";' in VI("error.person-in-part.hint", full="Ví A", first="x", person="x")


def test_commands_to_be_typed_name_the_database_that_the_command_line_named() -> None:
    words = Words("en", "--db '{a b}.db'")
    said = words.plural("reply.add", 1, labels="1", command="c2")
    assert "plantrack --db '{a b}.db' undo c2" in said
    assert words("error.bundle-to-hub.hint", site="HN") == Words("en")("error.bundle-to-hub.hint", site="HN")
    assert "plantrack help filters" in words("error.bare-value.hint", meanings="`plantrack show 3`")
    assert "`plantrack show 3`" in words("error.bare-value.hint", meanings="`plantrack show 3`"), (
        "what is filled in is never changed"
    )


def test_a_command_that_is_made_in_code_names_it_too() -> None:
    words = Words("en", "--db hn.db")
    assert (
        words.command("plantrack edit 1 --title plantrack") == "plantrack --db hn.db edit 1 --title plantrack"
    )
    assert EN.command("plantrack edit 1") == "plantrack edit 1"
    assert words.command("area:ND3") == "area:ND3"
    assert "plantrack --db hn.db show HN-2" in words(
        "error.words-find-one.hint", command="show", label="HN-2"
    )


@pytest.mark.parametrize(
    ("key", "command"),
    [
        ("error.not-member.hint", "plantrack member add"),
        ("error.server-older.hint", "plantrack db upgrade"),
        ("error.database-to-read.hint", "plantrack --db plantrack.db db restore"),
        ("error.bundle-hides.hint", "plantrack bundle import"),
    ],
)
def test_what_others_are_to_type_or_is_typed_elsewhere_does_not(key: str, command: str) -> None:
    told = {"owner": "vu", "to": "a", "file": "b", "site": "HN"}
    assert command in Words("en", "--db x")(key, **told)
    assert command in EN.template(key)


def test_commands_to_be_typed_call_the_program_as_it_was_called() -> None:
    words = Words("en", "--db x.db", "'/a {b}/plantrack'")
    assert "'/a {b}/plantrack' --db x.db undo c2" in words.plural("reply.add", 1, labels="1", command="c2")
    assert "'/a {b}/plantrack' help filters" in words("error.bare-value.hint", meanings="`plantrack show 3`")
    assert "The database of plantrack is" in words("reply.server-there", address="x")
    assert "plantrack undo c2" in words.for_others.plural("reply.add", 1, labels="1", command="c2")
