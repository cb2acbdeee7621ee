"""Names for machines: 26 characters that sort by time and are made by whoever writes the fact."""

import hashlib
import os
from datetime import UTC, datetime
from functools import lru_cache

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
#: How many of the last bits are written apart from the rest, which is seldom another one: four letters.
_LAST_BITS = 20
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class UidMaker:
    """Makes identifiers that sort in the order in which they were made, however fast that is."""

    def __init__(self) -> None:
        self._last = 0

    def __call__(self, now: datetime) -> str:
        """Make one: 48 bits of milliseconds and 80 random ones, in Crockford's base 32."""
        moment = _milliseconds(now)
        if moment > self._last >> 80:
            # The top random bit stays clear: room to count up within a millisecond.
            self._last = moment << 80 | int.from_bytes(os.urandom(10)) >> 1
        else:
            self._last += 1
        return _written(self._last)


def uid_of(moment: datetime, known: str) -> str:
    """Make the identifier of what was recorded without one: from what is known of it, always the same."""
    return _written(
        _milliseconds(moment) << 80 | int.from_bytes(hashlib.sha256(known.encode()).digest()[:10])
    )


def _milliseconds(moment: datetime) -> int:
    return int((moment - _EPOCH).total_seconds() * 1000)


def _written(number: int) -> str:
    letters = _ALPHABET
    last = (
        letters[number >> 15 & 31]
        + letters[number >> 10 & 31]
        + letters[number >> 5 & 31]
        + letters[number & 31]
    )
    return _head(number >> _LAST_BITS) + last


@lru_cache(maxsize=8)
def _head(number: int) -> str:
    """Return all letters but the last ones: those of facts that are made one after another have the same."""
    return "".join(_ALPHABET[number >> shift & 31] for shift in range(105, -5, -5))
