"""A short run of each parser, the same each time; `python -m tests.fuzz` goes on as long as there is time."""

import pytest

from plantrack.errors import Failure
from tests.fuzz import files, words
from tests.fuzz.running import Figures, Found, run
from tests.fuzz.target import Target, seeded

pytestmark = pytest.mark.no_cover

TARGETS = {target.name: target for target in (*words.TARGETS, *files.TARGETS)}
SEED = 1


@pytest.mark.parametrize("name", TARGETS)
def test_nothing_comes_of_any_input_but_an_answer_or_a_failure(name: str) -> None:
    *found, figures = run(TARGETS[name], SEED, 0, TARGETS[name].few, 0, 0)
    assert [str(one) for one in found] == []
    assert isinstance(figures, Figures)
    assert figures.tried == TARGETS[name].few


def test_the_same_number_gives_the_same_input() -> None:
    for target in TARGETS.values():
        assert target.make(seeded(SEED, 5)) == target.make(seeded(SEED, 5)), target.name


def test_what_nobody_foresaw_is_found_with_its_number() -> None:
    def hold(number: int) -> None:
        if number % 3 == 0:
            raise Failure("interrupted")
        assert number % 7

    odd = Target("odd", lambda rng: rng.randrange(10**6), hold)
    *found, figures = run(odd, 7, 0, 200, 0, 0)
    assert isinstance(figures, Figures)
    assert figures.found == len([n for n in range(200) if is_wrong(odd, n)]) > 0
    assert figures.refused > 0
    first = found[0]
    assert isinstance(first, Found)
    assert is_wrong(odd, first.number)
    assert f"odd --first {first.number}: AssertionError" in str(first)


def is_wrong(odd: Target, number: int) -> bool:
    made = odd.make(seeded(7, number))
    return bool(made % 3 and made % 7 == 0)


def test_what_takes_too_long_is_found() -> None:
    def hold(_: object) -> None:
        while True:
            pass

    *found, _ = run(Target("endless", lambda rng: "x", hold), 1, 0, 1, 0, 0.05)
    assert "TooSlowError" in str(found[0])
