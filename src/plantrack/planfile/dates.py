"""Days that do not agree with one another, or with the plan's year."""

from plantrack.model.days import valid_day
from plantrack.planfile.check import Content
from plantrack.planfile.format import last_day_of
from plantrack.planfile.nodes import Node, Scalar, child, scalar
from plantrack.planfile.report import Report


def check_dates(plan: Content, report: Report) -> None:
    """Report what ends before it begins, and deadlines of work that has none."""
    _check_order(plan.plan, "start", "end", "P204", report)
    for _, activity in plan.having.get("start", ()):
        _check_order(activity, "start", "due", "P205", report)
    for _, activity in plan.having.get("ongoing", ()):
        _check_ongoing(activity, report)
    for node in plan.organisations + plan.places:
        _check_order(node, "valid_from", "valid_to", "P206", report)


def last_day(node: Scalar | None) -> str | None:
    """Give the last day of what is written at `node`, None where that is no day or period."""
    if node is None:
        return None
    return node.text if valid_day(node.text) else last_day_of(node.text)


def _check_order(node: Node, start: str, end: str, code: str, report: Report) -> None:
    first, last = scalar(node, start), scalar(node, end)
    if first and last:
        from_day, to_day = last_day(first), last_day(last)
        if from_day and to_day and from_day > to_day:
            report.add(last, code, start=first.text, end=last.text)


def _check_ongoing(activity: Node, report: Report) -> None:
    ongoing, due = scalar(activity, "ongoing"), child(activity, "due")
    if ongoing and ongoing.text == "true" and not ongoing.quoted and due:
        report.add(due, "P207")
