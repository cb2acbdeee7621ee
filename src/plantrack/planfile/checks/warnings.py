"""What may well be meant as it stands, and is more often a slip."""

import re
import unicodedata
from itertools import chain
from typing import Final

from plantrack.model.named_tuple import NamedTuple
from plantrack.planfile.checks.cross_checks import Content, last_day
from plantrack.planfile.checks.unfilled import warn_unfilled
from plantrack.planfile.parsing.nodes import (
    Mapping,
    Node,
    Scalar,
    Sequence,
    child,
    items,
    place_of,
    scalar,
    scalars,
    texts,
)
from plantrack.planfile.parsing.problem_collector import ProblemCollector
from plantrack.planfile.parsing.scalars import Kind, kind

#: 1.500 is one and a half to YAML, and fifteen hundred to whoever writes Vietnamese.
_THOUSANDS: Final = re.compile("-?[1-9][0-9]{0,2}[.][0-9]{3}")
#: The cells of a terminal's line. A heading is the code, a space, and the title or its short form.
_LINE: Final = 80
_ROLES: Final = ("lead", "coordinating")


def warn(plan: Content, report: ProblemCollector) -> None:
    """Warn of what is missing, of days and organisations that do not fit, and of doubtful amounts."""
    warn_unfilled(plan.plan, report)
    for _, activity, _ in (*plan.having.get("budget", ()), *plan.having.get("indicators", ())):
        _warn_of_amounts(activity, report)
    _warn_of_gaps(plan, report)
    _warn_of_both_roles(plan, report)
    for area in plan.areas:
        _warn_of_title(area, report)
    limited = _limited(plan)
    _warn_of_deadlines(plan, limited, report)
    year = scalar(plan.plan, "year")
    if year and not report.is_faulty(year):
        _warn_of_year(plan, year.text, report)
        _warn_of_expired(plan, year.text, limited, report)


def _warn_of_gaps(plan: Content, report: ProblemCollector) -> None:
    """Warn of activities that nobody leads, and of those without a date, unless the source does not state them."""
    unstated = {key.text for key in scalars(plan.plan, "unstated")}
    led = {id(area): not _lacks(area, "lead", report) for area in plan.areas}
    for area, activity, found in plan.having.get("code", ()):
        if report.warned_enough:
            return
        code = found if isinstance(found, Scalar) else None
        if code and not led[id(area)] and "lead" not in unstated and _lacks(activity, "lead", report):
            report.add(place_of(code), "P905", code=code.text)
        if code and "due" not in unstated and not _has_date(activity, report):
            report.add(place_of(code), "P906", code=code.text)


def _warn_of_both_roles(plan: Content, report: ProblemCollector) -> None:
    """Warn of organisations that are to lead and to coordinate one thing; tasks take it as the lead only."""
    for node in (*plan.areas, *(activity for _, activity, _ in plan.having.get("coordinating", ()))):
        code = scalar(node, "code")
        leads = {value.text for value in scalars(node, "lead")}
        both = [value.text for value in scalars(node, "coordinating") if value.text in leads]
        if code and not report.warned_enough:
            for value in both:
                report.add(place_of(code), "P912", value=value, code=code.text)


def _has_date(activity: Mapping, report: ProblemCollector) -> bool:
    dated = not (_lacks(activity, "due", report) and _lacks(activity, "time", report))
    return dated or _is_ongoing(activity, report)


def _lacks(node: Node, key: str, report: ProblemCollector) -> bool:
    value = child(node, key)
    empty = value is None or (isinstance(value, Sequence) and not value.items)
    return empty and not report.is_misspelt(node, key)


def _is_ongoing(activity: Node, report: ProblemCollector) -> bool:
    value = child(activity, "ongoing")
    if value is None:
        return report.is_misspelt(activity, "ongoing")
    # What is neither is a mistake that was reported.
    return not isinstance(value, Scalar) or value.text != "false"


def _warn_of_title(area: Node, report: ProblemCollector) -> None:
    """Warn of an area whose title is wider than a line.

    Only of areas: an activity has no short form, and its title is the document's.
    """
    code = scalar(area, "code")
    if code is None or not _lacks(area, "short", report):
        return
    width = max((_cells(text.text) for text in texts(area, "title")), default=0)
    room = _LINE - len(code.text) - 1
    if width > room:
        report.add(place_of(code), "P907", code=code.text, width=str(width), room=str(room))


def _cells(text: str) -> int:
    """Count the cells of a line: marks that combine take none, wide East Asian letters two."""
    if text.isascii():
        return len(text)
    marks = sum(unicodedata.category(c) in ("Mn", "Me", "Cf") for c in text)
    return len(text) - marks + sum(unicodedata.east_asian_width(c) in ("W", "F") for c in text)


class _Validity(NamedTuple):
    """When an organisation is valid that is not always, and what comes after it."""

    first: str
    last: str
    successor: tuple[str, ...]

    def in_year(self, year: str) -> bool:
        """Return whether it is valid on a day of the year."""
        return self.first[:4] <= year <= self.last[:4]

    def on(self, day: str) -> bool:
        """Return whether it is valid on a day."""
        return self.first <= day <= self.last


def _limited(plan: Content) -> dict[str, _Validity]:
    found = {}
    for node in plan.organisations:
        own, successor = scalar(node, "id"), scalar(node, "successor")
        first, last = last_day(scalar(node, "valid_from")), last_day(scalar(node, "valid_to"))
        if own and (first or last):
            later = (successor.text,) if successor else ()
            found[own.text] = _Validity(first or "0000-01-01", last or "9999-12-31", later)
    return found


def _warn_of_year(plan: Content, year: str, report: ProblemCollector) -> None:
    milestones = (m for _, a, _ in plan.having.get("milestones", ()) for m in items(a, "milestones"))
    for due in chain(plan.activity_scalars("due"), (scalar(one, "due") for one in milestones)):
        day = last_day(due)
        if due and day and day[:4] != year:
            report.add(due, "P901", value=due.text, year=year)


def _warn_of_expired(
    plan: Content, year: str, limited: dict[str, _Validity], report: ProblemCollector
) -> None:
    expired = {own: validity for own, validity in limited.items() if not validity.in_year(year)}
    for role in _ROLES if expired else ():
        for value in chain.from_iterable(plan.lists(role)):
            if value.text in expired:
                report.add(value, "P902", expired[value.text].successor, value=value.text, year=year)


def _warn_of_deadlines(plan: Content, limited: dict[str, _Validity], report: ProblemCollector) -> None:
    """Warn of organisations that are valid in the year, and no more or not yet when their work is due."""
    for area, activity, _ in plan.having.get("due", ()) if limited else ():
        due = scalar(activity, "due")
        day = last_day(due)
        for role in _ROLES if due and day else ():
            own = scalars(activity, role)
            for value in own or scalars(area, role):
                validity = limited.get(value.text)
                if due and day and validity and not validity.on(day) and validity.in_year(day[:4]):
                    at = value if own else place_of(due)
                    report.add(at, "P908", validity.successor, value=value.text, due=due.text)


def _warn_of_amounts(activity: Node, report: ProblemCollector) -> None:
    amounts = [(child(activity, "budget"), "amount")]
    amounts += [(i, key) for i in items(activity, "indicators") for key in ("baseline", "target")]
    for node, key in amounts:
        value = scalar(node, key)
        if value and kind(value) is Kind.NUMBER and _THOUSANDS.fullmatch(value.text):
            report.add(value, "P903", value=value.text, whole=value.text.replace(".", ""))
