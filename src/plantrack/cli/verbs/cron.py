"""`plantrack cron`."""

import os
import shutil
import sys
from collections.abc import Sequence
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
from plantrack.system import WINDOWS

_FORMATS = {
    "crontab": posix.crontab,
    "service": posix.service,
    "timer": posix.timer,
    "schtasks": windows.task,
    "plain": windows.task_page if WINDOWS else posix.page,
}
#: The options of a run that say what is mailed.
_OF_MAIL = ("mail_to", "attach", "resend", "catch_up", "mail_from")
#: What is to be replaced where nothing is set yet.
_SERVER = "smtp+starttls://account@mail.example.org:587"
_SENDER = "plantrack@example.org"
_PASSWORD = r"C:\ProgramData\plantrack\smtp-password" if WINDOWS else "/etc/plantrack/smtp-password"


def cron(
    ctx: Context,
    day: Annotated[str, Option("--day", metavar="WEEKDAY", help="opt.cron_day")] = "mon",
    hour: Annotated[str, Option("--hour", metavar="N", help="opt.cron_hour")] = "6",
    mail_to: MailTo = None,
    attach: Attach = None,
    writes: Annotated[str | None, Option("--writes", metavar="FILE", help="opt.cron_writes")] = None,
) -> None:
    """Print what runs the weekly summary by itself."""
    from plantrack.model.typed.days import parse_weekday

    session: Session = ctx.obj
    if writes == "":
        raise Failure("option-needs-value", option="--writes")
    workspace = session.workspace()
    command = _command(session, mail_to, attach, writes)
    _check(session, command, workspace.root)
    environment, to_fill_in = _environment(session, mail_to)
    wanted = service.CronRequest(
        weekday=parse_weekday(day),
        hour=_hour(hour),
        program=_program(),
        command=command,
        environment=environment,
        to_fill_in=to_fill_in,
        mails=bool(mail_to),
        folder=_folder(workspace.root / writes) if writes else None,
    )
    view = service.schedule(session.context(), workspace, wanted)
    deliver(session, _FORMATS[session.format](view, session.words))


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
    words = ["weekly", "--quiet"]
    if named := session.database_named:
        words[:0] = ["--db", str(session.here.resolve() / named)]
    for option in ("plan", "lang"):
        if given := session.options.get(option):
            words[:0] = [f"--{option}", given]
    if mail_to:
        words += ["--mail-to", ",".join(mail_to), "--catch-up"]
    words += [part for name in listed(attach) for part in ("--attach", name)]
    if writes or not mail_to:
        words += ["--output", writes or "{period}.md"]
    return tuple(words)


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
    found = {"PYTHONUTF8": "1", "PLANTRACK_USER": session.author or "cron"}
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
