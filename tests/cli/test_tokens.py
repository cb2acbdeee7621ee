"""Where a text ends that is typed: words on both sides of one are refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.cli.tokens import read_tokens, refuse_repeated, refuse_swallowed, torn_texts
from plantrack.cli.typer_adapter import load, params_of
from plantrack.errors import Failure
from tests.conftest import Run

TEXTS = ("--result", "--next", "--blocked", "--proposal", "--answered", "--told-by", "--note", "--evidence")


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


@pytest.mark.parametrize(
    ("args", "tokens"),
    [
        (["1", "2"], [("", "1"), ("", "2")]),
        (["-r", "da", "1"], [("-r", "da"), ("", "1")]),
        (["--result=da"], [("--result", "da")]),
        (["--result="], [("--result", "")]),
        (["--result", "--next"], [("--result", "--next")]),
        (["-rda"], [("-r", "da")]),
        (["-qrda"], [("-q", None), ("-r", "da")]),
        (["-qr", "da"], [("-q", None), ("-r", "da")]),
        (["--unblocked", "1"], [("--unblocked", None), ("", "1")]),
        (["--nope", "1"], [("--nope", None), ("", "1")]),
        (["--nope=x"], [("--nope", None)]),
        (["-zx"], [("-z", None)]),
        (["-r"], [("-r", None)]),
        (["-", ""], [("", "-"), ("", "")]),
        (["1", "--", "-r", "--"], [("", "1"), ("", "-r"), ("", "--")]),
    ],
)
def test_words_are_read_one_by_one(args: list[str], tokens: list[tuple[str, str | None]]) -> None:
    assert [(token.name, token.value) for token in read_tokens(OPTIONS, args)] == tokens


@pytest.mark.parametrize(
    ("args", "apart"), [(["-r", "da"], True), (["-rda"], False), (["-r=da"], False), (["--result=da"], False)]
)
def test_whether_a_value_is_a_word_of_its_own(args: list[str], apart: bool) -> None:
    (token,) = read_tokens(OPTIONS, args)
    assert token.is_apart is apart


@pytest.mark.parametrize("value", ["--next", "--unblocked", "-q", "--next=x"])
def test_a_value_that_is_an_option_is_refused_unless_it_is_joined(value: str) -> None:
    with pytest.raises(Failure) as caught:
        refuse_swallowed(OPTIONS, read_tokens(OPTIONS, ["--note", value]))
    assert (caught.value.code, caught.value.params) == (
        "option-swallowed",
        {"option": "--note", "value": value},
    )
    refuse_swallowed(OPTIONS, read_tokens(OPTIONS, [f"--note={value}"]))
    refuse_swallowed(OPTIONS, read_tokens(OPTIONS, ["--note", "--nope"]))


def test_a_text_is_given_once_under_whichever_name() -> None:
    with pytest.raises(Failure) as caught:
        refuse_repeated(read_tokens(OPTIONS, ["-r", "a", "1", "--result=b"]))
    assert (caught.value.code, caught.value.params) == ("text-twice", {"option": "--result"})


@pytest.mark.parametrize(
    ("verb", "args"),
    [
        ("update", ["-p", "10", "-p", "20"]),
        ("update", ["-r", "a", "-n", "b"]),
        ("update", ["--author", "A", "--author", "B"]),
        ("assign", ["--to", "A", "--to", "B"]),
    ],
)
def test_what_repeats_without_loss_may(verb: str, args: list[str]) -> None:
    options = params_of(load(verb).params).options
    refuse_repeated(read_tokens(options, args))


def torn(*args: str) -> dict[str, tuple[object, object]]:
    """Return what would be said of words behind values, by the word: which they are, and how it is written whole."""
    found = torn_texts(list(read_tokens(OPTIONS, args)))
    return {word: (failure.params["words"], failure.params["whole"]) for word, failure in found.items()}


def test_words_behind_a_value_of_several_are_kept_should_they_be_no_tasks() -> None:
    assert torn("1", "--status", "đang", "thực", "hiện") == {
        "thực": ("thực hiện", "đang thực hiện"),
        "hiện": ("hiện", "đang thực hiện"),
        "đang": ("thực hiện", "đang thực hiện"),
    }
    assert torn("1", "-o", "18/7/2024", "2") == {"2": ("2", "18/7/2024 2")}
    assert torn("1", "-p", "10", "2") == {}
