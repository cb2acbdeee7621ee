"""What the history of a plan tells besides its tasks."""

from plantrack.services.plan_facts import plan_facts
from tests.support.steps import OpenContext


def test_revisions_are_always_told_and_the_rest_where_it_is_asked_for(context_on: OpenContext) -> None:
    found = plan_facts(context_on("2024-07-01"), besides=True)
    assert [revision.revision for revision in found.revisions.values()] == [1]
    assert (found.measured, found.filters) == ({}, {})
    assert plan_facts(context_on("2024-07-01"), besides=False) == found
