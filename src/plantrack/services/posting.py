"""Reports on their way: to each address its own message, marked as soon as the server has taken it."""

from collections.abc import Callable, Iterable, Sequence

from plantrack.deliver.mail.address import Address
from plantrack.deliver.mail.message import Envelope, MailContent, message_id, message_of
from plantrack.deliver.mail.smtp import MailServer, NotSent, SmtpSession
from plantrack.errors import Failure
from plantrack.model.moments import local_moment, utc_moment
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.views.mail import Delivery, Edition, MailResult, Unsent
from plantrack.services.context import Clock
from plantrack.services.mail import Ledger


class Item(NamedTuple):
    """An edition, whom it is for, and how its letter is written, once somebody lacks it."""

    edition: Edition
    addresses: tuple[Address, ...]
    write: Callable[[], MailContent]


class Post:
    """Sends items one after another over one line."""

    def __init__(
        self, server: MailServer, sender: Address, ledger: Ledger, clock: Clock, timezone: str
    ) -> None:
        self._line = SmtpSession(server)
        self._sender = sender
        self._ledger = ledger
        self._clock = clock
        self._timezone = timezone
        #: Why it is no use to try any more, once that is known.
        self._closed: NotSent | None = None

    def deliver(self, items: Iterable[Item], *, resend: bool = False) -> MailResult:
        """Send each item to those of its addresses that lack it, or with `resend` to all.

        Fails with `mail-unmarked` where a message was taken and that could not be kept; what does not go out is in
        the answer.
        """
        sent: list[tuple[str, str]] = []
        before: list[tuple[str, str]] = []
        unsent: list[Unsent] = []
        with self._line:
            for item in items:
                times = self._ledger.times_sent(item.edition)
                lacking = [a for a in item.addresses if resend or a.spec not in times]
                before += [(a.spec, item.edition.period) for a in item.addresses if a not in lacking]
                letter = item.write() if lacking else None
                for address in lacking:
                    assert letter is not None
                    failed = self._one(item.edition, letter, address, times.get(address.spec, 0))
                    if failed is None:
                        sent.append((address.spec, item.edition.period))
                    else:
                        unsent.append(Unsent(address.spec, item.edition.period, failed.why, failed.said))
        return MailResult(tuple(sent), tuple(before), tuple(unsent))

    def _one(self, edition: Edition, letter: MailContent, to: Address, times: int) -> NotSent | None:
        """Send to one address and mark it; give why it did not go out."""
        named = message_id(self._sender, *edition, to.spec, times)
        try:
            now = local_moment(utc_moment(self._clock()), self._timezone)
            reply, failed = self._sent(letter, Envelope(self._sender, to, named, now)), None
        except NotSent as refused:
            reply, failed = f"{refused.why}: {refused.said}", refused
        self._mark(Delivery(edition, to.spec, failed is None, "", letter.sha256, named, reply))
        return failed

    def _sent(self, letter: MailContent, envelope: Envelope) -> str:
        if self._closed is not None:
            raise self._closed
        wide = envelope.to.needs_utf8 or self._sender.needs_utf8
        try:
            return self._line.send(
                self._sender.spec, envelope.to.spec, message_of(letter, envelope), utf8=wide
            )
        except NotSent as failed:
            if failed.for_all:
                self._closed = failed
            raise

    def _mark(self, delivery: Delivery) -> None:
        try:
            self._ledger.mark(delivery)
        except Failure as failure:
            if not delivery.accepted:
                return  # it is said anyway, and the next run tries again
            raise Failure(
                "mail-unmarked", address=delivery.address, reason=failure.params.get("reason", failure.code)
            ) from failure


def items_for(
    addresses: Sequence[Address], missed: Callable[[Address], Sequence[str]], period: str
) -> dict[str, tuple[Address, ...]]:
    """Return who is to get which period, oldest first: what each has missed, and the one that was asked for."""
    wanted: dict[str, list[Address]] = {period: list(addresses)}
    for address in addresses:
        for lacked in missed(address):
            wanted.setdefault(lacked, []).append(address)
    return {p: tuple(wanted[p]) for p in sorted(wanted)}
