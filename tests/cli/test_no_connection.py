"""No command opens a connection but for mail: what the system sees of a process and of the programs that it starts.

That no example of any command does, as the interpreter sees it, is in `test_help_text.py`.
"""

import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.examples import watched

#: What glibc asks a name service on the machine for, to learn a login's name.
_LOCAL = re.compile(r'AF_UNIX|sun_path="/var/run/nscd/socket"')


@pytest.mark.skipif(not shutil.which("strace"), reason="strace is not there")
def test_the_system_sees_no_connection(tmp_path: Path) -> None:
    """A sample; all commands: `strace -f -e trace=network python -m tests.support.examples`."""
    trace = tmp_path / "trace"
    command = ["strace", "-f", "-qq", "-e", "trace=network", "-o", str(trace)]
    sample = ["init", "plan diff", "remind"]
    done = subprocess.run(
        [*command, sys.executable, "-m", "tests.support.examples", *sample],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if "ptrace" in done.stderr:
        pytest.skip("no process may be traced here")
    assert done.stderr.endswith(f"examples of {len(sample)} commands\n")
    calls = [line for line in trace.read_text().splitlines() if "(" in line and not _LOCAL.search(line)]
    assert [line for line in calls if not re.search(r"--- SIG|\+\+\+ exited", line)] == []


def test_a_connection_would_be_seen() -> None:
    with watched() as seen, socket.socket() as way:
        way.connect_ex(("127.0.0.1", 9))
    assert any("socket.connect" in event for event in seen.network)
    with socket.socket() as way:
        way.connect_ex(("127.0.0.1", 9))
    assert sum("socket.connect" in event for event in seen.network) == 1
