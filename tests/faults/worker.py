"""A process that has the program loaded, and runs one command after the other: `python -m tests.faults.worker`.

Many of these write as often as no machine could start processes.
"""

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Self

from tests.faults.processes import Outcome, environment, inside


class Worker:
    """One such process, in a folder."""

    def __init__(self, folder: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.worker"], cwd=folder, env=environment(), text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate()

    def run(self, words: Sequence[str]) -> Outcome:
        """Run a command there."""
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write(json.dumps(words) + "\n")
        self._process.stdin.flush()
        return Outcome(*json.loads(self._process.stdout.readline()))


def main() -> None:
    """Run what is asked for."""
    for line in sys.stdin:
        print(json.dumps(inside(Path.cwd(), json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
