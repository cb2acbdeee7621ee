"""What a row that comes again changes of its task, field by field."""

from plantrack.model.named_tuple import NamedTuple


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
