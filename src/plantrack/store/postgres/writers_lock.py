"""The lock of those who write: how it is taken, and how long it is waited for."""

from typing import Final

from plantrack.store.schema.text import table_names

#: Who writes holds this row until the end: so nothing that was read inside becomes otherwise, and numbers have no gaps.
LOCK: Final = "SELECT used FROM counter WHERE name = 'command' FOR UPDATE"
#: A database ends each transaction in which nothing is asked for a while (`roles.sql`), but not one that holds up nobody.
_NO_END: Final = "SET LOCAL idle_in_transaction_session_timeout = 0"
#: How long whoever writes may say nothing: who stops in the midst of it must not hold up all others.
_SILENCE: Final = "120s"
#: When the server looks whether whoever says nothing was cut off.
_CUT_OFF: Final = {
    "tcp_keepalives_idle": "10",
    "tcp_keepalives_interval": "5",
    "tcp_keepalives_count": "4",
}


def begin_writing(timeout: float, *, long: bool = False) -> tuple[str, ...]:
    """Return what begins a transaction that writes.

    `long`: it may say nothing for as long as it likes, and whoever writes past the program waits too.
    """
    silence = {"idle_in_transaction_session_timeout": "0" if long else _SILENCE}
    limits = {"lock_timeout": f"{round(timeout * 1000)}ms", **silence, **_CUT_OFF}
    set_them = ", ".join(f"set_config('{name}', '{value}', true)" for name, value in limits.items())
    lock = _lock_of_all() if long else LOCK
    return "BEGIN ISOLATION LEVEL READ COMMITTED", f"SELECT {set_them}", lock


def _lock_of_all() -> str:
    """Return what lets nobody write anything; whoever reads goes on, and whoever holds `LOCK` is waited for first."""
    others = (name for name in table_names() if name != "counter")
    return f"LOCK TABLE {', '.join(('counter', *others))} IN EXCLUSIVE MODE"


def begin_unlocked(patience: float) -> tuple[str, ...]:
    """Return what begins a transaction that takes no lock of its own accord; `patience`: as of `wait_at_most`."""
    return "BEGIN ISOLATION LEVEL READ COMMITTED", _NO_END, wait_at_most(patience)


#: To compile a question takes longer than to answer it, where a part of it that is seldom needed looks costly.
_NOT_COMPILED: Final = "SET LOCAL jit = off"


def begin_reading() -> tuple[str, ...]:
    """Return what begins a transaction that sees one state, however slowly the answer is read."""
    return "BEGIN ISOLATION LEVEL REPEATABLE READ", _NO_END, _NOT_COMPILED


def wait_at_most(timeout: float) -> str:
    """Return what lets a transaction wait so long for each lock, in seconds."""
    return f"SET LOCAL lock_timeout = '{round(timeout * 1000)}ms'"
