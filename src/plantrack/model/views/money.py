"""Amounts by area: what was planned, allocated and spent, in whole đồng."""

from plantrack.model.named_tuple import NamedTuple
from plantrack.model.plan import Text


class Amounts(NamedTuple):
    """What is known of some work, up to a day; None: nothing was said."""

    planned: int | None = None
    allocated: int | None = None
    spent: int | None = None

    @property
    def rate(self) -> float | None:
        """Return which share of what was allocated is spent; None where nothing was allocated."""
        return round((self.spent or 0) / self.allocated, 4) if self.allocated else None


class AreaMoney(NamedTuple):
    """An area (None: the sum of all), and its money."""

    area: str | None
    title: Text | None
    money: Amounts


class MoneyTable(NamedTuple):
    """The areas of which money is known, in the plan's order; the sum last."""

    rows: tuple[AreaMoney, ...]
    #: Whether what was planned is that of some tasks only, and not of the plan's activities.
    is_filtered: bool
    #: Activities whose budget in the plan is no number of đồng, and so is not counted.
    uncounted: tuple[str, ...]
    #: How many tasks have spent and were allocated nothing, as far as anybody said.
    without_allocation: int
