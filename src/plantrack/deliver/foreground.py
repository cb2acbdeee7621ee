"""Another program that has the terminal for a while: a pager, an editor."""

import contextlib
import signal
from collections.abc import Iterator


@contextlib.contextmanager
def left_to_it() -> Iterator[None]:
    """Let only the other program, which runs already, hear of Ctrl-C: there it has a meaning of its own."""
    try:
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    except ValueError:  # not the main thread, which hears of none
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
