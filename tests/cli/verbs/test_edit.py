"""`edit`, `extend` and `remove` as they are typed."""

import json

import pytest

from tests.conftest import Run
from tests.support.answers import answered, task


def test_each_option_of_edit_corrects_its_field(two: Run) -> None:
    ended = two(
        *(
            "edit",
            "1",
            "--title",
            "Hội thảo",
            "--activity",
            "5.2",
            "--due",
            "30/9/2024",
            "--start",
            "1/9/2024",
        ),
        *("--priority", "low", "--deliverable", "Báo cáo", "--opened", "20/7/2024"),
    )
    assert ended.out == "1\n"
    corrected = task(two, "1")
    facts = {
        "title": "Hội thảo", "area": "ND5", "activity": "ND5.2", "due": "2024-09-30", "start": "2024-09-01",
        "priority": "low", "deliverable": "Báo cáo", "opened_on": "2024-07-20",
    }  # fmt: skip
    assert {name: corrected[name] for name in facts} == facts


def test_tasks_are_moved_together(two: Run) -> None:
    assert two("edit", "1", "2", "--area", "5").out == "1\n2\n"
    assert [task(two, label)["area"] for label in "12"] == ["ND5", "ND5"]


def test_a_task_follows_its_activity_again_in_what_is_named(run: Run) -> None:
    run("add", "--from-plan")
    title = task(run, "1")["title"]
    run("edit", "1", "--title", "Khác")
    assert run("edit", "1", "--follow", "title,due").code == 0
    assert task(run, "1")["title"] == title


def test_a_deadline_is_extended_with_its_reason_from_a_day(two: Run) -> None:
    two("edit", "1", "--due", "31/8/2024")
    ended = two("extend", "1", "--due", "30/9/2024", "--reason", "chờ kinh phí", "--on", "1/8/2024")
    assert ended.out == "1\n"
    assert (task(two, "1")["due"], task(two, "1")["first_due"]) == ("2024-09-30", "2024-08-31")
    changes = {e["field"]: e for e in answered(two, "log", "1") if e["verb"] == "extend"}
    due = changes["due"]
    assert (due["old"], due["new"], due["on"]) == ("2024-08-31", "2024-09-30", "2024-08-01")
    assert changes["reason"]["new"] == "chờ kinh phí"


def test_what_is_removed_counts_no_more_and_why_is_kept(two: Run) -> None:
    assert two("remove", "1", "--reason", "nhập nhầm").out == "1\n"
    assert [found["label"] for found in answered(two, "list", "--all")] == ["2"]
    assert "nhập nhầm" in json.dumps(answered(two, "log"), ensure_ascii=False)


@pytest.mark.parametrize(
    "args", [["extend", "1", "--due", "30/9/2024"], ["extend", "1", "--reason", "x"], ["remove", "1"]]
)
def test_nothing_is_extended_or_removed_without_a_reason_or_a_day(two: Run, args: list[str]) -> None:
    ended = two(*args)
    assert (ended.code, "[missing-option]" in ended.err) == (2, True)
