"""The closed lists of the field: status, role, priority, step, what changes what, and further words for them."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from plantrack.errors import Failure
from plantrack.model.text import match_key, nearest, plain_label
from plantrack.model.typed.vietnamese_names import (
    DEADLINE_STATES,
    LEVELS,
    PRIORITIES,
    STATUS_NAMES,
    STEPS,
    name_meant,
)


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


class Level(StrEnum):
    """Where an organisation stands."""

    CENTRAL = "central"
    PROVINCE = "province"
    UNIT = "unit"


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


class Every(StrEnum):
    """How often work recurs: from one due day to the next."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"
    #: Each day on which a month of official reports closes.
    CLOSING = "closing"


#: Further words; the Vietnamese names themselves are in `vietnamese_names`.
STATUS_WORDS: Mapping[str, str] = {
    "chua th": "not_started",
    **dict.fromkeys(("chua trien khai", "chua bat dau", "chua lam", "not begun"), "not_started"),
    "dang th": "in_progress",
    **dict.fromkeys(("dang trien khai", "dang lam", "in prog"), "in_progress"),
    "awaiting confirmation": "submitted",
    "da hoan thanh": "done",
    **dict.fromkeys(("xong", "da xong", "thuc hien xong", "da thuc hien xong", "completed"), "done"),
    **dict.fromkeys(("tam hoan", "dang tam dung", "on hold"), "paused"),
    **dict.fromkeys(("huy", "da huy", "khong thuc hien", "khong trien khai", "cancelled"), "dropped"),
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
    "chua co han": "open_no_due",
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
_DENYING = frozenset(("chua", "khong", "chang", "not", "no", "never", "without"))
PRIORITY_WORDS: Mapping[str, str] = {"thuong": "normal"}
LEVEL_WORDS: Mapping[str, str] = {"cap tinh": "province", "tinh, thanh pho": "province", "don vi": "unit"}
EVERY_WORDS: Mapping[str, str] = {
    **dict.fromkeys(("hang tuan", "weekly", "every week"), "week"),
    **dict.fromkeys(("hang thang", "monthly", "every month"), "month"),
    **dict.fromkeys(("hang quy", "quarterly", "every quarter"), "quarter"),
    **dict.fromkeys(("nua nam", "half year", "half-yearly", "6 thang mot lan", "every half year"), "half"),
    **dict.fromkeys(("hang nam", "yearly", "every year"), "year"),
    **dict.fromkeys(
        ("chot", "ky chot", "chot so lieu", "closing day", "theo ngay chot so lieu", "on each closing day"),
        "closing",
    ),
}

#: What the history calls the commands and what they change, where that is none of their names.
VERB_WORDS: Mapping[str, str] = {
    "tao thu muc lam viec": "init",
    "new workspace": "init",
    "nap ke hoach": "plan apply",
    "plan applied": "plan apply",
    "chuyen tiep sang ke hoach sau": "plan carry-over",
    "carried over to the next plan": "plan carry-over",
    "them nhiem vu": "add",
    "new task": "add",
    "sua nhiem vu": "edit",
    "correction": "edit",
    "extension": "extend",
    "phan cong": "assign",
    "assignment": "assign",
    "huy phan cong": "unassign",
    "end of assignment": "unassign",
    "cap nhat tien do": "update",
    "status update": "update",
    "bat dau thuc hien": "start",
    "start of work": "start",
    "de nghi xac nhan": "submit",
    "submission": "submit",
    "bao hoan thanh": "done",
    "completion": "done",
    "tiep tuc thuc hien": "resume",
    "resumption": "resume",
    "reopening": "reopen",
    "rut khoi ke hoach": "drop",
    "bo qua mot ky": "skip",
    "skipping of an occurrence": "skip",
    "ghi viec con": "part",
    "checklist": "part",
    "withdrawal from the plan": "drop",
    "go nhiem vu nham": "remove",
    "removal": "remove",
    "nhap tu tep": "import",
    "took in a file": "import",
    "doc bieu cua don vi": "form read",
    "ghi chi tieu": "indicator record",
    "indicator recorded": "indicator record",
    "doi ten nguoi phu trach": "person rename",
    "change of a person's name": "person rename",
    "gop hai nguoi lam mot": "person merge",
    "merging of two people": "person merge",
    "ghi thong tin cua nguoi phu trach": "person set",
    "particulars of a person": "person set",
    "an ten nguoi phu trach": "person anonymise",
    "hiding of a person's name": "person anonymise",
    "khoi phuc tu ban sao luu": "db restore",
    "went back to a backup": "db restore",
    "nhap goi du lieu": "bundle import",
    "bundle taken in": "bundle import",
    "them thanh vien": "member add",
    "member added": "member add",
    "bot thanh vien": "member remove",
    "member removed": "member remove",
    "them don vi": "org add",
    "new organisation": "org add",
    "ghi thong tin cua don vi": "org set",
    "particulars of an organisation": "org set",
    "luu bo loc": "filter save",
    "filter saved": "filter save",
    "bo bo loc": "filter remove",
    "filter removed": "filter remove",
}
CHANGED_FIELD_WORDS: Mapping[str, str] = {
    "goi du lieu": "bundle",
    "short name": "short",
    "kinh phi du kien": "budget",
    "nguon kinh phi": "budget_source",
    "source of the money": "budget_source",
    "kinh phi duoc giao": "allocated",
    "kinh phi da chi": "spent",
    "ten de sap xep": "sort_name",
    "dia chi thu": "email",
    "mail address": "email",
    "ten dang nhap": "login",
    "thoi cong tac tu": "left_on",
    "cung don vi voi": "same_as",
    "same organisation as": "same_as",
    "place of the organisation": "place",
    "ten nhiem vu": "title",
    "ten tieng anh": "title_en",
    "english title": "title_en",
    "carried over from": "carried_from",
    "ngay bat dau": "start_day",
    "start": "start_day",
    "thoi han": "due",
    "deadline": "due",
    "muc do uu tien": "priority",
    "deliverable english": "deliverable_en",
    "nguoi phu trach": "in_charge",
    "person in charge": "in_charge",
    "lay theo ke hoach": "follows",
    "follows the plan in": "follows",
    "tien do": "percent",
    "progress": "percent",
    "difficulty": "blocked",
    "viec tiep theo": "next",
    "next step": "next",
    "tra loi de xuat": "answered",
    "answer": "answered",
    "nguoi cung cap thong tin": "told_by",
    "tai lieu kiem chung": "evidence",
    "removed because": "removed",
    "cung viec dinh ky voi nhiem vu": "occurrence_of",
    "series of task": "occurrence_of",
    "recurs": "every",
    "dinh ky den ngay": "every_until",
    "recurs until": "every_until",
    "counted from the due day": "every_from",
    "ky khong mo nua": "fell_out",
    "occurrences that fell out": "fell_out",
    "lam sau": "after",
    "viec con da xong": "part_done",
    "part not done": "part_undone",
    "ban sao luu": "restored",
    "backup": "restored",
    "du lieu truoc do": "kept",
    "what was there": "kept",
}


def _choose(kind: type[E], names: Mapping[str, str], words: Mapping[str, str], text: str, code: str) -> E:
    plain = plain_label(text)
    if own := name_meant(plain, names) or words.get(match_key(plain)):
        return kind(own)
    values: dict[str, str] = {value.value: value.value for value in kind}
    values |= {vi: own for own, vi in names.items()}
    values |= words
    alike = [word for word in values if _denies(word) == _denies(text)]
    near = dict.fromkeys(kind(values[word]) for word in nearest(text, alike))
    raise Failure(code, text=text, near=tuple(near))


def _denies(text: str) -> bool:
    """Return whether a text says that something is not so: "chưa hoàn thành" is not near "hoàn thành"."""
    return any(word in _DENYING or word.startswith("un") for word in match_key(text).split())


def parse_status(text: str) -> Status:
    """Read a status in either language, or fail with the nearest ones."""
    return _choose(Status, STATUS_NAMES, STATUS_WORDS, text, "unknown-status")


def parse_deadline_state(text: str) -> DeadlineState:
    """Read a deadline state in either language, or fail with the nearest ones."""
    return _choose(DeadlineState, DEADLINE_STATES, DEADLINE_WORDS, text, "unknown-deadline-state")


def parse_priority(text: str) -> Priority:
    """Read a priority in either language, or fail with the nearest ones."""
    return _choose(Priority, PRIORITIES, PRIORITY_WORDS, text, "unknown-priority")


def parse_level(text: str) -> Level:
    """Read the level of an organisation in either language, or fail with the nearest ones."""
    return _choose(Level, LEVELS, LEVEL_WORDS, text, "unknown-level")


def parse_every(text: str) -> Every:
    """Read how often work recurs in either language, or fail with the nearest ones."""
    return _choose(Every, STEPS, EVERY_WORDS, text, "unknown-every")
