"""The program in a process of its own."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

PROGRAM = [sys.executable, "-m", "plantrack"]


def go(*args: str, **how: Any) -> subprocess.CompletedProcess[str]:
    """Run the program."""
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **how}
    return subprocess.run([*PROGRAM, *args], text=True, check=False, **streams)


def shell(line: str, folder: Path, **how: Any) -> subprocess.CompletedProcess[str]:
    """Run a line of the shell, with the program as `$P`."""
    if os.name != "posix":
        pytest.skip("only POSIX has this shell")
    env = {**os.environ, "P": " ".join(PROGRAM), "LC_ALL": "C.UTF-8"}
    return subprocess.run(
        ["bash", "-c", line], cwd=folder, env=env, text=True, check=False, capture_output=True, **how
    )
