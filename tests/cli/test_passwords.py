"""A password, wherever one can stand, is in no answer, error, file or row, and in no other program's arguments."""

import re
from pathlib import Path

import pytest

from plantrack.cli import app
from plantrack.cli.commands import COMMANDS
from plantrack.cli.editor import edited
from plantrack.cli.session import Session
from plantrack.cli.typer_adapter import load
from tests.conftest import Run
from tests.support.examples import watched
from tests.support.mail_server import serving, talking
from tests.support.passwords import MARK, files_with, passwords

A = "an@example.org"
WEEKLY = ("weekly", "--week", "2024-W29", "--mail-to", A)


def assert_untold(run: Run, workspace: Path, *args: str) -> int:
    """Run a command that is not to tell the password; return how it ended."""
    with watched() as seen:
        ended = run(*args)
    assert MARK not in ended.out + ended.err, args
    assert [words for words in seen.programs if MARK in " ".join(words)] == []
    assert files_with(workspace, MARK) == [], args
    return ended.code


@pytest.mark.parametrize("command", COMMANDS)
def test_no_option_takes_one(command: str) -> None:
    names = [name for param in load(command).params for name in (*param.opts, *param.secondary_opts)]
    assert not [name for name in names if re.search("pass|secret|token|mat-khau|khoa-bi-mat", name)]


@pytest.mark.parametrize("debug", ["", "1"])
@pytest.mark.parametrize("form", ["postgresql://u:{}@h/db", "postgresql:/u:{}@h/db", "host=h password={}"])
def test_the_address_of_a_database_is_shown_without_it(
    run: Run, workspace: Path, monkeypatch: pytest.MonkeyPatch, form: str, debug: str
) -> None:
    monkeypatch.setenv("PLANTRACK_DEBUG", debug)
    address = form.format(MARK)
    lines = [["list"], ["list", "--format", "json"], ["add", "Họp", "--area", "3"], ["db", "status"]]
    lines += [
        ["cron"],
        ["import", "x.jsonl"],
        ["weekly", "--output", "x.md"],
        ["plan", "check"],
        ["init", "--group", "x"],
    ]
    for args in lines:
        code = assert_untold(run, workspace, *args, "--db", address)
        assert (code == 0) is (args == ["plan", "check"])
        monkeypatch.setenv("PLANTRACK_DB", address)
        assert_untold(run, workspace, *args)
        monkeypatch.delenv("PLANTRACK_DB")
    for args in (["list", "--output", f"{address}/x.md"], ["import", address], ["-C", address, "list"]):
        assert assert_untold(run, workspace, *args) != 0


def test_the_file_of_the_password_may_be_the_password_by_mistake(
    run: Run, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLANTRACK_SMTP_URL", "smtps://u@127.0.0.1:9?from=kh@example.org")
    monkeypatch.setenv("PLANTRACK_SMTP_PASSWORD_FILE", MARK)
    for more in ([], ["--format", "json", "--output", "x.json"]):
        assert assert_untold(run, workspace, *WEEKLY, *more) == 5


@pytest.mark.parametrize("password", [MARK, f"{MARK}-wrong"])
def test_what_was_sent_or_not_is_kept_without_it(
    run: Run, workspace: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, password: str
) -> None:
    with serving(account=("nguoi-gui", password)) as mail:
        for name, value in passwords(tmp_path).items():
            monkeypatch.setenv(name, value.replace(":9?", f":{mail.port}?"))
        (tmp_path / "smtp-password").unlink()
        assert assert_untold(run, tmp_path, *WEEKLY) == (0 if password == MARK else 7)
        assert len(mail.handler.taken) == (password == MARK)
        for args in (
            ["log"],
            ["log", "--format", "json"],
            ["db", "status"],
            ["cron", "--mail-to", A],
            ["export"],
        ):
            assert assert_untold(run, tmp_path, *args) == 0


def test_a_server_that_repeats_it_is_kept_without_it(
    run: Run, workspace: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with talking(lambda line: line.sendall(f"554 go away, {MARK}\r\n".encode())) as port:
        monkeypatch.setenv("PLANTRACK_SMTP_URL", f"smtp://u:{MARK}@127.0.0.1:{port}?from=kh@example.org")
        assert assert_untold(run, workspace, *WEEKLY) == 7


def test_a_defect_does_not_show_it(run: Run, workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLANTRACK_DEBUG", "")

    def fail(*_: object) -> int:
        raise ValueError(f"cannot read smtp://u:{MARK}@h")

    monkeypatch.setattr(app, "_run", fail)
    assert assert_untold(run, workspace, "list") == 70


def test_an_editor_does_not_get_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name, value in passwords(tmp_path).items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", "true")
    with watched() as seen, edited(Session(), "x"):
        pass
    assert [words[0] for words in seen.programs] == ["true"]
    assert MARK not in repr(seen.programs)
