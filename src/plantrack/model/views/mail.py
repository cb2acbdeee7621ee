"""What sending by mail is about: which report, and what became of it."""

from plantrack.model.named_tuple import NamedTuple
from plantrack.model.views.weekly import Weekly


class Edition(NamedTuple):
    """Which report it is; the same one goes to each address once."""

    plan: str
    #: `weekly`, `report`, `remind` or `form`.
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
    #: Why the server did not take it, a code of `mail.why.*`; empty: it did.
    why: str
    #: The server's last words, or the system's on what went wrong.
    said: str
    message_id: str
    sha256: str
    recorded_at: str = ""
    author: str | None = None

    @property
    def accepted(self) -> bool:
        """Return whether the server took it."""
        return not self.why


class MailResult(NamedTuple):
    """What a run did."""

    sent: tuple[Delivery, ...]
    #: What was sent by an earlier run: address and period.
    before: tuple[tuple[str, str], ...]
    unsent: tuple[Delivery, ...]


def edition_of(kind: str, summary: Weekly, more: str = "") -> Edition:
    """Return the edition that a summary is; `more`: what makes it another report, besides its filter."""
    heading, last = summary.heading, summary.last_day
    # On its last day a period is not over: more may be said until midnight.
    is_over = heading.as_of >= last and heading.today > last
    selection = f"{summary.progress.filter} {more}".strip()
    return Edition(heading.plan.id, kind, summary.period, heading.as_of, is_over, selection)
