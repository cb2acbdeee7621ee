"""Which task each row of a form is of: by its code, by its number, and whether both say the same."""

from collections.abc import Iterable, Mapping

from plantrack.errors import Failure
from plantrack.model.forms.form import Form
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.names import label_of
from plantrack.services.forms.form_file import FormRow
from plantrack.store import tasks
from plantrack.store.connection import Connection


class RowTasks(NamedTuple):
    """By the number of the row: the uid of its task, or why it is of none; a row in neither is of a new task."""

    uids: Mapping[int, str]
    faults: Mapping[int, Failure]


def row_tasks(db: Connection, form: Form, rows: Iterable[FormRow]) -> RowTasks:
    """Find the tasks of rows; why a row is of none is in the answer.

    Raises: form-row-mixed, form-row-unknown.
    """
    rows = list(rows)
    labels = {row.number: label for row in rows if (label := _label(row.text("label")))}
    named = tasks.find(db, set(labels.values()))
    known = tasks.label_of_uid(db, {row.code[0] for row in rows if row.code})
    uids, faults = dict[int, str](), dict[int, Failure]()
    for row in rows:
        label = labels.get(row.number)
        by_label = named.get(label) if label else None
        uid = row.code[0] if row.code else by_label[0] if by_label else None
        if uid is None and label is None:
            continue
        if uid is None or (row.code and uid not in known) or (by_label and by_label[1] != form.plan):
            faults[row.number] = Failure("form-row-unknown", row=row.number)
        elif row.code and label and (by_label is None or by_label[0] != uid):
            faults[row.number] = Failure("form-row-mixed", task=known[uid][0])
        else:
            uids[row.number] = uid
    return RowTasks(uids, faults)


def _label(text: str) -> tuple[str, int] | None:
    """Read the number of a task, which a program may have made a number with places of."""
    label = label_of(text.removesuffix(".0").removesuffix(",0"))
    site, _, number = (label or "").rpartition("-")
    return (site, int(number)) if number and len(number) <= tasks.LONGEST_NUMBER else None
