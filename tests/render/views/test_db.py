"""The state of the database in words and for programs."""

import json
from typing import Any

from plantrack.i18n.words import Words
from plantrack.model.views.elsewhere import Elsewhere
from plantrack.model.views.workspace import DbCheck, ServerPlace
from plantrack.render.formats import render
from plantrack.render.views.db import check_data, check_document, check_problems, data, document
from tests.support.factory import make_db, make_db_check

VI, EN = Words("vi"), Words("en")


def lines(words: Words = EN, **changes: Any) -> list[str]:
    text = render(document(make_db()._replace(**changes), words), "plain", words, width=80, colour=False)
    return [" ".join(line.split()) for line in text.rstrip().split("\n")]


def test_numbers_and_moments_are_as_the_reader_writes_them() -> None:
    assert "Size 1,234,567 bytes" in lines()
    assert any("1.234.567" in line for line in lines(VI))
    assert any("00:00 ngày 22/07/2024" in line for line in lines(VI))


def test_each_plan_has_its_line() -> None:
    plans = (("kh-2024", 2024, 2), ("kh-2025", 2025, 1))
    assert [line for line in lines(plans=plans) if line.startswith("Plan ")] == [
        "Plan kh-2024, revision 2", "Plan kh-2025, revision 1"
    ]  # fmt: skip


def test_an_empty_database_has_no_moments() -> None:
    empty = lines(first_moment=None, last_moment=None, plans=())
    assert f"First command {EN('log.nothing')}" in empty
    assert f"Last command {EN('log.nothing')}" in empty


def test_whether_it_can_be_written_and_what_was_checked() -> None:
    sound = lines(checks=("integrity", "foreign_keys"), writable=False)
    assert f"Can be written {EN('no.alone')}" in sound
    assert "Checks no damage found (integrity, foreign_keys)" in sound


def test_a_server_is_told_of_in_its_own_terms() -> None:
    server = ServerPlace("15.9", "an", "reporter", "hlhpn", "chu", "clear")
    of_server = lines(file="postgresql://may/kh", journal=None, checks=(), server=server)
    assert of_server[1:6] == [
        "Address postgresql://may/kh", "Server PostgreSQL 15.9", "Line not encrypted",
        "Login in use an, reporter, hlhpn", "Owner chu",
    ]  # fmt: skip
    assert not [line for line in of_server if line.startswith(("Journal", "Checks", "Site", "Worked"))]
    told = data(make_db()._replace(journal=None, checks=(), server=server), VI)
    assert (told["journal"], told["checks"], told["site"], told["elsewhere"]) == (None, None, None, None)
    assert told["server"]["organisation"] == "hlhpn"


def test_a_site_names_itself_and_what_it_has_of_its_hub() -> None:
    of_site = lines(VI, site="HN", hub_moment="2024-07-18T02:00:00.000Z")
    assert of_site[2:4] == ["Điểm HN", "Đầu mối đã nhận những gì đầu mối ghi đến 09:00 ngày 18/07/2024"]


def test_where_the_data_is_worked_on_is_a_line() -> None:
    place = Elsewhere("postgresql://an:***@may/kh", "2024-08-01T02:00:00.000Z", "An")
    told = " ".join(lines(elsewhere=place))
    assert "Worked on This data was moved to “postgresql://may/kh” on 1 Aug 2024" in told
    assert data(make_db()._replace(elsewhere=place), VI)["elsewhere"]["to"] == "postgresql://may/kh"


def test_what_a_path_hides_is_seen() -> None:
    assert any("\\x1b" in line for line in lines(file="/tmp/a\x1b[31m.db"))


def test_json_has_plans_as_objects_and_each_check() -> None:
    shown = data(make_db()._replace(checks=("integrity",)), VI)
    assert shown["plans"] == [{"id": "kh-468-2024", "year": 2024, "revision": 2}]
    assert shown["checks"] == {"integrity": "ok"}
    assert json.loads(json.dumps(shown)) == shown


# --- what a check found ---


def told(view: DbCheck, words: Words = EN) -> list[str]:
    return render(check_document(view, words), "plain", words, width=400, colour=False).rstrip().split("\n")


def test_what_was_found_is_named_and_the_rest_counted() -> None:
    assert told(make_db_check()) == [
        "- [index-damaged] index task_open does not agree with its table",
        "- [derived-other] task 12: table task has a row that is not what was recorded (status, due)",
        "- [derived-missing] task 12: table holder lacks a row (lead/ubdt/2024-07-01)",
        "- [derived-extra] command c5: table withdrawn_command has a row too many",
        "… and 1,199 more rows.",
        "",
        EN("dbcheck.hint"),
    ]
    assert "- [derived-extra] lệnh c5: bảng withdrawn_command thừa một dòng" in told(make_db_check(), VI)


def test_a_long_list_is_cut_for_eyes_and_whole_for_programs() -> None:
    one = make_db_check().found[1]
    many = DbCheck("x", found=(one,) * 30, counts=(("holder", 30),))
    assert "… and 10 more rows." in told(many)
    assert len(check_problems(many, EN)) == 30


def test_what_was_mended_is_told_by_table_and_is_no_problem_any_more() -> None:
    done = make_db_check()._replace(repaired=True)
    assert told(done)[1:] == [
        "- index task_open",
        "- table task: 1 row",
        "- table holder: 1,200 rows",
        "- table withdrawn_command: 1 row",
    ]
    assert check_problems(done, EN) == []
    assert check_data(done)["rows"] == {"task": 1, "holder": 1200, "withdrawn_command": 1}
    assert told(DbCheck("x", repaired=True)) == [EN("dbcheck.nothing", file="x")]


def test_what_a_name_hides_is_seen() -> None:
    hostile = make_db_check().found[1]._replace(name="An\x1b[31m", of="person", row="a\nb")
    (line, *_) = told(DbCheck("x", found=(hostile,), counts=(("holder", 1),)))
    assert "\\x1b" in line
