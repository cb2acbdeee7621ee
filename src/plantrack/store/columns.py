"""What a column may hold, by its name: one name means one thing in every table, and in every question."""

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from functools import cache, lru_cache
from operator import itemgetter
from typing import Any, Final

from plantrack.model.days import valid_day
from plantrack.model.history import END_OF_TIME
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.status import Every, Priority, Role, Status
from plantrack.model.task import FOLLOWABLE


class ColumnKind(NamedTuple):
    """A kind of value: its types (empty: any), and what else must be true of it."""

    types: frozenset[type]
    fits: Callable[[Any], bool] = lambda _: True
    #: Whether a column has few different ones, so that each is looked at whenever it is read.
    few: bool = False


ANY: Final = ColumnKind(frozenset())
_NONE: Final = type(None)


@lru_cache(maxsize=4096)
def _is_day(text: str | None) -> bool:
    return text is None or valid_day(text)


def _is_moment(text: str) -> bool:
    found = re.fullmatch(r"(.{10})T([01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z", text, re.ASCII)
    return found is not None and valid_day(found[1])


def _is_uid(text: str) -> bool:
    return re.fullmatch("[0-9A-HJKMNP-TV-Z]{26}", text) is not None


def _is_hash(text: str) -> bool:
    return re.fullmatch("[0-9a-f]{64}", text) is not None


def _is_amount(value: int | None) -> bool:
    return value is None or 0 <= value < 2**63


def _one_of(values: Collection[object], *more: object) -> ColumnKind:
    allowed = frozenset([*values, *more])
    return ColumnKind(frozenset(map(type, allowed)) | {str}, allowed.__contains__, few=True)


_TEXT: Final = ColumnKind(frozenset({str}))
_WHOLE: Final = ColumnKind(frozenset({int}))
_DAY: Final = ColumnKind(frozenset({str}), _is_day, few=True)
_DAY_OR_NONE: Final = ColumnKind(frozenset({str, _NONE}), _is_day, few=True)
_FLAG: Final = ColumnKind(frozenset({int}), frozenset({0, 1}).__contains__, few=True)
_STATUSES: Final = [status.value for status in Status]
#: The command that takes a person out: nothing takes it back.
ANONYMISE: Final = "person anonymise"
#: What a login may be on a server.
SERVER_ROLES: Final = ("viewer", "reporter", "coordinator")
#: What reports on tasks.
REPORTS: Final = ("update", "start", "submit", "done", "pause", "resume", "reopen", "drop", "skip", "part")
#: The command that puts a backup in place.
RESTORE: Final = "db restore"
#: The command that takes in a bundle.
BUNDLE_IMPORT: Final = "bundle import"
#: The command that says otherwise of an organisation that is known.
ORG_SET: Final = "org set"
#: What says something of one database alone, and stays there.
LOCAL_VERBS: Final = frozenset({RESTORE, BUNDLE_IMPORT, "member add", "member remove"})
#: What commands are called where they are recorded.
VERBS: Final = {
    *(
        "init",
        "plan apply",
        "plan carry-over",
        "add",
        "edit",
        "extend",
        "assign",
        "unassign",
        "remove",
        "undo",
    ),
    *REPORTS,
    "indicator record",
    *("member add", "member remove"),
    *("person rename", "person merge", "person set", "org add", ORG_SET),
    *("filter save", "filter remove"),
    "form read",
    "import",
    *(RESTORE, ANONYMISE, BUNDLE_IMPORT),
}
#: Fields of a task that a correction changes.
CHANGEABLE: Final = {
    *("area", "activity", "title", "title_en", "start_day", "priority", "deliverable", "deliverable_en"),
    *("tags", "places", "follows", "opened_on", "removed", "budget", "budget_source"),
    *("every", "every_until", "every_from", "fell_out", "after"),
    *("document_number", "document_day", "document_issuer", "document_subject"),
}
#: Those of them that hold whole numbers; a change has their values as text, as it has all others.
WHOLE_FIELDS: Final = frozenset({"budget"})
#: By the declared type of a column whose name has no kind.
BY_TYPE: Final = {"TEXT": _TEXT, "INTEGER": _WHOLE, "REAL": ColumnKind(frozenset({int, float}))}
KINDS: Final[dict[str, ColumnKind]] = {
    **dict.fromkeys(("uid", "task", "command", "target", "arrived"), ColumnKind(frozenset({str}), _is_uid)),
    **dict.fromkeys(("person", "merged_into", "base"), ColumnKind(frozenset({str, _NONE}), _is_uid)),
    "recorded_at": ColumnKind(frozenset({str}), _is_moment),
    # Whatever a changed table allows: seals are looked for from 1 on.
    "number": _WHOLE._replace(fits=lambda v: v > 0),
    **dict.fromkeys(("by_number", "revision", "position", "year", "used"), _WHOLE),
    **dict.fromkeys(("opened_on", "settled_on", "as_of", "first_day", "closing_day"), _DAY),
    "last_day": _DAY._replace(fits=lambda v: v == END_OF_TIME or _is_day(v)),
    **dict.fromkeys(("on_day", "start_day", "due", "first_due", "completed_on"), _DAY_OR_NONE),
    **dict.fromkeys(("blocked_since", "updated_on", "valid_from", "valid_to"), _DAY_OR_NONE),
    **dict.fromkeys(("every_until", "every_from", "document_day"), _DAY_OR_NONE),
    "every": _one_of([every.value for every in Every], None),
    # Empty: no longer so.
    "left_on": _DAY_OR_NONE._replace(fits=lambda v: v == "" or _is_day(v)),
    "status": _one_of(_STATUSES, None),
    "priority": _one_of([priority.value for priority in Priority]),
    "role": _one_of([role.value for role in Role], "place", "tag", "after"),
    "server_role": _one_of(["", *SERVER_ROLES]),
    "percent": ColumnKind(frozenset({int, _NONE}), frozenset([None, *range(101)]).__contains__, few=True),
    **dict.fromkeys(
        ("counted", "is_open", "holds", "unblocked", "in_plan", "whole", "accepted", "is_done", "later"),
        _FLAG,
    ),
    **dict.fromkeys(("budget", "allocated", "spent"), ColumnKind(frozenset({int, _NONE}), _is_amount)),
    "dirty": ColumnKind(frozenset({int, _NONE}), frozenset([None, 0, 1]).__contains__, few=True),
    **dict.fromkeys(
        ("site", "plan", "area", "party", "title", "title_key", "code", "author", "content", "document"),
        _TEXT,
    ),
    **dict.fromkeys(("file", "tags", "places", "lead", "coordinating", "in_charge"), _TEXT),
    **dict.fromkeys(("hash", "row_hash"), ColumnKind(frozenset({str}), _is_hash)),
    "verb": _TEXT._replace(fits=VERBS.__contains__),
    "field": _TEXT._replace(fits=CHANGEABLE.__contains__),
    "fell_out": _TEXT._replace(fits=lambda v: not v or all(map(_is_day, v.split(", ")))),
    "after": _TEXT._replace(fits=lambda v: not v or all(map(_is_uid, v.split(", ")))),
    "follows": _TEXT._replace(fits=lambda v: not v or {*FOLLOWABLE}.issuperset(v.split(", "))),
}


def kind_in_change(field: str) -> ColumnKind:
    """Return the kind of the values that a change has of a field."""
    kind = KINDS.get(field, ANY)
    if field not in WHOLE_FIELDS:
        return kind
    return ColumnKind(frozenset({str, _NONE}), lambda v: v is None or (v.isdecimal() and kind.fits(int(v))))


def field_value(field: str, text: str | None) -> str | int | None:
    """Return the value of a field that a change has as text."""
    return int(text) if text is not None and field in WHOLE_FIELDS else text


def typed_value(field: str, sql: str) -> str:
    """Return the SQL of a field's value, out of that of the text that a change has."""
    return f"CAST({sql} AS BIGINT)" if field in WHOLE_FIELDS else sql


@cache
def known(names: tuple[str, ...]) -> list[tuple[int, ColumnKind]]:
    """Return the places of an answer's columns that have a kind."""
    return [(i, KINDS[name]) for i, name in enumerate(names) if name in KINDS]


def look_right(names: tuple[str, ...], rows: Sequence[tuple[Any, ...]]) -> bool:
    """Check the types of an answer, and the values only of columns with few different ones: rows may be many."""
    return all(_looks_right(kind, map(itemgetter(i), rows)) for i, kind in known(names))


def _looks_right(kind: ColumnKind, values: Iterable[Any]) -> bool:
    different = set(values) if kind.few else values
    return set(map(type, different)) <= kind.types and (not kind.few or all(map(kind.fits, different)))
