"""Reports sent by mail: who lacks which one, the sending, and the marks of what was sent (the ledger).

The ledger is written through a connection of its own, a row at a time: the reports are read in one snapshot, and
what a server took must stand in the database whatever happens next.
"""

import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from plantrack.deliver.folder_lock import PATIENCE, folder_lock
from plantrack.deliver.mail.address import Address
from plantrack.deliver.mail.message import MailContent, build_message, message_id
from plantrack.deliver.mail.server import MailServer
from plantrack.deliver.mail.smtp import NotSent, SmtpSession
from plantrack.errors import Failure
from plantrack.model.days import period_last_day, shifted
from plantrack.model.moments import local_moment, utc_moment
from plantrack.model.uid import UidMaker
from plantrack.model.views.mail import Delivery, Edition, MailResult
from plantrack.services.context import Clock, Context, context_of_period
from plantrack.services.workspace import DatabasePlace
from plantrack.store import deliveries
from plantrack.store.commands import refuse_ahead
from plantrack.store.connection import Connection
from plantrack.store.opening import open_database
from plantrack.store.server.roles import refused
from plantrack.store.server.turn import turn_to_send

#: What a report says to an address; mostly the same to all.
Letter = Callable[[Address], MailContent]
#: How long a mark waits for others who are writing: a message that was taken must be marked.
_PATIENCE = 60.0
#: How many earlier periods are made up for at most.
_MISSED = 8


def send(
    context: Context,
    edition: Edition,
    to: Sequence[Address],
    server: MailServer,
    sender: Address,
    write: Callable[[Context, str], tuple[Edition, Letter]],
    *,
    database: DatabasePlace,
    clock: Clock,
    resend: bool = False,
    catch_up: bool = False,
) -> MailResult:
    """Send an edition to those of `to` that lack it, with `resend` to all; with `catch_up`, earlier ones before it.

    `write` writes the report of a period, in the context of its plan. One run goes at a time, and a message is
    marked as soon as the server has taken it; what the server did not take is in the answer.

    Raises: mail-busy, clock-ahead, folder-not-readable, mail-unmarked, mail-interrupted, the code of every write
    where that may not be; those of `context_of_period`.
    """
    if context.db.refusal:
        raise refused(context.db)
    sent: list[Delivery] = []
    unsent: list[Delivery] = []
    before: list[tuple[str, str]] = []
    make_uid = UidMaker()
    with _one_run(database) as turn, _ledger(database, clock()) as ledger, SmtpSession(server) as session:
        plans = _plans_before(context, edition.period) if catch_up else {}
        for period, addresses in _recipients(ledger, edition, plans, to).items():
            of_period = context_of_period(context, period)
            due, letter = (edition, None) if period == edition.period else write(of_period, period)
            times = deliveries.times_sent(ledger, due)
            lacking = [a for a in addresses if resend or a.spec not in times]
            before += [(a.spec, period) for a in addresses if a not in lacking]
            for address in lacking:
                letter = letter or write(of_period, period)[1]
                date = local_moment(utc_moment(clock()), context.plan.reporting.timezone)
                nth = times.get(address.spec, 0)
                turn()
                with _named_when_interrupted(address):
                    delivery = _deliver(session, sender, address, due, letter(address), nth, date)
                    _mark(ledger, make_uid, clock(), delivery._replace(author=context.author or None))
                (sent if delivery.accepted else unsent).append(delivery)
    return MailResult(tuple(sent), tuple(before), tuple(unsent))


@contextlib.contextmanager
def _named_when_interrupted(address: Address) -> Iterator[None]:
    """Name who may have a message that is not marked, where its sending is broken off."""
    try:
        yield
    except KeyboardInterrupt:
        raise Failure("mail-interrupted", address=address.spec) from None


@contextlib.contextmanager
def _one_run(database: DatabasePlace) -> Iterator[Callable[[], None]]:
    """Let one run go at a time: by the lock of the folder of a file; for all machines, by a row that a server has.

    Yield what fails once it is no longer this one's turn.
    """
    if isinstance(database, Path):
        with folder_lock(database.resolve().parent):
            yield lambda: None
        return
    with turn_to_send(database, PATIENCE) as has_turn:
        yield has_turn


@contextlib.contextmanager
def _ledger(database: DatabasePlace, now: datetime) -> Iterator[Connection]:
    """Open the ledger; one that could not be written is refused before anything is sent."""
    db = open_database(database, timeout=_PATIENCE)
    try:
        deliveries.refuse_read_only(db)
        refuse_ahead(db, now, utc_moment(now))
        yield db
    finally:
        db.close()


def _plans_before(context: Context, period: str) -> dict[str, str]:
    """Return the plans of the periods of the same kind before one, oldest first; a period before its plan has none."""
    found = {p: context_of_period(context, p).plan for p in earlier(period)}
    return {p: plan.id for p, plan in found.items() if (plan.start or "") <= (period_last_day(p) or "")}


def earlier(period: str, n: int = _MISSED) -> Sequence[str]:
    """Return the `n` periods of the same kind before one, oldest first."""
    return [shifted(period, -away) for away in range(n, 0, -1)]


def _recipients(
    ledger: Connection, edition: Edition, plans: Mapping[str, str], to: Sequence[Address]
) -> dict[str, list[Address]]:
    """Return who is to get which period, oldest first: what each has missed, and the one that was asked for."""
    found: dict[str, list[Address]] = {edition.period: list(to)}
    for address in to:
        for period in missed(ledger, edition, plans, address.spec):
            found.setdefault(period, []).append(address)
    return dict(sorted(found.items()))


def missed(ledger: Connection, edition: Edition, plans: Mapping[str, str], address: str) -> list[str]:
    """Return those of the periods of `plans` that an address lacks, each with its plan, oldest first.

    They are looked for from the first one of the same kind that was ever sent or tried: an address to which
    nothing was ever sent lacks none.
    """
    known = {
        (plan, period): has_whole
        for plan in {edition.plan, *plans.values()}
        for period, has_whole in deliveries.known_periods(ledger, plan, edition, address).items()
        if _kind(period) == _kind(edition.period)
    }
    first = min((period for _, period in known), default=edition.period)
    return [p for p, plan in plans.items() if p >= first and not known.get((plan, p))]


def _kind(period: str) -> str:
    """Return what is left of a period's name without its numbers: it tells weeks from months, and from quarters."""
    return "".join(sign for sign in period if not sign.isdigit())


def _deliver(
    session: SmtpSession,
    sender: Address,
    to: Address,
    edition: Edition,
    content: MailContent,
    nth: int,
    date: datetime,
) -> Delivery:
    """Send a letter to one address, and return what became of it."""
    name = message_id(sender, *edition, to.spec, nth)
    message = build_message(content, sender, to, name, date)
    try:
        why, said = "", session.send(sender.spec, to.spec, message)
    except NotSent as failed:
        why, said = failed.why, failed.said
    return Delivery(edition, to.spec, why, said, name, content.sha256)


def _mark(ledger: Connection, make_uid: UidMaker, now: datetime, delivery: Delivery) -> None:
    """Keep what became of an edition at an address; of failures, the first."""
    uid = make_uid(now)

    def write() -> None:
        if delivery.accepted or not deliveries.is_known(ledger, delivery.edition, delivery.address):
            deliveries.add(ledger, uid, delivery._replace(recorded_at=utc_moment(now)))

    try:
        ledger.transact(write, lambda _: deliveries.was_added(ledger, uid))
    except Failure as failure:
        if delivery.accepted:  # what was not taken is said anyway, and the next run tries again
            reason = failure.params.get("reason", failure.code)
            raise Failure("mail-unmarked", address=delivery.address, reason=reason) from failure
