"""`demo` as it is typed: an example, a report of it, and what to type next."""

import re
from pathlib import Path

import pytest

from tests.conftest import Run, dump


@pytest.mark.no_cover
def test_the_demonstration_names_no_command_that_would_ask_another_workspace(run: Run) -> None:
    made = run("demo", "vi-du")
    assert made.code == 0
    assert "plantrack list" not in made.out
    assert "plantrack list qua-han" in run("-C", "vi-du", "progress", "--as-of", "2024-07-21").out
    assert made.err.count(" -C vi-du ") == 2


def test_it_is_made_in_a_folder_of_its_own_and_reported_on(run: Run, workspace: Path) -> None:
    before = dump(workspace / "plantrack.db")
    ended = run("--lang", "en", "demo")
    assert ended.code == 0
    progress, week = ended.out.split("\n\n", 1)
    assert progress.startswith(
        "Progress of Plan No. 468/KH-HLHPNVN-UBDT · as of the end of 21 Jul 2024\nEXAMPLE DATA"
    )
    assert week.startswith("Weekly progress summary, 15 Jul 2024 to 21 Jul 2024")
    assert (workspace / "plantrack-demo" / "plantrack.db").is_file()
    assert dump(workspace / "plantrack.db") == before


def test_another_one_has_another_folder_unless_it_is_named(run: Run, workspace: Path) -> None:
    run("demo", "--quiet")
    assert " -C plantrack-demo-2 " in run("demo").err
    assert (workspace / "plantrack-demo-2").is_dir()
    (workspace / "a").mkdir()
    (workspace / "a" / "việc.txt").touch()
    refused = run("demo", "a")
    assert refused.code != 0
    assert refused.out == ""
    assert [p.name for p in (workspace / "a").iterdir()] == ["việc.txt"]


@pytest.mark.no_cover
def test_what_it_tells_to_type_next_can_be_typed(run: Run) -> None:
    said = run("--lang", "en", "demo").err.splitlines()[-1]
    lines = re.findall(r"plantrack (-C plantrack-demo [^,]*)", said)
    assert len(lines) == 2
    for line in lines:
        assert run(*line.rstrip(".").split()).code == 0
