"""The object that counts calls and lets one fail, built where there is a compiler."""

import shutil
import subprocess
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from tests.faults.case import NotHere

_SOURCE = Path(__file__).with_name("failing_calls.c")


def built(folder: Path) -> Path:
    """Return the shared object; raises `NotHere` where it cannot be built."""
    return _built(folder)


@cache
def _built(folder: Path) -> Path:
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None:
        raise NotHere("there is no C compiler")
    made = folder / "failing_calls.so"
    command = [compiler, "-shared", "-fPIC", "-O1", "-Wall", "-o", str(made), str(_SOURCE), "-ldl"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise NotHere(f"it cannot be compiled: {done.stderr.strip().splitlines()[-1]}")
    tried = subprocess.run(["true"], env={"LD_PRELOAD": str(made)}, capture_output=True, check=False)
    if tried.returncode or tried.stderr:
        raise NotHere(f"it cannot be loaded before others: {tried.stderr.decode()}")
    return made


def counting(folder: Path, files: str, log: Path) -> dict[str, str]:
    """Return the settings with which the calls on files are written down."""
    return {"LD_PRELOAD": str(built(folder)), "FAULTS_FILES": files, "FAULTS_LOG": str(log)}


def failing(settings: Mapping[str, str], at: int, how: str, *, stays: bool = False) -> dict[str, str]:
    """Return the settings with which one of these calls fails, or that and every later write."""
    return {**settings, "FAULTS_AT": str(at), "FAULTS_HOW": how, **({"FAULTS_STAYS": "1"} if stays else {})}
