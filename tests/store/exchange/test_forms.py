"""Forms that were made and read: found again, counted by their command, not those that were taken back."""

from collections.abc import Callable

from plantrack.model.forms.form import Form
from plantrack.store.commands import record
from plantrack.store.exchange import forms
from plantrack.store.exchange.imported_rows import ImportedRow, insert_imported, known_rows
from plantrack.store.sqlite.connection import SQLite
from tests.support.steps import PLAN, OpenContext, opened, stood

UID = "01J31S2N800NNEJBT8DP64F39Q"
FORM = Form(UID, PLAN, "hlhpn", "2024-W29", "2024-07-21", "", "2024-07-18T00:00:00.000Z", "An", 2)
Recorded = Callable[[], str]


def test_a_form_is_found_by_its_code_and_its_week(db: SQLite) -> None:
    assert (forms.find_form(db, UID), forms.periods(db, PLAN)) == (None, [])
    forms.insert_form(db, FORM)
    assert forms.find_form(db, UID) == FORM
    assert forms.forms_of(db, PLAN, "2024-W29") == [FORM]
    assert (forms.forms_of(db, PLAN, "2024-W28"), forms.periods(db, PLAN)) == ([], ["2024-W29"])


def test_a_reading_counts_its_rows_and_not_once_it_is_taken_back(db: SQLite, context_on: OpenContext) -> None:
    task = stood(context_on, opened(context_on, "2024-07-01")).uid
    forms.insert_form(db, FORM)
    now = context_on("2024-07-18").now
    by = record(db, "form read", "An", now)
    moment = by.recorded_at
    forms.insert_reading(db, forms.FormReading("1" * 26, by.uid, UID, moment, "a.xlsx", "0" * 64))
    rows = [
        ImportedRow(str(n) * 26, by.uid, moment, PLAN, "update", UID, f"k{n}", "0" * 64, task) for n in (2, 3)
    ]
    insert_imported(db, rows)
    (read,) = forms.readings_of(db, PLAN, "2024-W29")
    assert read == (UID, by.number, moment, "a.xlsx", 2)
    assert forms.commands_reading(db, UID) == {by.uid}
    assert known_rows(db, PLAN, "update", [UID], ["k2", "k9"]) == {"k2": [(UID, "0" * 64, task, by.uid)]}
