"""What a row that comes again changes of its task, field by field."""

from typing import Final

from plantrack.model.named_tuple import NamedTuple
from plantrack.model.text import fold

#: Where one of these changed with the title, it is hardly the same work any more.
_WHOSE: Final = frozenset({"area", "activity", "lead"})


class CellChange(NamedTuple):
    """A field of a task that its row says otherwise than when it was imported last."""

    #: The field of the row, and the same as the history of the task has it.
    cell: str
    field: str
    #: As the history of the task has values: what it is here, and what the row says.
    old: str | None
    new: str | None
    #: Whether somebody else changed it here since the row was imported last.
    is_contested: bool = False


class RowChanges(NamedTuple):
    """What a row changes of its task: the label, the title that the task has, and the fields."""

    task: str
    title: str
    cells: tuple[CellChange, ...]

    @property
    def other_title(self) -> CellChange | None:
        """Return the change of the title where it makes other work of the task: few words of it stay, or its area or lead changes too."""
        found = next((cell for cell in self.cells if cell.field == "title"), None)
        if found is None:
            return None
        old, new = (set(fold(text or "").split()) for text in (found.old, found.new))
        is_other = 2 * len(old & new) < max(len(old), len(new)) or any(c.cell in _WHOSE for c in self.cells)
        return found if old != new and is_other else None


class SameTitle(NamedTuple):
    """A row that would give a task the title of one that is open in the same area: its number, that task, and its title."""

    row: int
    task: str
    title: str
