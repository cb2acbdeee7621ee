"""A list in which a task is one line: for a terminal, where what matters must not scroll away."""

from collections.abc import Sequence

from plantrack.model.status import OPEN, DeadlineState
from plantrack.model.task import Task
from plantrack.model.views.rows import Rows, held_if_few
from plantrack.render.layout import fields
from plantrack.render.layout.blocks import Cell, Paragraph, StyledText, Table, TableColumn
from plantrack.render.layout.fact_formatter import FactFormatter
from plantrack.render.layout.fields import Field, Take, only_in_table
from plantrack.render.layout.text_width import cell_width, padded
from plantrack.render.layout.workbook import Kind
from plantrack.render.views.task_fields import TASK

#: The marks of what is blocked and of what is stale, with their meanings.
_MARKS = (("mark.blocked", "mark.blocked.said"), ("mark.stale", "flag.stale"))


def _title(task: Task, formatter: FactFormatter) -> Cell:
    """Return what a task waits for and how many of its parts are done, then its title: of a long one the end is cut."""
    title = formatter.text(task.title)
    parts = f"{task.parts_done}/{len(task.parts)} · {title}" if task.parts else title
    return (formatter.waiting(task), StyledText(f" · {parts}")) if task.waits_for else parts


def _short_status(status: str, formatter: FactFormatter) -> str:
    return formatter.word(f"status.short.{status}")


def _percent(task: Task, _: FactFormatter) -> str | None:
    return f"{task.percent}%" if task.is_open and task.percent is not None else None


def _marks(task: Task, formatter: FactFormatter) -> tuple[StyledText, ...]:
    blocked = (StyledText(formatter.word("mark.blocked"), "blocked"),) if task.is_blocked else ()
    return (*blocked, StyledText(formatter.word("mark.stale"), "warning")) if task.stale else blocked


def _status(task: Task, formatter: FactFormatter) -> tuple[StyledText, ...]:
    return (formatter.status(task)._replace(text=_short_status(task.status, formatter)),)


def _status_and_marks(task: Task, formatter: FactFormatter) -> Cell:
    """Return status, percent and marks, each under that of the line above; closed work has a status alone."""
    (status,) = _status(task, formatter)
    if not task.is_open:
        return (status,)
    room = max(cell_width(_short_status(each, formatter)) for each in OPEN)
    text = f"{padded(status.text, room)} {_percent(task, formatter) or '':>3}"
    return (status._replace(text=text), *_marks(task, formatter))


def _due(task: Task, formatter: FactFormatter) -> Cell:
    """Return how far the deadline of urgent or of done work is, else its day; in the plan's year without the year."""
    words, due = formatter.words, task.due
    if due is None:
        return formatter.due(None, task.due_text) if task.due_text else formatter.unknown
    if task.deadline_state is DeadlineState.OPEN_DUE_SOON and due == formatter.heading.as_of:
        return (StyledText(words("away.today"), "due_soon"),)
    if task.deadline_state not in (None, DeadlineState.OPEN_IN_TIME) and (away := formatter.away(task)):
        return (away,)
    in_year = int(due[:4]) == formatter.heading.plan.year
    return words.short_day(due) if in_year else formatter.day(due)


def _first(names: Sequence[str]) -> str | None:
    """Return the first of several names, and how many more there are."""
    return names[0] + (f"+{len(names) - 1}" if len(names) > 1 else "") if names else None


def _lead(task: Task, formatter: FactFormatter) -> str | None:
    return _first([*map(formatter.organisation, task.lead)])


def _coordinating(task: Task, formatter: FactFormatter) -> str | None:
    return _first([*map(formatter.organisation, task.coordinating)])


def _in_charge(task: Task, _: FactFormatter) -> str | None:
    return _first(task.in_charge)


#: Pages on which a status has all that is under it in its column, those where a column each has it, and the widest.
_NARROW, _WIDE = TableColumn(to_width=99), TableColumn(from_width=100)
_WIDEST = TableColumn(from_width=130)


def _cell(
    heading: str, taken: Take[Task], on: TableColumn, least: int = 1, kind: Kind = "text"
) -> Field[Task]:
    """Return the field of what is never cut, and blank where there is nothing."""
    return Field(heading, heading, kind, cell=taken, blank=True, column=on._replace(least=least))


def _name(heading: str, taken: Take[Task], on: TableColumn, least: int) -> Field[Task]:
    """Return the field of a name that is cut where there is no room for it."""
    return Field(heading, heading, cell=taken, column=on._replace(wraps=True, least=least, keeps_end=True))


#: What a line says of a task. A deadline needs more than its `least` only where it is no day, but a text.
LINE: tuple[Field[Task], ...] = (
    only_in_table(TASK["label"], TableColumn()),
    only_in_table(TASK["code"], TableColumn()),
    only_in_table(TASK["title"]._replace(cell=_title), TableColumn("column.task", wraps=True, least=20)),
    _cell("column.status", _status_and_marks, _NARROW),
    _cell("column.status", _status, _WIDE, 10),
    _cell("column.percent", _percent, _WIDE, kind="number"),
    _cell("column.flags", _marks, _WIDE, 5),
    Field("column.due", "column.due", cell=_due, column=TableColumn(wraps=True, least=18)),
    _name("column.lead", _lead, _NARROW, 14),
    _name("column.lead", _lead, _WIDE, 17),
    _name("field.coordinating", _coordinating, _WIDEST, 13),
    _name("column.in_charge", _in_charge, _WIDEST, 10),
)


def table_of_lines(tasks: Rows[Task], formatter: FactFormatter) -> tuple[Table, Sequence[Paragraph]]:
    """Return tasks as lines, and what the marks and the short names in them stand for, where there are any."""
    tasks = held_if_few(tasks)
    table = fields.table(LINE, tasks, formatter, one_line=True, without_empty=True)
    there = {(t.is_blocked, t.stale, _short_status(t.status, formatter)) for t in tasks}
    said = [
        f"{formatter.word(mark)} {formatter.word(meaning)}"
        for place, (mark, meaning) in enumerate(_MARKS)
        if any(each[place] for each in there)
    ]
    names = {word for *_, status in there for word in status.split()}
    meant = [
        one for one in formatter.word("list.abbreviations").split("; ") if one.partition(":")[0] in names
    ]
    said += [f"({'; '.join(meant)})"] if meant else []
    return table, [Paragraph("  ".join(said))] if said else []
