"""One run of the program: what was asked of every command, the words to answer in, the open database."""

import os
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

from plantrack.cli.invocation import place_options, program_name
from plantrack.deliver import streams
from plantrack.errors import Exit, Failure
from plantrack.i18n.words import LANGUAGES, Words, locale_language
from plantrack.model.text import clean_line, unreserved_name, visible
from plantrack.model.typed.database_address import SCHEMES
from plantrack.services.context import Clock, Context, ContextRequest, open_context, utc_now
from plantrack.services.workspace import (
    DATABASE,
    DatabasePlace,
    Workspace,
    find_workspace,
    is_database,
    is_source,
)
from plantrack.store.commands import NOBODY_TOLD, Typist
from plantrack.store.opening import open_database
from plantrack.store.server.roles import refused
from plantrack.system import login_name, shows_colour

if TYPE_CHECKING:
    from plantrack.model.views.elsewhere import Elsewhere
    from plantrack.model.views.workspace import StoragePlace
    from plantrack.store.connection import Connection

#: The forms of a document that may be in two languages.
BOTH = ("table", "plain", "md", "html", "docx")
_ENDINGS = {
    **{
        f".{form}": form for form in (*BOTH[2:], *("json", "jsonl", "csv", "xlsx", "ics", "service", "timer"))
    },
    ".txt": "plain",
    ".htm": "html",
    ".xml": "schtasks",
}


class Session:
    """Holds the shared options, and opens things when they are needed."""

    def __init__(self, clock: Clock = utc_now) -> None:
        self.clock = clock
        self.options: dict[str, Any] = {}
        #: The words of the command that runs (`plan check`), for the envelope.
        self.command = ""
        #: Whether the command may change something: only then is it asked who is at work.
        self.writes = False
        self.exit_code = Exit.DONE
        #: The language of the plan a command speaks of without opening its context.
        self.language: str | None = None
        #: The database that was opened, or could not be.
        self.looked_at: DatabasePlace | None = None
        #: Whether the program itself went to another workspace.
        self._has_moved = False
        self._db: Connection | None = None
        self._context: Context | None = None

    # --- where and who ---

    @property
    def here(self) -> Path:
        """Return the folder to work in (`-C`)."""
        return Path(self.options.get("directory") or ".")

    @property
    def author(self) -> str:
        """Return who is at work; empty when nothing tells."""
        told = self.db().told if self._is_on_server else None
        return self.author_of(told.login, told.role) if told else self.author_of(login_name())

    @property
    def signer(self) -> str:
        """Return who is at work, for a note of what was done: on a server the login, whatever else it is told."""
        return self.db().told.login if self._is_on_server else self.author

    def author_of(self, login: str, role: str = "") -> str:
        """Return who is at work as a login: that one, unless it is told otherwise.

        Fails with `author-not-login` where a server knows somebody who only reports by another name.
        """
        name = self.options.get("author") or os.environ.get("PLANTRACK_USER") or login
        if role == "reporter" and name != login:
            raise Failure("author-not-login", name=name, login=login)
        return unreserved_name(clean_line(name, what="author", limit=200)) if name else ""

    @property
    def _is_on_server(self) -> bool:
        return (self.database_named or "").startswith(SCHEMES)

    @property
    def typist(self) -> Typist:
        """Return who types, where that is not the author, and the login; a server tells both itself."""
        if self._is_on_server:
            return NOBODY_TOLD
        login = _readable(login_name())
        own = _readable(os.environ.get("PLANTRACK_USER") or "") or login
        return Typist(own if own != self.author else None, login)

    def workspace(self) -> Workspace:
        """Find the workspace."""
        return find_workspace(self.here, self.database_named)

    @property
    def database_named(self) -> str | None:
        """Return what names another database than the workspace's."""
        return self.options.get("db") or os.environ.get("PLANTRACK_DB") or None

    # --- the database ---

    @property
    def has_database(self) -> bool:
        """Return whether the workspace has its database."""
        try:
            database = self.workspace().database
            return not isinstance(database, Path) or database.is_file()
        except Failure:
            return False

    def db(self) -> "Connection":
        """Open the database, once."""
        if self._db is None:
            self.looked_at = self.workspace().database
            with self._server_awaited():
                self._db = open_database(self.looked_at, command=self.command)
        return self._db

    def _server_awaited(self) -> AbstractContextManager[None]:
        if not self._is_on_server:
            return nullcontext()
        from plantrack.cli.progress_bar import server_awaited

        return server_awaited(self)

    @property
    def site(self) -> str:
        """Return the site that the open database is of; empty at the hub, and where none is open or its server is gone."""
        try:
            return "" if self._db is None else self._db.told.site
        except Failure:  # it may be the one that is being told
            return ""

    @property
    def server_place(self) -> "StoragePlace | None":
        """Return what is unsafe about the way to the server that was opened."""
        return None if self._db is None else self._db.place

    @property
    def elsewhere(self) -> "Elsewhere | None":
        """Return where the data is worked on, if not in the database that was opened."""
        return None if self._db is None else self._db.told.elsewhere

    @property
    def has_written(self) -> bool | None:
        """Return whether something was recorded in the open database; None where none is open to be written to."""
        return self._db.has_written if self._db is not None and self.writes else None

    def damage(self) -> Failure | None:
        """Say what is wrong with the rows of the open database."""
        from plantrack.store.checks.damage import damage

        try:
            return None if self._db is None else damage(self._db)
        except Failure as found:  # the engine itself cannot read them
            return found

    def context(self, about: Sequence[str] = (), last_day: Callable[[Context], str] | None = None) -> Context:
        """Open the context of the plan that is meant, once; `about`, `last_day`: the tasks, and the period, that are named."""
        if self._context is None:
            db = self.db()
            if not self.writes:
                db.snapshot()
            asked = ContextRequest(
                plan=self.options.get("plan"),
                as_of=self.options.get("as_of"),
                known_at=self.options.get("known_at"),
                login=(lambda: self.db().told.login) if self._is_on_server else login_name,
                about=tuple(about),
                languages=self.languages,
                last_day=last_day,
                is_trial=bool(self.options.get("dry_run")),
            )
            self._context = self._signed(open_context(db, asked, self.clock))
        return self._context

    def know(self, context: Context) -> None:
        """Go on with a context in which more tasks are named: they are not looked for again."""
        self._context = context

    def _signed(self, context: Context) -> Context:
        """Return a context with who is at work, where something is to be written; a server told it with the first answer."""
        if not self.writes:
            return context
        if context.db.told.role and context.db.refusal:
            raise refused(context.db)
        return context._replace(author=self.author, typist=self.typist)

    def look_again(self) -> None:
        """Let the context be opened anew: time went by, and others worked, while somebody was asked."""
        self._context = None

    def move_to(self, folder: Path) -> None:
        """Go on in another workspace, whatever `--db` and `--plan` named."""
        for name in ("db", "plan"):
            self.options.pop(name, None)
        self.close()
        self._db = self._context = None
        self._has_moved = True
        self.options["directory"] = str(folder)
        self.options["db"] = str(folder.absolute() / DATABASE)

    def close(self) -> None:
        """Close what was opened."""
        if self._db is not None:
            self._db.close()

    # --- words ---

    @property
    def words(self) -> Words:
        """Return the language that was asked for, else the plan's, else that of the locale."""
        of_plan = self._context.plan.reporting.language if self._context else self.language
        language = next(iter(self.languages), None) or of_plan or locale_language() or "vi"
        return Words(language, self._place, program_name())

    @property
    def _place(self) -> str:
        """Return the options of the command line that named the database: what is to be typed next needs them too."""
        folder, database = self.options.get("directory"), self.options.get("db")
        return " ".join(place_options(folder, database)) if database and not self._has_moved else ""

    @property
    def words_for_failing(self) -> Words:
        """Return a language in any case: the one asked for may be what is wrong."""
        try:
            return self.words
        except Failure:
            return Words(locale_language() or "vi")

    @property
    def languages(self) -> tuple[str, ...]:
        """Return the languages that were asked for; several (`--lang vi,en`) only of what can be in both."""
        given, default = self.options.get("lang"), os.environ.get("PLANTRACK_LANG")
        asked = given.split(",") if given else [default] if default else []
        for one in asked:
            if one.strip().lower() not in LANGUAGES:
                raise Failure("unknown-language", language=one, near=LANGUAGES)
        return tuple(dict.fromkeys(one.strip().lower() for one in asked))

    # --- the two streams ---

    def put(self, data: str | Iterable[bytes], *, at_end: bool = False, to_end: bool = False) -> None:
        """Print a text, or blocks of data; on a terminal through a pager what is longer than the screen.

        `at_end`: it begins with the last screen. `to_end`: a program that reads only the first of it is a failure.
        """
        if self.options.get("no_pager") or not streams.is_terminal(sys.stdout):
            streams.write_stdout(data, to_end=to_end)
            return
        from plantrack.deliver.pager import write_paged

        if ended := write_paged(data, self.words_for_failing("pager.prompt"), at_end=at_end):
            self.say("reply.pager-ended", code=ended)

    def put_labels(self, labels: Iterable[str]) -> None:
        """Print what a script needs of a command that wrote something; a person at a terminal was told it."""
        if not streams.is_terminal(sys.stdout):
            shown = map(self.words.with_hidden_names, labels)
            self.put([f"{label}\n".encode("utf-8", "surrogateescape") for label in shown])

    def say(self, key: str, /, **params: object) -> None:
        """Tell something on stderr; names of files are shown as they are in errors."""
        shown = {k: visible(v) if isinstance(v, str) else v for k, v in params.items()}
        self.tell(self.words(key, **shown))

    def tell(self, text: str) -> None:
        """Tell words on stderr."""
        if not self.options.get("quiet"):
            self.insist(text)

    def insist(self, text: str) -> None:
        """Tell words on stderr, also where no talk is wanted: without them something would be lost."""
        streams.write_stderr(self.laid_out(text))

    def laid_out(self, text: str) -> str:
        """Break talk at words for the terminal that it goes to; in a pipe it stays as it is."""
        text = self.words_for_failing.with_hidden_names(text)
        if not streams.is_terminal(sys.stderr):
            return text
        from plantrack.render.layout.text_width import wrapped

        # A command on a line of its own is to be pasted: a break within its quotes would be part of it.
        to_paste = f"    {program_name()} "
        return "\n".join(
            line if line.startswith(to_paste) else wrapped(line, self.talk_width) for line in text.split("\n")
        )

    @property
    def talk_width(self) -> int:
        """Return how wide talk may be: as asked, else as the terminal that it goes to."""
        try:
            return self._width_asked or streams.terminal_width(sys.stderr)
        except Failure:  # it is what is wrong
            return streams.terminal_width(sys.stderr)

    def check(self, formats: Sequence[str], *, two_languages: bool = False) -> None:
        """Refuse shared options that no command can do anything with, before anything is done."""
        _ = self.width
        if output := self.options.get("output"):
            self.refuse_source(output)
        asked = self._asked_format()
        if len(self.languages) > 1 and not (two_languages and asked in (None, *BOTH)):
            raise Failure("one-language", command=self.command)
        if asked == "":
            endings = tuple(ending for ending, form in _ENDINGS.items() if form in formats)
            raise Failure("unknown-ending", file=self.options["output"], endings=endings)
        if asked is not None and asked not in formats:
            raise Failure("unknown-format", format=asked, near=tuple(formats))

    def refuse_source(self, output: str) -> None:
        """Refuse to write an answer over what it is made from, or over any other database."""
        file = self.here / output
        try:
            is_own = is_source(file, self.workspace())
        except Failure:  # no workspace: the command says so where it needs one
            is_own = False
        if is_own:
            raise Failure("output-is-source", file=output)
        if is_database(file):
            raise Failure("output-over-database", file=output)

    def _asked_format(self) -> str | None:
        """Return the form that was asked for, by its name or by the ending of the file."""
        asked, output = self.options.get("format"), self.options.get("output")
        if asked is not None or output is None or streams.is_stream(self.here / output):
            return asked
        nameless = None if streams.leads_to_stdout(self.here / output) else ""
        return _ENDINGS.get(Path(output).suffix.lower(), nameless)

    @property
    def format(self) -> str:
        """Return what to print documents as: as asked, else for eyes."""
        return self._asked_format() or ("table" if streams.is_terminal(sys.stdout) else "plain")

    @property
    def on_screen(self) -> bool:
        """Return whether documents are laid out for the terminal that they go to."""
        return self.format == "table" and "output" not in self.options and streams.is_terminal(sys.stdout)

    @property
    def wants_json(self) -> bool:
        """Return whether JSON was asked for, also where that cannot be read any more."""
        return self._asked_format() == "json"

    @property
    def width(self) -> int:
        """Return how wide the terminal is, or as asked."""
        return self._width_asked or streams.terminal_width(sys.stdout)

    @property
    def _width_asked(self) -> int | None:
        asked = self.options.get("width")
        if asked is None:
            return None
        if not (asked.isascii() and asked.isdigit() and len(asked) < 5 and 40 <= int(asked) <= 1000):
            raise Failure("bad-number", option="--width", value=asked, low=40, high=1000)
        return int(asked)

    @property
    def colour(self) -> bool:
        """Return whether to use colour: on a terminal that has it, unless told otherwise as other programs are; in no file.

        See no-color.org, force-color.org and bixense.com/clicolors.
        """
        told = os.environ.get
        if self.options.get("no_color") or self.options.get("output") or told("NO_COLOR"):
            return False
        if told("FORCE_COLOR") or told("CLICOLOR_FORCE", "0") not in ("", "0"):
            return True
        if told("CLICOLOR") == "0" or told("TERM") == "dumb" or not streams.is_terminal(sys.stdout):
            return False
        return shows_colour(sys.stdout)


def _readable(name: str) -> str | None:
    """Return a name that nobody typed as it may be stored; none where it cannot be."""
    try:
        return unreserved_name(clean_line(name, what="author", limit=200))
    except Failure:
        return None
