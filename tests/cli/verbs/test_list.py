"""`list` as it is typed."""

import json

import pytest

from tests.conftest import Run
from tests.support.answers import answered


def test_a_list_with_notes_answers(july: Run) -> None:
    text = " ".join(july("list", "overdue", "--with-notes").out.split())
    assert "quá 5 ngày" in text
    assert "09/07, Người thử ghi: đã họp; đề xuất: thêm kinh phí; ghi chú: ghi chú nội bộ" in text
    (task,) = json.loads(july("list", "qua-han", "--with-notes", "--format", "json").out)["data"]
    assert (task["days_late"], task["extensions"], task["update"]["result"]) == (5, 0, "đã họp")


def test_the_way_out_is_told_beside_json(run: Run) -> None:
    told = run("list", "nd3", "--format", "json", "--lang", "en")
    assert json.loads(told.out)["data"] == []
    assert told.err == "Read “nd3” as the filter area:ND3; to search for the words, type text:nd3.\n"


def test_what_is_printed_as_the_filter_can_be_typed_again(run: Run) -> None:
    run("add", "Quá hạn báo cáo", "--area", "3")
    assert "Bộ lọc: text:quá text:hạn" in run("list", "text:quá", "text:hạn").out
    assert 'Bộ lọc: "text:quá hạn"' in run("list", "text:quá hạn").out


def test_english_titles_are_searched_when_english_is_asked_for(run: Run) -> None:
    run("add", "--from-plan")
    assert "Bộ lọc: workshop" not in run("list", "workshop").out
    assert "Filter: workshop" in run("list", "workshop", "--lang", "en").out


def test_closed_tasks_are_listed_only_when_all_are_asked_for(two: Run) -> None:
    two("done", "1")
    assert [t["label"] for t in answered(two, "list")] == ["2"]
    assert [t["label"] for t in answered(two, "list", "--all")] == ["1", "2"]
    assert "--all" in two("list").out


def test_a_monitor_looks_at_what_is_listed(july: Run) -> None:
    assert july("list", "2", "3", "--fail-on", "overdue").code == 2, "lone numbers are no filter"
    assert july("list", "blocked", "--fail-on", "overdue").code == 0
    assert july("list", "blocked", "--fail-on", "vuong-mac").code == 1


def test_nothing_is_listed_where_the_condition_is_unknown(july: Run) -> None:
    ended = july("list", "--fail-on", "xyz")
    assert (ended.code, ended.out, "[unknown-condition]" in ended.err) == (2, "", True)


def test_the_calendar_of_a_list_has_an_event_for_each_deadline(july: Run) -> None:
    calendar = july("list", "--format", "ics").out
    assert calendar.count("BEGIN:VEVENT") == 2
    assert july("list", "area:3", "--format", "ics").out.count("BEGIN:VEVENT") == 1


# --- the first ones ---


def test_of_the_first_ones_the_last_line_says_how_many_there_are(july: Run) -> None:
    first = july("list", "--limit", "1").out
    told = " ".join(first.split())
    assert "1 nhiệm vụ đầu trong 2; bỏ --limit để xem tất cả. Không hiện nhiệm vụ đã hoàn thành" in told
    assert "The first 1 of 2 tasks; leave --limit out" in july("list", "--limit", "1", "--lang", "en").out
    assert "2 nhiệm vụ." in july("list", "--limit", "2").out


@pytest.mark.parametrize(
    ("args", "expected"),
    [
        (("--limit", "1"), (["1"], 2, True)),
        (("--limit", "2"), (["1", "2"], 2, False)),
        (("--limit", "1", "--all"), (["1"], 3, True)),
        (("--limit", "1", "lead:hlhpn"), (["2"], 1, False)),
        (("--limit", "1", "overdue", "--with-notes"), (["1"], 1, False)),
        (("--limit", "1", "unassigned"), ([], 0, False)),
    ],
)
def test_json_has_the_first_ones_and_how_many_there_are(
    july: Run, args: tuple[str, ...], expected: tuple[list[str], int, bool]
) -> None:
    told = json.loads(july("list", *args, "--format", "json").out)
    assert ([task["label"] for task in told["data"]], told["total"], told["truncated"]) == expected


def test_the_first_ones_are_the_first_in_every_form(july: Run) -> None:
    every, first = (
        july("list", *more, "--format", "csv").out.splitlines() for more in ((), ("--limit", "1"))
    )
    assert first == every[:2]
    assert july("list", "--limit", "1", "--format", "ics").out.count("BEGIN:VEVENT") == 1


@pytest.mark.parametrize("number", ["0", "-1", "1.5", "x", "1000001", "²", ""])
def test_a_limit_is_a_whole_number(july: Run, number: str) -> None:
    ended = july("list", f"--limit={number}")
    assert (ended.code, ended.out, "[bad-number]" in ended.err) == (2, "", True)


def test_a_condition_looks_at_all_tasks_not_at_the_first_ones(july: Run) -> None:
    assert july("list", "--limit", "1", "--fail-on", "blocked").code == 1
