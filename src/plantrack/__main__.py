"""Start the program."""

import gc
import os
import sys

#: Said where nothing else can be.
_BROKEN = """\
Lỗi [defect]: chương trình không chạy tiếp được. Hãy cài lại plantrack; nếu vẫn lỗi, chạy lại với PLANTRACK_DEBUG=1
và gửi những gì hiện ra cho người phát triển.
Error [defect]: the program cannot go on. Install plantrack again; if that does not help, run it with PLANTRACK_DEBUG=1
and send what is shown to the developers.
"""


def run() -> None:
    """Run the program as a process.

    It lives for milliseconds: collecting garbage only costs time, and `--version` needs nothing of it. A shell that
    completes a line is answered by a part of its own. Whoever presses Ctrl-C before it has begun is not shown its inside.
    """
    gc.disable()
    sys.unraisablehook = _not_lost
    try:
        if sys.argv[1:] == ["--version"]:
            _print_version()
        if os.environ.get("PLANTRACK_COMPLETE"):
            from plantrack.cli.completion.answer import answer_shell

            answer_shell()
        from plantrack.cli.app import run as run_app

        run_app()
    except KeyboardInterrupt:
        if end_signals := sys.modules.get("plantrack.deliver.end_signals"):
            end_signals.obey()
        os._exit(130)
    except Exception as error:  # noqa: BLE001
        _say_broken(error)


def _say_broken(error: Exception) -> None:
    """Say that nothing more can be said: a part of the program is missing, or there is no memory left for it.

    A shell that completes a line is told nothing.
    """
    if os.environ.get("PLANTRACK_COMPLETE"):
        os._exit(0)
    try:
        if os.environ.get("PLANTRACK_DEBUG"):
            sys.excepthook(type(error), error, error.__traceback__)
        os.write(2, _BROKEN.encode())
    finally:
        os._exit(70)


def _not_lost(unraisable: "sys.UnraisableHookArgs") -> None:
    """Raise Ctrl-C once more that came where Python can only report it, such as at the end of a module's loading."""
    if not isinstance(unraisable.exc_value, KeyboardInterrupt):
        sys.__unraisablehook__(unraisable)
        return
    import _thread

    _thread.start_new_thread(_thread.interrupt_main, ())  # here it would be lost once more


def _print_version() -> None:
    """Print it and end; where that cannot be done, the whole program will say so."""
    import contextlib  # before `run` nothing may be loaded that Ctrl-C could break off

    from plantrack import __version__

    if sys.stdout is not None:
        with contextlib.suppress(OSError):
            os.write(sys.stdout.fileno(), f"plantrack {__version__}\n".encode())
            os._exit(0)


if __name__ == "__main__":
    run()
