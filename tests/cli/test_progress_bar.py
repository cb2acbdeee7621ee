"""The line that says how far long work is: on a terminal, after a second, and gone at the end."""

import io
from collections.abc import Iterator
from contextlib import redirect_stderr
from pathlib import Path

import pytest

from plantrack.cli.progress_bar import progress_bar, server_awaited
from plantrack.cli.session import Session
from tests.conftest import Run
from tests.support.older import made_by_version


class Terminal(io.StringIO):
    """A stream that says that it is a terminal."""

    def isatty(self) -> bool:
        return True

    def lines(self) -> list[str]:
        return self.getvalue().split("\r")


@pytest.fixture
def terminal() -> Terminal:
    return Terminal()


def seconds(*times: float) -> Iterator[float]:
    yield from times


def shown(terminal: Terminal, times: list[float], shares: list[float], **options: object) -> list[str]:
    session = Session()
    session.options |= {"lang": "en", **options}
    clock = seconds(0, *times)
    with redirect_stderr(terminal), progress_bar(session, "advance.upgrade", lambda: next(clock)) as advance:
        for share in shares:
            advance(share)
    return terminal.lines()


def test_what_is_quick_shows_nothing(terminal: Terminal) -> None:
    assert shown(terminal, [0.5, 0.9], [0.5, 1]) == [""]


def test_after_a_second_the_line_is_written_over_and_goes_at_the_end(terminal: Terminal) -> None:
    half = "Upgrading the database [##########..........] 50.0%"
    whole = "Upgrading the database [####################] 100.0%"
    seen = shown(terminal, [0.5, 1.5, 1.6, 2], [0.2, 0.5, 0.5, 1])
    assert seen == ["", half, "", whole, "", " " * len(whole), ""]


def test_a_narrow_terminal_has_the_number_alone(terminal: Terminal) -> None:
    assert shown(terminal, [2], [0.25], width="40") == ["", "25.0%", "", "     ", ""]


def test_asked_to_be_quiet_it_is(terminal: Terminal) -> None:
    assert shown(terminal, [2], [0.25], quiet=True) == [""]


def test_it_is_gone_when_the_work_is_interrupted(terminal: Terminal) -> None:
    session, clock = Session(), seconds(0, 2)
    session.options["lang"] = "vi"
    with (
        pytest.raises(KeyboardInterrupt),
        redirect_stderr(terminal),
        progress_bar(session, "advance.upgrade", lambda: next(clock)) as advance,
    ):
        advance(0.999)
        raise KeyboardInterrupt
    line = "Nâng cấp cơ sở dữ liệu [###################.] 99,9%"
    assert terminal.lines() == ["", line, "", " " * len(line), ""]


def test_in_a_pipe_there_is_only_what_is_said(
    run: Run, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("plantrack.cli.progress_bar._PATIENCE", -1.0)
    made_by_version(4, workspace / "plantrack.db")
    ended = run("db", "upgrade", "--lang", "en")
    assert (ended.code, ended.out, "\r" in ended.err, ended.err.count("\n")) == (0, "", False, 2)


def test_a_server_that_takes_its_time_is_said_to_be_waited_for(terminal: Terminal) -> None:
    session, said = Session(), "Waiting for the server to answer (Ctrl+C to stop)"
    session.options["lang"] = "en"
    with redirect_stderr(terminal):
        with server_awaited(session, 60):
            pass
        assert terminal.getvalue() == ""
        with server_awaited(session, 0):
            while said not in terminal.getvalue():
                pass
    assert terminal.lines() == ["", said, "", " " * len(said), ""][: len(terminal.lines())]
    assert terminal.lines()[-2].strip() == ""
