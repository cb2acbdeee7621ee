"""What `db status` answers."""

from plantrack.model.record import NamedTuple


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
