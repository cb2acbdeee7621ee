"""Lists of six tasks of every kind, as labels."""

from plantrack.model.views.tasks import TaskList
from plantrack.services.verbs.list import list_tasks
from tests.support.steps import OpenContext, labels, opened, said
from tests.support.whole import whole

DAY = "2024-07-20"


def found(sit: OpenContext, *terms: str, everything: bool = False, **asked: str) -> list[str]:
    """Return the labels of the tasks that pass a filter on 20/7/2024."""
    return labels(listed(sit, *terms, everything=everything, **asked).tasks)


def listed(sit: OpenContext, *terms: str, everything: bool = False, **asked: str) -> TaskList:
    """List on 20/7/2024."""
    return whole(list_tasks(sit(DAY, **asked), terms, everything=everything))


def open_six(sit: OpenContext) -> None:
    """Make 1: overdue; 2: due soon, blocked; 3: due later, paused; 4: no due day; 5: done; 6: dropped."""
    opened(
        sit,
        "2024-07-01",
        "Hội thảo",
        area="3",
        due="10/7/2024",
        lead=("ubdt",),
        in_charge=("Lê Văn An",),
    )
    opened(
        sit,
        "2024-07-01",
        "Tập huấn",
        area="2",
        due="25/7/2024",
        lead=("hlhpn",),
        coordinating=("ubdt",),
    )
    opened(sit, "2024-07-01", "Giám sát", activity="5.1", due="30/9/2024", lead=("hlhpn", "ubdt"))
    opened(sit, "2024-07-01", "Sơ kết: công tác", area="7")
    opened(sit, "2024-07-01", "Tuyên truyền", activity="1.1", due="15/7/2024")
    opened(sit, "2024-07-01", "Tờ rơi", area="2", due="Q2/2024")
    said(sit, "2024-07-18", "2", blocked="kẹt")
    said(sit, "2024-07-18", "3", "pause")
    said(sit, "2024-07-16", "5", "done")
    said(sit, "2024-07-18", "6", "drop", reason="không in nữa")
