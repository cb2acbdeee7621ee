"""The man pages: made from the texts of the help, and understood by `man`."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from plantrack.cli.commands import COMMANDS
from plantrack.i18n.words import LANGUAGES

ROOT = Path(__file__).resolve().parent.parent.parent
SOURCE = ROOT / "src" / "plantrack"


def test_they_are_what_the_texts_give() -> None:
    """Run `.ci/man-pages` when this fails."""
    ended = subprocess.run(
        [sys.executable, ROOT / ".ci" / "man-pages", "--check"], capture_output=True, text=True, check=False
    )
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_is_in_it(language: str) -> None:
    text = (SOURCE / "help" / "man" / f"plantrack.{language}.1").read_text("utf-8")
    headings = re.findall(r'^\.SS "plantrack (.*)"$', text, re.MULTILINE)
    assert sorted(headings) == sorted(COMMANDS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_man_has_nothing_against_it(language: str) -> None:
    if shutil.which("mandoc") is None:
        pytest.skip("mandoc is not installed")
    page = SOURCE / "help" / "man" / f"plantrack.{language}.1"
    ended = subprocess.run(
        ["mandoc", "-T", "lint", "-W", "warning", page], capture_output=True, text=True, check=False
    )
    assert [line for line in ended.stdout.splitlines() if "missing date" not in line] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_variable_that_is_read_is_in_the_manual(language: str) -> None:
    page = (SOURCE / "help" / language / "environment.md").read_text("utf-8")
    read = {
        name
        for file in SOURCE.rglob("*.py")
        for name in re.findall(
            r'"(PLANTRACK_[A-Z_]+|NO_COLOR|FORCE_COLOR|CLICOLOR\w*|PAGER|VISUAL|EDITOR)"',
            file.read_text("utf-8"),
        )
    }
    assert "PLANTRACK_DB" in read
    assert sorted(name for name in read if not re.search(rf"\b{name}\b", page)) == []
