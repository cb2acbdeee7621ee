"""What is done by itself, the weekly summary and backups, as cron and as systemd take it."""

import shlex
from collections.abc import Iterator, Sequence

from plantrack.i18n.words import Words
from plantrack.model.views.workspace import CronTime, Schedule

#: The names of the days as timers have them.
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
#: How many bytes of a line cron reads; it drops the rest without a word.
_LONGEST = 990
#: Ends of the command that trying again cannot mend.
_FINAL = "1 2 3 5 6 70"
#: What mail needs, and how often it is tried again in a day.
_WITH_NETWORK = (
    *("Wants=network-online.target", "After=network-online.target"),
    *("StartLimitIntervalSec=1d", "StartLimitBurst=10"),
)


def name_of(view: Schedule) -> str:
    """Return what the files are called that do it."""
    return f"plantrack-{view.job}"


def page(view: Schedule, words: Words, *others: Schedule) -> str:
    """Return all files, each under its heading; the lines of a crontab are in one."""
    parts = [(words("cron.for-crontab"), crontab(view, words, *others))]
    for one in (view, *others):
        for kind, text in (("service", service(one, words)), ("timer", timer(one, words))):
            file = f"/etc/systemd/system/{name_of(one)}.{kind}"
            parts.append((words("cron.for-systemd", file=file), text))
    timers = " ".join(f"{name_of(one)}.timer" for one in (view, *others))
    parts.append((words("cron.then"), f"systemctl daemon-reload\nsystemctl enable --now {timers}\n"))
    return "\n".join(f"# ===== {heading} =====\n{text}" for heading, text in parts)


# cron


def crontab(view: Schedule, words: Words, *others: Schedule) -> str:
    """Return the lines of a crontab: the hour is the server's, for cron knows no other.

    The variables that stand before the first line hold for the others too.
    """
    variables = [_variable(*pair) for pair in view.environment]
    lines = [
        *_entry(view, words, variables),
        *(line for other in others for line in _entry(other, words, ())),
    ]
    return "\n".join(filter(None, lines)) + "\n"


def _entry(view: Schedule, words: Words, variables: Sequence[str]) -> list[str]:
    job = _job(view)
    if len(job.encode()) > _LONGEST:
        return [*_commented(words("cron.too-long")), *variables]
    return [*_said(view, words), *variables, job]


def _job(view: Schedule) -> str:
    server = view.server
    weekday = "*" if server.weekday is None else (server.weekday + 1) % 7
    # What it prints for other programs, cron would send to somebody each time.
    silent = " >/dev/null" if view.job == "backup" else ""
    return f"{server.minute} {server.hour} * * {weekday} {cron_command(view.command)}{silent}"


def _said(view: Schedule, words: Words) -> Iterator[str]:
    at, server = (moment_of_week(clock, words) for clock in (view.at, view.server))
    yield from _commented(words("cron.when", what=words(f"cron.job.{view.job}"), at=at, server=server))
    if view.shifts:
        yield from _commented(words("cron.shifts"))
    yield from _to_fill_in(view, words)


def cron_command(command: tuple[str, ...]) -> str:
    """Write a command for cron: as the shell takes it, with each `%` marked, which would end the line for cron.

    A backslash that is one is followed by a quote (quotes closed and opened again mean nothing to the shell), or cron
    would take it for the mark of what follows it.
    """
    return shlex.join(command).replace("\\", "\\''").replace("%", "\\%")


def _variable(name: str, value: str) -> str:
    """Set a variable in a crontab, where there are quotes but no way to write one inside them."""
    quote = "'" if '"' in value else '"'
    return "" if quote in value else f"{name}={quote}{value}{quote}"


# systemd


def service(view: Schedule, words: Words) -> str:
    """Return the unit that does it once, allowed to write where it has to and nowhere else."""
    lines = [
        *_commented(words("cron.service", user=view.user)),
        *_to_fill_in(view, words),
        "[Unit]",
        f"Description={_plain(description(view, words))}",
        *(_WITH_NETWORK if view.mails else []),
        "",
        "[Service]",
        "Type=oneshot",
        *([f"User={view.user}"] if view.user else []),
        f"WorkingDirectory={_plain(view.root)}/",
        *(f"Environment={_quoted(f'{name}={value}')}" for name, value in view.environment),
        "ExecStart=" + " ".join(_quoted(part).replace("$", "$$") for part in view.command),
        *_again(view),
        "NoNewPrivileges=yes",
        "PrivateDevices=yes",
        "ProtectSystem=strict",
        "ProtectHome=read-only",
        *([] if any(f.startswith(("/tmp/", "/var/tmp/")) for f in view.writes) else ["PrivateTmp=yes"]),
        "ProtectKernelTunables=yes",
        "ProtectControlGroups=yes",
        "RestrictSUIDSGID=yes",
        "ReadWritePaths=" + " ".join(map(_quoted, view.writes)),
    ]
    return "\n".join(lines) + "\n"


def _again(view: Schedule) -> list[str]:
    """Try again for a day when a message did not go out: only those who lack it are sent it."""
    if not view.mails:
        return []
    return ["Restart=on-failure", "RestartSec=30min", f"RestartPreventExitStatus={_FINAL}"]


def timer(view: Schedule, words: Words) -> str:
    """Return the timer: it knows the plan's time zone, and makes up for what was missed while the server was off."""
    at = view.at
    day = "" if at.weekday is None else f"{_DAYS[at.weekday]} "
    lines = [
        "[Unit]",
        f"Description={_plain(description(view, words))}",
        "",
        "[Timer]",
        f"OnCalendar={day}*-*-* {at.hour:02}:{at.minute:02}:00 {at.timezone}",
        "Persistent=true",
        "",
        "[Install]",
        "WantedBy=timers.target",
    ]
    return "\n".join(lines) + "\n"


def _plain(text: str) -> str:
    """Write a text where systemd reads the whole line: only `%` means something to it."""
    return text.replace("%", "%%")


def _quoted(text: str) -> str:
    """Write a word of a line of systemd's."""
    return '"' + _plain(text.replace("\\", "\\\\").replace('"', '\\"')) + '"'


# both


def _to_fill_in(view: Schedule, words: Words) -> Iterator[str]:
    if view.to_fill_in:
        yield from _commented(words("cron.fill-in"))
    for folder in view.missing:
        yield from _commented(words("cron.no-folder", folder=folder))


def description(view: Schedule, words: Words) -> str:
    """Say in a few words what is done."""
    return f"plantrack: {words(f'cron.description.{view.job}', plan=view.plan)}"


def moment_of_week(clock: CronTime, words: Words) -> str:
    """Say a moment of the week, on which clock."""
    weekday = "cron.every-day" if clock.weekday is None else f"weekday.{clock.weekday}"
    time = f"{clock.hour:02}:{clock.minute:02}"
    return words("cron.time", weekday=words(weekday), time=time, timezone=clock.timezone)


def _commented(text: str) -> Iterator[str]:
    return (f"# {line}" for line in text.split("\n"))
