"""The digest of a period: the table and its change, where its figures come from, and the same again later."""

from pathlib import Path

from plantrack import __version__
from plantrack.services.verbs.assign import Roles, assign
from plantrack.services.verbs.edit import Corrections, edit, extend
from plantrack.services.verbs.undo import undo
from tests.support.steps import (
    BEFORE,
    MONDAY,
    SUNDAY,
    OpenContext,
    moment_of,
    opened,
    said,
    summed,
    tasks_of,
)

# --- the table and its change ---


def test_the_table_is_that_of_the_sunday(context_on: OpenContext) -> None:
    opened(context_on, BEFORE)
    said(context_on, SUNDAY, "1", "done")
    opened(context_on, MONDAY)
    assert (summed(context_on).progress.total.total, summed(context_on).progress.total.done) == (1, 1)


def test_the_change_is_the_signed_difference_of_the_two_sundays(context_on: OpenContext) -> None:
    for area, due in (("3", "16/7/2024"), ("3", "30/9/2024"), ("5", "30/9/2024")):
        opened(context_on, BEFORE, area=area, due=due)
    said(context_on, "2024-07-17", "2", percent="10")
    said(context_on, "2024-07-18", "3", "done")
    opened(context_on, "2024-07-19", area="7")
    change = summed(context_on).change
    assert {k: n for k, n in change["ND3"]._asdict().items() if n} == {
        "not_started": -1, "in_progress": 1, "open_due_soon": -1, "open_overdue": 1, "fallen_due": 1, "stale": 1,
    }  # fmt: skip
    assert (change["ND5"].done, change["ND5"].open, change["ND7"].total) == (1, -1, 1)
    assert (change["total"].total, change["total"].done, change["total"].not_started) == (1, 1, -1)
    assert change["ND1"].total == 0


def test_the_change_takes_both_sundays_as_known_at_the_same_moment(context_on: OpenContext) -> None:
    opened(context_on, BEFORE)
    said(context_on, "2024-07-18", "1", "done", on="10/7")
    assert summed(context_on).change["total"].done == 0  # it was done before the week, as is known now
    assert summed(context_on, known_at="17/7/2024").progress.total.done == 0


# --- the whole ---


def test_a_filter_limits_every_section(context_on: OpenContext) -> None:
    for area in ("3", "5"):
        opened(context_on, BEFORE, area=area, due="10/7/2024", lead=("ubdt",))
    for label in ("1", "2"):
        said(context_on, "2024-07-16", label, result="r", next="n", blocked="b", proposal="p")
    extend(context_on("2024-07-16"), ["1", "2"], "12/7/2024", "chờ")
    view = summed(context_on, "area:5")
    assert view.progress.filter == "area:ND5"
    for section in (view.results, view.overdue, view.difficulties, view.next_week):
        assert tasks_of(section) == ["2"]
    assert [p.task.label for p in view.proposals] == [c.task.label for c in view.deadline_changes] == ["2"]


def test_the_summary_says_where_its_figures_come_from(context_on: OpenContext, workspace: Path) -> None:
    opened(context_on, BEFORE)
    done = said(context_on, "2024-07-16", "1", percent="10")
    view = summed(context_on)
    assert (view.provenance.revision, view.provenance.version, len(view.provenance.sha256)) == (
        1,
        __version__,
        64,
    )
    assert view.heading.known_at == moment_of(done)
    assert (view.provenance.git_commit, view.provenance.dirty) == (None, None)


def test_the_same_week_on_another_day_is_the_same_summary(context_on: OpenContext) -> None:
    opened(context_on, BEFORE, due="10/7/2024", lead=("ubdt",))
    said(context_on, "2024-07-16", "1", result="r", next="n", blocked="b", proposal="p")
    views = [summed(context_on, on=day, week="2024-W29") for day in (MONDAY, "2024-07-28", "2026-01-01")]
    assert len({repr(v._replace(heading=None, progress=None)) for v in views}) == 1  # type: ignore[arg-type]
    assert len({repr((v.progress.rows, v.progress.total)) for v in views}) == 1
    assert len({(v.heading.as_of, v.heading.known_at) for v in views}) == 1


def test_a_summary_known_before_the_plan_is_of_its_first_revision(context_on: OpenContext) -> None:
    view = summed(context_on, known_at="2020-01-01")
    assert (view.provenance.revision, view.progress.total.total) == (1, 0)


def test_a_summary_as_known_then_is_the_one_that_was_made_then(context_on: OpenContext) -> None:
    for _ in range(2):
        opened(context_on, BEFORE, due="10/7/2024", lead=("ubdt",))
    said(context_on, "2024-07-16", "1", result="r", next="n", blocked="b", proposal="p")
    then = summed(context_on)
    said(context_on, "2024-07-24", "2", "done", on="17/7", answered="a")
    undo(context_on("2024-07-24"), "c4")
    extend(context_on("2024-07-25"), ["1"], "31/7/2024", "chờ", "16/7")
    edit(context_on("2024-07-25"), ["1"], Corrections(title="Khác", opened="20/6"))
    assign(context_on("2024-07-25"), ["1"], Roles(lead=("hlhpn",), instead=True, on="10/7"))
    again = summed(context_on, on="2024-07-29", week="2024-W29", known_at=then.heading.known_at or "")
    assert again._replace(heading=None, progress=None) == then._replace(heading=None, progress=None)  # type: ignore[arg-type]
    assert again.progress._replace(heading=then.progress.heading) == then.progress


def test_a_week_of_an_empty_plan_has_empty_sections(context_on: OpenContext) -> None:
    view = summed(context_on)
    assert view.progress.total.total == 0
    assert not any((view.results, view.overdue, view.next_week, view.proposals, view.silent_organisations))
