"""Running the program as another login, which needs root: real processes, real rights."""

import atexit
import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

as_root = pytest.mark.skipif(
    os.name != "posix" or os.getuid() != 0, reason="only root can become another user"
)
#: Two logins, and a group that both may be in.
AN, BINH = 20001, 20002
GROUP = 100

#: Everything is loaded first: Python itself may lie where another login may not read. It is loaded once, and each run
#: is a process that begins there.
_AS_LOGIN = """
import grp, json, os, pkgutil, sys, tempfile
from importlib import import_module
import plantrack, sqlite_utils, zoneinfo
zoneinfo.ZoneInfo("Asia/Ho_Chi_Minh")
for module in pkgutil.walk_packages(plantrack.__path__, "plantrack."):
    if not module.name.endswith("__main__"):
        import_module(module.name)
from plantrack.cli.app import main
from plantrack.i18n.words import LANGUAGES, Words
from plantrack.store.schema.text import schema_for
answers = os.fdopen(os.dup(1), "w")
os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
for language in LANGUAGES:
    main(["help", "sharing", "--lang", language])
    Words(language).has("help")
sys.stdout.flush()
schema_for({})
for line in sys.stdin:
    login, groups, folder, args = json.loads(line)
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        child = os.fork()
        if child == 0:
            os.dup2(out.fileno(), 1)
            os.dup2(err.fileno(), 2)
            os.chdir(folder)
            os.environ["PLANTRACK_USER"] = f"login {login}"
            os.setgroups(groups); os.setgid(login); os.setuid(login); os.umask(0o022)
            code = 1
            try:
                code = main(args)
                sys.stdout.flush()
                sys.stderr.flush()
            finally:
                os._exit(code)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        said = []
        for stream in (out, err):
            stream.seek(0)
            said.append(stream.read().decode())
    print(json.dumps([code, *said]), file=answers, flush=True)
"""


@cache
def _loaded() -> "subprocess.Popen[str]":
    """Start the process that everything is loaded in; it ends with its input, when this one does."""
    process = subprocess.Popen(
        [sys.executable, "-c", _AS_LOGIN], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        env={"PATH": "/usr/bin:/bin"},
    )  # fmt: skip
    atexit.register(process.communicate)
    return process


def run_as(login: int, *args: str, groups: tuple[int, ...] = ()) -> subprocess.CompletedProcess[str]:
    """Run the program as a login with its groups."""
    process = _loaded()
    assert process.stdin is not None
    assert process.stdout is not None
    print(json.dumps([login, groups, str(Path.cwd()), args]), file=process.stdin, flush=True)
    code, out, err = json.loads(process.stdout.readline())
    return subprocess.CompletedProcess(args, code, out, err)
