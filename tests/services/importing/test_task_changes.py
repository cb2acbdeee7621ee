"""What a row says otherwise than before: its own changes, what is contested, and nothing of what was changed here."""

import pytest

from plantrack.model.days import DueDay
from plantrack.model.history import Update
from plantrack.model.status import Status
from plantrack.services.importing.task_changes import compared_update, only_said, typed_due
from plantrack.services.writing.status_updates import TEXTS, ParsedUpdate

DAY = "2024-07-10"


def said(percent: int | None = None, status: Status | None = None, **texts: str) -> ParsedUpdate:
    own = {**dict.fromkeys(TEXTS), **texts}
    return ParsedUpdate(status, percent, None, None, own, False, DAY, False)


def known(percent: int, on: str = DAY) -> Update:
    return Update("U", "C", "T", on, f"{on}T00:00:00.000Z", "An", 1, percent=percent)


@pytest.mark.parametrize(
    ("cell", "here", "written", "changes", "is_contested"),
    [
        (40, [], [], True, False),  # new
        (40, [known(40)], [known(40)], False, False),  # nothing happened
        (40, [known(80)], [known(40)], False, True),  # changed here alone: it stays
        (60, [known(40)], [known(40)], True, False),  # changed in the file alone
        (60, [known(60)], [known(40)], False, True),  # both, to the same
        (60, [known(80)], [known(40)], True, True),  # both
        (60, [known(40), known(80, "2024-07-11")], [known(40)], True, False),  # of a day before that one
    ],
)
def test_a_cell_beside_what_is_here_and_what_was_written(
    cell: int, here: list[Update], written: list[Update], changes: bool, is_contested: bool
) -> None:
    (found,) = compared_update(said(cell), here, written)
    assert found.changes is changes
    assert found.change.is_contested is is_contested


def test_only_what_is_said_of_the_cells_is_left() -> None:
    update = said(40, Status.IN_PROGRESS, result="Đã họp", told_by="Bà Hoa")
    left = only_said(update, {"percent"})
    assert left is not None
    assert (left.percent, left.status, left.texts["result"], left.texts["told_by"]) == (
        40,
        None,
        None,
        "Bà Hoa",
    )
    assert only_said(update, {"title"}) is None


@pytest.mark.parametrize(
    ("due", "typed"),
    [
        (DueDay("2024-09-30", None), "2024-09-30"), (DueDay("2024-12-31", "2024-Q4"), "2024-Q4"),
        (DueDay(None, "ongoing"), "ongoing"), (DueDay(None, None), None),
    ],
)  # fmt: skip
def test_a_deadline_as_it_is_typed(due: DueDay, typed: str | None) -> None:
    assert typed_due(due) == typed
