"""Rows that are tasks: new ones, and corrections of those that came with the same key before."""

from collections.abc import Mapping, Sequence

from plantrack.errors import Failure
from plantrack.model.days import DueDay
from plantrack.model.history import Update, deadline_on, holders_on
from plantrack.model.importing.cell_values import parts_of_cell, refuse_doubtful_percent
from plantrack.model.importing.fields import ABOUT_TASKS, SAID
from plantrack.model.plan import Text
from plantrack.model.status import Role
from plantrack.model.text import clean_line
from plantrack.services.importing.known_names import ImportNames
from plantrack.services.importing.read_table import Attempt, UnderstoodRow
from plantrack.services.importing.row_reading import RowReading
from plantrack.services.importing.table_rows import TypedRow
from plantrack.services.importing.task_changes import (
    ROLES,
    ComparedTasks,
    SaidOfTask,
    compared_update,
    only_said,
    typed_due,
)
from plantrack.services.verbs.add import NewTask, read_opening
from plantrack.services.verbs.assign import refuse_both_roles
from plantrack.services.verbs.edit import Corrections, correct_task
from plantrack.services.writing.cautions import Titles
from plantrack.services.writing.command_rules import refuse_closed
from plantrack.services.writing.command_writer import CommandWriter
from plantrack.services.writing.plan_defaults import from_now, hand_over, stop_following
from plantrack.services.writing.status_updates import (
    ParsedUpdate,
    TypedUpdate,
    parse_update,
    record_update,
)
from plantrack.store.task_rows import TaskRow, document_columns, joined

_SAID = tuple(field.name for field in SAID if field.name != "on")
_OF_OPENING = ABOUT_TASKS - {"opened"}
#: No more notes are kept than a person is told of, and counted.
_TOLD = 1000


def read_task(reading: RowReading, row: TypedRow) -> SaidOfTask:
    """Understand a row as a task.

    Raises: those of `read_opening`, `read_said`.
    """
    texts = row.texts
    update = read_said(reading, texts) if any(field in texts for field in _SAID) else None
    opened = texts.get("opened") or (update.on if update else None)
    title = Text(clean_line(texts.get("title", ""), what="title"))
    # Of a hundred thousand rows what is the same is held once.
    rest = tuple((name, text) for name, text in texts.items() if name in _OF_OPENING)
    opening = reading.shared(
        lambda: read_opening(reading, _new_task(reading.names, row, opened)), (opened, rest)
    )
    fields = reading.shared(lambda: frozenset(texts), ("fields", *texts))
    if update is not None and not any(update.texts.values()):
        own = update.texts
        update = update._replace(texts=reading.shared(lambda: own, "no texts"))
    return SaidOfTask(title, opening, update, fields)


def task_stand_in(names: ImportNames, field: str, texts: Mapping[str, str]) -> str | None:
    """Return a title, and an area that goes with the activity of a row, in place of what is wrong."""
    if field == "title":
        return "…"
    if field != "area":
        return None
    try:
        return names.activity(texts["activity"]).code.rpartition(".")[0]
    except (KeyError, Failure):
        return next(iter(names.areas), None)


def _new_task(names: ImportNames, row: TypedRow, opened: str | None) -> NewTask:
    get = row.texts.get
    area, activity = get("area"), get("activity")
    if area and not activity and (names.group(area) or ("", ""))[1]:
        area, activity = None, area  # one column has both, as offices write them
    return NewTask(
        title=get("title", ""),
        area=area,
        activity=activity,
        lead=names.organisations_of(get("lead", "")),
        coordinating=names.organisations_of(get("coordinating", "")),
        in_charge=parts_of_cell(get("in_charge", "")),
        due=get("due"),
        start=get("start"),
        priority=get("priority"),
        deliverable=get("deliverable"),
        places=parts_of_cell(get("place", "")),
        tags=parts_of_cell(get("tag", "")),
        budget=get("budget"),
        budget_source=get("budget_source"),
        document=get("document"),
        on=opened,
    )


def read_said(reading: CommandWriter, texts: Mapping[str, str]) -> ParsedUpdate:
    """Understand what a row says of a task.

    Raises: those of `refuse_doubtful_percent`, `parse_update`.
    """
    get = texts.get
    refuse_doubtful_percent(get("percent", ""))
    typed = TypedUpdate(
        status=get("status"), percent=get("percent"), result=get("result"), next=get("next"), blocked=get("blocked"),
        proposal=get("proposal"), told_by=get("told_by"), note=get("note"), evidence=get("evidence"),
        allocated=get("allocated"), spent=get("spent"), on=get("on"),
    )  # fmt: skip
    return parse_update(reading, typed, "update")


def write_tasks(writer: CommandWriter, rows: Sequence[UnderstoodRow], attempt: Attempt) -> dict[int, str]:
    """Open the tasks that are new, correct the others; return the task of each row.

    Raises: those of `CommandWriter.open_tasks`, `CommandWriter.row`, `correct_task`, `refuse_closed`, `hand_over`,
    `refuse_both_roles`, `record_update`.
    """
    new = [row for row in rows if row.task is None]
    changed = {row.number: row.task for row in rows if row.task is not None}
    uids = writer.open_tasks([row.said.opening._replace(title=row.said.title) for row in new])
    tasks = changed | {row.number: uid for row, uid in zip(new, uids, strict=True)}
    compared = ComparedTasks(writer, rows)
    titles = Titles(writer, [row.said.title.vi for row in new])
    for row in rows:
        uid = tasks[row.number]
        with attempt(row):
            if row.task is None:
                if len(writer.notes) < _TOLD:
                    titles.same(writer.any_row(uid))
                _tell(writer, uid, _first_said(row.said.update), [])
            else:
                news = compared.news(row)
                _correct(writer, writer.row(uid), news, titles)
                _tell(writer, uid, news.update, compared.updates.get(uid, []))
    return tasks


def _tell(writer: CommandWriter, uid: str, said: ParsedUpdate | None, known: Sequence[Update]) -> None:
    """Record what a row says of its task, if anything."""
    if said is not None:
        record_update(writer, uid, said, "update", known)


def _first_said(said: ParsedUpdate | None) -> ParsedUpdate | None:
    """Return what a row says of a task that it opens, as far as that is more than that it is open."""
    return said and only_said(said, {each.cell for each in compared_update(said, [], []) if each.changes})


def _correct(writer: CommandWriter, row: TaskRow, said: SaidOfTask, titles: Titles) -> None:
    """Correct what a task has otherwise than its row says, as `edit` does; closed work is not changed.

    Raises: those of `refuse_closed`, `correct_task`, `hand_over`, `refuse_both_roles`.
    """
    wanted, parties = _corrections(writer, row, said), _other_parties(writer, row, said)
    more = _other_columns(row, said)
    if not (any(wanted) or parties or more):
        return
    refuse_closed(writer.links, row, writer.work(row.uid, writer.context.today).status)
    if any(wanted):
        correct_task(writer, row, wanted, titles)
    followed = {role.value for role in parties} | ({"places"} & more.keys())
    row = writer.change(stop_following(writer, writer.row(row.uid), followed).uid, **more)
    for role, named in parties.items():
        hand_over(writer, row.uid, role, named, from_now(writer, row))
    refuse_both_roles(writer, row)


def _other_columns(row: TaskRow, said: SaidOfTask) -> dict[str, str | int | None]:
    """Return the columns of a task that no field of `edit` is, as far as a row has them otherwise."""
    opening = said.opening
    columns: dict[str, dict[str, str | int | None]] = {
        "place": {"places": joined(opening.places)},
        "tag": {"tags": joined(opening.tags)},
        "budget": {"budget": opening.budget},
        "document": {**document_columns(opening.document)} if opening.document else {},
    }
    return {
        column: value
        for field, values in columns.items()
        if field in said.fields
        for column, value in values.items()
        if value != getattr(row, column)
    }


def _corrections(writer: CommandWriter, row: TaskRow, said: SaidOfTask) -> Corrections:
    opening, due = said.opening, deadline_on(writer.facts(row.uid).deadlines, "")
    has: dict[str, tuple[str | None, str | None]] = {
        "title": (row.title, said.title.vi),
        "area": (row.area, opening.area),
        "activity": (row.activity, opening.activity),
        "due": (typed_due(DueDay(due.due, due.due_text)), typed_due(opening.due)),
        "start": (row.start_day, opening.start_day),
        "priority": (row.priority, opening.priority),
        "deliverable": (row.deliverable, opening.deliverable.vi if opening.deliverable else None),
        "budget_source": (row.budget_source, opening.budget_source),
    }
    new = {name: now or "none" for name, (was, now) in has.items() if name in said.fields and was != now}.get
    return Corrections(
        title=new("title"), area=new("area"), activity=new("activity"), due=new("due"), start=new("start"),
        priority=new("priority"), deliverable=new("deliverable"), budget_source=new("budget_source"),
    )  # fmt: skip


def _other_parties(writer: CommandWriter, row: TaskRow, said: SaidOfTask) -> dict[Role, tuple[str, ...]]:
    """Return the roles that a row gives to others than those who have them."""
    held = holders_on(writer.facts(row.uid).assignments, writer.context.today)
    wanted = {role: said.opening.parties[role] for field, role in ROLES.items() if field in said.fields}
    return {role: named for role, named in wanted.items() if {*named} != {*getattr(held, role)}}
