"""Which line stands inside which, and what is an area, a heading between, or an activity."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from plantrack.planfile.annex.annex_rows import AnnexLine
from plantrack.planfile.annex.column_roles import WORK, ColumnRole
from plantrack.planfile.annex.title_numbers import TITLE, UNNUMBERED, Style, is_bullet

#: A lower letter or bullet under a line that has work only tells what that work is made of.
_DETAIL_RANK: Final = 10
#: What an area has keys for.
_OF_AREA: Final = frozenset((ColumnRole.LEAD, ColumnRole.COORDINATING))
#: No annex has as many levels; a column of numbers may hold anything.
_DEEPEST: Final = 8


@dataclass(slots=True, eq=False)
class Node:
    """A line with those inside it."""

    line: AnnexLine
    inner: list["Node"] = field(default_factory=list)
    #: Lines that only say more of this one.
    details: list[AnnexLine] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Leaf:
    """An activity, and the headings between it and its area."""

    node: Node
    between: tuple[Node, ...] = ()


@dataclass(slots=True, eq=False)
class Group:
    """An area with its activities; the area of lines that have none above them has no line."""

    node: Node | None
    leaves: list[Leaf]


@dataclass(slots=True, eq=False)
class Outline:
    """All areas; `top` is a title above all of them."""

    groups: list[Group]
    top: Node | None = None


def outline(lines: Sequence[AnnexLine]) -> Outline:
    """Sort the lines of an annex into areas and activities."""
    nodes, top = _nested(lines), None
    for node in _every(nodes):
        _absorb(node)
    if len(nodes) == 1 and nodes[0].line.style is TITLE and any(n.inner for n in nodes[0].inner):
        top = nodes[0]
        nodes = top.inner
    return Outline(_groups(nodes), top)


def _nested(lines: Sequence[AnnexLine]) -> list[Node]:
    root = Node(AnnexLine(""))
    path: list[tuple[Style, Node]] = []
    for line in lines:
        node = Node(line)
        if line.style is UNNUMBERED:
            while path and path[-1][1].line.has_work:
                path.pop()
        else:
            _climb(path, line.style)
        (path[-1][1] if path else root).inner.append(node)
        if line.style is not UNNUMBERED:
            path.append((line.style, node))
    return root.inner


def _climb(path: list[tuple[Style, Node]], style: Style) -> None:
    """Leave what a line of this style does not stand inside of."""
    styles = [one for one, _ in path]
    if style in styles:
        del path[styles.index(style) :]
        return
    while path and (path[-1][0].rank > style.rank or len(path) == _DEEPEST):
        path.pop()


def _every(nodes: Sequence[Node]) -> Iterator[Node]:
    for node in nodes:
        yield from _every(node.inner)
        yield node


def _absorb(node: Node) -> None:
    """Take lines without work under one with work for what they are: its details."""
    if node.line.has_work and node.inner and all(map(_is_detail, node.inner)):
        node.details = [inner.line for inner in node.inner]
        node.inner = []


def _is_detail(node: Node) -> bool:
    line = node.line
    divides = is_bullet(line.no) or line.style.rank >= _DETAIL_RANK
    return divides and line.style is not UNNUMBERED and line.is_bare and not node.inner and not node.details


def _groups(nodes: list[Node]) -> list[Group]:
    """Take the outermost lines for areas, unless most of them are activities themselves."""
    alone = [node for node in nodes if not node.inner]
    headings = [node for node in alone if _is_heading(node)]
    if len(headings) < len(nodes) and (
        len(alone) == len(nodes) or len(alone) - len(headings) > len(nodes) / 2
    ):
        return [Group(None, [leaf for node in nodes for leaf in _leaves(node, ())])]
    return [Group(node, _of_area(node)) for node in nodes]


def _is_heading(node: Node) -> bool:
    """Return whether a line without others inside can only be an area."""
    return node.line.is_bare and node.line.style.rank <= 0


def _of_area(node: Node) -> list[Leaf]:
    own = [Leaf(node)] if _is_work(node, _OF_AREA) else []
    return own + [leaf for inner in node.inner for leaf in _leaves(inner, ())]


def _leaves(node: Node, between: tuple[Node, ...]) -> list[Leaf]:
    own = [Leaf(node, between)] if not node.inner or _is_work(node) else []
    return own + [leaf for inner in node.inner for leaf in _leaves(inner, (*between, node))]


def _is_work(node: Node, held: frozenset[ColumnRole] = frozenset()) -> bool:
    """Return whether a heading is an activity too: it has what the lines inside, or its area (`held`), do not hold."""
    if not node.inner:
        return not node.line.is_bare
    own = {role for role, field in node.line.fields.items() if field.above is None and not field.shared}
    if own.isdisjoint(WORK):
        return ColumnRole.BUDGET in own and all(
            ColumnRole.BUDGET not in n.line.fields for n in _every(node.inner)
        )
    return not own - {ColumnRole.NOTE} <= held
