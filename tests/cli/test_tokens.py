"""Where a text ends that is typed: words on both sides of one are refused."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plantrack.cli.tokens import read_tokens, torn_texts
from plantrack.cli.typer_adapter import load, params_of
from plantrack.errors import Failure
from tests.conftest import Run

TEXTS = ("--result", "--next", "--blocked", "--proposal", "--answered", "--told-by", "--note", "--evidence")


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
    assert torn_texts(list(read_tokens(OPTIONS, [*plain, *typed]))) == {}
    with pytest.raises(Failure, match="text-torn"):
        torn_texts(list(read_tokens(OPTIONS, [*plain, *typed, *plain])))


def test_every_text_of_a_verb_is_known_as_one() -> None:
    known = {name for option in OPTIONS if option.takes_text for name in option.names}
    assert {*TEXTS, "--author"} <= known


def test_a_swallowed_option_can_be_forced(two: Run) -> None:
    assert two("update", "1", "--note=--unblocked").code == 0
