"""The help: each command explains itself in both languages, and all that it tells one to type can be typed."""

import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from plantrack import help as manual
from plantrack.cli.app import main
from plantrack.cli.commands import COMMANDS
from plantrack.cli.help_text import GROUPS, PAGE, TOPICS, all_commands
from plantrack.cli.session import Session
from plantrack.cli.typer_adapter import LazyGroup, load, program
from plantrack.cli.verbs.help import page
from plantrack.errors import CODES, Exit
from plantrack.i18n.failure import explained
from plantrack.i18n.words import LANGUAGES, Words
from plantrack.model.filters import FIELDS, FLAGS
from plantrack.model.status import DeadlineState, Status
from plantrack.planfile.format.models import PlanFile
from plantrack.planfile.load import check_document
from plantrack.planfile.parsing.codes import SEVERITY
from plantrack.render.layout.text_width import cell_width
from plantrack.services.verbs.demo import build

languages = pytest.mark.parametrize("language", LANGUAGES)
commands = pytest.mark.parametrize("command", COMMANDS)
topics = pytest.mark.parametrize("topic", TOPICS)


def helped(capsys: pytest.CaptureFixture[str], language: str, *args: str) -> str:
    """Return what a command of help prints, and nothing else."""
    capsys.readouterr()
    assert main(["--lang", language, *args]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    return str(out)


def assert_fits(text: str) -> None:
    """Hold that a page is sober, with no line that is too wide and no space at the end of one."""
    assert "!" not in text
    for line in text.split("\n"):
        assert cell_width(line) <= PAGE, line
        assert line == line.rstrip(), repr(line)
    assert text.endswith("\n")
    assert not text.endswith("\n\n")


# Commands.


@languages
@commands
def test_a_command_explains_itself(command: str, language: str, capsys: pytest.CaptureFixture[str]) -> None:
    text = helped(capsys, language, *command.split(), "--help")
    assert f"plantrack {command}" in text.partition("\n")[0]
    assert_fits(text)
    for param in load(command).params:
        if not getattr(param, "hidden", False):
            assert all(name in text for name in param.opts if name.startswith("-")), param.name
            assert Words(language)(getattr(param, "help", ""))[:20] in text
    more = f"\n{page(language, command)}" if command in TOPICS else ""
    assert helped(capsys, language, "help", *command.split()) == text + more


@languages
@pytest.mark.parametrize("args", [[], ["--help"], ["help"]])
def test_the_overview(args: list[str], language: str, capsys: pytest.CaptureFixture[str]) -> None:
    text = helped(capsys, language, *args)
    assert text == helped(capsys, language)
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
    assert text == helped(capsys, language, "help", group)
    assert all(path in text for path in COMMANDS if path.startswith(f"{group} "))


def test_help_needs_no_workspace_and_follows_the_locale(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["add", "--help"]) == 0
    assert capsys.readouterr().out.startswith("Cách dùng:")
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    assert main(["add", "--help"]) == 0
    assert capsys.readouterr().out.startswith("Usage:")
    assert not list(tmp_path.iterdir())


# What is shown to be typed.


def examples(language: str) -> Iterator[str]:
    """Yield every example of every command."""
    for command in COMMANDS:
        yield from Words(language)(f"cmd.{command.replace(' ', '.')}.example").split("\n")


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


def parse(line: str) -> str:
    """Parse a command line as the program would, without running it; give its command."""
    words = shlex.split(line)
    assert words[0] == "plantrack", line
    root: LazyGroup = program()
    session = Session()
    context = root.make_context("plantrack", words[1:], obj=session)
    return parsed(root, context)


def parsed(group: LazyGroup, context: Any) -> str:
    """Follow the words of a command to where it is, and parse the rest."""
    words = [*context._protected_args, *context.args]
    if not words:
        return ""
    name, command, rest = group.resolve_command(context, words)
    assert command is not None
    inner = command.make_context(name, rest, parent=context)
    return parsed(command, inner) if isinstance(command, LazyGroup) else str(context.obj.command)


@languages
def test_each_example_is_of_its_command(language: str) -> None:
    for command in COMMANDS:
        lines = Words(language)(f"cmd.{command.replace(' ', '.')}.example").split("\n")
        assert command in map(parse, lines), command


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo") / "plantrack-demo"
    build(folder)
    return folder


@languages
@commands
def test_each_example_works_in_the_demonstration(
    command: str, language: str, demonstration: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(demonstration, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PLANTRACK_USER", "Ví dụ A")
    monkeypatch.setenv("PLANTRACK_LANG", language)
    for line in Words(language)(f"cmd.{command.replace(' ', '.')}.example").split("\n"):
        # The demonstration has a task for each activity already.
        expected = Exit.NOT_NOW if "--from-plan" in line else Exit.DONE
        # No indicators are made up for a real plan.
        expected = Exit.NO_SUCH if command == "indicator record" else expected
        assert main(shlex.split(line)[1:]) == expected, line


@languages
def test_whatever_is_shown_can_be_typed(language: str) -> None:
    lines = {*examples(language), *in_pages(language), *in_words(language)}
    assert len(lines) > 100
    for line in lines:
        parse(line)


# The manual.


@languages
@topics
def test_a_topic_is_read(topic: str, language: str, capsys: pytest.CaptureFixture[str]) -> None:
    text = helped(capsys, language, "help", topic)
    assert topic in COMMANDS or text.startswith("# ")
    assert f"\n{text}".count(f"\n{page(language, topic)}") == 1
    assert_fits(text)
    assert helped(capsys, language, "help", *topic.upper().split("-")) == text


def test_both_languages_have_the_same_pages() -> None:
    folder = Path(str(manual.__file__)).parent
    for language in LANGUAGES:
        assert sorted(p.stem for p in (folder / language).iterdir()) == sorted(TOPICS)


@topics
def test_both_languages_have_the_same_sections(topic: str) -> None:
    shapes = [re.sub("[^#\n]", "", page(language, topic).replace("\n\n", "\n")) for language in LANGUAGES]
    assert shapes[0].count("#") == shapes[1].count("#")


@topics
def test_a_vietnamese_page_is_sober(topic: str) -> None:
    text = page("vi", topic)
    assert "!" not in text
    assert not re.search(r"\bbạn\b", text, re.IGNORECASE)


@languages
def test_exit_codes_are_those_there_are(language: str, capsys: pytest.CaptureFixture[str]) -> None:
    text = helped(capsys, language, "help", "exit-codes")
    table = {int(n) for n in re.findall(r"^    (\d+)   ", text, re.MULTILINE)}
    assert table == set(map(int, Exit))
    listed = {
        int(n): codes.replace(",", " ").split()
        for n, codes in re.findall(r"^- (\d+):([^:#]*)$", text, re.MULTILINE)
    }
    assert listed == {n: sorted(c for c in CODES if CODES[c] == n) for n in set(map(int, CODES.values()))}


@languages
def test_filters_are_those_there_are(language: str) -> None:
    text = page(language, "filters")
    assert set(re.findall(r"^    ([a-z]+):", text, re.MULTILINE)) == set(FIELDS)
    flags = re.findall(r"^    ([a-z-]+) +([a-z-]+)  ", text, re.MULTILINE)
    named = {en: vi.replace("-", " ") for en, vi in flags if en != "plantrack"}
    assert named == {name: vi for name, (vi, _) in FLAGS.items()}


@languages
def test_statuses_are_those_there_are(language: str) -> None:
    words, text = Words(language), page(language, "statuses")
    rows = dict(re.findall(r"^    (\w+) +(.+?)(?:  .*)?$", text, re.MULTILINE))
    wanted = {s: words(f"status.{s}") for s in Status} | {s: words(f"deadline.{s}") for s in DeadlineState}
    assert rows == wanted


@languages
def test_the_example_of_a_plan_is_a_plan(language: str) -> None:
    text = page(language, "plan-file")
    example = "\n".join(line[4:] for line in text.split("\n") if line.startswith("    "))
    plan, problems = check_document(Path("example.yaml"), example.encode())
    assert plan is not None
    assert not problems


@languages
def test_keys_of_a_plan_are_those_there_are(language: str) -> None:
    text = page(language, "plan-file")
    assert all(f"`{key}`" in text for key in PlanFile.model_fields)


# Codes.


@languages
@pytest.mark.parametrize("code", CODES)
def test_an_error_code_is_explained(code: str, language: str, capsys: pytest.CaptureFixture[str]) -> None:
    text = helped(capsys, language, "help", code)
    assert code in text
    assert str(int(CODES[code])) in text
    assert "{" not in text


@languages
@pytest.mark.parametrize("code", SEVERITY)
def test_a_problem_code_is_explained(code: str, language: str, capsys: pytest.CaptureFixture[str]) -> None:
    text = helped(capsys, language, "help", code.lower())
    assert code in text
    assert text.count("\n") > 2


def test_an_unknown_word_gets_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--lang", "en", "help", "fitlers"]) == Exit.NO_SUCH
    out, err = capsys.readouterr()
    assert out == ""
    assert "unknown-topic" in err
    assert "filters" in err
