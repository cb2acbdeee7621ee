"""Another program has the terminal: Ctrl-C is for it, and the terminal is as it was afterwards."""

import os
import pty
import signal
import termios
import threading

import pytest

from plantrack.deliver import foreground


def test_a_break_is_for_the_other_program_alone() -> None:
    before = signal.getsignal(signal.SIGINT)
    with foreground.left_to_it():
        os.kill(os.getpid(), signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is before


def test_a_thread_hears_of_no_signal_anyway() -> None:
    ran = []

    def work() -> None:
        with foreground.left_to_it():
            ran.append(True)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert ran == [True]


def test_the_terminal_is_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    other, terminal = pty.openpty()
    modes = termios.tcgetattr(terminal)

    class Out:
        def fileno(self) -> int:
            return terminal

    monkeypatch.setattr("sys.stdout", Out())
    with foreground.terminal_kept():
        changed = [*modes]
        changed[3] &= ~termios.ECHO
        termios.tcsetattr(terminal, termios.TCSANOW, changed)
    assert termios.tcgetattr(terminal)[3] == modes[3]
    os.close(other)
    os.close(terminal)
