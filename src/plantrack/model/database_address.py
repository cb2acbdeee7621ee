"""The address of a database on a server, as libpq reads it; its password is never shown."""

import re
from typing import Final

from plantrack.model.named_tuple import NamedTuple

#: What an address of the engine begins with.
SCHEMES: Final = ("postgresql://", "postgres://")
_PASSWORD: Final = re.compile(r"(?<=://)([^:/@?]*):[^@/]*@|(?<=[?&])(password|sslpassword)=[^&]*")


class DatabaseAddress(NamedTuple):
    """Where a database is that a server has; as text it is fit to be shown."""

    text: str

    def __str__(self) -> str:
        return _PASSWORD.sub(lambda found: f"{found[2]}=***" if found[2] else f"{found[1]}:***@", self.text)

    @property
    def without_password(self) -> str:
        """Return it as it may be written down: who has to log in, does so by the files of libpq."""
        bare = _PASSWORD.sub(lambda found: "" if found[2] else f"{found[1]}@", self.text)
        return re.sub(r"(?<=[?&])&+|[?&]+$", "", bare)

    @property
    def has_password(self) -> bool:
        """Return whether it tells a password to whoever reads it."""
        return str(self) != self.text


def is_address(text: str) -> bool:
    """Return whether a text is meant as an address, of whatever engine."""
    return "://" in text
