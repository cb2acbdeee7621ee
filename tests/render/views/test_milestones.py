"""A list of milestones."""

from plantrack.i18n.words import Words
from plantrack.model.plan import Text
from plantrack.model.views.milestones import MilestoneList, PlanMilestone
from plantrack.render.formats import render
from plantrack.render.views import milestones
from tests.support.factory import make_heading

VI = Words("vi")

VIEW = MilestoneList(
    make_heading(), (PlanMilestone("2024-07-18", None, "ND3", "ND3.1", Text("Chốt")),), "area:ND3"
)


def shown(view: MilestoneList) -> str:
    return str(render(milestones.document(view, VI), "plain", VI, width=80, colour=False))


def test_they_are_a_table() -> None:
    assert "18/07/2024  ND3.1  Chốt" in shown(VIEW)
    assert "area:ND3" in shown(VIEW)
    assert VI("milestones.none") in shown(VIEW._replace(milestones=()))


def test_they_are_a_sheet() -> None:
    (sheet,) = milestones.book(VIEW, VI).sheets
    assert [*sheet.rows] == [("2024-07-18", None, "ND3", "ND3.1", "Chốt")]
