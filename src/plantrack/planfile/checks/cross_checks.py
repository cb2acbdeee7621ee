"""What no single value shows: codes that repeat, days that contradict each other."""

from collections.abc import Iterable, Iterator
from zoneinfo import ZoneInfo, available_timezones

from plantrack.model.days import valid_day
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.text import nearest
from plantrack.planfile.format.models import last_day_of
from plantrack.planfile.parsing.nodes import Mapping, Node, Scalar, child, items, scalar, scalars
from plantrack.planfile.parsing.problem_collector import ProblemCollector


class Content(NamedTuple):
    """The nodes of a plan by what they describe, those of included files among them."""

    plan: Node
    organisations: list[Node]
    places: list[Node]
    areas: list[Node]
    #: With the area each stands in.
    activities: list[tuple[Node, Mapping]]
    #: The same by the keys that they have: most have few of them.
    having: dict[str, list[tuple[Node, Mapping]]]

    def lists(self, key: str) -> Iterator[list[Scalar]]:
        """Return the lists that areas and activities have at a key."""
        nodes = (*self.areas, *(activity for _, activity in self.having.get(key, ())))
        return (found for node in nodes if (found := scalars(node, key)))

    def codes(self) -> dict[str, Scalar]:
        """Return the codes of areas and activities."""
        return {**first(self.areas, "code"), **first((a for _, a in self.having.get("code", ())), "code")}


def content(plan: Node, lists: Iterable[Node]) -> Content:
    """Sort the nodes of a plan file and of the files it includes."""
    files = [plan, *lists]
    areas = items(plan, "areas")
    activities = [
        (area, one) for area in areas for one in items(area, "activities") if isinstance(one, Mapping)
    ]
    having: dict[str, list[tuple[Node, Mapping]]] = {}
    for pair in activities:
        for key in pair[1].pairs:
            having.setdefault(key, []).append(pair)
    return Content(
        plan,
        [item for file in files for item in items(file, "organisations")],
        [item for file in files for item in items(file, "places")],
        areas,
        activities,
        having,
    )


def first(nodes: Iterable[Node], key: str) -> dict[str, Scalar]:
    """Return the values of `key` in `nodes`, each at the first place where it stands."""
    found: dict[str, Scalar] = {}
    for value in (scalar(node, key) for node in nodes):
        if value:
            found.setdefault(value.text, value)
    return found


def check_names(plan: Content, report: ProblemCollector) -> None:
    """Report codes and ids that stand twice or in the wrong area, and an unknown time zone."""
    _check_prefixes(plan, report)
    _check_repeated(plan.areas, "code", "P303", report)
    _check_repeated((a for _, a in plan.activities), "code", "P304", report)
    _check_repeated(plan.organisations, "id", "P305", report)
    _check_repeated(plan.places, "id", "P306", report)
    indicators = (i for _, a in plan.having.get("indicators", ()) for i in items(a, "indicators"))
    _check_repeated(indicators, "id", "P318", report)
    _check_repeated(items(plan.plan, "retired"), "code", "P314", report)
    _check_timezone(scalar(child(plan.plan, "reporting"), "timezone"), report)


def _check_prefixes(plan: Content, report: ProblemCollector) -> None:
    for area, activity in plan.having.get("code", ()):
        own, code = scalar(area, "code"), scalar(activity, "code")
        if own and code and not code.text.startswith(f"{own.text}.") and not report.is_faulty(own):
            report.add(code, "P307", code=code.text, area=own.text)


def _check_repeated(nodes: Iterable[Node], key: str, code: str, report: ProblemCollector) -> None:
    places: dict[str, list[Scalar]] = {}
    for value in (scalar(node, key) for node in nodes):
        if value and not report.is_faulty(value):
            places.setdefault(value.text, []).append(value)
    for word, values in places.items():
        if report.full:
            return
        lines = _lines(values) if len(values) > 1 else ""
        for value in values if lines else ():
            report.add(value, code, value=word, lines=lines)


def _lines(values: list[Scalar]) -> str:
    """Name the lines of a value, ten at most; those of included files with the file."""
    home = values[0].source
    named = [
        f"{value.line}" if value.source is home else f"{value.source.name}:{value.line}"
        for value in values[:10]
    ]
    return ", ".join(named) + (" …" if len(values) > 10 else "")


def _check_timezone(zone: Scalar | None, report: ProblemCollector) -> None:
    if zone and not _is_timezone(zone.text):
        report.add(zone, "P317", nearest(zone.text[:100], sorted(available_timezones())), value=zone.text)


def _is_timezone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (LookupError, ValueError, OSError):
        return False
    return True


def check_dates(plan: Content, report: ProblemCollector) -> None:
    """Report what ends before it begins, and deadlines of work that has none."""
    _check_order(plan.plan, "start", "end", "P204", report)
    for _, activity in plan.having.get("start", ()):
        _check_order(activity, "start", "due", "P205", report)
    for _, activity in plan.having.get("ongoing", ()):
        _check_ongoing(activity, report)
    for node in plan.organisations + plan.places:
        _check_order(node, "valid_from", "valid_to", "P206", report)


def last_day(node: Scalar | None) -> str | None:
    """Return the last day of what is written at `node`, None where that is no day or period."""
    if node is None:
        return None
    return node.text if valid_day(node.text) else last_day_of(node.text)


def _check_order(node: Node, start: str, end: str, code: str, report: ProblemCollector) -> None:
    first, last = scalar(node, start), scalar(node, end)
    if first and last:
        from_day, to_day = last_day(first), last_day(last)
        if from_day and to_day and from_day > to_day:
            report.add(last, code, start=first.text, end=last.text)


def _check_ongoing(activity: Node, report: ProblemCollector) -> None:
    ongoing, due = scalar(activity, "ongoing"), child(activity, "due")
    if ongoing and ongoing.text == "true" and not ongoing.quoted and due:
        report.add(due, "P207")
