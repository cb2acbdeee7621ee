"""How far long work has come, told while it goes on."""

from collections.abc import Callable

#: Called with the share of the work that is done, from 0 to 1.
Advance = Callable[[float], None]


def unheard(share: float) -> None:
    """Tell nobody how far work has come."""


def scaled(advance: Advance, first: float, last: float) -> Advance:
    """Return what is told of a part of longer work, which takes that from one share to another."""
    return lambda share: advance(first + share * (last - first))
