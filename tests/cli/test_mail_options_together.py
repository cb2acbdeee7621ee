"""Mail when a run is killed, when several run at once, and when nobody sits at the keyboard."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from plantrack.deliver import folder_lock
from tests.conftest import Run
from tests.support.mail_server import Mail
from tests.support.posting import WEEK, A, B, C, rows, to

# Runs that are killed, and runs at once.


def process(workspace: Path, *args: str, before: str = "", **environment: str) -> subprocess.Popen[str]:
    """Start the program in a process of its own, with an all but empty environment and nothing to read."""
    code = f"import sys; sys.argv[0] = 'plantrack'\n{before}\nfrom plantrack.__main__ import run; run()"
    kept = {
        name: os.environ[name] for name in ("PLANTRACK_SMTP_URL", "PLANTRACK_MAIL_FROM") if name in os.environ
    }
    return subprocess.Popen(
        [sys.executable, "-c", code, "-C", str(workspace), *args],
        env={**kept, **environment}, cwd="/", text=True, encoding="utf-8",
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


KILLED = """
import os, signal
from plantrack.store import deliveries
marked, add = [], deliveries.add
def die(db, uid, delivery):
    if marked: os.kill(os.getpid(), signal.SIGKILL)
    marked.append(add(db, uid, delivery))
deliveries.add = die
"""


def test_a_run_killed_between_sending_and_marking_repeats_one_message_and_loses_none(
    mail: Mail, workspace: Path, run: Run
) -> None:
    killed = process(workspace, *WEEK, *to(A, B, C), before=KILLED)
    assert killed.wait() == -signal.SIGKILL
    assert mail.handler.boxes() == [A, B]
    assert rows(workspace) == [(A, "2024-W29", 1)]
    again = process(workspace, *WEEK, *to(A, B, C), "--quiet")
    assert (again.communicate(), again.returncode) == (("", ""), 0)
    assert mail.handler.boxes() == [A, B, B, C]
    names = [m["Message-ID"] for m in mail.handler.messages()]
    assert names[1] == names[2]  # mail systems know the repeat by its name
    assert len(set(names)) == 3


def test_a_run_killed_by_the_servers_answer_repeats_one_message_at_most(mail: Mail, workspace: Path) -> None:
    started: list[subprocess.Popen[str]] = []
    mail.handler.before_answer = lambda who: started[0].kill() if who == B else None
    started.append(process(workspace, *WEEK, *to(A, B, C)))
    started[0].communicate()
    mail.handler.before_answer = lambda who: None
    again = process(workspace, *WEEK, *to(A, B, C), "--quiet")
    assert (again.communicate(), again.returncode) == (("", ""), 0)
    assert mail.handler.boxes() == [A, B, B, C]


def test_two_runs_at_once_send_each_message_once(mail: Mail, workspace: Path) -> None:
    mail.handler.before_answer = lambda who: time.sleep(0.2)
    both = [process(workspace, *WEEK, *to(A, B, C), "--quiet") for _ in range(2)]
    assert [one.communicate() for one in both] == [("", "")] * 2
    assert [one.returncode for one in both] == [0, 0]
    assert sorted(mail.handler.boxes()) == [A, B, C]


def test_a_run_does_not_wait_for_ever_for_another(
    run: Run, mail: Mail, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folder_lock, "PATIENCE", 0.2)
    with folder_lock.folder_lock(workspace):
        ended = run(*WEEK, *to(A), "--lang", "en")
    assert ended.code == 4
    assert "[mail-busy]" in ended.err
    assert run(*WEEK, *to(A)).code == 0


def test_people_who_record_do_not_wait_for_mail(run: Run, mail: Mail, workspace: Path) -> None:
    added: list[int] = []
    mail.handler.before_answer = lambda who: added.append(
        process(workspace, "add", "Họp", "--area", "3").wait()
    )
    assert run(*WEEK, *to(A, B)).code == 0
    assert added == [0, 0]


# Nobody at the keyboard.


def test_mail_from_an_empty_environment(mail: Mail, workspace: Path) -> None:
    done = process(workspace, "weekly", "--quiet", *to(A))
    assert (done.communicate(), done.returncode) == (("", ""), 0)
    assert "Tổng hợp" in mail.handler.messages()[0]["Subject"]


def test_with_every_stream_closed(mail: Mail, workspace: Path) -> None:
    command = f"exec {sys.executable} -m plantrack -C '{workspace}' weekly --mail-to {A} <&- >&- 2>&-"
    done = subprocess.run(
        ["/bin/sh", "-c", command],
        check=False,
        env={k: os.environ[k] for k in ("PLANTRACK_SMTP_URL", "PLANTRACK_MAIL_FROM")},
    )
    assert done.returncode == 0
    assert mail.handler.boxes() == [A]
