"""What was measured: figures with the machine they come from, as JSON and as a table."""

import json
import os
import platform
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from plantrack import __version__
from tests.benchmarks.measure import Run, Spread, spread


class Figure(NamedTuple):
    """A command at a size, beside its floor or a peer; times are CPU seconds, medians."""

    group: str
    name: str
    tasks: int
    #: What it is compared with: its name, and the ratio to it.
    over: str
    ratio: Spread
    #: The ratio without what the least size takes.
    more: Spread | None
    aim: float | None
    cpu: float
    wall: float
    floor: float
    peak: float
    rounds: int

    @property
    def aimed(self) -> Spread:
        """Return what the aim is of."""
        return self.more or self.ratio


def figure(
    group: str, name: str, tasks: int, ours: Sequence[Run], over: str, floor: Sequence[Run], ratio: Spread,
    aim: float | None = None, more: Spread | None = None,
) -> Figure:  # fmt: skip
    """Return a figure from its runs."""
    cpu, wall, peak = (spread([getattr(r, name) for r in ours]).median for name in ("cpu", "wall", "peak"))
    base = spread([r.cpu for r in floor]).median
    return Figure(group, name, tasks, over, ratio, more, aim, cpu, wall, base, peak, len(ours))


HEAD = (
    f"{'case':40} {'tasks':>9} {'ms':>9} {'over':>16} {'ratio':>8} {'less 100':>9} "
    f"{'quartiles':>17} {'aim':>7} {'MB':>6} {'n':>3}"
)


def line(f: Figure) -> str:
    """Return a figure as a line of the table on the screen."""
    more = f"{f.more.median:9.2f}" if f.more else f"{'':9}"
    aim = f"{f.aim:7.2f}" if f.aim is not None else f"{'':7}"
    over = "  over" if f.aim is not None and f.aimed.median > f.aim else ""
    quartiles = f"{f.aimed.low:8.2f}–{f.aimed.high:.2f}"
    return (
        f"{f.name:40} {f.tasks:9,} {f.cpu * 1000:9.1f} {f.over:>16} {f.ratio.median:8.2f} {more} "
        f"{quartiles:>17} {aim} {f.peak:6.0f} {f.rounds:3}{over}"
    )


def machine(python: str, sqlite: str) -> dict[str, Any]:
    """Say on what was measured: nothing that names the machine itself."""
    return {
        "cpus": os.cpu_count(),
        "system": f"{platform.system()} {platform.machine()}",
        "python": python,
        "sqlite": sqlite,
        "plantrack": __version__,
    }


def written(about: dict[str, Any], figures: Iterable[Figure]) -> str:
    """Return a run as JSON."""
    rows = [{**f._asdict(), "ratio": _rounded(f.ratio), "more": f.more and _rounded(f.more)} for f in figures]
    for row in rows:
        row |= {name: round(row[name], 4) for name in ("cpu", "wall", "floor")} | {
            "peak": round(row["peak"], 1)
        }
    lines = ",\n  ".join(json.dumps(row, ensure_ascii=False) for row in rows)
    return f'{{"about": {json.dumps(about, ensure_ascii=False)},\n "figures": [\n  {lines}\n]}}\n'


def _rounded(s: Spread) -> list[float]:
    return [round(n, 3) for n in s]


def read(file: Path) -> tuple[dict[str, Any], list[Figure]]:
    """Read a run from its JSON."""
    found = json.loads(file.read_text(encoding="utf-8"))
    figures = [Figure(**row) for row in found["figures"]]
    return found["about"], [
        f._replace(ratio=Spread(*f.ratio), more=Spread(*f.more) if f.more else None) for f in figures
    ]
