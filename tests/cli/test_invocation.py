"""How hints name the program: so that what they say can be typed where the reader is."""

import os
import sys
from pathlib import Path

import pytest

from plantrack.cli.invocation import program_call


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program file that is run by its path, in a folder where no shell looks."""
    file = tmp_path / "bin" / "plantrack"
    file.parent.mkdir()
    file.touch(mode=0o755)
    monkeypatch.setattr(sys, "argv", [str(file)])
    monkeypatch.setenv("PATH", str(tmp_path / "elsewhere"))
    return file


def test_a_program_that_the_shell_finds_goes_by_its_name(
    installed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(installed.parent))
    assert program_call() == "plantrack"
    assert program_call("công việc") == "plantrack -C 'công việc'"
    assert program_call("x", "a b.db") == "plantrack -C x --db 'a b.db'"
    assert program_call(database="postgresql://an:mk@db/x") == "plantrack --db postgresql://an@db/x"


def test_one_that_it_does_not_find_goes_by_its_path(installed: Path) -> None:
    assert program_call() == str(installed)


def test_another_program_of_that_name_is_not_meant(installed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = installed.parent.parent / "elsewhere" / "plantrack"
    other.parent.mkdir()
    other.touch(mode=0o755)
    monkeypatch.setenv("PATH", str(other.parent))
    assert program_call() == str(installed)


def test_the_module_is_run_as_a_module(installed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["/somewhere/plantrack/__main__.py"])
    assert program_call() == f"{os.path.basename(sys.executable)} -m plantrack"
