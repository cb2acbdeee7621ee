"""Long sections of a summary: ten on a screen with what lists them all; whole in a file and a pipe."""

import re
import shlex
from pathlib import Path

import pytest

from tests.conftest import Hands, Run
from tests.support.answers import answered
from tests.support.once import once
from tests.support.terminal import on_screen

#: Tasks with each deadline, and what is reported of the first ones.
DUES = ("10/7/2024", "24/7/2024")


@pytest.fixture
def many(run: Run, workspace: Path, clock: Hands) -> Path:
    """Open 26 tasks, most of them spoken of in the week; half of those are finished, half blocked."""

    def work() -> None:
        clock.set("2024-06-03")
        for n in range(26):
            run("add", f"Việc {n}", "--area", "3", "--due", DUES[n % 2], "--lead", "ubdt")
        clock.set("2024-07-17")
        run("update", *map(str, range(1, 25)), "-r", "đã họp")
        run("update", *map(str, range(1, 23)), "-b", "thiếu người")
        run("done", *map(str, range(3, 25, 2)))

    once(workspace, work)
    clock.set("2024-07-22")
    return workspace


COMMANDS = (
    ("weekly", "--week", "2024-W29"),
    ("weekly", "--week", "2024-W29", "lead:ubdt", "--known-at", "2024-07-20"),
    ("report", "--period", "2024-07", "--calendar", "civil", "--as-of", "31/7/2024"),
)


@pytest.mark.parametrize("args", COMMANDS, ids=" ".join)
def test_each_command_lists_as_many_as_the_section_has(run: Run, many: Path, args: tuple[str, ...]) -> None:
    seen = on_screen(many, *args, "--no-color", "--no-pager", size=(24, 200)).seen
    cut = re.findall(r"^và (\d+) nhiệm vụ nữa \(xem: plantrack (.*)\)$", seen, re.MULTILINE)
    assert len(cut) >= 3
    for rest, command in cut:
        assert len(answered(run, *shlex.split(command))) == int(rest) + 10, command
    assert "mục nữa (xem đủ: thêm --format plain)" in seen


@pytest.mark.parametrize("args", COMMANDS, ids=" ".join)
def test_a_pipe_and_a_file_have_all_of_it(run: Run, many: Path, args: tuple[str, ...]) -> None:
    assert " nữa (xem" not in run(*args).out
    for more in (["--format", "plain"], ["--output", "w.txt"], ["--format", "json"]):
        assert " nữa (xem" not in on_screen(many, *args, "--no-pager", *more).seen
    assert " nữa (xem" not in (many / "w.txt").read_text("utf-8")


def test_what_an_organisation_leads_has_no_command_that_lists_that_of_all(run: Run, many: Path) -> None:
    seen = on_screen(many, "weekly", "--week", "2024-W29", "--by-org", "--no-color", "--no-pager").seen
    assert "mục nữa (xem đủ: thêm --format plain)" in seen
    assert "nhiệm vụ nữa (xem" not in seen
