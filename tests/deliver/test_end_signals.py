"""A process that is asked to end: it cleans up, says so once, and ends by the signal."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

#: A command that is in the middle of writing a file when the signal comes.
ASKED = """
import os, sys
from plantrack.deliver import files
files._give_rights = lambda *_: os.kill(os.getpid(), int(os.environ["SENT"]))
sys.argv[1:] = ["filter", "list", "--output", "out.md"]
from plantrack.cli.app import run
run()
"""


def asked(workspace: Path, sent: signal.Signals, *under: str) -> "subprocess.CompletedProcess[str]":
    env = {**os.environ, "SENT": str(int(sent))}
    return subprocess.run(
        [*under, sys.executable, "-c", ASKED],
        cwd=workspace,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )


pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals as POSIX has them")


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_it_leaves_nothing_half_done_and_ends_by_the_signal(workspace: Path, name: str) -> None:
    sent = signal.Signals[name]
    before = sorted(workspace.iterdir())
    done = asked(workspace, sent)
    assert (done.returncode, done.stdout, done.stderr.count("[interrupted]")) == (-sent, "", 1)
    assert sorted(workspace.iterdir()) == before


def test_what_was_to_outlive_its_terminal_does(workspace: Path) -> None:
    assert asked(workspace, signal.SIGHUP, "nohup").returncode == 0
    assert (workspace / "out.md").exists()
