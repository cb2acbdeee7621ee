"""Work drawn by lot: commands on a few tasks and days, and a database in memory on which they are done."""

import sqlite3
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from hypothesis import strategies as st

from plantrack.errors import Failure
from plantrack.model.days import add_days
from plantrack.model.moments import utc_moment
from plantrack.model.typed.money import LARGEST
from plantrack.services.context import Context, ContextRequest, open_context
from plantrack.services.verbs import org
from plantrack.services.verbs.add import NewTask, add
from plantrack.services.verbs.assign import Roles, assign, unassign
from plantrack.services.verbs.edit import Corrections, edit, extend, remove
from plantrack.services.verbs.org import OrgParticulars
from plantrack.services.verbs.person import Particulars, merge, rename, set_person
from plantrack.services.verbs.undo import undo
from plantrack.services.verbs.update import update
from plantrack.services.writing.status_updates import TypedUpdate
from plantrack.store.sqlite.connection import SQLite

FIRST = "2024-07-01"


def day(n: int) -> str:
    return add_days(FIRST, n)


DAYS = st.integers(0, 12).map(day)
AMOUNTS = st.sampled_from([0, 1, 12_000_000, LARGEST])
IDS = st.integers(1, 3).map(str)
STATUSES = st.none() | st.sampled_from(
    ["not_started", "in_progress", "submitted", "done", "paused", "dropped"]
)
ORGS = st.sampled_from(["ubdt", "hlhpn", "so", "so-2"])
PEOPLE = st.sampled_from(["An", "Bình", "Chi"])
ROLES = st.sampled_from(["lead", "coordinating"])


def in_role(role: str, party: str, on: str) -> Roles:
    """Name an organisation for one role from a day on."""
    return Roles(on=on)._replace(**{role: (party,)})  # type: ignore[arg-type]


class Do(NamedTuple):
    """A command: its name, its service call, and what is asked of the context (the tasks or the plan it is about)."""

    name: str
    call: Callable[[Context], Any]
    asked: Mapping[str, Any] = MappingProxyType({})


def told(
    i: str,
    on: str,
    status: str | None,
    percent: int | None,
    blocked: str | None,
    clear: bool,
    spent: int | None = None,
) -> Do:
    report = TypedUpdate(
        status=status,
        percent=None if percent is None else str(percent),
        spent=None if spent is None else str(spent),
        blocked=blocked,
        unblocked=clear and blocked is None,
        on=on,
    )
    return Do(f"update {i} {report}", lambda context: update(context, [i], report))


COMMANDS = st.one_of(
    st.builds(
        lambda on, due, lead, tags: Do(
            f"add {on} {due} {lead} {tags}",
            lambda context: add(context, NewTask("Việc", area="3", due=due, lead=lead, on=on, tags=tags)),
        ),
        DAYS,
        st.none() | DAYS,
        st.just(()) | ORGS.map(lambda o: (o,)),
        st.lists(st.sampled_from(["gấp", "GAP", "tết"]), max_size=2).map(tuple),
    ),
    st.builds(
        told,
        IDS,
        DAYS,
        STATUSES,
        st.none() | st.integers(0, 100),
        st.none() | st.just("kẹt"),
        st.booleans(),
        st.none() | AMOUNTS,
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
        lambda i, b: Do(f"edit {i} budget {b}", lambda context: edit(context, [i], Corrections(budget=b))),
        IDS,
        st.just("none") | AMOUNTS.map(str),
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
    st.builds(
        lambda i, who, on, instead: Do(
            f"assign {i} {who} {on} {instead}",
            lambda context: assign(
                context, [i], Roles(in_charge=(who,), on=on, instead=instead, new_person=True)
            ),
        ),
        IDS,
        PEOPLE | st.just("An (ubdt)"),
        DAYS,
        st.booleans(),
    ),
    st.builds(
        lambda one, other: Do(f"rename {one} {other}", lambda context: rename(context, one, other)),
        PEOPLE,
        PEOPLE,
    ),
    st.builds(
        lambda one, other: Do(f"merge {one} {other}", lambda context: merge(context, one, other)),
        PEOPLE,
        PEOPLE,
    ),
    st.builds(
        lambda who, o: Do(
            f"set {who} {o}", lambda context: set_person(context, who, Particulars(organisation=o))
        ),
        PEOPLE,
        ORGS | st.just(""),
    ),
    st.builds(
        lambda id, same: Do(
            f"org add {id} {same}",
            lambda context: org.add(context, id, OrgParticulars("Sở Nội vụ"), "so" if same else None),
        ),
        st.sampled_from(["so", "so-2"]),
        st.booleans(),
    ),
    st.builds(lambda i: Do(f"remove {i}", lambda context: remove(context, [i], "nhầm")), IDS),
    st.builds(
        lambda c: Do(f"undo {c}", lambda context: undo(context, c)),
        st.none() | st.integers(2, 9).map(lambda n: f"c{n}"),
    ),
)


class Ledger:
    """A database in memory, worked on by one command a second."""

    def __init__(self, template: Path, today: str = "2024-08-01") -> None:
        driver = sqlite3.connect(":memory:", isolation_level=None)
        # A database in memory has no write-ahead log: bytes 18 and 19 of the header say so.
        driver.deserialize(template.read_bytes().replace(b"\x02\x02", b"\x01\x01", 1))
        driver.execute("PRAGMA foreign_keys = ON")
        self.db = SQLite(driver, Path(":memory:"))
        self.start = datetime.fromisoformat(today).replace(hour=2, tzinfo=UTC)
        self.second = 0

    def context(self, **asked: Any) -> Context:
        now = self.start + timedelta(seconds=self.second)
        return open_context(self.db, ContextRequest(**{"author": "Người thử", **asked}), lambda: now)

    def do(self, command: Do) -> str | None:
        """Give a command, and return its moment; None: it was refused, and nothing changed."""
        self.second += 1
        before = self.db.driver.serialize()
        try:
            command.call(self.context(**command.asked))
        except Failure:
            assert self.db.driver.serialize() == before, command.name
            return None
        return str(self.db.query("SELECT MAX(recorded_at) FROM command")[0][0])

    def moment(self, second: int) -> str:
        """Return the moment of so many seconds after the first command could be given."""
        return utc_moment(self.start + timedelta(seconds=second))


def worked(template: Path, commands: Iterable[Do]) -> Ledger:
    """Open a task in a database of its own, and give commands."""
    ledger = Ledger(template)
    ledger.do(Do("add", lambda context: add(context, NewTask("Việc đầu", area="1", due=day(4), on=FIRST))))
    for command in commands:
        ledger.do(command)
    return ledger
