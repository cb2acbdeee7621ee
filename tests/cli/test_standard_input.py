"""Texts and titles from standard input in place of a `-`, and a yes at the keyboard."""

import io
import json
import unicodedata
from pathlib import Path

import pytest

from tests.conftest import Run, dump
from tests.support.answers import task
from tests.support.terminal import on_terminal

TEXTS = ("--result", "--next", "--blocked", "--proposal", "--answered", "--told-by", "--note", "--evidence")


@pytest.fixture
def stdin(monkeypatch: pytest.MonkeyPatch) -> "Stdin":
    return Stdin(monkeypatch)


class Stdin:
    """What the next command reads from standard input."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._set = monkeypatch

    def __call__(self, data: str | bytes) -> None:
        raw = data.encode() if isinstance(data, str) else data
        self._set.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(raw)))


@pytest.mark.parametrize("option", TEXTS)
def test_a_dash_is_the_text_on_standard_input(two: Run, stdin: Stdin, option: str) -> None:
    stdin("đã họp\r\nlần hai\n" if option not in ("--told-by", "--evidence") else "đã họp\n")
    assert two("update", "1", option, "-", "--proposal=x" if option == "--answered" else "-p10").code == 0
    said = json.loads(two("log", "1", "--format", "json").out)["data"]
    assert "đã họp" in str(said)
    assert "'-'" not in str(said)


def test_other_verbs_take_a_dash_too(two: Run, stdin: Stdin) -> None:
    for args, field, value in (
        (["edit", "1", "--title", "-"], "title", "Tên mới"),
        (["edit", "1", "--deliverable=-"], "deliverable", "Báo cáo"),
        (["assign", "1", "--to", "An", "--to", "-"], "in_charge", ["An", "Bình"]),
    ):
        stdin(value if isinstance(value, str) else value[-1])
        assert two(*args).code == 0
        assert task(two, "1")[field] == value
    stdin("nhập nhầm")
    assert two("remove", "2", "--reason", "-").code == 0


def test_a_dash_for_titles_adds_a_task_a_line(run: Run, stdin: Stdin) -> None:
    nfd = unicodedata.normalize("NFD", "Họp tổ")
    stdin(f"\ufeff{nfd}\r\n\n   \r  Rà soát \u2028Tổng kết")
    assert run("add", "-", "--area", "3", "--due", "30/9/2024").out.split() == ["1", "2", "3"]
    assert [task(run, n)["title"] for n in "123"] == ["Họp tổ", "Rà soát", "Tổng kết"]
    assert len({task(run, n)["due"] for n in "123"}) == 1
    assert run("undo").code == 0, "one command"
    assert json.loads(run("list", "--format", "json").out)["total"] == 0


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ("", "stdin-empty"),
        (" \n\n", "stdin-empty"),
        ("được\nhỏng\x00\n", "text-control"),
        ("được\nh\x0bỏng", "text-control"),
        (b"\xe1\xba", "text-not-utf8"),
        (b"\xff\xfeH\x00", "text-not-utf8"),
        ("x" * 5_000_000, "stdin-too-long"),
        ("x" * 30_000, "text-too-long"),
    ],
)
def test_what_cannot_be_a_text_changes_nothing(
    two: Run, workspace: Path, stdin: Stdin, data: str | bytes, code: str
) -> None:
    before = dump(workspace / "plantrack.db")
    for args in (["add", "-", "--area", "3"], ["update", "1", "-r", "-"]):
        if args[0] == "update" and data == "được\nhỏng\x00\n":
            continue
        stdin(data)
        ended = two(*args)
        assert (ended.code, ended.out) == (2, "")
        assert f"[{code}]" in ended.err
    assert dump(workspace / "plantrack.db") == before


def test_a_closed_standard_input_is_empty(two: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", None)
    assert "[stdin-empty]" in two("update", "1", "-r", "-").err


def test_at_a_terminal_it_is_said_that_the_keyboard_is_read(workspace: Path) -> None:
    seen = on_terminal(workspace, "add", "-", "--area", "3", typed="Một\nHai\n\x04")
    assert "Ctrl-D" in seen
    assert "Đã thêm 2 nhiệm vụ" in seen


def test_a_person_is_asked_for_at_a_terminal(workspace: Path, run: Run) -> None:
    run("add", "Một", "--area", "3", "--to", "Ví Thị Lan")
    for answer, charged in (("c", True), ("", False), ("k", False)):
        label = run("add", f"Việc {answer}", "--area", "3").out.strip()
        seen = on_terminal(workspace, "assign", label, "--to", "lan", typed=f"{answer}\n")
        assert "Ví Thị Lan" in seen
        assert ("Phụ trách: Ví Thị Lan" in seen) is charged
        assert ("[person-in-part]" in seen) is not charged
