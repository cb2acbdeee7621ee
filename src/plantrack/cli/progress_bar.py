"""How far long work is, or what is waited for, on one line of the terminal that talk goes to; in pipes, and when it is quick, nothing."""

import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from plantrack.cli.session import Session
from plantrack.deliver import streams
from plantrack.i18n.words import Words
from plantrack.render.layout.text_width import cell_width
from plantrack.store.advance import Advance, unheard

#: So long nobody wonders, in seconds.
_PATIENCE = 1.0
#: Signs of the bar.
_WIDE = 20


@contextmanager
def progress_bar(
    session: Session, key: str, clock: Callable[[], float] = time.monotonic
) -> Iterator[Advance]:
    """Show how far the work inside is, called by a key of the catalogue; the line is gone when it ends."""
    if not _is_shown(session):
        yield unheard
        return
    bar = _Bar(session.words, key, session.talk_width, clock)
    try:
        yield bar.show
    finally:
        bar.write("")


@contextmanager
def server_awaited(session: Session, patience: float = _PATIENCE) -> Iterator[None]:
    """Say that a server is waited for, where it takes its time to answer; the line is gone when it does."""
    if not _is_shown(session):
        yield
        return
    line, said = session.words_for_failing("advance.server"), False

    def say() -> None:
        nonlocal said
        said = True
        streams.write_over(line, 0)

    waiting = threading.Timer(patience, say)
    waiting.daemon = True
    waiting.start()
    try:
        yield
    finally:
        waiting.cancel()
        waiting.join()
        if said:
            streams.write_over("", cell_width(line))


def _is_shown(session: Session) -> bool:
    return not session.options.get("quiet") and streams.is_terminal(sys.stderr)


class _Bar:
    """A line that is written over."""

    def __init__(self, words: Words, key: str, width: int, clock: Callable[[], float]) -> None:
        self.words, self.what, self.width, self.clock = words, words(key), width, clock
        self.begun = clock()
        self.shown = ""

    def show(self, share: float) -> None:
        if self.clock() - self.begun >= _PATIENCE:
            full = int(share * _WIDE)
            percent = self.words.percent(int(share * 1000), 1000)
            line = f"{self.what} [{'#' * full}{'.' * (_WIDE - full)}] {percent}"
            # Without room for all of it, the number alone: a line that breaks cannot be written over.
            self.write(line if cell_width(line) < self.width else percent)

    def write(self, line: str) -> None:
        if line != self.shown:
            streams.write_over(line, cell_width(self.shown) - cell_width(line))
            self.shown = line
