"""Mail addresses as people type them: `a@example.org`, `Nguyễn Văn A <a@example.org>`; nothing else passes."""

import re
from collections.abc import Iterable

from plantrack.errors import Failure
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.text import nfc

#: A part of what stands before the `@`, of letters and signs that need no quotes; other scripts' letters too.
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~\u00a1-\U0010ffff-]+"
_LOCAL = re.compile(rf"{_ATOM}(\.{_ATOM})*")
_LABEL = re.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


class Address(NamedTuple):
    """Somebody's mail box: the domain in small ASCII letters, as the network has it."""

    name: str
    local: str
    domain: str

    @property
    def spec(self) -> str:
        """Return the address alone; by it the ledger knows who got what."""
        return f"{self.local}@{self.domain}"


def parse_addresses(values: Iterable[str]) -> tuple[Address, ...]:
    """Read addresses, apart by commas, each once."""
    found: dict[str, Address] = {}
    for address in (parse_address(item) for value in values for item in _items(value)):
        found.setdefault(address.spec, address)
    return tuple(found.values())


def _items(value: str) -> list[str]:
    """Cut at the commas that do not stand in quotes."""
    return re.findall(r'(?:"[^"]*"|[^,"]|")+', value) or [""]


def parse_address(text: str) -> Address:
    """Read one address; `mail-address` says which one is none."""
    found = re.fullmatch(r"(.*?)\s*<\s*([^<>]*?)\s*>", text.strip(), re.DOTALL)
    name, spec = found.groups() if found else ("", text.strip())
    local, at, domain = spec.rpartition("@")
    local, name = nfc(local), _name(name)
    if _UNSAFE.search(text) or not at or not _LOCAL.fullmatch(local) or len(local.encode()) > 64:
        raise Failure("mail-address", address=text.strip())
    return Address(name, local, _domain(domain, text.strip()))


def _name(text: str) -> str:
    name = text.strip()
    if len(name) > 1 and name[0] == name[-1] == '"':
        name = name[1:-1].replace('\\"', '"')
    return nfc(name).strip()


def _domain(typed: str, text: str) -> str:
    try:
        domain = nfc(typed).encode("idna").decode("ascii").lower()
    except UnicodeError:  # an empty part, or one that is too long
        domain = ""
    if not 0 < len(domain) < 254 or not all(map(_LABEL.fullmatch, domain.split("."))):
        raise Failure("mail-address", address=text)
    return domain
