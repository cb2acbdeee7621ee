"""What `cron`, `db …` and a restored database answer."""

from collections.abc import Mapping
from pathlib import Path

from plantrack.model.named_tuple import NamedTuple
from plantrack.model.views.history_fault import HistoryFault


class CronTime(NamedTuple):
    """A moment of the week on some clock; 0 is Monday."""

    weekday: int
    hour: int
    minute: int
    timezone: str


class Schedule(NamedTuple):
    """When the weekly summary is made, how, and where."""

    plan: str
    at: CronTime
    #: The same moment on the server's clock.
    server: CronTime
    #: Whether it is another one in another season, because one of the clocks is changed twice a year.
    shifts: bool
    #: The program and its arguments.
    command: tuple[str, ...]
    #: What both need in their environment.
    environment: tuple[tuple[str, str], ...]
    #: Whether something in it is still to be filled in.
    to_fill_in: bool
    mails: bool
    #: The workspace, the folders that are written to, and who owns the database.
    root: str
    writes: tuple[str, ...]
    #: Of these, what is not there yet.
    missing: tuple[str, ...]
    user: str


class DbStatus(NamedTuple):
    """The database: where it is, what it holds, in which state."""

    file: str
    size: int
    schema_version: int
    #: Id, year and revision of each plan.
    plans: tuple[tuple[str, int, int], ...]
    tasks: int
    updates: int
    commands: int
    first_moment: str | None
    last_moment: str | None
    journal: str
    writable: bool
    timezone: str
    #: What found no damage.
    checks: tuple[str, ...] = ()


class Difference(NamedTuple):
    """A row of what is derived that is missing, too many (`extra`), or `other` than the facts give."""

    kind: str
    table: str
    #: What it is of: `task`, `command`, `person`, `plan`, `organisation`; and what people call that.
    of: str
    name: str
    #: What tells it from other rows of the same.
    row: str = ""
    #: The columns that are other.
    columns: tuple[str, ...] = ()


class DbCheck(NamedTuple):
    """What was found in a database, and whether it was mended."""

    file: str
    #: Indexes that say something else than their tables.
    indexes: tuple[str, ...] = ()
    #: The first rows of what was found; and how many there are, by table.
    found: tuple[Difference, ...] = ()
    counts: tuple[tuple[str, int], ...] = ()
    repaired: bool = False
    #: Tables and indexes that are not there.
    missing: tuple[str, ...] = ()
    #: The first of what is not as it was recorded; and how much that is.
    history: tuple[HistoryFault, ...] = ()
    altered: int = 0
    #: The last seal, and the label of its command; None where nothing was recorded.
    head: tuple[str, str] | None = None
    #: The labels of the last command before the first that is other, and of the first that was sealed when it was
    #: recorded, where those before it were not; empty: none.
    last_sound: str = ""
    sealed_from: str = ""
    #: Whether only what is quick was looked at.
    is_quick: bool = False

    @property
    def is_altered(self) -> bool:
        """Return whether anything is other than it was recorded that nothing can make again."""
        return any(fault.kind != "counter" for fault in self.history)


class FactDigest(NamedTuple):
    """What tells whether two databases have the same facts: the sha256 of their lines, how many of each type."""

    sha256: str
    counts: Mapping[str, int]


class Restored(NamedTuple):
    """What was restored from an export, and where."""

    database: Path
    commands: int
    tasks: int
    updates: int
    sha256: str
