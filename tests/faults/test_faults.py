"""A few tries of each kind of fault, and whether the checker itself would find what is wrong."""

import contextlib
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from plantrack.cli.commands import COMMANDS
from plantrack.services.workspace import DATABASE
from tests.faults.case import Case, NotHere, Stage, Wrong
from tests.faults.cases import CASES
from tests.faults.judge import Reference, files_of, judge
from tests.faults.picture import Picture
from tests.faults.processes import Outcome, inside
from tests.faults.servers import Servers, Standby
from tests.faults.together import Together
from tests.faults.works import ELSEWHERE, WORKS, Work

pytestmark = pytest.mark.no_cover

#: Of `--seed`: each run of the tests tries the same.
SEED = 13
UPDATE = next(work for work in WORKS if work.command == "update")


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    return Stage(tmp_path_factory.mktemp("faults"), SEED)


#: Cases that are smaller in a test than by hand.
_SMALL: dict[str, Callable[[Stage], Case]] = {
    "together": partial(Together, seconds=1, writers=3),
    "servers": partial(Servers, seconds=3, writers=2),
    "standby": partial(Standby, seconds=3, writers=2),
}


@contextlib.contextmanager
def opened_case(name: str, stage: Stage) -> Iterator[Case]:
    """Make a case as small as a test may be."""
    case = _SMALL[name](stage) if name in _SMALL else CASES[name](stage)
    try:
        yield case
    finally:
        case.close()


@pytest.mark.slow
@pytest.mark.parametrize("name", CASES)
def test_faults_break_no_promise(name: str, stage: Stage) -> None:
    n = 0
    try:
        with opened_case(name, stage) as case:
            for n in range(case.few):
                case.attempt(n)
    except NotHere as reason:
        pytest.skip(str(reason))
    except Wrong as found:
        pytest.fail(f"python -m tests.faults --seed {SEED} --only {name} --at {n}\n{found}")


def test_no_command_that_writes_is_missing() -> None:
    writing = {name for name, entry in COMMANDS.items() if entry.kind in ("write", "make")}
    tried = {work.command for work in WORKS}
    assert writing - tried == {*ELSEWHERE}
    assert tried <= {*COMMANDS}


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
def test_what_was_saved_and_cannot_be_told_is_said_to_be_saved(stage: Stage) -> None:
    wrong = {}
    for work in WORKS:
        folder = stage.templates.copy(work.template, stage.templates.try_folder())
        before, files = Picture(folder / DATABASE), files_of(folder)
        has_json = COMMANDS[work.command].kind == "write"
        with open("/dev/full", "w", encoding="utf-8") as full:
            done = inside(folder, (*work.words, *(("--format", "json") if has_json else ())), out=full)
            with contextlib.suppress(OSError):
                full.close()
        is_saved = any(before.change(folder / DATABASE)) or files_of(folder) != files
        if (done.code, done.said) not in ((0, ""), (7, "saved-not-printed" if is_saved else "output-failed")):
            wrong[work.name] = done
        shutil.rmtree(folder.parent)
    assert wrong == {}


def spoilt(statement: str) -> Callable[[Path], None]:
    """Return what changes a database behind the program's back."""

    def spoil(folder: Path) -> None:
        with contextlib.closing(sqlite3.connect(folder / DATABASE)) as driver:
            guards = driver.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
            for (name,) in guards:
                driver.execute(f"DROP TRIGGER {name}")
            driver.execute(statement)
            driver.commit()

    return spoil


DONE, REFUSED, KILLED = Outcome(0, "1\n"), Outcome(6, "", "[database-locked]"), Outcome(-9)
LAST = "(SELECT MAX(number) FROM command)"
#: What may have gone wrong, and how the command had ended.
SPOILT = {
    "a fact is lost": (DONE, True, spoilt("DELETE FROM status_update WHERE uid = (SELECT MAX(uid) FROM status_update)")),
    "half of it is there": (KILLED, True, spoilt("DELETE FROM seal WHERE command = (SELECT uid FROM command ORDER BY number DESC LIMIT 1)")),
    "acknowledged and lost": (DONE, False, lambda _: None),
    "printed, killed and lost": (Outcome(-9, "1\n"), False, lambda _: None),
    "refused, and there": (REFUSED, True, lambda _: None),
    "what is derived is another thing": (KILLED, False, spoilt("UPDATE task SET percent = 99 WHERE number = 2")),
    "a number is missing": (KILLED, False, spoilt("UPDATE counter SET used = used + 1 WHERE name = 'task'")),
    "a moment is another one": (KILLED, True, spoilt(f"UPDATE command SET recorded_at = '2020-01-01T00:00:00.000Z' WHERE number = {LAST}")),
    "a file is half-written": (KILLED, False, lambda folder: (folder / "old.md").unlink()),
    "a file lies about": (KILLED, False, lambda folder: (folder / "x.db-wal").touch()),
}  # fmt: skip


@pytest.fixture(scope="module")
def reference(stage: Stage) -> Reference:
    return Reference(stage, UPDATE)


def left_by(stage: Stage, work: Work, *, is_done: bool) -> Path:
    folder = stage.templates.copy(work.template, stage.templates.try_folder())
    if is_done:
        assert inside(folder, work.words).code == 0
    return folder


@pytest.mark.parametrize("what", SPOILT)
def test_the_checker_finds_what_is_wrong(what: str, stage: Stage, reference: Reference) -> None:
    end, is_done, spoil = SPOILT[what]
    folder = left_by(stage, UPDATE, is_done=is_done)
    spoil(folder)
    with pytest.raises(Wrong):
        judge(reference, folder, end)


@pytest.mark.parametrize(
    ("end", "is_done"), [(DONE, True), (KILLED, True), (KILLED, False), (REFUSED, False)]
)
def test_the_checker_lets_be_what_is_right(
    end: Outcome, is_done: bool, stage: Stage, reference: Reference
) -> None:
    assert judge(reference, left_by(stage, UPDATE, is_done=is_done), end) is is_done
