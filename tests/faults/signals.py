"""Signals that a person or the system sends at a moment drawn by lot."""

import contextlib
import random
import signal
import subprocess
from pathlib import Path

from tests.faults.case import Stage, Wrong
from tests.faults.processes import Outcome, ended, start
from tests.faults.work_case import WorkCase
from tests.faults.works import Work

_SENT = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGPIPE)


class Signals(WorkCase):
    """INT, TERM, HUP and PIPE in every command that writes"""

    name = "signals"
    may_differ = True

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        for sent, way in ((signal.SIGINT, signal.default_int_handler), (signal.SIGHUP, signal.SIG_DFL)):
            if signal.getsignal(sent) == signal.SIG_IGN:  # what runs behind a shell is born deaf to it
                signal.signal(sent, way)

    def fault(self, work: Work, folder: Path, lot: random.Random, nth: int) -> tuple[Outcome, str]:
        """Send a signal, and hold how the process ends."""
        sent = _SENT[(nth + self.order.index(work)) % len(_SENT)]
        after = lot.uniform(0.2, 1.0) * self.life(work)
        process = start(folder, work.words)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(after)
        process.send_signal(sent)
        done = ended(process)
        self._hold_end(sent, done, folder)
        return done, f"{sent.name} after {after:.3f} s"

    def _hold_end(self, sent: signal.Signals, done: Outcome, folder: Path) -> None:
        if "runpy" in done.err and not done.out:  # Python itself had not begun yet
            return
        allowed = {signal.SIGINT: (0, 130), signal.SIGPIPE: (0,)}.get(sent, (0, -sent))
        if done.code not in allowed:
            raise Wrong(f"{sent.name} ended it with {done}")
        if "Traceback" in done.err or done.err.count("[interrupted]") > 1:
            raise Wrong(f"{sent.name} was told so: {done.err}")
        if left := [p.name for p in folder.rglob("*") if p.name.endswith(("-wal", "-shm", ".tmp"))]:
            raise Wrong(f"{sent.name} left {left}")
