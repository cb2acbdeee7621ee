"""What sending by mail is about: which report, to whom, and what became of it."""

from plantrack.model.named_tuple import NamedTuple


class Edition(NamedTuple):
    """Which report it is; the same one goes to each address once."""

    plan: str
    #: `weekly` or `report`.
    kind: str
    period: str
    #: The day its figures are of: in a period that still runs, each day has an edition of its own.
    as_of: str
    #: Whether the period was over; on its last day it is not.
    whole: bool
    #: The filter, and whatever else makes it another report.
    selection: str = ""


class Delivery(NamedTuple):
    """What became of an edition at an address."""

    edition: Edition
    address: str
    #: Whether the server took it; else it is the first time that it did not.
    accepted: bool
    recorded_at: str
    sha256: str
    message_id: str
    #: The server's last words, or ours on what went wrong.
    reply: str
    author: str | None = None


class Unsent(NamedTuple):
    """An edition that an address did not get: `why` is a code, `said` the words of whoever refused."""

    address: str
    period: str
    why: str
    said: str


class MailResult(NamedTuple):
    """What a run did: pairs of address and period."""

    sent: tuple[tuple[str, str], ...]
    #: What was sent by an earlier run.
    before: tuple[tuple[str, str], ...]
    unsent: tuple[Unsent, ...]
