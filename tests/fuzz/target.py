"""What is fuzzed: where its inputs come from, and what must hold of each."""

from collections.abc import Callable
from random import Random
from typing import Any, NamedTuple

from plantrack.errors import Failure


class Target(NamedTuple):
    """A parser: `make` returns an input; `hold` reads it, and may fail with a `Failure` and with nothing else."""

    name: str
    make: Callable[[Random], Any]
    hold: Callable[[Any], object]
    #: How many inputs the suite tries.
    few: int = 300


class Outcome(NamedTuple):
    """What came of one input: whether it was refused, and the error that nobody foresaw."""

    refused: bool
    error: BaseException | None = None


def tried(target: Target, made: Any) -> Outcome:
    """Read an input."""
    try:
        target.hold(made)
    except Failure:
        return Outcome(True)
    except Exception as error:  # noqa: BLE001 (it is what is looked for)
        return Outcome(False, error)
    return Outcome(False)


def seeded(seed: int, number: int) -> Random:
    """Return the chance that makes an input of a number."""
    return Random(seed * 1_000_003 + number)
