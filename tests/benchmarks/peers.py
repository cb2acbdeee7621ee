"""Other programs of the kind, where they are installed, with the tasks of our own workspaces."""

import json
import re
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from tests.benchmarks.cases import Bench
from tests.benchmarks.data import DATABASE
from tests.benchmarks.figures import Figure, figure
from tests.benchmarks.measure import Command, interleaved, ratios


class PeerTask(NamedTuple):
    """What any of them can hold of a task."""

    title: str
    area: str
    opened: str
    due: str | None
    completed: str | None


def tasks_of(folder: Path) -> list[PeerTask]:
    """Read the tasks of a workspace."""
    db = sqlite3.connect(folder / DATABASE)
    rows = db.execute(
        "SELECT title, area, opened_on, due, CASE WHEN is_open = 0 THEN COALESCE(completed_on, updated_on, opened_on) "
        "END FROM task WHERE counted = 1"
    ).fetchall()
    db.close()
    return [PeerTask(*row) for row in rows]


class Peer(NamedTuple):
    """A program: how it is given tasks, and which of its commands is beside which of ours."""

    name: str
    program: str
    version: Sequence[str]
    #: Writes its data into a folder; returns the words that every command of it begins with.
    fill: Callable[[str, Path, Sequence[PeerTask]], list[str]]
    #: Our command, its command, aims by size.
    beside: Sequence[tuple[str, Sequence[str], dict[int, float]]]


def _taskwarrior(program: str, folder: Path, tasks: Sequence[PeerTask]) -> list[str]:
    (folder / "rc").write_text(f"data.location={folder}\nconfirmation=off\nnews.version=9.9.9\n")
    rows = [_taskwarrior_task(task) for task in tasks]
    (folder / "in.json").write_text(json.dumps(rows), encoding="utf-8")
    words = [program, f"rc:{folder}/rc"]
    subprocess.run([*words, "import", str(folder / "in.json")], capture_output=True, check=True)
    return words


def _taskwarrior_task(t: PeerTask) -> dict[str, str]:
    days = {"entry": t.opened, "due": t.due, "end": t.completed}
    own = {name: f"{day.replace('-', '')}T000000Z" for name, day in days.items() if day}
    return {
        "description": t.title,
        "project": t.area,
        "status": "completed" if t.completed else "pending",
        **own,
    }


def _todo_txt(program: str, folder: Path, tasks: Sequence[PeerTask]) -> list[str]:
    lines = [
        f"{f'x {t.completed} ' if t.completed else ''}{t.opened} {t.title} +{t.area}"
        + (f" due:{t.due}" if t.due else "")
        for t in tasks
    ]
    (folder / "todo.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (folder / "config").write_text(f'export TODO_DIR="{folder}"\nexport TODO_FILE="$TODO_DIR/todo.txt"\n')
    return [program, "-d", str(folder / "config")]


def _hledger(program: str, folder: Path, tasks: Sequence[PeerTask]) -> list[str]:
    lines = [
        f"{t.opened} {t.title.replace(';', ',')}\n  {t.area}:{'done' if t.completed else 'open'}  1\n  all\n"
        for t in sorted(tasks, key=lambda t: t.opened)
    ]
    (folder / "journal").write_text("\n".join(lines), encoding="utf-8")
    return [program, "-f", str(folder / "journal")]


PEERS = (
    Peer("Taskwarrior", "task", ["--version"], _taskwarrior, [
        ("list", ["next", "limit:20"], {10_000: 1.5, 100_000: 0.2}), ("add", ["add", "Họp rà soát"], {}),
        ("progress", ["summary"], {}),
    ]),
    Peer("todo.txt", "todo-txt", ["-V"], _todo_txt, [("list", ["list"], {}), ("add", ["add", "Họp rà soát"], {})]),
    Peer("hledger", "hledger", ["--version"], _hledger, [("progress", ["balance"], {})]),
)  # fmt: skip


def versions() -> dict[str, str]:
    """Return which of them are there, each with its version."""
    out = {}
    for peer in PEERS:
        if program := shutil.which(peer.program):
            said = subprocess.run(
                [program, *peer.version], capture_output=True, text=True, check=False
            ).stdout
            out[peer.name] = found[0] if (found := re.search(r"\d+(\.\d+)+", said)) else "?"
    return out


def peers(bench: Bench) -> Iterator[Figure]:
    """Compare commands with those of other programs, with the same tasks."""
    ours = {"list": bench.page(), "add": ["add", "Họp rà soát", "--area", "3"], "progress": ["progress"]}
    for peer in PEERS:
        program = shutil.which(peer.program)
        for tasks in [n for n in bench.sizes if 1_000 <= n <= 100_000] if program else []:
            if not bench.wanted(f"peer: {peer.name}"):
                continue
            folder = bench.spaces.work / f"{peer.program}-{tasks}"
            folder.mkdir()
            words = peer.fill(str(program), folder, tasks_of(bench.spaces.of(tasks)))
            for name, theirs, aims in peer.beside:
                yield _beside(bench, peer, tasks, name, ours[name], Command([*words, *theirs], folder), aims)


def _beside(
    bench: Bench, peer: Peer, tasks: int, name: str, words: Sequence[str], theirs: Command, aims: dict[int, float]
) -> Figure:  # fmt: skip
    pair = {"ours": bench.ours(words, tasks, writes=name == "add"), "theirs": lambda: theirs}
    runs = interleaved(pair, bench.rounds, bench.seconds)
    ratio = ratios(runs["ours"], runs["theirs"])
    return figure("peers", name, tasks, runs["ours"], peer.name, runs["theirs"], ratio, aims.get(tasks))
