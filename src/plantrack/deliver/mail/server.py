"""The mail server: where it is and how one signs in, read from the environment.

A password is never part of an error: what a server says goes through `MailServer.masked`.
"""

import base64
import re
from collections.abc import Mapping
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from plantrack.errors import Failure
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.text import visible

_PORTS = {"smtp": 25, "smtps": 465, "smtp+starttls": 587}
#: How much of a server's words is kept, in characters.
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
        return f"MailServer({self.scheme}://{self.host}:{self.port})"

    def masked(self, said: bytes | str) -> str:
        """Return a server's words in one line, without the account in any of the forms in which it goes out."""
        text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
        for secret in sorted(self._secrets(), key=len, reverse=True):
            text = text.replace(secret, "***")
        return visible(" ".join(text.split()), _SAID)

    def _secrets(self) -> set[str]:
        found = {self.user, self.password, *self._credentials()}
        return {secret for secret in found if len(secret) > 2}

    def _credentials(self) -> tuple[str, str, str]:
        """Return the account as it goes out, in base64: both at once, the user, the password."""
        # In the environment a password may be of bytes that are not UTF-8.
        user, password = (text.encode("utf-8", "surrogateescape") for text in (self.user, self.password))
        both = b"\0" + user + b"\0" + password
        encoded = [base64.b64encode(said).decode() for said in (both, user, password)]
        return encoded[0], encoded[1], encoded[2]

    def sign_in_lines(self) -> dict[str, list[str]]:
        """Return the lines that sign in, by the name of the way; in UTF-8, which `smtplib` cannot."""
        both, user, password = self._credentials()
        return {"PLAIN": [f"AUTH PLAIN {both}"], "LOGIN": ["AUTH LOGIN", user, password]}


def server_from(environment: Mapping[str, str]) -> MailServer:
    """Read the settings of the mail server; whatever is wrong is said without repeating any of it.

    Raises: mail-no-server, mail-url, mail-no-password, mail-password-file, mail-insecure.
    """
    address = environment.get("PLANTRACK_SMTP_URL", "")
    if not address:
        raise Failure("mail-no-server")
    server = _parse_url(address)
    password = server.password or environment.get("PLANTRACK_SMTP_PASSWORD", "")
    if server.user and not password:
        password = _password_in(environment.get("PLANTRACK_SMTP_PASSWORD_FILE", ""))
    if server.user and not password:
        raise Failure("mail-no-password")
    server = server._replace(password=password if server.user else "")
    if server.scheme == "smtp" and server.password and not _is_this_machine(server.host):
        raise Failure("mail-insecure", host=visible(server.host, 60))
    return server


def without_password(address: str) -> str:
    """Return the address of a server as it may be shown and kept in a file that others read."""
    server = _parse_url(address)
    host = f"[{server.host}]" if ":" in server.host else server.host
    user = quote(server.user, safe="") + "@" if server.user else ""
    sender = f"?from={quote(server.sender, safe='@')}" if server.sender else ""
    return f"{server.scheme}://{user}{host}:{server.port}{sender}"


def _parse_url(address: str) -> MailServer:
    """Take an address apart; what is wrong in it is named, never shown: it may be the password."""
    try:
        parts = urlsplit(address)
        user, password, port, host = parts.username, parts.password, parts.port, parts.hostname
        query = dict(parse_qsl(parts.query, strict_parsing=True)) if parts.query else {}
        account = [unquote(x or "", errors="strict") for x in (user, password)]
    except ValueError:
        raise Failure("mail-url", what="mail_parts") from None
    if re.search("[\x00-\x20\x7f\ud800-\udfff]", address) or re.search(r"[\x00-\x1f\x7f]", "".join(account)):
        raise Failure("mail-url", what="mail_characters")
    if parts.scheme not in _PORTS:
        raise Failure("mail-url", what="mail_scheme")
    if not host or parts.path not in ("", "/") or parts.fragment:
        raise Failure("mail-url", what="mail_host")
    if query.keys() - {"from"}:
        raise Failure("mail-url", what="mail_query")
    if port == 0:
        raise Failure("mail-url", what="mail_parts")
    port = port or _PORTS[parts.scheme]
    return MailServer(parts.scheme, _ascii(host), port, account[0], account[1], query.get("from", ""))


def _ascii(host: str) -> str:
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:
        raise Failure("mail-url", what="mail_host") from None


def _password_in(file: str) -> str:
    """Read a password from the first line of a file, behind the mark that Windows puts before texts.

    The file's name is never shown: some have put the password itself there.
    """
    if not file:
        return ""
    try:
        with open(file, encoding="utf-8-sig") as lines:
            found = lines.readline(10_000).rstrip("\r\n")
    except OSError as error:
        raise Failure("mail-password-file", reason=error.strerror or "?") from None
    except ValueError:
        raise Failure("mail-password-file", reason="UTF-8?") from None
    if not found:
        raise Failure("mail-password-file", reason="—")
    return found


def _is_this_machine(host: str) -> bool:
    """Return whether a host is this machine: then nobody hears what is said to it."""
    return host in ("localhost", "::1") or re.fullmatch(r"127(\.\d{1,3}){3}", host) is not None
