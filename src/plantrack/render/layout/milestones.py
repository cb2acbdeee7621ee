"""Milestones of the plan: days inside activities, which have no status of their own."""

from collections.abc import Iterable

from plantrack.model.views.milestones import PlanMilestone
from plantrack.render.layout.blocks import TableColumn
from plantrack.render.layout.fact_formatter import FactFormatter
from plantrack.render.layout.fields import Field, Fields, declared, objects
from plantrack.render.layout.json_object import Object
from plantrack.render.layout.workbook import TEXT

MILESTONE: Fields[PlanMilestone] = declared(
    Field(
        "due",
        kind="day",
        get=lambda m, f: m.day,
        cell=lambda m, f: f.due(m.day, m.due_text),
        width=12,
        column=TableColumn("column.due"),
    ),
    Field("due_text", "sheet.due_text", word=lambda m, f: m.due_text and f.due(None, m.due_text), width=16),
    Field("area", width=10),
    Field("activity", width=11, column=TableColumn("column.code")),
    Field(
        "title",
        "column.milestone",
        get=lambda m, f: f.in_language(m.title),
        word=lambda m, f: f.text(m.title),
        width=TEXT,
        column=TableColumn(wraps=True, least=24),
    ),
)


def milestone_objects(milestones: Iterable[PlanMilestone], formatter: FactFormatter) -> list[Object]:
    """Return milestones for JSON."""
    return [*objects(MILESTONE.values(), tuple(milestones), formatter)]


def milestone_said(milestone: PlanMilestone, formatter: FactFormatter) -> str:
    """Return a milestone in a line: its day, the activity, its title."""
    day, title = formatter.due(milestone.day, milestone.due_text), formatter.text(milestone.title)
    return f"{day}: {title} ({milestone.activity})"
