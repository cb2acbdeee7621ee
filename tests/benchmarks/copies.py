"""A database that is copied to a server and back: how long that takes, and what it holds of it at once."""

from collections.abc import Iterator, Sequence

from tests.benchmarks.bulk import DATABASE
from tests.benchmarks.cases import Bench
from tests.benchmarks.figures import Figure, figure
from tests.benchmarks.measure import Command, run, spread
from tests.support.postgres_server import missing, running_server

#: How many megabytes it may take at its peak, whatever the size of the data.
_MOST = 300


def copies(bench: Bench) -> Iterator[Figure]:
    """Copy a hundred thousand tasks each way, once; where no server can be started, nothing."""
    tasks = max((n for n in bench.sizes if n <= 100_000), default=bench.sizes[0])
    if missing() or not bench.wanted("db copy"):
        return
    with running_server() as server, server.database() as address:
        here, back = bench.spaces.of(tasks) / DATABASE, bench.spaces.work / "back.db"
        back.unlink(missing_ok=True)
        yield _copied(bench, "db copy to a server", [str(here), address], tasks)
        yield _copied(bench, "db copy from a server", [address, str(back)], tasks)


def _copied(bench: Bench, name: str, places: Sequence[str], tasks: int) -> Figure:
    floor = [run(bench.floor()())]
    ours = [run(Command([bench.spaces.program, "db", "copy", *places, "--keep-source"], bench.spaces.work))]
    return figure("copy", f"memory: {name}", tasks, ours, "MB", floor, spread([ours[0].peak]), _MOST)
