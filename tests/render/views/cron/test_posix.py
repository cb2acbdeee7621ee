"""When the summary is made, as cron and as systemd take it: whatever is in a word, it reaches the program."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.i18n.words import Words
from plantrack.model.views.workspace import CronTime, Schedule
from plantrack.render.views.cron.posix import cron_command, crontab, page, service, timer
from tests.support.crontab import as_cron_runs_it


@given(
    st.lists(
        st.text(st.characters(codec="utf-8", exclude_characters="\n\r\x00"), max_size=12),
        min_size=1,
        max_size=3,
    )
)
def test_any_words_reach_the_program_as_they_are(words: list[str]) -> None:
    assert as_cron_runs_it("0 6 * * 1 " + cron_command(tuple(words))) == words


VI, EN = Words("vi"), Words("en")
SCHEDULE = Schedule(
    job="weekly",
    plan="kh-2024",
    at=CronTime(0, 6, 0, "Asia/Ho_Chi_Minh"),
    server=CronTime(6, 23, 0, "UTC"),
    shifts=False,
    command=("/usr/bin/plantrack", "weekly", "100% $HOME"),
    environment=(("PLANTRACK_DB", "/srv/w/plantrack.db"),),
    to_fill_in=False,
    mails=False,
    root="/srv/w",
    writes=("/srv/w", "/srv/báo cáo"),
    missing=(),
    user="plantrack",
)


def settings(text: str) -> dict[str, str]:
    """Return the settings of a unit by name."""
    return dict(line.split("=", 1) for line in text.split("\n") if "=" in line and not line.startswith("#"))


def remarks(text: str) -> str:
    return "\n".join(line for line in text.split("\n") if line.startswith("#"))


@pytest.mark.parametrize("weekday", range(7))
def test_cron_counts_days_from_sunday_and_goes_by_the_servers_clock(weekday: int) -> None:
    view = SCHEDULE._replace(server=CronTime(weekday, 4, 30, "Asia/Kolkata"))
    line = crontab(view, EN).rstrip().split("\n")[-1]
    assert line.split()[:5] == ["30", "4", "*", "*", str((weekday + 1) % 7)]
    assert as_cron_runs_it(line) == list(view.command)


@given(st.tuples(st.integers(0, 6), st.integers(0, 23), st.integers(0, 59)))
def test_the_timer_goes_by_the_plans_clock(moment: tuple[int, int, int]) -> None:
    weekday, hour, minute = moment
    at = CronTime(*moment, "Asia/Ho_Chi_Minh")
    when = settings(timer(SCHEDULE._replace(at=at), VI))["OnCalendar"]
    day = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")[weekday]
    assert when == f"{day} *-*-* {hour:02}:{minute:02}:00 Asia/Ho_Chi_Minh"


@given(st.lists(st.text('ab "\\%$é', min_size=1, max_size=8), min_size=1, max_size=3))
def test_systemd_takes_away_the_marks_that_were_put_on_any_words(words: list[str]) -> None:
    written = settings(service(SCHEDULE._replace(command=tuple(words)), EN))["ExecStart"]
    quoted = re.findall(r'"((?:[^"\\]|\\.)*)"', written)
    read = [re.sub(r"\\(.)", r"\1", word).replace("%%", "%").replace("$$", "$") for word in quoted]
    assert read == words


def test_the_service_writes_where_it_has_to_as_who_owns_the_database() -> None:
    own = settings(service(SCHEDULE, EN))
    assert own["ReadWritePaths"] == '"/srv/w" "/srv/báo cáo"'
    assert (own["User"], own["WorkingDirectory"]) == ("plantrack", "/srv/w/")
    assert own["ProtectSystem"] == "strict"
    assert "Restart" not in own
    assert own["PrivateTmp"] == "yes"
    assert "PrivateTmp" not in settings(service(SCHEDULE._replace(writes=("/tmp/w",)), EN))


def test_mail_is_tried_again_and_waits_for_the_network() -> None:
    text = service(SCHEDULE._replace(mails=True), EN)
    own = settings(text)
    assert own["After"] == "network-online.target"
    assert own["Restart"] == "on-failure"
    assert "After" not in settings(service(SCHEDULE, EN))


def test_what_a_person_must_do_first_is_said_in_remarks() -> None:
    todo = SCHEDULE._replace(to_fill_in=True, missing=("/srv/x",), shifts=True)
    for text in (crontab(todo, EN), service(todo, EN)):
        assert "The folder /srv/x is not there" in remarks(text)
        assert "chmod 600" in remarks(text)
    assert EN("cron.shifts").split("\n")[0] in remarks(crontab(todo, EN))
    assert "chmod" not in crontab(SCHEDULE, EN)


def test_a_line_longer_than_cron_reads_is_not_printed() -> None:
    long = SCHEDULE._replace(command=("x" * 985,))
    text = crontab(long, EN)
    assert "x" * 985 not in text
    assert EN("cron.too-long") in remarks(text).replace("# ", "")


def test_the_page_has_all_files_under_their_headings() -> None:
    text = page(SCHEDULE, VI)
    assert text.count("# =====") == 4
    for part in (crontab(SCHEDULE, VI), service(SCHEDULE, VI), timer(SCHEDULE, VI)):
        assert part in text


BACKUP = SCHEDULE._replace(
    job="backup",
    at=CronTime(None, 1, 0, "Asia/Ho_Chi_Minh"),
    server=CronTime(None, 18, 0, "UTC"),
    command=("/usr/bin/plantrack", "db", "backup", "--keep", "14"),
)


def test_what_is_done_each_day_has_its_own_line_under_the_same_variables() -> None:
    both = crontab(SCHEDULE, EN, BACKUP).rstrip().split("\n")
    assert both[-1] == "0 18 * * * /usr/bin/plantrack db backup --keep 14 >/dev/null"
    alone = crontab(SCHEDULE, EN).rstrip().split("\n")
    assert both[: len(alone)] == alone
    assert "Backup: every day, 01:00 (Asia/Ho_Chi_Minh)." in remarks("\n".join(both[len(alone) :]))
    assert settings(timer(BACKUP, VI))["OnCalendar"] == "*-*-* 01:00:00 Asia/Ho_Chi_Minh"


def test_a_line_that_is_too_long_leaves_the_other() -> None:
    long = SCHEDULE._replace(command=("x" * 985,))
    text = crontab(long, EN, BACKUP)
    assert "x" * 985 not in text
    assert crontab(BACKUP, EN).split("\n")[-2] in text
    assert "PLANTRACK_DB=" in text


def test_the_page_has_the_files_of_both() -> None:
    text = page(SCHEDULE, VI, BACKUP)
    assert text.count("# =====") == 6
    for part in (crontab(SCHEDULE, VI, BACKUP), service(BACKUP, VI), timer(BACKUP, VI)):
        assert part in text
    assert text.endswith("enable --now plantrack-weekly.timer plantrack-backup.timer\n")
