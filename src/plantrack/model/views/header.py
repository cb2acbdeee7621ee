"""Which plan, days and moment a report is of."""

from plantrack.model.named_tuple import NamedTuple
from plantrack.model.plan import Plan
from plantrack.model.views.elsewhere import Elsewhere
from plantrack.model.views.history_fault import HistoryFault


class UnfinishedPlan(NamedTuple):
    """A plan that has ended with work that is neither finished nor carried over."""

    plan: Plan
    tasks: int


class ViewHeader(NamedTuple):
    """Which plan, days and moment a report is of, and what its reader must know of them."""

    plan: Plan
    as_of: str
    #: The moment asked for, or that of the last recorded command.
    known_at: str | None
    #: Made-up data of a demonstration, which must be labelled wherever it shows.
    is_example: bool
    today: str
    #: Whether `known_at` was asked for: the reader then sees the past, and must be told.
    known_given: bool = False
    #: Whether the database has several plans: a command that is suggested then names this one.
    one_of_several: bool = False
    #: Other plans that ended before what is asked about, and left work behind.
    unfinished: tuple[UnfinishedPlan, ...] = ()
    #: What is wrong with the database, as far as it can be seen at a glance: the figures may be wrong too.
    faults: tuple[HistoryFault, ...] = ()
    #: Of a report that is passed on: where the data is worked on, if not in the database that it is made from.
    elsewhere: Elsewhere | None = None
