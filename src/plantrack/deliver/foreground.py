"""Another program that has the terminal for a while: a pager, an editor."""

import contextlib
import signal
import sys
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


@contextlib.contextmanager
def terminal_kept() -> Iterator[None]:
    """Leave the terminal as it was, however the other program ends: one that is killed leaves it without echo."""
    try:
        import termios
    except ImportError:  # pragma: no cover (Windows)
        yield
        return
    terminal, modes = sys.stdout.fileno(), None
    with contextlib.suppress(termios.error):
        modes = termios.tcgetattr(terminal)
    try:
        yield
    finally:
        if modes is not None:
            with contextlib.suppress(termios.error):
                termios.tcsetattr(terminal, termios.TCSADRAIN, modes)
