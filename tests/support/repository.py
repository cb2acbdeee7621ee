"""A workspace in a git repository, for the tests that need the real one."""

import os
import subprocess
from pathlib import Path

import pytest


def in_git(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a workspace a git repository with the shipped plan committed on `main`."""
    for name, value in {"NAME": "Ví dụ", "EMAIL": "vi-du@example.org"}.items():
        monkeypatch.setenv(f"GIT_AUTHOR_{name}", value)
        monkeypatch.setenv(f"GIT_COMMITTER_{name}", value)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    git(workspace, "init", "-q", "-b", "main")
    commit(workspace, "kế hoạch")
    return workspace


def git(folder: Path, *words: str) -> str:
    """Run git in a folder."""
    return subprocess.run(
        ["git", "-C", str(folder), *words], check=True, capture_output=True, text=True
    ).stdout.strip()


def commit(folder: Path, message: str) -> str:
    """Commit all that is there; give the commit."""
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", message)
    return git(folder, "rev-parse", "HEAD")
