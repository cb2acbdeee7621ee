"""Words as shells have them."""

import shlex

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.cli.completion.shell_words import ShellWord, for_bash, read_bash, read_fish

BREAKS = " \t\n\"'@><=;|&(:"


@pytest.mark.parametrize(
    ("line", "words", "word"),
    [
        ("", [], ShellWord()),
        ("plantrack ", ["plantrack"], ShellWord()),
        ("plantrack li", ["plantrack"], ShellWord("li")),
        ("a  b\tc ", ["a", "b", "c"], ShellWord()),
        ("a area:ND", ["a"], ShellWord("area:ND", "", 5)),
        ("a --lead=hl", ["a"], ShellWord("--lead=hl", "", 7)),
        ('a "to:ví d', ["a"], ShellWord("to:ví d", '"', 0)),
        ('a to:"ví d', ["a"], ShellWord("to:ví d", '"', 3)),
        ("a 'ví d", ["a"], ShellWord("ví d", "'", 0)),
        (r"a ví\ d", ["a"], ShellWord("ví d")),
        (r"a \"x y", ["a", '"x'], ShellWord("y")),
        (r'a "x\"y\z" b', ["a", r'x"y\z'], ShellWord("b")),
        ("a 'x' ''", ["a", "x"], ShellWord("", "", 0)),
        ("a x\\", ["a"], ShellWord("x")),
    ],
)
def test_a_line_of_bash_is_read_up_to_the_cursor(line: str, words: list[str], word: ShellWord) -> None:
    assert read_bash(line, BREAKS) == (words, word)


def test_the_home_folder_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/a")
    assert read_bash("x -C ~/w ~/p", BREAKS) == (["x", "-C", "/home/a/w"], ShellWord("/home/a/p"))


@given(st.lists(st.text(min_size=1)), st.text(alphabet=st.characters(exclude_characters="~")))
def test_whatever_is_quoted_is_read_as_it_was(words: list[str], last: str) -> None:
    typed = [word.replace("~", "") or "x" for word in words]
    line = "".join(f"{shlex.quote(word)} " for word in typed)
    assert read_bash(line + shlex.quote(last), "")[1].text == last
    assert read_bash(line, BREAKS)[0] == typed


@given(st.text(min_size=1, alphabet=st.characters(exclude_characters="~")), st.sampled_from(["", '"', "'"]))
def test_what_is_written_for_bash_is_read_as_it_was(value: str, quote: str) -> None:
    assert read_bash(f"a {quote}{for_bash(value, ShellWord(quote=quote))}", "")[1].text == value


def test_bash_is_given_what_it_replaces() -> None:
    assert for_bash("area:ND3", ShellWord("area:N", "", 5)) == "ND3"
    assert for_bash("to:Đỗ Thị A", ShellWord("to:d", "", 3)) == r"Đỗ\ Thị\ A"
    assert for_bash("Đỗ Thị A", ShellWord("d", '"', 0)) == "Đỗ Thị A"
    assert for_bash("a $b", ShellWord("a", "'", 0)) == "a $b"
    assert for_bash("a'; b", ShellWord("a", "'", 0)) == r"a'\''; b"


def test_the_last_word_of_fish_has_its_quotes() -> None:
    assert read_fish(["list", "a b", "'to:v"]) == ["list", "a b", "to:v"]
    assert read_fish(["list", r"to:ví\ d"]) == ["list", "to:ví d"]
    assert read_fish([""]) == [""]
