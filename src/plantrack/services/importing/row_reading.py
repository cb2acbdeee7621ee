"""Understands the cells of a file before the lock is had: each text once, and without a word in the database."""

from collections.abc import Callable, Hashable
from typing import Any, Final, ParamSpec, TypeVar

from plantrack.errors import Failure
from plantrack.model.days import DueDay, civil_period
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.typed.days import parse_due, parse_start
from plantrack.model.typed.periods import YearRule
from plantrack.services.context import Context
from plantrack.services.importing.known_names import ImportNames, Newcomers
from plantrack.services.importing.remembered import remembered
from plantrack.services.writing.command_rules import Note
from plantrack.services.writing.command_writer import CommandWriter

_P = ParamSpec("_P")
_T = TypeVar("_T")
#: So many things are held to be shared.
_HELD: Final = 20_000


class _Shared(NamedTuple):
    """What rows share, with what is to be told of it and whoever is new in it."""

    value: Any
    notes: tuple[Note, ...]
    newcomers: Newcomers


class RowReading(CommandWriter):
    """Reads what is typed as a writer does, a table's days as those of its plan's year; it writes nothing.

    What a person should know of a row is told once the row counts.
    """

    def __init__(self, context: Context, names: ImportNames) -> None:
        super().__init__(context._replace(names=names), "import")
        self.names = names
        self._notes_here: list[Note] = []
        self._find_day = self._remembered(self._day)
        self._find_due = self._remembered(self._due)
        self._find_start = self._remembered(self._start)
        self._find_money = self._remembered(super().amount)
        self._held: dict[Hashable, _Shared] = {}

    def _remembered(self, read: Callable[_P, _T]) -> Callable[_P, _T]:
        """Return a function that reads each text once, and tells each time what a person should know of it."""

        def read_and_note(*args: _P.args, **named: _P.kwargs) -> tuple[_T, tuple[Note, ...]]:
            here, self._notes_here = self._notes_here, []
            try:
                return read(*args, **named), tuple(self._notes_here)
            finally:
                self._notes_here = here

        once = remembered(read_and_note)

        def read_once(*args: _P.args, **named: _P.kwargs) -> _T:
            value, notes = once(*args, **named)
            self._notes_here += notes
            return value

        return read_once

    def tell(self, note: Note | None) -> None:
        """Keep what is to be told, until the row counts."""
        if note is not None:
            self._notes_here.append(note)

    def begin_row(self) -> None:
        """Forget what was to be told of a row that does not count."""
        self._notes_here.clear()
        self.names.newcomers_here()

    def count_row(self) -> Newcomers:
        """Tell what is to be told of a row that counts; return whoever is new of those that it names."""
        for note in self._notes_here:
            super().tell(note)
        return self.names.newcomers_here()

    def day(self, text: str | None) -> str:
        """Read the day that a row speaks of; how one without a year is meant is told."""
        return self._find_day(text)

    def due(self, text: str) -> DueDay:
        """Read a deadline."""
        return self._find_due(text)

    def start(self, text: str) -> str:
        """Read the day that work starts on."""
        return self._find_start(text)

    def money(self, field: str, text: str) -> int:
        """Read an amount; of so many only their sum is told."""
        return self._find_money(text)

    def shared(self, make: Callable[[], _T], key: Hashable) -> _T:
        """Return what was made first of all that has a key: of many rows it is held once, unless each has its own.

        Each has all that is to be told of it, and whoever is new in it.
        """
        held = self._held.get(key)
        if held is None:
            notes, self._notes_here = self._notes_here, []
            named = self.names.newcomers_here()
            try:
                held = _Shared(make(), tuple(self._notes_here), self.names.newcomers_here())
            finally:
                self._notes_here = notes
                self.names.name_again(named)
            if len(self._held) < _HELD:
                self._held[key] = held
        self._notes_here += held.notes
        self.names.name_again(held.newcomers)
        found: _T = held.value
        return found

    def _day(self, text: str | None) -> str:
        day = self.context.day(text)
        if text is not None and day[:4] not in text and any(map(str.isdigit, text)):
            self.note("day-without-year", text=text, day=day)
        return day

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
