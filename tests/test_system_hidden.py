"""The program where nothing is there that only POSIX has: real processes from which it was hidden before they began."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.mail_server import serving
from tests.support.processes import PROGRAM
from tests.support.source import ROOT, SOURCE

HIDES = ROOT / "tests" / "support" / "without_posix"
#: A day of work, in one process.
WORK = """
import json, os, signal, sys
from plantrack.cli.app import main
import sitecustomize
assert not hasattr(os, "geteuid") and not hasattr(signal, "SIGHUP"), "it is hidden"
for line in json.load(sys.stdin):
    print("$", *line, flush=True)
    code = main(line)
    print("=", code, flush=True)
found = [name for name in sitecustomize.MODULES if sys.modules.get(name)]
assert not found, found
"""
COMMANDS = [
    ["init", "."],
    ["add", "--from-plan"],
    ["add", "Hội thảo", "--area", "3", "--lead", "ubdt", "--due", "30/12/2024"],
    ["update", "1", "-p", "40", "-r", "đã họp", "-b", "chưa có kinh phí"],
    ["done", "2"],
    ["list", "--all"],
    ["list", "--format", "json"],
    ["show", "1", "--history"],
    ["log"],
    ["undo"],
    ["plan", "check"],
    ["plan", "diff"],
    ["progress"],
    ["weekly", "--output", "{period}.html"],
    ["form", "make", "ubdt", "--output", "bieu.xlsx"],
    ["cron", "--format", "schtasks"],
    ["export", "--format", "jsonl", "--output", "all.jsonl"],
    ["import", "table.csv", "--yes"],
    ["db", "check"],
]


def hidden(*command: str, folder: Path, **how: object) -> "subprocess.CompletedProcess[bytes]":
    """Run a process in a folder, with nothing of POSIX in it."""
    env = {
        "PYTHONPATH": os.pathsep.join(map(str, (HIDES, SOURCE.parent))),
        "PLANTRACK_USER": "Người thử",
        "PATH": os.environ["PATH"],
        "XDG_STATE_HOME": os.environ["XDG_STATE_HOME"],
        **how.pop("env", {}),  # type: ignore[dict-item]
    }
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, check=False, **how)  # type: ignore[call-overload, no-any-return]


def test_a_day_of_work(tmp_path: Path) -> None:
    (tmp_path / "table.csv").write_bytes("Nhiệm vụ;Nội dung;Thời hạn\r\nHọp báo;ND3;30/12/2024\r\n".encode())
    done = hidden(sys.executable, "-c", WORK, folder=tmp_path, input=json.dumps(COMMANDS).encode())
    said = done.stdout.decode()
    assert done.returncode == 0, done.stderr.decode()
    ends = [int(line[2:]) for line in said.splitlines() if line.startswith("= ")]
    assert dict(zip(map(" ".join, COMMANDS), ends, strict=True)) == {" ".join(c): 0 for c in COMMANDS}
    assert "Hội thảo" in said
    assert b"\r" not in done.stdout
    for name in ("bieu.xlsx", "all.jsonl"):
        assert (tmp_path / name).stat().st_size
    assert b"\r" not in (tmp_path / "all.jsonl").read_bytes()


def test_a_summary_is_mailed_once(workspace: Path) -> None:
    with serving() as mail:
        env = {"PLANTRACK_SMTP_URL": f"smtp://127.0.0.1:{mail.port}?from=a@example.org"}
        args = ("weekly", "--week", "2024-W29", "--mail-to", "b@example.org")
        for _ in range(2):
            done = hidden(*PROGRAM, *args, folder=workspace, env=env)
            assert done.returncode == 0, done.stderr.decode()
        assert mail.handler.boxes() == ["b@example.org"]
    assert not list(workspace.glob("*-lock"))


@pytest.mark.parametrize(
    ("args", "env", "code", "said"),
    [
        (["cap"], {"PLANTRACK_COMPLETE": "zsh"}, 0, "cap-nhat"),
        (["init", "--group", "root"], {}, 3, "[unknown-group]"),
        (["show", "99"], {}, 3, "[unknown-task]"),
    ],
)
def test_the_rest_of_it(args: list[str], env: dict[str, str], code: int, said: str, workspace: Path) -> None:
    done = hidden(*PROGRAM, *args, folder=workspace, env=env)
    assert (done.returncode, said in (done.stdout + done.stderr).decode()) == (code, True)
