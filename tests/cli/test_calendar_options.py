"""Calendars of things to do, with alarms; of tasks and of the milestones of the plan."""

from pathlib import Path

import icalendar
import pytest

from plantrack.cli.calendar_options import made_so
from plantrack.errors import Failure
from plantrack.render.layout.calendar import Calendar
from tests.conftest import Hands, Run
from tests.support.steps import PLAN_FILE, with_activity_lines


def components(run: Run, *args: str) -> list[icalendar.Component]:
    ended = run("list", *args, "--format", "ics")
    assert ended.code == 0, ended.err
    return [*icalendar.Calendar.from_ical(ended.out).subcomponents]


def test_tasks_are_things_to_do_with_an_alarm(workspace: Path, run: Run, clock: Hands) -> None:
    clock.set("2024-07-01")
    for title in ("Một", "Hai"):
        run("add", title, "--area", "3", "--due", "2024-07-30")
    run("update", "1", "-p", "40")
    run("done", "2")
    one, two = components(run, "--all", "--todo", "--alarm", "1d")
    assert (one.name, one["STATUS"], one["PERCENT-COMPLETE"]) == ("VTODO", "IN-PROCESS", 40)
    assert (two["STATUS"], two["PERCENT-COMPLETE"]) == ("COMPLETED", 100)
    assert one["DUE"].to_ical() == b"20240730"
    assert [(a["TRIGGER"].to_ical(), a["TRIGGER"].params["RELATED"]) for a in one.subcomponents] == [
        (b"-P1D", "END")
    ]
    assert two.subcomponents == []
    (event,) = components(run, "--alarm", "12h")
    assert (event.name, event["STATUS"]) == ("VEVENT", "CONFIRMED")
    assert [a["TRIGGER"].to_ical() for a in event.subcomponents] == [b"-PT12H"]


def test_milestones_are_known_again(workspace: Path, run: Run) -> None:
    old, new = with_activity_lines("ND3.1", "milestones:", '  - {due: "2024-07-18", title: "Chốt"}')
    file = workspace / PLAN_FILE
    file.write_text(file.read_text("utf-8").replace(old, new, 1), "utf-8")
    assert run("plan", "apply").code == 0
    (first,) = components(run, "--milestones")
    file.write_text(file.read_text("utf-8").replace('due: "2024-07-18"', 'due: "2024-07-19"', 1), "utf-8")
    assert run("plan", "apply").code == 0
    (second,) = components(run, "--milestones")
    assert first["UID"] == second["UID"]
    assert (first["DTSTART"].to_ical(), second["DTSTART"].to_ical()) == (b"20240718", b"20240719")
    assert "Chốt" in run("list", "--milestones").out


@pytest.mark.parametrize("option", [["--todo"], ["--alarm", "1d"]])
def test_other_forms_have_no_such_options(option: list[str], workspace: Path, run: Run) -> None:
    ended = run("list", *option)
    assert (ended.code, ended.out) == (2, "")
    assert "[calendar-option]" in ended.err


@pytest.mark.parametrize("alarm", ["", "1", "d", "-1d", "1x", "1000d", "1 d", "１d"])
def test_an_alarm_is_a_number_and_a_letter(alarm: str) -> None:
    with pytest.raises(Failure) as caught:
        made_so(Calendar("x", ()), todo=False, alarm=alarm)
    assert caught.value.code == "bad-alarm"
