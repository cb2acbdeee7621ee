"""The commands of a made-up year, day after day, and which of them were taken back."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from plantrack.model.days import add_days
from plantrack.model.uid import uid_of
from plantrack.model.withdrawal import Withdrawal, withdrawn

#: The last of these days is today; the first task is opened on the first one.
DAYS = 300
#: What is recorded on a day, in this order, and how many facts one command has of it.
VERBS = {"add": 20, "extend": 5, "assign": 5, "remove": 5, "update": 20, "undo": 1}
#: How often a command was taken back, and an undo.
_TAKEN_BACK, _UNDO_TAKEN_BACK = 0.01, 0.1


class Entry(NamedTuple):
    """A command; whoever gave it is no part of a task's state."""

    uid: str
    number: int
    verb: str
    recorded_at: str


class CommandLog:
    """All commands, as many a day as there are facts for; everything comes from `choose`."""

    def __init__(self, facts: dict[str, int], plans: int, today: str, choose: random.Random) -> None:
        self.by_day: list[dict[str, list[Entry]]] = []
        self.withdrawals: list[Withdrawal] = []
        self._facts = facts
        self._choose = choose
        self._used = plans  # `init` carries in each with a command
        for day in range(DAYS):
            self.by_day.append(self._day(add_days(today, day + 1 - DAYS)))
        self.gone = withdrawn(self.withdrawals)

    def __iter__(self) -> Iterator[Entry]:
        """Yield every command in its order."""
        return (entry for day in self.by_day for of_verb in day.values() for entry in of_verb)

    def of(self, verb: str, day: int, share: float) -> Entry:
        """Return one of a day's commands; `share`: how far on that day."""
        found = self.by_day[day][verb]
        return found[int(share * len(found))]

    def _day(self, day: str) -> dict[str, list[Entry]]:
        targets = [entry for entry in self._yesterday() if self._choose.random() < _chance(entry)]
        counts = {
            verb: max(1, round(self._facts.get(verb, 0) / DAYS / facts)) for verb, facts in VERBS.items()
        }
        counts["undo"] = len(targets)
        step = timedelta(milliseconds=10 * 3600 * 1000 // sum(counts.values()))
        moment, out = datetime.fromisoformat(f"{day}T01:00:00+00:00"), dict[str, list[Entry]]()
        for verb, count in counts.items():
            out[verb] = [self._entry(verb, moment + n * step) for n in range(count)]
            moment += count * step
        for undo, target in zip(out["undo"], targets, strict=True):
            self.withdrawals.append(Withdrawal(undo.uid, target.uid, undo.recorded_at, undo.number))
        return out

    def _yesterday(self) -> list[Entry]:
        return [entry for of_verb in self.by_day[-1].values() for entry in of_verb] if self.by_day else []

    def _entry(self, verb: str, moment: datetime) -> Entry:
        self._used += 1
        text = moment.isoformat(timespec="milliseconds")[:-6] + "Z"
        return Entry(uid_of(moment, f"c{self._used}"), self._used, verb, text)


def _chance(entry: Entry) -> float:
    return _UNDO_TAKEN_BACK if entry.verb == "undo" else 0 if entry.verb == "remove" else _TAKEN_BACK
