"""What makes the weekly summary run by itself: each line is read by the program it is for, and does what it says."""

import os
import re
import shlex
import shutil
import subprocess
import sys
import time
from pathlib import Path
from xml.etree import ElementTree

import pytest

from plantrack.cli.app import main
from plantrack.services.verbs import cron as service
from tests.conftest import Ended, Run
from tests.support.crontab import as_cron_runs_it
from tests.support.terminal import on_terminal
from tests.support.windows_line import argv, run_by_cmd

needs_systemd = pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd-analyze here")
needs_cron = pytest.mark.skipif(not shutil.which("crontab"), reason="no crontab here")
NASTY = 'kế hoạch "100%" o\'s $HOME \\n \\% \\\\x\\'


@pytest.fixture(autouse=True)
def server(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server in UTC, with no settings of mail."""
    set_to("UTC", monkeypatch)
    for name in (
        "PLANTRACK_SMTP_URL",
        "PLANTRACK_MAIL_FROM",
        "PLANTRACK_SMTP_PASSWORD_FILE",
        "SSL_CERT_FILE",
    ):
        monkeypatch.delenv(name, raising=False)


def set_to(zone: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "LOCALTIME", Path("/usr/share/zoneinfo") / zone)


@pytest.fixture
def nasty(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The workspace in a folder whose name has all that is special to somebody."""
    if os.name == "nt":
        pytest.skip("Windows has no such names")
    folder = workspace.rename(workspace.with_name(NASTY))
    monkeypatch.chdir(folder)
    return folder


def lines(run: Run, *args: str) -> list[str]:
    ended = run("cron", *args)
    assert ended.code == 0
    assert ended.err == ""
    return ended.out.splitlines()


def job(printed: list[str], of: str = "weekly") -> str:
    """Return the line that is no comment and sets nothing, and runs one of the two things that are done."""
    (found,) = (line for line in printed if re.match(r"[0-9]+ [0-9]+ \* \*", line) and f" {of} " in line)
    return found


# When.


@pytest.mark.parametrize(
    ("zone", "args", "expected"),
    [
        ("UTC", (), "0 23 * * 0"),
        ("UTC", ("--hour", "7"), "0 0 * * 1"),
        ("UTC", ("--day", "chu-nhat", "--hour", "23"), "0 16 * * 0"),
        ("Asia/Ho_Chi_Minh", ("--day", "thứ ba", "--hour", "18"), "0 18 * * 2"),
        ("Asia/Kolkata", (), "30 4 * * 1"),
        ("Pacific/Auckland", ("--day", "sun", "--hour", "23"), "0 4 * * 1"),
    ],
)
def test_the_hour_is_the_servers(
    zone: str, args: tuple[str, ...], expected: str, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_to(zone, monkeypatch)
    printed = lines(run, "--format", "crontab", *args)
    assert job(printed).startswith(expected + " ")
    assert any(zone in line for line in printed)


@pytest.mark.parametrize(("zone", "shifts"), [("UTC", False), ("Asia/Tokyo", False), ("Europe/Berlin", True)])
def test_a_clock_that_is_changed_twice_a_year_is_said(
    zone: str, shifts: bool, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_to(zone, monkeypatch)
    assert any("seasons" in line for line in lines(run, "--lang", "en", "--format", "crontab")) == shifts


def test_a_server_without_a_time_zone_runs_in_utc(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    set_to("none/such", monkeypatch)
    assert job(lines(run, "--format", "crontab")).startswith("0 23 * * 0 ")


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (("--hour", "24"), "bad-number"),
        (("--hour", "six"), "bad-number"),
        (("--day", "someday"), "unknown-weekday"),
        (("--day", "18/7"), "unknown-weekday"),
        (("--format", "json"), "unknown-format"),
        (("--output", "x.pdf"), "unknown-ending"),
        (("--output", "{period}.docx"), "unknown-format"),
        (("--output", "{period}.txt"), "no-period"),
        (("--writes", "x.pdf"), "unknown-ending"),
        (("--writes", "x"), "unknown-ending"),
        (("--writes", "x.service"), "unknown-format"),
        (("--writes", ""), "option-needs-value"),
        (("--writes", "--quiet"), "option-swallowed"),
        (("--mail-to", "a@example.org", "--attach", "pdf"), "unknown-format"),
        (("--attach", "docx", "--writes", "x.md"), "mail-option-alone"),
        (("--mail-to", "x"), "mail-address"),
        (("--attach", "docx"), "mail-option-alone"),
        (("--writes", "a\nb.md"), "path-with-break"),
    ],
)
def test_what_was_typed_wrongly(args: tuple[str, ...], code: str, run: Run) -> None:
    ended = run("cron", *args, "--lang", "en")
    assert ended.code == 2
    assert f"[{code}]" in ended.err
    assert ended.out == "" or "--format" in args


def test_the_answer_goes_where_output_says_and_the_run_writes_its_own_file(run: Run, workspace: Path) -> None:
    printed = run("cron", "--format", "service", "--writes", "{period}.html").out
    ended = run("cron", "--output", "weekly.service", "--writes", "{period}.html")
    assert (ended.code, ended.out) == (0, "")
    assert (workspace / "weekly.service").read_text("utf-8") == printed
    assert '"--output" "{period}.html"' in printed.replace("%%", "%")
    assert run("cron", "--format", "crontab", "--output", "tab").code == 0
    assert (workspace / "tab").read_text("utf-8") == run("cron", "--format", "crontab").out
    assert run("cron", "--output", "all.txt").code == 0
    assert (workspace / "all.txt").read_text("utf-8") == run("cron").out


def test_a_run_that_lacks_a_library_is_refused_as_the_run_would_be(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [n for n in sys.modules if n.startswith("plantrack.render.formats.docx")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "docx", None)
    for args in (("--writes", "{period}.docx"), ("--mail-to", "a@example.org", "--attach", "docx")):
        ended = run("cron", *args)
        assert (ended.code, ended.out) == (5, "")
        assert "[extra-missing]" in ended.err


# cron


@needs_cron
@pytest.mark.parametrize("args", [(), ("--mail-to", "Nguyễn A <a@example.org>", "--attach", "docx,xlsx")])
def test_crontab_takes_the_lines(args: tuple[str, ...], run: Run, nasty: Path, tmp_path: Path) -> None:
    file = tmp_path / "tab"
    file.write_text("\n".join(lines(run, "--format", "crontab", *args)) + "\n", encoding="utf-8")
    checked = subprocess.run(["crontab", "-n", str(file)], check=False, capture_output=True, text=True)
    if "usage" in checked.stderr:
        pytest.skip("this crontab cannot check a file")
    assert checked.returncode == 0, checked.stderr


def test_the_line_makes_the_summary_in_an_empty_environment(run: Run, nasty: Path) -> None:
    words = as_cron_runs_it(job(lines(run, "--format", "crontab", "--writes", "báo cáo 5%-{period}.md")))
    assert words[:3] == [sys.executable, "-m", "plantrack"]
    done = subprocess.run(
        words, env={}, cwd="/", stdin=subprocess.DEVNULL, check=False, capture_output=True, text=True
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    (made,) = nasty.glob("báo cáo 5%-*.md")
    assert made.read_text("utf-8").startswith("# Tổng hợp tiến độ tuần")


def test_a_line_that_cron_would_cut_is_not_printed(run: Run) -> None:
    many = ",".join(f"nguoi-nhan-{n}@example.org" for n in range(60))
    printed = lines(run, "--format", "crontab", "--mail-to", many, "--lang", "en")
    assert not any("--mail-to" in line for line in printed)
    assert "systemd" in printed[0]
    assert job(printed, "backup")


# systemd


def units(run: Run, folder: Path, *args: str) -> Path:
    """Write both units; give the service."""
    for kind in ("service", "timer"):
        file = folder / f"plantrack-weekly.{kind}"
        file.write_text(run("cron", "--format", kind, *args).out, encoding="utf-8")
    return folder / "plantrack-weekly.service"


@needs_systemd
@pytest.mark.parametrize(
    "args", [(), ("--mail-to", 'Nguyễn "A" 5% $HOME <a@example.org>', "--attach", "docx")]
)
def test_systemd_takes_the_units_and_reads_in_them_what_was_meant(
    args: tuple[str, ...], run: Run, nasty: Path, tmp_path: Path
) -> None:
    file = units(run, tmp_path, *args)
    both = [str(file), str(file.with_suffix(".timer"))]
    checked = subprocess.run(
        ["systemd-analyze", "--man=no", "verify", *both], check=False, capture_output=True, text=True
    )
    assert (checked.returncode, checked.stderr) == (0, "")
    read = subprocess.run(
        ["systemd-analyze", "--man=no", "verify", str(file)],
        check=False, capture_output=True, text=True, encoding="utf-8", env={"SYSTEMD_LOG_LEVEL": "debug", "PATH": "/usr/bin:/bin"},
    )  # fmt: skip
    if "WorkingDirectory" not in read.stdout:
        pytest.skip("this systemd-analyze does not say what it read")
    told = [line.strip() for line in read.stdout.splitlines()]
    assert f"WorkingDirectory: {nasty}".rstrip("/") in [line.rstrip("/") for line in told]
    assert f"ReadWritePaths: {nasty}" in told
    assert "Environment: PYTHONUTF8=1" in told
    (command,) = (line.partition(": ")[2] for line in told if line.startswith("Command Line: "))
    words = shlex.split(command.replace("\\$\\$", "$"))  # it makes one of two when it runs the command
    assert words[3:5] == ["-C", str(nasty)]
    assert not args or args[1] in words


@needs_systemd
def test_the_timer_goes_by_the_plans_clock(run: Run) -> None:
    (when,) = (line for line in lines(run, "--format", "timer") if line.startswith("OnCalendar="))
    read = subprocess.run(
        ["systemd-analyze", "calendar", "--base-time=2024-07-20 00:00:00 UTC", when.partition("=")[2]],
        check=True, capture_output=True, text=True, env={"TZ": "UTC", "PATH": "/usr/bin:/bin"},
    )  # fmt: skip
    assert "Sun 2024-07-21 23:00:00 UTC" in read.stdout
    assert "Persistent=true" in lines(run, "--format", "timer")


def test_the_service_may_write_where_it_has_to(run: Run, workspace: Path, tmp_path: Path) -> None:
    printed = lines(run, "--format", "service", "--writes", str(tmp_path / "out" / "{period}.html"))
    assert f'ReadWritePaths="{workspace}" "{tmp_path / "out"}"' in printed
    missing = f"# Chưa có thư mục {tmp_path / 'out'}: tạo thư mục trước lần chạy đầu tiên."
    assert missing in printed
    (tmp_path / "out").mkdir()
    assert missing not in lines(run, "--format", "service", "--writes", str(tmp_path / "out" / "x.html"))
    assert "ProtectSystem=strict" in printed


# Windows


def task_of(run: Run, *args: str) -> dict[str, str]:
    text = "\n".join(lines(run, "--format", "schtasks", *args))
    return {e.tag.rpartition("}")[2]: e.text or "" for e in ElementTree.fromstring(text).iter()}


def test_the_task_makes_the_summary_in_an_empty_environment(run: Run, nasty: Path) -> None:
    task = task_of(run, "--writes", "báo cáo 5%-{period}.md", "--day", "sun", "--hour", "23")
    assert task["StartBoundary"] == "2024-01-07T16:00:00", "the server's clock shows UTC"
    words = [task["Command"], *argv(task["Arguments"])]
    assert words[:3] == [sys.executable, "-m", "plantrack"]
    done = subprocess.run(
        words,
        env={},
        cwd=task["WorkingDirectory"],
        stdin=subprocess.DEVNULL,
        check=False,
        capture_output=True,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    (made,) = nasty.glob("báo cáo 5%-*.md")
    assert made.read_text("utf-8").startswith("# Tổng hợp tiến độ tuần")


def test_the_task_has_what_mail_needs_and_no_password(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(
        "PLANTRACK_SMTP_URL", "smtps://boss%40h.vn:Hoa-sen1@mail.example.org?from=kh@example.org"
    )
    task = task_of(run, "--mail-to", 'Nguyễn "A" & B <a@example.org>')
    variables, line = run_by_cmd(task["Arguments"])
    assert variables["PLANTRACK_SMTP_URL"] == "smtps://boss%40h.vn@mail.example.org:465?from=kh@example.org"
    assert argv(line)[-3:] == ["--mail-to", 'Nguyễn "A" & B <a@example.org>', "--catch-up"]
    assert "Hoa-sen" not in task["Arguments"]


def test_on_windows_the_machine_s_own_clock_counts_and_the_page_has_its_task(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "WINDOWS", True)
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    try:
        assert task_of(run)["StartBoundary"] == "2024-01-01T08:00:00"
    finally:
        monkeypatch.undo()
        time.tzset()


def test_the_task_goes_into_a_file_of_its_ending(run: Run, workspace: Path) -> None:
    printed = run("cron", "--format", "schtasks").out
    assert run("cron", "--output", "plantrack-weekly.xml").code == 0
    assert (workspace / "plantrack-weekly.xml").read_bytes() == printed.encode()


# Mail, and what is not printed.


def test_the_password_is_never_printed(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(
        "PLANTRACK_SMTP_URL", "smtps://boss%40h.vn:Hoa-sen1@mail.example.org?from=kh@example.org"
    )
    monkeypatch.setenv("PLANTRACK_SMTP_PASSWORD", "Hoa-sen2")
    ended = run("cron", "--mail-to", "a@example.org")
    assert "Hoa-sen" not in ended.out
    assert "smtps://boss%40h.vn@mail.example.org:465?from=kh@example.org" in ended.out
    assert (
        "PLANTRACK_MAIL_FROM" not in ended.out
    )  # it would be used in place of the one that the address names
    assert "PLANTRACK_SMTP_PASSWORD_FILE=" in ended.out
    assert "smtps://boss%%40h.vn@" in ended.out  # as systemd wants it


def test_nothing_is_to_be_filled_in_where_all_is_known(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLANTRACK_SMTP_URL", "smtp://127.0.0.1?from=kh@example.org")
    known = run("cron", "--mail-to", "a@example.org", "--format", "crontab").out
    monkeypatch.setenv("PLANTRACK_SMTP_URL", "smtp://127.0.0.1")
    lacking = run("cron", "--mail-to", "a@example.org", "--format", "crontab").out
    assert known.count("#") == 4
    assert lacking.count("#") == 6
    assert "PLANTRACK_MAIL_FROM=" in lacking


def test_the_whole_page_has_all_parts(run: Run) -> None:
    page = "\n".join(lines(run, "--mail-to", "a@example.org"))
    for kind in ("crontab", "service", "timer"):
        assert "\n".join(lines(run, "--mail-to", "a@example.org", "--format", kind)) in page
    assert "--catch-up" in page


def test_nothing_changes(run: Run, workspace: Path) -> None:
    before = {f: f.read_bytes() for f in workspace.rglob("*") if f.is_file()}
    run("cron")
    assert {f: f.read_bytes() for f in workspace.rglob("*") if f.is_file()} == before


def test_a_folder_without_a_database_has_nothing_to_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["-C", str(tmp_path), "cron"]) == 3


# A run with nobody there.


def test_a_quiet_run_into_a_file_prints_nothing(run: Run, workspace: Path) -> None:
    assert run("weekly", "--quiet", "--output", "{period}.md") == Ended(0, "", "")


def test_a_file_that_cannot_be_written_stays_as_it_was(run: Run, workspace: Path) -> None:
    (workspace / "x.md").mkdir()
    ended = run("weekly", "--quiet", "--output", "x.md")
    assert ended.code == 7
    assert [f.name for f in workspace.iterdir() if f.name.startswith(".x")] == []


# Backups.


def test_a_line_makes_a_backup_each_night(run: Run, nasty: Path) -> None:
    line = job(lines(run, "--format", "crontab"), "backup")
    assert line.startswith("0 18 * * * ")
    command = as_cron_runs_it(line.removesuffix(" >/dev/null"))
    for _ in range(2):
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd="/", env={"PATH": ""})
        assert (done.returncode, done.stderr) == (0, "")
    assert len(list((nasty / "backups").iterdir())) == 2


def test_alone_it_has_its_hour_and_nothing_of_the_weekly_summary(run: Run) -> None:
    printed = lines(run, "--format", "crontab", "--backup", "--hour", "22")
    assert job(printed, "backup").startswith("0 15 * * * ")
    assert not any("weekly" in line for line in printed)
    for option in ("--day", "--mail-to", "--attach", "--writes"):
        ended = run("cron", "--backup", option, "x")
        assert (ended.code, "[options-exclude]" in ended.err) == (2, True)


def test_a_terminal_shows_what_a_pipe_gets(workspace: Path) -> None:
    assert "db backup --keep 14" in on_terminal(workspace, "cron", "--no-pager")


@needs_systemd
def test_systemd_takes_both_files_of_a_backup(run: Run, nasty: Path, tmp_path: Path) -> None:
    files = [tmp_path / f"plantrack-backup.{kind}" for kind in ("service", "timer")]
    for file in files:
        assert run("cron", "--backup", "--output", str(file)).code == 0
    done = subprocess.run(
        ["systemd-analyze", "--man=no", "verify", *map(str, files)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
