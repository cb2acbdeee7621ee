"""Tries inputs, one after the other, and tells of those that end otherwise than in an answer or a failure."""

import signal
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NamedTuple

from tests.fuzz.target import Target, seeded, tried

#: As many faults of one parser are told: the rest are most likely the same.
_TOLD = 20


class TooSlowError(BaseException):
    """An input took longer than anybody waits; it is no `Exception`, which a parser may take for its own."""


class Found(NamedTuple):
    """An input that nobody foresaw."""

    target: str
    number: int
    made: object
    error: BaseException

    def __str__(self) -> str:
        where = traceback.extract_tb(self.error.__traceback__)[-1]
        return (
            f"{self.target} --first {self.number}: {type(self.error).__name__}: {str(self.error)[:300]}\n"
            f"  at {where.filename}:{where.lineno}\n  {self.made!r:.600}"
        )


class Figures(NamedTuple):
    """What a run of one parser came to."""

    target: str
    tried: int
    refused: int
    found: int
    #: The longest that an input took, and its number.
    slowest_s: float
    slowest: int
    seconds: float


@contextmanager
def in_time(seconds: float) -> Iterator[None]:
    """Let something take so much time of the processor and no more; 0: as much as it likes."""
    if not seconds:
        yield
        return

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise TooSlowError

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def run(
    target: Target, seed: int, first: int, last: int | None, seconds: float, patience: float
) -> Iterator[Found | Figures]:
    """Try inputs from a number on: up to another one, or as long as there is time; at the end yield the figures."""
    begun, number, refused, found, slowest = time.process_time(), first, 0, 0, (0.0, first)
    while (last is None or number < last) and (not seconds or time.process_time() - begun < seconds):
        made, at = target.make(seeded(seed, number)), time.process_time()
        try:
            with in_time(patience):
                outcome = tried(target, made)
            refused, error = refused + outcome.refused, outcome.error
        except TooSlowError as slow:
            error = slow
        slowest = max(slowest, (time.process_time() - at, number))
        if error is not None:
            found += 1
            if found <= _TOLD:
                yield Found(target.name, number, made, error)
        number += 1
    yield Figures(target.name, number - first, refused, found, *slowest, time.process_time() - begun)
