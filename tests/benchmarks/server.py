"""What commands cost on a server, near and far, beside a file: `python -m tests.benchmarks.server [WORKSPACE]`.

Without a workspace, the example. Whole processes, the quickest of some; the ratio is the median of runs one after the other,
for a machine has its moods.
"""

import contextlib
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from plantrack.services.verbs.demo import WEEK, build
from plantrack.store.postgres.connection import connect_server
from tests.support.far_server import far_server
from tests.support.postgres import database_with_tables, fill
from tests.support.postgres_server import PostgresServer, running_server

COMMANDS: Final = (
    "list",
    "list truyền thông",
    "progress",
    f"weekly --week {WEEK}",
    "add Việc-mới --area 3",
    "update 3 -p 50 -r gửi",
)
#: How long an answer from afar takes, in seconds; and of how many runs the quickest counts.
FAR: Final = 0.04
_RUNS: Final = 5


def taken(words: Sequence[str]) -> float:
    """Return how many milliseconds a process takes."""
    begun = time.perf_counter()
    environment = {**os.environ, "PLANTRACK_USER": "Ví dụ A"}
    subprocess.run([sys.executable, *words], check=True, capture_output=True, env=environment)
    return 1000 * (time.perf_counter() - begun)


def quickest(words: Sequence[str]) -> float:
    """Return how many milliseconds a process takes at best."""
    return min(taken(words) for _ in range(_RUNS))


def rows(workspace: Path, server: PostgresServer) -> Iterator[str]:
    """Yield a line for each command."""
    yield f"{'ms':28} {'file':>7} {'near':>7} {'ratio':>6} {'far':>7} {'trips':>6} {'connecting':>10}"
    with database_with_tables(server) as address:
        with contextlib.closing(connect_server(address)) as db:
            fill(db, workspace / "plantrack.db")
        name = address.text.rpartition("/")[2]
        for line in COMMANDS:
            asked = ["-m", "plantrack", "-C", str(workspace), *line.split()]
            with server.database(name) as near, server.database(name) as own, far_server(own, FAR) as far:
                ways = (), ("--db", near), ("--db", far.address)
                runs = [[taken([*asked, *more]) for more in ways] for _ in range(_RUNS)]
            trips = far.asking // _RUNS, far.connecting // _RUNS
            file, here, there = map(min, zip(*runs, strict=True))
            ratio = statistics.median(near / file for file, near, _ in runs)
            yield f"{line:28} {file:7.0f} {here:7.0f} {ratio:6.2f} {there:7.0f} {trips[0]:6} {trips[1]:10}"
        nothing, driver = (quickest(["-c", code]) for code in ("import logging", "import psycopg"))
        dialled = "import sys, psycopg; psycopg.connect(sys.argv[1]).close()"
        with server.database(name) as near, far_server(near, FAR) as far:
            connected = [quickest(["-c", dialled, place]) for place in (near, far.address)]
        yield f"psycopg: imported in {driver - nothing:.0f}; connected in {connected[0] - driver:.0f}, from afar {connected[1] - driver:.0f}"


def main(args: Sequence[str]) -> None:
    """Print what commands cost."""
    with tempfile.TemporaryDirectory() as folder, running_server() as server:
        workspace = Path(args[0]) if args else Path(folder, "example")
        if not args:
            build(workspace)
        for line in rows(workspace, server):
            print(line, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
