"""`plantrack log`: how much of the history is told, where, and what it is asked for."""

import json
import shutil
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.support.once import once
from tests.support.terminal import on_screen


@pytest.fixture
def busy(run: Run, workspace: Path) -> Path:
    """Give 24 commands besides the first one."""

    def work() -> None:
        run("add", "Họp", "--area", "3")
        for n in range(1, 24):
            run("update", "1", "-p", str(n))

    once(workspace, work)
    return workspace


def commands(text: str) -> list[str]:
    """Return the commands of a log in text."""
    words = (line.split()[0] for line in text.splitlines() if line.startswith("c"))
    return [word.removeprefix("c") for word in words]


def test_a_file_and_a_pipe_have_the_whole_history_the_newest_last(run: Run, busy: Path) -> None:
    assert commands(run("log").out) == [str(n) for n in range(1, 26)]
    assert commands(run("log", "--format", "table", "--no-color").out) == [str(n) for n in range(1, 26)]
    told = json.loads(run("log", "--format", "json").out)
    assert [told["data"][0]["command"], told["data"][-1]["command"]] == ["c1", "c25"]
    assert (told["truncated"], told["total"]) == (False, len(told["data"]))


def test_a_screen_has_the_newest_twenty_and_says_how_to_see_all(busy: Path) -> None:
    seen = on_screen(busy, "log", "--no-color", "--no-pager").seen
    assert commands(seen) == [str(n) for n in range(6, 26)]
    assert seen.endswith("20 lệnh gần nhất; còn các lệnh cũ hơn. Xem tất cả: plantrack log -n all\n")
    of_task = on_screen(busy, "log", "1", "--no-color", "--no-pager").seen
    assert commands(of_task) == [str(n) for n in range(6, 26)]
    assert "plantrack log task:1 -n all" in of_task
    for more in (["-n", "all"], ["-n", "tất cả"], ["--format", "plain"]):
        assert len(commands(on_screen(busy, "log", "--no-color", "--no-pager", *more).seen)) == 25


@pytest.mark.skipif(shutil.which("less") is None, reason="needs less")
def test_a_pager_begins_with_the_newest(busy: Path) -> None:
    seen = on_screen(busy, "log", "--no-color", keys=[("q: ", "q")]).seen
    assert commands(seen.replace("\x1b[m", ""))[-1] == "25"
    assert "Lịch sử thay đổi" not in seen


def test_so_many_are_told_as_are_asked_for_in_every_format(run: Run, busy: Path) -> None:
    assert commands(run("log", "-n", "2").out) == ["24", "25"]
    assert commands(run("log", "1", "--limit", "2").out) == ["24", "25"]
    told = json.loads(run("log", "-n", "2", "--format", "json").out)
    assert {change["command"] for change in told["data"]} == {"c24", "c25"}
    assert (told["truncated"], told["total"]) == (True, None)
    assert len(run("log", "-n", "3", "--format", "csv").out.splitlines()) == 4
    assert json.loads(run("log", "-n", "30", "--format", "json").out)["truncated"] is False


@pytest.mark.parametrize("typed", ["0", "-1", "x", "alle", "1.5", "9999999"])
def test_a_number_that_is_none_is_refused(run: Run, busy: Path, typed: str) -> None:
    done = run("log", "-n", typed)
    assert (done.code, done.out) == (2, "")
    assert "bad-number" in done.err


def test_terms_ask_for_changes_in_every_format(run: Run, busy: Path) -> None:
    run("extend", "1", "--due", "30/9/2024", "--reason", "chờ")
    asked = ("verb:gia-han", "field:thoi-han", "task:1")
    assert commands(run("log", *asked).out) == ["26"]
    (change,) = json.loads(run("log", *asked, "--format", "json").out)["data"]
    assert (change["field"], change["new"]) == ("due", "2024-09-30")
    for form in ("md", "html", "csv"):
        assert "30/09/2024" in (out := run("log", *asked, "--format", form).out) or "2024-09-30" in out
    done = run("log", "verb:giahan")
    assert (done.code, "“giahan”" in done.err, "gia-han" in done.err) == (2, True, True)
    assert run("log", "99").code == run("log", "task:99").code == 3


def test_a_task_chooses_its_plan(run: Run, busy: Path) -> None:
    assert json.loads(run("log", "task:1", "--format", "json").out)["plan"] == "kh-468-2024"


def test_who_entered_what_another_one_signs_is_named(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLANTRACK_USER", "Lan")
    run("add", "Họp", "--area", "3", "--author", "Trần Thị Hoa")
    run("update", "1", "-p", "10")
    for line in (["log"], ["show", "1", "--history"]):
        out = run(*line).out
        assert (out.count("Trần Thị Hoa (do Lan ghi thay)"), out.count(" · Lan · ")) == (1, 1)
    told = json.loads(run("log", "1", "--format", "json").out)["data"]
    assert {(entry["author"], entry["entered_by"]) for entry in told} == {
        ("Trần Thị Hoa", "Lan"),
        ("Lan", None),
    }
