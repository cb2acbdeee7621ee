"""The mail server: where it is, how one signs in, and one line to it that is opened when it is needed.

A password is never part of an error: what a server says goes through `Server.masked`.
"""

import base64
import contextlib
import re
import smtplib
import socket
import ssl
import threading
from collections.abc import Iterator, Mapping
from typing import Self
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from plantrack.errors import Failure
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.text import visible

#: How long each step may take, in seconds: to connect and for each command; for a message, once it is sent; and
#: for all that one address takes, however the answers dribble in.
STEP, ANSWER, WHOLE = 30.0, 120.0, 600.0
_PORTS = {"smtp": 25, "smtps": 465, "smtp+starttls": 587}
_SAID = 300


class MailServer(NamedTuple):
    """A mail server and the account there."""

    scheme: str
    host: str
    port: int
    user: str
    password: str
    #: The sender that the address names.
    sender: str = ""

    def __repr__(self) -> str:
        return f"Server({self.scheme}://{self.host}:{self.port})"

    def masked(self, said: bytes | str) -> str:
        """Return a server's words in one line, without the account in any of the forms in which it goes out."""
        text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
        for secret in sorted(self._secrets(), key=len, reverse=True):
            text = text.replace(secret, "***")
        return visible(" ".join(text.split()), _SAID)

    def _secrets(self) -> set[str]:
        sent = (self.user.encode(), self.password.encode(), self._signature())
        found = {self.user, self.password, *(base64.b64encode(text).decode() for text in sent)}
        return {secret for secret in found if len(secret) > 2}

    def _signature(self) -> bytes:
        return b"\0" + self.user.encode() + b"\0" + self.password.encode()

    def signatures(self) -> dict[str, list[str]]:
        """Return what is said to sign in, by the way of doing it; in UTF-8, which `smtplib` cannot."""
        user, password = (base64.b64encode(x.encode()).decode() for x in (self.user, self.password))
        return {
            "PLAIN": ["AUTH PLAIN " + base64.b64encode(self._signature()).decode()],
            "LOGIN": ["AUTH LOGIN", user, password],
        }


class NotSent(Exception):
    """A message that was not taken: `why` is a code, `said` whoever's words; `for_all`: it is no use to go on."""

    def __init__(self, why: str, said: str = "", *, for_all: bool = False) -> None:
        super().__init__(why, said)
        self.why = why
        self.said = said
        self.for_all = for_all


def server_of(environment: Mapping[str, str]) -> MailServer:
    """Read the settings of the mail server; whatever is wrong is said without repeating any of it."""
    address = environment.get("PLANTRACK_SMTP_URL", "")
    if not address:
        raise Failure("mail-no-server")
    server = _read(address)
    password = server.password or environment.get("PLANTRACK_SMTP_PASSWORD", "")
    if server.user and not password:
        password = _password_of(environment.get("PLANTRACK_SMTP_PASSWORD_FILE", ""))
    if server.user and not password:
        raise Failure("mail-no-password")
    server = server._replace(password=password if server.user else "")
    if server.scheme == "smtp" and server.password and not _is_here(server.host):
        raise Failure("mail-insecure", host=visible(server.host, 60))
    return server


def without_password(address: str) -> str:
    """Return the address of a server as it may be shown and kept in a file that others read."""
    server = _read(address)
    host = f"[{server.host}]" if ":" in server.host else server.host
    user = quote(server.user, safe="") + "@" if server.user else ""
    sender = f"?from={quote(server.sender, safe='@')}" if server.sender else ""
    return f"{server.scheme}://{user}{host}:{server.port}{sender}"


def _read(address: str) -> MailServer:
    """Take an address apart; what is wrong in it is named, never shown: it may be the password."""
    try:
        parts = urlsplit(address)
        user, password, port, host = parts.username, parts.password, parts.port, parts.hostname
        asked = dict(parse_qsl(parts.query, strict_parsing=True)) if parts.query else {}
        account = [unquote(x or "", errors="strict") for x in (user, password)]
    except ValueError:
        raise Failure("mail-url", what="mail_parts") from None
    if re.search(r"[\x00-\x20\x7f]", address) or re.search(r"[\x00-\x1f\x7f]", "".join(account)):
        raise Failure("mail-url", what="mail_characters")
    if parts.scheme not in _PORTS:
        raise Failure("mail-url", what="mail_scheme")
    if not host or parts.path not in ("", "/") or parts.fragment:
        raise Failure("mail-url", what="mail_host")
    if asked.keys() - {"from"}:
        raise Failure("mail-url", what="mail_query")
    if port == 0:
        raise Failure("mail-url", what="mail_parts")
    port = port or _PORTS[parts.scheme]
    return MailServer(parts.scheme, _ascii(host), port, account[0], account[1], asked.get("from", ""))


def _ascii(host: str) -> str:
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:
        raise Failure("mail-url", what="mail_host") from None


def _password_of(file: str) -> str:
    """Read a password from the first line of a file."""
    if not file:
        return ""
    try:
        with open(file, encoding="utf-8") as opened:
            found = opened.readline(10_000).rstrip("\r\n")
    except OSError as error:
        raise Failure("mail-password-file", file=file, reason=error.strerror or "?") from None
    except ValueError:
        raise Failure("mail-password-file", file=file, reason="UTF-8?") from None
    if not found:
        raise Failure("mail-password-file", file=file, reason="—")
    return found


def _is_here(host: str) -> bool:
    """Return whether a host is this machine: then nobody hears what is said to it."""
    return host in ("localhost", "::1") or re.fullmatch(r"127(\.\d{1,3}){3}", host) is not None


class SmtpSession:
    """A line to a mail server: opened for the first message, again after it broke, closed at the end."""

    def __init__(self, server: MailServer) -> None:
        self._server = server
        self._smtp: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Say goodbye, briefly: everything that counts was answered before."""
        if self._smtp is not None and self._smtp.sock is not None:
            with contextlib.suppress(OSError, smtplib.SMTPException):
                self._smtp.sock.settimeout(2)
                self._smtp.quit()
        self._hang_up()

    def send(self, sender: str, to: str, data: bytes, *, utf8: bool = False) -> str:
        """Send a message to one address; give the server's words when it took it, else raise `NotSent`.

        On a line that broke since the last message it tries once more, on a new one: nothing of the message
        was said yet.
        """
        used = self._smtp is not None
        try:
            return self._send(sender, to, data, utf8)
        except NotSent as failed:
            if not (used and self._smtp is None and failed.why in ("lost", "closing")):
                raise
        return self._send(sender, to, data, utf8)

    def _send(self, sender: str, to: str, data: bytes, utf8: bool) -> str:
        smtp = self._opened()
        with self._told("lost"), _within(smtp, WHOLE):
            self._set_out(smtp, sender, to, len(data), utf8)
            smtp.send(re.sub(rb"(?m)^\.", b"..", data))
        # From here on the server may have taken it, whatever becomes of the line.
        with self._told("unsure"), _within(smtp, WHOLE):
            assert smtp.sock is not None
            smtp.sock.settimeout(ANSWER)
            smtp.send(b"" if data.endswith(b"\r\n") else b"\r\n")
            smtp.send(b".\r\n")
            return self._taken(smtp, *smtp.getreply())

    def _set_out(self, smtp: smtplib.SMTP, sender: str, to: str, size: int, utf8: bool) -> None:
        """Say from whom and to whom, up to the point where the message itself is asked for."""
        assert smtp.sock is not None
        smtp.sock.settimeout(STEP)
        options = [f"SIZE={size}"] if smtp.has_extn("size") else []
        if utf8:
            if not smtp.has_extn("smtputf8"):
                raise NotSent("no-utf8")
            options += ["BODY=8BITMIME", "SMTPUTF8"]
        self._taken(smtp, *smtp.mail(sender, options))
        self._taken(smtp, *smtp.rcpt(to))
        code, said = smtp.docmd("DATA")
        # Only 354 is leave to send; a plain yes here is nonsense.
        self._taken(smtp, 250 if code == 354 else 500 if 200 <= code < 300 else code, said)
        smtp.sock.settimeout(ANSWER)

    def _taken(self, smtp: smtplib.SMTP, code: int, said: bytes) -> str:
        """Return the words of an answer that says yes; after another one the line is ready for the next message."""
        words = self._server.masked(f"{code} ".encode() + said)
        if 200 <= code < 300:
            return words
        if code in (421, -1):
            self._hang_up()
            raise NotSent("closing", words)
        with contextlib.suppress(OSError, smtplib.SMTPException):
            if smtp.rset()[0] == 250:
                raise NotSent("refused" if code >= 500 else "later", words)
        self._hang_up()
        raise NotSent("refused" if code >= 500 else "later", words)

    # --- the line itself ---

    def _opened(self) -> smtplib.SMTP:
        if self._smtp is None:
            try:
                with self._told("lost"):
                    self._smtp = self._connected()
            except NotSent as failed:
                raise NotSent(failed.why, failed.said, for_all=True) from None
        return self._smtp

    def _connected(self) -> smtplib.SMTP:
        server, context = self._server, ssl.create_default_context()
        smtp: smtplib.SMTP
        if server.scheme == "smtps":
            smtp = smtplib.SMTP_SSL(local_hostname=_own_name(), timeout=STEP, context=context)
        else:
            smtp = smtplib.SMTP(local_hostname=_own_name(), timeout=STEP)
        # The name that certificates are checked against, which `connect` does not set.
        smtp._host = server.host  # type: ignore[attr-defined]
        self._smtp = smtp
        with _within(smtp, WHOLE):
            self._welcomed(smtp, *smtp.connect(server.host, server.port))
            smtp.ehlo_or_helo_if_needed()
            if server.scheme == "smtp+starttls":
                self._secure(smtp, context)
            if server.user:
                self._sign_in(smtp)
        return smtp

    def _welcomed(self, smtp: smtplib.SMTP, code: int, said: bytes) -> None:
        if code != 220:
            raise NotSent("unwelcome", self._server.masked(f"{code} ".encode() + said))

    def _secure(self, smtp: smtplib.SMTP, context: ssl.SSLContext) -> None:
        if not smtp.has_extn("starttls"):
            raise NotSent("no-tls")
        self._taken(smtp, *smtp.starttls(context=context))
        smtp.ehlo_or_helo_if_needed()

    def _sign_in(self, smtp: smtplib.SMTP) -> None:
        offered = smtp.esmtp_features.get("auth", "").upper().split()
        for way, lines in self._server.signatures().items():
            if way in offered:
                self._signed_in(smtp, lines)
                return
        raise NotSent("no-sign-in", self._server.masked(" ".join(offered)))

    def _signed_in(self, smtp: smtplib.SMTP, lines: list[str]) -> None:
        code, said = 334, b""
        for line in lines:
            if code == 334:
                code, said = smtp.docmd(line)
        if code != 235:
            raise NotSent("sign-in", self._server.masked(f"{code} ".encode() + said))

    @contextlib.contextmanager
    def _told(self, lost: str) -> Iterator[None]:
        """Turn whatever breaks a line into `NotSent`; a line that broke is hung up. `lost`: what its end means."""
        try:
            yield
        except NotSent as failed:
            if failed.why not in ("refused", "later", "no-utf8"):
                self._hang_up()
            raise
        except (OSError, smtplib.SMTPException, UnicodeError) as error:
            self._hang_up()
            raise NotSent(*self._why(error, lost)) from None

    def _why(self, error: Exception, lost: str) -> tuple[str, str]:
        """Say why a line broke, and in which words."""
        if isinstance(error, ssl.SSLCertVerificationError):
            return "certificate", error.verify_message
        if isinstance(error, smtplib.SMTPResponseException):
            return "unwelcome", self._server.masked(f"{error.smtp_code} ".encode() + _bytes(error.smtp_error))
        if isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError):
            return ("stalled" if lost == "lost" else lost), ""
        if isinstance(error, ssl.SSLError):
            return "tls", self._server.masked(error.reason or "")
        if isinstance(error, socket.gaierror | ConnectionRefusedError):
            return "unreachable", self._server.masked(error.strerror or "")
        return lost, self._server.masked(getattr(error, "strerror", None) or "")

    def _hang_up(self) -> None:
        smtp, self._smtp = self._smtp, None
        if smtp is not None:
            with contextlib.suppress(OSError):
                smtp.close()


@contextlib.contextmanager
def _within(smtp: smtplib.SMTP, seconds: float) -> Iterator[None]:
    """Cut the line after some time, whatever still dribbles in: each letter of an answer sets `STEP` back."""

    def cut() -> None:
        if smtp.sock is not None:
            with contextlib.suppress(OSError):
                smtp.sock.shutdown(socket.SHUT_RDWR)

    watch = threading.Timer(seconds, cut)
    watch.daemon = True
    watch.start()
    try:
        yield
    finally:
        watch.cancel()


def _bytes(said: bytes | str) -> bytes:
    return said if isinstance(said, bytes) else said.encode()


def _own_name() -> str:
    """Return the name to greet with; asking the network for it could take longer than the message."""
    name = socket.gethostname()
    return name if "." in name and name.isascii() else "[127.0.0.1]"
