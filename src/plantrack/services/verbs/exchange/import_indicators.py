"""Rows that are values of indicators."""

from collections.abc import Mapping, Sequence

from plantrack.model.importing.cell_values import parts_of_cell
from plantrack.services.context import Context
from plantrack.services.importing.read_table import Attempt, UnderstoodRow
from plantrack.services.importing.row_reading import RowReading
from plantrack.services.importing.table_rows import TypedRow
from plantrack.services.verbs.indicator import Measurement, ParsedMeasurement, measured, parse_measurement
from plantrack.services.writing.command_writer import CommandWriter
from plantrack.store import indicators


def read_value(reading: RowReading, row: TypedRow) -> ParsedMeasurement:
    """Understand a row as a value.

    Raises: those of `parse_measurement`.
    """
    get = row.texts.get
    typed = Measurement(
        get("indicator", ""), get("value", ""), get("period", ""), parts_of_cell(get("labels", "")), get("on"),
        get("told_by"), get("note"),
    )  # fmt: skip
    return parse_measurement(reading, typed)


def value_stand_in(context: Context, field: str, texts: Mapping[str, str]) -> str | None:
    """Return an indicator, a period or a value in place of a wrong one."""
    known = (one.id for activity in context.names.activities.values() for one in activity.indicators)
    return {"indicator": next(known, None), "period": context.today[:4], "value": "1"}.get(field)


def write_values(writer: CommandWriter, rows: Sequence[UnderstoodRow], attempt: Attempt) -> dict[int, str]:
    """Record the values."""
    indicators.insert_values(writer.db, [measured(writer, row.said) for row in rows])
    return {}
