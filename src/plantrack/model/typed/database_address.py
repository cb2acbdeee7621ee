"""The address of a database on a server, as libpq reads it; its password is never shown."""

import re
from typing import Final
from urllib.parse import unquote

from plantrack.model.named_tuple import NamedTuple

#: What an address of the engine begins with.
SCHEMES: Final = ("postgresql://", "postgres://")
#: Who logs in with which password: all up to the last `@`, since whoever forgets to write `/` as `%2F` has one in it.
_LOGIN: Final = re.compile(r"(?<=://)([^:@/?]*):(.*)@", re.DOTALL)
#: Who logs in, where no password stands behind it.
_NAME: Final = re.compile(r"(?<=://)[^@/?]*@")
_OPTION: Final = re.compile(r"(?<=[?&])([^=&]*)=([^&]*)")
_SECRET_OPTIONS: Final = frozenset(
    {"password", "sslpassword", "scram_client_key", "scram_server_key", "oauth_client_secret"}
)
_LOGIN_OPTIONS: Final = frozenset({"user"})
_HIDDEN: Final = "***"
#: What says that pairs are an address, and no name of a file.
_PAIRS: Final = ("host", "hostaddr", "port", "dbname", "user", "password", "service", "sslmode")
#: The beginning of an address that somebody mistyped: never of a file, whose name might only begin so in a folder.
_MISTYPED: Final = re.compile(r"\s*postgres(?:ql)?(?:[:;](/*)|(//+))", re.IGNORECASE)


class DatabaseAddress(NamedTuple):
    """Where a database is that a server has; as text it is fit to be shown."""

    text: str

    def __str__(self) -> str:
        return _OPTION.sub(_shown_option, _LOGIN.sub(rf"\1:{_HIDDEN}@", self.text))

    def __repr__(self) -> str:
        return f"DatabaseAddress({str(self)!r})"

    @property
    def without_password(self) -> str:
        """Return it as it may be written down: who has to log in, does so by the files of libpq."""
        return _without(_SECRET_OPTIONS, _LOGIN.sub(r"\1@", self.text))

    @property
    def without_login(self) -> str:
        """Return it as somebody else may type it: libpq knows as whom each of them logs in."""
        return _without(_LOGIN_OPTIONS, _NAME.sub("", self.without_password))

    @property
    def has_password(self) -> bool:
        """Return whether it tells a password to whoever reads it."""
        return any(self._secrets())

    def without_secrets(self, said: str) -> str:
        """Return what is said of the address, without what quotes of it nobody may read."""
        # What an unescaped sign cuts off of a password is taken for another part of the address.
        pieces = {
            piece for secret in self._secrets() for piece in (secret, *re.split("[@/:?#]", secret)) if piece
        }

        def shown(found: re.Match[str]) -> str:
            is_secret = any(found[2] in piece or piece in found[2] for piece in pieces)
            return f"{found[1]}{_HIDDEN}{found[1]}" if is_secret and found[2] else found[0]

        return re.sub(r"""(["'])(.*?)\1""", shown, said)

    def _secrets(self) -> list[str]:
        login = _LOGIN.search(self.text)
        options = [value for name, value in _OPTION.findall(self.text) if unquote(name) in _SECRET_OPTIONS]
        return [*([login[2]] if login else []), *options]


def _shown_option(found: re.Match[str]) -> str:
    return f"{found[1]}={_HIDDEN}" if _is_secret(found) else found[0]


def _without(options: frozenset[str], address: str) -> str:
    """Return an address without some of its options."""
    bare = _OPTION.sub(lambda found: "" if unquote(found[1]) in options else found[0], address)
    return re.sub(r"(?<=[?&])&+|[?&]+$", "", bare)


def _is_secret(option: re.Match[str]) -> bool:
    return unquote(option[1]) in _SECRET_OPTIONS


def names_of_pairs(text: str) -> list[str]:
    """Return what is named in the other form that libpq knows, `host=may dbname=kh`; empty: it is not that form."""
    pairs = re.fullmatch(r"\s*(?:\w+\s*=\s*(?:'(?:[^'\\]|\\.)*'|[^\s']+)\s*)+", text)
    return [name for name in re.findall(r"(\w+)\s*=", text) if name in _PAIRS] if pairs else []


def is_address(text: str) -> bool:
    """Return whether a text is meant as an address, of whatever engine, however it is typed."""
    return "://" in text or bool(_MISTYPED.match(text))


def typed_rightly(text: str) -> DatabaseAddress | None:
    """Return the address that was meant by one whose beginning was mistyped; None: it is no such text."""
    found = None if text.startswith(SCHEMES) else _MISTYPED.match(text)
    if not found:
        return None
    local = "/" if len(found[1] or found[2] or "") > 2 else ""
    return DatabaseAddress(f"{SCHEMES[0]}{local}{text[found.end() :]}")
