"""A list of the milestones of the plan."""

from plantrack.i18n.words import Words
from plantrack.model.views.milestones import MilestoneList
from plantrack.model.views.rows import Rows
from plantrack.render.layout import fields
from plantrack.render.layout.blocks import Block, Document, Paragraph
from plantrack.render.layout.calendar import Calendar, milestone_calendar
from plantrack.render.layout.fact_formatter import FactFormatter
from plantrack.render.layout.json_object import Object
from plantrack.render.layout.milestones import MILESTONE
from plantrack.render.layout.workbook import Book, booked


def document(view: MilestoneList, words: Words) -> Document:
    """Word the list."""
    formatter = FactFormatter(words, view.heading)
    block: Block = Paragraph(words("milestones.none"))
    if view.milestones:
        block = fields.table(MILESTONE.values(), view.milestones, formatter)
    return Document(words("milestones.title", about=formatter.about), formatter.lines(view.filter), (block,))


def data(view: MilestoneList, words: Words) -> Rows[Object]:
    """Return the milestones for JSON."""
    return fields.objects(MILESTONE.values(), view.milestones, FactFormatter(words, view.heading))


def book(view: MilestoneList, words: Words) -> Book:
    """Return the milestones as a sheet."""
    formatter = FactFormatter(words, view.heading)
    rows = fields.sheet(words("sheet.milestones"), MILESTONE.values(), view.milestones, formatter)
    title = words("milestones.title", about=formatter.about)
    return booked(formatter, title, [rows], filter_read=view.filter)


def calendar(view: MilestoneList, words: Words) -> Calendar:
    """Return the days of the milestones."""
    return milestone_calendar(FactFormatter(words, view.heading), view.milestones)
