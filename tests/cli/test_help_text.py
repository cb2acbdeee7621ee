"""The help: each command explains itself in both languages, and all that it tells one to type can be typed."""

import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from plantrack.cli.app import main
from plantrack.cli.commands import COMMANDS
from plantrack.cli.help_text import DAILY, GROUPS, TOPICS, all_commands, page
from plantrack.cli.typer_adapter import load
from plantrack.errors import CODES
from plantrack.i18n.failure import explained
from plantrack.i18n.words import Words
from tests.support.command_lines import parse
from tests.support.examples import ends_with, examples_of, make_ready, needs_server, watched
from tests.support.help_pages import assert_fits, helped, languages, languages_alike
from tests.support.passwords import MARK, files_with, passwords

#: The lines of a small terminal.
_SCREEN = 24
commands = pytest.mark.parametrize("command", COMMANDS)


# Commands.


@pytest.mark.no_cover
@languages
@commands
def test_a_command_explains_itself(command: str, language: str, capsys: pytest.CaptureFixture[str]) -> None:
    text = helped(capsys, language, *command.split(), "--help")
    first = text.split("\n\n")[0].split("\n")[1:]
    uses = Words(language)(f"cmd.{command.replace(' ', '.')}.example").split("\n")
    assert [line.strip() for line in first] == uses[:2]
    assert_fits(text)
    for param in load(command).params:
        if not getattr(param, "hidden", False):
            assert all(name in text for name in param.opts if name.startswith("-")), param.name
            assert Words(language)(getattr(param, "help", ""))[:20] in text
    more = f"\n{page(language, topic)}" if (topic := command.split()[0]) in TOPICS else ""
    assert helped(capsys, language, "help", *command.split()) == text + more


@languages
@pytest.mark.parametrize("args", [[], ["--help"], ["help"]])
def test_the_overview_fits_a_screen(
    args: list[str], language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    text = helped(capsys, language, *args)
    assert text == helped(capsys, language)
    assert_fits(text)
    assert text.count("\n") < _SCREEN
    assert [line.split(",")[0].strip() for line in text.split("\n")[3 : 3 + len(DAILY)]] == [*DAILY]
    for path in COMMANDS:
        first, _, rest = path.partition(" ")
        assert re.search(rf"\b{first}\b", text), path
        assert not rest or rest in helped(capsys, language, "help", first)


@languages
def test_every_command_page_and_option_is_on_one_page(
    language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    text = helped(capsys, language, "help", "commands")
    assert_fits(text)
    for command in COMMANDS:
        assert re.search(rf"^  .*\b{command}\b", text, re.MULTILINE), command
    assert all(f"\n  {topic} " in text for topic in TOPICS)
    assert "-C, --directory" in text


def test_the_overview_has_every_command_once() -> None:
    assert sorted(path for paths in GROUPS.values() for path in paths) == sorted(COMMANDS)


@languages
@pytest.mark.parametrize("group", sorted(set(all_commands()) - set(COMMANDS)))
def test_a_group_explains_itself(group: str, language: str, capsys: pytest.CaptureFixture[str]) -> None:
    text = helped(capsys, language, group, "--help")
    assert_fits(text)
    more = f"\n{page(language, group)}" if group in TOPICS else ""
    assert helped(capsys, language, "help", group) == text + more
    assert all(path in text for path in COMMANDS if path.startswith(f"{group} "))


def test_help_needs_no_workspace_and_follows_the_locale(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["add", "--help"]) == 0
    assert capsys.readouterr().out.startswith("Thường dùng:")
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    assert main(["add", "--help"]) == 0
    assert capsys.readouterr().out.startswith("Most used:")
    assert not list(tmp_path.iterdir())


# What is shown to be typed.


def examples(language: str) -> Iterator[str]:
    """Yield every example of every command."""
    for command in COMMANDS:
        yield from examples_of(command, language)


def in_pages(language: str) -> Iterator[str]:
    """Yield every command line of the manual: in indented lines, and between backticks."""
    for topic in TOPICS:
        text = page(language, topic)
        yield from re.findall(r"^    (plantrack .*?)(?:   .*)?$", text, re.MULTILINE)
        for line in re.findall(r"`(plantrack [^`]*)`", text):
            yield " ".join(line.split())


def in_words(language: str) -> Iterator[str]:
    """Yield every command line that an error tells one to type."""
    for code in CODES:
        yield from re.findall(r"`(plantrack [^`]*)`", explained(Words(language), f"error.{code}"))


@pytest.mark.no_cover
@languages
def test_each_example_is_of_its_command(language: str) -> None:
    for command in COMMANDS:
        assert command in map(parse, examples_of(command, language)), command


@pytest.mark.slow
@pytest.mark.no_cover
@languages_alike
@commands
def test_each_example_works_in_the_demonstration_and_tells_nobody_else(
    command: str,
    language: str,
    example: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """No example opens a way to the network, or lets a password out, into a file or to another program."""
    shutil.copytree(example, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PLANTRACK_USER", "Ví dụ A")
    monkeypatch.setenv("PLANTRACK_LANG", language)
    make_ready(command, language)
    for name, value in passwords(tmp_path.parent).items():
        monkeypatch.setenv(name, value)
    lines = examples_of(command, language)
    assert len(lines) >= 2
    with watched() as seen:
        for line in lines:
            if not needs_server(line):  # with one, each is run in `verbs/server`
                assert main(shlex.split(line)[1:]) == ends_with(command, line), line
    assert seen.network == []
    told = [*capfd.readouterr(), *(word for words in seen.programs for word in words)]
    assert not [text for text in told if MARK in text]
    assert files_with(tmp_path, MARK) == []


@pytest.mark.no_cover
@languages
def test_whatever_is_shown_can_be_typed(language: str) -> None:
    lines = {*examples(language), *in_pages(language), *in_words(language)}
    assert len(lines) > 100
    for line in lines:
        parse(line)
