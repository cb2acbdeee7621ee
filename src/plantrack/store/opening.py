"""A database is opened: a file, or what a server has."""

from pathlib import Path

from plantrack.errors import needing_extra
from plantrack.model.typed.database_address import DatabaseAddress
from plantrack.store.connection import TIMEOUT_SECONDS, Connection


def open_database(
    place: Path | DatabaseAddress,
    *,
    timeout: float = TIMEOUT_SECONDS,
    older: bool = False,
    command: str = "",
) -> Connection:
    """Open a database; with `older`, also one that is still to be upgraded.

    `command`: the one that runs, which a server may allow to others than who is at work.

    Fails as `connect` of its engine does; with `extra-missing` where the driver of a server is not installed.
    """
    if isinstance(place, Path):
        from plantrack.store.sqlite.connection import connect

        return connect(place, timeout=timeout, older=older)
    with needing_extra("postgres"):
        from plantrack.store.postgres.connection import connect_server
    return connect_server(place, timeout=timeout, older=older, command=command)


def glance(place: Path | DatabaseAddress) -> Connection:
    """Open a database only to read it, at once or not at all.

    Fails as `open_database` does.
    """
    if isinstance(place, Path):
        from plantrack.store.sqlite.glance import glance_at_file

        return glance_at_file(place)
    with needing_extra("postgres"):
        from plantrack.store.postgres.glance import glance_at_server
    return glance_at_server(place)
