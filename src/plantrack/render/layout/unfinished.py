"""What is said of plans that ended and left work behind: a line of the report, the commands that help, a problem."""

from plantrack.i18n.words import Words
from plantrack.model.views.header import ViewHeader
from plantrack.render.layout.fact_formatter import plan_name
from plantrack.render.layout.json_object import Object


def lines(heading: ViewHeader, words: Words) -> list[str]:
    """Say for each plan how much work it left."""
    return [
        words.plural("heading.unfinished", left.tasks, plan=plan_name(left.plan, words), year=left.plan.year)
        for left in heading.unfinished
    ]


def commands(heading: ViewHeader, words: Words) -> list[str]:
    """Say for each plan which commands help; work is carried over into a later plan only."""
    return [
        words("reply.unfinished-carry", plan=left.plan.id, to=heading.plan.id)
        if left.plan.year < heading.plan.year
        else words("reply.unfinished", plan=left.plan.id)
        for left in heading.unfinished
    ]


def problems(heading: ViewHeader, words: Words) -> list[Object]:
    """Return it for JSON, as warnings that are of no file."""
    nowhere: Object = dict.fromkeys(("file", "line", "column"))
    nowhere |= {"severity": "warning", "code": "unfinished-plan"}
    said = zip(lines(heading, words), commands(heading, words), strict=True)
    return [{**nowhere, "message": message, "hint": hint} for message, hint in said]
