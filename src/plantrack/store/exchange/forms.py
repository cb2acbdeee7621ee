"""Forms that were made for organisations, and those that came back and were read."""

from plantrack.model.forms.form import Form
from plantrack.model.named_tuple import NamedTuple
from plantrack.store.connection import Connection
from plantrack.store.scope import stands
from plantrack.store.sealing.seals import add_facts, insert_apart

_FORM = ", ".join(f"f.{field}" for field in Form._fields)


class FormReading(NamedTuple):
    """A form came back and was read by a command."""

    uid: str
    command: str
    form: str
    recorded_at: str
    file: str
    sha256: str


class ReadForm(NamedTuple):
    """A reading that stands, with the number of its command and how many rows it took."""

    form: str
    number: int
    recorded_at: str
    file: str
    rows: int


def insert_form(db: Connection, form: Form) -> None:
    """Keep a form that was made."""
    db.transact(
        lambda: insert_apart(db, "form", [form._asdict()]), lambda _: find_form(db, form.uid) is not None
    )


def find_form(db: Connection, uid: str) -> Form | None:
    """Return a form by its uid."""
    rows = db.query(f"SELECT {_FORM} FROM form AS f WHERE f.uid = :uid", {"uid": uid})
    return Form._make(rows[0]) if rows else None


def forms_of(db: Connection, plan: str, period: str) -> list[Form]:
    """Return the forms of a period, in the order in which they were made."""
    rows = db.query(
        f"SELECT {_FORM} FROM form AS f WHERE f.plan = :plan AND f.period = :period",
        {"plan": plan, "period": period},
    )
    return sorted(map(Form._make, rows), key=lambda form: (form.recorded_at, form.uid))


def periods(db: Connection, plan: str) -> list[str]:
    """Return the periods of which a plan has forms, in their order."""
    rows = db.query("SELECT DISTINCT f.period FROM form AS f WHERE f.plan = :plan", {"plan": plan})
    return sorted(str(period) for (period,) in rows)


def insert_reading(db: Connection, reading: FormReading) -> None:
    """Keep that a form was read."""
    add_facts(db, "form_reading", FormReading._fields, [reading])


def readings_of(db: Connection, plan: str, period: str) -> list[ReadForm]:
    """Return the readings of a period's forms that stand, in their order."""
    rows = db.query(
        "SELECT r.form, c.number, r.recorded_at, r.file, "
        "(SELECT COUNT(*) FROM imported_row AS i WHERE i.command = r.command) AS taken "
        "FROM form AS f JOIN form_reading AS r ON r.form = f.uid JOIN command AS c ON c.uid = r.command "
        f"WHERE f.plan = :plan AND f.period = :period AND {stands('r.command')}",
        {"plan": plan, "period": period},
    )
    return sorted(map(ReadForm._make, rows), key=lambda one: (one.recorded_at, one.number))


def commands_reading(db: Connection, form: str) -> frozenset[str]:
    """Return the commands that read a form and stand."""
    rows = db.query(
        f"SELECT r.command FROM form_reading AS r WHERE r.form = :form AND {stands('r.command')}",
        {"form": form},
    )
    return frozenset(row[0] for row in rows)
