"""The README's examples work as they stand."""

import re
import runpy
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from plantrack.cli.app import main
from tests.conftest import Hands

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")


def commands(marker: str) -> list[list[str]]:
    """Return the commands between two markers, without their comments."""
    part = README.split(f"<!-- {marker} -->")[1].split(f"<!-- /{marker} -->")[0]
    lines = [line for line in part.splitlines() if line and not line.startswith("```")]
    return [shlex.split(line, comments=True) for line in lines]


@pytest.mark.parametrize(("marker", "ends"), [("demo", "plantrack demo"), ("tests", "python -m pytest")])
def test_each_system_has_its_command(marker: str, ends: str) -> None:
    """CI runs them, each in its shell; both say the same."""
    command = runpy.run_path(str(ROOT / ".ci" / "readme"))["command"]
    posix, windows = command(marker, "posix"), command(marker, "nt")
    steps = re.split("; if \\(\\$\\?\\) { | };? ?(?:if \\(\\$\\?\\) { )?", windows)
    there = [
        step.replace(".venv\\Scripts\\", ".venv/bin/").replace("py -3", "python3") for step in steps if step
    ]
    assert there == posix.split(" && ")
    assert there[-1] == f".venv/bin/{ends}"


def test_the_walk_works(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    walk = [*commands("walk"), *commands("plan")]
    assert len(walk) > 20
    for program, *args in walk:
        if program == "cd":
            monkeypatch.chdir(args[0])
            continue
        assert program == "plantrack"
        assert main(args, Hands("2024-08-01")) == 0, args
    assert (tmp_path / "cong-viec" / "tuan-2024-W29.md").is_file()
    assert "vướng mắc" in capsys.readouterr().out


def test_the_cron_line_is_of_our_options() -> None:
    line = re.search(r"^30 6 \* \* 1 +\S+/plantrack (.*)$", README, re.MULTILINE)
    assert line is not None
    assert shlex.split(line[1])[:1] == ["-C"]


def test_the_cron_line_works_with_nothing_in_the_environment(workspace: Path) -> None:
    args = ["-C", str(workspace), "weekly", "--week", "2024-W29", "--output", "tuan-{period}.md", "--quiet"]
    done = subprocess.run(
        [sys.executable, "-m", "plantrack", *args],
        env={},
        capture_output=True,
        text=True,
        check=False,
        cwd="/",
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert "Tổng hợp tiến độ tuần" in (workspace / "tuan-2024-W29.md").read_text("utf-8")


def test_links_lead_somewhere() -> None:
    for link in re.findall(r"\]\(([^)#]+)\)", README):
        assert (ROOT / link).exists(), link
