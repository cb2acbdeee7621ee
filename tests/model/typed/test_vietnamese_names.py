"""The table of Vietnamese names: whole, without tones, and each name means one thing."""

import unicodedata

import pytest

from plantrack.model.status import (
    DeadlineState,
    Priority,
    Status,
    parse_deadline_state,
    parse_priority,
    parse_status,
)
from plantrack.model.text import match_key
from plantrack.model.typed import vietnamese_names as names
from plantrack.model.typed.vietnamese_fields import CHANGED_FIELDS, COLUMNS, FOLLOWED_FIELDS

#: Each list of names that stand side by side.
LISTS = {
    "options": names.OPTIONS,
    "statuses": names.STATUS_NAMES,
    "deadline states": names.DEADLINE_STATES,
    "priorities": names.PRIORITIES,
    "flags": names.FLAGS,
    "yes or no": names.YES_OR_NO,
    "the hub": names.HUB,
    "groupings": names.GROUPINGS,
    "calendars": names.CALENDARS,
    "followed fields": FOLLOWED_FIELDS,
    "columns": COLUMNS,
    "changed fields": CHANGED_FIELDS,
} | {
    f"commands of {group!r}": {
        path: vi for path, vi in names.COMMANDS.items() if path.rpartition(" ")[0] == group
    }
    for group in dict.fromkeys(path.rpartition(" ")[0] for path in names.COMMANDS)
}
lists = pytest.mark.parametrize("table", LISTS.values(), ids=LISTS)


@lists
def test_a_name_is_typed_without_tones_and_is_that_of_one_thing(table: dict[str, str]) -> None:
    assert all(vi.isascii() and vi == match_key(vi).replace(" ", "-") for vi in table.values())
    words = [
        word for path, vi in table.items() for word in {path.split()[-1], vi}
    ]  # some are called alike in both
    assert len(set(words)) == len(words)


@lists
def test_a_name_is_read_in_either_language_in_any_spelling(table: dict[str, str]) -> None:
    for own, vi in table.items():
        for typed in (own, vi, vi.upper(), vi.replace("-", " "), own.replace("_", "-")):
            assert names.name_meant(typed, table) == own


def test_tones_do_not_matter_and_what_is_no_name_is_none() -> None:
    for typed in ("đơn vị", "Đơn-vị", unicodedata.normalize("NFD", "đơn-vị"), "org"):
        assert names.name_meant(typed, names.GROUPINGS) == "org"
    for typed in ("", "-", "don", "đơn vị x", "\ud800"):
        assert names.name_meant(typed, names.GROUPINGS) is None


def test_every_value_has_a_name() -> None:
    assert list(names.STATUS_NAMES) == list(Status)
    assert set(names.DEADLINE_STATES) == set(DeadlineState)
    assert list(names.PRIORITIES) == list(Priority)


def test_values_are_read_by_their_names() -> None:
    assert [parse_status(vi) for vi in names.STATUS_NAMES.values()] == list(names.STATUS_NAMES)
    assert [parse_deadline_state(vi) for vi in names.DEADLINE_STATES.values()] == list(names.DEADLINE_STATES)
    assert [parse_priority(vi) for vi in names.PRIORITIES.values()] == list(names.PRIORITIES)
