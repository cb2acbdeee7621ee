"""Faults by lot: `python -m tests.faults --seed N --seconds S [--only NAME ...]`; `--list` names the cases.

A failure prints what makes just that try again.
"""

import argparse
import random
import shlex
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from tests.faults.case import Case, NotHere, Stage, Wrong
from tests.faults.cases import CASES


class Figures(NamedTuple):
    """What came of a case."""

    name: str
    tries: int
    seconds: float
    wrong: list[str]
    not_here: str = ""

    def line(self) -> str:
        """Return it in a line."""
        if self.not_here:
            return f"{self.name:10} not here: {self.not_here}"
        return f"{self.name:10} {self.tries:6} tries {self.seconds:7.1f} s {len(self.wrong):4} wrong"


def run_case(case: Case, numbers: Iterable[int], repeat: str, *, told: bool = False) -> Figures:
    """Make tries of a case; each that goes wrong is told with what repeats it."""
    wrong, tries, begun = list[str](), 0, time.monotonic()
    try:
        for n in numbers:
            try:
                what = case.attempt(n)
                if told:
                    print(f"{case.name} {n}: {what}", flush=True)
            except Wrong as found:
                again = f"{repeat} --only {case.name} --at {n}"
                wrong.append(f"{case.name} {n}: {found}\n  again: {again}")
                print(wrong[-1], flush=True)
            tries += 1
    except NotHere as reason:
        return Figures(case.name, tries, 0, wrong, str(reason))
    finally:
        case.close()
    return Figures(case.name, tries, time.monotonic() - begun, wrong)


def numbers(given: argparse.Namespace) -> Iterable[int]:
    """Yield the numbers of the tries that were asked for."""
    if given.at is not None:
        yield given.at
        return
    until, n = time.monotonic() + given.seconds, 0
    while n < given.tries if given.tries else time.monotonic() < until:
        yield n
        n += 1


def options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--seed", type=int, help="the same tries again; default: drawn by lot")
    parser.add_argument("--seconds", type=float, default=10.0, help="of each case (default %(default)s)")
    parser.add_argument("--tries", type=int, default=0, help="so many of each case, however long they take")
    parser.add_argument("--at", type=int, help="only the try of this number")
    parser.add_argument("--only", nargs="+", default=[*CASES], choices=[*CASES], metavar="NAME")
    parser.add_argument(
        "--of", nargs="+", default=[], metavar="COMMAND", help="of commands only these: 'db restore'"
    )
    parser.add_argument("--list", action="store_true", help="name the cases")
    parser.add_argument("-v", "--verbose", action="store_true", help="tell each try")
    return parser.parse_args()


def main() -> int:
    """Run the cases that were asked for."""
    given = options()
    if given.list:
        print("\n".join(f"{name:10} {case.__doc__}" for name, case in CASES.items()))
        return 0
    seed = random.SystemRandom().randrange(10**6) if given.seed is None else given.seed
    print(f"seed {seed}", flush=True)
    figures = []
    with tempfile.TemporaryDirectory() as folder:
        stage = Stage(Path(folder), seed, given.of)
        repeat = shlex.join(
            ["python", "-m", "tests.faults", "--seed", str(seed), *(["--of", *given.of] if given.of else [])]
        )
        for name in given.only:
            try:
                case = CASES[name](stage)
            except NotHere as reason:
                figures.append(Figures(name, 0, 0, [], str(reason)))
            else:
                figures.append(run_case(case, numbers(given), repeat, told=given.verbose))
            print(figures[-1].line(), flush=True)
    return int(any(figure.wrong for figure in figures))


if __name__ == "__main__":
    sys.exit(main())
