"""Takes the rows of a form that came back into a command: what is news of each, what is not, and what cannot be."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from types import MappingProxyType

from plantrack.errors import Failure
from plantrack.model.days import DueDay
from plantrack.model.forms.columns import FILLED, FILLED_OF_NEW
from plantrack.model.forms.form import Form, ShownState, new_task_key, shown_state
from plantrack.model.history import Update, deadline_on, work_on
from plantrack.model.importing.cell_values import meant
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.problem import RowProblem
from plantrack.model.text import fold
from plantrack.model.views.form import AnsweredRow, ChangedRow
from plantrack.services.forms.filled_row import FilledRow, area_typed, cell_advice, filled_row
from plantrack.services.forms.form_file import FormFile, FormRow
from plantrack.services.forms.row_tasks import row_tasks
from plantrack.services.importing.read_table import sources_of
from plantrack.services.importing.task_changes import compared_update, only_said
from plantrack.services.verbs.add import NewTask, read_opening
from plantrack.services.writing import cautions
from plantrack.services.writing.command_writer import CommandWriter
from plantrack.services.writing.occurrences import open_next
from plantrack.services.writing.status_updates import (
    ParsedUpdate,
    TypedUpdate,
    parse_update,
    record_update,
    standing_updates,
    tell_what_did_not_change,
    what_is_new,
    with_update,
)
from plantrack.store.exchange import forms
from plantrack.store.exchange.imported_rows import FORMS, ImportedRow, KnownRow, insert_imported, known_rows

#: What is said of work, beside its day.
_SAID = ("result", "blocked", "next", "proposal", "percent", "allocated", "spent", "status")
#: What a form shows of a task.
_SHOWN = ("now", "due", "said")
#: The cell that a rule of updates speaks of, where it is one.
_CELLS = {
    "percent-not-started": "percent",
    "done-and-blocked": "blocked",
    "task-closed": "status",
    "opening-too-far": "on",
    "unknown-area": "area",
    "area-needed": "area",
}


class Consent(NamedTuple):
    """What may be recorded that was not asked for, or is not any more what the form showed."""

    over_changed: bool
    new_tasks: bool
    #: Whether it is only looked at: what cannot be recorded of changed tasks is then told, and left.
    is_look: bool = False
    #: By the numbers of rows: what changed tasks were known to be by now, and those of them that are left.
    known: Mapping[int, ShownState] = MappingProxyType({})
    left: frozenset[int] = frozenset()


class _Said(NamedTuple):
    """A row with what it says."""

    row: FormRow
    filled: FilledRow
    sha256: str

    @property
    def title(self) -> str:
        """Return the title of a new task."""
        return " ".join((self.filled.get("title") or "").split())

    def told(self, label: str, title: str, key: str = "") -> AnsweredRow:
        """Return what is told of it."""
        return AnsweredRow(self.row.number, label, title, tuple(self.filled.said.items()), key=key)


class FormTaking:
    """Takes a form; `run_command` may do it anew, so that all it finds is in itself."""

    def __init__(
        self, writer: CommandWriter, form: Form, file: FormFile, told_by: str, consent: Consent
    ) -> None:
        self.writer, self.form, self.file, self.told_by, self.consent = writer, form, file, told_by, consent
        self.news: list[AnsweredRow] = []
        self.corrected: list[AnsweredRow] = []
        self.same = 0
        self.new_tasks: list[AnsweredRow] = []
        self.changed: list[ChangedRow] = []
        self.left: list[AnsweredRow] = []
        self.bad: list[RowProblem] = []
        today = writer.context.today
        #: The day that stands for an empty one: none that is still to come.
        self.closing_day = min(form.closing_day, today)
        self.day_instead = today if form.closing_day > today else None
        self._updates: dict[str, list[Update]] = {}
        self._own = forms.commands_reading(writer.db, form.uid)
        self._known: dict[str, KnownRow] = {}
        #: What was taken in, until the command has its end: kind, key, hash, task.
        self._taken: list[tuple[str, str, str, str]] = []

    def take(self) -> None:
        """Take all rows; why one cannot be recorded is in `bad`.

        Raises: form-row-nameless, form-row-retitled, form-row-twice, form-rows-changed; those of `filled_row`,
        `row_tasks`, `read_opening`, `CommandWriter.open_tasks`, `parse_update`, `record_update`, `open_next`.
        """
        found = row_tasks(self.writer.db, self.form, self.file.rows)
        of_tasks, of_new = dict[str, _Said](), dict[str, _Said]()
        for row in self.file.rows:
            uid = found.uids.get(row.number)
            said = self._understood(row, FILLED if uid or row.number in found.faults else FILLED_OF_NEW)
            if said is None:
                continue
            if why := found.faults.get(row.number):
                self._fault(row, "", row.text("label"), why)
            elif uid is not None:
                self._put(of_tasks, uid, said, "label")
            elif said.title:
                self._put(of_new, new_task_key(self.form.uid, said.title), said, "title")
            else:
                self._fault(row, "title", "", Failure("form-row-nameless"))
        self._read(of_tasks, of_new)
        for uid, said in of_tasks.items():
            self.writer.about = self.writer.any_row(uid).label
            self._of_task(uid, said)
        for key, said in of_new.items():
            self.writer.about = f"“{said.title}”"
            self._of_new(key, said)
        self._keep()

    def _put(self, found: dict[str, _Said], key: str, said: _Said, field: str) -> None:
        """Put a row beside the others; one that comes twice must say the same."""
        first = found.setdefault(key, said)
        if first.sha256 != said.sha256:
            twice = Failure("form-row-twice", row=first.row.number)
            self._fault(said.row, field, said.row.text(field), twice)

    def _read(self, of_tasks: Iterable[str], of_new: Iterable[str]) -> None:
        """Read the tasks of the rows, and what was taken in of the rows before."""
        db, plan, form = self.writer.db, self.form.plan, self.form.uid
        found = known_rows(db, plan, "update", [form], of_tasks)
        # A new task may have been imported meanwhile, out of the table that was made of this form.
        new = known_rows(db, plan, "task", sources_of(self.writer.context, FORMS), of_new)
        own = {key: [row for row in rows if row.source == FORMS] or rows for key, rows in new.items()}
        self._known = {key: rows[-1] for key, rows in (found | own).items()}
        uids = list(dict.fromkeys([*of_tasks, *(row.task for row in self._known.values() if row.task)]))
        self.writer.load_also(uids)
        self._updates = standing_updates(self.writer, uids)

    def _understood(self, row: FormRow, fields: tuple[str, ...]) -> _Said | None:
        """Return what a row says; None where it says nothing, or something that cannot be understood."""
        filled = filled_row(self.writer.context, row, fields)
        for fault in filled.faults:
            self._fault(row, fault.field, fault.value, fault.why)
        is_said = any(field in filled.said for field in fields if field not in ("on", "area"))
        return None if filled.faults or not is_said else _Said(row, filled, _hash(filled.said))

    def _of_task(self, uid: str, said: _Said) -> None:
        """Take a row that is of a task, unless that says what it said before."""
        before = self._known.get(uid)
        if before is not None and before.sha256 == said.sha256:
            self.same += 1
            return
        row = self.writer.any_row(uid)
        told = said.told(row.label, row.title)
        day = said.filled.get("on") or max(self.closing_day, row.opened_on)
        now = self._now(uid)
        is_changed = self._is_changed(uid, said.row, now)
        if not is_changed and not _is_title(said.row.text("title"), row.title, row.title_en):
            self._fault(
                said.row, "title", said.row.text("title"), Failure("form-row-retitled", task=row.label)
            )
            return
        if is_changed and (not row.counted or self._changes_today(uid, said, day)):
            self.changed.append(ChangedRow(told, _shown(said.row), now, removed=not row.counted))
            if not self._may_go_on(said.row.number, now):
                return
        else:
            is_changed = False
        if self._record(uid, said, day, told, is_changed=is_changed):
            (self.corrected if before else self.news).append(told)
            self._taken.append(("update", uid, said.sha256, uid))

    def _changes_today(self, uid: str, said: _Said, day: str) -> bool:
        """Return whether a row is of the last day of which anything was said, or says what no later update overtook."""
        known, today = self._updates.get(uid, []), self.writer.context.today
        if all(update.on <= day for update in known):
            return True
        try:
            parsed = parse_update(self.writer, self._typed(uid, said.filled, day), self.writer.verb)
        except Failure:
            return False  # it is told when the row is recorded
        return what_is_new(work_on(known, today)) != what_is_new(
            work_on(with_update(known, uid, parsed), today)
        )

    def _may_go_on(self, number: int, now: ShownState) -> bool:
        """Return whether a row of a changed task is recorded; one that nobody has seen as it is now is refused."""
        if not self.consent.is_look and self.consent.known.get(number) != now:
            row = self.changed[-1].row
            raise Failure("form-rows-changed", file=self.file.file, rows=(f"{row.label} ({row.number})",))
        return self.consent.over_changed and number not in self.consent.left

    def _now(self, uid: str) -> ShownState:
        """Return what a form would show of a task by now, had this one not been read before."""
        row, day = self.writer.any_row(uid), self.writer.context.today
        updates = [u for u in self._updates.get(uid, []) if u.command not in self._own]
        deadline = deadline_on(self.writer.facts(uid).deadlines, day)
        return shown_state(row.title, DueDay(deadline.due, deadline.due_text), updates, day)

    def _is_changed(self, uid: str, row: FormRow, now: ShownState) -> bool:
        """Return whether a task is not any more what the form showed; where its code is lost, by what was said since."""
        if not self.writer.any_row(uid).counted:
            return True
        if row.code is not None:
            return row.code[1] != now.fingerprint
        since = (u for u in self._updates.get(uid, []) if u.command not in self._own)
        return any(u.recorded_at > self.form.recorded_at for u in since)

    def _record(
        self,
        uid: str,
        said: _Said,
        day: str,
        told: AnsweredRow,
        *,
        is_changed: bool = False,
        imported: KnownRow | None = None,
    ) -> bool:
        """Record what is said of a task, and return whether it was; where it cannot be, say why."""
        typed = self._typed(uid, said.filled, day)
        if not any(typed._replace(on=None, told_by=None)):
            return False
        try:
            known = self._updates.get(uid, [])
            parsed = parse_update(self.writer, typed, self.writer.verb)
            news = _news(parsed, known, imported.command) if imported else parsed
            if news is None:
                return False
            record_update(self.writer, uid, news, self.writer.verb, known)
            tell_what_did_not_change(self.writer, uid, news)
            open_next(self.writer, [uid], day)
        except Failure as why:
            if is_changed and self.consent.is_look:
                self.left.append(told._replace(why=why))
            else:
                field = _CELLS.get(why.code, "")
                self._fault(said.row, field, said.row.text(field or "label"), why)
            return False
        return True

    def _typed(self, uid: str, filled: FilledRow, day: str) -> TypedUpdate:
        """Return the update that a row is; who has no difficulty says so where there was one."""
        blocked = filled.get("blocked")
        ends = blocked is not None and not meant("blocked", blocked)
        return TypedUpdate(
            status=filled.get("status"),
            percent=filled.get("percent"),
            allocated=filled.get("allocated"),
            spent=filled.get("spent"),
            result=filled.get("result"),
            next=filled.get("next"),
            blocked=None if ends else blocked,
            unblocked=ends and self.writer.work(uid, day).blocked is not None,
            proposal=filled.get("proposal"),
            told_by=self.told_by,
            on=day,
        )

    def _of_new(self, key: str, said: _Said) -> None:
        """Take a row of a new task; one that was opened by it before is spoken of."""
        before = self._known.get(key)
        if before is not None and before.sha256 == said.sha256:
            self.same += 1
        elif before is not None or self.consent.new_tasks:
            self._take_new(key, said, before)

    def _take_new(self, key: str, said: _Said, before: KnownRow | None) -> None:
        day = said.filled.get("on") or self.closing_day
        uid = (before and before.task) or self._opened(said, day)
        if uid is None:
            return
        told = said.told(self.writer.any_row(uid).label, said.title, key)
        imported = before if before is not None and before.source != FORMS else None
        is_said = any(said.filled.get(field) for field in _SAID)
        is_recorded = is_said and self._record(uid, said, day, told, imported=imported)
        if imported and not is_recorded:
            self.same += 1
            return
        (self.corrected if before else self.new_tasks).append(told)
        self._taken.append(("task", key, said.sha256, uid))

    def _opened(self, said: _Said, day: str) -> str | None:
        """Open a new task, which the organisation leads; None where it cannot be, and say why."""
        new = NewTask(
            title=said.title,
            area=self._area(said.filled.get("area")),
            lead=(self.form.organisation,),
            due=said.filled.get("due"),
            on=day,
        )
        try:
            (uid,) = self.writer.open_tasks([read_opening(self.writer, new)])
        except Failure as why:
            field = _CELLS.get(why.code, "title")
            self._fault(said.row, field, said.row.text(field), why)
            return None
        cautions.new_tasks(self.writer, [uid])
        return uid

    def _area(self, typed: str | None) -> str | None:
        """Return the area that is meant, also where its title stands behind its code."""
        for text in area_typed(typed) if typed else ():
            with suppress(Failure):
                return self.writer.context.names.area(text).code
        return typed

    def _fault(self, row: FormRow, field: str, value: str, why: Failure) -> None:
        file, advice = self.file, cell_advice(field, why)
        place = file.place(field)
        self.bad.append(RowProblem(file.file, file.sheet, row.number, why, field, *place, value, advice))

    def _keep(self) -> None:
        """Keep which rows were taken in, and that the form was read, where anything was recorded."""
        writer = self.writer
        if writer.recorded is None or self.bad:
            return
        by, uid = writer.command, writer.uid
        writer.flush()  # the new tasks, which the rows name
        rows = [
            ImportedRow(
                uid(), by.uid, by.recorded_at, self.form.plan, kind, FORMS if kind == "task" else self.form.uid, key,
                sha256, task,
            )
            for kind, key, sha256, task in self._taken
        ]  # fmt: skip
        insert_imported(writer.db, rows)
        reading = forms.FormReading(
            uid(), by.uid, self.form.uid, by.recorded_at, self.file.name, self.file.sha256
        )
        forms.insert_reading(writer.db, reading)


def _news(said: ParsedUpdate, known: Sequence[Update], command: str) -> ParsedUpdate | None:
    """Return of an update what a command that imported the same has not said."""
    own = [update for update in known if update.command == command]
    return only_said(said, {each.cell for each in compared_update(said, known, own) if each.changes})


def _is_title(text: str, *titles: str | None) -> bool:
    """Return whether a text is one of the titles of a task; where none is there, nothing is said."""
    return not text or fold(text) in {fold(title) for title in titles if title}


def _shown(row: FormRow) -> str:
    """Return what the form showed of a task, as it stands in it."""
    lines = (line for field in _SHOWN for line in row.text(field).splitlines())
    return "; ".join(" ".join(line.split()) for line in lines if line.strip())


def _hash(said: object) -> str:
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
