"""Whatever happened, the parts of a report sum up: what holds for all histories."""

from datetime import date
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from plantrack.errors import Failure
from plantrack.model.days import Period, add_days
from plantrack.model.status import Status
from plantrack.model.views.report import PeriodReport
from plantrack.render.views.report_tables import crossing
from plantrack.services.summary import digest, read_period
from plantrack.services.verbs.add import NewTask, add
from plantrack.services.verbs.assign import Roles, assign
from plantrack.services.verbs.edit import extend
from plantrack.services.verbs.report import report
from plantrack.services.verbs.undo import undo
from plantrack.services.verbs.update import update
from plantrack.services.writing.status_updates import TypedUpdate as Said
from tests.conftest import Hands
from tests.support.engines import taken_back
from tests.support.steps import OpenContext, labels
from tests.support.whole import whole

FIRST = date(2024, 6, 1)
days = st.integers(0, 60).map(lambda n: add_days(FIRST.isoformat(), n))
tasks = st.fixed_dictionaries(
    {
        "day": days,
        "due": st.none() | days,
        "activity": st.sampled_from([None, "1.1", "2.2"]),
        "lead": st.sampled_from([(), ("ubdt",), ("hlhpn",), ("ubdt", "hlhpn")]),
    }
)
verbs = st.sampled_from(["update", "done", "late", "pause", "reopen", "drop", "extend", "lead", "undo"])
acts = st.tuples(days, st.integers(1, 6), verbs)
periods = st.sampled_from(
    ["2024-06", "2024-07", "2024-08", "2024-Q2", "2024-Q3", "2024-H1", "2024-9M", "2024"]
)


def do(sit: OpenContext, day: str, task: str, verb: str) -> None:
    """Do something to a task, if that can be done."""
    try:
        if verb == "extend":
            extend(sit(day), [task], add_days(day, 20), "chờ")
        elif verb == "undo":
            undo(sit(day), None)
        elif verb == "late":
            update(sit(day), [task], Said(note="n", on=add_days(day, -20)), "update")
        elif verb == "lead":
            assign(sit(day), [task], Roles(lead=("hlhpn",), instead=True))
        else:
            told = Said(result="r", reason="vì" if verb in ("reopen", "drop") else None)
            update(sit(day), [task], told, verb)
    except Failure:
        pass


@given(
    made=st.lists(tasks, min_size=3, max_size=6),
    done=st.lists(acts, min_size=6, max_size=16).map(sorted),
    period=periods,
    calendar=st.sampled_from(["official", "civil"]),
)
def test_the_parts_of_a_report_sum_up(
    made: list[dict[str, object]], done: list[tuple[str, int, str]], period: str, calendar: str, context_on: OpenContext,
    workspace: Path, clock: Hands,
) -> None:  # fmt: skip
    db = context_on("2024-05-30").db
    with taken_back(db):
        for task in sorted(made, key=lambda t: str(t["day"])):
            given_ = {k: v for k, v in task.items() if k != "day"}
            place = {} if given_["activity"] else {"area": "3"}
            add(context_on(str(task["day"])), NewTask("Việc", **given_, **place))  # type: ignore[arg-type]
        for day, number, verb in done:
            do(context_on, day, str(number), verb)
        view = whole(report(context_on("2024-12-31"), (), period, calendar))
        holds(view)
        lean_is_whole(context_on, view)


def lean_is_whole(sit: OpenContext, view: PeriodReport) -> None:
    """Check that reading the last results alone tells the same as reading every update."""
    shared = view.digest
    days = Period(shared.period, shared.first_day, shared.last_day)
    after = Period("", shared.next_first, shared.next_last)
    every = whole(digest(read_period(sit("2024-12-31"), (), days, after, every_update=True)))
    for section in ("results", "late_updates"):
        lean, full = getattr(shared, section), getattr(every, section)
        assert [i.task for i in lean] == [i.task for i in full]
    for one, other in zip(shared.results, every.results, strict=True):
        if other.update and other.update.result:
            assert one.update == other.update
    assert shared.silent_organisations == every.silent_organisations


def holds(view: PeriodReport) -> None:
    """Check every sum."""
    shared, total = view.digest, view.digest.progress.total
    *rows, sums = crossing(view)
    assert sums.total == total.total == sum(r.total for r in rows if r.name != "done_in_period")
    for row in (r for r in rows if r.in_time is not None):
        assert row.total == (row.in_time or 0) + (row.late or 0) + (row.no_due or 0)
    assert len(shared.overdue) == total.open_overdue == rows[2].late
    assert len(shared.due_soon) + sum(
        i.task.due == shared.heading.as_of for i in shared.due_on_closing_day
    ) == (total.open_due_soon)
    assert len(shared.difficulties) == total.blocked
    assert len(shared.stale) == total.stale
    assert len(view.finished) == view.finished_counts.done == rows[1].total <= total.done
    assert all(i.task.status is Status.DONE for i in view.finished)
    told = {*labels(i.task for i in view.finished), *labels(i.task for i in view.going_on)}
    assert told <= set(labels(i.task for i in (*shared.results, *shared.late_updates)))
    matrix_holds(view)
    if view.before is not None and view.before.counts is not None:
        assert shared.change["total"] == total.minus(view.before.counts)


def matrix_holds(view: PeriodReport) -> None:
    """Check that each task stands in one row, and in a cell for each that leads it."""
    matrix = view.matrix
    assert matrix.total == view.digest.progress.total
    assert sum(row.total.total for row in matrix.rows) == matrix.total.total
    assert sum(row.total.done for row in matrix.rows) == matrix.total.done
    for org in matrix.organisations:
        own = [t for t in view.digest.progress.tasks if (org in t.lead if org else not t.lead)]
        assert (
            matrix.totals[org].total
            == len(own)
            == sum(row.cells[org].total for row in matrix.rows if org in row.cells)
        )
    leads = sum(max(1, len(task.lead)) for task in view.digest.progress.tasks)
    assert sum(c.total for c in matrix.totals.values()) == leads
