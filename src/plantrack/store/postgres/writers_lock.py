"""The lock of those who write: how it is taken, and how long it is waited for."""

from typing import Final

#: Who writes holds this row until the end: so nothing that was read inside becomes otherwise, and numbers have no gaps.
LOCK: Final = "SELECT used FROM counter WHERE name = 'command' FOR UPDATE"
#: The same for whoever sees one state until the end; it is no question.
_LOCK_OUT: Final = "LOCK TABLE counter IN EXCLUSIVE MODE"
#: A database ends each transaction in which nothing is asked for a while (`roles.sql`), but for this one.
_NO_END: Final = "SET LOCAL idle_in_transaction_session_timeout = 0"
#: Whoever stops or is cut off in the midst of writing must not hold up all others: how long it may say nothing, and
#: when the server looks whether it is there at all.
_LEFT: Final = {
    "idle_in_transaction_session_timeout": "120s",
    "tcp_keepalives_idle": "10",
    "tcp_keepalives_interval": "5",
    "tcp_keepalives_count": "4",
}


def begin_writing(timeout: float) -> tuple[str, ...]:
    """Return what begins a transaction that writes."""
    limits = {"lock_timeout": f"{round(timeout * 1000)}ms", **_LEFT}
    set_them = ", ".join(f"set_config('{name}', '{value}', true)" for name, value in limits.items())
    return "BEGIN ISOLATION LEVEL READ COMMITTED", f"SELECT {set_them}", LOCK


def begin_reading() -> tuple[str, ...]:
    """Return what begins a transaction that sees one state, and holds up nobody however slowly the answer is read."""
    return "BEGIN ISOLATION LEVEL REPEATABLE READ", _NO_END


def begin_held(timeout: float) -> tuple[str, ...]:
    """Return what begins a transaction that sees one state, in which nobody else writes.

    What is seen begins with the first question. So none is asked before the lock is had: what the one wrote who had it
    before would not be seen, and to lock a row of it would fail.
    """
    return *begin_reading(), wait_at_most(timeout), _LOCK_OUT


def wait_at_most(timeout: float) -> str:
    """Return what lets a transaction wait so long for each lock, in seconds; it does not yet see a state of the data."""
    return f"SET LOCAL lock_timeout = '{round(timeout * 1000)}ms'"
