"""`plantrack form`."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

from typer import Argument, Context, Option

from plantrack.cli import mail_options
from plantrack.cli.failing.error_output import listed_problems
from plantrack.cli.feedback import answer_objects, saved, tell_notes
from plantrack.cli.output import output_view
from plantrack.cli.params import NewTasks, ToldBy
from plantrack.cli.session import Session
from plantrack.cli.standard_input import can_ask, says_yes
from plantrack.errors import Exit, Failure, needing_extra
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.views.form import AnsweredRow, AskedForm, FormRead
from plantrack.render.layout.json_object import Object
from plantrack.render.views.exchange import form as render
from plantrack.services.verbs.exchange import form as service

Week = Annotated[str, Option("--week", metavar="WEEK", help="opt.form_week")]
#: What stands in the name of a file for the organisation and the week.
_ORG, _PERIOD = "{org}", "{period}"
_NAME = f"{_ORG}-{_PERIOD}.xlsx"


class OfChanged(NamedTuple):
    """What becomes of rows whose tasks changed since the form was made: recorded all the same, or left; else refused."""

    over: bool = False
    skip: bool = False


def make(
    ctx: Context,
    terms: Annotated[list[str] | None, Argument(metavar="[ORG] [FILTER...]", help="arg.form_terms")] = None,
    week: Week = "this",
    for_each: Annotated[str | None, Option("--for-each", metavar="FILTER", help="opt.form_for_each")] = None,
    output: Annotated[str | None, Option("--output", metavar="FILE", help="opt.form_output")] = None,
    mail: Annotated[bool, Option("--mail", help="opt.form_mail")] = False,
    resend: mail_options.Resend = False,
    mail_from: mail_options.MailFrom = None,
) -> None:
    """Make the forms of a week."""
    session: Session = ctx.obj
    session.writes = True  # that forms were made is kept, under the name of who made them
    mailing = mail_options.read_own(session, mail, resend, mail_from)
    context = session.context()
    made = service.make_forms(context, terms or (), week, for_each)
    is_written = mailing is None or output is not None
    name = output or _NAME
    paths = [_place(session, name, view, several=for_each is not None) for view in made.forms if is_written]
    service.refuse_places(paths)
    if mailing is not None and is_written:
        from plantrack.cli.verbs.exchange.form_letters import refuse_unsendable

        refuse_unsendable(session, mailing, made.forms)
    files = _files(session, made.forms)
    for view, path in zip(made.forms, paths, strict=False):
        service.put_form(context, path, files[view.form.uid], view.form)
        whose = view.organisation.label(session.words.language)
        session.tell(session.words.plural("reply.form-made", view.form.tasks, file=str(path), name=whose))
    if made.without_task:
        names = ", ".join(context.names.party_label(id, session.words.language) for id in made.without_task)
        session.say("reply.form-without-task", names=names)
    with saved(session.command):
        session.put_labels(map(str, paths))
    if mailing is not None:
        from plantrack.cli.verbs.exchange.form_letters import send_forms

        asked = f"--for-each {for_each}" if for_each else ""
        send_forms(session, mailing, made.forms, files, asked, is_kept=is_written)


def _files(session: Session, views: Sequence[AskedForm]) -> dict[str, bytes]:
    """Return the workbook of each form, by its uid."""
    with needing_extra("office"):
        from plantrack.render.formats.xlsx.form_workbook import form_workbook
    return {view.form.uid: form_workbook(render.form_page(view, session.words)) for view in views}


def _place(session: Session, name: str, view: AskedForm, *, several: bool) -> Path:
    """Return where a form is to lie."""
    if several and _ORG not in name:
        raise Failure("form-output-org", file=name)
    if not name.lower().endswith(".xlsx"):
        raise Failure("form-output-xlsx", file=name)
    return session.here / name.replace(_ORG, view.organisation.id).replace(_PERIOD, view.period.name)


def read(
    ctx: Context,
    files: Annotated[list[str], Argument(metavar="FILE...", help="arg.form_files")],
    told_by: ToldBy = None,
    new_tasks: NewTasks = False,
    over_changed: Annotated[bool, Option("--over-changed", help="opt.over_changed")] = False,
    skip_changed: Annotated[bool, Option("--skip-changed", help="opt.skip_changed")] = False,
) -> None:
    """Read forms that came back: each is one command."""
    session: Session = ctx.obj
    if over_changed and skip_changed:
        raise Failure("options-exclude", option="--over-changed", other="--skip-changed")
    changed = OfChanged(over_changed, skip_changed)
    done, failures = list[Object](), list[tuple[str, Failure]]()
    for file in files:
        try:
            done.append(_read(session, file, told_by, changed, new_tasks=new_tasks))
        except Failure as failure:
            if len(files) == 1:
                raise
            _tell_failure(session, file, failure)
            failures.append((file, failure))
    commands = [str(one["command"]) for one in done if one["command"]]
    with saved(", ".join(commands)):
        answer_objects(session, commands, done)
    if failures:
        session.exit_code = Exit(failures[0][1].exit_code)
        session.say("reply.forms-failed", files=", ".join(file for file, _ in failures))


def _tell_failure(session: Session, file: str, failure: Failure) -> None:
    """Tell why one of several forms could not be read; the others are read all the same."""
    from plantrack.i18n.failure import sentence

    if listed := listed_problems(session, failure):
        session.insist(listed)
    message, hint = sentence(session.words, failure)
    session.say("reply.form-failed", file=file, message=message, hint=hint)


def _read(session: Session, file: str, told_by: str | None, changed: OfChanged, *, new_tasks: bool) -> Object:
    """Read a form, once whoever is at the terminal said yes to what must be asked."""
    session.look_again()
    opened = service.open_form(session.context(), session.here / file, told_by)
    seen = service.look_into(opened)
    changed = _of_changed(session, seen, changed)
    wanted = _new_tasks(session, seen, new_tasks)
    session.look_again()
    opened = opened.within(session.context())
    result, done = service.read_form(
        opened, seen, over_changed=changed.over, skip_changed=changed.skip, new_tasks=wanted
    )
    command = result.command.label if result.command and not opened.context.is_trial else ""
    _tell(session, done, command)
    tell_notes(session, result.notes)
    with saved(command):
        if done.offered and not opened.context.is_trial:
            _write_new_tasks(session, done)
    return render.read_object(done, command or None, session.words)


def _of_changed(session: Session, seen: FormRead, asked: OfChanged) -> OfChanged:
    """Show what changed since the form was made, and ask whether what was filled in counts all the same, or the rest."""
    if not seen.changed:
        return asked
    for one in seen.changed:
        for line in render.changed_row(one, session.words):
            session.insist(line)
    if any(asked) or not can_ask() or session.context().is_trial:
        return asked
    words, count = session.words, len(seen.changed)
    if says_yes(session, words.plural("ask.form-changed", count)):
        return OfChanged(over=True)
    if seen.others and says_yes(session, words.plural("ask.form-others", seen.others)):
        return OfChanged(skip=True)
    raise Failure("declined")


def _new_tasks(session: Session, seen: FormRead, new_tasks: bool) -> bool:
    """Ask whether the rows for new tasks become tasks."""
    cannot_ask = session.context().is_trial or not can_ask()
    if not seen.new_tasks or new_tasks or session.options.get("yes") or cannot_ask:
        return new_tasks or bool(session.options.get("yes"))
    _tell_rows(session, seen.new_tasks)
    return says_yes(session, session.words.plural("ask.form-new", len(seen.new_tasks)))


def _tell(session: Session, done: FormRead, command: str) -> None:
    """Tell what was read of a form."""
    words, name = session.words, done.organisation.label(session.words.language)
    news = len(done.news) + len(done.corrected)
    if command and news:
        session.tell(words.plural("reply.form-read", news, name=name, file=done.file, command=command))
    elif command:
        session.say("reply.form-read-new", name=name, file=done.file, command=command)
    elif news or done.new_tasks:
        session.tell(words.plural("reply.form-trial", news, name=name, file=done.file))
    elif not (done.offered or done.skipped):
        session.say("reply.form-nothing" if done.same else "reply.form-empty", name=name, file=done.file)
    _tell_rows(session, (*done.news, *done.corrected))
    if done.new_tasks:
        session.tell(words.plural("reply.form-new", len(done.new_tasks)))
        _tell_rows(session, done.new_tasks)
    if done.offered and session.context().is_trial:  # else they go into a file, which is told
        session.tell(words.plural("reply.form-offered", len(done.offered), name=name, file=done.file))
        _tell_rows(session, done.offered)
    if done.corrected:
        labels = words.labels([row.label for row in done.corrected])
        session.tell(words.plural("reply.form-corrected", len(done.corrected), labels=labels))
    if done.skipped:
        labels = words.labels([row.label for row in done.skipped])
        session.tell(words.plural("reply.form-skipped", len(done.skipped), labels=labels))
    if done.same and command:
        session.tell(words.plural("reply.form-same", done.same))
    if done.day_instead and news:
        closing = words.day(done.form.closing_day)
        session.say("reply.form-day", day=words.day(done.day_instead), closing=closing)
    for row in done.left:
        session.tell(render.left_row(row, words))


def _tell_rows(session: Session, rows: Sequence[AnsweredRow]) -> None:
    for row in rows:
        session.tell("  " + render.row_line(row, session.words))


def _write_new_tasks(session: Session, done: FormRead) -> None:
    """Put the rows for new tasks into a file beside the form, to be imported once somebody looked at them."""
    from plantrack.deliver.files import write_new

    with needing_extra("office"):
        from plantrack.render.formats.xlsx.form_workbook import sheet_workbook
    data = sheet_workbook(render.new_tasks_sheet(done, session.words), session.words.language)
    form = Path(done.file)
    base = f"{form.stem}{session.words('forms.new_suffix')}"
    names = (f"{base}{end}.xlsx" for end in ("", *(f"-{n}" for n in range(2, 1000))))
    # What was written the last time that the form was read, and not changed since, is there already.
    path = next(
        one for name in names if not (one := form.with_name(name)).exists() or one.read_bytes() == data
    )
    if not path.exists():
        write_new(path, data)
    count = len(done.offered)
    session.tell(session.words.plural("reply.form-new-file", count, file=str(path)))


def form_status(
    ctx: Context,
    week: Annotated[str | None, Option("--week", metavar="WEEK", help="opt.form_status_week")] = None,
    exit_code: Annotated[bool, Option("--exit-code", help="opt.form_exit_code")] = False,
) -> None:
    """Show who has a form, and who has answered."""
    session: Session = ctx.obj
    view = service.form_status(session.context(), week)
    output_view(
        session,
        view.heading,
        lambda words: render.document(view, words),
        lambda words: render.data(view, words),
        book=lambda words: render.book(view, words),
        period=view.period.name,
    )
    if exit_code and view.answered < len(view.states):
        session.exit_code = Exit.FOUND
