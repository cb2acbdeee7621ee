"""Names for machines: 26 characters that sort by time and are made by whoever writes the fact."""

import hashlib
import os
from datetime import UTC, datetime

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class UidMaker:
    """Makes identifiers that sort in the order in which they were made, however fast that is."""

    def __init__(self) -> None:
        self._last = 0

    def __call__(self, now: datetime) -> str:
        """Make one: 48 bits of milliseconds and 80 random ones, in Crockford's base 32."""
        # The top random bit stays clear: room to count up within a millisecond.
        fresh = _milliseconds(now) << 80 | int.from_bytes(os.urandom(10)) >> 1
        self._last = fresh if fresh >> 80 > self._last >> 80 else self._last + 1
        return _written(self._last)


def uid_of(moment: datetime, known: str) -> str:
    """Make the identifier of what was recorded without one: from what is known of it, always the same."""
    return _written(
        _milliseconds(moment) << 80 | int.from_bytes(hashlib.sha256(known.encode()).digest()[:10])
    )


def _milliseconds(moment: datetime) -> int:
    return int((moment - _EPOCH).total_seconds() * 1000)


def _written(number: int) -> str:
    return "".join(_ALPHABET[number >> shift & 31] for shift in range(125, -5, -5))
