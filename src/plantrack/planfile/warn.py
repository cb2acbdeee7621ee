"""What may well be meant as it stands, and is more often a slip."""

import re

from plantrack.planfile.check import Content
from plantrack.planfile.dates import last_day
from plantrack.planfile.nodes import Node, child, items, scalar, scalars
from plantrack.planfile.report import Report
from plantrack.planfile.scalars import Kind, kind

#: 1.500 is one and a half to YAML, and fifteen hundred to whoever writes Vietnamese.
_THOUSANDS = re.compile("-?[1-9][0-9]{0,2}[.][0-9]{3}")


def warn(plan: Content, report: Report) -> None:
    """Warn of deadlines and organisations outside the plan's year, and of doubtful amounts."""
    for _, activity in plan.activities:
        _warn_of_amounts(activity, report)
    year = scalar(plan.plan, "year")
    if year and not report.is_faulty(year):
        _warn_of_year(plan, year.text, report)
        _warn_of_expired(plan, year.text, report)


def _warn_of_year(plan: Content, year: str, report: Report) -> None:
    for _, activity in plan.activities:
        for node in (activity, *items(activity, "milestones")):
            due = scalar(node, "due")
            day = last_day(due)
            if due and day and day[:4] != year:
                report.add(due, "P901", value=due.text, year=year)


def _warn_of_expired(plan: Content, year: str, report: Report) -> None:
    successors = {
        own.text: scalar(node, "successor")
        for node in plan.organisations
        if (own := scalar(node, "id")) and not _is_valid_in(year, node)
    }
    for node in [*plan.areas, *(activity for _, activity in plan.activities)]:
        for value in scalars(node, "lead") + scalars(node, "coordinating"):
            if value.text in successors:
                successor = successors[value.text]
                near = (successor.text,) if successor else ()
                report.add(value, "P902", near, value=value.text, year=year)


def _is_valid_in(year: str, organisation: Node) -> bool:
    first = last_day(scalar(organisation, "valid_from")) or year
    last = last_day(scalar(organisation, "valid_to")) or year
    return first[:4] <= year <= last[:4]


def _warn_of_amounts(activity: Node, report: Report) -> None:
    amounts = [(child(activity, "budget"), "amount")]
    amounts += [(i, key) for i in items(activity, "indicators") for key in ("baseline", "target")]
    for node, key in amounts:
        value = scalar(node, key)
        if value and kind(value) is Kind.NUMBER and _THOUSANDS.fullmatch(value.text):
            report.add(value, "P903", value=value.text, whole=value.text.replace(".", ""))
