"""Start one process and print what it took: seconds on the wall, seconds of CPU, peak memory in kilobytes, exit code.

A process of its own, and a small one: the peak of a child begins with what its parent had when it started it.
"""

import os
import sys
import time


def main() -> None:
    """Run the command that the arguments are, after `pipe` or `terminal`: where its output goes."""
    terminal, command = sys.argv[1] == "terminal", sys.argv[2:]
    if terminal:
        ours, output = os.openpty()
    else:
        output = os.open(os.devnull, os.O_WRONLY)
    start = time.perf_counter()
    process = os.posix_spawnp(
        command[0], command, os.environ, file_actions=[(os.POSIX_SPAWN_DUP2, output, 1)]
    )
    os.close(output)
    if terminal:
        drain(ours)
    _, status, used = os.wait4(process, 0)
    wall = time.perf_counter() - start
    print(wall, used.ru_utime + used.ru_stime, used.ru_maxrss, os.waitstatus_to_exitcode(status))


def drain(terminal: int) -> None:
    """Read what is shown, until nobody shows anything more."""
    try:
        while os.read(terminal, 65536):
            pass
    except OSError:
        pass  # the other end is closed


if __name__ == "__main__":
    main()
