"""The weekly summary as a book: its figures, a sheet for each section, and every task that was counted."""

from collections.abc import Callable, Iterable

from plantrack.i18n.words import Words
from plantrack.model.history import Update
from plantrack.model.task import Task
from plantrack.model.views.weekly import DeadlineChange, PlanChange, Proposal, Silence, SummaryItem, Weekly
from plantrack.render.layout import summary_sections
from plantrack.render.layout.blocks import Paragraph, text_of
from plantrack.render.layout.count_columns import rates
from plantrack.render.layout.fact_formatter import FactFormatter
from plantrack.render.layout.sentences import Sentences, origin
from plantrack.render.layout.workbook import (
    NAME,
    TEXT,
    Book,
    Filled,
    Kind,
    Sheet,
    SheetColumn,
    TaskColumns,
    Value,
    booked,
    mark,
    sheet,
)
from plantrack.render.views.progress_sheets import change_sheet, progress_sheet
from plantrack.render.views.weekly_brief import figures


def week_book(view: Weekly, words: Words, title: str) -> Book:
    """Return the book; a form of one table has its last sheet, that of the tasks."""
    formatter = FactFormatter(words, view.heading)
    footer = summary_sections.footer(view, Sentences(formatter, with_notes=False))
    summary = f"{words('weekly.summary')} {figures(view, words)}"
    said = (
        summary,
        rates(view.progress.total, words),
        *(text_of(p.said) for p in footer if isinstance(p, Paragraph)),
    )
    sheets = week_sheets(view, formatter)
    about, read = summary_sections.about(view, words), view.progress.filter
    return booked(formatter, title, sheets, about=about, filter_read=read, more=said, main=len(sheets) - 1)


def week_sheets(view: Weekly, formatter: FactFormatter) -> list[Sheet]:
    """Return the sheets in the order of the sections; the last has the tasks, and in which sections each stands."""
    sections = _Sections(view, formatter)
    return [
        progress_sheet(view.progress, formatter),
        change_sheet(view.progress, view.change, formatter),
        sections.results(),
        sections.deadlines(),
        sections.items("difficulties", view.difficulties),
        sections.items("next_week", view.next_week),
        sections.proposals(),
        sections.silence(),
        sections.items("stale", view.stale),
        sections.changes(),
        sections.tasks(),
    ]


class _Sections:
    """Fills the sheets of one summary; what is internal only where it was asked for."""

    def __init__(self, view: Weekly, formatter: FactFormatter) -> None:
        self.view = view
        self.formatter = formatter
        self.words = formatter.words
        self.columns = TaskColumns(formatter)
        self.say = Sentences(formatter, with_notes=view.with_notes)

    def column(self, name: str, kind: Kind = "text", width: int = 12) -> SheetColumn:
        """Return a column that only the summary has."""
        return SheetColumn(self.words(f"sheet.{name}"), kind, width)

    def task_of(self, thing: Callable[[Task], Value]) -> Callable[[SummaryItem], Value]:
        """Let an item say what its task says."""
        return lambda item: thing(item.task)

    def item_columns(self) -> list[Filled[SummaryItem]]:
        """Return the columns of a section: the task, and the update that put it there."""
        tasks = [(column, self.task_of(take)) for column, take in self.columns.short()]
        return [*tasks, *self.update_columns()]

    def update_columns(self) -> list[Filled[SummaryItem]]:
        """Return the day of the update, what it says, whose word it is and who wrote it down."""
        words = self.words
        texts = ["result", "next", "blocked", "proposal", "answered"]
        texts += ["note", "evidence"] if self.view.with_notes else []
        return [
            (self.column("said_on", "day"), said(lambda u: u.on)),
            (
                self.column("said_status", width=18),
                said(lambda u: words(f"status.{u.status}") if u.status else None),
            ),
            *((self.columns.named(name, width=TEXT), _text_of(name)) for name in texts),
            (self.columns.named("told_by", width=NAME), said(lambda u: u.told_by)),
            (SheetColumn(words("column.author"), "text", NAME), said(lambda u: u.author)),
            (self.column("recorded", "moment", 17), said(lambda u: u.recorded_at)),
        ]

    def items(self, section: str, items: Iterable[SummaryItem]) -> Sheet:
        """Return a section of tasks."""
        return sheet(self.words(f"sheet.{section}"), self.item_columns(), items)

    def results(self) -> Sheet:
        """Return what was said of the week, and what was recorded in it of earlier days."""
        late = {id(item) for item in self.view.late_updates}
        columns: list[Filled[SummaryItem]] = [
            *self.item_columns(),
            (self.column("recorded_late"), lambda item: mark(id(item) in late)),
            (self.column("said_too", width=TEXT), self._said_too),
        ]
        return sheet(self.words("sheet.results"), columns, (*self.view.results, *self.view.late_updates))

    def _said_too(self, item: SummaryItem) -> str | None:
        """Return what else was said of a task in the week, day by day."""
        day = self.formatter.day
        return "; ".join(f"{day(u.on)}: {self.say.said(u)}" for u in item.earlier) or None

    def deadlines(self) -> Sheet:
        """Return what is overdue, due on the closing day and due soon, one after another."""
        view, words = self.view, self.words
        groups = (("overdue", view.overdue), ("closing", view.due_on_closing_day), ("soon", view.due_soon))
        group_of = {id(item): words(f"sheet.group.{name}") for name, items in groups for item in items}
        columns: list[Filled[SummaryItem]] = [
            (self.column("group", width=18), lambda item: group_of[id(item)]),
            *self.item_columns(),
        ]
        return sheet(words("sheet.deadlines"), columns, [item for _, items in groups for item in items])

    def proposals(self) -> Sheet:
        """Return what was proposed, and the answers."""
        named = self.columns.named
        columns: list[Filled[Proposal]] = [
            *((column, _of_proposal(take)) for column, take in self.columns.short()[:4]),
            (named("proposal", width=TEXT), lambda p: p.update.proposal),
            (self.column("said_on", "day"), lambda p: p.update.on),
            (named("told_by", width=NAME), lambda p: p.update.told_by),
            (SheetColumn(self.words("column.author"), "text", NAME), lambda p: p.update.author),
            (self.column("is_new"), lambda p: mark(p.is_new)),
            (self.column("answered_on", "day"), lambda p: p.answered and p.answered.on),
            (named("answered", width=TEXT), lambda p: p.answered and p.answered.answered),
        ]
        return sheet(self.words("sheet.proposals"), columns, self.view.proposals)

    def silence(self) -> Sheet:
        """Return the organisations that lead open tasks and said nothing."""
        words, language = self.words, self.words.language
        columns: list[Filled[Silence]] = [
            (
                SheetColumn(words("column.organisation"), "text", TEXT),
                lambda s: s.organisation.label(language),
            ),
            (SheetColumn(words("column.open"), "number"), lambda s: len(s.tasks)),
            (self.column("labels", width=TEXT), lambda s: ", ".join(t.label for t in s.tasks)),
            (self.columns.named("updated_on", "day"), lambda s: s.last_update),
        ]
        return sheet(words("sheet.silence"), columns, self.view.silent_organisations)

    def changes(self) -> Sheet:
        """Return the changes of deadlines, then those of the plan."""
        words = self.words
        headings = (
            SheetColumn(words("sheet.what"), "text", NAME),
            *(column for column, _ in self.columns.short()[:4]),
            *(self.column(name, "day") for name in ("old_due", "new_due", "from_day")),
            self.column("nth", "number"),
            self.columns.named("reason", width=TEXT),
            SheetColumn(words("column.origin"), "text", NAME),
            SheetColumn(words("column.author"), "text", NAME),
            self.column("recorded", "moment", 17),
            self.column("changed", width=TEXT),
        )
        rows = [
            *map(self._deadline_change, self.view.deadline_changes),
            *map(self._plan_change, self.view.plan_changes),
        ]
        return Sheet(words("sheet.changes"), headings, tuple(rows))

    def _deadline_change(self, change: DeadlineChange) -> tuple[Value, ...]:
        task = [take(change.task) for _, take in self.columns.short()[:4]]
        kind = self.words(f"sheet.change.{change.kind}")
        how = (change.old, change.new, change.on, change.nth or None, change.reason)
        return (kind, *task, *how, *(None,) * 4)

    def _plan_change(self, change: PlanChange) -> tuple[Value, ...]:
        revision = self.words("plan.revision", number=change.revision)
        came_from = origin(change.git_commit, change.sha256) + self.say.dirty(change.dirty)
        kind = self.words("sheet.change.plan", revision=revision)
        changed = "\n".join(map(text_of, self.say.plan_parts(change))) or None
        return (kind, *(None,) * 9, came_from, change.author, change.recorded_at, changed)

    def tasks(self) -> Sheet:
        """Return every task that was counted, with the sections it stands in and what it says there."""
        view = self.view
        news = {i.task.uid: i for i in (*view.late_updates, *view.results)}
        steps = {i.task.uid: i for i in view.next_week if i.update}
        columns: list[Filled[Task]] = [*self.columns.full()]
        columns += [(self.column(f"in.{name}"), _standing(uids)) for name, uids in self._places().items()]
        columns += [
            (self.columns.named("result", width=TEXT), _from(news, lambda u: u.result)),
            (self.columns.named("next", width=TEXT), _from(steps, lambda u: u.next)),
            (self.columns.named("told_by", width=NAME), _from(news, lambda u: u.told_by)),
        ]
        if view.with_notes:
            columns += [
                (self.columns.named("note", width=TEXT), _from(news, lambda u: u.note)),
                (self.columns.named("evidence", width=TEXT), _from(news, lambda u: u.evidence)),
            ]
        return sheet(self.words("sheet.tasks"), columns, view.progress.tasks)

    def _places(self) -> dict[str, set[str]]:
        """Return the tasks of each section."""
        view = self.view
        sections: dict[str, Iterable[SummaryItem | Proposal]] = {
            "results": view.results,
            "late_updates": view.late_updates,
            "overdue": view.overdue,
            "due_on_closing_day": view.due_on_closing_day,
            "due_soon": view.due_soon,
            "difficulties": view.difficulties,
            "next_week": view.next_week,
            "proposals": view.proposals,
        }
        return {name: {item.task.uid for item in items} for name, items in sections.items()}


def said(take: Callable[[Update], Value]) -> Callable[[SummaryItem], Value]:
    """Take something of the update of an item, where it has one."""
    return lambda item: None if item.update is None else take(item.update)


def _text_of(name: str) -> Callable[[SummaryItem], Value]:
    return said(lambda update: getattr(update, name))


def _of_proposal(take: Callable[[Task], Value]) -> Callable[[Proposal], Value]:
    return lambda proposal: take(proposal.task)


def _standing(uids: set[str]) -> Callable[[Task], Value]:
    return lambda task: mark(task.uid in uids)


def _from(items: dict[str, SummaryItem], take: Callable[[Update], Value]) -> Callable[[Task], Value]:
    """Take something of the update of a task in a section."""
    found = said(take)
    return lambda task: found(items[task.uid]) if task.uid in items else None
