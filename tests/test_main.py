"""The program as it is started: its version needs nothing of it, and Ctrl-C shows no inside."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from plantrack import __main__ as start
from plantrack import __version__
from tests.support.processes import go


def test_the_version_is_printed_once(workspace: Path) -> None:
    assert go("--version").stdout == f"plantrack {__version__}\n"


INTERRUPTED = """
import builtins, os, signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # what runs behind a shell is born deaf to it
real, when = builtins.__import__, sys.argv.pop(1)
def load(name, *rest):
    if name == when:
        os.kill(os.getpid(), signal.SIGINT)
    return real(name, *rest)
import plantrack.__main__ as program
builtins.__import__ = load
program.run()
"""


@pytest.mark.parametrize(
    "when",
    ["plantrack.cli.app", "plantrack.cli.typer_adapter", "typer", "plantrack.store.connection", "zoneinfo"],
)
def test_an_interruption_at_any_time_shows_no_inside(workspace: Path, when: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", INTERRUPTED, when, "-C", str(workspace), "list"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (130, "")
    assert "Traceback" not in done.stderr


LOST = """
import builtins, os, signal, sys, weakref
signal.signal(signal.SIGINT, signal.default_int_handler)
class Module: pass
def interrupted(_):
    os.kill(os.getpid(), signal.SIGINT)
real = builtins.__import__
def load(name, *rest):
    if name == "plantrack.store.connection":
        builtins.__import__ = real
        one = Module()
        seen = weakref.ref(one, interrupted)
        del one
    return real(name, *rest)
import plantrack.__main__ as program
builtins.__import__ = load
program.run()
"""


def test_an_interruption_that_python_can_only_report_counts_too(workspace: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOST, "-C", str(workspace), "list"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, "Traceback" in done.stderr) == (130, "", False)


def test_the_start_loads_only_what_is_there_before_an_interruption_is_minded() -> None:
    module = ast.parse(Path(start.__file__).read_text("utf-8"))
    loaded = {alias.name for node in module.body if isinstance(node, ast.Import) for alias in node.names}
    assert loaded <= {"gc", "os", "sys"}, "Python has these by then"
    assert not any(isinstance(node, ast.ImportFrom) for node in module.body)
