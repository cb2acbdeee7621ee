"""The milestones of the plan: in lists, in progress and in summaries, as days."""

from pathlib import Path

import pytest

from plantrack.services.verbs.list import list_milestones
from plantrack.services.verbs.progress import progress
from plantrack.services.verbs.weekly import weekly_by_org
from tests.support.steps import OpenContext, applied, opened, refused, summed, with_activity_lines

MILESTONES = (
    "milestones:",
    '  - {due: "2024-07-18", title: {vi: "Chốt chương trình", en: "Programme agreed"}}',
    '  - {due: "2024-Q3", title: "Gửi báo cáo"}',
    '  - {due: "2024-07-25", title: "Họp rà soát"}',
)


@pytest.fixture
def plan(context_on: OpenContext, workspace: Path) -> OpenContext:
    """Give an activity three milestones, one in the week of the summaries and one in the next."""
    applied(context_on, "2024-04-01", workspace, with_activity_lines("ND3.1", *MILESTONES))
    return context_on


@pytest.mark.parametrize(
    ("terms", "days"),
    [
        ([], ["2024-07-18", "2024-07-25", "2024-09-30"]),
        (["nd3", "due:2024-07"], ["2024-07-18", "2024-07-25"]),
        (["activity:3.1", "due:2024-09-30"], ["2024-09-30"]),
        (["area:-3"], []),
        (["due:none"], []),
    ],
)
def test_they_are_listed_by_day(terms: list[str], days: list[str], plan: OpenContext) -> None:
    view = list_milestones(plan(), terms)
    assert [m.day for m in view.milestones] == days
    assert {(m.area, m.activity) for m in view.milestones} <= {("ND3", "ND3.1")}


@pytest.mark.parametrize("term", ["overdue", "to:An", "status:done", "text:báo cáo"])
def test_what_they_do_not_have_is_refused(term: str, plan: OpenContext) -> None:
    opened(plan, "2024-07-01", in_charge=("An",))
    with refused("milestones-filter"):
        list_milestones(plan(), [term])


def test_a_summary_has_those_of_the_week_and_of_the_next(plan: OpenContext) -> None:
    assert [m.title.vi for m in summed(plan).milestones] == ["Chốt chương trình", "Họp rà soát"]
    assert summed(plan, "area:1").milestones == summed(plan, "overdue").milestones == ()
    opened(plan, "2024-07-01", lead=("ubdt",))
    by_org = weekly_by_org(plan("2024-07-22"))
    assert len(by_org.whole.milestones) == 2
    assert [part.lead.milestones for part in by_org.organisations] == [()]


def test_progress_has_all_of_the_plan(plan: OpenContext) -> None:
    assert len(progress(plan(), []).milestones) == 3
    assert len(progress(plan(), ["nd3"]).milestones) == 3
    assert progress(plan(), ["nd1"]).milestones == ()
