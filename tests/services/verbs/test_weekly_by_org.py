"""The week of each organisation: what it leads, summed up like a week, and what it coordinates."""

import pytest

from plantrack.model.views.weekly import OrganisationWeek, WeeklyByOrg
from plantrack.services.verbs.assign import Roles, assign
from plantrack.services.verbs.weekly import weekly_by_org
from tests.support.steps import BEFORE, MONDAY, OpenContext, labels, opened, said, summed, tasks_of
from tests.support.whole import whole


def split(sit: OpenContext, *terms: str) -> WeeklyByOrg:
    return whole(weekly_by_org(sit(MONDAY), terms, "2024-W29"))


def part(view: WeeklyByOrg, org: str) -> OrganisationWeek:
    return next(p for p in view.organisations if p.organisation.id == org)


@pytest.fixture
def tasks(context_on: OpenContext) -> None:
    """Make 1: led by UBDT with HLHPN; 2: led by both; 3: led by HLHPN; 4: by nobody."""
    opened(context_on, BEFORE, area="1", due="10/7/2024", lead=("ubdt",), coordinating=("hlhpn",))
    opened(context_on, BEFORE, area="3", lead=("ubdt", "hlhpn"))
    opened(context_on, BEFORE, area="5", due="12/7/2024", lead=("hlhpn",))
    opened(context_on, BEFORE, area="7")


@pytest.mark.usefixtures("tasks")
def test_each_organisation_has_a_part_by_name(context_on: OpenContext) -> None:
    view = split(context_on)
    assert [p.organisation.id for p in view.organisations] == ["hlhpn", "ubdt"]
    assert [labels(p.lead.progress.tasks) for p in view.organisations] == [["3", "2"], ["1", "2"]]
    assert [tasks_of(p.coordinating) for p in view.organisations] == [["1"], []]
    assert labels(view.without) == ["4"]


@pytest.mark.usefixtures("tasks")
def test_a_part_is_the_week_of_what_it_leads(context_on: OpenContext) -> None:
    said(context_on, "2024-07-16", "1", result="r", blocked="b", next="n", proposal="p")
    said(context_on, "2024-07-17", "3", "done", result="xong")
    view = split(context_on)
    for org in ("ubdt", "hlhpn"):
        own, filtered = part(view, org).lead, summed(context_on, f"lead:{org}")
        sections = (
            "change",
            "results",
            "late_updates",
            "overdue",
            "due_soon",
            "difficulties",
            "next_week",
            "stale",
        )
        for section in (*sections, "proposals", "deadline_changes"):
            assert getattr(own, section) == getattr(filtered, section), section
        assert own.progress.total == filtered.progress.total


@pytest.mark.usefixtures("tasks")
def test_a_part_says_of_silence_only_its_own(context_on: OpenContext) -> None:
    said(context_on, "2024-07-16", "3", result="r")
    view = split(context_on)
    assert [[s.organisation.id for s in p.lead.silent_organisations] for p in view.organisations] == [
        [],
        ["ubdt"],
    ]
    assert [s.organisation.id for s in view.whole.silent_organisations] == ["ubdt"]


@pytest.mark.usefixtures("tasks")
def test_what_was_handed_over_in_the_week_changes_both_parts(context_on: OpenContext) -> None:
    assign(context_on("2024-07-17"), ["3"], Roles(lead=("ubdt",), instead=True))
    view = split(context_on)
    assert part(view, "ubdt").lead.change["total"].total == 1
    assert part(view, "hlhpn").lead.change["total"].total == -1


@pytest.mark.usefixtures("tasks")
def test_a_filter_limits_each_part(context_on: OpenContext) -> None:
    view = split(context_on, "area:1")
    assert [labels(p.lead.progress.tasks) for p in view.organisations] == [[], ["1"]]
    assert len(view.without) == 0


def test_without_assignments_there_are_no_parts(context_on: OpenContext) -> None:
    opened(context_on, BEFORE)
    view = split(context_on)
    assert (view.organisations, labels(view.without)) == ((), ["1"])
