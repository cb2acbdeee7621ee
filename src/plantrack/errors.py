"""Every failure raised on purpose: a code and its parameters; the words are in the catalogues."""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum


class Exit(IntEnum):
    """What a process ends with."""

    DONE = 0
    FOUND = 1
    USAGE = 2
    NO_SUCH = 3
    NOT_NOW = 4
    FILE = 5
    DATABASE = 6
    DELIVERY = 7
    DEFECT = 70
    INTERRUPTED = 130


#: The stable code of each failure and its exit code. A test holds that each is raised somewhere, and
#: has its sentence and its hint in both languages (`error.CODE`, `error.CODE.hint`).
CODES: dict[str, Exit] = {
    # A plan file that is not there.
    "plan-missing": Exit.FILE,
    "plan-unreadable": Exit.FILE,
    # What people type: text and days.
    "text-not-utf8": Exit.USAGE,
    "text-control": Exit.USAGE,
    "text-empty": Exit.USAGE,
    "text-too-long": Exit.USAGE,
    "not-a-day": Exit.USAGE,
    "impossible-date": Exit.USAGE,
    "bad-date": Exit.USAGE,
    "bad-moment": Exit.USAGE,
    "bad-range": Exit.USAGE,
    "two-digit-year": Exit.USAGE,
    "weekday-or-month": Exit.USAGE,
    "day-or-months": Exit.USAGE,
    "bad-week": Exit.USAGE,
    "unknown-weekday": Exit.USAGE,
    "week-not-begun": Exit.USAGE,
    "bad-period": Exit.USAGE,
    "period-is-week": Exit.USAGE,
    "report-not-begun": Exit.USAGE,
    "unknown-calendar": Exit.USAGE,
    "unknown-condition": Exit.USAGE,
    "period-not-begun": Exit.USAGE,
    "not-a-period": Exit.USAGE,
    "not-a-number": Exit.USAGE,
    "ambiguous-number": Exit.USAGE,
    # What people type: names and numbers.
    "unknown-area": Exit.NO_SUCH,
    "unknown-activity": Exit.NO_SUCH,
    "unknown-organisation": Exit.NO_SUCH,
    "unknown-person": Exit.NO_SUCH,
    "person-several": Exit.NO_SUCH,
    "unknown-part": Exit.NO_SUCH,
    "unknown-author": Exit.NO_SUCH,
    "unknown-place": Exit.NO_SUCH,
    "organisation-ambiguous": Exit.NO_SUCH,
    "place-ambiguous": Exit.NO_SUCH,
    "unknown-task": Exit.NO_SUCH,
    "range-half": Exit.USAGE,
    "range-backwards": Exit.USAGE,
    "range-too-large": Exit.USAGE,
    "range-empty": Exit.NO_SUCH,
    "where-finds-nothing": Exit.NO_SUCH,
    "export-finds-nothing": Exit.NO_SUCH,
    "for-each-finds-nothing": Exit.NO_SUCH,
    "words-find-one": Exit.USAGE,
    "words-find-several": Exit.NOT_NOW,
    "unknown-command": Exit.NO_SUCH,
    "unknown-plan": Exit.NO_SUCH,
    "filter-of-one-plan": Exit.NO_SUCH,
    "unknown-filter": Exit.NO_SUCH,
    "filter-not-kept": Exit.NO_SUCH,
    "filter-outdated": Exit.NO_SUCH,
    "login-of-nobody": Exit.NO_SUCH,
    "filter-name": Exit.USAGE,
    "filter-built-in": Exit.USAGE,
    "filter-nested": Exit.USAGE,
    "unknown-status": Exit.USAGE,
    "unknown-deadline-state": Exit.USAGE,
    "unknown-priority": Exit.USAGE,
    "unknown-level": Exit.USAGE,
    "unknown-every": Exit.USAGE,
    "milestones-filter": Exit.USAGE,
    "calendar-option": Exit.USAGE,
    "bad-alarm": Exit.USAGE,
    "unknown-field": Exit.USAGE,
    "unknown-changed-field": Exit.USAGE,
    "unknown-organisation-field": Exit.USAGE,
    "unknown-followed-field": Exit.USAGE,
    "filter-value": Exit.USAGE,
    "filter-too-long": Exit.USAGE,
    "filter-quote": Exit.USAGE,
    "filter-empty": Exit.USAGE,
    "text-without-words": Exit.USAGE,
    "bare-value": Exit.USAGE,
    "organisation-not-person": Exit.USAGE,
    "person-in-part": Exit.USAGE,
    "person-formerly": Exit.USAGE,
    "name-in-part": Exit.USAGE,
    "person-elsewhere": Exit.USAGE,
    "organisation-in-part": Exit.USAGE,
    "person-ambiguous": Exit.USAGE,
    "percent-range": Exit.USAGE,
    "not-money": Exit.USAGE,
    "money-two-ways": Exit.USAGE,
    "money-not-whole": Exit.USAGE,
    "money-too-large": Exit.USAGE,
    "day-after-today": Exit.USAGE,
    "area-needed": Exit.USAGE,
    "activity-of-other-area": Exit.USAGE,
    "status-of-short-form": Exit.USAGE,
    "blocked-nothing": Exit.USAGE,
    "proposal-nothing": Exit.USAGE,
    "blocked-and-unblocked": Exit.USAGE,
    "nothing-to-record": Exit.USAGE,
    "percent-not-started": Exit.USAGE,
    "done-and-blocked": Exit.USAGE,
    "undo-which": Exit.USAGE,
    "nothing-to-change": Exit.USAGE,
    "every-needs-due": Exit.USAGE,
    "until-without-every": Exit.USAGE,
    "until-after-plan": Exit.USAGE,
    "no-next-occurrence": Exit.USAGE,
    "nobody-named": Exit.USAGE,
    "nothing-to-set": Exit.USAGE,
    "same-name": Exit.USAGE,
    "name-with-comma": Exit.USAGE,
    "merge-itself": Exit.USAGE,
    "merge-not-asked": Exit.USAGE,
    "organisation-id-form": Exit.USAGE,
    "no-author": Exit.USAGE,
    # How a command was typed.
    "unknown-verb": Exit.USAGE,
    "unknown-option": Exit.USAGE,
    "unknown-language": Exit.USAGE,
    "one-language": Exit.USAGE,
    "template-format": Exit.USAGE,
    "unknown-format": Exit.USAGE,
    "binary-on-terminal": Exit.USAGE,
    "unknown-ending": Exit.USAGE,
    "no-period": Exit.USAGE,
    "output-is-source": Exit.USAGE,
    "unknown-grouping": Exit.USAGE,
    "roll-up-of-nothing": Exit.USAGE,
    "document-unread": Exit.USAGE,
    "unknown-shell": Exit.USAGE,
    "unknown-column": Exit.USAGE,
    "no-columns": Exit.USAGE,
    "unknown-topic": Exit.NO_SUCH,
    "missing-option": Exit.USAGE,
    "missing-argument": Exit.USAGE,
    "missing-verb": Exit.USAGE,
    "option-needs-value": Exit.USAGE,
    "option-takes-no-value": Exit.USAGE,
    "option-swallowed": Exit.USAGE,
    "text-torn": Exit.USAGE,
    "text-twice": Exit.USAGE,
    "stdin-twice": Exit.USAGE,
    "stdin-empty": Exit.USAGE,
    "stdin-too-long": Exit.USAGE,
    "stdin-failed": Exit.FILE,
    "unexpected-argument": Exit.USAGE,
    "options-exclude": Exit.USAGE,
    # What may change many things at once.
    "many-tasks": Exit.USAGE,
    "expect-differs": Exit.NOT_NOW,
    "declined": Exit.NOT_NOW,
    # Forms that an editor opens.
    "edit-many": Exit.USAGE,
    "edit-no-terminal": Exit.USAGE,
    "editor-none": Exit.NOT_NOW,
    "editor-failed": Exit.NOT_NOW,
    "form-line": Exit.USAGE,
    "form-twice": Exit.USAGE,
    "task-changed-meanwhile": Exit.NOT_NOW,
    "carry-over-order": Exit.USAGE,
    "pair-form": Exit.USAGE,
    "pair-twice": Exit.USAGE,
    "bad-number": Exit.USAGE,
    "bad-usage": Exit.USAGE,
    "plan-file-ending": Exit.USAGE,
    "plan-id-form": Exit.USAGE,
    # How mail was asked for.
    "mail-address": Exit.USAGE,
    "mail-option-alone": Exit.USAGE,
    "remind-mail-org": Exit.USAGE,
    "path-with-break": Exit.USAGE,
    "mail-no-server": Exit.USAGE,
    "mail-no-sender": Exit.USAGE,
    "mail-no-password": Exit.USAGE,
    "mail-url": Exit.USAGE,
    "mail-insecure": Exit.USAGE,
    # What is not there, or not now.
    "no-workspace": Exit.NO_SUCH,
    "no-folder": Exit.NO_SUCH,
    "folder-gone": Exit.NO_SUCH,
    "folder-not-readable": Exit.NO_SUCH,
    "no-database": Exit.NO_SUCH,
    "no-plan": Exit.NO_SUCH,
    "revision-not-in-git": Exit.NO_SUCH,
    "git-refused": Exit.NO_SUCH,
    "unknown-revision": Exit.NO_SUCH,
    "file-of-other-plan": Exit.USAGE,
    "unknown-indicator": Exit.NO_SUCH,
    "no-indicators": Exit.NO_SUCH,
    "no-plan-file": Exit.NO_SUCH,
    "no-such-plan": Exit.NO_SUCH,
    "task-removed": Exit.NO_SUCH,
    "task-not-opened": Exit.NO_SUCH,
    "task-not-recorded": Exit.NO_SUCH,
    "activity-no-task": Exit.NO_SUCH,
    "activity-many-tasks": Exit.NOT_NOW,
    "task-closed": Exit.NOT_NOW,
    "not-recurring": Exit.NOT_NOW,
    "catch-up-not-recurring": Exit.NOT_NOW,
    "two-occurrences-open": Exit.NOT_NOW,
    "after-cycle": Exit.NOT_NOW,
    "task-not-closed": Exit.NOT_NOW,
    "task-carried-on": Exit.NOT_NOW,
    "opening-carried": Exit.NOT_NOW,
    "carry-over-late": Exit.NOT_NOW,
    "carry-over-lacking": Exit.NOT_NOW,
    "undo-counts-twice": Exit.NOT_NOW,
    "task-of-other-plan": Exit.NOT_NOW,
    "code-retired": Exit.NOT_NOW,
    "not-assigned": Exit.NOT_NOW,
    "both-roles-named": Exit.NOT_NOW,
    "both-roles-held": Exit.NOT_NOW,
    "same-deadline": Exit.NOT_NOW,
    "nothing-to-add": Exit.NOT_NOW,
    "no-activity-to-follow": Exit.NOT_NOW,
    "opened-after-updates": Exit.NOT_NOW,
    "opening-too-far": Exit.NOT_NOW,
    "nothing-to-undo": Exit.NOT_NOW,
    "undo-of-other": Exit.NOT_NOW,
    "undo-old": Exit.NOT_NOW,
    "already-withdrawn": Exit.NOT_NOW,
    "undo-plan": Exit.NOT_NOW,
    "undo-overtaken": Exit.NOT_NOW,
    "undo-used": Exit.NOT_NOW,
    "undo-both-roles": Exit.NOT_NOW,
    "undo-code-gone": Exit.NOT_NOW,
    "undo-organisation-used": Exit.NOT_NOW,
    "undo-login-taken": Exit.NOT_NOW,
    "undo-merge-circle": Exit.NOT_NOW,
    "plan-changed-meanwhile": Exit.NOT_NOW,
    "names-changed-meanwhile": Exit.NOT_NOW,
    "plan-would-orphan": Exit.NOT_NOW,
    "code-reused": Exit.NOT_NOW,
    "folder-in-use": Exit.NOT_NOW,
    "file-exists": Exit.NOT_NOW,
    "plan-id-taken": Exit.NOT_NOW,
    "person-exists": Exit.NOT_NOW,
    "login-taken": Exit.NOT_NOW,
    "organisation-exists": Exit.NOT_NOW,
    "organisation-same-name": Exit.NOT_NOW,
    "organisation-in-plan": Exit.NOT_NOW,
    "organisation-other-id": Exit.NOT_NOW,
    "mail-busy": Exit.NOT_NOW,
    # Files that were given.
    "plan-has-problems": Exit.FILE,
    "past-plan-has-problems": Exit.FILE,
    "plan-id-twice": Exit.FILE,
    "draft-source-problems": Exit.FILE,
    "draft-too-large": Exit.FILE,
    "template-missing": Exit.FILE,
    "template-unreadable": Exit.FILE,
    "template-outside": Exit.FILE,
    "template-place": Exit.FILE,
    "template-unknown": Exit.FILE,
    "folder-not-writable": Exit.FILE,
    # Sharing with a group of the machine.
    "unknown-group": Exit.NO_SUCH,
    "group-not-member": Exit.NOT_NOW,
    "group-not-owner": Exit.NOT_NOW,
    # The annex that a draft is made of.
    "annex-missing": Exit.FILE,
    "annex-unreadable": Exit.FILE,
    "annex-other-format": Exit.FILE,
    "annex-old-format": Exit.FILE,
    "annex-encrypted": Exit.FILE,
    "annex-too-large": Exit.FILE,
    "annex-misread": Exit.FILE,
    "annex-no-table": Exit.FILE,
    "annex-no-headings": Exit.FILE,
    # Tables that are read: what they are, and what is in them.
    **{f"table-{name}": Exit.FILE for name in ("missing", "unreadable", "changed", "empty", "other-format")},
    **{f"table-{name}": Exit.FILE for name in ("old-format", "encrypted", "too-large", "unpacks-too-large")},
    **{f"table-{name}": Exit.FILE for name in ("too-wide", "line-too-long", "too-many-lines")},
    **{f"table-{name}": Exit.FILE for name in ("cell-too-long", "not-text", "not-utf8", "wrong-encoding")},
    **{f"table-{name}": Exit.FILE for name in ("misread", "misread-sheet", "not-json", "open-quote")},
    "table-unknown-encoding": Exit.USAGE,
    "table-separator": Exit.USAGE,
    # Forms that offices fill in: made, and read when they come back.
    **{f"form-{name}": Exit.USAGE for name in ("no-organisation", "output-org", "output-xlsx", "same-file")},
    **{f"form-{name}": Exit.FILE for name in ("unmarked", "several", "elsewhere", "sheets", "too-long")},
    **{f"form-{name}": Exit.FILE for name in ("without-columns", "column-twice", "status-not-offered")},
    **{f"form-{name}": Exit.FILE for name in ("bad-cells", "cell-merged", "cell-formula", "cell-error")},
    **{f"form-row-{name}": Exit.FILE for name in ("twice", "unknown", "mixed", "retitled", "nameless")},
    "form-rows-changed": Exit.NOT_NOW,
    "extra-missing": Exit.FILE,
    "mail-password-file": Exit.FILE,
    # What is taken in.
    "import-missing": Exit.FILE,
    "import-unreadable": Exit.FILE,
    "import-unknown": Exit.FILE,
    "import-bad-rows": Exit.FILE,
    "import-changed-meanwhile": Exit.NOT_NOW,
    "import-same-titles": Exit.NOT_NOW,
    **dict.fromkeys(("unknown-sheet", "unknown-heading"), Exit.NO_SUCH),
    **dict.fromkeys(("unknown-import-kind", "unknown-import-field", "import-of-whole-export"), Exit.USAGE),
    **dict.fromkeys(("import-kind-unclear", "import-several-sheets", "import-unconfirmed"), Exit.USAGE),
    **dict.fromkeys(("import-columns-unknown", "column-missing", "import-no-work"), Exit.USAGE),
    **dict.fromkeys(("heading-twice", "heading-unclear", "map-form", "mapping-of-other-kind"), Exit.USAGE),
    # What is wrong with a row of it.
    **dict.fromkeys(("import-key-twice", "import-formula", "import-contested"), Exit.FILE),
    "import-other-work": Exit.FILE,
    **dict.fromkeys(("title-several", "title-of-other-task", "group-unknown", "percent-doubtful"), Exit.FILE),
    **{
        f"export-{name}": Exit.FILE
        for name in ("head", "newer", "older", "not-whole", "line", "value", "order")
    },
    "export-refused": Exit.FILE,
    "export-count": Exit.FILE,
    "export-altered": Exit.FILE,
    "export-orphan": Exit.FILE,
    "database-not-empty": Exit.NOT_NOW,
    # The database.
    "database-address": Exit.DATABASE,
    "database-foreign": Exit.DATABASE,
    "database-unfinished": Exit.DATABASE,
    "database-newer": Exit.DATABASE,
    "database-older": Exit.DATABASE,
    "database-damaged": Exit.DATABASE,
    "search-damaged": Exit.DATABASE,
    "database-locked": Exit.DATABASE,
    "database-read-only": Exit.DATABASE,
    "database-full": Exit.DATABASE,
    "database-io": Exit.DATABASE,
    "database-cannot-open": Exit.DATABASE,
    "database-log-unreadable": Exit.DATABASE,
    "database-error": Exit.DATABASE,
    "mail-unmarked": Exit.DATABASE,
    # What goes out.
    "output-failed": Exit.DELIVERY,
    "saved-not-printed": Exit.DELIVERY,
    **dict.fromkeys(("mail-unsent", "form-no-address"), Exit.DELIVERY),
    "typer-version": Exit.DEFECT,
    "defect": Exit.DEFECT,
    "interrupted": Exit.INTERRUPTED,
}


class Failure(Exception):
    """An operation that could not be done; nothing has changed.

    `near`, where given among the parameters, holds the nearest valid words, best first.
    """

    def __init__(self, code: str, /, **params: object) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params

    @property
    def exit_code(self) -> Exit:
        """Say how the process ends."""
        return CODES[self.code]


def reason_of(error: BaseException) -> str:
    """Say in the system's words why something could not be done."""
    return getattr(error, "strerror", None) or str(error)


@contextmanager
def needing_office() -> Iterator[None]:
    """Turn a library of the extra `office` that is not installed into a failure (`extra-missing`)."""
    try:
        yield
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in ("docx", "openpyxl", "icalendar", "lxml"):
            raise
        raise Failure("extra-missing", extra="office", command="pip install 'plantrack[office]'") from None


@contextmanager
def failing_as(code: str, **params: object) -> Iterator[None]:
    """Turn what the system refuses into a failure, with its reason."""
    try:
        yield
    except OSError as error:
        raise Failure(code, **params, reason=reason_of(error)) from error
