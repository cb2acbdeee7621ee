"""Long answers through a pager: on a real terminal, with the real less, and with pagers that do not work."""

import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack import system
from plantrack.deliver import pager
from plantrack.deliver.pager import chosen_pager
from tests.support.terminal import Screen, on_screen

LESS = pytest.mark.skipif(shutil.which("less") is None, reason="needs less")
#: What is looked at, and what only its end has: it is longer than a screen.
LONG, END = ("help", "history"), "Recording late"
#: The prompt of less: with tones where it can.
PROMPTS = ("phím cách: trang sau, /: tìm, q: thoát", "phim cach: trang sau, /: tim, q: thoat")
#: Leave as soon as there is a prompt; of one that is too long there is the end.
LEAVE = [("q: ", "q")]


def looked_at(*args: str, keys: Sequence[tuple[str, str]] = (), **env: str) -> Screen:
    return on_screen(Path("/"), *(args or (*LONG, "--lang", "en")), env=env, keys=keys)


@LESS
def test_what_is_longer_than_the_screen_is_shown_in_less_and_left_with_q() -> None:
    seen, code, echoes = looked_at(*LONG, "--lang", "vi", keys=LEAVE)
    assert any(prompt in seen for prompt in PROMPTS)
    assert "Vào năm sau" not in seen
    assert (code, echoes) == (0, True)
    assert "space: next page, /: search, q: quit" in looked_at(keys=LEAVE).seen


@LESS
def test_what_has_room_on_the_screen_is_printed(workspace: Path) -> None:
    for size, is_paged in (((24, 80), False), ((6, 80), True), ((6, 20), True), ((24, 20), True)):
        seen = on_screen(workspace, "progress", "--no-color", size=size, keys=LEAVE).seen
        assert ("q: " in seen) == is_paged, size


@LESS
def test_vietnamese_is_readable_in_any_locale_and_colours_are_kept(workspace: Path) -> None:
    seen = on_screen(workspace, "plan", "show", keys=LEAVE, env={"LC_ALL": "C"}).seen
    assert "Tên kế hoạch" in seen
    assert "\x1b[1m" in seen


@LESS
def test_ctrl_c_is_the_pagers_own() -> None:
    seen, code, _ = looked_at(keys=[("q: ", "\x03"), ("", " "), ("", "q"), ("", "q")])
    assert "Traceback" not in seen
    assert code == 0


@LESS
def test_a_reader_who_has_set_less_up_keeps_it() -> None:
    assert "q: quit" not in looked_at(LESS="-RXPsmine", keys=[("mine", "q")]).seen


@LESS
def test_the_exit_code_is_that_of_the_command(workspace: Path) -> None:
    asked = ("plan", "check", "plans/none.yaml", "--format", "json")
    assert on_screen(workspace, *asked, size=(5, 80), keys=LEAVE).code == 5


@pytest.mark.parametrize(
    "env",
    [
        {"PATH": "/nonexistent"},
        {"PAGER": ""},
        {"PAGER": "cat"},
        {"PAGER": "nonexistent -R"},
        {"PAGER": 'nonexistent "$HOME"'},
        {"PAGER": "less 'open"},
        {"PAGER": "head -1", "PLANTRACK_PAGER": ""},
        {"PAGER": "head -1", "TERM": "dumb"},
    ],
    ids=str,
)
def test_where_there_is_no_pager_everything_is_printed(env: dict[str, str]) -> None:
    seen, code, _ = on_screen(Path("/"), *LONG, "--lang", "en", env=env)
    assert END in seen
    assert code == 0


def test_an_option_prints_everything() -> None:
    for args in ((*LONG, "--no-pager"), ("--no-pager", *LONG)):
        assert END in looked_at(*args, "--lang", "en", PAGER="head -1").seen


def test_a_pager_may_leave_early() -> None:
    for choice in ("head -1", "head -1 | cat"):
        seen, code, _ = looked_at(PAGER=choice)
        assert (seen, code) == ("# History, undo, and figures of an earlier day\n", 0)


@pytest.mark.parametrize(
    "choice", ["false", "sh -c 'exit 3'", "sh -c 'stty -echo; kill -9 $$'", "sh -c 'exec <&-; exit 1'"]
)
def test_a_pager_that_fails_is_named_and_the_terminal_is_as_it_was(choice: str) -> None:
    seen, code, echoes = looked_at(PAGER=choice)
    assert "The pager (PLANTRACK_PAGER, PAGER) ended with" in seen
    assert "--no-pager" in seen
    assert "Traceback" not in seen
    assert (code, echoes) == (0, True)


def test_ctrl_c_in_a_pager_that_ends_with_it_ends_the_command() -> None:
    seen, code, _ = looked_at(PAGER="sh -c 'kill -INT $$'")
    assert (code, "Traceback" in seen) == (130, False)


@pytest.mark.parametrize(
    ("env", "command"),
    [
        ({}, ["less"]),
        ({"PAGER": "more"}, ["more"]),
        ({"PAGER": "more", "PLANTRACK_PAGER": "less -S"}, ["less", "-S"]),
        ({"PAGER": "less '-P a b'"}, ["less", "-P a b"]),
        ({"PAGER": "less | cat"}, ["sh", "-c", "less | cat"]),
        ({"PAGER": "cat"}, []),
        ({"PAGER": " "}, []),
        ({"PAGER": "more", "PLANTRACK_PAGER": ""}, []),
    ],
)
def test_the_pager_is_the_first_that_is_set(
    env: dict[str, str], command: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("PAGER", "PLANTRACK_PAGER"):
        monkeypatch.delenv(name, raising=False)
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(shutil, "which", lambda name: f"/bin/{name}")
    assert chosen_pager() == command


def test_on_windows_a_pager_is_run_without_a_shell(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (pager, system):
        monkeypatch.setattr(module, "WINDOWS", True)
    monkeypatch.setattr(shutil, "which", lambda name: name)
    monkeypatch.setenv("PAGER", r'"C:\Program Files (x86)\less.exe" -R')
    assert chosen_pager() == [r"C:\Program Files (x86)\less.exe", "-R"]


@given(
    whole=st.text(st.sampled_from("ab\n\u01a1"), max_size=60).map(str.encode),
    cuts=st.lists(st.integers(0, 90), max_size=5).map(sorted),
)
def test_lines_of_a_screen_are_counted_however_a_text_is_cut(
    whole: bytes, cuts: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "7")
    ends = zip([0, *cuts], [*cuts, len(whole)], strict=True)
    lines = whole.decode().removesuffix("\n").split("\n")
    expected = sum(-(-len(line) // 7) or 1 for line in lines)
    assert pager._rows([whole[a:b] for a, b in ends if b > a or not whole]) == expected
