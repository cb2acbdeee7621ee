"""What tests of commands share: a mail server that they can send to, the worked example, a July of work."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from plantrack.cli.app import main
from plantrack.services.verbs.demo import build
from tests.conftest import Hands, Run
from tests.support.mail_server import Mail, serving
from tests.support.once import once
from tests.support.written_forms import Made


@pytest.fixture
def mail(monkeypatch: pytest.MonkeyPatch) -> Iterator[Mail]:
    """A server that takes what is not told otherwise, and the settings to reach it."""
    with serving() as running:
        monkeypatch.setenv("PLANTRACK_SMTP_URL", f"smtp://127.0.0.1:{running.port}")
        monkeypatch.setenv("PLANTRACK_MAIL_FROM", "Tổng hợp <kh@example.org>")
        yield running


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The worked example, to be read."""
    folder = tmp_path_factory.mktemp("example") / "vi-du"
    build(folder)
    return folder


@pytest.fixture
def made(example: Path, tmp_path: Path) -> Made:
    """Return the bytes of the file that a command writes: `made("weekly", "csv")`."""

    def make(command: str, form: str, *more: str, lang: str = "vi") -> bytes:
        file = tmp_path / f"out.{form}"
        args = (*command.split(), *more, "--lang", lang, "--format", form, "--output", str(file))
        assert main(("-C", str(example), *args, "--quiet"), Hands("2024-07-22")) == 0
        return file.read_bytes()

    return make


@pytest.fixture
def july(run: Run, workspace: Path, clock: Hands) -> Run:
    """Make an overdue task, one that is blocked, one that is done, and something of everything else."""

    def work() -> None:
        clock.set("2024-06-20")
        run("add", "Hội thảo", "--area", "3", "--due", "10/7/2024", "--lead", "ubdt")
        run("add", "Tập huấn", "--activity", "2.2", "--due", "30/9/2024", "--lead", "hlhpn", "--with", "ubdt")
        run("add", "Giám sát", "--area", "5", "--lead", "ubdt")
        clock.set("2024-07-09")
        run("update", "1", "-r", "đã họp", "--proposal", "thêm kinh phí", "--note", "ghi chú nội bộ")
        run("update", "2", "-b", "thiếu báo cáo viên", "-n", "mời người khác")
        run("done", "3", "-r", "xong")
        run("extend", "2", "--due", "31/10/2024", "--reason", "chờ")

    once(workspace, work)
    clock.set("2024-07-15")
    return run


@pytest.fixture
def two(run: Run, workspace: Path) -> Run:
    """A workspace with tasks 1 and 2."""

    def work() -> None:
        run("add", "Một", "--area", "3")
        run("add", "Hai", "--area", "3")

    once(workspace, work)
    return run
