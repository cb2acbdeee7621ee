"""Running the program as another login, which needs root: real processes, real rights."""

import os
import subprocess
import sys

import pytest

as_root = pytest.mark.skipif(
    os.name != "posix" or os.getuid() != 0, reason="only root can become another user"
)
#: Two logins, and a group that both may be in.
AN, BINH = 20001, 20002
GROUP = 100

#: Everything is loaded first: Python itself may lie where another login may not read.
_AS_LOGIN = """
import grp, os, pkgutil, sys
from importlib import import_module
import plantrack, sqlite_utils, zoneinfo
zoneinfo.ZoneInfo("Asia/Ho_Chi_Minh")
for module in pkgutil.walk_packages(plantrack.__path__, "plantrack."):
    if not module.name.endswith("__main__"):
        import_module(module.name)
from plantrack.cli.app import main
from plantrack.i18n.words import LANGUAGES, Words
login, groups = int(sys.argv[1]), [int(g) for g in sys.argv[2].split(",") if g]
for language in LANGUAGES:
    main(["help", "sharing", "--lang", language])
    Words(language).has("help")
sys.stdout.flush()
os.dup2(int(sys.argv[3]), 1)
os.setgroups(groups); os.setgid(login); os.setuid(login); os.umask(0o022)
code = main(sys.argv[4:])
sys.stdout.flush()
os._exit(code)
"""


def run_as(login: int, *args: str, groups: tuple[int, ...] = ()) -> subprocess.CompletedProcess[str]:
    """Run the program as a login with its groups."""
    read, write = os.pipe()
    with os.fdopen(read, encoding="utf-8") as out:
        done = subprocess.run(
            [sys.executable, "-c", _AS_LOGIN, str(login), ",".join(map(str, groups)), str(write), *args],
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False, pass_fds=[write],
            env={"PLANTRACK_USER": f"login {login}", "PATH": "/usr/bin:/bin"},
        )  # fmt: skip
        os.close(write)
        done.stdout = out.read()
    return done
