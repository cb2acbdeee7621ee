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
