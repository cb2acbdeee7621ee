"""A transaction that is tried again where the server asks for it, or was gone; what it records is never doubled."""

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from plantrack.errors import Failure
from plantrack.store.connection import Result
from plantrack.store.postgres.failures import may_be_tried_again

if TYPE_CHECKING:
    from plantrack.store.postgres.connection import Postgres

#: How long is waited before the second try, and at most before a further one, in seconds.
_PAUSE, _LONGEST_PAUSE = 0.1, 3.2
#: How long is tried again: a server that starts again, or a standby that takes over, needs some of it.
_PATIENCE_SECONDS: Final = 30.0


def transact(db: "Postgres", write: Callable[[], Result], is_recorded: Callable[[Result], bool]) -> Result:
    """Run `write` in a transaction of its own, again where the server asks for it or was gone.

    Where it was gone before it said that all is written, the first transaction is over once another one may write:
    then it is looked for what it recorded. Until that is known, every failure is `server-gone-saving`.
    """
    unknown, pause, until = list[Result](), _PAUSE, 0.0
    while True:
        try:
            return _attempt(db, write, is_recorded, unknown)
        except Failure as failure:
            is_over = until and time.monotonic() > until
            if is_over or not may_be_tried_again(failure, is_first=not until):
                if unknown and failure.code != "server-gone-saving":
                    reason = failure.params.get("reason", failure.code)
                    raise Failure("server-gone-saving", file=db.name, reason=reason) from failure
                raise
        until = until or time.monotonic() + _PATIENCE_SECONDS
        time.sleep(pause)
        pause = min(2 * pause, _LONGEST_PAUSE)


def _attempt(
    db: "Postgres", write: Callable[[], Result], is_recorded: Callable[[Result], bool], unknown: list[Result]
) -> Result:
    """Write, unless what was written before is there; `unknown` holds that until it is known."""
    written = list[Result]()
    try:
        db.connect_again()
        with db.atomic():
            if not (unknown and is_recorded(unknown[0])):
                unknown.clear()
                written.append(write())
    except Failure as failure:
        if failure.code == "server-gone-saving":
            unknown.extend(written)
        raise
    return (written or unknown)[0]
