"""`python -m tests.fuzz`: try inputs that nobody typed on every parser, as long as there is time, and print what came of it."""

import argparse
import resource
import sys

from tests.fuzz import files, words
from tests.fuzz.running import Figures, Found, run

#: An input may take so much time of the processor, and the whole so much memory.
_PATIENCE_S = 5.0
_MEMORY = 3 << 30


def main() -> int:
    """Run what was asked for; return 1 where something was found."""
    targets = {target.name: target for target in (*words.TARGETS, *files.TARGETS)}
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--seconds", type=float, default=10.0, help="of the processor, for each parser; 0: no end"
    )
    parser.add_argument("--only", choices=[*targets], action="append", help="one parser; may be given again")
    parser.add_argument("--first", type=int, default=0, help="the number of the first input")
    parser.add_argument("--count", type=int, help="as many inputs of each parser, whatever time they take")
    asked = parser.parse_args()
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    last = None if asked.count is None else asked.first + asked.count
    seconds = 0.0 if asked.count is not None else asked.seconds
    found = 0
    for name in asked.only or targets:
        for told in run(targets[name], asked.seed, asked.first, last, seconds, _PATIENCE_S):
            match told:
                case Found():
                    print(f"--seed {asked.seed} --only {told}", flush=True)
                case Figures():
                    found += told.found
                    print(
                        f"{told.target:16} {told.tried:9,} tried {told.refused:9,} refused {told.found:4} found "
                        f"{told.seconds:7.1f} s, the slowest {told.slowest_s:.3f} s (--first {told.slowest})",
                        flush=True,
                    )
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
