"""What bundles carry between databases, and what came of it."""

from pathlib import Path
from typing import Literal

from plantrack.model.named_tuple import NamedTuple
from plantrack.model.plan import Text

#: What decided which of several reports stands: it speaks of a later day, was recorded later, or nothing but its uid.
Decider = Literal["day", "moment", "uid"]


class BundleWritten(NamedTuple):
    """A bundle that was written."""

    file: Path
    #: Who wrote it, `hub` or `site`, and the site that it is for or from.
    kind: str
    site: str
    commands: int
    tasks: int
    updates: int
    sha256: str
    #: How many commands the hub has from the site that a bundle is for.
    heard: int = 0


class SameStateReport(NamedTuple):
    """A report on a task by somebody who did not see the others."""

    command: str
    site: str
    author: str
    on: str
    recorded_at: str
    status: str | None
    percent: int | None
    #: What it says in words, the first text.
    text: str | None


class SameState(NamedTuple):
    """A task on which two or more people reported from the same state, none of them seeing the others."""

    task: str
    title: Text
    reports: tuple[SameStateReport, ...]
    #: The report that stands, the last one of the task, and what decided so.
    stands: SameStateReport
    by: Decider
    status: str
    percent: int | None


def site_after(site: str) -> str:
    """Return the code of another computer at a site: `HN2` after `HN`."""
    place = site.rstrip("0123456789")
    return f"{place}{int(site[len(place) :] or 1) + 1}"


class BundleTaken(NamedTuple):
    """A bundle that was taken in."""

    file: str
    kind: str
    site: str
    database: str
    #: Whether the database was made for it.
    is_new: bool
    #: The command that took it in; None: nothing in it was new.
    command: str | None
    #: How many commands, tasks and updates came, and how many commands were there before.
    commands: int
    tasks: int
    updates: int
    known: int
    same_states: tuple[SameState, ...]
    #: Who came, each with the names here that are easily taken for theirs.
    alike: tuple[tuple[str, tuple[str, ...]], ...]
    #: The labels of tasks whose activity or area is no longer in the plan.
    outside_plan: tuple[str, ...]
    timezone: str
    #: How many commands of the site a database that was made for it began with: another one was worked in before.
    recorded_there: int = 0
