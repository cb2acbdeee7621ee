"""What `indicator list` answers."""

from plantrack.model.indicator import Measured
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.plan import Activity, Indicator
from plantrack.model.views.header import ViewHeader


class IndicatorLine(NamedTuple):
    """An indicator of the plan, with what was measured."""

    activity: Activity
    indicator: Indicator
    #: The value in all of the last period that has one; None: nothing was measured yet.
    actual: Measured | None
    #: Every value that counts, by period, those in all before those for labels.
    values: tuple[Measured, ...]


class IndicatorList(NamedTuple):
    """The indicators of the plan, in its order."""

    heading: ViewHeader
    lines: tuple[IndicatorLine, ...]
    #: Whether each period is shown, or the last one only.
    all_periods: bool = False
