"""A list of tasks with what was last said of each, by whom, and what became of its deadline."""

from functools import partial

from plantrack.model.history import Update
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.status import DeadlineState
from plantrack.model.task import Task
from plantrack.model.views.rows import DerivedRows, Rows
from plantrack.model.views.tasks import TaskList
from plantrack.render.layout.blocks import Cell, Said, StyledText, TableColumn, spans
from plantrack.render.layout.fact_formatter import FactFormatter
from plantrack.render.layout.fields import Field, not_in_json, of, only_in_table
from plantrack.render.layout.sentences import Sentences
from plantrack.render.views.task_fields import TASK, UPDATE, days_late
from plantrack.render.views.weekly_brief import shortened

#: From this page width on the whole title is shown, and the lead beside it.
_WIDE, _TITLE = 120, 38


class Noted(NamedTuple):
    """A task with its last update, and how often its deadline was extended."""

    task: Task
    update: Update | None
    extensions: int


def noted(view: TaskList) -> Rows[Noted]:
    """Return the rows of a list with notes."""
    updates, extensions = view.updates or {}, view.extensions or {}

    def with_notes(task: Task) -> Noted:
        return Noted(task, updates.get(task.uid), extensions.get(task.uid, 0))

    return DerivedRows(view.tasks, partial(map, with_notes))


def _task_and_lead(row: Noted, formatter: FactFormatter) -> Cell:
    title = shortened(formatter.text(row.task.title), _TITLE)
    lead = formatter.organisations(row.task.lead) or formatter.unknown
    return StyledText(f"{row.task.heading} {title}\n"), StyledText(lead, "quiet")


def _deadline(row: Noted, formatter: FactFormatter) -> Cell:
    """Return the due day, how far it is, the first one and how often it was extended."""
    task, words, away = row.task, formatter.words, formatter.away(row.task)
    lines: list[Said] = [formatter.day(task.due) if task.due else words("task.no_due")]
    if away:
        lines.append((away,))
    if task.first_due and task.first_due != task.due:
        lines.append(words("weekly.first_due", day=formatter.day(task.first_due)))
    if row.extensions:
        lines.append(words.plural("weekly.extended", row.extensions))
    return _in_lines(lines)


def _last_words(row: Noted, formatter: FactFormatter) -> Cell:
    """Return what was last said, when and by whom; what is in the way first, where that is not the same."""
    task, update, say = row.task, row.update, Sentences(formatter, with_notes=True)
    lines: list[Said] = []
    if task.is_blocked and (update is None or update.blocked != task.blocked):
        lines.append((formatter.blocked, StyledText(f": {task.blocked}")))
    if update is None:
        return _in_lines([*lines, (StyledText(say.words("list.no_words"), "quiet"),)])
    key = "list.told" if update.told_by else "list.recorded"
    who = say.words(key, day=say.short_day(update.on), name=update.told_by or update.author)
    return _in_lines([*lines, (StyledText(f"{who} ", "quiet"), StyledText(say.said(update)))])


def _days_late(row: Noted, formatter: FactFormatter) -> int | None:
    """Count the days by which open work is overdue."""
    is_late = row.task.deadline_state is DeadlineState.OPEN_OVERDUE
    return days_late(row.task, formatter) if is_late else None


def _in_lines(lines: list[Said]) -> tuple[StyledText, ...]:
    """Put what is said into a cell, a line each."""
    out: list[StyledText] = []
    for line in lines:
        out += [*([StyledText("\n")] if out else []), *spans(line)]
    return tuple(out)


_IN_SHEET = ("on", "result", "next", "proposal", "told_by", "note", "evidence", "author")
#: What a list says of a task, with more in JSON and in sheets, and a table of its own.
NOTED: tuple[Field[Noted], ...] = (
    *of("task", (field._replace(column=None) for field in TASK.values())),
    Field("update", nested=tuple(UPDATE.values())),
    Field("days_late", get=_days_late),
    Field("extensions", "sheet.extensions", "number", width=12),
    *not_in_json(UPDATE[key] for key in _IN_SHEET),
    *of("task", (only_in_table(TASK["label"], TableColumn()),)),
    Field(
        "task_and_lead",
        "list.task_and_lead",
        cell=_task_and_lead,
        in_json=False,
        column=TableColumn(wraps=True, least=22, to_width=_WIDE - 1),
    ),
    *of(
        "task",
        (
            only_in_table(TASK["code"], TableColumn(from_width=_WIDE)),
            only_in_table(
                TASK["title"], TableColumn("column.task", wraps=True, least=30, long=True, from_width=_WIDE)
            ),
            only_in_table(TASK["lead"], TableColumn("column.lead", wraps=True, least=10, from_width=_WIDE)),
        ),
    ),
    Field("deadline", "column.due", cell=_deadline, in_json=False, column=TableColumn(wraps=True, least=18)),
    Field(
        "last_words",
        "list.last_words",
        cell=_last_words,
        in_json=False,
        column=TableColumn(wraps=True, least=24, long=True),
    ),
)
