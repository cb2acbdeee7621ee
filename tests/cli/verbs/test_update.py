"""`update` and its short forms as they are typed."""

import json

import pytest

from tests.conftest import Run
from tests.support.answers import task


def test_an_update_of_many_is_one_command_or_none(run: Run) -> None:
    run("add", "Họp", "--area", "3")
    assert run("update", "1", "99", "-p", "5").code == 3
    assert json.loads(run("show", "1", "--format", "json").out)["data"][0]["percent"] is None


def test_each_option_is_a_fact_of_the_update(run: Run) -> None:
    run("add", "Họp", "--area", "3", "--on", "25/7/2024")
    said = {
        "result": "đã họp", "next": "gửi giấy", "blocked": "thiếu phòng", "proposal": "thêm tiền",
        "told_by": "Lê A", "note": "nội bộ", "evidence": "CV 12",
    }  # fmt: skip
    options = [word for name, text in said.items() for word in (f"--{name.replace('_', '-')}", text)]
    assert run("update", "1", "-s", "in_progress", "-p", "40", *options, "-o", "30/7/2024").out == "1\n"
    (update,) = task(run, "1")["updates"]
    assert {name: update[name] for name in said} == said
    assert (update["status"], update["percent"], update["on"]) == ("in_progress", 40, "2024-07-30")


@pytest.mark.no_cover
@pytest.mark.parametrize(
    ("verbs", "status"),
    [
        (["start"], "in_progress"),
        (["submit"], "submitted"),
        (["done"], "done"),
        (["pause"], "paused"),
        (["pause", "resume"], "in_progress"),
        (["done", "reopen"], "in_progress"),
        (["drop"], "dropped"),
    ],
)
def test_a_short_form_is_the_status_that_its_name_says(run: Run, verbs: list[str], status: str) -> None:
    run("add", "Họp", "--area", "3")
    for verb in verbs:
        reason = ["--reason", "x"] if verb in ("drop", "reopen") else []
        assert run(verb, "1", *reason).code == 0
    assert task(run, "1")["status"] == status
    assert json.loads(run("log", "1", "--format", "json").out)["data"][-1]["verb"] == verbs[-1]


def test_what_is_unblocked_and_answered(run: Run) -> None:
    run("add", "Họp", "--area", "3")
    run("update", "1", "-b", "thiếu phòng", "--proposal", "thêm tiền")
    assert run("update", "1", "--unblocked", "--answered", "đồng ý").code == 0
    shown = task(run, "1")
    assert shown["blocked"] is None
    assert sorted((update["unblocked"], update["answered"] or "") for update in shown["updates"]) == [
        (False, ""),
        (True, "đồng ý"),
    ]


def test_money_in_either_language_and_with_every_short_form(run: Run) -> None:
    run("add", "In", "tài", "liệu", "--area", "3", "--kinh-phi", "50tr", "--nguon", "NSTW")
    assert run("cap-nhat", "1", "--duoc-giao", "40tr", "--da-chi", "1,5tr").out == "1\n"
    assert "Kinh phí đã chi: 12.500.000 đồng." in run("xong", "1", "--da-chi", "12,5 triệu").err
    shown = task(run, "1")
    assert (shown["budget"], shown["budget_source"]) == (50_000_000, "NSTW")
    assert (shown["allocated"], shown["spent"], shown["status"]) == (40_000_000, 12_500_000, "done")
    assert [(u["allocated"], u["spent"]) for u in shown["updates"]] == [
        (40_000_000, 1_500_000),
        (None, 12_500_000),
    ]


def test_what_is_read_in_two_ways_is_refused_with_both_and_a_way_out(run: Run) -> None:
    run("add", "Họp", "--area", "3")
    said = run("--lang", "en", "update", "1", "--spent", "1.250 triệu")
    assert said.code == 2
    assert "VND 1,250,000 or VND 1,250,000,000" in said.err
    assert "1250tr" in said.err
    assert task(run, "1")["updates"] == []


def test_a_list_is_sorted_by_money_and_a_table_of_it_has_whole_dong_in_csv(run: Run) -> None:
    for budget in ("9tr", "1 tỷ", "500k"):
        run("add", f"Việc {budget}", "--area", "3", "--budget", budget)
    csv = run("list", "--columns", "so,kinh-phi", "--sort", "kinh-phi", "--reverse", "--format", "csv").out
    assert [line.split(";")[:2] for line in csv.lstrip("\ufeff").splitlines()] == [
        ["Số", "Dự kiến (đồng)"], ["2", "1000000000"], ["1", "9000000"], ["3", "500000"],
    ]  # fmt: skip
    assert "1.000" in run("list", "--columns", "kinh-phi").out
