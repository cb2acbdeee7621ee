"""The closed lists of the field: status, deadline state, role, priority, and further words that people type for them."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from plantrack.errors import Failure
from plantrack.model.text import match_key, nearest
from plantrack.model.typed.vietnamese_names import DEADLINE_STATES, PRIORITIES, STATUS_NAMES, name_meant


class Status(StrEnum):
    """Where a task stands, as somebody reported it."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    SUBMITTED = "submitted"
    DONE = "done"
    PAUSED = "paused"
    DROPPED = "dropped"
    CARRIED_OVER = "carried_over"


E = TypeVar("E", bound=StrEnum)

#: Quicker than the enumeration's own look-up, for the many rows of a history.
STATUSES: dict[str | None, Status] = {status.value: status for status in Status}
OPEN = frozenset({Status.NOT_STARTED, Status.IN_PROGRESS, Status.SUBMITTED, Status.PAUSED})


class DeadlineState(StrEnum):
    """How a task stands against its due day on the as-of day: derived, never stored."""

    DONE_ON_TIME = "done_on_time"
    DONE_LATE = "done_late"
    DONE_NO_DUE = "done_no_due"
    OPEN_IN_TIME = "open_in_time"
    OPEN_DUE_SOON = "open_due_soon"
    OPEN_OVERDUE = "open_overdue"
    OPEN_NO_DUE = "open_no_due"


class Role(StrEnum):
    """What an organisation (the first two) or a person is to a task."""

    LEAD = "lead"
    COORDINATING = "coordinating"
    IN_CHARGE = "in_charge"


class Priority(StrEnum):
    """How urgent a task is."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"
    URGENT = "urgent"


#: Further words; the Vietnamese names themselves are in `vietnamese_names`.
STATUS_WORDS: Mapping[str, str] = {
    "chua th": "not_started",
    "not begun": "not_started",
    "dang th": "in_progress",
    "in prog": "in_progress",
    "awaiting confirmation": "submitted",
    "da hoan thanh": "done",
    "xong": "done",
    "completed": "done",
    "on hold": "paused",
    "da rut khoi ke hoach": "dropped",
    "rut": "dropped",
    "withdrawn": "dropped",
    "withdrawn from the plan": "dropped",
    "chuyen tiep sang ke hoach sau": "carried_over",
    "carried over to the next plan": "carried_over",
}
DEADLINE_WORDS: Mapping[str, str] = {
    "overdue": "open_overdue",
    "due soon": "open_due_soon",
    "in time": "open_in_time",
    "within the deadline": "open_in_time",
    "no due": "open_no_due",
    "khong han": "open_no_due",
    "chua co thoi han": "open_no_due",
    "no deadline": "open_no_due",
    "on time": "done_on_time",
    "hoan thanh dung han": "done_on_time",
    "completed on time": "done_on_time",
    "late": "done_late",
    "completed late": "done_late",
    "hoan thanh khong co thoi han": "done_no_due",
    "completed no deadline": "done_no_due",
}
PRIORITY_WORDS: Mapping[str, str] = {"thuong": "normal"}


#: What tables print in labels and nobody need type: brackets, a full stop, where a word may be broken.
_SIGNS = str.maketrans("", "", "().\u00ad")


def _choose(kind: type[E], names: Mapping[str, str], words: Mapping[str, str], text: str, code: str) -> E:
    plain = text.translate(_SIGNS)
    if own := name_meant(plain, names) or words.get(match_key(plain)):
        return kind(own)
    near = nearest(text, [*kind, *(name.replace("-", " ") for name in names.values()), *words])
    raise Failure(code, text=text, near=near)


def parse_status(text: str) -> Status:
    """Read a status in either language, or fail with the nearest ones."""
    return _choose(Status, STATUS_NAMES, STATUS_WORDS, text, "unknown-status")


def parse_deadline_state(text: str) -> DeadlineState:
    """Read a deadline state in either language, or fail with the nearest ones."""
    return _choose(DeadlineState, DEADLINE_STATES, DEADLINE_WORDS, text, "unknown-deadline-state")


def parse_priority(text: str) -> Priority:
    """Read a priority in either language, or fail with the nearest ones."""
    return _choose(Priority, PRIORITIES, PRIORITY_WORDS, text, "unknown-priority")
