"""When the summary is made, as the Task Scheduler takes it: whatever is in a word, it reaches the program."""

import re
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.i18n.words import Words
from plantrack.model.views.workspace import CronTime
from plantrack.render.views.cron.windows import cmd_arguments, register, task, task_page
from tests.render.views.cron.test_posix import BACKUP, SCHEDULE
from tests.support.windows_line import argv, run_by_cmd

EN = Words("en")
FOLDER = r"D:\Kế hoạch 468 & năm 2024 (Hà Nội)"
ON_WINDOWS = SCHEDULE._replace(
    command=(
        r"C:\Program Files\plantrack\plantrack.exe",
        "-C",
        FOLDER,
        "weekly",
        "--output",
        "{period} <a>.md",
    ),
    root=FOLDER,
)
WORDS = st.lists(
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=12), min_size=1, max_size=4
)


def settings(text: str) -> dict[str, str]:
    """Return what each element of a task says."""
    return {e.tag.rpartition("}")[2]: e.text or "" for e in ET.fromstring(text).iter()}


def test_a_program_is_run_with_its_arguments_in_its_folder() -> None:
    own = settings(task(ON_WINDOWS, EN))
    assert own["Command"] == ON_WINDOWS.command[0]
    assert argv(own["Arguments"]) == list(ON_WINDOWS.command[1:])
    assert own["WorkingDirectory"] == FOLDER
    assert (own["StartWhenAvailable"], own["RunOnlyIfNetworkAvailable"]) == ("true", "false")


@given(WORDS)
def test_any_words_reach_the_program_as_they_are(words: list[str]) -> None:
    text = task(ON_WINDOWS._replace(command=("p", *words)), EN)
    assert argv(settings(text)["Arguments"]) == words


@given(WORDS, st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=12))
def test_any_words_and_values_reach_it_through_cmd(words: list[str], value: str) -> None:
    found, line = run_by_cmd(cmd_arguments([("A", value)], ["p", *words]))
    assert (found, argv(line)) == ({"A": value}, ["p", *words])


def test_mail_has_its_variables_and_waits_for_the_network() -> None:
    url = "smtps://boss%40h.vn@mail.example.org:465?from=kh@example.org&x=1"
    view = ON_WINDOWS._replace(
        mails=True, environment=(("PLANTRACK_SMTP_URL", url), ("PLANTRACK_USER", 'Hà "A"'))
    )
    own = settings(task(view, EN))
    assert own["Command"] == "cmd.exe"
    found, line = run_by_cmd(own["Arguments"])
    assert found == dict(view.environment)
    assert argv(line) == list(view.command)
    assert own["RunOnlyIfNetworkAvailable"] == "true"


@pytest.mark.parametrize("weekday", range(7))
def test_it_is_due_by_the_clock_of_the_machine(weekday: int) -> None:
    text = task(ON_WINDOWS._replace(server=CronTime(weekday, 23, 30, "SE Asia Standard Time")), EN)
    day = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")[weekday]
    assert f"<DaysOfWeek><{day} /></DaysOfWeek>" in text
    assert settings(text)["StartBoundary"] == f"2024-01-0{weekday + 1}T23:30:00"


def test_it_is_the_same_task_whatever_letters_a_machine_has() -> None:
    """Only remarks have letters beyond ASCII: read in another encoding, they alone differ."""
    text = task(ON_WINDOWS, Words("vi"))
    bare = re.sub("(?s)<!--.*?-->", "", text)
    assert bare.isascii()
    for encoding in ("cp1258", "utf-16"):
        read = (
            text.encode("utf-8").decode("latin-1")
            if encoding == "cp1258"
            else text.encode(encoding).decode(encoding)
        )
        assert settings(read)["WorkingDirectory"] == FOLDER
    assert settings(text)["Description"] == "plantrack: tổng hợp tuần, kh-2024"


def test_what_a_person_must_do_first_is_said_in_remarks() -> None:
    todo = ON_WINDOWS._replace(to_fill_in=True, missing=("D:\\a--b",), shifts=True)
    (remarks,) = re.findall("(?s)<!--(.*?)-->", task(todo, EN))
    assert "--" not in remarks
    for part in (
        "The folder D:\\a- -b is not there",
        "PLANTRACK_…",
        "changed with the seasons",
        register(todo),
    ):
        assert part in remarks
    assert "PLANTRACK_…" not in task(ON_WINDOWS, EN)


def test_the_page_has_the_task_and_how_it_is_registered() -> None:
    assert task(ON_WINDOWS, EN) in task_page(ON_WINDOWS, EN)
    assert task_page(ON_WINDOWS, EN).endswith(f"\n{register(ON_WINDOWS)}\n")


def test_what_is_done_each_day_is_a_task_of_its_own() -> None:
    own = settings(task(BACKUP, EN))
    assert (own["DaysInterval"], own["StartBoundary"]) == ("1", "2024-01-01T18:00:00")
    assert task(BACKUP, EN) in task_page(ON_WINDOWS, EN, BACKUP)
    assert register(BACKUP) == "schtasks /Create /TN plantrack-backup /XML plantrack-backup.xml"
