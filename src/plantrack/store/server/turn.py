"""Whose turn it is to send mail, where a server keeps the database."""

from collections.abc import Callable
from contextlib import AbstractContextManager

from plantrack.errors import needing_extra
from plantrack.model.typed.database_address import DatabaseAddress


def turn_to_send(address: DatabaseAddress, patience: float) -> AbstractContextManager[Callable[[], None]]:
    """Wait for one's turn to send mail, so many seconds, and have it; yield what fails once others have it.

    Fails with `mail-busy` where it does not come, and as connecting does.
    """
    with needing_extra("postgres"):
        from plantrack.store.postgres import turn
    return turn.turn_to_send(address, patience)
