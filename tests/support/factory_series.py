"""Figures over a year, made by hand: the example's weeks, and pictures of any shape."""

from typing import Any

from plantrack.model.days import add_days, week_of
from plantrack.model.plan import Text
from plantrack.model.views.chart_series import Point, Speakers, WeeklySeries
from plantrack.model.weekly_counts import Weeks
from plantrack.render.layout.blocks import Chart
from plantrack.render.layout.blocks import ChartSeries as Line
from tests.support.factory import AS_OF


def make_series(**changes: Any) -> WeeklySeries:
    """Return a year in which 17 tasks came by and by, 4 were done by the as-of day, and May was silent."""
    weeks = Weeks("2024-03-21", AS_OF)
    points = []
    for n in range(41):
        day = add_days("2024-03-24", 7 * n)
        there = day <= AS_OF
        points.append(
            Point(day, min(17, 12 + n) if there else None, max(0, n - 13) if there else None, n // 3)
        )
    everyone = tuple(
        0 if week_of(end).name in ("2024-W19", "2024-W20", "2024-W23") else 3 for end in weeks.ends
    )
    others = tuple(
        Speakers(
            f"o{n}", Text(f"Đơn vị {n}", f"Organisation {n}"), (None, *(int(i % 9 >= n) for i in range(17)))
        )
        for n in range(10)
    )
    series = WeeklySeries(
        AS_OF, tuple(points), tuple(weeks.names), (Speakers(None, None, everyone), *others), 5
    )
    return series._replace(**changes)


def make_chart(kind: Any = "lines", **changes: Any) -> Chart:
    """Return a small picture of a kind."""
    chart = Chart(
        kind,
        "Tên hình",
        "Lời của hình.",
        ("một", "hai", "ba"),
        (
            Line("Hoàn thành", (0, 1, 2), "done", "hết 1"),
            Line("Quá hạn", (1, 2, None), "overdue", "hết 2"),
            Line("Còn lại", (5, 4, 3), "", "hết 3"),
        ),
        heading="Nhãn",
        marks=((0, "T1"), (2, "T3")),
        said=("0/6", "1/7", "2/5"),
    )
    return chart._replace(**changes)
