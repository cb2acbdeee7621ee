"""`plantrack completion`: what is printed is what the wheel has where shells look."""

import tomllib
from pathlib import Path

import pytest

from plantrack.cli.completion.answer import SCRIPTS
from tests.conftest import Run
from tests.support.source import ROOT

#: Where each shell looks, below the prefix of an installation.
PLACES = {
    "bash": "share/bash-completion/completions/plantrack",
    "zsh": "share/zsh/site-functions/_plantrack",
    "fish": "share/fish/vendor_completions.d/plantrack.fish",
}


@pytest.mark.parametrize("shell", SCRIPTS)
def test_the_script_that_is_printed_is_the_one_in_the_wheel(run: Run, shell: str) -> None:
    printed = run("completion", shell)
    assert (printed.code, printed.err) == (0, "")
    assert run("goi-y", shell.upper()).out == printed.out
    built = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["hatch"]["build"]
    (file,) = [f for f, place in built["targets"]["wheel"]["shared-data"].items() if place == PLACES[shell]]
    assert (ROOT / file).read_text("utf-8") == printed.out


def test_no_workspace_is_needed(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder := tmp_path / "empty").mkdir()
    monkeypatch.chdir(folder)
    assert run("completion", "bash").out.startswith("# Completion of plantrack in bash")
    assert not list(folder.iterdir())


def test_another_shell_is_refused_with_those_there_are(run: Run) -> None:
    ended = run("completion", "bsh")
    assert (ended.code, ended.out) == (2, "")
    assert "[unknown-shell]" in ended.err
    assert "bash" in ended.err
    assert run("completion").code == 2
