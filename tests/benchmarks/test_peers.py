"""What other programs are given."""

import subprocess
from pathlib import Path

import pytest

from tests.benchmarks.data import make
from tests.benchmarks.measure import environment
from tests.benchmarks.peers import PEERS, Peer, PeerTask, tasks_of, versions

TASKS = [
    PeerTask("Họp; rà soát", "ND1", "2024-03-01", "2024-04-01", None),
    PeerTask("Tập huấn", "ND2", "2024-03-02", None, "2024-05-01"),
]


def test_they_get_the_tasks_that_count(tmp_path: Path) -> None:
    make(tmp_path / "few", 30, 2)
    found = tasks_of(tmp_path / "few")
    assert 25 < len(found) <= 30
    assert {bool(task.completed) for task in found} == {True, False}


@pytest.mark.parametrize("peer", PEERS, ids=lambda peer: peer.program)
def test_they_read_what_they_are_given(peer: Peer, tmp_path: Path) -> None:
    if peer.name not in versions():
        pytest.skip(f"{peer.name} is not installed here")
    words = peer.fill(peer.program, tmp_path, TASKS)
    for _, theirs, _ in peer.beside:
        done = subprocess.run(
            [*words, *theirs], capture_output=True, text=True, check=True, env=environment()
        )
        assert "Họp" in done.stdout or "ND1" in done.stdout or "add" in theirs
