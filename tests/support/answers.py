"""Answers of commands, read as scripts read them."""

import json
from typing import Any

from tests.conftest import Run


def answered(run: Run, *args: str) -> Any:
    """Return the data that a command answers with in JSON."""
    ended = run(*args, "--format", "json")
    assert ended.code == 0, ended.err
    return json.loads(ended.out)["data"]


def task(run: Run, label: str) -> dict[str, Any]:
    """Return a task."""
    (found,) = answered(run, "show", label)
    return dict(found)
