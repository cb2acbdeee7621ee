"""`remind` as it is typed: for eyes, for programs, and by mail, each day once to each."""

from pathlib import Path

import pytest

from plantrack.store.sqlite.connection import SQLite
from tests.conftest import Hands, Run, dump
from tests.support.answers import answered
from tests.support.mail_server import Mail
from tests.support.people import say_of
from tests.support.posting import A, B, rows

MAIL = ("remind", "--mail", "--lang", "en")


@pytest.fixture
def due(run: Run, clock: Hands, db: SQLite) -> Run:
    """Work of An, who has an address, of Bình, who has none, and of nobody."""
    clock.set("2024-07-08")
    for title, day, *to in (("Họp", "10/7/2024", "An"), ("Gặp", "11/7/2024", "Bình"), ("Gửi", "1/7/2024")):
        person = ("--to", to[0]) if to else ()
        assert run("add", title, "--area", "3", "--due", day, *person).code == 0
    say_of(db, "An", email=A)
    return run


def test_it_is_printed_for_each_person(due: Run) -> None:
    ended = due("remind", "--lang", "en")
    assert ended.code == 0
    assert [line for line in ended.out.splitlines() if line.startswith(("- ", "An", "Bình", "Nobody"))] == [
        *("An (1)", "- 1 ND3 Họp (10 Jul, 2 days left)"),
        *("Bình (1)", "- 2 ND3 Gặp (11 Jul, 3 days left)"),
        *("Nobody in charge (1)", "- 3 ND3 Gửi (1 Jul, 7 days overdue)"),
    ]
    assert answered(due, "remind", "--days", "2")["groups"][0]["key"] == "An"


def test_it_changes_nothing(due: Run, workspace: Path) -> None:
    before = dump(workspace / "plantrack.db")
    for form in ("table", "plain", "json", "md", "html", "csv"):
        assert due("remind", "--by", "org", "--format", form).code == 0
    assert dump(workspace / "plantrack.db") == before


def test_each_gets_a_letter_of_what_is_theirs(due: Run, mail: Mail) -> None:
    ended = due(*MAIL)
    assert (ended.code, ended.out) == (0, "")
    assert mail.handler.boxes() == [A]
    (message,) = mail.handler.messages()
    assert message["Subject"].startswith("Reminder of 8 Jul 2024")
    text = message.get_body(("plain",))
    assert text is not None
    said = text.get_content()
    assert "Họp" in said
    assert "1 due" in said
    assert not any(other in said for other in ("Bình", "Gặp", "Gửi", "Nobody"))
    assert 'Nothing was sent to Bình: no address is known. Say it: plantrack person set "Bình"' in ended.err
    assert "1 task has nobody in charge" in ended.err


def test_a_letter_names_nobody_else_even_where_the_filter_does(due: Run, mail: Mail) -> None:
    due(*MAIL, "to:An,Bình")
    (message,) = mail.handler.messages()
    for kind in ("plain", "html"):
        part = message.get_body((kind,))
        assert part is not None
        assert ("Họp" in part.get_content(), "Bình" in part.get_content()) == (True, False)


@pytest.mark.no_cover
def test_each_day_once_to_each(due: Run, mail: Mail, clock: Hands, db: SQLite, workspace: Path) -> None:
    due(*MAIL)
    assert "--resend" in due(*MAIL).err
    assert mail.handler.boxes() == [A]
    say_of(db, "Bình", email=B)
    due(*MAIL)
    assert mail.handler.boxes() == [A, B]
    due(*MAIL, "--resend")
    clock.set("2024-07-09")
    due(*MAIL)
    assert mail.handler.boxes() == [A, B, A, B, A, B]
    assert rows(workspace, "kind, period, as_of, selection")[0] == (
        *("remind", "2024-07-08", "2024-07-08", "--days 3"),
    )


def test_who_did_not_get_it_is_named_and_gets_it_next_time(due: Run, mail: Mail, db: SQLite) -> None:
    say_of(db, "Bình", email=B)
    mail.handler.ways = {"a": "refuse"}
    ended = due(*MAIL)
    assert (ended.code, A in ended.err.splitlines()[-2]) == (7, True)
    mail.handler.ways = {}
    assert due(*MAIL).code == 0
    assert mail.handler.boxes() == [B, A]


def test_nothing_due_is_no_letter(due: Run, mail: Mail, clock: Hands) -> None:
    ended = due(*MAIL, "to:An", "--days", "1")
    assert (ended.code, ended.out, mail.handler.boxes()) == (0, "", [])
    assert "no letter to send" in ended.err


def test_nothing_due_wants_no_server(due: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PLANTRACK_SMTP_URL", raising=False)
    assert due(*MAIL, "--days", "1").code == 0
    assert due(*MAIL).code == 2


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (("--mail", "--by", "org"), "remind-mail-org"),
        (("--mail", "--format", "md"), "options-exclude"),
        (("--resend",), "mail-option-alone"),
        (("--mail-from", "x@example.org"), "mail-option-alone"),
        (("--by", "area"), "unknown-grouping"),
        (("--days", "-1"), "bad-number"),
        (("--days", "367"), "bad-number"),
    ],
)
def test_what_is_refused(due: Run, mail: Mail, args: tuple[str, ...], code: str) -> None:
    ended = due("remind", *args)
    assert (ended.code, ended.out) == (2, "")
    assert f"[{code}]" in ended.err
    assert mail.handler.boxes() == []
