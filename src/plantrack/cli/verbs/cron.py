"""`plantrack cron`."""

import os
import shutil
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

from typer import Context, Option

from plantrack.cli.mail_options import Attach, MailTo, read_options
from plantrack.cli.output import deliver
from plantrack.cli.params import listed, number
from plantrack.cli.session import Session
from plantrack.errors import Failure
from plantrack.render.views.cron import posix, windows
from plantrack.services.verbs import cron as service
from plantrack.services.workspace import named_database
from plantrack.store.server.roles import refused
from plantrack.system import WINDOWS

#: What is printed of all that is done by itself, and of one thing alone.
_OF_ALL = {"crontab": posix.crontab, "plain": windows.task_page if WINDOWS else posix.page}
_OF_ONE = {"service": posix.service, "timer": posix.timer, "schtasks": windows.task}
#: So many backups are kept: two weeks of nights.
_KEPT = 14
#: The roles on a server that are not let note a backup.
_TOO_LITTLE = ("viewer", "reporter")
#: The options of a run that say what is mailed.
_OF_MAIL = ("mail_to", "attach", "resend", "catch_up", "mail_from")
#: What is to be replaced where nothing is set yet.
_SERVER = "smtp+starttls://account@mail.example.org:587"
_SENDER = "plantrack@example.org"
_PASSWORD = r"C:\ProgramData\plantrack\smtp-password" if WINDOWS else "/etc/plantrack/smtp-password"


def cron(
    ctx: Context,
    day: Annotated[str | None, Option("--day", metavar="WEEKDAY", help="opt.cron_day")] = None,
    hour: Annotated[str | None, Option("--hour", metavar="N", help="opt.cron_hour")] = None,
    mail_to: MailTo = None,
    attach: Attach = None,
    writes: Annotated[str | None, Option("--writes", metavar="FILE", help="opt.cron_writes")] = None,
    only_backup: Annotated[bool, Option("--backup", help="opt.cron_backup")] = False,
) -> None:
    """Print what runs the weekly summary and backups by themselves."""
    session: Session = ctx.obj
    if writes == "":
        raise Failure("option-needs-value", option="--writes")
    if only_backup:
        _refuse_with_backup({"--day": day, "--mail-to": mail_to, "--attach": attach, "--writes": writes})
        wanted = [_backup(session, hour)]
    else:
        wanted = [_weekly(session, day, hour, mail_to, attach, writes), _backup(session, None)]
    db, workspace = session.db(), session.workspace()
    if db.told.role in _TOO_LITTLE:  # the server lets it note no backup, and each night would say so
        if only_backup:
            raise refused(db, "coordinator")
        wanted.pop()
        session.say("reply.cron-without-backup")
    if not isinstance(workspace.database, Path) and workspace.database.has_password:
        session.insist(session.words("reply.cron-no-password"))
    views = [service.schedule(session.context(), workspace, one) for one in wanted]
    printed = _OF_ONE.get(session.format)
    first, *others = views
    of_all = _OF_ALL.get(session.format, _OF_ALL["plain"])  # a terminal has no form of its own
    deliver(session, printed(first, session.words) if printed else of_all(first, session.words, *others))


def _refuse_with_backup(given: Mapping[str, object]) -> None:
    """Refuse what a backup has no use for."""
    for option, value in given.items():
        if value is not None:
            raise Failure("options-exclude", option="--backup", other=option)


def _weekly(
    session: Session,
    day: str | None,
    hour: str | None,
    mail_to: list[str] | None,
    attach: list[str] | None,
    writes: str | None,
) -> service.CronRequest:
    from plantrack.model.typed.days import parse_weekday

    root = session.workspace().root
    command = _command(session, mail_to, attach, writes)
    _check(session, command, root)
    environment, to_fill_in = _environment(session, mail_to)
    return service.CronRequest(
        job="weekly",
        weekday=parse_weekday(day or "mon"),
        hour=_hour(hour or "6"),
        program=_program(),
        command=command,
        environment=environment,
        to_fill_in=to_fill_in,
        mails=bool(mail_to),
        folder=_folder(root / writes) if writes else None,
    )


def _backup(session: Session, hour: str | None) -> service.CronRequest:
    return service.CronRequest(
        job="backup",
        weekday=None,
        hour=_hour(hour or "1"),
        program=_program(),
        command=(*_database(session), "db", "backup", "--keep", str(_KEPT), "--quiet"),
        environment=_environment(session, None)[0],
        to_fill_in=False,
        mails=False,
        folder=None,
    )


def _folder(file: Path) -> Path:
    """Return the folder that a file is written under: the last one whose name is the same in every period."""
    return next(folder for folder in file.parents if "{period}" not in str(folder))


def _hour(text: str) -> int:
    return number("--hour", text, 0, 23)


def _program() -> tuple[str, ...]:
    """Return the program with its whole path: neither cron nor systemd looks for it."""
    typed = sys.argv[0]
    found = shutil.which(typed) if Path(typed).stem == "plantrack" else None
    return (os.path.abspath(found),) if found else (os.path.abspath(sys.executable), "-m", "plantrack")


def _command(
    session: Session, mail_to: list[str] | None, attach: list[str] | None, writes: str | None
) -> tuple[str, ...]:
    """Return the arguments of the weekly run; without mail it writes a file."""
    words = [*_database(session), "weekly", "--quiet"]
    for option in ("plan", "lang"):
        if given := session.options.get(option):
            words[:0] = [f"--{option}", given]
    if mail_to:
        words += ["--mail-to", ",".join(mail_to), "--catch-up"]
    words += [part for name in listed(attach) for part in ("--attach", name)]
    if writes or not mail_to:
        words += ["--output", writes or "{period}.md"]
    return tuple(words)


def _database(session: Session) -> tuple[str, ...]:
    """Return what names the database, of an address without its password: others read the lines."""
    named = session.database_named
    if not named:
        return ()
    place = named_database(session.here.resolve(), named)
    return ("--db", str(place) if isinstance(place, Path) else place.without_password)


def _check(session: Session, command: Sequence[str], root: Path) -> None:
    """Refuse what the run would refuse, as it would: its own parser reads its line."""
    from plantrack.cli.typer_adapter import parse
    from plantrack.deliver.mail.address import parse_addresses
    from plantrack.render.formats import make_ready

    run = Session(session.clock)
    given = parse(["-C", str(root), *command], run)
    mailing = read_options(run, *(given[name] for name in _OF_MAIL))
    parse_addresses(mailing.to if mailing else ())
    for form in (run.format, *(mailing.attach if mailing else ())):
        make_ready(form)


def _environment(session: Session, mail_to: list[str] | None) -> tuple[tuple[tuple[str, str], ...], bool]:
    """Return the variables that a run needs, never a password; and whether one is still to be filled in."""
    found = {"PYTHONUTF8": "1", "PLANTRACK_USER": session.signer or "cron"}
    if not mail_to:
        return tuple(found.items()), False
    from plantrack.deliver.mail.server import without_password

    given = os.environ.get("PLANTRACK_SMTP_URL")
    found["PLANTRACK_SMTP_URL"] = without_password(given) if given else _SERVER
    # It would go before the sender that the address of the server names.
    names_sender = "?from=" in found["PLANTRACK_SMTP_URL"]
    sender = os.environ.get("PLANTRACK_MAIL_FROM")
    if sender or not names_sender:
        found["PLANTRACK_MAIL_FROM"] = sender or _SENDER
    file = os.environ.get("PLANTRACK_SMTP_PASSWORD_FILE")
    if needs_file := "@" in found["PLANTRACK_SMTP_URL"].partition("?")[0]:
        found["PLANTRACK_SMTP_PASSWORD_FILE"] = str(Path(file).resolve()) if file else _PASSWORD
    if own := os.environ.get("SSL_CERT_FILE"):
        found["SSL_CERT_FILE"] = str(Path(own).resolve())
    is_whole = given and (sender or names_sender) and (file or not needs_file)
    return tuple(found.items()), not is_whole
