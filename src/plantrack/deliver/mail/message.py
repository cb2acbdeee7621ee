"""A letter: its subject, its text in two forms, the files with it; and the message that carries it to one address."""

import hashlib
import re
from collections.abc import Iterator
from datetime import datetime
from email.header import Header
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime
from typing import Any

from plantrack.deliver.mail.address import Address
from plantrack.model.named_tuple import NamedTuple

#: The kinds of files that may be attached, as mail names them.
_OFFICE = "vnd.openxmlformats-officedocument"
_KINDS = {"docx": f"{_OFFICE}.wordprocessingml.document", "xlsx": f"{_OFFICE}.spreadsheetml.sheet"}


#: The headers that people read.
_READ = ("From", "To", "Subject")
#: What stands in them as it is, where nothing in it looks like an encoded word: a subject, a name without quotes.
_ASCII = re.compile("[ -~]*")
_ATOMS = re.compile("[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]*")


class MailContent(NamedTuple):
    """What somebody gets to read; the same for everybody."""

    subject: str
    text: str
    html: str
    #: Name and bytes.
    files: tuple[tuple[str, bytes], ...]
    language: str

    @property
    def sha256(self) -> str:
        """Return the hash of all that is said: of neither the sender nor the way."""
        whole = hashlib.sha256()
        for part in self._parts():
            whole.update(b"%d:" % len(part) + part)  # with its length, so that no part can run into the next
        return whole.hexdigest()

    def _parts(self) -> Iterator[bytes]:
        yield from (text.encode() for text in (self.subject, self.text, self.html))
        for name, data in self.files:
            yield from (name.encode(), data)


class _Encoded(EmailPolicy):
    """Writes what people read in a header as encoded words and nothing else.

    Python's own way, which leaves ASCII words between them as they are, loses spaces where a line is broken, and of a
    long subject in ASCII leaves the first line empty, so that it is read with a space before it. Of a long name with a
    backslash it loses the quotes, and what looks like an encoded word it takes for one.
    """

    def header_store_parse(self, name: str, value: Any) -> tuple[str, Any]:
        """Keep what people read as it is."""
        return (name, value) if name in _READ else super().header_store_parse(name, value)

    def fold_binary(self, name: str, value: Any) -> bytes:
        """Write a header as lines."""
        if name not in _READ:
            return super().fold_binary(name, value)
        said, spec = (value.name, value.spec) if isinstance(value, Address) else (value, "")
        plain = _ATOMS if spec else _ASCII
        charset = "us-ascii" if plain.fullmatch(said) and "=?" not in said else "utf-8"
        words = Header(said, charset, header_name=name, maxlinelen=76).encode(linesep="\r\n")
        # An address itself stands as it is: encoded words inside it would be another address.
        end = f"\r\n <{spec}>" if said and spec else spec
        return f"{name}: {words}{end}\r\n".encode()


_ENCODED = _Encoded(linesep="\r\n", max_line_length=76)


def build_message(
    content: MailContent, sender: Address, to: Address, message_id: str, date: datetime
) -> bytes:
    """Return the message of a letter to one address, all texts in base64: no server on the way has to change any."""
    message = EmailMessage(_ENCODED)
    message["Date"] = format_datetime(date)
    message["From"] = sender
    message["To"] = to
    message["Message-ID"] = message_id
    message["Subject"] = content.subject
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(content.text, cte="base64")
    if content.html:
        message.add_alternative(content.html, subtype="html", cte="base64")
    for name, data in content.files:
        message.add_attachment(
            data, maintype="application", subtype=_KINDS[name.rpartition(".")[2]], filename=name
        )
    # Only now: the content of a message clears what was said of it before.
    message["Content-Language"] = content.language
    _set_boundaries(message, content.sha256)
    return message.as_bytes()


def _set_boundaries(message: EmailMessage, digest: str) -> None:
    """Part the message at lines that no chance has chosen; base64 can hold none of them."""
    many = (part for part in message.walk() if part.is_multipart())
    for i, part in enumerate(many):
        part.set_boundary(f"=_{digest[:32]}_{i}")


def message_id(sender: Address, *what: object) -> str:
    """Return the name of a message: the same for the same report to the same address, also when it is repeated.

    Mail systems know a repeat by it. It says nothing of what it names.
    """
    named = hashlib.sha256("\n".join(map(str, what)).encode()).hexdigest()
    return f"<{named[:40]}@{sender.domain}>"
