"""Where the data of a database is worked on, where that is not in the database itself."""

from plantrack.errors import Failure
from plantrack.model.moments import local_day
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.plan import Reporting
from plantrack.model.typed.database_address import DatabaseAddress, is_address


class Elsewhere(NamedTuple):
    """Where the data of a database is worked on, since when, and who said so."""

    to: str
    moment: str
    by: str
    #: Whether it is so because this is a copy.
    to_read: bool = False
    #: Whether that is so only until the run of `db copy` that made it, or one more, has come to its end.
    unfinished: bool = False

    @property
    def code(self) -> str:
        """Return the code of every write, and of the warning to whoever reads."""
        return "database-to-read" if self.to_read else "database-moved"

    @property
    def named(self) -> str:
        """Return where, as it may be shown and typed: whoever reads it logs in there as themselves."""
        return DatabaseAddress(self.to).without_login if is_address(self.to) else self.to

    @property
    def day(self) -> str:
        """Return the day on which it went there, or this copy was made."""
        return local_day(self.moment, Reporting().timezone)

    def refusal(self, file: str) -> Failure:
        """Return why nothing is written into a database: both would give the next task the same number."""
        code = self.code
        return Failure(code, file=file, to=self.named, day=self.day)


def read_elsewhere(told: str) -> Elsewhere:
    """Read what a database says of it."""
    import json  # most databases tell of no such place

    said = json.loads(told)
    flags = {name: bool(said.get(name)) for name in ("to_read", "unfinished")}
    return Elsewhere(said["to"], said["moment"], said.get("by", ""), **flags)
