"""Hides, in each process whose PYTHONPATH has this folder, what only POSIX has, before anything of the program runs.

The whole suite can run so, by hand: the program's processes have nothing of it, and in the process of the tests, which
need it themselves, the one module that may use it finds nothing.

    PYTHONPATH=tests/support/without_posix:. python -m pytest -n 0
"""

import os
import signal
import subprocess  # noqa: F401 (what asks for the name of the system has taken what it needs)
import sys
import types
import warnings

import platformdirs  # noqa: F401

MODULES = ("fcntl", "termios", "pwd", "grp", "pty", "tty", "resource", "readline", "syslog", "curses")
OF_OS = (
    *("geteuid", "getuid", "getegid", "getgid", "getgroups", "getlogin", "chown", "fchown", "lchown"),
    *(
        "fork",
        "forkpty",
        "openpty",
        "setsid",
        "setuid",
        "setgid",
        "killpg",
        "getpgid",
        "mkfifo",
        "uname",
        "sysconf",
    ),
    *("O_NONBLOCK", "O_NOFOLLOW", "O_CLOEXEC", "O_DIRECTORY", "getloadavg", "statvfs"),
)
SIGNALS = ("SIGHUP", "SIGPIPE", "SIGKILL", "SIGALRM", "SIGCHLD", "SIGUSR1", "SIGWINCH", "alarm", "setitimer")


def hide() -> None:
    """Take it all away from this process."""
    for name in MODULES:
        sys.modules[name] = None  # type: ignore[assignment]
    for name in OF_OS:
        delattr(os, name)
    for name in SIGNALS:
        delattr(signal, name)


def hide_from_program() -> None:
    """Let the program find nothing in a process whose tests need it all."""
    from plantrack import system

    bare = types.SimpleNamespace(**{name: value for name, value in vars(os).items() if name not in OF_OS})
    found = system._module
    vars(system).update(
        os=bare,
        _module=lambda name: None if name in MODULES else found(name),
        _AT_ONCE=0,
        _NO_LINK=0,
        _BYTES=0,
    )


warnings.filterwarnings("ignore", "only soft file lock")
if any("pytest" in word for word in sys.orig_argv):
    hide_from_program()
else:
    hide()
