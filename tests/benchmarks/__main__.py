"""Whole processes beside their floors, in one run: `python -m tests.benchmarks` prints the ratios.

It builds the wheel's environment itself (or takes `--env DIR`), interleaves the rounds, and compares round by
round: absolute times drift, the ratios are the result. Nothing here is a test: no machine's speed is a failure.
S is `python -c 'import sqlite3'`; times are CPU time, memory is that of the process at its peak.
"""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.benchmarks.cases import Bench, bulk, memory, over_sizes, plans, starts
from tests.benchmarks.copies import copies
from tests.benchmarks.figures import HEAD, line, machine, written
from tests.benchmarks.page import remake
from tests.benchmarks.peers import peers, versions
from tests.benchmarks.picture import draw
from tests.benchmarks.workspaces import Workspaces

ROOT = Path(__file__).parents[2]
GROUPS = {
    "start": starts,
    "sizes": over_sizes,
    "memory": memory,
    "plan": plans,
    "bulk": bulk,
    "copy": copies,
    "peers": peers,
}


def environment(given: str | None, work: Path) -> Path:
    """Return an environment with the program installed from a wheel, not editable."""
    if given:
        return Path(given).absolute()
    folder = work / "env"
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    quiet = ["-q", "--disable-pip-version-check"]
    subprocess.run(
        [folder / "bin/python", "-m", "pip", "install", *quiet, f"{ROOT}[office,postgres]"], check=True
    )
    return folder


def options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--env", help="an environment that has the program")
    parser.add_argument(
        "--data", type=Path, help="where workspaces are kept; else they are made for this run"
    )
    parser.add_argument(
        "--sizes", default="100,1000,10000,100000", help="numbers of tasks; of a million it takes a while"
    )
    parser.add_argument("--updates-each", type=int, default=10, help="updates of a task")
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--seconds", type=float, default=120, help="about the longest that one case may take")
    parser.add_argument("--groups", default=",".join(GROUPS), help="some of: %(default)s")
    parser.add_argument("--only", default="", help="only the cases whose name has this in it")
    parser.add_argument("--json", type=Path, help="where the figures go")
    parser.add_argument("--svg", type=Path, help="where the picture of cost over size goes")
    parser.add_argument(
        "--manual", action="store_true", help="remake the manual's page `speed` from this run"
    )
    given = parser.parse_args()
    if given.manual and (given.only or given.groups != ",".join(GROUPS)):
        parser.error("the manual's page is made of a whole run")
    return given


def main() -> None:
    """Measure."""
    given = options()
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        env = environment(given.env, work)
        spaces = Workspaces(
            given.data or work / "data", work, str(env / "bin" / "plantrack"), given.updates_each
        )
        spaces.folder.mkdir(parents=True, exist_ok=True)
        bench = Bench(
            python=str(env / "bin" / "python"), spaces=spaces,
            sizes=sorted({100, *map(int, given.sizes.split(","))}), rounds=given.rounds, seconds=given.seconds,
            wanted=lambda name: given.only in name, pages="--limit" in _output(spaces.program, "list", "--help"),
        )  # fmt: skip
        told = "import platform, sqlite3; print(platform.python_version(), sqlite3.sqlite_version)"
        about = machine(*_output(bench.python, "-c", told).split()) | {"peers": versions()}
        print(", ".join(f"{key} {value}" for key, value in about.items()))
        print(HEAD)
        found = []
        for group in given.groups.split(","):
            for figure in GROUPS[group](bench):
                print(line(figure), flush=True)
                found.append(figure)
        about["megabytes"] = {n: round(spaces.megabytes(n), 1) for n in bench.sizes}
    if given.json:
        given.json.write_text(written(about, found), encoding="utf-8")
    if given.svg:
        given.svg.write_text(draw(found), encoding="utf-8")
    if given.manual:
        remake(about, found)


def _output(*words: str) -> str:
    return subprocess.run(words, capture_output=True, text=True, check=True).stdout


if __name__ == "__main__":
    main()
