"""Start the program."""

import gc
import os
import sys


def run() -> None:
    """Run the program as a process.

    It lives for milliseconds: collecting garbage only costs time, and `--version` needs nothing of it.
    """
    gc.disable()
    if sys.argv[1:] == ["--version"]:
        from plantrack import __version__

        print(f"plantrack {__version__}", flush=True)
        os._exit(0)
    from plantrack.cli.app import run as run_app

    run_app()


if __name__ == "__main__":
    run()
