"""What is done by itself as the Task Scheduler of Windows takes it: a task in XML.

A command of `schtasks` alone knows no folder to work in, and makes up for no run that was missed while the machine
was off. All letters but those of ASCII are written as numbers: however the file is read, or was sent on its way by a
shell, it is the same task. Only remarks have them as they are.
"""

import re
from collections.abc import Iterator, Sequence
from html import escape
from subprocess import list2cmdline

from plantrack.i18n.words import Words
from plantrack.model.views.workspace import CronTime, Schedule
from plantrack.render.views.cron.posix import description, moment_of_week, name_of

#: The names of the days as the scheduler has them.
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
#: What means something to `cmd` outside quotes. A quote that is marked begins none for it, and one for the program.
_MEANT = re.compile(r'[()%!^"<>&|]')
_TASK = """\
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
<!--
{remarks}
-->
  <RegistrationInfo>
    <Description>{description}</Description>
  </RegistrationInfo>
  <Triggers>
    <CalendarTrigger>
      <StartBoundary>{begins}</StartBoundary>
      {recurs}
    </CalendarTrigger>
  </Triggers>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <StartWhenAvailable>true</StartWhenAvailable>
    <RunOnlyIfNetworkAvailable>{needs_network}</RunOnlyIfNetworkAvailable>
    <ExecutionTimeLimit>PT4H</ExecutionTimeLimit>
  </Settings>
  <Actions>
    <Exec>
      <Command>{command}</Command>
      <Arguments>{arguments}</Arguments>
      <WorkingDirectory>{folder}</WorkingDirectory>
    </Exec>
  </Actions>
</Task>
"""


#: How a task recurs.
_WEEKLY = """\
<ScheduleByWeek>
        <WeeksInterval>1</WeeksInterval>
        <DaysOfWeek><{day} /></DaysOfWeek>
      </ScheduleByWeek>"""
_DAILY = """\
<ScheduleByDay>
        <DaysInterval>1</DaysInterval>
      </ScheduleByDay>"""


def register(view: Schedule) -> str:
    """Return the command that registers a task."""
    return f"schtasks /Create /TN {name_of(view)} /XML {name_of(view)}.xml"


def task_page(view: Schedule, words: Words, *others: Schedule) -> str:
    """Return each task and how it is registered, under their headings."""
    parts = list[tuple[str, str]]()
    for one in (view, *others):
        parts.append((words("cron.for-windows"), task(one, words)))
        parts.append((words("cron.then-windows", file=f"{name_of(one)}.xml"), f"{register(one)}\n"))
    return "\n".join(f"# ===== {heading} =====\n{text}" for heading, text in parts)


def task(view: Schedule, words: Words) -> str:
    """Return the task: the hour is the machine's, for the scheduler knows no other."""
    command, arguments = _run(view)
    return _TASK.format(
        remarks="\n".join(_remarks(view, words)).replace("--", "- -"),
        description=_ascii(description(view, words)),
        begins=_begins(view.server),
        recurs=_recurs(view.server),
        needs_network=str(view.mails).lower(),
        command=_ascii(command),
        arguments=_ascii(arguments),
        folder=_ascii(view.root),
    )


def _remarks(view: Schedule, words: Words) -> Iterator[str]:
    at, server = (moment_of_week(clock, words) for clock in (view.at, view.server))
    yield words("cron.when-windows", what=words(f"cron.job.{view.job}"), at=at, server=server)
    if view.shifts:
        yield words("cron.shifts-windows")
    if view.to_fill_in:
        yield words("cron.fill-in-windows")
    for folder in view.missing:
        yield words("cron.no-folder", folder=folder)
    yield words("cron.register", file=f"{name_of(view)}.xml", command=register(view))


def _recurs(at: CronTime) -> str:
    return _DAILY if at.weekday is None else _WEEKLY.format(day=_DAYS[at.weekday])


def _begins(at: CronTime) -> str:
    """Return a moment of the past from which on the task is due: 1/1/2024 was a Monday."""
    return f"2024-01-{(at.weekday or 0) + 1:02}T{at.hour:02}:{at.minute:02}:00"


def _run(view: Schedule) -> tuple[str, str]:
    """Return a program and its arguments. Only a run that sends mail needs variables, which `cmd` sets before it."""
    if not view.mails:
        return view.command[0], list2cmdline(view.command[1:])
    return "cmd.exe", cmd_arguments(view.environment, view.command)


def cmd_arguments(environment: Sequence[tuple[str, str]], command: Sequence[str]) -> str:
    """Return what `cmd` is given to set variables and run a command: it takes one quote away at each end."""
    steps = [f"set {name}={_marked(value)}" for name, value in environment]
    steps.append(f'"{command[0]}" {_marked(list2cmdline(command[1:]))}')
    return f'/d /s /c "{"&&".join(steps)}"'


def _marked(text: str) -> str:
    return _MEANT.sub(r"^\g<0>", text)


def _ascii(text: str) -> str:
    return escape(text, quote=False).encode("ascii", "xmlcharrefreplace").decode()
