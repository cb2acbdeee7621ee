"""Options that several commands have: how their values are read."""

import pytest

from plantrack.cli.params import listed
from tests.conftest import Run


def test_ids_are_apart_by_spaces_or_commas(run: Run) -> None:
    for _ in range(3):
        run("add", "Họp", "--area", "3")
    assert run("update", "1,2", "3", "-p", "5").out.split() == ["1", "2", "3"]


@pytest.mark.parametrize(
    ("given", "read"),
    [
        (None, ()),
        ([], ()),
        (["a"], ("a",)),
        (["a,b", "c"], ("a", "b", "c")),
        ([" a , b ", ",", ""], ("a", "b")),
        (["hai từ, ba"], ("hai từ", "ba")),
    ],
)
def test_an_option_repeats_or_takes_commas(given: list[str] | None, read: tuple[str, ...]) -> None:
    assert listed(given) == read


@pytest.mark.parametrize("verb", ["update", "edit", "assign", "unassign", "remove", "show", "done"])
@pytest.mark.parametrize("ids", [("",), (",",), (" ", ", ,")])
def test_no_task_is_named_by_an_empty_variable_of_a_script(run: Run, verb: str, ids: tuple[str, ...]) -> None:
    reason = ("--reason", "x") if verb == "remove" else ()
    ended = run(verb, *ids, *reason)
    assert (ended.code, ended.out) == (2, "")
    assert "[missing-argument]" in ended.err
