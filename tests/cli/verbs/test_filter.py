"""`filter` as it is typed, and `@NAME` wherever a filter is."""

from pathlib import Path

import pytest

from tests.conftest import Run
from tests.support.answers import answered
from tests.support.once import once


@pytest.fixture
def kept(run: Run, workspace: Path) -> Run:
    """A workspace with a saved filter, and a task that passes it."""

    def work() -> None:
        assert run("add", "Họp", "--area", "3", "--due", "2024-07-01").code == 0
        assert run("add", "Gặp", "--area", "2").code == 0
        assert run("filter", "save", "hội-nghị", "area:3", "status:-paused").code == 0

    once(workspace, work)
    return run


def test_a_script_gets_the_name_and_a_person_how_it_reads(run: Run) -> None:
    ended = run("filter", "save", "gấp", "qua", "han", "area:3", "--lang", "en")
    assert (ended.code, ended.out) == (0, "@gấp\n")
    assert "overdue area:ND3" in ended.err
    assert "plantrack undo c2" in ended.err
    again = run("filter", "save", "gap", "area:2", "--lang", "en")
    assert "@gấp was before: qua han area:3" in again.err
    assert "so already" in run("filter", "save", "gap", "area:2", "--lang", "en").err
    gone = run("filter", "remove", "@gấp", "--lang", "en")
    assert (gone.code, gone.out) == (0, "@gap\n")
    assert "Removed the filter @gap: area:2" in gone.err


def test_in_json_it_is_the_filter(run: Run) -> None:
    (found,) = answered(run, "filter", "save", "gấp", "area:3", "due:..+7d")
    assert (found["name"], found["terms"], found["command"]) == ("gấp", ["area:3", "due:..+7d"], "c2")
    assert [one["name"] for one in answered(run, "filter", "list")] == ["late", "mine", "gấp"]


@pytest.mark.parametrize(
    "command",
    [
        ("list", "@hoi-nghi"),
        ("progress", "@hoi-nghi"),
        ("progress", "--programme", "@hoi-nghi"),
        ("weekly", "@hoi-nghi", "--week", "2024-W30"),
        ("report", "--period", "2024-07", "@hoi-nghi"),
    ],
)
def test_a_name_stands_wherever_a_filter_is_read(kept: Run, command: tuple[str, ...]) -> None:
    ended = kept(*command)
    assert ended.code == 0, ended.err
    assert "area:ND3 status:-paused" in ended.out


def test_other_terms_are_joined_to_it(kept: Run) -> None:
    assert [task["title"] for task in answered(kept, "list", "@hội-nghị", "@late")] == ["Họp"]
    assert answered(kept, "list", "@hội-nghị", "area:2") == []


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        (["list", "@lat"], 3, "@late"),
        (["list", "@hội"], 3, "@hội-nghị"),
        (["list", "@mine"], 3, 'plantrack person set "NAME" --login'),
        (["filter", "save", "x"], 2, "FILTER"),
        (["filter", "save", "mine", "area:3"], 2, "filter list"),
        (["filter", "save", "x", "@hội-nghị"], 2, "@late"),
        (["filter", "remove", "x"], 3, "filter list"),
        (["filter", "remove", "late"], 2, "@late"),
    ],
)
def test_what_is_refused_says_what_to_do(kept: Run, args: list[str], code: int, said: str) -> None:
    ended = kept(*args, "--lang", "en")
    assert (ended.code, ended.out) == (code, "")
    assert said in ended.err
