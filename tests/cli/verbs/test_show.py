"""`plantrack show`: what stands, the last updates, and the history where it is asked for."""

import json
from pathlib import Path

from tests.conftest import Run
from tests.support.terminal import on_screen


def test_a_screen_has_the_last_updates_and_says_how_to_see_the_others(run: Run, workspace: Path) -> None:
    run("add", "Họp", "--area", "3")
    for n in range(1, 6):
        run("update", "1", "-r", f"lần {n}")
    seen = on_screen(workspace, "show", "1", "--no-color", "--no-pager").seen
    assert [n for n in range(1, 6) if f"Kết quả: lần {n}" in seen] == [3, 4, 5]
    assert "Trước đó còn 2 cập nhật. Xem: plantrack show 1 --history" in seen
    whole = on_screen(workspace, "show", "1", "--history", "--no-color", "--no-pager").seen
    assert whole.count("Kết quả: lần 1") == 2
    assert run("show", "1").out.count("Kết quả: lần 1") == 1
    assert run("show", "1", "--history").out.count("Kết quả: lần 1") == 2


def test_json_has_all_updates_and_the_history_where_it_is_asked_for(run: Run) -> None:
    run("add", "Họp", "--area", "3")
    run("update", "1", "-r", "một")
    (task,) = json.loads(run("show", "1", "--format", "json").out)["data"]
    assert (len(task["updates"]), task["history"]) == (1, None)
    (task,) = json.loads(run("show", "1", "--history", "--format", "json").out)["data"]
    assert task["history"] == json.loads(run("log", "1", "--format", "json").out)["data"]
