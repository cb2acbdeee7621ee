"""Rows of forms find their tasks: by code, by number, and not where the two say something else."""

from plantrack.model.forms.form import Form
from plantrack.services.forms.form_file import FormRow
from plantrack.services.forms.row_tasks import row_tasks
from plantrack.store.sqlite.connection import SQLite
from plantrack.tables.table_file import Cell
from tests.support.steps import PLAN, OpenContext, opened, stood

FORM = Form("f", PLAN, "hlhpn", "2024-W29", "2024-07-21", "", "2024-07-18T00:00:00.000Z", None, 2)


def row(number: int, label: str = "", uid: str | None = None) -> FormRow:
    return FormRow(number, (uid, "0" * 16) if uid else None, {"label": Cell(label)} if label else {})


def test_each_row_finds_its_task(db: SQLite, context_on: OpenContext) -> None:
    first, second = (stood(context_on, opened(context_on, "2024-07-01", title)).uid for title in "ab")
    found = row_tasks(
        db,
        FORM,
        [
            row(1, "1", first),
            row(2, "2"),
            row(3, uid=second),
            row(4, "2.0"),
            row(5),
            row(6, "mới"),
            row(7, "nv2"),
        ],
    )
    assert found.uids == {1: first, 2: second, 3: second, 4: second, 7: second}
    assert found.faults == {}


def test_what_contradicts_itself_or_is_not_there_is_refused(db: SQLite, context_on: OpenContext) -> None:
    first, _ = (stood(context_on, opened(context_on, "2024-07-01", title)).uid for title in "ab")
    found = row_tasks(db, FORM, [row(1, "2", first), row(2, "9"), row(3, uid="0" * 26), row(4, "9", first)])
    codes = {number: fault.code for number, fault in found.faults.items()}
    assert codes == {1: "form-row-mixed", 2: "form-row-unknown", 3: "form-row-unknown", 4: "form-row-mixed"}
    other = row_tasks(db, FORM._replace(plan="khac"), [row(1, "1")])
    assert [fault.code for fault in other.faults.values()] == ["form-row-unknown"]
