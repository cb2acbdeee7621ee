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
    #: What it says in words, the first text, and which of its texts that is.
    text: str | None
    said: str | None = None


class SameState(NamedTuple):
    """A task on which two or more people reported from the same state, none of them seeing the others.

    The report that stands is among the reports, though it may have been made on one of them.
    """

    task: str
    title: Text
    reports: tuple[SameStateReport, ...]
    #: The report that stands, the last one of the task, and what decided so.
    stands: SameStateReport
    by: Decider
    status: str
    percent: int | None


class OpenOccurrence(NamedTuple):
    """An open task of a series, and where it was opened."""

    task: str
    site: str
    due: str | None


class TwoOpen(NamedTuple):
    """A series of which several places opened the next task: the first one is to stay."""

    title: Text
    tasks: tuple[OpenOccurrence, ...]


class GivenCommand(NamedTuple):
    """A command, and where it was given; what it reports, if it does."""

    command: str
    site: str
    author: str
    verb: str
    recorded_at: str
    report: SameStateReport | None = None


class WordsOnRemoved(NamedTuple):
    """A task that was removed elsewhere, or while another place went on recording of it."""

    task: str
    title: Text
    removal: GivenCommand
    #: Why it was removed; None: its opening was taken back.
    reason: str | None
    words: tuple[GivenCommand, ...]
    #: Whether it is sure that nobody had any of that where the task was removed.
    is_unseen: bool = True


class FieldValue(NamedTuple):
    """A value that a place gave a field last."""

    command: str
    site: str
    author: str
    recorded_at: str
    value: str | None


class TwoValues(NamedTuple):
    """A field that several places corrected; the last value stands."""

    task: str
    title: Text
    field: str
    values: tuple[FieldValue, ...]
    #: Whether the one that stands is a deadline that was extended, which only another extension changes.
    is_extended: bool = False


class AlikeNames(NamedTuple):
    """Somebody who came, and who is easily taken for them."""

    name: str
    others: tuple[str, ...]


class HiddenPerson(NamedTuple):
    """Somebody whose name stood here, and who took it out elsewhere."""

    name: str
    by: GivenCommand


class PeopleMet(NamedTuple):
    """What became of people who were known, and who came."""

    #: Who came with a name here that is easily taken for theirs.
    alike: tuple[AlikeNames, ...] = ()
    #: Who may be merged into whom, so that each line works after those before it.
    merges: tuple[tuple[str, str], ...] = ()
    #: Who is called otherwise now: the name before, and the one now.
    renamed: tuple[tuple[str, str], ...] = ()
    hidden: tuple[HiddenPerson, ...] = ()


class OrganisationAdded(NamedTuple):
    """An organisation as a place added it."""

    command: str
    site: str
    author: str
    recorded_at: str
    name: str
    level: str | None


class TwoOrganisations(NamedTuple):
    """An id under which several places added an organisation with another name or level each, and what stands."""

    organisation: str
    added: tuple[OrganisationAdded, ...]
    name: str
    #: None where the plan has it.
    level: str | None
    in_plan: bool


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
    two_open: tuple[TwoOpen, ...]
    on_removed: tuple[WordsOnRemoved, ...]
    two_values: tuple[TwoValues, ...]
    people: PeopleMet
    two_organisations: tuple[TwoOrganisations, ...]
    #: What the hub told earlier, and does not have any more.
    gone_at_hub: tuple[GivenCommand, ...]
    #: The labels of tasks that are dropped now, and of those that are in another area now.
    dropped: tuple[str, ...]
    moved: tuple[str, ...]
    #: The labels of tasks whose activity or area is no longer in the plan.
    outside_plan: tuple[str, ...]
    timezone: str
    #: Whether nothing was written: what it says would come.
    is_trial: bool = False
    #: How many commands of the site a database that was made for it began with: another one was worked in before.
    recorded_there: int = 0
