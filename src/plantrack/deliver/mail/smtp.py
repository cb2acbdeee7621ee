"""One connection to a mail server, over which messages go out one after another."""

import contextlib
import re
import smtplib
import socket
import ssl
import threading
from collections.abc import Iterator
from typing import Self

from plantrack.deliver.mail.server import MailServer

#: How long each step may take, in seconds: to connect and for each command; for a message, once it is sent; and
#: for all that one address takes, however the answers dribble in.
STEP, ANSWER, WHOLE = 30.0, 120.0, 600.0


class NotSent(Exception):
    """A message was not taken. `why`: code of `mail.why.*`; `said`: the words of the server or the system."""

    def __init__(self, why: str, said: str = "") -> None:
        super().__init__(why, said)
        self.why = why
        self.said = said


class SmtpSession:
    """A connection to a mail server: opened for the first message, again after it broke, closed at the end.

    One that could not be opened is not tried again: every message then fails with the same `NotSent`.
    """

    def __init__(self, server: MailServer) -> None:
        self._server = server
        self._smtp: smtplib.SMTP | None = None
        self._not_opened: NotSent | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Say goodbye, briefly: everything that counts was answered before."""
        if self._smtp is not None and self._smtp.sock is not None:
            with contextlib.suppress(OSError, smtplib.SMTPException):
                self._smtp.sock.settimeout(2)
                self._smtp.quit()
        self._close()

    def send(self, sender: str, to: str, message: bytes) -> str:
        """Send a message to one address; return the server's words when it took it, else raise `NotSent`.

        On a connection that broke since the last message it tries once more, on a new one: nothing of the message
        was said yet.
        """
        was_open = self._smtp is not None
        try:
            return self._send(sender, to, message)
        except NotSent as failed:
            if not (was_open and self._smtp is None and failed.why in ("lost", "closing")):
                raise
        return self._send(sender, to, message)

    def _send(self, sender: str, to: str, message: bytes) -> str:
        smtp = self._open()
        with self._failing_as("lost"), _time_limit(smtp):
            self._announce(smtp, sender, to, len(message))
            smtp.send(re.sub(rb"(?m)^\.", b"..", message))
        # From here on the server may have taken it, whatever becomes of the connection.
        with self._failing_as("unsure"), _time_limit(smtp):
            assert smtp.sock is not None
            smtp.sock.settimeout(ANSWER)
            smtp.send(b"" if message.endswith(b"\r\n") else b"\r\n")
            smtp.send(b".\r\n")
            return self._accepted(smtp, *smtp.getreply())

    def _announce(self, smtp: smtplib.SMTP, sender: str, to: str, size: int) -> None:
        """Say from whom and to whom, up to the point where the message itself is asked for."""
        assert smtp.sock is not None
        smtp.sock.settimeout(STEP)
        options = [f"SIZE={size}"] if smtp.has_extn("size") else []
        if not (sender + to).isascii():
            if not smtp.has_extn("smtputf8"):
                raise NotSent("no-utf8")
            options += ["BODY=8BITMIME", "SMTPUTF8"]
        self._accepted(smtp, *smtp.mail(sender, options))
        self._accepted(smtp, *smtp.rcpt(to))
        code, said = smtp.docmd("DATA")
        # Only 354 is leave to send; a plain yes here is nonsense.
        self._accepted(smtp, 250 if code == 354 else 500 if 200 <= code < 300 else code, said)
        smtp.sock.settimeout(ANSWER)

    def _accepted(self, smtp: smtplib.SMTP, code: int, said: bytes) -> str:
        """Return the words of an answer that says yes; after another one the connection is ready for the next message."""
        words = self._words(code, said)
        if 200 <= code < 300:
            return words
        if code in (421, -1):
            self._close()
            raise NotSent("closing", words)
        is_ready = False
        with contextlib.suppress(OSError, smtplib.SMTPException):
            is_ready = smtp.rset()[0] == 250
        if not is_ready:
            self._close()
        raise NotSent("refused" if code >= 500 else "later", words)

    def _words(self, code: int, said: bytes) -> str:
        return self._server.masked(f"{code} ".encode() + said)

    # --- opening and closing ---

    def _open(self) -> smtplib.SMTP:
        """Return the connection; one that could not be opened fails each time alike."""
        if self._not_opened is not None:
            raise self._not_opened
        if self._smtp is None:
            try:
                with self._failing_as("lost"):
                    self._smtp = self._connect()
            except NotSent as failed:
                self._not_opened = failed
                raise
        return self._smtp

    def _connect(self) -> smtplib.SMTP:
        server, context = self._server, ssl.create_default_context()
        smtp: smtplib.SMTP
        if server.scheme == "smtps":
            smtp = smtplib.SMTP_SSL(local_hostname=_own_name(), timeout=STEP, context=context)
        else:
            smtp = smtplib.SMTP(local_hostname=_own_name(), timeout=STEP)
        # The name that certificates are checked against, which `connect` does not set.
        smtp._host = server.host  # type: ignore[attr-defined]
        self._smtp = smtp
        with _time_limit(smtp):
            code, said = smtp.connect(server.host, server.port)
            if code != 220:
                raise NotSent("unwelcome", self._words(code, said))
            smtp.ehlo_or_helo_if_needed()
            if server.scheme == "smtp+starttls":
                self._start_tls(smtp, context)
            if server.user:
                self._sign_in(smtp)
        return smtp

    def _start_tls(self, smtp: smtplib.SMTP, context: ssl.SSLContext) -> None:
        if not smtp.has_extn("starttls"):
            raise NotSent("no-tls")
        self._accepted(smtp, *smtp.starttls(context=context))
        smtp.ehlo_or_helo_if_needed()

    def _sign_in(self, smtp: smtplib.SMTP) -> None:
        offered = smtp.esmtp_features.get("auth", "").upper().split()
        lines = next((lines for way, lines in self._server.sign_in_lines().items() if way in offered), None)
        if lines is None:
            raise NotSent("no-sign-in", self._server.masked(" ".join(offered)))
        code, said = 334, b""
        for line in lines:
            if code == 334:
                code, said = smtp.docmd(line)
        if code != 235:
            raise NotSent("sign-in", self._words(code, said))

    @contextlib.contextmanager
    def _failing_as(self, lost: str) -> Iterator[None]:
        """Turn whatever breaks a connection into `NotSent`, and close it. `lost`: what its end means."""
        try:
            yield
        except NotSent as failed:
            if failed.why not in ("refused", "later", "no-utf8"):
                self._close()
            raise
        except (OSError, smtplib.SMTPException, UnicodeError) as error:
            self._close()
            raise NotSent(*self._why(error, lost)) from None

    def _why(self, error: Exception, lost: str) -> tuple[str, str]:
        """Return why a connection broke, as a code and in words."""
        if isinstance(error, ssl.SSLCertVerificationError):
            return "certificate", error.verify_message
        if isinstance(error, smtplib.SMTPResponseException):
            said = error.smtp_error
            return "unwelcome", self._words(
                error.smtp_code, said if isinstance(said, bytes) else said.encode()
            )
        if isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError):
            return ("stalled" if lost == "lost" else lost), ""
        if isinstance(error, ssl.SSLError):
            return "tls", self._server.masked(error.reason or "")
        if isinstance(error, socket.gaierror | ConnectionRefusedError):
            return "unreachable", self._server.masked(error.strerror or "")
        return lost, self._server.masked(getattr(error, "strerror", None) or "")

    def _close(self) -> None:
        smtp, self._smtp = self._smtp, None
        if smtp is not None:
            with contextlib.suppress(OSError):
                smtp.close()


@contextlib.contextmanager
def _time_limit(smtp: smtplib.SMTP) -> Iterator[None]:
    """Cut the connection after `WHOLE`, whatever still dribbles in: each letter of an answer sets `STEP` back."""

    def cut() -> None:
        if smtp.sock is not None:
            with contextlib.suppress(OSError):
                smtp.sock.shutdown(socket.SHUT_RDWR)

    watch = threading.Timer(WHOLE, cut)
    watch.daemon = True
    watch.start()
    try:
        yield
    finally:
        watch.cancel()


def _own_name() -> str:
    """Return the name to greet with; asking the network for it could take longer than the message."""
    name = socket.gethostname()
    return name if "." in name and name.isascii() else "[127.0.0.1]"
