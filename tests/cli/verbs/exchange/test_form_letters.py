"""Forms by mail: each to its organisation, once a week, those without an address named."""

import io
from pathlib import Path

import pytest
from openpyxl import load_workbook

from plantrack.store.exchange import forms
from plantrack.store.sqlite.connection import SQLite
from tests.cli.verbs.exchange.test_form import asked
from tests.conftest import Run
from tests.support.mail_server import Mail
from tests.support.posting import A, B, rows
from tests.support.steps import PLAN

__all__ = ["asked"]
ALL = ("form", "make", "--for-each", "level:central", "--mail", "--lang", "en")


@pytest.fixture
def addressed(asked: Run) -> Run:
    """The union has an address, the committee has none."""
    assert asked("org", "set", "hlhpn", "--email", A).code == 0
    return asked


def test_each_gets_its_form_and_who_has_no_address_is_named(
    addressed: Run, mail: Mail, workspace: Path, db: SQLite
) -> None:
    ended = addressed(*ALL)
    assert (ended.code, ended.out) == (7, "")
    assert "plantrack org set ubdt --email" in ended.err
    (message,) = mail.handler.messages()
    assert message["Subject"].startswith("Report form of week 29 of 2024, Plan No. 468")
    (attached,) = message.iter_attachments()
    assert attached.get_filename() == "hlhpn-2024-W29.xlsx"
    book = load_workbook(io.BytesIO(attached.get_content()))
    (form,) = forms.forms_of(db, PLAN, "2024-W29")
    assert form.uid in str(book.worksheets[1]["B1"].value)
    assert list(workspace.glob("*.xlsx")) == []
    assert rows(workspace, "kind, period, as_of, address, accepted") == [
        ("form", "2024-W29", "2024-07-21", A, 1)
    ]


@pytest.mark.no_cover
def test_nobody_gets_one_twice_unless_that_is_asked(addressed: Run, mail: Mail, db: SQLite) -> None:
    addressed(*ALL)
    assert addressed("org", "set", "ubdt", "--email", B).code == 0
    assert addressed(*ALL).code == 0
    assert mail.handler.boxes() == [A, B]
    assert len(forms.forms_of(db, PLAN, "2024-W29")) == 2
    assert addressed(*ALL, "--resend").code == 0
    assert sorted(mail.handler.boxes()) == [A, A, B, B]


def test_what_the_server_refuses_is_said(addressed: Run, mail: Mail) -> None:
    mail.handler.ways = {"a": "refuse"}
    ended = addressed("form", "make", "hlhpn", "--mail")
    assert (ended.code, "mail-unsent" in ended.err) == (7, True)


def test_it_is_written_too_where_a_file_is_named(
    addressed: Run, mail: Mail, workspace: Path, db: SQLite
) -> None:
    assert addressed("form", "make", "hlhpn", "--mail", "--output", "b.xlsx").code == 0
    (message,) = mail.handler.messages()
    (attached,) = message.iter_attachments()
    assert attached.get_content() == (workspace / "b.xlsx").read_bytes()
    assert len(forms.forms_of(db, PLAN, "2024-W29")) == 1


def test_no_file_is_made_of_what_cannot_be_sent(
    addressed: Run, mail: Mail, workspace: Path, db: SQLite, monkeypatch: pytest.MonkeyPatch
) -> None:
    make = ("form", "make", "ubdt", "--mail", "--output", "b.xlsx")
    assert "plantrack org set ubdt --email" in addressed(*make).err
    addressed("org", "set", "ubdt", "--email", B)
    with monkeypatch.context() as unset:
        unset.delenv("PLANTRACK_SMTP_URL")
        assert "mail-no-server" in addressed(*make).err
    assert (list(workspace.glob("*.xlsx")), forms.forms_of(db, PLAN, "2024-W29")) == ([], [])
    assert addressed(*make).code == 0
    assert mail.handler.boxes() == [B]


def test_options_of_mail_need_mail(addressed: Run) -> None:
    assert "mail-option-alone" in addressed("form", "make", "hlhpn", "--resend").err
