"""Whole processes beside their floors, in one run: `python -m tests.benchmarks` prints the ratios.

It builds the wheel's environment itself (or takes `--env DIR`), interleaves the rounds, and compares pair by
pair: absolute times drift, the ratios are the result. Nothing here is a test: no machine's speed is a failure.
"""

import argparse
import os
import pty
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from tests.benchmarks.data import WEEK, make, plan_text

ROOT = Path(__file__).parents[2]
CLEAN = ("PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED", "PYTHONPATH", "PLANTRACK_DEBUG")


class Case(NamedTuple):
    """A command, what it is measured against, and the ratio we aim at."""

    name: str
    args: Sequence[str]
    floor: str
    aim: float
    folder: str = "1k"
    terminal: bool = False
    plantrack: bool = True


#: A filter that about twenty of a thousand open tasks pass.
TWENTY = ("due:..2025-01-10", "area:ND3")

CASES = [
    Case("add", ["add", "Họp rà soát", "--area", "3"], "S", 4.5),
    Case("update", ["update", "7", "-r", "đã họp", "-n", "gửi báo cáo"], "S", 4.5),
    Case("list of 20", ["list", *TWENTY], "S", 4.5),
    Case("show", ["show", "7"], "S", 4.5),
    Case("progress", ["progress"], "S", 4.5),
    Case("list on a terminal", ["list", *TWENTY], "rich", 2.0, terminal=True),
    Case("--version", ["--version"], "pass", 1.5),
    Case("--help", ["--help"], "T", 2.2),
    Case("weekly --format md, 10,000 tasks", ["weekly", "--week", WEEK, "--format", "md"], "S", 25, "10k"),
    Case("list of 10,000 to a pipe", ["list", "--all"], "rich rows", 0.05, "10k"),
]
FLOORS = {
    "pass": "pass",
    "S": "import sqlite3",
    "T": "import typer",
    "rich": "import rich.console, rich.table",
    "rich rows": (
        "from rich.console import Console; from rich.table import Table; t = Table(*'abcdefg');"
        "[t.add_row(*[f'công việc {i} {j}' for j in range(7)]) for i in range(10000)]; Console().print(t)"
    ),
}


def timed(command: Sequence[str], folder: Path, *, terminal: bool = False) -> float:
    """Run a process and give its seconds."""
    environment = {k: v for k, v in os.environ.items() if k not in CLEAN} | {"PLANTRACK_USER": "Ví dụ A"}
    start = time.perf_counter()
    if terminal:
        master, slave = pty.openpty()
        with subprocess.Popen(command, cwd=folder, stdout=slave, stderr=slave, env=environment) as process:
            os.close(slave)
            _drain(master)
        code = process.returncode
    else:
        code = subprocess.run(
            command, cwd=folder, capture_output=True, env=environment, check=False
        ).returncode
    if code:
        raise SystemExit(f"{' '.join(command)}: exit {code}")
    return time.perf_counter() - start


def _drain(master: int) -> None:
    try:
        while os.read(master, 65536):
            pass
    except OSError:
        pass  # the other end is closed
    os.close(master)


def pairs(one: Callable[[], float], other: Callable[[], float], rounds: int) -> tuple[float, float, float]:
    """Interleave two processes; give their medians and the median of the ratios pair by pair."""
    one(), other()
    measured = [(one(), other()) for _ in range(rounds)]
    times = [statistics.median(column) for column in zip(*measured, strict=True)]
    return times[0], times[1], statistics.median(a / b for a, b in measured)


def environment(given: str | None, work: Path) -> Path:
    """Return an environment with the program installed from a wheel, not editable."""
    if given:
        return Path(given)
    folder = work / "env"
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    quiet = ["-q", "--disable-pip-version-check"]
    subprocess.run([folder / "bin/python", "-m", "pip", "install", *quiet, ROOT], check=True)
    return folder


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--env", help="an environment that has the program")
    parser.add_argument("--rounds", type=int, default=21)
    parser.add_argument("--only", help="measure the cases whose name has this in it")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        env = environment(options.env, work)
        make(work / "1k", 1_000)
        make(work / "10k", 10_000)
        print(f"{'case':36} {'ms':>8} {'floor':>10} {'ms':>8} {'ratio':>7} {'aim':>7}")
        for case in CASES:
            if options.only in (None, "") or options.only in case.name:
                measure(case, env, work, options.rounds)
        if options.only in (None, "") or options.only in "plan-check":
            plan_check(options.rounds)
        if shutil.which("task"):
            taskwarrior(env, work, options.rounds)


def measure(case: Case, env: Path, work: Path, rounds: int) -> None:
    """Print one line."""
    ours = [str(env / "bin/plantrack"), *case.args]
    floor = [str(env / "bin/python"), "-c", FLOORS[case.floor]]
    folder = work / case.folder
    slow = case.folder == "10k"
    a, b, ratio = pairs(
        lambda: timed(ours, folder, terminal=case.terminal),
        lambda: timed(floor, folder, terminal=case.terminal),
        max(3, rounds // 4) if slow else rounds,
    )
    verdict = "" if ratio <= case.aim else "  over"
    print(
        f"{case.name:36} {a * 1000:8.1f} {case.floor:>10} {b * 1000:8.1f} {ratio:7.2f} {case.aim:7.2f}{verdict}"
    )


def plan_check(rounds: int) -> None:
    """Print the check of a plan of 10,000 activities beside PyYAML's quickest reading of it, in this process."""
    import yaml

    from plantrack.planfile.load import check_document

    text = plan_text(10_000)
    data, path = text.encode(), Path("plans/x.yaml")
    a, b, ratio = pairs(
        lambda: spent(lambda: check_document(path, data)),
        lambda: spent(lambda: yaml.load(text, yaml.CSafeLoader)),
        max(3, rounds // 4),
    )
    verdict = "" if ratio <= 1 else "  over"
    name = "plan-check, 10,000 activities"
    print(f"{name:36} {a * 1000:8.1f} {'yaml.load':>10} {b * 1000:8.1f} {ratio:7.2f} {1:7.2f}{verdict}")


def spent(work: Callable[[], object]) -> float:
    """Do something and give its seconds."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def taskwarrior(env: Path, work: Path, rounds: int) -> None:
    """Print `list` beside Taskwarrior's `next limit:20` of as many tasks."""
    home = work / "tw"
    home.mkdir()
    (home / "rc").write_text(f"data.location={home}\nconfirmation=off\nnews.version=9.9.9\n")
    rows = ",\n".join(
        f'{{"description": "cong viec {i}", "due": "202407{i % 28 + 1:02d}T000000Z", "status": "pending"}}'
        for i in range(1_000)
    )
    (home / "in.json").write_text(f"[{rows}]")
    task = ["task", f"rc:{home}/rc"]
    subprocess.run([*task, "import", str(home / "in.json")], capture_output=True, check=True)
    ours = [str(env / "bin/plantrack"), "list", *TWENTY]
    a, b, ratio = pairs(
        lambda: timed(ours, work / "1k"), lambda: timed([*task, "next", "limit:20"], work), rounds
    )
    print(
        f"{'list, 1,000 tasks':36} {a * 1000:8.1f} {'taskwarrior':>10} {b * 1000:8.1f} {ratio:7.2f} {'-':>7}"
    )


if __name__ == "__main__":
    main()
