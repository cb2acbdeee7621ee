"""The services that libpq knows by name: which there are, and why one that an address names leads nowhere."""

import os
import re
from pathlib import Path

from plantrack.errors import Failure
from plantrack.model.text import nearest
from plantrack.model.typed.database_address import DatabaseAddress


def unknown_service(address: DatabaseAddress, said: str) -> Failure:
    """Return why a service was not found; its file may not be there, or may have it under another name."""
    file = _file()
    found = re.search(r'definition of service "(.*)" not found', said)
    if not found:
        return Failure("unknown-service", file=str(address), services=str(file), reason=said)
    own, known = found[1], _named(file)
    reason = "no such service" if known else "no service at all"
    return Failure(
        "unknown-service",
        file=str(address),
        services=str(file),
        service=own,
        near=nearest(own, known),
        reason=reason,
    )


def _file() -> Path:
    """Return the file of whoever is at work, where libpq looks first."""
    if named := os.environ.get("PGSERVICEFILE"):
        return Path(named)
    if os.name == "nt":
        return Path(os.environ.get("APPDATA", ""), "postgresql", ".pg_service.conf")
    return Path(os.path.expanduser("~"), ".pg_service.conf")


def _named(file: Path) -> list[str]:
    try:
        text = file.read_text("utf-8", "replace")
    except OSError:
        return []
    return re.findall(r"^\[(.+)\]\s*$", text, re.MULTILINE)
