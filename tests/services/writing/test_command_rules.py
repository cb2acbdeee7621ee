"""What commands refuse and tell alike."""

import pytest

from plantrack.model.names import Names
from plantrack.model.plan import Organisation, Place, Text
from plantrack.model.status import OPEN, Status
from plantrack.services.context import Context
from plantrack.services.writing.command_rules import refuse_closed, warn_expired, warn_gone_place
from plantrack.store.carry_over_links import Link, Links
from plantrack.store.task_rows import TaskRow
from tests.support.steps import OpenContext, refused

ROW = TaskRow(
    uid="u", site="", number=4, plan="kh", area="ND1", activity=None, title="Việc", title_en=None, start_day=None,
    priority="normal", deliverable=None, deliverable_en=None, tags="", places="", follows="", opened_on="2024-07-01",
    removed=None, command="C3", recorded_at="2024-07-01T01:00:00.000Z",
)  # fmt: skip
ALONE = Links({}, {})


@pytest.mark.parametrize("status", list(Status))
def test_only_open_work_is_worked_on(status: Status) -> None:
    if status in OPEN:
        refuse_closed(ALONE, ROW, status)
        return
    with refused("task-closed"):
        refuse_closed(ALONE, ROW, status)
    with refused("task-carried-on"):
        refuse_closed(Links({}, {"u": Link("v", "9", "kh-2025")}), ROW, status)


def names(context: Context) -> Names:
    """Return the names of a plan in which an organisation and a place are there from 2024-02 to 2024-06 only."""
    dates = {"valid_from": "2024-02-01", "valid_to": "2024-06-30"}
    ended = Organisation("cu", Text("Cũ"), successor="moi", **dates)  # type: ignore[arg-type]
    alone = Organisation("het", Text("Hết"), **dates)  # type: ignore[arg-type]
    new = Organisation("moi", Text("Mới"))
    place = Place("xa", Text("Xã"), **dates)  # type: ignore[arg-type]
    return Names(context.plan._replace(organisations=(ended, alone, new), places=(place,)))


@pytest.mark.parametrize(
    ("day", "codes"),
    [
        ("2024-01-31", ["organisation-not-yet", "organisation-not-yet", None, "place-not-yet"]),
        ("2024-02-01", [None, None, None, None]),
        ("2024-06-30", [None, None, None, None]),
        ("2024-07-01", ["organisation-ended-successor", "organisation-ended", None, "place-ended"]),
    ],
)
def test_who_and_where_is_no_more_is_told(context_on: OpenContext, day: str, codes: list[str | None]) -> None:
    known = names(context_on())
    told = [*(warn_expired(known, o, day) for o in ("cu", "het", "moi")), warn_gone_place(known, "xa", day)]
    assert [note and note.code for note in told] == codes
    assert warn_gone_place(known, "khác", day) is None
