"""What may stand where: the words, and what the database has."""

from collections.abc import Callable

import pytest

from plantrack.cli.commands import COMMANDS
from plantrack.cli.completion import values
from plantrack.cli.completion.answer import offer
from plantrack.cli.completion.params import tabled_params
from plantrack.model import filters
from plantrack.model.status import parse_status
from plantrack.model.typed import vietnamese_names as names
from plantrack.model.typed.days import parse_day, parse_due, parse_period, parse_week, parse_weekday
from plantrack.services.verbs.demo import AS_OF

#: What help calls values that any text, number or name may be.
FREE = {
    "TEXT",
    "REF",
    "N",
    "TITLE",
    "TAG",
    "ADDRESS",
    "NAME",
    "VALUE",
    "YEAR",
    "OLD=NEW",
    "FIELD",
    "SPAN",
    "AMOUNT",
    "SHEET",
    "HEADING",
}
Found = Callable[[str], list[str]]


@pytest.fixture
def found(example: object, monkeypatch: pytest.MonkeyPatch) -> Found:
    """Complete a line in the worked example, and return the words."""
    monkeypatch.chdir(str(example))

    def words(line: str) -> list[str]:
        *before, current = line.split(" ")
        return [word for word, _ in offer(before, current).found]

    return words


def test_every_value_is_completed_or_free() -> None:
    slots = [slot for path in COMMANDS for part in tabled_params(path) for slot in part]
    lacking = {s.metavar for s in slots if s.metavar and values.provider_of(s) is None}
    assert {m.strip("[].") for m in lacking} - FREE - values.PATHS.keys() == set()


def test_filters_are_those_there_are() -> None:
    flags = {flag for own in names.FLAGS.items() for flag in own}
    assert values.FIELDS.keys() - flags == filters.FIELDS.keys()


@pytest.mark.parametrize("word", [w for own in (names.DAYS | names.DUES).items() for w in own])
def test_words_of_days_are_days(word: str) -> None:
    if word in {w for own in names.DAYS.items() for w in own}:
        assert parse_day(word, today="2024-07-01")
    assert parse_due(word, today="2024-07-01", year=2024)


def test_words_of_periods_and_weekdays_are_read() -> None:
    for word in (w for own in names.NEAR_PERIODS.items() for w in own):
        assert parse_week(word, today="2024-07-01").name
        assert parse_period(word, today="2024-07-01", closing_day=14).name
    for at, own in enumerate(names.WEEKDAYS.items()):
        assert [parse_weekday(word) for word in own] == [at, at]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("plan ap", ["ap-dung"]),
        ("plan app", ["apply"]),
        ("plan --lang en ap", ["apply"]),
        ("ke-hoach ap", ["ap-dung"]),
        ("help kế-hoạch ap", ["ap-dung"]),
        ("help bo", ["bo-qua", "bo-loc"]),
        ("list @", ["@quá-hạn", "@của-tôi"]),
        ("list --lang en @l", ["@late"]),
        ("list --columns tieu", ["tieu-de"]),
        ("list --columns so,tieu", ["so,tieu-de"]),
        ("list --lang en --sort upd", ["updated_on"]),
        ("log verb:xo", ["verb:xong", "verb:xoa"]),
        ("log field:han", ["field:han"]),
        ("log auth", ["author:"]),
        ("log site:", ["site:dau-moi"]),
        ("list --lang en site:h", ["site:hub"]),
        ("huong-dan filters", ["filters"]),
        ("progress --by d", ["don-vi", "dia-ban"]),
        ("progress --lang en --by o", ["org"]),
        ("report --calendar ", ["ngay-chot", "duong-lich"]),
        ("list --format j", ["json"]),
        ("add x --format ", ["plain", "json"]),
        ("weekly --attach docx,x", ["docx,xlsx"]),
        ("list status:hoàn", ["status:hoan-thanh"]),
        ("list status:done,-tam", ["status:done,-tam-dung"]),
        ("list area:3", ["area:ND3"]),
        ("list AREA:nd3", ["AREA:ND3"]),
        ("list activity:3", ["activity:ND3.1", "activity:ND3.2"]),
        ("list qua-h", ["qua-han"]),
        ("list over", ["overdue"]),
        ("list overdue:", ["overdue:co", "overdue:khong"]),
        ("list lea", ["lead:"]),
        ("list lead:ub", ["lead:ubdt"]),
        ("list to:ví", [f"to:Ví dụ {x}" for x in "ABCDEF"]),
        ("list due:2024-Q", [f"due:2024-Q{n}" for n in range(1, 5)]),
        ("list khongco:x", []),
        ("list --fail-on qua-han,v", ["qua-han,vuong-mac"]),
        ("add x -a 3", ["ND3"]),
        ("add x --activity ND3.1", ["ND3.1"]),
        ("add x --lead=hlhpn,ub", ["--lead=hlhpn,ubdt"]),
        ("add x --author ví", [f"Ví dụ {x}" for x in "ABCDEF"]),
        ("add x --due kh", ["khong"]),
        ("add x --on hom", ["hom-nay", "hom-qua"]),
        ("edit 1 --follow tie", ["tieu-de"]),
        ("update 1 -s cho", ["cho-xac-nhan"]),
        ("xong 19", ["19"]),
        ("list --plan kh", ["kh-468-2024"]),
        ("plan carry-over kh", ["kh-468-2024"]),
        ("plan diff --against ", ["2", "1"]),
        ("plan show ND7", ["ND7", "ND7.1", "ND7.2"]),
        ("undo c54", ["c54"]),
        ("report --period 2024-H", ["2024-H1", "2024-H2"]),
        ("weekly --week tr", ["truoc"]),
        ("cron --day thu-h", ["thu-hai"]),
        ("completion z", ["zsh"]),
        ("list --plan=kh", ["--plan=kh-468-2024"]),
        ("list --khong-m", ["--khong-mau"]),
        ("list --no-c", ["--no-color"]),
        ("list --help", ["--help"]),
        ("list --huong", ["--huong-dan"]),
        ("undo c54 ", []),
        ("add tieu de ", []),
        ("indicator list ", []),
    ],
)
def test_what_may_stand_there(found: Found, line: str, words: list[str]) -> None:
    assert found(line) == words


def test_open_tasks_are_offered_to_be_done_and_others_to_be_reopened(found: Found) -> None:
    open_ones, closed = found("done "), found("reopen ")
    assert open_ones and closed and not {*open_ones} & {*closed}
    assert {*open_ones} | {*closed} >= {*found("show ")}
    assert all(found(f"{verb} ") == open_ones for verb in ("xong", "update", "giao", "extend"))


def test_an_option_that_was_given_is_offered_no_more_unless_it_repeats(found: Found) -> None:
    given = found("add x --noi-dung 3 --chu-tri ubdt --")
    assert "--noi-dung" not in given
    assert "--chu-tri" in given


def test_weeks_are_the_last_ones_of_the_plan(found: Found) -> None:
    assert found("weekly --week ")[:3] == ["truoc", "nay", "2025-W01"]
    assert "2024-W50" in found("weekly --week ") and AS_OF[:4] == "2024"


def test_every_status_that_is_offered_is_one() -> None:
    for vi in names.STATUS_NAMES.values():
        assert parse_status(vi)


def test_what_an_import_takes(found: Found) -> None:
    assert {"cap-nhat", "nguoi"} <= set(found("import a.csv --kind "))
    assert found("import a.csv --kind people --map Thư=e") == ["Thư=email"]
    assert "Hạn=due" in found("import a.csv --map Hạn=d")
    assert found("import a.csv --as ") == []
