"""The page "Editing the plan in git" is walked through: its commands in a real repository, its outputs as printed."""

import os
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from plantrack.cli.app import main
from plantrack.cli.help_text import page
from plantrack.i18n.words import LANGUAGES
from tests.conftest import Ended, Hands
from tests.support.check import EDITOR_LINE_OF_LISTS
from tests.support.command_lines import parse

languages = pytest.mark.parametrize("language", LANGUAGES)
ROOT = Path(__file__).parents[2]
PLAN = Path("plans/kh-468-2024.yaml")


class Typed(NamedTuple):
    """A command of the page, with the lines of its output that stand under it."""

    words: list[str]
    shown: list[str]


def blocks(text: str) -> Iterator[str]:
    """Yield the indented blocks of a page."""
    for found in re.findall(r"(?:^    .*\n)+", text, re.MULTILINE):
        yield re.sub("^    ", "", found, flags=re.MULTILINE)


def walk(language: str) -> Iterator[Typed]:
    """Yield the commands of the page in order."""
    for block in blocks(page(language, "git").partition("## CI")[0]):
        typed: list[Typed] = []
        for line in block.splitlines():
            if re.match("(git|plantrack) ", line):
                typed.append(Typed(shlex.split(line), []))
            elif typed:
                typed[-1].shown.append(line.strip())
        yield from typed


def yaml_blocks(language: str) -> list[str]:
    """Return the blocks that are YAML."""
    return [b for b in blocks(page(language, "git")) if not re.match("(git|plantrack) ", b)]


def edit(language: str) -> None:
    """Edit the plan as the page has it, which is held against what it shows."""
    text = PLAN.read_text("utf-8")
    gone, after = text.index('      - code: "ND5.2"'), text.index('  - code: "ND6"')
    text = text[:gone].rstrip() + "\n\n" + text[after:]
    activity, renames = yaml_blocks(language)[1:3]
    first, *keys = [line.strip() for line in activity.splitlines()]
    shown = "".join(f"        {key}\n" for key in keys)
    text = text.replace(f"      {first}\n", f"      {first}\n{shown}", 1).replace('"ND4.2"', '"ND4.3"')
    PLAN.write_text(f"{text}\n{renames}", "utf-8")


@pytest.fixture
def repository(workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in the workspace, with a place to push to."""
    monkeypatch.chdir(workspace)
    settings = {"HOME": str(tmp_path), "GIT_CONFIG_GLOBAL": os.devnull}
    settings |= {f"GIT_{who}_NAME": "Ví dụ" for who in ("AUTHOR", "COMMITTER")}
    settings |= {f"GIT_{who}_EMAIL": "vi-du@example.org" for who in ("AUTHOR", "COMMITTER")}
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    shutil.copy(ROOT / "plans/plan.schema.json", "plans")
    assert main(["add", "--from-plan"], Hands("2024-07-01")) == 0
    git("init", "--quiet", "--bare", "-b", "main", str(tmp_path / "origin"))
    return tmp_path / "origin"


def git(*words: str) -> str:
    done = subprocess.run(["git", *words], capture_output=True, text=True, check=False)
    assert done.returncode == 0, (words, done.stderr)
    return done.stdout + done.stderr


def plantrack(words: list[str], capsys: pytest.CaptureFixture[str]) -> Ended:
    capsys.readouterr()
    code = main(
        [*words, "--format", "plain"] if words[:2] == ["plan", "diff"] else words, Hands("2024-07-18")
    )
    return Ended(code, *capsys.readouterr())


def assert_shown(shown: list[str], printed: str) -> None:
    """Hold that each line stands in what was printed, in order; "…" is the rest of a line."""
    lines = iter(line.strip() for line in printed.splitlines())
    for one in shown:
        head, cut, _ = one.partition(" …")
        assert any(line.startswith(head) if cut else line == head for line in lines), one


@pytest.mark.slow
@languages
def test_the_walk(
    language: str, repository: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLANTRACK_LANG", language)
    typed = list(walk(language))
    assert len(typed) > 12
    for (program, *words), shown in typed:
        if program == "git":
            git(*words)
            if words[0] == "commit" and "remote" not in git("config", "--list"):
                git("remote", "add", "origin", str(repository))
                git("push", "--quiet", "-u", "origin", "main")
            elif words[0] == "push":  # it is reviewed and merged
                merged = f"{words[-1]}:main"
            elif words[:2] == ["switch", "-c"]:
                edit(language)
            continue
        done = plantrack(words, capsys)
        assert done.code == 0, (words, done.err)
        assert_shown(shown, done.out + done.err)
        if words == ["plan", "diff", "--against", "origin/main"]:
            git("push", "--quiet", "origin", merged)
        if words == ["plan", "diff"]:
            refused = plantrack(["plan", "apply"], capsys)
            assert (refused.code, "plantrack drop 9" in refused.err) == (4, True)
    assert git("status", "--porcelain") == ""
    assert len(plantrack(["plan", "log"], capsys).out.split("sha256")) == 3
    again = plantrack(["plan", "apply"], capsys)
    assert again.code == 0
    assert len(plantrack(["plan", "log"], capsys).out.split("sha256")) == 3


@languages
def test_the_hook_is_ours(language: str) -> None:
    (config,) = [yaml.safe_load(b)["repos"] for b in yaml_blocks(language) if b.startswith("repos:")]
    offered = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert [hook["id"] for hook in config[0]["hooks"]] == [hook["id"] for hook in offered]


def scripts(part: Any) -> Iterator[str]:
    """Yield the commands in a file of CI."""
    for key, value in part.items() if isinstance(part, dict) else enumerate(part):
        if key in ("run", "script"):
            yield from [value] if isinstance(value, str) else value
        elif isinstance(value, dict | list):
            yield from scripts(value)


@languages
def test_the_files_of_ci_run_our_commands(language: str) -> None:
    ci = [yaml.safe_load(block) for block in blocks(page(language, "git").partition("## CI")[2])]
    assert len(ci) == 2
    for file in ci:
        ours = [line for line in scripts(file) if line.startswith("plantrack ")]
        assert [parse(line) for line in ours] == ["plan check", "plan diff"]


def test_both_languages_show_the_same() -> None:
    vi, en = ([t.words[:2] for t in walk(language)] for language in ("vi", "en"))
    assert vi == en
    for language in LANGUAGES:
        assert f"\n  {EDITOR_LINE_OF_LISTS}\n" in page(language, "git")


@languages
def test_conflict_marks_are_named(
    language: str, repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "P018" in page(language, "git")
    PLAN.write_text(f"<<<<<<< HEAD\n{PLAN.read_text('utf-8')}=======\n>>>>>>> x\n", "utf-8")
    done = plantrack(["plan", "check"], capsys)
    assert done.code == 5
    assert "P018" in done.out
