"""Who may do what on a server, through the program: each role with each kind of command."""

import contextlib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from plantrack.store.sqlite.connection import connect
from tests.support.offices import Office

NOT_PERMITTED = "not-permitted"
NOT_YOURS = "not-yours"
#: Who, what they type, and what they are told: nothing where it is done.
CASES = [
    *(
        ("xem", args, "")
        for args in (("list",), ("progress",), ("weekly",), ("log",), ("member", "list"), ("db", "check"))
    ),
    *(
        ("xem", args, NOT_PERMITTED)
        for args in (
            ("update", "1", "-r", "x"),
            ("add", "x", "--area", "ND1"),
            ("undo", "c6", "-y"),
            ("filter", "save", "x", "area:1"),
            ("member", "add", "la", "--role", "viewer"),
            ("plan", "apply"),
            ("db", "check", "--repair"),
            ("db", "upgrade"),
        )
    ),
    ("binh", ("list",), ""),
    ("binh", ("update", "1", "-r", "x"), ""),
    ("binh", ("update", "2", "-r", "x"), ""),
    ("binh", ("update", "3", "-r", "x"), NOT_YOURS),
    ("binh", ("update", "3", "-r", "x", "--dry-run"), NOT_YOURS),
    ("binh", ("update", "1", "3", "-r", "x"), NOT_YOURS),
    ("binh", ("update", "4", "-r", "x"), ""),
    ("binh", ("update", "5", "-r", "x"), NOT_YOURS),
    ("binh", ("update", "5", "-r", "x", "--on", "2024-07-05"), ""),
    ("binh", ("update", "1", "-r", "x", "--on", "2024-06-20"), ""),
    ("binh", ("start", "1"), ""),
    ("binh", ("part", "1", "Việc con"), ""),
    ("binh", ("part", "3", "Việc con"), NOT_YOURS),
    ("binh", ("done", "6"), ""),
    ("binh", ("skip", "7", "--reason", "x"), ""),
    ("binh", ("update", "1", "-r", "x", "--author", "chi"), "author-not-login"),
    ("binh", ("undo", "-y"), ""),
    ("binh", ("undo", "c7", "-y"), NOT_PERMITTED),
    *(
        ("binh", args, NOT_PERMITTED)
        for args in (
            ("add", "x", "--area", "ND1"),
            ("assign", "1", "--lead", "th"),
            ("unassign", "4", "--lead", "th"),
            ("edit", "1", "--title", "x"),
            ("extend", "1", "--due", "2024-08-01", "--reason", "x"),
            ("remove", "1", "--reason", "x"),
            ("plan", "apply"),
            ("filter", "save", "x", "area:1"),
            ("org", "add", "x", "X"),
            ("person", "set", "x", "--email", "x@vi-du.vn"),
            ("member", "add", "binh", "--role", "coordinator"),
            ("member", "remove", "chi"),
            ("db", "check", "--repair"),
            ("db", "upgrade"),
        )
    ),
    ("chi", ("update", "5", "-r", "x"), ""),
    ("chi", ("update", "1", "-r", "x"), NOT_YOURS),
    ("chi", ("update", "2", "-r", "x"), NOT_YOURS),
    *(
        ("lan", args, "")
        for args in (
            ("add", "x", "--area", "ND1"),
            ("assign", "1", "--with", "th"),
            ("unassign", "1", "--with", "th"),
            ("edit", "3", "--title", "x"),
            ("extend", "1", "--due", "2024-08-01", "--reason", "x"),
            ("update", "3", "-r", "x"),
            ("update", "3", "-r", "x", "--author", "Người khác"),
            ("remove", "5", "--reason", "x"),
            ("undo", "-y"),
            ("plan", "apply"),
            ("filter", "save", "x", "area:1"),
            ("org", "add", "x-1", "Đơn vị X"),
            ("assign", "1", "--to", "Người E"),
            ("person", "set", "Người E", "--email", "e@vi-du.vn"),
            ("member", "add", "la", "--role", "viewer"),
            ("member", "remove", "la"),
            ("db", "check"),
        )
    ),
    ("lan", ("db", "upgrade"), NOT_PERMITTED),
    ("lan", ("db", "copy", "{address}", "{folder}/copy.db"), NOT_PERMITTED),
    ("xem", ("db", "copy", "{address}", "{folder}/copy.db", "--keep-source"), ""),
    ("lan", ("person", "anonymise", "Người E", "--confirm", "Người E"), NOT_PERMITTED),
    ("chu", ("update", "1", "-r", "x"), ""),
    ("chu", ("db", "upgrade"), ""),
    ("chu", ("db", "check", "--repair"), ""),
    ("chu", ("person", "anonymise", "Người E", "--confirm", "Người E"), ""),
    ("la", ("list",), "not-member"),
    ("la", ("update", "1", "-r", "x"), "not-member"),
    ("chu", ("db", "check"), ""),
]


@pytest.mark.no_cover
@pytest.mark.parametrize(
    ("who", "args", "told"), CASES, ids=lambda one: one if isinstance(one, str) else " ".join(one)
)
def test_a_role_does_what_it_may(
    office: Office,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    who: str,
    args: tuple[str, ...],
    told: str,
) -> None:
    places = {"address": office.address(who), "folder": str(tmp_path)}
    code, said = office.run(who, *(arg.format(**places) for arg in args)), capsys.readouterr().err
    assert (code, f"[{told}]" in said) == ((4, True) if told else (0, False)), said


@pytest.mark.no_cover
def test_a_copy_is_signed_with_the_login_by_whatever_name_somebody_goes(
    office: Office, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLANTRACK_USER", "Chị Bình")
    places = [tmp_path / "backup.db", tmp_path / "copy.db"]
    assert office.run("binh", "db", "backup", str(places[0])) == 0
    assert office.run("binh", "db", "copy", office.address("binh"), str(places[1]), "--keep-source") == 0
    for place in places:
        with contextlib.closing(connect(place)) as db:
            assert db.told.elsewhere and db.told.elsewhere.by == "binh"
    assert office.run("binh", "cron") == 0
    assert (office.run("binh", "cron", "--backup"), "[not-permitted]" in capsys.readouterr().err) == (4, True)


@pytest.mark.no_cover
def test_a_clock_that_is_far_ahead_is_told_so_whoever_has_it(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    """What all others recorded later would come after it, for good: the owner, whom no policy holds, is held too."""
    before, office.clock.now = office.clock.now, datetime.now(UTC) + timedelta(days=2)
    try:
        for who, *args in (
            ("binh", "update", "1", "-r", "x"),
            ("lan", "add", "x", "--area", "ND1"),
            ("chu", "update", "1", "-r", "x"),
        ):
            assert (office.run(who, *args), "[clock-ahead]" in capsys.readouterr().err) == (6, True)
        office.clock.now -= timedelta(days=1, hours=1)
        assert office.run("binh", "update", "1", "-r", "x", "--dry-run") == 0
    finally:
        office.clock.now = before


@pytest.mark.no_cover
@pytest.mark.parametrize(
    ("language", "needed"),
    [("vi", "cần vai trò điều phối (“coordinator”)"), ("en", "needs the role coordinator")],
)
def test_rights_are_told_before_anything_is_read_or_sent(
    office: Office,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    language: str,
    needed: str,
) -> None:
    bundle = str(tmp_path / "b.jsonl")
    assert office.run("lan", "bundle", "export", "--site", "HN", bundle) == 0
    monkeypatch.setenv("PLANTRACK_SMTP_URL", "smtp://127.0.0.1:9")
    monkeypatch.setenv("PLANTRACK_MAIL_FROM", "kh@vi-du.vn")
    for who, *args in (("binh", "bundle", "import", bundle), ("xem", "weekly", "--mail-to", "x@vi-du.vn")):
        capsys.readouterr()
        code = office.run(who, "--lang", language, *args)
        said = " ".join(capsys.readouterr().err.split())
        assert (code, "[not-permitted]" in said, needed in said) == (4, True, True), said
