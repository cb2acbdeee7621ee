"""The weekly summary as cron and as systemd take it."""

import shlex
from collections.abc import Iterator

from plantrack.i18n.words import Words
from plantrack.model.views.workspace import CronTime, Schedule

#: The names of the days as timers have them.
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
#: How many bytes of a line cron reads; it drops the rest without a word.
_LONGEST = 990
#: Ends of the command that trying again cannot mend.
_FINAL = "1 2 3 5 6 70"
NAME = "plantrack-weekly"
#: What mail needs, and how often it is tried again in a day.
_WITH_NETWORK = (
    *("Wants=network-online.target", "After=network-online.target"),
    *("StartLimitIntervalSec=1d", "StartLimitBurst=10"),
)


def page(view: Schedule, words: Words) -> str:
    """Return all three files, each under its heading."""
    parts = [
        (words("cron.for-crontab"), crontab(view, words)),
        (words("cron.for-systemd", file=f"/etc/systemd/system/{NAME}.service"), service(view, words)),
        (words("cron.for-systemd", file=f"/etc/systemd/system/{NAME}.timer"), timer(view, words)),
        (words("cron.then"), f"systemctl daemon-reload\nsystemctl enable --now {NAME}.timer\n"),
    ]
    return "\n".join(f"# ===== {heading} =====\n{text}" for heading, text in parts)


# cron


def crontab(view: Schedule, words: Words) -> str:
    """Return the lines of a crontab: the hour is the server's, for cron knows no other."""
    server = view.server
    times = f"{server.minute} {server.hour} * * {(server.weekday + 1) % 7}"
    line = f"{times} {cron_command(view.command)}"
    lines = [*_said(view, words), *(_variable(*pair) for pair in view.environment), line]
    if len(line.encode()) > _LONGEST:
        lines = [*_commented(words("cron.too-long"))]
    return "\n".join(filter(None, lines)) + "\n"


def _said(view: Schedule, words: Words) -> Iterator[str]:
    when = words("cron.when", at=moment_of_week(view.at, words), server=moment_of_week(view.server, words))
    yield from _commented(when)
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
    """Return the unit that makes the summary once, allowed to write where it has to and nowhere else."""
    lines = [
        *_commented(words("cron.service", user=view.user)),
        *_to_fill_in(view, words),
        "[Unit]",
        f"Description=plantrack: {_plain(words('cron.description', plan=view.plan))}",
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
    lines = [
        "[Unit]",
        f"Description=plantrack: {_plain(words('cron.description', plan=view.plan))}",
        "",
        "[Timer]",
        f"OnCalendar={_DAYS[at.weekday]} *-*-* {at.hour:02}:{at.minute:02}:00 {at.timezone}",
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


def moment_of_week(clock: CronTime, words: Words) -> str:
    """Say a moment of the week, on which clock."""
    return words(
        "cron.time",
        weekday=words(f"weekday.{clock.weekday}"),
        time=f"{clock.hour:02}:{clock.minute:02}",
        timezone=clock.timezone,
    )


def _commented(text: str) -> Iterator[str]:
    return (f"# {line}" for line in text.split("\n"))
