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
    **dict.fromkeys(
        (
            *("text-not-utf8", "text-control", "text-empty", "text-too-long", "not-a-day"),
            *("impossible-date", "bad-date", "bad-moment", "bad-range", "two-digit-year"),
            *("weekday-or-month", "day-or-months", "bad-week", "unknown-weekday"),
            *("week-not-begun", "bad-period", "period-is-week", "report-not-begun"),
            *("unknown-calendar", "unknown-condition", "unknown-upkeep", "bad-age"),
            *("period-not-begun", "not-a-period", "not-a-number", "ambiguous-number"),
        ),
        Exit.USAGE,
    ),
    # What people type: names and numbers.
    **dict.fromkeys(
        (
            *("unknown-area", "unknown-activity", "unknown-organisation", "unknown-person"),
            *("person-several", "unknown-part", "unknown-author", "unknown-place", "unknown-site"),
            *("organisation-ambiguous", "place-ambiguous", "unknown-task", "range-empty"),
            *("where-finds-nothing", "export-finds-nothing", "for-each-finds-nothing"),
            *("unknown-command", "unknown-plan", "filter-of-one-plan", "unknown-filter"),
            *("filter-not-kept", "filter-outdated", "login-of-nobody"),
        ),
        Exit.NO_SUCH,
    ),
    **dict.fromkeys(
        (
            *("code-doubtful", "range-half", "range-backwards", "range-too-large"),
            *("filter-name", "filter-built-in", "filter-nested"),
            *("unknown-status", "unknown-deadline-state", "unknown-priority", "unknown-level"),
            *("unknown-every", "milestones-filter", "calendar-option", "bad-alarm"),
            *("unknown-field", "unknown-changed-field", "unknown-organisation-field"),
            *("unknown-followed-field", "filter-value", "filter-too-long", "filter-quote"),
            *(
                "filter-empty",
                "text-without-words",
                "export-file-as-filter",
                "bare-value",
                "organisation-not-person",
            ),
            *("person-in-part", "person-formerly", "name-in-part", "person-elsewhere"),
            *("organisation-in-part", "person-ambiguous", "percent-range", "not-money"),
            *("money-two-ways", "money-not-whole", "money-too-large", "day-after-today"),
            *("area-needed", "activity-of-other-area", "status-of-short-form", "blocked-nothing"),
            *("proposal-nothing", "blocked-and-unblocked", "nothing-to-record"),
            *("percent-not-started", "done-and-blocked", "undo-which", "nothing-to-change"),
            *("every-needs-due", "until-without-every", "until-after-plan", "no-next-occurrence"),
            *("nobody-named", "nothing-to-set", "same-name", "name-with-comma", "merge-itself"),
            *("name-reserved", "anonymise-other-name"),
            *("organisation-id-form", "no-author"),
        ),
        Exit.USAGE,
    ),
    "words-find-several": Exit.NOT_NOW,
    # How a command was typed.
    **dict.fromkeys(
        (
            *("unknown-verb", "unknown-option", "unknown-language", "one-language"),
            *("template-format", "unknown-format", "binary-on-terminal", "unknown-ending"),
            *("no-period", "output-is-source", "unknown-grouping", "roll-up-of-nothing"),
            *("document-unread", "unknown-shell", "unknown-column", "no-columns"),
            *("missing-option", "missing-argument", "missing-verb", "option-needs-value"),
            *("option-takes-no-value", "option-swallowed", "text-torn", "text-twice"),
            *("stdin-twice", "stdin-empty", "stdin-too-long", "unexpected-argument"),
            *("options-exclude",),
        ),
        Exit.USAGE,
    ),
    "unknown-topic": Exit.NO_SUCH,
    "stdin-failed": Exit.FILE,
    # What wants a yes, and got none.
    **dict.fromkeys(
        (
            *("many-tasks", "expect-differs", "declined", "merge-not-asked", "anonymise-not-asked"),
            *("import-unconfirmed", "restore-unconfirmed", "undo-of-other", "undo-old"),
            *("words-find-one", "restore-other", "restore-worked-on"),
        ),
        Exit.NOT_NOW,
    ),
    # Forms that an editor opens.
    **dict.fromkeys(
        (
            *("edit-many", "edit-no-terminal", "form-line", "form-twice", "carry-over-order"),
            *("pair-form", "pair-twice", "bad-number", "bad-usage", "plan-file-ending"),
            *("plan-id-form",),
        ),
        Exit.USAGE,
    ),
    **dict.fromkeys(("editor-none", "editor-failed", "task-changed-meanwhile"), Exit.NOT_NOW),
    # How mail was asked for.
    **dict.fromkeys(
        (
            *("mail-address", "mail-option-alone", "remind-mail-org", "path-with-break"),
            *("mail-no-server", "mail-no-sender", "mail-no-password", "mail-url"),
            *("mail-insecure",),
        ),
        Exit.USAGE,
    ),
    # What is not there, or not now.
    **dict.fromkeys(
        (
            *("no-workspace", "no-folder", "folder-gone", "folder-not-readable", "no-database"),
            *("no-plan", "revision-not-in-git", "git-refused", "git-not-here"),
            *("unknown-revision", "unknown-indicator", "no-indicators", "no-plan-file"),
            *("no-such-plan", "task-removed", "task-not-opened", "task-not-recorded"),
            *("activity-no-task",),
        ),
        Exit.NO_SUCH,
    ),
    "file-of-other-plan": Exit.USAGE,
    **dict.fromkeys(
        (
            *("activity-many-tasks", "task-closed", "not-recurring", "catch-up-not-recurring"),
            *("two-occurrences-open", "after-cycle", "task-not-closed", "task-carried-on"),
            *("opening-carried", "carry-over-late", "carry-over-lacking", "undo-counts-twice"),
            *("task-of-other-plan", "code-retired", "not-assigned", "both-roles-named"),
            *("both-roles-held", "same-deadline", "nothing-to-add", "no-activity-to-follow"),
            *("opened-after-updates", "opening-too-far", "nothing-to-undo"),
            *("already-withdrawn", "undo-plan", "undo-anonymise", "undo-overtaken"),
            *("undo-used", "undo-both-roles", "undo-code-gone", "undo-organisation-used"),
            *("undo-login-taken", "undo-merge-circle", "plan-changed-meanwhile"),
            *("names-changed-meanwhile", "plan-would-orphan", "code-reused", "folder-in-use"),
            *("file-exists", "plan-id-taken", "person-exists", "person-hidden", "login-taken"),
            *("organisation-exists", "organisation-same-name", "organisation-in-plan"),
            *("organisation-other-id", "mail-busy"),
        ),
        Exit.NOT_NOW,
    ),
    # Files that were given.
    **dict.fromkeys(
        (
            *("plan-has-problems", "past-plan-has-problems", "plan-id-twice"),
            *("draft-source-problems", "draft-too-large", "template-missing"),
            *("template-unreadable", "template-outside", "template-place", "template-unknown"),
            *("folder-not-writable",),
        ),
        Exit.FILE,
    ),
    # Sharing with a group of the machine.
    "unknown-group": Exit.NO_SUCH,
    **dict.fromkeys(("group-not-member", "folder-on-windows-drive", "group-not-owner"), Exit.NOT_NOW),
    # The annex that a draft is made of.
    **dict.fromkeys(
        (
            *("annex-missing", "annex-unreadable", "annex-other-format", "annex-old-format"),
            *("annex-encrypted", "annex-too-large", "annex-misread", "annex-no-table"),
            *("annex-no-headings",),
        ),
        Exit.FILE,
    ),
    # Tables that are read: what they are, and what is in them.
    **dict.fromkeys(
        (
            *("table-missing", "table-unreadable", "table-changed", "table-empty"),
            *("table-other-format", "table-old-format", "table-encrypted", "table-too-large"),
            *("table-unpacks-too-large", "table-too-wide", "table-line-too-long"),
            *("table-too-many-lines", "table-cell-too-long", "table-not-text", "table-not-utf8"),
            *("table-wrong-encoding", "table-misread", "table-misread-sheet", "table-not-json"),
            *("table-open-quote",),
        ),
        Exit.FILE,
    ),
    "table-unknown-encoding": Exit.USAGE,
    "table-separator": Exit.USAGE,
    # Forms that offices fill in: made, and read when they come back.
    **dict.fromkeys(
        (*("form-no-organisation", "form-output-org", "form-output-xlsx", "form-same-file"),),
        Exit.USAGE,
    ),
    **dict.fromkeys(
        (
            *("form-unmarked", "form-several", "form-elsewhere", "form-sheets", "form-too-long"),
            *("form-without-columns", "form-column-twice", "form-status-not-offered"),
            *("form-bad-cells", "form-cell-merged", "form-cell-formula", "form-cell-error"),
            *("form-row-twice", "form-row-unknown", "form-row-mixed", "form-row-retitled"),
            *("form-row-nameless", "extra-missing", "mail-password-file"),
        ),
        Exit.FILE,
    ),
    "form-rows-changed": Exit.NOT_NOW,
    # What is taken in.
    **dict.fromkeys(("import-missing", "import-unreadable", "import-unknown", "import-bad-rows"), Exit.FILE),
    "import-changed-meanwhile": Exit.NOT_NOW,
    "unknown-sheet": Exit.NO_SUCH,
    "unknown-heading": Exit.NO_SUCH,
    **dict.fromkeys(
        (
            *("unknown-import-kind", "unknown-import-field", "import-of-whole-export"),
            *("import-kind-unclear", "import-several-sheets"),
            *("import-columns-unknown", "column-missing", "import-no-work", "heading-twice"),
            *("heading-unclear", "map-form", "mapping-of-other-kind"),
        ),
        Exit.USAGE,
    ),
    # What is wrong with a row of it.
    **dict.fromkeys(
        (
            *("import-key-twice", "import-formula", "import-beyond-headings", "import-contested"),
            *("title-several", "group-unknown", "export-head", "export-newer", "export-older"),
            *("export-not-whole", "export-line", "export-value", "export-order"),
            *("export-refused", "export-count", "export-altered", "export-orphan", "export-packing"),
            *("title-of-other-task", "percent-doubtful"),
        ),
        Exit.FILE,
    ),
    "import-same-titles": Exit.NOT_NOW,
    # Bundles: what is wrong with one, and where it does not belong.
    **dict.fromkeys(
        (
            *("bundle-damaged", "bundle-head", "bundle-is-export", "bundle-newer", "bundle-older"),
            *(
                "bundle-foreign",
                "bundle-other-hub",
                "bundle-begun-here",
                "bundle-needs-database",
                "bundle-to-hub",
                "bundle-other-site",
            ),
            *("bundle-to-site", "bundle-hub-twice", "bundle-site-twice", "bundle-unknown", "bundle-lacking"),
            *("bundle-plan", "bundle-refused", "import-of-bundle"),
            *("bundle-of-others", "bundle-ahead", "bundle-differs"),
        ),
        Exit.FILE,
    ),
    **dict.fromkeys(("site-form", "site-taken", "bundle-site-needed", "bundle-to-stdout"), Exit.USAGE),
    **dict.fromkeys(
        ("bundle-at-site", "bundle-hides", "site-plan", "part-elsewhere", "undo-bundle"), Exit.NOT_NOW
    ),
    # What is wrong with a row of it.
    "import-other-work": Exit.FILE,
    # What is taken in.
    # What is wrong with a row of it.
    "database-not-empty": Exit.NOT_NOW,
    # What a server does not allow.
    **dict.fromkeys(
        (
            *("server-login", "server-groups", "not-permitted", "not-member", "not-yours"),
            *("author-not-login", "login-missing", "member-oneself", "member-is-owner"),
        ),
        Exit.NOT_NOW,
    ),
    **dict.fromkeys(
        (
            *("address-form", "unknown-service", "file-only", "import-to-server", "not-an-address"),
            *("init-on-server", "server-only", "unknown-role", "unknown-member"),
            *("member-needs-organisation", "member-without-organisation"),
        ),
        Exit.USAGE,
    ),
    # The database.
    **dict.fromkeys(
        (
            *("database-address", "database-foreign", "database-unfinished", "database-newer"),
            *("database-older", "database-damaged", "history-altered", "mail-unsound"),
            *("search-damaged", "database-locked", "database-read-only", "database-full"),
            *("database-io", "database-cannot-open", "database-log-unreadable", "database-error"),
            *("database-moved", "server-unreachable", "server-foreign", "server-tls"),
            *("server-no-database", "server-empty", "server-crowded", "server-gone"),
            *("server-gone-saving", "server-standby", "server-older", "driver-too-old"),
            *("mail-unmarked", "clock-ahead"),
        ),
        Exit.DATABASE,
    ),
    # What is written over nothing else.
    **dict.fromkeys(("backup-over-other", "output-over-other", "output-over-database"), Exit.NOT_NOW),
    # Backups.
    **dict.fromkeys(
        (
            *("keep-needs-folder", "backup-to-address"),
            *("restore-from-address", "restore-into-server"),
        ),
        Exit.USAGE,
    ),
    "copy-differs": Exit.DATABASE,
    # Copies.
    **dict.fromkeys(
        (
            *("copy-value", "copy-refused", "copy-unfinished", "database-to-read"),
            *("backup-unsound",),
        ),
        Exit.DATABASE,
    ),
    **dict.fromkeys(("copy-target-used", "copy-target-left"), Exit.NOT_NOW),
    "backup-not-removed": Exit.DELIVERY,
    # Going back to one.
    **dict.fromkeys(
        (*("restore-missing", "restore-folder", "restore-unreadable", "restore-foreign"),),
        Exit.FILE,
    ),
    "restore-itself": Exit.USAGE,
    "restore-unsound": Exit.DATABASE,
    **dict.fromkeys(
        (
            *("restore-needs-number", "undo-restore"),
            *("restore-changed-meanwhile", "upgrade-not-owner"),
        ),
        Exit.NOT_NOW,
    ),
    # What goes out.
    **dict.fromkeys(("output-failed", "saved-not-printed", "mail-unsent", "form-no-address"), Exit.DELIVERY),
    **dict.fromkeys(("typer-version", "defect", "defect-unlogged"), Exit.DEFECT),
    "interrupted": Exit.INTERRUPTED,
    "mail-interrupted": Exit.INTERRUPTED,
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
def needing_extra(extra: str) -> Iterator[None]:
    """Turn a library of an extra that is not installed into a failure (`extra-missing`)."""
    try:
        yield
    except ImportError as error:
        if (error.name or _WITHOUT_LIBPQ).partition(".")[0] not in _OF_EXTRAS[extra]:
            raise
        raise Failure("extra-missing", extra=extra, command=f"pip install 'plantrack[{extra}]'") from None


#: psycopg is there, and the library of the server that it stands on is not: its error names no module.
_WITHOUT_LIBPQ = "psycopg"
_OF_EXTRAS = {"office": ("docx", "openpyxl", "icalendar", "lxml"), "postgres": ("psycopg",)}


@contextmanager
def failing_as(code: str, **params: object) -> Iterator[None]:
    """Turn what the system refuses into a failure, with its reason."""
    try:
        yield
    except OSError as error:
        raise Failure(code, **params, reason=reason_of(error)) from error
