"""What no single value shows: codes that repeat, days that contradict each other."""

from collections.abc import Iterable, Iterator
from zoneinfo import ZoneInfo, available_timezones

from plantrack.model.days import valid_day
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.text import nearest
from plantrack.planfile.format.models import last_day_of
from plantrack.planfile.parsing.nodes import Mapping, Node, Scalar, Sequence, child, items, scalar, scalars
from plantrack.planfile.parsing.problem_collector import ProblemCollector


class StatedValue(NamedTuple):
    """What an activity states at a key, with the area it stands in."""

    area: Node
    activity: Mapping
    value: Node


class Content(NamedTuple):
    """The nodes of a plan by what they describe, those of included files among them."""

    plan: Node
    organisations: list[Node]
    places: list[Node]
    areas: list[Node]
    #: What activities state, by key: most have few of them.
    having: dict[str, list[StatedValue]]

    def lists(self, key: str) -> Iterator[list[Scalar]]:
        """Return the lists that areas and activities have at a key."""
        yield from (found for area in self.areas if (found := scalars(area, key)))
        values = (value for _, _, value in self.having.get(key, ()) if isinstance(value, Sequence))
        yield from (
            [item for item in value.items if isinstance(item, Scalar)] for value in values if value.items
        )

    def activity_scalars(self, key: str) -> Iterator[Scalar]:
        """Return the single values that activities have at a key."""
        return (value for _, _, value in self.having.get(key, ()) if isinstance(value, Scalar))

    def codes(self) -> dict[str, Scalar]:
        """Return the codes of areas and activities, each at the first place where it stands."""
        return {**first(self.areas, "code"), **_firsts(self.activity_scalars("code"))}


def content(plan: Node, lists: Iterable[Node]) -> Content:
    """Sort the nodes of a plan file and of the files it includes."""
    files = [plan, *lists]
    areas = items(plan, "areas")
    activities = [(area, one) for area in areas for one in items(area, "activities")]
    having: dict[str, list[StatedValue]] = {}
    for area, activity in ((area, one) for area, one in activities if isinstance(one, Mapping)):
        for key, (_, value) in activity.pairs.items():
            having.setdefault(key, []).append(StatedValue._make((area, activity, value)))
    return Content(
        plan,
        [item for file in files for item in items(file, "organisations")],
        [item for file in files for item in items(file, "places")],
        areas,
        having,
    )


def first(nodes: Iterable[Node], key: str) -> dict[str, Scalar]:
    """Return the values of `key` in `nodes`, each at the first place where it stands."""
    return _firsts(_scalars(nodes, key))


def _scalars(nodes: Iterable[Node], key: str) -> Iterator[Scalar]:
    return (value for node in nodes if (value := scalar(node, key)))


def _firsts(values: Iterable[Scalar]) -> dict[str, Scalar]:
    found: dict[str, Scalar] = {}
    for value in values:
        found.setdefault(value.text, value)
    return found


def check_names(plan: Content, report: ProblemCollector) -> None:
    """Report codes and ids that stand twice or in the wrong area, and an unknown time zone."""
    _check_prefixes(plan, report)
    _check_repeated(_scalars(plan.areas, "code"), "P303", report)
    _check_repeated(plan.activity_scalars("code"), "P304", report)
    _check_repeated(_scalars(plan.organisations, "id"), "P305", report)
    _check_repeated(_scalars(plan.places, "id"), "P306", report)
    indicators = (i for _, a, _ in plan.having.get("indicators", ()) for i in items(a, "indicators"))
    _check_repeated(_scalars(indicators, "id"), "P318", report)
    _check_repeated(_scalars(items(plan.plan, "retired"), "code"), "P314", report)
    _check_timezone(scalar(child(plan.plan, "reporting"), "timezone"), report)


def _check_prefixes(plan: Content, report: ProblemCollector) -> None:
    codes = {id(area): scalar(area, "code") for area in plan.areas}
    for area, _, code in plan.having.get("code", ()):
        own = codes[id(area)]
        if not (own and isinstance(code, Scalar)) or code.text.startswith(f"{own.text}."):
            continue
        if not report.is_faulty(own):
            report.add(code, "P307", code=code.text, area=own.text)


def _check_repeated(found: Iterable[Scalar], code: str, report: ProblemCollector) -> None:
    values = [*found]
    if len({value.text for value in values}) == len(values):
        return
    places: dict[str, list[Scalar]] = {}
    for value in values:
        if not report.is_faulty(value):
            places.setdefault(value.text, []).append(value)
    for word, alike in places.items():
        if report.full:
            return
        lines = _lines(alike) if len(alike) > 1 else ""
        for value in alike if lines else ():
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
    for _, activity, _ in plan.having.get("start", ()):
        _check_order(activity, "start", "due", "P205", report)
    for _, activity, _ in plan.having.get("ongoing", ()):
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
