"""Signals that ask the program to end: it is broken off as by Ctrl-C, cleans up, and then ends by the signal itself."""

import os
import signal
from types import FrameType

from plantrack.system import END_SIGNALS

_heard = list[int]()


def listen() -> None:
    """Break off what is done when a signal asks for it; one that is ignored stays so (`nohup`)."""
    for number in END_SIGNALS:
        if signal.getsignal(number) == signal.SIG_DFL:
            signal.signal(number, _break_off)


def _break_off(number: int, _: FrameType | None) -> None:
    _heard.append(number)
    raise KeyboardInterrupt


def obey() -> None:
    """End by the signal that was heard, if one was, as whoever sent it expects; a later one ends the process at once."""
    for number in END_SIGNALS:
        if signal.getsignal(number) is _break_off:
            signal.signal(number, signal.SIG_DFL)
    if _heard:
        os.kill(os.getpid(), _heard[0])
