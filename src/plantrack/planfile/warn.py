"""What may well be meant as it stands, and is more often a slip."""

import re

from plantrack.planfile.check import Content
from plantrack.planfile.dates import last_day
from plantrack.planfile.nodes import Node, Scalar, child, items, scalar, scalars
from plantrack.planfile.report import Report
from plantrack.planfile.scalars import Kind, kind

#: 1.500 is one and a half to YAML, and fifteen hundred to whoever writes Vietnamese.
_THOUSANDS = re.compile("-?[1-9][0-9]{0,2}[.][0-9]{3}")


def warn(plan: Content, report: Report) -> None:
    """Warn of deadlines and organisations outside the plan's year, and of doubtful amounts."""
    year = scalar(plan.plan, "year")
    for _, activity in plan.activities:
        _warn_of_amounts(activity, report)
        for node in (activity, *items(activity, "milestones")) if year else ():
            _warn_of_due(scalar(node, "due"), year, report)
    if year:
        _warn_of_expired(plan, year.text, report)


def _warn_of_due(due: Scalar | None, year: Scalar | None, report: Report) -> None:
    day = last_day(due)
    if due and day and year and day[:4] != year.text:
        report.add(due, "P901", value=due.text, year=year.text)


def _warn_of_expired(plan: Content, year: str, report: Report) -> None:
    known: dict[str, Node] = {}
    for node in plan.organisations:
        if own := scalar(node, "id"):
            known.setdefault(own.text, node)
    for node in [*plan.areas, *(activity for _, activity in plan.activities)]:
        for value in scalars(node, "lead") + scalars(node, "coordinating"):
            if not _is_valid_in(year, known.get(value.text)):
                successor = scalar(known[value.text], "successor")
                near = (successor.text,) if successor else ()
                report.add(value, "P902", near, value=value.text, year=year)


def _is_valid_in(year: str, organisation: Node | None) -> bool:
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
