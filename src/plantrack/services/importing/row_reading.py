"""Understands the cells of a file before the lock is had: each text once, and without a word in the database."""

from collections.abc import Callable, Hashable
from typing import Any, Final, TypeVar

from plantrack.errors import Failure
from plantrack.model.days import DueDay, civil_period
from plantrack.model.typed.days import parse_due, parse_start
from plantrack.model.typed.periods import YearRule
from plantrack.services.context import Context
from plantrack.services.importing.known_names import ImportNames
from plantrack.services.importing.remembered import remembered
from plantrack.services.writing.command_writer import CommandWriter

_T = TypeVar("_T")
#: So many things are held to be shared.
_HELD: Final = 20_000


class RowReading(CommandWriter):
    """Reads what is typed as a writer does, a table's days as those of its plan's year; it writes nothing."""

    def __init__(self, context: Context, names: ImportNames) -> None:
        super().__init__(context._replace(names=names), "import")
        self.names = names
        self._find_day = remembered(super().day)
        self._find_due = remembered(self._due)
        self._find_start = remembered(self._start)
        self._held: dict[Hashable, Any] = {}
        self._find_money = remembered(super().money)

    def day(self, text: str | None) -> str:
        """Read the day that a row speaks of."""
        return self._find_day(text)

    def due(self, text: str) -> DueDay:
        """Read a deadline."""
        return self._find_due(text)

    def start(self, text: str) -> str:
        """Read the day that work starts on."""
        return self._find_start(text)

    def money(self, field: str, text: str) -> int:
        """Read an amount."""
        return self._find_money(field, text)

    def shared(self, make: Callable[[], _T], key: Hashable) -> _T:
        """Return what was made first of all that has a key: of many rows it is held once, unless each has its own."""
        found: _T | None = self._held.get(key)
        if found is None:
            found = make()
            if len(self._held) < _HELD:
                self._held[key] = found
        return found

    def _due(self, text: str) -> DueDay:
        at = self.context
        try:
            due = parse_due(text, today=at.today, year=at.plan.year, rule=YearRule.PLAN)
        except Failure as failure:
            due = _due_in_words(text, at.plan.year, failure)
        if due.day is not None and due.text is not None:
            self.note("due-read", text=due.text, day=due.day)
        return due

    def _start(self, text: str) -> str:
        at = self.context
        return parse_start(text, today=at.today, year=at.plan.year, rule=YearRule.PLAN)


def _due_in_words(text: str, year: int, failure: Failure) -> DueDay:
    """Read a deadline as annexes of plans have it ("trong năm", "tháng 3-6"); fails as it did before."""
    from plantrack.planfile.annex.remark_texts import BEFORE
    from plantrack.planfile.annex.time_cells import read_time

    found = read_time(text, year)
    if found.ongoing:
        return DueDay(None, "ongoing")
    if not found.understood or found.due is None or BEFORE in found.doubts:
        raise failure
    period = civil_period(found.due)
    return DueDay(period.last, period.name) if period else DueDay(found.due, None)
