"""The weekly summary as data: what it says, section by section, in JSON and in sheets."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

from plantrack.i18n.words import Words
from plantrack.model.counting import Counts
from plantrack.model.history import Update
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.task import Task
from plantrack.model.views.rows import DerivedRows, JoinedRows, Rows
from plantrack.model.views.tasks import TaskUpdate
from plantrack.model.views.weekly import DeadlineChange, PlanChange, Proposal, Silence, SummaryItem, Weekly
from plantrack.render.layout import summary_sections
from plantrack.render.layout.blocks import Document, Paragraph, text_of
from plantrack.render.layout.count_columns import count_fields, rates, rows_and_total, title_fields
from plantrack.render.layout.documents import without_commands
from plantrack.render.layout.fact_formatter import FactFormatter
from plantrack.render.layout.fields import (
    Field,
    Fields,
    declared,
    not_in_json,
    objects,
    of,
    only_in_json,
    sheet,
)
from plantrack.render.layout.history_faults import fault_data
from plantrack.render.layout.json_object import Object
from plantrack.render.layout.milestones import milestone_objects
from plantrack.render.layout.sentences import Sentences, origin
from plantrack.render.layout.summary_sections import change_of
from plantrack.render.layout.workbook import NAME, TEXT, Book, Sheet, booked, mark
from plantrack.render.views import progress
from plantrack.render.views.task_fields import (
    INTERNAL,
    SHORT,
    TASK,
    UPDATE,
    WHICH,
    update_in_json,
)
from plantrack.render.views.weekly_brief import figures

#: What a sheet has of the update that put a task into its section.
_SAID = (
    *("on", "status", "result", "next", "blocked", "proposal", "answered"),
    *(*INTERNAL, "told_by", "author", "recorded_at"),
)


class PlacedItem(NamedTuple):
    """An item of one of several sections that are one sheet."""

    task: Task
    update: Update | None
    earlier: tuple[Update, ...]
    #: The end of the key of its section.
    place: str


def _placed(place: str, items: Rows[SummaryItem]) -> Rows[PlacedItem]:
    return DerivedRows(
        items, partial(map, lambda item: PlacedItem(item.task, item.update, item.earlier, place))
    )


class SectionFields:
    """The fields of one summary; what is internal only where it was asked for."""

    def __init__(self, view: Weekly, *, of_week: bool = True) -> None:
        self.view = view
        self.update = update_in_json(with_notes=view.with_notes)
        #: Names what is of a week, and of the period in the report of a longer one.
        self.kind = "" if of_week else "report."

    def items(self) -> list[Field[SummaryItem]]:
        """Return the fields of a task, and of the update that put it there."""
        said = [key for key in _SAID if self.view.with_notes or key not in INTERNAL]
        return [
            *only_in_json(of("task", TASK.values())),
            Field("update", nested=self.update),
            *not_in_json(of("task", SHORT)),
            *not_in_json(UPDATE[key] for key in said),
        ]

    def results(self) -> list[Field[Any]]:
        """Return those of what was said of the period, and of what was recorded in it of earlier days."""
        return [
            *self.items(),
            Field("earlier", get=self._earlier),
            _mark("recorded_late", "sheet.recorded_late", lambda item: item.place == "late"),
            Field("said_too", f"sheet.{self.kind}said_too", word=self._said_too, in_json=False, width=TEXT),
        ]

    def placed_results(self) -> Rows[PlacedItem]:
        """Return the rows of a sheet of results."""
        return JoinedRows(_placed("", self.view.results), _placed("late", self.view.late_updates))

    def _earlier(self, item: SummaryItem, formatter: FactFormatter) -> Rows[Object]:
        updates = DerivedRows(item.earlier, partial(map, lambda update: TaskUpdate(item.task, update)))
        return objects(self.update, updates, formatter)

    def _said_too(self, item: SummaryItem, formatter: FactFormatter) -> str | None:
        """Return what else was said of a task in the period, day by day."""
        say = Sentences(formatter, with_notes=self.view.with_notes)
        return "; ".join(f"{formatter.day(u.on)}: {say.said(u)}" for u in item.earlier) or None

    def deadlines(self) -> list[Field[Any]]:
        """Return those of what is overdue, due on the closing day and due soon."""
        group = Field[PlacedItem](
            "group",
            "sheet.group",
            word=lambda i, f: f.word(f"sheet.group.{i.place}"),
            in_json=False,
            width=18,
        )
        return [group, *self.items()]

    def placed_deadlines(self) -> Rows[PlacedItem]:
        """Return the rows of a sheet of deadlines."""
        view = self.view
        groups = {"overdue": view.overdue, "closing": view.due_on_closing_day, "soon": view.due_soon}
        return JoinedRows(*(_placed(name, items) for name, items in groups.items()))

    def proposals(self) -> list[Field[Proposal]]:
        """Return those of what was proposed, and of the answers."""
        answered = tuple(f._replace(within=f.within and "answered") for f in self.update)
        return [
            *only_in_json(of("task", TASK.values())),
            Field("update", nested=self.update),
            *not_in_json(of("task", WHICH)),
            *not_in_json(UPDATE[key] for key in ("proposal", "on", "told_by", "author")),
            Field("is_new", f"sheet.{self.kind}is_new", word=lambda p, f: mark(p.is_new), width=12),
            Field("answered", nested=answered),
            *not_in_json(
                of("answered", (Field("on", "sheet.answered_on", "day", width=12), UPDATE["answered"]))
            ),
        ]

    def tasks(self) -> list[Field[Task]]:
        """Return everything of a task, the sections it stands in and what it says there; for a sheet."""
        view = self.view
        result, told_by, *internal = _said(
            JoinedRows(view.late_updates, view.results),
            {"result": TEXT, "told_by": NAME, **dict.fromkeys(INTERNAL if view.with_notes else (), TEXT)},
        )
        return [
            *TASK.values(),
            *self._places(),
            result,
            *_said(view.next_week, {"next": TEXT}),
            told_by,
            *internal,
        ]

    def _places(self) -> Iterable[Field[Task]]:
        """Yield a mark for each section that a task can stand in."""
        view, kind = self.view, self.kind
        sections: dict[str, Iterable[SummaryItem | Proposal]] = {
            f"sheet.{kind}in.results": view.results,
            "sheet.in.late_updates": view.late_updates,
            "sheet.in.overdue": view.overdue,
            "sheet.in.due_on_closing_day": view.due_on_closing_day,
            "sheet.in.due_soon": view.due_soon,
            "sheet.in.difficulties": view.difficulties,
            f"sheet.{kind}in.next_week": view.next_week,
            "sheet.in.proposals": view.proposals,
        }
        for heading, items in sections.items():
            uids = {item.task.uid for item in items}
            yield _mark(heading, heading, partial(_stands, uids))


def _stands(uids: set[str], task: Task) -> bool:
    return task.uid in uids


def _mark(key: str, heading: str, holds: Callable[[Any], bool]) -> Field[Any]:
    return Field(key, heading, word=lambda row, f: mark(holds(row)), in_json=False, width=12)


def _said(items: Iterable[SummaryItem], widths: Mapping[str, int]) -> list[Field[Task]]:
    """Return the fields of what the updates of tasks in a section say; nothing else of them is held."""
    texts = {i.task.uid: tuple(getattr(i.update, key, None) for key in widths) for i in items}
    nothing = (None,) * len(widths)

    def field(n: int, key: str, width: int) -> Field[Task]:
        return Field(key, word=lambda t, f: texts.get(t.uid, nothing)[n], in_json=False, width=width)

    return [field(n, key, width) for n, (key, width) in enumerate(widths.items())]


SILENCE: Fields[Silence] = declared(
    Field("organisation", get=lambda s, f: s.organisation.id),
    Field(
        "title", "column.organisation", get=lambda s, f: s.organisation.label(f.words.language), width=TEXT
    ),
    Field("open", "column.open", "number", get=lambda s, f: len(s.tasks), in_json=False, width=12),
    Field(
        "tasks",
        "sheet.labels",
        get=lambda s, f: [task.label for task in s.tasks],
        word=lambda s, f: ", ".join(task.label for task in s.tasks),
        width=TEXT,
    ),
    Field("last_update", "field.updated_on", "day", width=12),
)


class ChangeRow(NamedTuple):
    """A change of a deadline, or of the plan."""

    task: Task | None = None
    deadline: DeadlineChange | None = None
    plan: PlanChange | None = None


def moved(changes: Rows[DeadlineChange]) -> Rows[ChangeRow]:
    """Return the rows of changes of deadlines."""
    return DerivedRows(changes, partial(map, lambda change: ChangeRow(change.task, change)))


def changes(view: Weekly) -> Rows[ChangeRow]:
    """Return the changes of deadlines, then those of the plan."""
    plan = tuple(ChangeRow(plan=change) for change in view.plan_changes)
    return JoinedRows(moved(view.deadline_changes), plan)


def _kind(change: ChangeRow, formatter: FactFormatter) -> str:
    if change.plan is None:
        return formatter.words(f"sheet.change.{change.deadline and change.deadline.kind}")
    revision = formatter.words("plan.revision", number=change.plan.revision)
    return formatter.words("sheet.change.plan", revision=revision)


def _origin(change: PlanChange, formatter: FactFormatter) -> str:
    dirty = Sentences(formatter, with_notes=False).dirty(change.dirty)
    return origin(change.git_commit, change.sha256) + dirty


def _changed(change: PlanChange, formatter: FactFormatter) -> str | None:
    parts = Sentences(formatter, with_notes=False).plan_parts(change)
    return "\n".join(map(text_of, parts)) or None


def _parts(change: PlanChange, _: FactFormatter) -> list[Object]:
    from plantrack.render.layout.plan_changes import part_change_object

    return [part_change_object(part) for part in change.parts]


CHANGE: Fields[ChangeRow] = declared(
    Field(
        "kind",
        "sheet.what",
        get=lambda c, f: c.deadline.kind if c.deadline else "revision",
        word=_kind,
        width=NAME,
    ),
    Field("task", get=lambda c, f: c.task and c.task.label),
    Field("title", get=lambda c, f: c.task and f.in_language(c.task.title)),
    *of(
        "deadline",
        (
            Field("nth", "sheet.nth", "number", word=lambda d, f: d.nth or None, width=12, after="on"),
            Field("old", "sheet.old_due", "day", width=12),
            Field("new", "sheet.new_due", "day", width=12),
            Field("on", "sheet.from_day", "day", width=12),
            Field("reason", width=TEXT, after="nth"),
        ),
    ),
    *of(
        "plan",
        (
            Field("revision"),
            Field("git_commit"),
            Field("sha256"),
            Field("recorded_at", "sheet.recorded", "moment", width=17, after="author"),
            Field("author", "column.author", width=NAME, after="origin"),
            Field("dirty"),
            Field("origin", "column.origin", word=_origin, in_json=False, width=NAME),
            Field("changes", "sheet.changed", get=_parts, word=_changed, width=TEXT),
        ),
    ),
)
#: In a sheet with the task whose deadline it is.
CHANGE_IN_SHEET = (CHANGE["kind"], *of("task", WHICH), *list(CHANGE.values())[1:])


def data(view: Weekly, words: Words) -> Object:
    """Return the summary for JSON; what is internal is null unless it was asked for."""
    section, formatter = SectionFields(view), FactFormatter(words, view.heading)

    def items(chosen: Rows[SummaryItem]) -> Rows[Object]:
        return objects(section.items(), chosen, formatter)

    def results(chosen: Rows[SummaryItem]) -> Rows[Object]:
        return objects(section.results(), chosen, formatter)

    return {
        "period": {"name": view.period, "first_day": view.first_day, "last_day": view.last_day},
        "progress": progress.data(view.progress, words),
        "change": {key: counts._asdict() for key, counts in view.change.items()},
        "results": results(view.results),
        "late_updates": results(view.late_updates),
        "overdue": items(view.overdue),
        "due_on_closing_day": items(view.due_on_closing_day),
        "due_soon": items(view.due_soon),
        "difficulties": items(view.difficulties),
        "next_week": items(view.next_week),
        "proposals": objects(section.proposals(), view.proposals, formatter),
        "silent_organisations": objects(SILENCE.values(), view.silent_organisations, formatter),
        "stale": items(view.stale),
        "plan_changes": objects(CHANGE.values(), changes(view), formatter),
        "milestones": milestone_objects(view.milestones, formatter),
        "provenance": provenance(view),
    }


def provenance(view: Weekly) -> Object:
    """Return where the figures come from, for JSON."""
    source = view.provenance
    return {
        "plan": view.heading.plan.id,
        "revision": source.revision,
        "git_commit": source.git_commit,
        "dirty": source.dirty,
        "sha256": source.sha256,
        "known_at": view.heading.known_at,
        "version": source.version,
        "newer_file": source.newer_file,
        "seal": {"hash": source.seal[0], "command": source.seal[1]} if source.seal else None,
        "faults": [fault_data(fault) for fault in view.heading.faults],
    }


def book(view: Weekly, words: Words, title: str) -> Book:
    """Return the book; a form of one table has its last sheet, that of the tasks."""
    formatter = FactFormatter(words, view.heading)
    footer = tuple(summary_sections.footer(view, Sentences(formatter, with_notes=False)))
    # Whoever opens a workbook is at no keyboard; and it is the same however the program was called.
    said_below = without_commands(Document("", (), footer)).blocks
    summary = f"{words('weekly.summary')} {figures(view, words)}"
    said = (
        summary,
        rates(view.progress.total, words),
        *(text_of(p.said) for p in said_below if isinstance(p, Paragraph)),
    )
    sheets = sheets_of(view, formatter)
    about, read = summary_sections.about(view, words), view.progress.filter
    return booked(formatter, title, sheets, about=about, filter_read=read, more=said, main=len(sheets) - 1)


def sheets_of(view: Weekly, formatter: FactFormatter, *, of_week: bool = True) -> list[Sheet]:
    """Return the sheets in the order of the sections; the last has the tasks, and in which sections each stands."""
    section, words = SectionFields(view, of_week=of_week), formatter.words

    def made(heading: str, columns: Iterable[Field[Any]], rows: Rows[Any]) -> Sheet:
        return sheet(words(heading), columns, rows, formatter)

    return [
        progress.progress_sheet(view.progress, formatter),
        _change_sheet(view, formatter, words(f"sheet.{section.kind}change")),
        made("sheet.results", section.results(), section.placed_results()),
        made("sheet.deadlines", section.deadlines(), section.placed_deadlines()),
        made("sheet.difficulties", section.items(), view.difficulties),
        made(f"sheet.{section.kind}next_week", section.items(), view.next_week),
        made("sheet.proposals", section.proposals(), view.proposals),
        made("sheet.silence", SILENCE.values(), view.silent_organisations),
        made("sheet.stale", section.items(), view.stale),
        made("sheet.changes", CHANGE_IN_SHEET, changes(view)),
        made("sheet.tasks", section.tasks(), view.progress.tasks),
    ]


def _change_sheet(view: Weekly, formatter: FactFormatter, title: str) -> Sheet:
    """Return by how much each count of the table by area has changed."""
    shown = (*title_fields("area"), *count_fields(kind="change"))
    rows = [
        row._replace(counts=change_of(view, row) or Counts())
        for row in rows_and_total(view.progress, formatter.words)
    ]
    return sheet(title, shown, rows, formatter, has_total=True)
