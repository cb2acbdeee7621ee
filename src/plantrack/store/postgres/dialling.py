"""How a server is called: as libpq does, and what is asked of it besides."""

import os
import re
from typing import Any, Final

import psycopg

from plantrack.errors import Failure
from plantrack.model.text import nearest, visible
from plantrack.model.typed.database_address import DatabaseAddress
from plantrack.store.connection import Row
from plantrack.store.postgres.failures import refused_connection

#: What is asked of libpq where nobody asked for something else: a line that is dead is noticed while somebody waits.
_LINE: Final = {
    "fallback_application_name": "plantrack",
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 4,
    "tcp_user_timeout": 30_000,
}


def dial(address: DatabaseAddress, timeout: float) -> "psycopg.Connection[Row]":
    """Connect as libpq does: with its files for services and passwords, and to the first of several hosts that answers.

    Nothing is prepared on the server, and nothing is set for the session: a pooler may stand between.
    """
    if not psycopg.capabilities.has_pipeline():
        raise Failure("driver-too-old", version=psycopg.pq.version_pretty(psycopg.pq.version()))
    try:
        given = psycopg.conninfo.conninfo_to_dict(_plain(address))
        ours: dict[str, Any] = {name: value for name, value in _LINE.items() if name not in given}
        if not ("connect_timeout" in given or os.environ.get("PGCONNECT_TIMEOUT")):
            ours["connect_timeout"] = max(2, round(timeout))
        ours["client_encoding"] = "utf8"
        return psycopg.connect(address.text, autocommit=True, prepare_threshold=None, **ours)
    except psycopg.ProgrammingError as error:  # of its own reading of the address
        raise _misread(address, address.without_secrets(str(error).strip())) from error
    except UnicodeError as error:  # a part of the name of a host that is too long, or is empty
        raise Failure("address-form", file=str(address), reason=str(error)) from error
    except psycopg.Error as error:
        raise refused_connection(error, address) from error


def _plain(address: DatabaseAddress) -> str:
    """Return an address as text that can be given to libpq, which reads it up to the first NUL."""
    if not address.text.isprintable():
        raise Failure("address-form", file=visible(str(address)), reason="control character")
    return address.text


def _misread(address: DatabaseAddress, said: str) -> Failure:
    """Return what libpq could not read of an address."""
    if unknown := re.search(r'invalid (?:URI query parameter|connection option):? "(.*)"', said):
        known = [option.keyword.decode() for option in psycopg.pq.Conninfo.get_defaults()]
        option = unknown[1]
        return Failure(
            "address-form",
            file=str(address),
            reason="unknown option",
            option=option,
            near=nearest(option, known),
        )
    reason = "spaces" if "unexpected spaces" in said else said
    return Failure("address-form", file=str(address), reason=reason)
