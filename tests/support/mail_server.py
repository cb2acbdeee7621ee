"""A real mail server on this machine that does what real ones do: takes, refuses, stalls, drops the line."""

import asyncio
import contextlib
import email
import email.policy
import ssl
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

#: What becomes of an address, by what stands before its @.
Behaviour = dict[str, str]


class Handler:
    """Keeps what it takes; `ways` says what becomes of whom (`refuse`, `later`, `drop`, `stall` …)."""

    def __init__(self) -> None:
        self.ways: Behaviour = {}
        self.taken: list[tuple[str, bytes]] = []
        self.connections = 0
        self.before_answer: Callable[[str], None] = lambda to: None

    def way(self, address: str) -> str:
        return self.ways.get(address.partition("@")[0], "")

    async def handle_EHLO(
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        self.connections += 1
        return responses

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        match self.way(address):
            case "refuse":
                return "550 5.1.1 no such box\x1b[31m here"
            case "later":
                return "451 4.7.1 greylisted, try again in 5 minutes"
            case "closing":
                self.ways.pop(address.partition("@")[0])
                line(server).write(b"421 4.3.2 too many messages\r\n")
                line(server).close()
                return ""
            case "drop":
                line(server).abort()
                return "250 OK"
            case "stall":
                await asyncio.sleep(30)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        (to,) = envelope.rcpt_tos
        assert isinstance(envelope.content, bytes)
        match self.way(to):
            case "drop after":
                line(server).abort()
                return "250 OK"
            case "stall after":
                await asyncio.sleep(30)
            case "too large":
                return "552 5.3.4 message too large"
        self.taken.append((to, envelope.content))
        self.before_answer(to)
        return "250 2.0.0 queued as Đơn-1"

    def boxes(self) -> list[str]:
        """Return who was sent something, in order."""
        return [to for to, _ in self.taken]

    def messages(self) -> list[EmailMessage]:
        """Return what was taken, as a mail program reads it."""
        found = [email.message_from_bytes(data, policy=email.policy.default) for _, data in self.taken]
        return [m for m in found if isinstance(m, EmailMessage)]


def line(server: SMTP) -> asyncio.Transport:
    """Return the line itself."""
    assert isinstance(server.transport, asyncio.Transport)
    return server.transport


def port_of(controller: Controller) -> int:
    """Find the port that the system chose."""
    assert isinstance(controller.server, asyncio.Server)
    return int(controller.server.sockets[0].getsockname()[1])


class Authenticator:
    """Knows one account."""

    def __init__(self, user: str, password: str) -> None:
        self.known = LoginPassword(user.encode(), password.encode())

    def __call__(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any
    ) -> AuthResult:
        return AuthResult(success=data == self.known, handled=data == self.known)


class Mail:
    """A running server."""

    def __init__(self, handler: Handler, port: int) -> None:
        self.handler = handler
        self.port = port


@contextlib.contextmanager
def serving(
    *,
    tls: ssl.SSLContext | None = None,
    starttls: ssl.SSLContext | None = None,
    account: tuple[str, str] | None = None,
) -> Iterator[Mail]:
    """Run a server on a free port of 127.0.0.1."""
    handler = Handler()
    settings: dict[str, Any] = {"enable_SMTPUTF8": True, "tls_context": starttls}
    if account is not None:
        settings |= {
            "authenticator": Authenticator(*account),
            "auth_required": True,
            "auth_require_tls": False,
        }
    controller = _Anywhere(handler, hostname="127.0.0.1", port=0, ssl_context=tls, **settings)
    controller.start()
    try:
        yield Mail(handler, port_of(controller))
    finally:
        controller.stop()


class _Anywhere(Controller):
    """On a free port, which only the system can find: there is nothing to knock at before."""

    def _trigger_server(self) -> None:
        self.port = port_of(self)
        super()._trigger_server()  # type: ignore[no-untyped-call]
