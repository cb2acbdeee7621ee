"""A list of tasks with what was last said of each, by whom, and what became of its deadline."""

from plantrack.i18n.words import Words
from plantrack.model.days import days_between
from plantrack.model.status import DeadlineState
from plantrack.model.task import Task
from plantrack.model.views.tasks import TaskList
from plantrack.render.layout.blocks import Cell, Said, StyledText, Table, TableColumn, TableRow, spans
from plantrack.render.layout.fact_formatter import FactFormatter
from plantrack.render.layout.json_object import Object
from plantrack.render.layout.sentences import Sentences
from plantrack.render.views.task_fields import task_object, update_object
from plantrack.render.views.weekly_brief import shortened

#: From this page width on the whole title is shown, and the lead beside it.
_WIDE, _TITLE = 120, 38


def noted_table(view: TaskList, formatter: FactFormatter) -> Table:
    """Return the table: on a narrow page three lines or four a task."""
    words = formatter.words
    columns = (
        TableColumn(words("column.label"), "right"),
        TableColumn(words("list.task_and_lead"), wraps=True, least=22, to_width=_WIDE - 1),
        TableColumn(words("column.code"), from_width=_WIDE),
        TableColumn(words("column.task"), wraps=True, least=30, long=True, from_width=_WIDE),
        TableColumn(words("column.lead"), wraps=True, least=10, from_width=_WIDE),
        TableColumn(words("column.due"), wraps=True, least=18),
        TableColumn(words("list.last_words"), wraps=True, least=24, long=True),
    )
    say = Sentences(formatter, with_notes=True)
    return Table(columns, tuple([_row(task, view, say) for task in view.tasks]))


def _row(task: Task, view: TaskList, say: Sentences) -> TableRow:
    formatter = say.formatter
    lead = formatter.organisations(task.lead) or formatter.unknown
    title = StyledText(f"{task.heading} {shortened(formatter.text(task.title), _TITLE)}\n")
    return TableRow(
        (
            task.label,
            (title, StyledText(lead, "quiet")),
            task.heading,
            formatter.text(task.title),
            lead,
            _deadline(task, (view.extensions or {}).get(task.uid, 0), formatter),
            _last_words(task, view, say),
        )
    )


def _deadline(task: Task, extended: int, formatter: FactFormatter) -> Cell:
    """Return the due day, how far it is, the first one and how often it was extended."""
    words, away = formatter.words, formatter.away(task)
    lines: list[Said] = [formatter.day(task.due) if task.due else words("task.no_due")]
    if away:
        lines.append((away,))
    if task.first_due and task.first_due != task.due:
        lines.append(words("weekly.first_due", day=formatter.day(task.first_due)))
    if extended:
        lines.append(words.plural("weekly.extended", extended))
    return _in_lines(lines)


def _last_words(task: Task, view: TaskList, say: Sentences) -> Cell:
    """Return what was last said, when and by whom; what is in the way first, where that is not the same."""
    update = (view.updates or {}).get(task.uid)
    lines: list[Said] = []
    if task.is_blocked and (update is None or update.blocked != task.blocked):
        lines.append((say.formatter.blocked, StyledText(f": {task.blocked}")))
    if update is None:
        return _in_lines([*lines, (StyledText(say.words("list.no_words"), "quiet"),)])
    key = "list.told" if update.told_by else "list.recorded"
    who = say.words(key, day=say.short_day(update.on), name=update.told_by or update.author)
    return _in_lines([*lines, (StyledText(f"{who} ", "quiet"), StyledText(say.said(update)))])


def _in_lines(lines: list[Said]) -> tuple[StyledText, ...]:
    """Put what is said into a cell, a line each."""
    out: list[StyledText] = []
    for line in lines:
        out += [*([StyledText("\n")] if out else []), *spans(line)]
    return tuple(out)


def noted_object(task: Task, view: TaskList, words: Words) -> Object:
    """Return a task with its last update, the days it is late and the number of its extensions."""
    update = (view.updates or {}).get(task.uid)
    late = task.deadline_state is DeadlineState.OPEN_OVERDUE and task.due is not None
    return {
        **task_object(task, words),
        "update": update and update_object(update, task),
        "days_late": days_between(task.due or "", view.heading.as_of) if late else None,
        "extensions": (view.extensions or {}).get(task.uid, 0),
    }
