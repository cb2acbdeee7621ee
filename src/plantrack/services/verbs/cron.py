"""When the weekly summary is due on the server's clock, and what makes it."""

from datetime import datetime, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo

from plantrack.errors import Failure
from plantrack.model.days import add_days, weekday
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.text import visible
from plantrack.model.views.workspace import CronTime, Schedule
from plantrack.services.context import Context
from plantrack.services.workspace import Workspace
from plantrack.system import WINDOWS, owner_of

#: Where the system keeps its time zone; cron goes by it, whatever `TZ` says in somebody's shell.
LOCALTIME = Path("/etc/localtime")


class CronRequest(NamedTuple):
    """What was asked for."""

    job: str
    #: None: every day.
    weekday: int | None
    hour: int
    #: The program, with whatever is not of the command itself.
    program: tuple[str, ...]
    #: The command with its options.
    command: tuple[str, ...]
    environment: tuple[tuple[str, str], ...]
    to_fill_in: bool
    mails: bool
    #: The folder that a file is written to.
    folder: Path | None


def schedule(context: Context, workspace: Workspace, wanted: CronRequest) -> Schedule:
    """Return when and how something is done by itself; what has a line break can stand in neither kind of file.

    Raises: path-with-break.
    """
    name, server = _server_zone()
    timezone = context.plan.reporting.timezone
    moments = [_moment(context, wanted, months).astimezone(server) for months in range(13)]
    daily = wanted.weekday is None
    there = [CronTime(None if daily else at.weekday(), at.hour, at.minute, name) for at in moments]
    here = CronTime(wanted.weekday, wanted.hour, 0, timezone)
    root, database = workspace.root.resolve(), workspace.database
    own = (
        [database.resolve()] if isinstance(database, Path) else []
    )  # a server is written to by nobody's leave
    folders = [root, *(file.parent for file in own), *([wanted.folder.resolve()] if wanted.folder else [])]
    command = (*wanted.program, "-C", str(root), *wanted.command)
    for text in (*command, *map(str, folders), *(value for _, value in wanted.environment)):
        if any(sign in text for sign in "\n\r\x00"):
            raise Failure("path-with-break", file=visible(text))
    return Schedule(
        job=wanted.job,
        plan=context.plan.id,
        at=here,
        server=there[0],
        shifts=len(set(there)) > 1,
        command=command,
        environment=wanted.environment,
        to_fill_in=wanted.to_fill_in,
        mails=wanted.mails,
        root=str(root),
        writes=tuple(dict.fromkeys(map(str, folders))),
        missing=tuple(str(folder) for folder in folders if not folder.is_dir()),
        user=owner_of(next(iter(own), root)),
    )


def _moment(context: Context, wanted: CronRequest, months: int) -> datetime:
    """Return the first such moment after so many months."""
    day = add_days(context.today, 30 * months)
    if wanted.weekday is not None:
        day = add_days(day, (wanted.weekday - weekday(day)) % 7)
    there = datetime.fromisoformat(day).replace(hour=wanted.hour)
    return there.replace(tzinfo=ZoneInfo(context.plan.reporting.timezone))


def _server_zone() -> tuple[str, tzinfo | None]:
    """Return the time zone that the system is set to (None: as it has it, which names no file), and its name."""
    if WINDOWS:
        return datetime.now().astimezone().tzname() or "", None
    try:
        with LOCALTIME.open("rb") as file:
            found = ZoneInfo.from_file(file)
        name = str(LOCALTIME.resolve()).partition("zoneinfo/")[2]
    except (OSError, ValueError):  # none is set
        return "UTC", ZoneInfo("UTC")
    return name or found.tzname(datetime.now(found)) or "UTC", found
