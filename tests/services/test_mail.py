"""Who lacks which report: what is written, for whom, and in the context of which plan."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from plantrack.deliver.mail.address import Address
from plantrack.deliver.mail.message import MailContent
from plantrack.deliver.mail.server import MailServer
from plantrack.errors import Failure
from plantrack.model.uid import UidMaker
from plantrack.model.views.mail import Delivery, Edition, MailResult
from plantrack.services.context import Context
from plantrack.services.mail import Letter, earlier, missed, send
from plantrack.store import deliveries
from plantrack.store.sqlite.connection import SQLite
from tests.conftest import Hands
from tests.support.engines import home
from tests.support.mail_server import Mail, serving
from tests.support.next_plan import next_plan
from tests.support.steps import OpenContext, refused


@pytest.mark.parametrize(
    ("period", "before"),
    [
        ("2024-W02", ["2023-W52", "2024-W01"]),
        ("2021-W01", ["2020-W52", "2020-W53"]),
        ("2024-01", ["2023-11", "2023-12"]),
        ("2024-12", ["2024-10", "2024-11"]),
        ("2024-Q1", ["2023-Q3", "2023-Q4"]),
        ("2024-Q4", ["2024-Q2", "2024-Q3"]),
        ("2024-H1", ["2023-H1", "2023-H2"]),
        ("2024-9M", ["2022-9M", "2023-9M"]),
        ("2024", ["2022", "2023"]),
    ],
)
def test_the_periods_before(period: str, before: list[str]) -> None:
    assert earlier(period, 2) == before


def test_what_was_missed_is_of_the_kind_that_is_sent(db: SQLite) -> None:
    """Somebody who gets the report of each year did not miss those of its months."""
    plan, address, make_uid = "kh-468-2024", "a@example.org", UidMaker()
    for period in ("2023", "2024-Q1", "2024-05"):
        of = Edition(plan, "report", period, "2024-08-01", whole=True)
        sent = Delivery(of, address, "", "250 OK", "<1@example.org>", "0" * 64, "2024-08-01T00:00:00.000Z")
        deliveries.add(db, make_uid(datetime(2024, 8, 1, tzinfo=UTC)), sent)

    def missing(period: str) -> list[str]:
        of = Edition(plan, "report", period, "2024-08-01", whole=True)
        return missed(db, of, dict.fromkeys(earlier(period), plan), address)

    assert missing("2024-08") == ["2024-06", "2024-07"]
    assert missing("2024-Q3") == ["2024-Q2"]
    assert missing("2024-H1") == []
    assert missing("2024-9M") == []
    assert missing("2025") == ["2024"]


A, B = Address("", "a", "example.org"), Address("", "b", "example.org")


def test_each_report_is_written_once_in_the_context_of_its_plan_and_only_when_somebody_lacks_it(
    context_on: OpenContext, workspace: Path, clock: Hands
) -> None:
    next_plan(context_on, workspace, 2025)
    written: list[tuple[str, str]] = []

    def write(context: Context, period: str) -> tuple[Edition, Letter]:
        written.append((context.plan.id, period))
        of = Edition(context.plan.id, "weekly", period, "2025-01-13", whole=True)
        return of, lambda _: MailContent(period, "text", "", (), "vi")

    with serving() as mail:
        server = MailServer("smtp", "127.0.0.1", mail.port, "", "")

        def sent(day: str, of: tuple[str, str], *to: Address, catch_up: bool) -> MailResult:
            edition = Edition(of[0], "weekly", of[1], "2025-01-13", whole=True)
            context = context_on(day)
            return send(
                context, edition, to, server, A, write,
                database=home(context.db), clock=clock, catch_up=catch_up,
            )  # fmt: skip

        of_the_year_before, asked = ("kh-468-2024", "2024-W51"), ("kh-2025", "2025-W02")
        sent("2024-12-23", of_the_year_before, A, catch_up=False)
        result = sent("2025-01-13", asked, A, B, catch_up=True)
        again = sent("2025-01-13", asked, A, B, catch_up=True)
    assert written == [of_the_year_before, ("kh-468-2024", "2024-W52"), ("kh-2025", "2025-W01"), asked]
    assert [(d.address, d.edition.period) for d in result.sent] == [
        (A.spec, "2024-W52"), (A.spec, "2025-W01"), (A.spec, "2025-W02"), (B.spec, "2025-W02"),
    ]  # fmt: skip
    assert (again.sent, again.unsent) == ((), ())
    assert again.before == ((A.spec, "2025-W02"), (B.spec, "2025-W02"))


def send_one(context_on: OpenContext, workspace: Path, clock: Hands, mail: Mail) -> MailResult:
    """Send the summary of a week to A."""
    edition = Edition("kh-468-2024", "weekly", "2024-W29", "2024-07-21", whole=True)
    content = MailContent("Tuần 29", "text", "", (), "vi")
    server = MailServer("smtp", "127.0.0.1", mail.port, "", "")
    context = context_on("2024-07-22")
    return send(
        context, edition, [A], server, A, lambda *_: (edition, lambda _: content),
        database=home(context.db), clock=clock,
    )  # fmt: skip


def test_whom_an_interruption_met_is_named(
    context_on: OpenContext, workspace: Path, clock: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(deliveries, "add", interrupted)
    with serving() as mail, refused("mail-interrupted") as caught:
        send_one(context_on, workspace, clock, mail)
    assert (caught.value.params, mail.handler.boxes()) == ({"address": A.spec}, [A.spec])


@pytest.mark.parametrize("takes", [True, False])
def test_a_letter_that_was_taken_and_cannot_be_marked_is_told_by_name(
    context_on: OpenContext, workspace: Path, clock: Hands, monkeypatch: pytest.MonkeyPatch, takes: bool
) -> None:
    """One that was not taken is told anyway, and the next run tries again."""

    def full(*_: object) -> None:
        raise Failure("database-full", file="plantrack.db", reason="disk is full")

    monkeypatch.setattr(deliveries, "add", full)
    with serving() as mail:
        mail.handler.ways = {} if takes else {A.spec.partition("@")[0]: "refuse"}
        if takes:
            with refused("mail-unmarked") as caught:
                send_one(context_on, workspace, clock, mail)
            assert caught.value.params == {"address": A.spec, "reason": "disk is full"}
        else:
            assert [d.address for d in send_one(context_on, workspace, clock, mail).unsent] == [A.spec]
