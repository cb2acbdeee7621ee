"""Forms in words: what one asks, what one that came back said, and who has answered."""

from collections.abc import Sequence

from plantrack.i18n.failure import sentence
from plantrack.i18n.words import Words
from plantrack.model.days import valid_day
from plantrack.model.forms.columns import FORM_FIELDS, OF_MONEY, OFFERED, AskedColumn
from plantrack.model.forms.form import MARK, ShownState, row_code
from plantrack.model.plan import Area
from plantrack.model.text import visible
from plantrack.model.views.form import (
    AnsweredRow,
    AskedForm,
    AskedTask,
    ChangedRow,
    FormRead,
    FormState,
    FormStatus,
)
from plantrack.render.layout import fields
from plantrack.render.layout.blocks import Document, Paragraph, TableColumn
from plantrack.render.layout.fact_formatter import FactFormatter, one_line, plan_name, time_said
from plantrack.render.layout.fields import Field, Fields, declared
from plantrack.render.layout.form_page import FormColumn, FormHint, FormPage
from plantrack.render.layout.json_object import Object
from plantrack.render.layout.workbook import NAME, Book, Sheet, SheetColumn, booked

#: So many empty rows there are for new tasks.
_NEW_ROWS = 10
#: As much as is shown of a value that is wrong, or of a text in a line.
_SHOWN = 60
_AREA_TITLE = 150


def form_page(view: AskedForm, words: Words) -> FormPage:
    """Word a form."""
    formatter = FactFormatter(words, view.heading)
    plan, closing = view.heading.plan, view.form.closing_day
    period = view.period
    organisation = view.organisation.name.within(words.language)
    days = {"first": words.day(period.first), "last": words.day(period.last)}
    week = words.period(period.name)
    areas = plan.areas
    asked = [field for field in FORM_FIELDS if view.follows_money or field.key not in OF_MONEY]
    return FormPage(
        name=words("forms.sheet"),
        title=words("forms.title", week=week.upper() if words.language == "vi" else week),
        label=words("heading.example") if view.heading.is_example else "",
        lines=(
            words("forms.organisation", name=organisation),
            words("forms.week", week=week[:1].upper() + week[1:], closing=words.long_day(closing), **days),
            plan_name(plan, words),
        ),
        instructions=tuple(words("forms.instructions", closing=words.day(closing)).split("\n")),
        code=words("forms.code", code=view.form.uid),
        columns=tuple(FormColumn(field, words(f"forms.column.{field.key}")) for field in asked),
        rows=tuple(_row(nth, one, asked, formatter) for nth, one in enumerate(view.tasks, 1)),
        new_title=words("forms.new"),
        new_rows=_NEW_ROWS,
        areas=(words("forms.areas"), *(_area(area, words) for area in areas)),
        choices={
            "status": tuple(words(f"status.{status}") for status in OFFERED),
            "area": tuple(area.code for area in areas),
        },
        hints={
            rule: FormHint(
                words(f"forms.hint.{rule}.title"),
                words(f"forms.hint.{rule}", closing=words.day(closing)),
            )
            for rule in ("percent", "day", "status", "area", "money")
        },
        marks=_marks(view),
        footer=f"{organisation} · {week}",
        language=words.language,
    )


def _area(area: Area, words: Words) -> str:
    return f"{area.code}: {visible(one_line(area.title.within(words.language)), _AREA_TITLE)}"


def _marks(view: AskedForm) -> tuple[tuple[str, str], ...]:
    form = view.form
    return (
        (MARK, f"{MARK}: {form.uid}"),
        ("plan", form.plan),
        ("organisation", form.organisation),
        ("period", form.period),
        ("closing day", form.closing_day),
    )


def _row(
    nth: int, asked: AskedTask, columns: Sequence[AskedColumn], formatter: FactFormatter
) -> tuple[str, tuple[str, ...]]:
    task = asked.task
    shown = {
        "nth": str(nth),
        "label": task.label,
        "area": task.area,
        "title": formatter.text(task.title),
        "due": formatter.due(task.due, task.due_text),
        "now": "\n".join([formatter.status(task).text, *_money(asked.state, formatter.words)]),
        "said": _last_said(asked, formatter),
    }
    return row_code(task.uid, asked.state), tuple(shown.get(field.key, "") for field in columns)


def _money(state: ShownState, words: Words) -> list[str]:
    """Say what was allocated and spent so far."""
    amounts = {field: getattr(state, field) for field in OF_MONEY}
    return [words(f"forms.{field}", amount=words.money(n)) for field, n in amounts.items() if n is not None]


def _last_said(asked: AskedTask, formatter: FactFormatter) -> str:
    """Say what was last reported of a task, and what stands in its way."""
    words, task, lines = formatter.words, asked.task, []
    if asked.state.result_on:
        lines.append(_result(asked.state, words))
    elif asked.state.said_on:
        lines.append(words("forms.said_on", day=words.day(asked.state.said_on)))
    if task.is_blocked and task.blocked:
        since = words.day(task.blocked_since) if task.blocked_since else ""
        lines.append(words("forms.blocked", since=since, text=task.blocked))
    return "\n".join(lines)


def file_name(view: AskedForm) -> str:
    """Return the name of a form that is attached to a letter."""
    return f"{view.organisation.id}-{view.period.name}.xlsx"


def form_letter(views: Sequence[AskedForm], words: Words) -> tuple[str, str]:
    """Return the subject and the text of the letter that forms go with."""
    first = views[0]
    week, closing = words.period(first.period.name), words.day(first.form.closing_day)
    plan = plan_name(first.heading.plan, words)
    subject = words("mail.subject", title=words("forms.subject", week=week), plan=plan)
    names = "; ".join(view.organisation.name.within(words.language) for view in views)
    text = words("forms.letter", names=names, week=week, plan=plan, closing=closing)
    if first.heading.is_example:
        subject, text = words("mail.example", subject=subject), f"{words('heading.example')}\n\n{text}"
    return subject, f"{text}\n"


def _result(state: ShownState, words: Words) -> str:
    """Say what the last result was, on its own day."""
    return f"{words.day(state.result_on)}: {state.result}" if state.result_on else ""


# --- one that came back ---


def changed_row(one: ChangedRow, words: Words) -> list[str]:
    """Show a task as the form had it, as it is now, and what was filled in."""
    row = one.row
    head = words("forms.changed", task=row.label, title=visible(row.title, _SHOWN), row=row.number)
    now = words("forms.removed") if one.removed else _state(one.now, words)
    lines = [
        ("forms.then", one.then or words("unknown.short")),
        ("forms.now", now),
        ("forms.filled", _said(row, words)),
    ]
    return [head, *("  " + words(key, text=text) for key, text in lines)]


def _state(state: ShownState, words: Words) -> str:
    """Say what is so of a task now, as a form shows it."""
    parts = [words(f"status.{state.status}") + (f" {state.percent}%" if state.percent is not None else "")]
    due = words("reply.due", day=words.day(state.due)) if state.due else ""
    parts.append(due or (time_said(state.due_text, words) if state.due_text else words("task.no_due")))
    if state.said_on and state.said_on != state.result_on:
        parts.append(words("forms.said_on", day=words.day(state.said_on)))
    if state.result_on:
        parts.append(one_line(_result(state, words)))
    if state.blocked:
        parts.append(words("forms.blocked_now", text=one_line(state.blocked)))
    parts += _money(state, words)
    return "; ".join(parts)


def _said(row: AnsweredRow, words: Words) -> str:
    """Say what was filled in."""
    return "; ".join(_said_in(field, text, words) for field, text in row.said if field != "title")


def _said_in(field: str, text: str, words: Words) -> str:
    value = _value(field, text, words)
    if field in OF_MONEY:
        return words(f"forms.{field}", amount=value)
    return f"{words(f'forms.column.{field}')}: {value}"


def _value(field: str, text: str, words: Words) -> str:
    if field == "status":
        return words(f"status.{text}")
    if field == "percent":
        return f"{text}%"
    if field in OF_MONEY:
        return words.money(int(text))
    return words.day(text) if field in ("on", "due") and valid_day(text) else one_line(text)


def row_line(row: AnsweredRow, words: Words) -> str:
    """Say in a line what a row says."""
    return f"{row.label or words('forms.unnumbered')}  {visible(row.title, _SHOWN)} · {_said(row, words)}"


def left_row(row: AnsweredRow, words: Words) -> str:
    """Say which row was not recorded, and why."""
    why = sentence(words, row.why)[0] if row.why else ""
    return words("forms.left", task=row.label, row=row.number, why=why)


def read_object(view: FormRead, command: str | None, words: Words) -> Object:
    """Return what a form said for JSON."""
    return {
        "file": view.file,
        "form": view.form.uid,
        "organisation": view.form.organisation,
        "period": view.form.period,
        "closing_day": view.form.closing_day,
        "command": command,
        "rows": [_row_object(row) for row in view.news],
        "corrected": [_row_object(row) for row in view.corrected],
        "new_tasks": [_row_object(row) for row in view.new_tasks],
        "offered": [_row_object(row) for row in view.offered],
        "changed": [_row_object(one.row) for one in view.changed],
        "left": [
            {**_row_object(row), "why": sentence(words, row.why)[0] if row.why else ""} for row in view.left
        ],
        "skipped": [_row_object(row) for row in view.skipped],
        "same": view.same,
    }


def _row_object(row: AnsweredRow) -> Object:
    return {"row": row.number, "task": row.label or None, "title": row.title, "said": dict(row.said)}


def new_tasks_sheet(view: FormRead, words: Words) -> Sheet:
    """Return the rows of new tasks as a table that can be imported."""
    keys = (
        "key",
        "title",
        "area",
        "due",
        "lead",
        "result",
        "blocked",
        "next",
        "proposal",
        "percent",
        "status",
        *OF_MONEY,
        "on",
    )
    columns = tuple(SheetColumn(words(f"forms.import.{key}"), width=NAME) for key in keys)
    lead = view.organisation.name.within(words.language)
    rows = []
    for row in view.offered:
        said = {**dict(row.said), "key": row.key, "title": row.title, "lead": lead}
        rows.append(tuple(_value(key, said[key], words) if said.get(key) else None for key in keys))
    return Sheet(words("forms.import.sheet"), columns, tuple(rows))


# --- who has answered ---


def document(view: FormStatus, words: Words) -> Document:
    """Word who has answered, and how many have not."""
    formatter = FactFormatter(words, view.heading)
    title = words("forms.status.title", week=words.period(view.period.name))
    if not view.states:
        return Document(title, formatter.lines(), (Paragraph(words("forms.status.none")),))
    table = fields.table(STATE.values(), view.states, formatter)
    return Document(title, formatter.lines(), (table, Paragraph(_sum(view, words), apart=True)))


def _sum(view: FormStatus, words: Words) -> str:
    total, answered = len(view.states), view.answered
    silent = [one.organisation.label(words.language) for one in view.states if not one.answers]
    said = words("forms.status.sum", answered=words.number(answered), total=words.number(total))
    return f"{said} {words('forms.status.silent', names=', '.join(silent))}" if silent else said


def data(view: FormStatus, words: Words) -> Object:
    """Return who has answered for JSON."""
    period = view.period
    return {
        "period": {"name": period.name, "first_day": period.first, "last_day": period.last},
        "forms": [_state_object(state, words) for state in view.states],
        "total": len(view.states),
        "answered": view.answered,
    }


def _state_object(state: FormState, words: Words) -> Object:
    return {
        "organisation": state.organisation.id,
        "title": state.organisation.name.within(words.language),
        "made_at": state.made_at,
        "made": state.forms,
        "tasks": state.tasks,
        "answers": [one._asdict() for one in state.answers],
    }


def book(view: FormStatus, words: Words) -> Book:
    """Return who has answered as a sheet."""
    formatter = FactFormatter(words, view.heading)
    sheet = fields.sheet(words("sheet.forms"), STATE.values(), view.states, formatter)
    title = words("forms.status.title", week=words.period(view.period.name))
    return booked(formatter, title, [sheet], more=[_sum(view, words)])


def _answered(state: FormState) -> str | None:
    return state.answers[-1].recorded_at if state.answers else None


STATE: Fields[FormState] = declared(
    Field("name", "column.organisation", width=44, get=lambda s, f: s.organisation.name.within(f.words.language), column=TableColumn(wraps=True, least=16)),
    Field("tasks", "column.tasks_asked", "number", width=10, column=TableColumn()),
    Field("made_at", "column.made_at", "moment", width=18, column=TableColumn(wraps=True, least=10)),
    Field("answered_at", "column.answered_at", "moment", width=18, column=TableColumn(wraps=True, least=10), get=lambda s, f: _answered(s), blank=True),
    Field("rows", "column.rows_answered", "number", width=10, column=TableColumn(), get=lambda s, f: sum(a.rows for a in s.answers) if s.answers else None, blank=True),
    Field("file", "column.file", width=30, get=lambda s, f: ", ".join(dict.fromkeys(a.file for a in s.answers)) or None, blank=True, column=TableColumn(wraps=True, least=12)),
)  # fmt: skip
