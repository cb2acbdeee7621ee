"""The two streams: data that goes out whole or fails, talk that may go unheard, and how wide a terminal is."""

import io
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.deliver.streams import (
    flush,
    is_stream,
    is_terminal,
    leads_to_stdout,
    read_stdin,
    terminal_width,
    write_stderr,
    write_stdout,
)
from plantrack.errors import Failure


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def run(code: str, **streams: object) -> subprocess.CompletedProcess[bytes]:
    """Run a few lines that use the streams, in a process whose streams are real files."""
    lines = f"from plantrack.deliver import streams\nfrom plantrack.errors import Failure\n{code}"
    env = {**os.environ, "PYTHONUNBUFFERED": ""}
    options = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "env": env, **streams}
    return subprocess.run([sys.executable, "-c", lines], check=False, **options)  # type: ignore[call-overload,no-any-return]


@pytest.fixture
def streams_of(monkeypatch: pytest.MonkeyPatch) -> Callable[[bytes], io.BytesIO]:
    """Put streams in the place of the three; what was written comes back."""

    def put_there(typed: bytes) -> io.BytesIO:
        out = io.BytesIO()
        monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(out, "utf-8", newline="\n"))
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(typed), "utf-8"))
        return out

    return put_there


@given(st.lists(st.text(st.characters(codec="utf-8")) | st.binary(), max_size=5))
def test_text_and_bytes_go_out_in_their_order(
    streams_of: Callable[[bytes], io.BytesIO], parts: list[str | bytes]
) -> None:
    out = streams_of(b"")
    for part in parts:
        write_stdout(part if isinstance(part, str) else [part])
    assert out.getvalue() == b"".join(p.encode() if isinstance(p, str) else p for p in parts)


@given(st.binary(max_size=100))
def test_what_is_typed_is_kept_to_the_byte(streams_of: Callable[[bytes], io.BytesIO], typed: bytes) -> None:
    streams_of(typed)
    assert read_stdin().encode("utf-8", "surrogateescape") == typed


def test_text_without_end_is_refused(streams_of: Callable[[bytes], io.BytesIO]) -> None:
    streams_of(b"x" * (1 << 22))
    assert len(read_stdin()) == 1 << 22
    streams_of(b"x" * ((1 << 22) + 1))
    with pytest.raises(Failure) as caught:
        read_stdin()
    assert (caught.value.code, caught.value.params) == ("stdin-too-long", {"limit": 4})


def test_streams_that_are_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("stdin", "stdout", "stderr"):
        monkeypatch.setattr(sys, name, None)
    assert read_stdin() == ""
    write_stderr("nobody listens")
    assert flush()
    assert not is_terminal(sys.stdout)
    assert not leads_to_stdout(Path("/dev/stdout"))
    with pytest.raises(Failure) as caught:
        write_stdout("x")
    assert caught.value.code == "output-failed"


def test_utf8_with_plain_line_ends_whatever_the_locale_says() -> None:
    code = "streams.use_utf8(); streams.write_stdout('\\u0110\\u1ec1 \\u00e1n\\n'); streams.write_stderr('n\\u00f3i \\udcd0')"
    done = run(code, env={**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"})
    assert (done.returncode, done.stdout) == (0, "Đề án\n".encode())
    assert done.stderr == "nói \\udcd0\n".encode()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device here")
def test_a_full_disk_behind_stdout_is_a_failure_told_once() -> None:
    code = """
try:
    streams.write_stdout("x")
except Failure as failure:
    streams.write_stderr(f"{failure.code}: {failure.params['reason']}")
assert streams.flush()
"""
    with open("/dev/full", "wb") as full:
        done = run(code, stdout=full)
    assert (done.returncode, done.stderr) == (0, b"output-failed: No space left on device\n")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device here")
def test_what_is_left_at_the_end_and_does_not_go_out_is_noticed() -> None:
    code = "import os, sys; sys.stdout.write('x'); ok = streams.flush(); os._exit(0 if ok else 9)"
    with open("/dev/full", "wb") as full:
        assert run(code, stdout=full).returncode == 9
        assert run("streams.write_stderr('x'); import os; os._exit(0)", stderr=full).returncode == 0


def test_a_reader_who_has_gone_away_is_no_failure() -> None:
    ours, theirs = os.pipe()
    os.close(ours)
    done = run(
        "for _ in range(3): streams.write_stdout('x' * 100_000)\nassert streams.flush()", stdout=theirs
    )
    os.close(theirs)
    assert (done.returncode, done.stderr) == (0, b"")


def test_where_stdout_leads(tmp_path: Path) -> None:
    code = f"""
from pathlib import Path
found = [streams.leads_to_stdout(Path(p)) for p in ("/dev/stdout", {str(tmp_path / "out")!r}, {str(tmp_path)!r}, "/no/x")]
streams.write_stderr(str(found))
"""
    with open(tmp_path / "out", "wb") as out:
        done = run(code, stdout=out)
    assert done.stderr == b"[True, True, False, False]\n"


def test_what_is_a_stream(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "file").touch()
    found = {name: is_stream(tmp_path / name) for name in ("pipe", "file", ".", "no", "x" * 300)}
    assert found == {"pipe": True, "file": False, ".": False, "no": False, "x" * 300: False}
    assert is_stream(Path("/dev/null"))


@pytest.mark.parametrize(
    ("told", "width"),
    [("120", 120), ("1", 1), ("0", 80), ("", 80), ("-5", 80), ("٤٠", 80), ("x", 80), ("1234567", 123456)],
)
def test_how_wide_a_terminal_is(told: str, width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", told)
    for stream in (None, io.StringIO(), Terminal()):
        assert terminal_width(stream) == width


def test_somebody_sits_behind_a_terminal_only() -> None:
    assert is_terminal(Terminal())
    assert not is_terminal(io.StringIO())
    assert not is_terminal(None)


def test_what_is_typed_is_utf8_whatever_the_locale_says() -> None:
    code = "import sys; from plantrack.deliver import streams; streams.use_utf8(); print(ascii(sys.stdin.readline()))"
    ended = subprocess.run(
        [sys.executable, "-c", code],
        input="có\n".encode() + b"\xff\n", capture_output=True, check=True, env={**os.environ, "PYTHONIOENCODING": "latin-1"},
    )  # fmt: skip
    assert ended.stdout == b"'c\\xf3\\n'\n"


def test_talk_has_nothing_that_a_terminal_obeys(capsys: pytest.CaptureFixture[str]) -> None:
    write_stderr("tệp \x1b]0;x\x07.md\nhai\udcff")
    assert capsys.readouterr().err == "tệp \\x1b]0;x\\x07.md\nhai\\udcff\n"
