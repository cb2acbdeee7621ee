"""Reports sent by mail, from the command to the box: each period to each address once, whatever happens on the way."""

import contextlib
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from plantrack.deliver.mail import smtp
from plantrack.i18n.words import Words
from plantrack.store.sqlite.connection import SQLite, connect
from tests.conftest import Ended, Hands, Run
from tests.support.mail_server import Mail
from tests.support.next_plan import next_plan
from tests.support.posting import WEEK, A, B, C, rows, to
from tests.support.steps import OpenContext

EN, VI = (Words(language).period("2024-W29") for language in ("en", "vi"))


# What is sent.


@pytest.mark.no_cover
def test_a_summary_is_sent_to_each_alone(run: Run, mail: Mail, clock: Hands) -> None:
    clock.set("2024-07-08")
    run("add", "Họp giao ban", "--area", "3", "--due", "10/7/2024")
    clock.set("2024-08-01")
    ended = run(*WEEK, "--mail-to", f"Nguyễn Văn A <{A}>, {B}", "--attach", "docx,xlsx", "--lang", "vi")
    assert (ended.code, ended.out) == (0, "")
    assert ended.err == f"Đã gửi: {VI} tới {A}, {B}.\n"
    assert mail.handler.boxes() == [A, B]
    message = mail.handler.messages()[0]
    assert [str(a) for a in message["To"].addresses] == [f"Nguyễn Văn A <{A}>"]
    assert message["From"].addresses[0].display_name == "Tổng hợp"
    assert "Tổng hợp tiến độ tuần từ 15/07/2024 đến 21/07/2024 (tuần 29)" in message["Subject"]
    assert "468/KH-HLHPNVN-UBDT" in message["Subject"]
    assert message["Date"].startswith("Thu, 01 Aug 2024 09:00:00 +0700")
    text, html = message.get_body(("plain",)), message.get_body(("html",))
    assert text is not None
    assert html is not None
    printed = run(*WEEK, "--format", "plain").out
    assert text.get_content().replace("\r\n", "\n") == printed
    assert "Họp giao ban" in html.get_content()
    assert "var(" not in html.get_content(), "Gmail and Outlook know no variables"
    assert [f.get_filename() for f in message.iter_attachments()] == [
        "weekly-2024-W29.docx",
        "weekly-2024-W29.xlsx",
    ]


@pytest.mark.no_cover
def test_attachments_are_the_files_that_the_command_writes(run: Run, mail: Mail, tmp_path: Path) -> None:
    run(*WEEK, *to(A), "--attach", "docx", "--attach", "xlsx")
    for file in mail.handler.messages()[0].iter_attachments():
        written = tmp_path / str(file.get_filename())
        assert run(*WEEK, "--output", str(written)).code == 0
        assert file.get_content() == written.read_bytes()


def test_what_is_sent_is_kept_and_can_only_be_added_to(
    run: Run, mail: Mail, workspace: Path, db: SQLite
) -> None:
    run(*WEEK, *to(A))
    ((plan, kind, as_of, whole, at, digest, name, reply, author),) = rows(
        workspace, "plan, kind, as_of, whole, recorded_at, sha256, message_id, reply, author"
    )
    assert (plan, kind, as_of, whole) == ("kh-468-2024", "weekly", "2024-07-21", 1)
    assert (at, reply, author) == ("2024-08-01T02:00:00.000Z", "250 2.0.0 queued as Đơn-1", "Người thử")
    assert (len(digest), name) == (64, mail.handler.messages()[0]["Message-ID"])
    for sql in ("UPDATE delivery SET accepted = 0", "DELETE FROM delivery"):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            db.driver.execute(sql)


def test_made_up_data_says_so_in_the_subject(run: Run, mail: Mail, workspace: Path) -> None:
    with contextlib.closing(sqlite3.connect(workspace / "plantrack.db")) as driver:
        driver.execute("INSERT INTO meta VALUES ('example', '1', printf('%064d', 0))")
        driver.commit()
    run(*WEEK, *to(A), "--lang", "en")
    assert mail.handler.messages()[0]["Subject"].startswith("[Example data] ")


def test_mail_and_a_file_at_once(run: Run, mail: Mail, workspace: Path) -> None:
    ended = run(*WEEK, *to(A), "--output", "{period}.md", "--quiet")
    assert ended == Ended(0, "", "")
    assert (workspace / "2024-W29.md").read_text("utf-8").startswith("# Tổng hợp")
    assert mail.handler.boxes() == [A]


# Once, again, and what was missed.


def test_a_second_run_sends_nothing_and_says_so(run: Run, mail: Mail) -> None:
    run(*WEEK, *to(A, B))
    ended = run(*WEEK, *to(B, A, C), "--lang", "en")
    assert ended.code == 0
    assert ended.err == (
        f"Sent {EN} to {C}.\nSent before, not sent again: {EN} to {B}, {A}. To send it again, add --resend.\n"
    )
    assert mail.handler.boxes() == [A, B, C]
    assert run(*WEEK, *to(A, B, C), "--quiet") == Ended(0, "", "")


def test_an_address_is_the_same_however_its_domain_is_written(run: Run, mail: Mail) -> None:
    run(*WEEK, *to("A <a@EXAMPLE.org>", A))
    run(*WEEK, *to("a@Example.Org"))
    assert mail.handler.boxes() == [A]


def test_resend_sends_again_under_a_name_of_its_own_and_is_kept(
    run: Run, mail: Mail, workspace: Path
) -> None:
    run(*WEEK, *to(A))
    assert run(*WEEK, *to(A), "--resend").code == 0
    first, second = mail.handler.messages()
    assert first["Message-ID"] != second["Message-ID"]
    assert rows(workspace) == [(A, "2024-W29", 1)] * 2


def test_another_filter_is_another_report(run: Run, mail: Mail) -> None:
    run(*WEEK, *to(A))
    run(*WEEK, "area:ND3", *to(A))
    run(*WEEK, "area:3", *to(A))
    assert len(mail.handler.taken) == 2


def test_a_week_that_still_runs_does_not_stand_for_the_whole(run: Run, mail: Mail, clock: Hands) -> None:
    for day in ("2024-07-18", "2024-07-18", "2024-07-19", "2024-07-22"):
        clock.set(day)
        assert run("weekly", "--week", "2024-W29", *to(A)).code == 0
    assert len(mail.handler.taken) == 3


def test_on_its_last_day_a_week_still_runs(run: Run, mail: Mail, clock: Hands) -> None:
    """What is said on that day after the message went out would reach nobody."""
    for day in ("2024-07-21", "2024-07-21", "2024-07-22", "2024-07-23"):
        clock.set(day)
        assert run("weekly", "--week", "2024-W29", *to(A)).code == 0
    first, second = mail.handler.messages()
    assert first["Message-ID"] != second["Message-ID"]


@pytest.mark.no_cover
def test_catching_up_sends_what_was_missed_oldest_first(run: Run, mail: Mail, clock: Hands) -> None:
    clock.set("2024-07-01")
    run("weekly", *to(A))  # week 26
    clock.set("2024-07-29")
    ended = run("weekly", *to(A, B), "--catch-up", "--lang", "en")
    weeks = [Words("en").period(f"2024-W{n}") for n in range(27, 31)]
    assert ended.err == (
        f"Sent {weeks[0]} to {A}; {weeks[1]} to {A}; {weeks[2]} to {A}; {weeks[3]} to {A}, {B}.\n"
    )
    assert run("weekly", *to(A, B), "--catch-up", "--quiet") == Ended(0, "", "")
    assert len(mail.handler.taken) == 6


@pytest.mark.no_cover
def test_catching_up_goes_back_eight_weeks_at_most_and_not_before_the_plan(
    run: Run, mail: Mail, clock: Hands, workspace: Path
) -> None:
    clock.set("2024-04-01")
    run("weekly", "--week", "2024-W01", *to(A, B))
    run("weekly", *to(A))  # week 13
    clock.set("2024-12-02")
    run("weekly", *to(A), "--catch-up")
    assert [p for a, p, _ in rows(workspace) if a == A][2:] == [f"2024-W{n}" for n in range(40, 49)]
    run("weekly", "--week", "2024-W02", *to(B), "--catch-up")
    assert [p for a, p, _ in rows(workspace) if a == B] == ["2024-W01", "2024-W02"]


def test_catching_up_knows_what_failed_before_anything_was_ever_sent(
    run: Run, mail: Mail, clock: Hands
) -> None:
    mail.handler.ways = {"a": "later"}
    for day in ("2024-07-15", "2024-07-16"):
        clock.set(day)
        assert run("weekly", *to(A)).code == 7
    mail.handler.ways = {}
    clock.set("2024-07-22")
    run("weekly", *to(A), "--catch-up")
    assert len(mail.handler.taken) == 2


@pytest.mark.no_cover
def test_catching_up_goes_back_over_new_year_to_the_plan_of_then(
    run: Run, mail: Mail, clock: Hands, context_on: OpenContext, workspace: Path
) -> None:
    next_plan(context_on, workspace, 2025)
    for day in ("2024-12-23", "2024-12-30"):  # weeks 51 and 52
        mail.handler.ways = {"a": "later"} if day == "2024-12-30" else {}
        clock.set(day)
        run("weekly", *to(A))
    mail.handler.ways = {}
    clock.set("2025-01-13")
    assert run("weekly", *to(A), "--catch-up").code == 0
    sent = [str(m["Subject"]) for m in mail.handler.messages()]
    assert ["468/KH-HLHPNVN-UBDT" in subject for subject in sent] == [True, True, False, False]
    assert ["2025/KH-VIDU" in subject for subject in sent] == [False, False, True, True]
    accepted = [period for _, period, taken in rows(workspace) if taken]
    assert accepted == ["2024-W51", "2024-W52", "2025-W01", "2025-W02"]
    assert run("weekly", *to(A), "--catch-up", "--quiet") == Ended(0, "", "")
    # A plan that is named is caught up with alone.
    assert run("weekly", *to(A), "--catch-up", "--plan", "kh-2025").code == 0
    assert len(mail.handler.messages()) == 4


# What goes wrong.


def failing(run: Run, *addresses: str, lang: str = "en") -> str:
    ended = run(*WEEK, *to(*addresses), "--lang", lang)
    assert ended.code == 7
    assert ended.out == ""
    return ended.err


@pytest.mark.no_cover
@pytest.mark.parametrize(
    "way", ["refuse", "later", "too large", "drop", "drop after", "stall", "stall after"]
)
def test_the_others_get_it_and_the_next_run_sends_to_just_the_rest(
    way: str, run: Run, mail: Mail, monkeypatch: pytest.MonkeyPatch, workspace: Path
) -> None:
    monkeypatch.setattr(smtp, "STEP", 0.3)
    monkeypatch.setattr(smtp, "ANSWER", 0.3)
    mail.handler.ways = {"b": way}
    said = failing(run, A, B, C)
    assert f"{B} ({EN})" in said
    assert mail.handler.boxes() == [A, C]
    assert (B, "2024-W29", 0) in rows(workspace)
    failing(run, A, B, C)
    assert mail.handler.boxes() == [A, C]
    assert len(rows(workspace)) == 3  # of failures, the first
    mail.handler.ways = {}
    assert run(*WEEK, *to(A, B, C), "--quiet") == Ended(0, "", "")
    assert mail.handler.boxes() == [A, C, B]


def test_who_did_not_get_it_is_named_with_the_servers_words(run: Run, mail: Mail) -> None:
    mail.handler.ways = {"a": "refuse", "b": "later"}
    said = failing(run, A, B, lang="vi")
    assert said.startswith(
        f"Lỗi [mail-unsent]: Chưa gửi được: {A} ({VI}): máy chủ từ chối [550 5.1.1 no such box\\x1b[31m here]; "
        f"{B} ({VI}): máy chủ hẹn gửi lại sau [451 4.7.1 greylisted, try again in 5 minutes].\n→ "
    )


def test_quiet_does_not_hide_a_failure(run: Run, mail: Mail) -> None:
    mail.handler.ways = {"a": "refuse"}
    ended = run(*WEEK, *to(A), "--quiet")
    assert (ended.code, A in ended.err) == (7, True)


def test_a_server_that_is_not_there_is_asked_once(
    run: Run, monkeypatch: pytest.MonkeyPatch, mail: Mail
) -> None:
    monkeypatch.setenv("PLANTRACK_SMTP_URL", "smtp://127.0.0.1:1")
    said = failing(run, A, B)
    assert said.count("the server cannot be reached [Connection refused]") == 2


SECRET = "Hoa-sen@1/x"


@pytest.mark.parametrize("debug", ["", "1"])
def test_no_error_shows_the_account(
    debug: str, run: Run, mail: Mail, monkeypatch: pytest.MonkeyPatch, workspace: Path
) -> None:
    monkeypatch.setenv("PLANTRACK_DEBUG", debug)
    quoted = SECRET.replace("@", "%40").replace("/", "%2F")
    urls = [
        "smtp://boss:{}@127.0.0.1:{}",
        "smtps://boss:{}@127.0.0.1:{}",
        "smtp+starttls://boss:{}@127.0.0.1:{}",
    ]
    urls += [
        "smtp://boss:{}@relay.example.org:{}",
        "ftp://boss:{}@h:{}",
        "smtps://boss:{}@h:{}x",
        "smtp://boss:{}#{}",
    ]
    for url in urls:
        monkeypatch.setenv("PLANTRACK_SMTP_URL", url.format(quoted, mail.port))
        ended = run(*WEEK, *to(A), "--lang", "en")
        assert ended.code in (2, 7)
        for secret in (SECRET, quoted, "boss"):
            assert secret not in ended.err, url
    kept = " ".join(map(str, rows(workspace, "*")))
    assert SECRET not in kept
    assert quoted not in kept


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (("--mail-to", ""), "mail-address"),
        (("--mail-to", "a@b, nobody"), "mail-address"),
        (("--mail-to", A, "--mail-from", "x"), "mail-address"),
        (("--mail-to", A, "--attach", "pdf"), "unknown-format"),
        (("--mail-to", A, "--format", "md"), "options-exclude"),
        (("--mail-to", A, "--brief"), "options-exclude"),
        (("--attach", "docx"), "mail-option-alone"),
        (("--resend",), "mail-option-alone"),
        (("--catch-up",), "mail-option-alone"),
        (("--mail-from", A), "mail-option-alone"),
    ],
)
def test_what_was_typed_wrongly_sends_nothing(args: tuple[str, ...], code: str, run: Run, mail: Mail) -> None:
    ended = run(*WEEK, *args, "--lang", "en")
    assert ended.code == 2
    assert f"[{code}]" in ended.err
    assert mail.handler.taken == []


def test_settings_that_lack_are_named(run: Run, mail: Mail, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PLANTRACK_MAIL_FROM")
    assert "[mail-no-sender]" in run(*WEEK, *to(A)).err
    assert run(*WEEK, *to(A), "--mail-from", "kh@example.org").code == 0
    monkeypatch.delenv("PLANTRACK_SMTP_URL")
    assert "[mail-no-server]" in run(*WEEK, *to(B)).err


def test_where_it_could_not_be_marked_nothing_is_sent(
    run: Run, mail: Mail, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read_only(file: Path, **given: Any) -> SQLite:
        db = connect(file, **given)
        db.execute("PRAGMA query_only = ON")
        return db

    monkeypatch.setattr("plantrack.services.mail.open_database", read_only)
    ended = run(*WEEK, *to(A))
    assert (ended.code, "[database-read-only]" in ended.err) == (6, True)
    assert mail.handler.taken == []


def test_while_the_database_is_busy_nothing_is_sent(
    run: Run, mail: Mail, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("plantrack.services.mail._PATIENCE", 0.1)
    with contextlib.closing(sqlite3.connect(workspace / "plantrack.db")) as other:
        other.execute("BEGIN IMMEDIATE")
        assert run(*WEEK, *to(A)).code == 6
    assert mail.handler.taken == []
    assert run(*WEEK, *to(A)).code == 0


def test_a_report_goes_the_same_way(run: Run, mail: Mail, clock: Hands, workspace: Path) -> None:
    clock.set("2024-04-20")
    assert run("report", *to(A), "--attach", "docx").code == 0
    clock.set("2024-07-20")
    assert run("report", *to(A), "--catch-up", "--lang", "en").code == 0
    assert run("report", *to(A), "--catch-up", "--quiet") == Ended(0, "", "")
    clock.set("2024-07-21")  # rows are told apart by their moments
    assert run("report", "--calendar", "civil", *to(A), "--quiet").code == 0
    periods = [period for _, period, _ in rows(workspace)]
    assert periods == ["2024-04", "2024-05", "2024-06", "2024-07", "2024-06"]


def test_a_mark_that_fails_is_said_and_ends_the_run(
    run: Run, mail: Mail, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        from plantrack.errors import Failure

        raise Failure("database-full", file="x", reason="disk full")

    monkeypatch.setattr("plantrack.store.deliveries.add", full)
    ended = run(*WEEK, *to(A, B), "--lang", "en")
    assert ended.code == 6
    assert f"The server took the message to {A}, but that could not be recorded (disk full)" in ended.err
    assert mail.handler.boxes() == [A]
