"""What is said on stderr: broken at words on a terminal, never too much of it, and nothing that a terminal obeys."""

from pathlib import Path

import pytest

from plantrack.cli.feedback import saved, task_line
from plantrack.errors import Failure
from plantrack.i18n.words import Words
from plantrack.model.plan import Text
from plantrack.render.layout.text_width import cell_width
from tests.conftest import Run
from tests.support.factory import make_task
from tests.support.terminal import on_terminal


def test_a_terminal_is_told_in_words_and_gets_no_labels(workspace: Path, run: Run) -> None:
    seen = on_terminal(workspace, "add", "Họp", "--area", "3").replace("\r", "")
    assert "1  ND3  Họp" in seen
    assert "1" not in seen.split("\n"), seen
    assert on_terminal(workspace, "--quiet", "update", "1", "-p", "5") == ""
    assert '"label": "1"' in on_terminal(workspace, "update", "1", "-p", "6", "--format", "json")
    assert run("add", "Hội thảo", "--area", "4").out == "2\n"


def test_of_many_remarks_three_are_told_and_the_rest_is_counted(run: Run) -> None:
    for n in range(5):
        run("add", f"Việc {'abcde'[n]}", "--area", "3")
    run("update", "1", "2", "3", "4", "5", "-p", "60")
    told = run("--lang", "en", "update", "1", "2", "3", "4", "5", "-p", "20", "-o", "1/8/2024").err
    assert told.count("goes back from 60% to 20%") == 3
    assert "2 more remarks of this kind." in told
    assert "more remark" not in run("--lang", "en", "update", "1", "2", "3", "-p", "10").err


def test_of_many_notes_of_one_kind_three_are_told_and_the_rest_is_counted(run: Run) -> None:
    for n in range(5):
        run("add", f"Việc {'abcde'[n]}", "--area", "3")
    run("done", "1", "2", "3", "4")
    again = run("--lang", "en", "done", "1", "2", "3", "4").err
    assert again.count("there was nothing new to record") == 3
    assert "1 more remark of this kind." in again


def test_the_reply_counts_the_tasks_that_were_changed(run: Run) -> None:
    for title in ("Một", "Hai", "Ba"):
        run("add", title, "--area", "3")
    run("done", "1", "2")
    ended = run("--lang", "en", "done", "1", "2", "3")
    assert ended.out == "1\n2\n3\n", "a script gets the tasks that it named"
    assert "Updated 1 task: 3 (" in ended.err
    assert "  1  ND3" not in ended.err
    run("assign", "1", "2", "--lead", "ubdt")
    ended = run("--lang", "en", "assign", "1", "2", "3", "--lead", "ubdt")
    assert "1 task: 3 (" in ended.err
    assert "tasks: 1, 2, 3 (" in run("--lang", "en", "assign", "1", "2", "3", "--with", "hlhpn").err


@pytest.mark.parametrize("room", [200, 80, 60, 40, 10])
def test_a_task_is_told_in_a_line_that_fits_by_cutting_its_title(room: int) -> None:
    title = "Tổ chức hội thảo rà soát, xác định vấn đề xã hội cấp thiết đối với phụ nữ, trẻ em"
    task = make_task(title=Text(title))
    whole, line = task_line(task, Words("vi")), task_line(task, Words("vi"), room)
    assert title in whole
    rest = cell_width(whole) - cell_width(title)
    assert cell_width(line) <= max(room, rest + 13)
    assert (line == whole) is (cell_width(whole) <= room)
    assert line == whole or "…" in line
    assert line[-10:] == whole[-10:], "a day is never cut"


def test_of_very_many_tasks_ranges_of_labels_are_told(run: Run) -> None:
    for _ in range(31):
        run("add", "Việc", "--area", "3")
    ended = run("update", "--where", "area:3", "-n", "họp", "--yes")
    assert "31 nhiệm vụ: 1–31 (" in ended.err
    assert len(ended.out.split()) == 31


@pytest.mark.parametrize(
    ("code", "given", "told"),
    [
        ("output-failed", {"reason": "full"}, "saved-not-printed"),
        ("database-io", {"reason": "disk I/O error"}, "saved-not-printed"),
        ("database-damaged", {"reason": "", "table": "task"}, "saved-not-printed"),
        ("unknown-task", {}, "unknown-task"),
    ],
)
def test_what_fails_after_something_was_saved_is_said_to_be_saved(
    code: str, given: dict[str, str], told: str
) -> None:
    with pytest.raises(Failure) as caught, saved("c7"):
        raise Failure(code, **given)
    assert caught.value.code == told
    assert caught.value.params.get("reason", "?") != ""
    with pytest.raises(Failure) as unsaved, saved(""):
        raise Failure(code, **given)
    assert unsaved.value.code == code
