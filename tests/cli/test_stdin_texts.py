"""Texts that are typed: where they end, and `-` for standard input."""

import io
import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plantrack.cli.tokens import tokens, torn
from plantrack.cli.typer_adapter import load, params_of
from plantrack.errors import Failure
from tests.conftest import Run, dump
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


def task(run: Run, label: str) -> dict[str, object]:
    (found,) = json.loads(run("show", label, "--format", "json").out)["data"]
    return dict(found)


# Where a text ends.


@pytest.fixture
def two(run: Run) -> Run:
    """A workspace with tasks 1 and 2."""
    run("add", "Một", "--area", "3")
    run("add", "Hai", "--area", "3")
    return run


@pytest.mark.parametrize(
    "args",
    [
        ["update", "1", "2", "-r", "da"],
        ["update", "-r", "da", "1", "2"],
        ["update", "1", "-p", "10", "2"],
        ["update", "1", "-p10", "2"],
        ["update", "1", "-o", "18/7/2024", "-p", "10", "2"],
        ["update", "-r", "da xong 10", "--", "1", "2"],
        ["done", "1", "--on", "18/7/2024", "2"],
    ],
)
def test_tasks_may_stand_where_they_are_plain(two: Run, args: list[str]) -> None:
    assert two(*args).out.split() == ["1", "2"]


def test_the_refusal_shows_how_it_is_written(two: Run) -> None:
    ended = two("--lang", "en", "update", "1", "-r", "da", "xong", "2")
    assert ended.code == 2
    assert '-r "da xong 2"' in ended.err
    assert two("add", "--area", "3", "Ba", "bốn").code == 0, "the words of a title are no texts of options"


def test_a_task_that_is_none_is_one_where_no_text_stands_before_it(two: Run) -> None:
    assert "[unknown-task]" in two("update", "1", "xong", "-r", "da").err
    assert "[unknown-task]" in two("update", "1", "-p", "10", "xong").err


@pytest.mark.parametrize(
    ("args", "written"),
    [
        (["extend", "1", "--due", "cuối", "tháng", "--reason", "chờ"], '--due "cuối tháng"'),
        (["update", "1", "-s", "đang", "thực", "hiện"], '-s "đang thực hiện"'),
        (["update", "1", "-r", "đã họp", "-o", "hôm", "qua"], '-o "hôm qua"'),
        (["assign", "1", "--lead", "hội", "phụ", "nữ"], '--lead "hội phụ nữ"'),
        (["edit", "1", "--priority", "rất", "cao"], '--priority "rất cao"'),
    ],
)
def test_a_value_of_several_words_is_shown_in_quotes(two: Run, args: list[str], written: str) -> None:
    ended = two(*args)
    assert "[text-torn]" in ended.err
    assert written in ended.err


def test_a_wrong_value_before_a_task_is_wrong(two: Run) -> None:
    assert "[unknown-status]" in two("update", "1", "-s", "xog", "2").err
    assert "[bad-date]" in two("extend", "1", "--reason=chờ", "--due", "mốt").err


OPTIONS = params_of(load("update").params).options
WORDS = st.text("ab1-=. ", min_size=1, max_size=6)


@given(st.lists(WORDS, min_size=1, max_size=4), st.sampled_from(TEXTS), WORDS, st.booleans())
@settings(max_examples=60)
def test_words_on_both_sides_of_a_text_are_always_refused(
    before: list[str], option: str, text: str, joined: bool
) -> None:
    plain = [word.lstrip("-") or "1" for word in before]
    typed = [f"{option}={text}"] if joined else [option, text]
    assert torn(list(tokens(OPTIONS, [*plain, *typed]))) == {}
    with pytest.raises(Failure, match="text-torn"):
        torn(list(tokens(OPTIONS, [*plain, *typed, *plain])))


def test_every_text_of_a_verb_is_known_as_one() -> None:
    known = {name for option in OPTIONS if option.takes_text for name in option.names}
    assert {*TEXTS, "--author"} <= known


# Standard input.


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
