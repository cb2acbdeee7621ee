"""What `log` answers."""

from plantrack.model.named_tuple import NamedTuple
from plantrack.model.plan import Text
from plantrack.model.views.header import ViewHeader
from plantrack.model.views.rows import Rows


class LogEntry(NamedTuple):
    """One field of one task, changed by one command."""

    command: str
    verb: str
    recorded_at: str
    author: str
    #: The task's label; None for a change of the plan.
    task: str | None
    field: str
    old: str | None
    new: str | None
    #: The day it speaks of; None for what holds from the opening.
    on: str | None
    withdrawn_by: str | None
    #: The revision of the plan that the command applied, which the change is of, and why.
    revision: int | None = None
    reason: str | None = None
    #: The title of the task as it is now.
    title: Text | None = None
    #: The name of the person, or the id of the organisation, that it is of where it is no task's.
    party: str | None = None
    #: The site where it was recorded; None: at the hub.
    site: str | None = None
    #: Who typed it, where that was not the author.
    entered_by: str | None = None


class Log(NamedTuple):
    """History, the newest command last."""

    heading: ViewHeader
    entries: Rows[LogEntry]
    #: What it was asked for, as it was read; empty when nothing was asked.
    filter: str = ""
    #: How many commands it was cut to, where there are earlier ones.
    cut_to: int | None = None
    #: The last command that it may tell of, where its entries are not held.
    last: str = ""
