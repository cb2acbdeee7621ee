"""What is wrong with a history."""

from plantrack.model.named_tuple import NamedTuple


class HistoryFault(NamedTuple):
    """Something in the history of a database, or in what tells of it, that is not as it was recorded."""

    #: `row-changed`, `row-missing`, `row-extra`, `value-changed`, `seal-missing`, `seal-changed`, `command-missing`,
    #: `task-missing`, `counter`, `document`, `schema`.
    kind: str
    table: str
    #: The labels of the command that recorded it and of the task that it is of, where they are known.
    command: str = ""
    task: str = ""
    #: What names a row in its table, or the numbers that are missing.
    row: str = ""
    #: The column that is other, where that is known.
    column: str = ""
