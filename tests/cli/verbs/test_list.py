"""`list` as it is typed."""

import json
import re
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.support.answers import answered
from tests.support.terminal import on_terminal


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
    assert "thêm --lang en" in run("list", "workshop").out
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
    assert "1 nhiệm vụ đầu trong 2 (bỏ --limit để xem hết); còn nhiệm vụ đã đóng (--all)." in told
    assert "The first 1 of 2 tasks (leave --limit out" in july("list", "--limit", "1", "--lang", "en").out
    assert "2 nhiệm vụ đang mở" in july("list", "--limit", "2").out


@pytest.mark.parametrize(
    ("args", "expected"),
    [
        (("--limit", "1"), (["1"], 2, True)),
        (("--limit", "2"), (["1", "2"], 2, False)),
        (("--limit", "all"), (["1", "2"], 2, False)),
        (("-n", "tất cả", "lead:hlhpn"), (["2"], 1, False)),
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


# --- columns and order ---


def column_of(told: str) -> list[str]:
    """Return the first column of a CSV file, without its heading."""
    return [line.partition(";")[0] for line in told.splitlines()[1:]]


def test_columns_and_order_are_the_same_in_every_form(july: Run) -> None:
    july("add", "Ăn Tết", "--area", "2", "--due", "1/9/2024")
    asked = ("list", "--all", "--columns", "so,title", "--sort", "nhiem-vu", "--reverse", "-n", "3")
    tasks = json.loads(july(*asked, "--format", "json").out)["data"]
    assert {tuple(task) for task in tasks} == {("label", "title")}
    order = [task["label"] for task in tasks]
    assert len(order) == 3
    assert column_of(july(*asked, "--format", "csv").out) == order
    for form, mark in (("plain", ""), ("md", "| "), ("table", "")):
        lines = july(*asked, "--format", form).out.splitlines()
        firsts = [line.removeprefix(mark).split()[:1] for line in lines]
        assert [first[0] for first in firsts if first and first[0] in ("1", "2", "3", "4")][:3] == order
    for form in ("html", "docx", "xlsx"):
        assert july(*asked, "--output", f"danh-sach.{form}").code == 0


@pytest.mark.parametrize(
    ("args", "order"),
    [
        ((), ["1", "2"]),
        (("--reverse",), ["2", "1"]),
        (("--sort", "due", "--reverse"), ["2", "1"]),
        (("--sort", "label", "--reverse"), ["2", "1"]),
        (("--sort", "chu-tri"), ["2", "1"]),
        (("--sort", "days_late"), ["1", "2"]),
        (("--sort", "Số ngày quá hạn", "--reverse"), ["1", "2"]),
    ],
)
def test_tasks_are_sorted_by_any_column(july: Run, args: tuple[str, ...], order: list[str]) -> None:
    assert [task["label"] for task in answered(july, "list", *args)] == order


@pytest.mark.parametrize("option", ["--columns", "--sort"])
def test_an_unknown_column_is_refused_with_the_near_ones(july: Run, option: str) -> None:
    ended = july("list", option, "thoi-hn")
    assert (ended.code, ended.out) == (2, "")
    assert f"{option} không có cột “thoi-hn”" in ended.err
    assert "thoi-han" in ended.err
    assert july("list", option, "").code == 2


def test_a_calendar_has_an_order_and_no_columns(july: Run) -> None:
    ended = july("list", "--columns", "due", "--format", "ics")
    assert (ended.code, ended.out, "[no-columns]" in ended.err) == (2, "", True)
    assert july("list", "--sort", "title", "--format", "ics").out.count("BEGIN:VEVENT") == 2


def test_on_a_terminal_a_task_is_a_line_and_in_full_as_many_as_it_takes(july: Run) -> None:
    title = " ".join(["Hội thảo rà soát"] * 8)
    july("edit", "1", "--title", title)
    seen = july("list", "--format", "table", "--width", "80").out
    assert [line.split()[0] for line in seen.splitlines()[3:5]] == ["1", "2"]
    assert title not in " ".join(seen.split())
    assert "--full" in seen
    full = july("list", "--format", "table", "--width", "80", "--full").out
    assert "…" not in full
    assert len(full.splitlines()) > len(seen.splitlines())
    assert "--full" not in full


def test_on_a_real_terminal_nothing_has_to_be_asked_for(workspace: Path, run: Run) -> None:
    run("add", "--from-plan")
    seen = on_terminal(workspace, "list").replace("\r", "")
    lines = [line for line in re.sub(r"\x1b\[[0-9;]*m", "", seen).split("\n") if " ND" in line]
    assert len(lines) == 1 + 12
