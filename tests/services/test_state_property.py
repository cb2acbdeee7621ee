"""Any sequence of commands, on a real database: the state of any day, known at any moment, is what history says."""

import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plantrack.errors import Failure
from plantrack.model.counting import Cutoffs
from plantrack.model.days import add_days
from plantrack.model.history import days_of
from plantrack.model.plan import Reporting
from plantrack.services.context import Context, ContextRequest, open_context
from plantrack.services.verbs.add import NewTask, add
from plantrack.services.verbs.assign import Roles, assign, unassign
from plantrack.services.verbs.edit import Corrections, edit, extend, remove
from plantrack.services.verbs.undo import undo
from plantrack.services.verbs.update import TypedUpdate, update
from plantrack.store import tasks
from plantrack.store.connection import SQLite
from plantrack.store.facts import facts_of
from plantrack.store.scope import Scope
from plantrack.store.tasks import AsOf

FIRST = "2024-07-01"


def day(n: int) -> str:
    return add_days(FIRST, n)


DAYS = st.integers(0, 12).map(day)
IDS = st.integers(1, 3).map(str)
STATUSES = st.none() | st.sampled_from(
    ["not_started", "in_progress", "submitted", "done", "paused", "dropped"]
)
ORGS = st.sampled_from(["ubdt", "hlhpn"])
ROLES = st.sampled_from(["lead", "coordinating"])


def in_role(role: str, party: str, on: str) -> Roles:
    """Name an organisation for one role from a day on."""
    return Roles(on=on)._replace(**{role: (party,)})  # type: ignore[arg-type]


class Do(NamedTuple):
    """A command: its name and its service call."""

    name: str
    call: Callable[[Context], Any]


def _update(i: str, on: str, status: str | None, percent: int | None, blocked: str | None, clear: bool) -> Do:
    report = TypedUpdate(
        status=status,
        percent=None if percent is None else str(percent),
        blocked=blocked,
        unblocked=clear and blocked is None,
        on=on,
    )
    return Do(f"update {i} {report}", lambda context: update(context, [i], report))


COMMANDS = st.one_of(
    st.builds(
        lambda on, due, lead: Do(
            f"add {on} {due} {lead}",
            lambda context: add(context, NewTask("Việc", area="3", due=due, lead=lead, on=on)),
        ),
        DAYS,
        st.none() | DAYS,
        st.just(()) | ORGS.map(lambda o: (o,)),
    ),
    st.builds(
        _update,
        IDS,
        DAYS,
        STATUSES,
        st.none() | st.integers(0, 100),
        st.none() | st.just("kẹt"),
        st.booleans(),
    ),
    st.builds(
        lambda i, on: Do(
            f"reopen {i} {on}", lambda context: update(context, [i], TypedUpdate(reason="x", on=on), "reopen")
        ),
        IDS,
        DAYS,
    ),
    st.builds(
        lambda i, d, on: Do(f"extend {i} {d} {on}", lambda context: extend(context, [i], d, "x", on)),
        IDS,
        DAYS,
        DAYS,
    ),
    st.builds(
        lambda i, d: Do(f"edit {i} due {d}", lambda context: edit(context, [i], Corrections(due=d))),
        IDS,
        DAYS,
    ),
    st.builds(
        lambda i, d: Do(f"edit {i} opened {d}", lambda context: edit(context, [i], Corrections(opened=d))),
        IDS,
        DAYS,
    ),
    st.builds(
        lambda i, t: Do(f"edit {i} title {t}", lambda context: edit(context, [i], Corrections(title=t))),
        IDS,
        st.sampled_from(["Một", "Hai"]),
    ),
    st.builds(
        lambda i, role, o, on, instead: Do(
            f"assign {i} {role} {o} {on} {instead}",
            lambda context: assign(context, [i], in_role(role, o, on)._replace(instead=instead)),
        ),
        IDS,
        ROLES,
        ORGS,
        DAYS,
        st.booleans(),
    ),
    st.builds(
        lambda i, role, o, on: Do(
            f"unassign {i} {role} {o} {on}", lambda context: unassign(context, [i], in_role(role, o, on))
        ),
        IDS,
        ROLES,
        ORGS,
        DAYS,
    ),
    st.builds(lambda i: Do(f"remove {i}", lambda context: remove(context, [i], "nhầm")), IDS),
    st.builds(
        lambda c: Do(f"undo {c}", lambda context: undo(context, c)),
        st.none() | st.integers(2, 9).map(lambda n: f"c{n}"),
    ),
)


class Ledger:
    """A database in memory, worked on by one command a second; it keeps every state it ever answered with."""

    def __init__(self, template: Path) -> None:
        driver = sqlite3.connect(":memory:", isolation_level=None)
        # A database in memory has no write-ahead log: bytes 18 and 19 of the header say so.
        driver.deserialize(template.read_bytes().replace(b"\x02\x02", b"\x01\x01", 1))
        driver.execute("PRAGMA foreign_keys = ON")
        self.db = SQLite(driver, Path(":memory:"))
        self.second = 0
        #: (moment, day) -> the tasks as they were answered when that was the present.
        self.answers: dict[tuple[str, str], list[Any]] = {}

    def context(self) -> Context:
        now = datetime(2024, 8, 1, 2, tzinfo=UTC) + timedelta(seconds=self.second)
        return open_context(self.db, ContextRequest(author="Người thử"), lambda: now)

    def do(self, command: Do) -> None:
        self.second += 1
        before = self.db.driver.serialize()
        try:
            command.call(self.context())
        except Failure:
            assert self.db.driver.serialize() == before, command.name
            return
        moment = self.db.query("SELECT MAX(recorded_at) FROM command")[0][0]
        for n in range(0, 13, 3):
            self.answers[moment, day(n)] = sorted(tasks.tasks_on(self.db, "kh-468-2024", AsOf(day(n))))


@pytest.mark.slow
@settings(max_examples=80)
@given(st.lists(COMMANDS, min_size=3, max_size=14))
def test_what_was_answered_then_is_answered_now_for_then(made_once: Path, commands: list[Do]) -> None:
    """A report can be printed again later, as of the same day and known at the same moment, to the letter."""
    ledger = Ledger(made_once / "plantrack.db")
    ledger.do(
        Do("add", lambda context: add(context, NewTask("Việc đầu", area="1", due="2024-07-05", on=FIRST)))
    )
    for command in commands:
        ledger.do(command)
    for (moment, as_of), answered in ledger.answers.items():
        again = tasks.tasks_on(ledger.db, "kh-468-2024", AsOf(as_of, moment))
        assert sorted(again) == answered, (moment, as_of)


@pytest.mark.slow
@settings(max_examples=80)
@given(st.lists(COMMANDS, min_size=3, max_size=14))
def test_what_is_kept_for_speed_is_what_history_gives(made_once: Path, commands: list[Do]) -> None:
    """The kept state equals the one computed from the facts alone, and so does a rebuilt one."""
    ledger = Ledger(made_once / "plantrack.db")
    ledger.do(Do("add", lambda context: add(context, NewTask("Việc đầu", area="1", on=FIRST))))
    for command in commands:
        ledger.do(command)
    kept = sorted(tasks.tasks_on(ledger.db, "kh-468-2024", AsOf("9999-12-31")))
    computed = sorted(
        tasks.tasks_on(ledger.db, "kh-468-2024", AsOf("9999-12-31", "9999-12-31T00:00:00.000Z"))
    )
    assert kept == computed
    rows = ledger.db.query("SELECT * FROM task ORDER BY uid")
    tasks.derive(ledger.db, [r[0] for r in ledger.db.query("SELECT uid FROM task")])
    assert ledger.db.query("SELECT * FROM task ORDER BY uid") == rows


@pytest.mark.slow
@settings(max_examples=60)
@given(st.lists(COMMANDS, min_size=3, max_size=12), DAYS, DAYS)
def test_an_earlier_day_is_the_same_from_a_later_one(
    made_once: Path, commands: list[Do], one: str, other: str
) -> None:
    """The weekly summary takes the Sunday before from this Sunday; that is only a quicker way."""
    ledger = Ledger(made_once / "plantrack.db")
    for command in commands:
        ledger.do(command)
    first, last = sorted((one, other))
    clock = Cutoffs.at(first, Reporting())
    later = tasks.tasks_on(ledger.db, "kh-468-2024", AsOf(last), Cutoffs.at(last, Reporting()))
    earlier = tasks.tasks_before(ledger.db, "kh-468-2024", AsOf(first), clock, later)
    assert sorted(earlier) == sorted(tasks.tasks_on(ledger.db, "kh-468-2024", AsOf(first), clock))


#: What moves the opening of task 1, or speaks of a day near it; the more of it is taken back, the better.
NEAR = st.integers(0, 5).map(day)
UNDOS = st.integers(3, 9).map(lambda n: Do(f"undo c{n}", lambda context: undo(context, f"c{n}")))
MOVES = st.one_of(
    UNDOS,
    UNDOS,
    NEAR.map(lambda d: Do(f"edit opened {d}", lambda context: edit(context, ["1"], Corrections(opened=d)))),
    NEAR.map(lambda d: _update("1", d, None, 5, None, False)),
    NEAR.map(lambda d: Do(f"extend {d}", lambda context: extend(context, ["1"], day(40), "x", d))),
    st.builds(
        lambda role, leaves, d: Do(
            f"{'un' * leaves}assign {role} {d}",
            lambda context: (unassign if leaves else assign)(context, ["1"], in_role(role, "ubdt", d)),
        ),
        ROLES,
        st.booleans(),
        NEAR,
    ),
)


@pytest.mark.slow
@settings(max_examples=120)
@given(st.lists(MOVES, min_size=4, max_size=9))
def test_no_fact_stands_before_the_opening_and_what_is_of_it_holds_from_there(
    made_once: Path, commands: list[Do]
) -> None:
    """Nobody but the opening speaks of An: whatever moves it, An is in charge on each day from it on."""
    ledger = Ledger(made_once / "plantrack.db")
    first = NewTask("Việc đầu", area="1", lead=("ubdt",), in_charge=("An",), on=day(3))
    ledger.do(Do("add", lambda context: add(context, first)))
    for command in commands:
        ledger.do(command)
        ((uid, opened_on),) = ledger.db.query("SELECT uid, opened_on FROM task")
        facts = facts_of(ledger.db, Scope.of([uid]))[uid]
        assert all(on >= opened_on for on in days_of(facts)), command.name
        for n in range(7):
            found = tasks.tasks_on(ledger.db, "kh-468-2024", AsOf(day(n)))
            assert [t.in_charge for t in found] == [("An",)] * (day(n) >= opened_on), command.name
            assert not any({*t.lead} & {*t.coordinating} for t in found), command.name
