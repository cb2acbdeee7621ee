"""The Vietnamese names of fields: each that can follow the plan has that of its column."""

from plantrack.model.task import FOLLOWABLE
from plantrack.model.typed.vietnamese_fields import COLUMNS, FOLLOWED_FIELDS


def test_every_field_that_follows_the_plan_has_the_name_of_its_column() -> None:
    assert tuple(FOLLOWED_FIELDS) == FOLLOWABLE
    assert FOLLOWED_FIELDS.items() <= COLUMNS.items()
