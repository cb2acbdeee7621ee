"""Milestones in words and in JSON."""

from plantrack.i18n.words import Words
from plantrack.model.plan import Text
from plantrack.model.views.milestones import PlanMilestone
from plantrack.render.layout.fact_formatter import FactFormatter
from plantrack.render.layout.milestones import milestone_objects, milestone_said
from tests.support.factory import make_heading

VI, EN = Words("vi"), Words("en")

ONE = PlanMilestone("2024-09-30", "2024-Q3", "ND3", "ND3.1", Text("Gửi báo cáo", "Report sent"))


def test_a_milestone_is_a_day_a_title_and_an_activity() -> None:
    assert (
        milestone_said(ONE, FactFormatter(VI, make_heading()))
        == "Quý III/2024 (30/09/2024): Gửi báo cáo (ND3.1)"
    )
    assert "Report sent (ND3.1)" in milestone_said(ONE, FactFormatter(EN, make_heading()))


def test_a_milestone_in_json() -> None:
    assert milestone_objects([ONE], FactFormatter(VI, make_heading())) == [
        {
            "due": "2024-09-30",
            "due_text": "2024-Q3",
            "area": "ND3",
            "activity": "ND3.1",
            "title": "Gửi báo cáo",
        }
    ]
