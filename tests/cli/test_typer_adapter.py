"""The command line as Typer reads it, with its failures in our words."""

import pytest

from plantrack.cli.commands import COMMANDS
from plantrack.cli.typer_adapter import load, params_of
from tests.conftest import Run


def test_quiet_says_nothing_but_the_answer(run: Run) -> None:
    assert run("--quiet", "add", "Họp", "--area", "3") == (0, "1\n", "")


@pytest.mark.parametrize("path", COMMANDS)
def test_quiet_is_short_for_every_command(path: str) -> None:
    quiet = next(option for option in params_of(load(path).params).options if option.name == "quiet")
    assert quiet.names == ["-q", "--quiet"]


@pytest.mark.parametrize("args", [("-q", "list", "qua", "han"), ("list", "qua", "han", "-q"), ("list", "-q", "nd3"),
                                  ("plan", "-q", "check"), ("add", "Họp", "--area", "3", "-q")])  # fmt: skip
def test_quiet_is_short_before_and_after_the_command(run: Run, args: tuple[str, ...]) -> None:
    ended = run(*args)
    assert (ended.code, ended.err) == (0, "")
    assert ended.out != ""
    assert run("update", "1", "--note", "-q").code == 2


def test_globals_stand_before_or_after_the_command(run: Run) -> None:
    run("add", "Họp", "--area", "3")
    assert run("--lang", "en", "list").out == run("list", "--lang", "en").out != run("list").out


def test_alone_the_program_gives_an_overview(run: Run) -> None:
    ended = run()
    assert (ended.code, ended.err) == (0, "")
    assert "plantrack init" in ended.out
