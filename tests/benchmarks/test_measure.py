"""Ratios of processes, and what a process took."""

import sys
from pathlib import Path

import pytest

from tests.benchmarks.measure import Command, Run, interleaved, ratios, run, spread

TRUE = [sys.executable, "-I", "-S", "-c", "pass"]


@pytest.mark.parametrize("terminal", [False, True])
def test_a_process_is_measured_by_itself(tmp_path: Path, *, terminal: bool) -> None:
    """However much memory the one that measures has: a child's peak begins with that of its parent."""
    much = bytearray(200_000_000)
    found = run(Command(TRUE, tmp_path, terminal))
    assert len(much) > found.peak * 1e6
    assert 1 < found.peak < 60
    assert found.wall > 0


def test_a_process_that_fails_ends_the_run(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="exit 3"):
        run(Command([sys.executable, "-c", "raise SystemExit(3)"], tmp_path))


def test_processes_run_by_turns(tmp_path: Path) -> None:
    asked = []

    def command(name: str) -> Command:
        asked.append(name)
        return Command(TRUE, tmp_path)

    runs = interleaved({name: lambda name=name: command(name) for name in "ab"}, 4, 1000)  # type: ignore[misc]
    assert "".join(asked) == "ab" * 5
    assert [len(of) for of in runs.values()] == [4, 4]


@pytest.mark.parametrize(("seconds", "rounds"), [(0, 1), (10_000, 4)])
def test_what_takes_long_has_fewer_rounds(seconds: float, rounds: int, tmp_path: Path) -> None:
    assert len(interleaved({"a": lambda: Command(TRUE, tmp_path)}, 4, seconds)["a"]) == rounds


def test_ratios_are_of_the_same_round() -> None:
    ours, floor, few = ([Run(0, cpu, 0) for cpu in of] for of in ((4, 8, 6), (1, 2, 1), (1, 4, 2)))
    assert ratios(ours, floor).median == 4
    assert ratios(ours, floor, few).median == 3
    assert spread([1, 2, 3, 4, 5]) == (3, 2, 4)
    assert spread([2]) == (2, 2, 2)
