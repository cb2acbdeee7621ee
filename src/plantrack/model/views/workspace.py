"""What `cron`, `db …` and a restored database answer."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from plantrack.errors import Failure
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.plan import Text
from plantrack.model.views.elsewhere import Elsewhere
from plantrack.model.views.history_fault import HistoryFault


class CronTime(NamedTuple):
    """A moment of the week on some clock; 0 is Monday, None every day."""

    weekday: int | None
    hour: int
    minute: int
    timezone: str


class Schedule(NamedTuple):
    """When something is done by itself, how, and where."""

    #: What: `weekly`, the weekly summary, or `backup`.
    job: str
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


class LastBackup(NamedTuple):
    """The last backup that the database tells of."""

    moment: str
    file: str
    #: The number of the last command in it.
    command: int
    #: Of what a server has, the machine on which the file is.
    machine: str | None = None


class LastCheck(NamedTuple):
    """The last check that found nothing."""

    moment: str


class StoragePlace(NamedTuple):
    """A place of a database where locks may not hold, another program writes, or the way to it is unsafe."""

    #: `network`, `windows-drive` (in WSL) or `synced`; of a server `server-in-clear` or `server-unchecked`.
    kind: str
    #: What people call it: NFS, OneDrive, a host.
    name: str
    #: What is mounted, shared or synchronised; the address.
    folder: str


class ServerPlace(NamedTuple):
    """The server that has a database, and who is at work in it."""

    #: Which version of PostgreSQL it is.
    version: str
    #: As whom it knows who is at work, with which role (`owner`, or one of SERVER_ROLES), and for which organisation.
    login: str
    role: str
    organisation: str
    #: The login that owns the tables.
    owner: str
    #: Whether what is sent there is `encrypted`, goes over no network (`local`), or is read by others on the way (`clear`).
    line: str


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
    #: How a file is written; a server sees to that itself.
    journal: str | None
    writable: bool
    timezone: str
    #: What found no damage in a file; none: a server keeps that in order itself.
    checks: tuple[str, ...] = ()
    id: str = ""
    last_backup: LastBackup | None = None
    last_check: LastCheck | None = None
    #: When the last mail of each kind was taken: `weekly`, `report`, `remind`.
    last_mail: Mapping[str, str | None] = MappingProxyType({})

    #: What is unsafe about where it lies, and the copies that a program made of it there.
    place: StoragePlace | None = None
    conflict_copies: tuple[str, ...] = ()
    #: None: it is a file.
    server: ServerPlace | None = None
    #: As which site it is worked in, and the moment of the last command of the hub that it has; empty: it is no site.
    site: str = ""
    hub_moment: str | None = None
    #: Where the data is worked on, if not here.
    elsewhere: Elsewhere | None = None

    @property
    def last_done(self) -> Mapping[str, str | None]:
        """Return when what is to be done in good time was done last, by its name."""
        done = {"backup": self.last_backup, "check": self.last_check}
        return {name: last and last.moment for name, last in done.items()} | dict(self.last_mail)


class Difference(NamedTuple):
    """A row of what is derived that is missing, too many (`extra`), or `other` than the facts give."""

    kind: str
    table: str
    #: What it is of: `task`, `command`, `person`, `plan`, `organisation`, `member`; and what people call that.
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
    def is_sound(self) -> bool:
        """Return whether nothing was found."""
        return not (self.missing or self.indexes or self.found or self.history)

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


class DbBackup(NamedTuple):
    """A backup that was made of a database."""

    database: str
    #: The database's id.
    id: str
    file: str
    size: int
    moment: str
    #: The number of the last command in it.
    command: int
    #: The earlier backups that made room for it.
    removed: tuple[str, ...] = ()
    #: Why the database does not tell of it; none: it does.
    unrecorded: Failure | None = None


class DbCopy(NamedTuple):
    """A copy that was made of a database."""

    source: str
    target: str
    size: int
    #: How many commands both have, and what tells that their facts are the same; that all their rows are, where it was
    #: copied row by row.
    commands: int
    sha256: str
    rows: int | None = None
    #: Whether the copy is where one works from now on, and the source is only to be read.
    moved: bool = False
    #: Whether the copy is only to be read.
    to_read: bool = False
    #: The site that both work as, where both may be worked in: they would give the same numbers.
    site_of_both: str = ""


class LostCommand(NamedTuple):
    """A command that a database no longer has once a backup took its place."""

    command: str
    verb: str
    author: str
    recorded_at: str
    #: The tasks that it touched, by their labels, and the title of the first.
    tasks: tuple[str, ...] = ()
    title: Text | None = None


class DbRestore(NamedTuple):
    """A backup that takes the place of the database, or took it."""

    file: str
    database: str
    #: The id that the database has then.
    id: str
    #: What is lost; None: it cannot be read, for a reason.
    lost: tuple[LostCommand, ...] | None
    unreadable: Failure | None
    #: Whether the backup is of another history, and after which command that parts from this one; empty: from the first.
    is_other: bool
    parted_after: str
    #: The version that the backup was upgraded from.
    upgraded_from: int | None
    #: The numbers that are given next, after that of the command itself.
    next_command: int
    next_task: int
    timezone: str
    #: The site that the database is of, in whose name numbers are given; empty: the hub.
    site: str = ""
    #: Where people work with the data of the backup; empty: nowhere else.
    worked_on: str = ""
    #: What was done: the command, the file that keeps what was there, how many rows of what was sent were taken over, by
    #: kind, and how many could not be, because they are of a plan or an organisation that the backup does not have.
    command: str = ""
    kept: str | None = None
    taken: Mapping[str, int] = MappingProxyType({})
    left: int = 0
