"""What was taken back: an undo names the command that does not count from then on."""

from collections.abc import Iterable

from plantrack.model.named_tuple import NamedTuple


class Withdrawal(NamedTuple):
    """An undo: the command `command` takes back the command `target`."""

    command: str
    target: str
    recorded_at: str
    #: The number of the undo.
    number: int


def withdrawn(withdrawals: Iterable[Withdrawal], known_at: str | None = None) -> dict[str, int]:
    """Map each command that does not count at `known_at` to the number of the undo that took it back.

    An undo that is itself taken back has no effect. A withdrawal comes after its target, so the
    latest ones are decided first; of two at one moment, from two sites, the order of their uids decides.
    """
    out: dict[str, int] = {}
    for w in sorted(withdrawals, key=lambda w: (w.recorded_at, w.command), reverse=True):
        if (known_at is None or w.recorded_at <= known_at) and w.command not in out:
            out.setdefault(w.target, w.number)
    return out
