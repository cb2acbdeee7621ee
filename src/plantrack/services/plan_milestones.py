"""The milestones of the plan that a filter asks for: they have a day, an area and an activity, and nothing else."""

from plantrack.model.days import period_last_day
from plantrack.model.filters import Filter, Term
from plantrack.model.plan import Plan
from plantrack.model.views.milestones import PlanMilestone

#: The fields of a filter that milestones have.
FIELDS = ("area", "activity", "due")


def _milestones_of(plan: Plan) -> tuple[PlanMilestone, ...]:
    """Return all milestones of a plan by their days, those of one day in the order of the plan."""
    found = (
        PlanMilestone(last or one.due, one.due if last else None, area.code, activity.code, one.title)
        for area in plan.areas
        for activity in area.activities
        for one in activity.milestones
        for last in (period_last_day(one.due),)
    )
    return tuple(sorted(found, key=lambda milestone: milestone.day))


def passing_milestones(plan: Plan, wanted: Filter) -> tuple[PlanMilestone, ...]:
    """Return the milestones of a plan that pass a filter; none where it asks what no milestone has."""
    if not_asked(wanted):
        return ()
    return tuple(m for m in _milestones_of(plan) if all(_passes(term, m) for term in wanted.terms))


def not_asked(wanted: Filter) -> tuple[str, ...]:
    """Return what a filter asks that no milestone has."""
    return (*(term.spelled() for term in wanted.terms if term.field not in FIELDS), *wanted.texts)


def _passes(term: Term, milestone: PlanMilestone) -> bool:
    if term.span:
        return term.span.holds(milestone.day)
    own = {"area": milestone.area, "activity": milestone.activity, "due": milestone.day}[term.field]
    return own not in term.refused and (not term.values or own in term.values)
