"""The milestones of the plan that a filter asks for: they have a day, an area and an activity, and nothing else."""

from plantrack.model.filters import Filter, Term
from plantrack.model.plan import Plan, PlanMilestone, milestones_of

#: The fields of a filter that milestones have.
FIELDS = ("area", "activity", "due")


def passing_milestones(plan: Plan, wanted: Filter) -> tuple[PlanMilestone, ...]:
    """Return the milestones of a plan that pass a filter; none where it asks what no milestone has."""
    if not_asked(wanted):
        return ()
    return tuple(m for m in milestones_of(plan) if all(_passes(term, m) for term in wanted.terms))


def not_asked(wanted: Filter) -> tuple[str, ...]:
    """Return what a filter asks that no milestone has."""
    return (*(term.spelled() for term in wanted.terms if term.field not in FIELDS), *wanted.texts)


def _passes(term: Term, milestone: PlanMilestone) -> bool:
    if term.span:
        return term.span.holds(milestone.day)
    own = {"area": milestone.area, "activity": milestone.activity, "due": milestone.day}[term.field]
    return own not in term.refused and (not term.values or own in term.values)
