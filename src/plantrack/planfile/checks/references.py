"""What refers to something else: organisations, places, and codes that were moved or retired."""

from collections.abc import Iterable, Iterator
from itertools import chain

from plantrack.planfile.checks.cross_checks import Content, first
from plantrack.planfile.format.models import ACTIVITY_CODE
from plantrack.planfile.parsing.nodes import Mapping, Node, Scalar, child, items, scalar, scalars, texts
from plantrack.planfile.parsing.problem_collector import ProblemCollector

#: A node's own name, and the place where it names another.
Links = dict[str, Scalar]


def check_links(plan: Content, report: ProblemCollector) -> None:
    """Report references to what is not there, and those that lead back to themselves."""
    _check_organisations(plan, report)
    _check_places(plan, report)
    _check_named_twice(plan, report)
    _check_cycles(_links(plan.organisations, "parent"), "P308", report)
    _check_cycles(_links(plan.organisations, "successor"), "P309", report)
    _check_moved(plan, report)
    _check_retired(plan, report)


def _check_organisations(plan: Content, report: ProblemCollector) -> None:
    known = _by_name(plan.organisations)
    named = [
        *chain.from_iterable(plan.lists("lead")),
        *chain.from_iterable(plan.lists("coordinating")),
        *_values(plan.organisations, "parent"),
        *_values(plan.organisations, "successor"),
    ]
    _check_known(named, first(plan.organisations, "id"), known, "P301", report)


def _check_places(plan: Content, report: ProblemCollector) -> None:
    named = [
        *chain.from_iterable(plan.lists("place")),
        *(value for place in plan.places for value in scalars(place, "merged_from")),
        *_values(plan.organisations, "place"),
    ]
    _check_known(named, first(plan.places, "id"), _by_name(plan.places), "P302", report)


def _values(nodes: Iterable[Node], key: str) -> Iterator[Scalar]:
    return (value for node in nodes if (value := scalar(node, key)))


def _check_known(
    named: Iterable[Scalar], ids: Links, by_name: dict[str, str], code: str, report: ProblemCollector
) -> None:
    for value in named:
        if value.text not in ids and not report.full:
            meant = dict.fromkeys(by_name[name] for name in report.near(value.text, by_name))
            report.add(value, code, tuple(meant), value=value.text)


def _by_name(nodes: Iterable[Node]) -> dict[str, str]:
    """Return the ids by whatever people may write in their place: ids, names, symbols."""
    found: dict[str, str] = {}
    for node in nodes:
        own = scalar(node, "id")
        for name in _names(node) if own else ():
            found.setdefault(name.text, own.text if own else "")
    return found


def _names(node: Node) -> Iterator[Scalar]:
    return (text for key in ("id", "symbol", "short", "name") for text in texts(node, key))


def _check_named_twice(plan: Content, report: ProblemCollector) -> None:
    for key in ("lead", "coordinating", "place", "unstated"):
        for values in (*plan.lists(key), scalars(plan.plan, key)):
            seen: set[str] = set()
            for value in values if len(values) > 1 else ():
                if value.text in seen:
                    report.add(value, "P319", value=value.text)
                seen.add(value.text)


def _links(nodes: Iterable[Node], key: str) -> Links:
    found: Links = {}
    for node in nodes:
        own, other = scalar(node, "id"), scalar(node, key)
        if own and other:
            found.setdefault(own.text, other)
    return found


def _check_cycles(links: Links, code: str, report: ProblemCollector) -> None:
    """Report each cycle once, where its first link stands in the file."""
    done: set[str] = set()
    for start in links:
        path: dict[str, None] = {}
        name = start
        while name in links and name not in done and name not in path:
            path[name] = None
            name = links[name].text
        if name in path:
            names = list(path)
            _report_cycle(names[names.index(name) :], links, code, report)
        done.update(path)


def _report_cycle(names: list[str], links: Links, code: str, report: ProblemCollector) -> None:
    start = min(range(len(names)), key=lambda n: (links[names[n]].line, links[names[n]].column))
    chain = [*names[start:], *names[:start], names[start]]
    report.add(links[chain[0]], code, chain=" → ".join(chain))


def _moves(plan: Content) -> dict[str, tuple[Scalar, Node]]:
    moved = child(plan.plan, "moved")
    return moved.pairs if isinstance(moved, Mapping) else {}


def _check_moved(plan: Content, report: ProblemCollector) -> None:
    moves = _moves(plan)
    codes = plan.codes() if moves else {}
    links = {old: new for old, (_, new) in moves.items() if isinstance(new, Scalar)}
    _check_cycles(links, "P310", report)
    ends = {**codes, **links, **first(items(plan.plan, "retired"), "code")}
    for old, (key, _) in moves.items():
        if old in codes:
            report.add(key, "P311", code=old, line=str(codes[old].line))
    for old, new in links.items():
        if new.text not in ends:
            report.add(new, "P312", report.near(new.text, codes), code=new.text)
        elif _is_activity(old) != _is_activity(new.text) and not report.is_faulty(moves[old][0]):
            report.add(new, "P316", old=old, new=new.text)


def _is_activity(code: str) -> bool:
    return ACTIVITY_CODE.fullmatch(code) is not None


def _check_retired(plan: Content, report: ProblemCollector) -> None:
    retired, moves = [*_values(items(plan.plan, "retired"), "code")], _moves(plan)
    codes = plan.codes() if retired else {}
    for value in retired:
        if value.text in codes:
            report.add(value, "P313", code=value.text, line=str(codes[value.text].line))
        elif value.text in moves:
            report.add(value, "P315", code=value.text, line=str(moves[value.text][0].line))
