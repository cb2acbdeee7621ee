"""Forms for offices that have nothing but Excel: made, read when they come back, and who has answered."""

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from plantrack.deliver.files import write_new
from plantrack.deliver.mail.address import Address, parse_address
from plantrack.errors import Failure, failing_as
from plantrack.model.forms.form import Form
from plantrack.model.moments import end_of_day
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.plan import Organisation, Text
from plantrack.model.problem import RowsFound
from plantrack.model.typed.days import parse_week
from plantrack.model.views.form import (
    AskedForm,
    AskedForms,
    FormAnswer,
    FormRead,
    FormState,
    FormStatus,
)
from plantrack.services.context import Context, for_plan
from plantrack.services.forms.asked_form import asked_forms
from plantrack.services.forms.form_file import FormFile, read_form_file
from plantrack.services.verbs.exchange.form_answers import Consent, FormTaking
from plantrack.services.writing.command_rules import CommandResult
from plantrack.services.writing.command_writer import CommandWriter
from plantrack.services.writing.run_command import run_command
from plantrack.store import organisations
from plantrack.store.exchange import forms

#: Notes of what was read, which each row says when it is told.
_IN_ROWS: Final = ("for-day", "money-read")


def make_forms(
    context: Context, args: Sequence[str], week: str = "this", for_each: str | None = None
) -> AskedForms:
    """Return what the forms of a week ask, of an organisation or of each that passes a filter.

    Raises: those of `parse_week`, `asked_forms`.
    """
    return asked_forms(context, args, parse_week(week, today=context.today), for_each)


def refuse_places(paths: Iterable[Path]) -> None:
    """Refuse to make forms in the place of files: what an office filled in may be one of them.

    Raises: file-exists, form-same-file.
    """
    seen = set[Path]()
    for path in paths:
        if path.exists():
            raise Failure("file-exists", file=str(path))
        if path in seen:
            raise Failure("form-same-file", file=str(path))
        seen.add(path)


def put_form(context: Context, path: Path, data: bytes, form: Form) -> None:
    """Write a form whole, and keep that it was made before it has its name: of one that is there, the answer can be read.

    Raises: file-exists, folder-not-writable; what `write_new` fails with.
    """
    with failing_as("folder-not-writable", folder=str(path.parent)):
        os.makedirs(path.parent, exist_ok=True)
    write_new(path, data, lambda: keep_form(context, form))


def keep_form(context: Context, form: Form) -> None:
    """Keep that a form was made."""
    forms.insert_form(context.db, form)


def addresses_of(
    context: Context, views: Sequence[AskedForm]
) -> tuple[dict[Address, list[AskedForm]], list[AskedForm]]:
    """Return the forms by the addresses of their organisations, and those whose organisation has none.

    Raises: those of `parse_address`.
    """
    emails = organisations.recorded(context.db).emails
    own, without = dict[Address, list[AskedForm]](), list[AskedForm]()
    for view in views:
        if email := emails.get(view.organisation.id):
            own.setdefault(parse_address(email)._replace(name=""), []).append(view)
        else:
            without.append(view)
    return own, without


class OpenedForm(NamedTuple):
    """A form that came back, in the context of its plan."""

    context: Context
    form: Form
    file: FormFile
    told_by: str

    @property
    def organisation(self) -> Organisation:
        """Return whose form it is."""
        id = self.form.organisation
        return self.context.names.organisations.get(id) or Organisation(id, Text(id))

    def within(self, context: Context) -> "OpenedForm":
        """Return the form in a context that was opened since: time went by while somebody was asked.

        Raises: those of `for_plan`.
        """
        plan = self.form.plan
        return self._replace(context=context if plan == context.plan.id else for_plan(context, plan))


def open_form(context: Context, path: Path, told_by: str | None = None) -> OpenedForm:
    """Open a form that came back; without a name it was told by the organisation.

    Raises: form-elsewhere; those of `read_form_file`, `for_plan`.
    """
    file = read_form_file(path)
    form = forms.find_form(context.db, file.form)
    if form is None:
        raise Failure("form-elsewhere", file=file.file, form=file.form)
    opened = OpenedForm(context, form, file, told_by or "").within(context)
    language = opened.context.plan.reporting.language
    return opened if told_by else opened._replace(told_by=opened.organisation.label(language))


def look_into(opened: OpenedForm) -> FormRead:
    """Return what reading a form would do, of the new tasks and the changed ones too; nothing is written.

    Raises: form-bad-cells, which names every cell that cannot be recorded; those of `run_command`.
    """
    trial = opened.context._replace(is_trial=True)
    return _read(opened, trial, Consent(over_changed=True, new_tasks=True, is_look=True))[1]


def read_form(
    opened: OpenedForm,
    seen: FormRead,
    *,
    over_changed: bool = False,
    skip_changed: bool = False,
    new_tasks: bool = False,
) -> tuple[CommandResult, FormRead]:
    """Record what a form says, in one command; `seen`: what it was found to say, and what may be left.

    Of tasks that changed: all the same (`over_changed`), or nothing (`skip_changed`).

    Raises: form-bad-cells, form-rows-changed; those of `run_command`.
    """
    left = frozenset(row.number for row in seen.left)
    known = {one.row.number: one.now for one in seen.changed}
    if known and not (over_changed or skip_changed):
        raise Failure("form-rows-changed", file=opened.file.file, rows=_rows(seen))
    consent = Consent(over_changed, new_tasks, known=known, left=left)
    result, done = _read(opened, opened.context, consent)
    offered = () if new_tasks else tuple(row._replace(label="") for row in seen.new_tasks)
    done = done._replace(offered=offered)
    if over_changed:
        return result, done._replace(left=seen.left)
    return result, done._replace(skipped=tuple(one.row for one in done.changed))


def _rows(seen: FormRead) -> tuple[str, ...]:
    return tuple(f"{one.row.label} ({one.row.number})" for one in seen.changed)


def _read(opened: OpenedForm, context: Context, consent: Consent) -> tuple[CommandResult, FormRead]:
    taken: list[FormTaking] = []

    def body(writer: CommandWriter) -> None:
        taking = FormTaking(writer, opened.form, opened.file, opened.told_by, consent)
        taken[:] = [taking]
        taking.take()
        if taking.bad:
            file = opened.file.file
            cells = sorted(taking.bad, key=lambda one: (one.row, one.column or 0))
            raise RowsFound("form-bad-cells", cells, file=file, count=len(cells))

    result = run_command(context, "form read", body)
    (found,) = taken
    view = FormRead(
        heading=context.heading,
        form=opened.form,
        organisation=opened.organisation,
        file=opened.file.file,
        news=tuple(found.news),
        corrected=tuple(found.corrected),
        same=found.same,
        new_tasks=tuple(found.new_tasks),
        changed=tuple(found.changed),
        left=tuple(found.left),
        day_instead=found.day_instead,
    )
    return result._replace(notes=tuple(n for n in result.notes if n.code not in _IN_ROWS)), view


def form_status(context: Context, week: str | None = None) -> FormStatus:
    """Return who has a form of a week, and who has answered.

    Without one: of the last week that has forms and has begun; where none has, of the first to come.

    Raises: those of `parse_week`.
    """
    period = parse_week(week or "this", today=context.today)
    if week is None and (known := forms.periods(context.db, context.plan.id)):
        last = max((name for name in known if name <= period.name), default=known[0])
        period = parse_week(last, today=context.today)
    db, plan, until = context.db, context.plan, end_of_day(context.when.day, context.plan.reporting.timezone)
    made = [form for form in forms.forms_of(db, plan.id, period.name) if form.recorded_at <= until]
    read = [one for one in forms.readings_of(db, plan.id, period.name) if one.recorded_at <= until]
    by_organisation: dict[str, list[Form]] = {}
    for form in made:
        by_organisation.setdefault(form.organisation, []).append(form)
    names = context.names
    states = []
    for id in names.in_order(by_organisation):
        own = by_organisation[id]
        uids = {form.uid for form in own}
        answers = tuple(
            FormAnswer(f"c{one.number}", one.recorded_at, one.file, one.rows)
            for one in read
            if one.form in uids
        )
        whose = names.organisations.get(id) or Organisation(id, Text(id))
        states.append(FormState(whose, own[-1].recorded_at, len(own), own[-1].tasks, answers))
    return FormStatus(context.heading, period, tuple(states))
