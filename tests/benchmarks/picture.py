"""The picture of cost over size: both axes by powers of ten, commands at the ends of their lines, no other words."""

from collections.abc import Iterator, Sequence
from math import ceil, floor, log10
from statistics import median

from plantrack.render.formats.html.escape import html_text
from tests.benchmarks.figures import Figure

_WIDTH, _HEIGHT, _LEFT, _RIGHT, _TOP, _BOTTOM = 772, 420, 64, 190, 16, 30
#: The colours of the program's own pages; lines are told apart by the names at their ends, also on grey paper.
_STYLE = """
text { font: 13px system-ui, 'Noto Sans', 'DejaVu Sans', Arial, sans-serif; fill: #1b1f23 }
.page { fill: #fff } .grid { stroke: #c3cad1 }
.line { fill: none; stroke: #0b5a8f; stroke-width: 2 } .dot { fill: #0b5a8f }
.peer { stroke: #7a4b00; stroke-dasharray: 5 4 } .peer-dot { fill: #7a4b00 }
@media (prefers-color-scheme: dark) {
  text { fill: #e8ebee } .page { fill: #15191e } .grid { stroke: #4a545f }
  .line { stroke: #7cc0f0 } .dot { fill: #7cc0f0 } .peer { stroke: #f0b95c } .peer-dot { fill: #f0b95c }
}
"""
Line = Sequence[tuple[int, float]]


def lines_of(figures: Sequence[Figure]) -> tuple[dict[str, Line], dict[str, Line]]:
    """Return what is drawn, (tasks, ratio to S) by name: our commands over the sizes, and Taskwarrior's list."""
    own: dict[str, list[tuple[int, float]]] = {}
    for f in figures:
        if f.group == "sizes":
            own.setdefault(f.name, []).append((f.tasks, f.ratio.median))
    unit = median([f.floor for f in figures if f.group == "sizes"] or [1.0])
    theirs = [f for f in figures if f.group == "peers" and (f.over, f.name) == ("Taskwarrior", "list")]
    peers = {"Taskwarrior: list": [(f.tasks, f.floor / unit) for f in theirs]} if theirs else {}
    return {**own}, {**peers}


def draw(figures: Sequence[Figure]) -> str:
    """Return the picture as SVG; a line's height is its cost in units of S."""
    own, peers = lines_of(figures)
    points = [point for line in [*own.values(), *peers.values()] for point in line]
    decades = max(1, ceil(log10(max(n for n, _ in points))) - 2)
    costs = [cost for _, cost in points]
    least, top = min(0, floor(log10(min(costs)))), max(1, ceil(log10(max(costs))))

    def x(tasks: int) -> float:
        return _LEFT + (log10(tasks) - 2) / decades * (_WIDTH - _LEFT - _RIGHT)

    def y(cost: float) -> float:
        return _HEIGHT - _BOTTOM - (log10(cost) - least) / (top - least) * (_HEIGHT - _TOP - _BOTTOM)

    shapes = [f'<rect class="page" width="{_WIDTH}" height="{_HEIGHT}"/>']
    for power in range(least, top + 1):
        shapes += [_rule(_LEFT, y(10.0**power), _WIDTH - _RIGHT, y(10.0**power))]
        shapes += [_text(_LEFT - 8, y(10.0**power) + 4, f"{_number(10.0**power)} S", "end")]
    for power in range(2, decades + 3):
        shapes += [_rule(x(10**power), _TOP, x(10**power), _HEIGHT - _BOTTOM)]
        shapes += [_text(x(10**power), _HEIGHT - 10, _number(10**power), "middle")]
    for name, line in own.items():
        shapes += _line([(x(n), y(cost)) for n, cost in line], "line", "dot", name)
    for name, line in peers.items():
        ends = [(x(n), y(cost)) for n, cost in line]
        shapes += [
            *_line(ends, "line peer", "peer-dot", name),
            _text(ends[-1][0], ends[-1][1] - 9, name, "middle"),
        ]
    shapes += _names({name: y(line[-1][1]) for name, line in own.items()})
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img">'
    return "\n".join([head, f"<style>{_STYLE}</style>", *shapes, "</svg>"]) + "\n"


def _number(n: float) -> str:
    """Write a power of ten so that it reads alike in every language."""
    return f"1/{round(1 / n):,}" if n < 1 else f"{round(n):,}".replace(",", "\N{NARROW NO-BREAK SPACE}")


def _rule(x1: float, y1: float, x2: float, y2: float) -> str:
    return f'<line class="grid" x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"/>'


def _text(x: float, y: float, text: str, anchor: str = "start") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{html_text(text)}</text>'


def _line(points: Sequence[tuple[float, float]], look: str, dot: str, name: str) -> Iterator[str]:
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    yield f'<polyline class="{look}" points="{path}"><title>{html_text(name)}</title></polyline>'
    yield from (f'<circle class="{dot}" cx="{x:.1f}" cy="{y:.1f}" r="3"/>' for x, y in points)


def _names(ends: dict[str, float]) -> Iterator[str]:
    """Write each name at the right, as near the end of its line as none stands over another."""
    groups: list[list[str]] = []
    for name in sorted(ends, key=ends.__getitem__):
        groups.append([name])
        while len(groups) > 1 and _top(groups[-1], ends) < _top(groups[-2], ends) + _STEP * len(groups[-2]):
            last = groups.pop()
            groups[-1] += last
    for group in groups:
        top = _top(group, ends)
        yield from (_text(_WIDTH - _RIGHT + 10, top + n * _STEP + 4, name) for n, name in enumerate(group))


#: How far apart names stand.
_STEP = 16


def _top(group: Sequence[str], ends: dict[str, float]) -> float:
    """Return the height of the first of some names that stand side by side, about the ends of their lines."""
    middle = sum(ends[name] for name in group) / len(group)
    return min(middle - (len(group) - 1) / 2 * _STEP, _HEIGHT - _BOTTOM - (len(group) - 1) * _STEP)
