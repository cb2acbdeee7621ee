"""The dialogue of an import: what a table was understood as, a yes, what was done, which rows are wrong."""

import sys
from collections.abc import Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from plantrack.cli.feedback import saved, tell_notes
from plantrack.cli.output import output_book
from plantrack.cli.progress_bar import progress_bar
from plantrack.cli.session import Session
from plantrack.cli.standard_input import can_ask, confirm, says_yes
from plantrack.deliver import streams
from plantrack.errors import Failure
from plantrack.i18n.words import Words
from plantrack.model.problem import RowProblem, RowsFound
from plantrack.model.views.exchange import ImportView
from plantrack.render.layout.blocks import Document
from plantrack.render.views.exchange import import_table as render
from plantrack.services.importing.read_table import ImportRequest, TableReading
from plantrack.services.verbs.exchange import import_table as service
from plantrack.services.verbs.exchange.imported_view import BadRows, bad_rows, lines_of, view_of
from plantrack.services.writing.command_rules import Note

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plantrack.render.layout.workbook import Book

#: How the file of the rows that are wrong is called beside theirs.
_BAD = "-loi"
#: So many tasks are named in a refusal.
_NAMED = 8


def import_rows(session: Session, request: ImportRequest, *, skip_bad: bool, new_tasks: bool) -> None:
    """Take in the rows of a table, once a person who must be asked said yes to what it was understood as."""
    reading = _read(session, request)
    if _may_overwrite(session, reading):
        reading = _read(session, request._replace(overwrite=True))
    _tell_remarks(session, reading)
    view = view_of(session.context(), reading)
    if not session.wants_json and session.format != "csv":
        is_screen = streams.is_terminal(sys.stderr)
        _tell(session, render.document(view, session.words, is_screen=is_screen))
    if _is_to_be_written(session, reading, skip_bad=skip_bad):
        _confirm(session, reading)
        if view.same_titles and not new_tasks:
            _confirm_same_titles(session, view)
    bad = _BadFile(session, reading, request.file) if skip_bad else None
    with progress_bar(session, "advance.import") as advance, _gone_on_failure(bad):
        done = service.import_table(session.context(), reading, bad.write if bad else None, advance)
    _answer(session, reading, done, bad)


def _read(session: Session, request: ImportRequest) -> TableReading:
    with progress_bar(session, "advance.read") as advance:
        return service.read_rows(session.context(), request, advance)


def _may_overwrite(session: Session, reading: TableReading) -> bool:
    """Show what was changed here and in the file, and work that is other work there, and ask whether the file is right.

    Where nobody can be asked it is not.
    """
    doubts = {
        code: found
        for code in ("import-other-work", "import-contested")
        if (found := [one for one in reading.problems if one.failure.code == code])
    }
    if not doubts or session.context().is_trial or not can_ask():
        return False
    for code, found in doubts.items():
        _tell(session, render.row_problems_document(found, session.words))
        if not says_yes(session, session.words.plural(f"ask.{code}", len(found))):
            return False
    return True


def _tell(session: Session, document: Document) -> None:
    """Tell a document on stderr, laid out for a terminal where that is one."""
    from plantrack.render.formats import render as written

    if not session.options.get("quiet"):
        form = "table" if streams.is_terminal(sys.stderr) else "plain"
        streams.write_stderr(
            written(document, form, session.words, width=session.talk_width, colour=False).rstrip("\n")
        )


def _tell_remarks(session: Session, reading: TableReading) -> None:
    tell_notes(session, (Note(remark.code, {**remark.params}) for remark in reading.remarks))


def _is_to_be_written(session: Session, reading: TableReading, *, skip_bad: bool) -> bool:
    """Return whether there is anything to ask a yes for: rows that are wrong stand in the way of the others."""
    refused = bool(reading.problems) and not skip_bad
    return (bool(reading.rows) or reading.is_new_mapping) and not refused and not session.context().is_trial


def _confirm(session: Session, reading: TableReading) -> None:
    """Go on after a yes to columns that were only guessed."""
    if not reading.columns.is_told:
        question = session.words("ask.import", rows=session.words.number(len(reading.rows)))
        confirm(session, [question], Failure("import-unconfirmed", file=reading.file))


def _confirm_same_titles(session: Session, view: ImportView) -> None:
    """Go on after a yes to tasks that are there already, as it seems: `--yes` said nothing of them."""
    count = len(view.same_titles)
    if not can_ask():
        tasks = tuple(dict.fromkeys(one.task for one in view.same_titles))[:_NAMED]
        raise Failure("import-same-titles", file=view.file, count=count, tasks=tasks)
    if not says_yes(session, session.words.plural("ask.import-same-titles", count)):
        raise Failure("declined")


class _BadFile:
    """The file that the rows which are wrong go to, beside the one that they came from."""

    def __init__(self, session: Session, reading: TableReading, file: Path) -> None:
        self.path = file.with_name(f"{file.stem}{_BAD}.{'xlsx' if reading.file_kind == 'xlsx' else 'csv'}")
        self.is_written = False
        self._session, self._reading = session, reading
        if reading.problems and self.path.exists():
            raise Failure("file-exists", file=str(self.path))

    def write(self, problems: Sequence[RowProblem]) -> None:
        """Write the rows that are wrong; where the server asked for the command once more, they are written anew."""
        from plantrack.deliver.files import write_new
        from plantrack.render.formats import file_of

        words = self._session.words
        found = bad_rows(self._reading, problems, lambda problem: render.said_of(problem, words))
        form = self.path.suffix[1:]
        data = file_of(_book(found, words), form, words, width=80, colour=False)
        self.remove()
        write_new(self.path, data)
        self.is_written = True

    def remove(self) -> None:
        """Take away what was written of a command that failed."""
        if self.is_written:
            self.path.unlink(missing_ok=True)
            self.is_written = False


def _book(found: BadRows, words: Words) -> "Book":
    from plantrack.render.layout.workbook import TEXT, Book, Sheet, SheetColumn

    codes = [SheetColumn(words(f"import.code.{field}"), width=TEXT) for field in found.fields]
    own = [SheetColumn(column.heading, column.holds, TEXT) for column in found.columns]
    columns = (*own, *codes, SheetColumn(words("import.error"), width=TEXT))
    return Book(words("import.bad-rows"), (), (Sheet(words("import.bad-rows"), columns, tuple(found.rows)),))


@contextmanager
def _gone_on_failure(bad: _BadFile | None) -> "Iterator[None]":
    try:
        yield
    except BaseException:
        if bad is not None:
            bad.remove()
        raise


def _answer(
    session: Session, reading: TableReading, done: service.TableImported, bad: _BadFile | None
) -> None:
    """Tell what was done, or which rows stand in the way."""
    words, context = session.words, session.context()
    if done.problems and bad is None:
        _refuse(session, reading.file, done.problems)
    view = view_of(context, reading, done)
    if bad and bad.is_written:
        view = view._replace(bad_file=str(bad.path))
    session.tell(_reply(words, view, is_trial=context.is_trial))
    if view.bad_file:
        session.say("reply.import-bad", file=view.bad_file, count=words.number(view.counts.bad))
    tell_notes(session, [*reading.notes, *(done.written.notes if done.written else ())])
    if context.is_trial:
        view = view._replace(command=None)
    with saved(view.command or ""):
        if session.wants_json:
            from plantrack.render.formats.json import dumps, envelope

            data = render.data(view._replace(rows=tuple(lines_of(done))))
            problems = render.problems_data(done.problems, words)
            session.put(
                dumps(
                    envelope(session.command, data, heading=context.heading, problems=problems), session.words
                )
            )
        else:
            session.put_labels(dict.fromkeys(done.tasks.values()))


def _refuse(session: Session, file: str, problems: Sequence[RowProblem]) -> NoReturn:
    """Fail with the rows that are wrong; as a table for programs they are printed."""
    if session.format == "csv":
        heading = session.context().heading
        output_book(session, heading, lambda words: render.problems_book(problems, words, file))
    raise RowsFound("import-bad-rows", problems, file=file, count=len({one.row for one in problems}))


def _reply(words: Words, view: ImportView, *, is_trial: bool) -> str:
    counted = render.counted(view, words)
    if view.command is None:
        return words("reply.import-nothing", counts=counted)
    if is_trial:
        return words("reply.import-trial", counts=counted)
    return words("reply.imported", counts=counted, command=view.command)
