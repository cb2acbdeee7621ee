"""What is wrong with a history, in words and for programs."""

from collections.abc import Sequence

from plantrack.i18n.words import Words
from plantrack.model.text import visible
from plantrack.model.views.history_fault import HistoryFault
from plantrack.render.layout.json_object import Object

#: So many faults are named in a line.
_NAMED = 3


def fault_worded(one: HistoryFault, words: Words) -> str:
    """Word what is not as it was recorded, with the command, the task and the row, where they are known."""
    known = (("command", one.command), ("task", one.task))
    of = [words(f"dbcheck.of.{kind}", name=visible(name, limit=60)) for kind, name in known if name]
    said = words(
        f"dbcheck.history.{one.kind}",
        table=visible(one.table),
        row=visible(one.row, limit=60),
        column=one.column,
    )
    return f"{', '.join(of)}: {said}" if of else said


def fault_data(one: HistoryFault) -> Object:
    """Return what is not as it was recorded, for JSON."""
    return {name: value or None for name, value in one._asdict().items()}


def warning(faults: Sequence[HistoryFault], words: Words) -> str:
    """Say that figures may be wrong, and why."""
    named = "; ".join(fault_worded(fault, words) for fault in faults[:_NAMED])
    return words("heading.unsound", faults=named)
