"""What a case of faults is, and how it ends."""

import random
from collections.abc import Collection
from pathlib import Path
from typing import Protocol

from tests.faults.templates import Templates


class Wrong(AssertionError):
    """A promise that a fault broke."""


class NotHere(Exception):
    """A case that cannot be tried on this machine, with the reason."""


class Stage:
    """Where the tries of a run take place."""

    def __init__(self, folder: Path, seed: int, of: Collection[str] = ()) -> None:
        self.templates = Templates(folder)
        self.folder = folder
        self.seed = seed
        #: The commands that are tried; none: all of them.
        self.of = of

    def lot(self, case: str, n: int | str = "") -> random.Random:
        """Return the chances of a try, the same whenever it is tried again."""
        return random.Random(f"{self.seed} {case} {n}")


class Case(Protocol):
    """One kind of fault."""

    #: What `--only` calls it.
    name: str
    #: As many tries as CI makes with the other tests.
    few: int

    def attempt(self, n: int) -> str:
        """Make the n-th try; return what was tried, in few words. Raises `Wrong`, and `NotHere`."""

    def close(self) -> None:
        """Take away what the tries needed."""
