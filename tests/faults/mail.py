"""Mail that is sent once: the process is killed while it sends, the ledger cannot be written, the line breaks."""

import contextlib
import random
import shutil
import signal
import threading
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Final

from plantrack.services.workspace import DATABASE
from tests.faults.case import NotHere, Stage, Wrong
from tests.faults.judge import check_sound
from tests.faults.kills import refuse_no_strace
from tests.faults.processes import Outcome, ended, run, start
from tests.faults.shim import counting, failing
from tests.support.mail_server import Mail, serving

_TO: Final = ("a@example.org", "b@example.org", "c@example.org")
_WORDS: Final = ("weekly", "--week", "2024-W29", "--mail-to", ",".join(_TO))
#: About as many calls on the database there are while three messages are sent.
_CALLS: Final = 700


class MailOnce:
    """weekly --mail-to: killed, with a ledger that fails, on a line that breaks; nobody gets it twice but the one in between"""

    name = "mail"
    few = 2

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.ways: tuple[Callable[[Path, Mail, random.Random], tuple[Outcome, str]], ...] = (
            self._killed_by_server,
            self._killed_at_call,
            self._ledger_fails,
            self._signalled,
        )

    def attempt(self, n: int) -> str:
        """Disturb a sending, send again, and count what each got."""
        lot = self.stage.lot(self.name, n)
        folder = self.stage.templates.copy("worked", self.stage.templates.try_folder())
        with serving() as mail:
            done, what = self.ways[n % len(self.ways)](folder, mail, lot)
            mail.handler.before_answer = lambda _: None
            first = Counter(mail.handler.boxes())
            again = run(folder, _WORDS, _settings(mail))
            _judge(folder, done, first, Counter(mail.handler.boxes()), again)
        shutil.rmtree(folder.parent)
        return f"{what}: {done.code} {done.said}, first {sum(first.values())}"

    def _killed_by_server(self, folder: Path, mail: Mail, lot: random.Random) -> tuple[Outcome, str]:
        """Kill the process when a message was taken, before its answer or a moment after it."""
        process = start(folder, _WORDS, _settings(mail))
        whom, later = lot.choice(_TO), lot.choice([0.0, 0.001, 0.003, 0.01])

        def kill(to: str) -> None:
            if to == whom:
                threading.Timer(later, process.kill).start() if later else process.kill()

        mail.handler.before_answer = kill
        return ended(process), f"killed {later} s after {whom} was taken"

    def _killed_at_call(self, folder: Path, mail: Mail, lot: random.Random) -> tuple[Outcome, str]:
        with contextlib.suppress(NotHere):
            refuse_no_strace(folder.parent)
            call, at = lot.choice(
                [
                    ("sendto", lot.randrange(1, 25)),
                    ("pwrite64", lot.randrange(1, 90)),
                    ("fdatasync", lot.randrange(1, 9)),
                ]
            )
            traced = (
                "strace",
                "-f",
                "-qq",
                "-o",
                "/dev/null",
                "-e",
                f"trace={call}",
                "-e",
                f"inject={call}:signal=KILL:when={at}",
            )
            return run(folder, _WORDS, _settings(mail), traced), f"killed at {call} {at}"
        return self._killed_by_server(folder, mail, lot)

    def _ledger_fails(self, folder: Path, mail: Mail, lot: random.Random) -> tuple[Outcome, str]:
        at, how = lot.randrange(1, _CALLS), lot.choice(["eio", "enospc"])
        settings = counting(self.stage.folder, DATABASE, folder.parent / "calls")
        broken = failing(settings, at, how, stays=lot.random() < 0.5)
        return run(folder, _WORDS, {**_settings(mail), **broken}), f"call {at} {how}"

    def _signalled(self, folder: Path, mail: Mail, lot: random.Random) -> tuple[Outcome, str]:
        process = start(folder, _WORDS, _settings(mail))
        whom, sent = lot.choice(_TO), lot.choice([signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
        later = lot.choice([0.0, 0.001, 0.003, 0.01])

        def send(to: str) -> None:
            if to == whom:
                threading.Timer(later, process.send_signal, (sent,)).start()

        mail.handler.before_answer = send
        return ended(process), f"{sent.name} {later} s after {whom} was taken"

    def close(self) -> None:
        """Take nothing away: the folder of the run goes."""


def _settings(mail: Mail) -> dict[str, str]:
    return {
        "PLANTRACK_SMTP_URL": f"smtp://127.0.0.1:{mail.port}",
        "PLANTRACK_MAIL_FROM": "kh@example.org",
    }


def _judge(folder: Path, done: Outcome, first: Counter[str], both: Counter[str], again: Outcome) -> None:
    """Hold that each got it, and none twice but the one that could not be marked."""
    if again.code or {*both} != {*_TO}:
        raise Wrong(f"sent again: {again}, got {both}")
    twice = [to for to, many in both.items() if many > 1]
    if max(both.values()) > 2 or len(twice) > 1:
        raise Wrong(f"{done}: more than one got it twice: {both}")
    is_said = done.said in ("mail-unmarked", "mail-interrupted") and any(to in done.err for to in twice)
    if twice and not is_said and done.code != -signal.SIGKILL:
        raise Wrong(f"{twice} got it twice, and nothing said so: {done}")
    if first and max(first.values()) > 1:
        raise Wrong(f"twice in one run: {first}")
    check_sound(folder)
