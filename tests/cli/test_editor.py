"""The editor that somebody has chosen: what it makes of a text, and what is kept where it fails."""

import sys
import tempfile
from pathlib import Path

import pytest

from plantrack.cli.editor import edited
from plantrack.cli.session import Session
from plantrack.errors import Failure

TEXT = "Kết quả:\n"


@pytest.fixture(autouse=True)
def left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which files are left."""
    folder = tmp_path / "left"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    monkeypatch.delenv("VISUAL", raising=False)
    return folder


@pytest.fixture
def session() -> Session:
    return Session()


def set_editor(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, line: str, name: str = "EDITOR") -> None:
    """Choose an editor that runs a line of Python on the file `path`."""
    script = tmp_path / f"{name} của tôi.py"
    script.write_text(f"import pathlib, sys\npath = pathlib.Path(sys.argv[-1])\n{line}\n", "utf-8")
    monkeypatch.setenv(name, f"{sys.executable} '{script}' --wait")


def test_what_the_editor_wrote_is_given_and_no_file_is_left(
    session: Session, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, left: Path
) -> None:
    set_editor(monkeypatch, tmp_path, "path.write_text(path.read_text('utf-8') + 'đã họp', 'utf-8')")
    with edited(session, TEXT) as text:
        (file,) = left.iterdir()
        assert file.stat().st_mode & 0o077 == 0, "nobody else reads it"
        assert text == "Kết quả:\nđã họp"
    assert [*left.iterdir()] == []


def test_visual_comes_before_editor(
    session: Session, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, left: Path
) -> None:
    set_editor(monkeypatch, tmp_path, "path.write_text('hai')", "VISUAL")
    set_editor(monkeypatch, tmp_path, "path.write_text('một')")
    with edited(session, TEXT) as text:
        assert text == "hai"


def test_a_file_that_is_gone_is_an_empty_text(
    session: Session, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    set_editor(monkeypatch, tmp_path, "path.unlink()")
    with edited(session, TEXT) as text:
        assert text == ""


@pytest.mark.parametrize(
    ("line", "is_kept"), [("sys.exit(1)", False), ("path.write_text('x'); sys.exit(1)", True)]
)
def test_what_a_failing_editor_wrote_is_kept(
    session: Session, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, left: Path, line: str, is_kept: bool
) -> None:
    set_editor(monkeypatch, tmp_path, line)
    with pytest.raises(Failure) as caught, edited(session, TEXT):
        pass
    assert caught.value.code == "editor-failed"
    assert [file.read_text("utf-8") for file in left.iterdir()] == ["x"] * is_kept


@pytest.mark.parametrize("failure", [Failure("percent-range", percent="140"), KeyboardInterrupt()])
def test_what_cannot_be_recorded_is_kept_and_named(
    session: Session,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    left: Path,
    capfd: pytest.CaptureFixture[str],
    failure: BaseException,
) -> None:
    session.options["quiet"] = True  # it is named all the same
    set_editor(monkeypatch, tmp_path, "path.write_text('140')")
    with pytest.raises(type(failure)), edited(session, TEXT):
        raise failure
    (kept,) = left.iterdir()
    assert kept.read_text() == "140"
    assert str(kept) in capfd.readouterr().err


@pytest.mark.parametrize(
    ("chosen", "code"), [("không-có -w", "editor-failed"), ("mở 'dở", "editor-failed"), (" ", "editor-none")]
)
def test_an_editor_that_is_not_there_leaves_no_file(
    session: Session, monkeypatch: pytest.MonkeyPatch, left: Path, chosen: str, code: str
) -> None:
    monkeypatch.setenv("EDITOR", chosen)
    monkeypatch.setenv("PATH", str(left))
    with pytest.raises(Failure) as caught, edited(session, TEXT):
        pass
    assert caught.value.code == code
    assert [*left.iterdir()] == []
