"""The hash of a fact."""

from hypothesis import given
from hypothesis import strategies as st

from plantrack.model.people.hidden_name import HIDDEN, is_hidden
from plantrack.store.exchange.fact_tables import BY_NAME
from plantrack.store.sealing.row_hashes import (
    NAMES,
    NameHashes,
    name_hash,
    names_in,
    row_hash,
)

NO_SALTS: dict[str, str] = {}
COLUMNS = ("uid", "command", "task", "recorded_at", "field", "old_value", "new_value")
TEXTS = st.none() | st.text(max_size=9)
ROWS = st.tuples(*[TEXTS] * len(COLUMNS))


def hashed(row: tuple[object, ...], columns: tuple[str, ...] = COLUMNS, table: str = "change") -> bytes:
    return row_hash(table, columns, row, NameHashes(NO_SALTS.get))


@given(ROWS, ROWS)
def test_rows_that_differ_have_other_hashes(
    one: tuple[str | None, ...], other: tuple[str | None, ...]
) -> None:
    assert (hashed(one) == hashed(other)) == (one == other)


@given(ROWS)
def test_neither_the_order_of_columns_nor_a_new_one_that_is_null_counts(row: tuple[str | None, ...]) -> None:
    turned = hashed(row[::-1], COLUMNS[::-1])
    assert hashed(row) == turned
    assert hashed((*row, "x"), (*COLUMNS, "title_key")) == turned  # no fact of this table


def test_a_line_break_in_a_value_is_no_other_value() -> None:
    one = ("u", "c", "t", "r", "f", "a\nold_value=b", None)
    assert hashed(one) != hashed(("u", "c", "t", "r", "f", "a", "b"))
    assert hashed(("u", "c", "t", "r", "f", "\\n", None)) != hashed(("u", "c", "t", "r", "f", "\n", None))


def test_names_of_people_stand_in_it_by_hashes_of_their_own_and_a_forgotten_one_by_its_hash() -> None:
    columns, row = ("uid", "told_by", "result"), ("u", "An", "An")
    known = row_hash("status_update", columns, row, NameHashes({"An": "muối"}.get))
    assert known != row_hash("status_update", columns, row, NameHashes({"An": "khác"}.get))
    hidden = HIDDEN + name_hash("An", "muối")
    assert is_hidden(hidden)
    assert row_hash("status_update", columns, ("u", hidden, "An"), NameHashes(NO_SALTS.get)) == known
    assert names_in("status_update", columns, [row, ("v", None, ""), ("w", "", None)]) == {"An"}
    assert not is_hidden("hidden: An")


def test_a_name_made_of_anothers_salt_and_name_has_another_hash() -> None:
    columns = ("uid", "told_by")
    known = row_hash("status_update", columns, ("u", "An"), NameHashes({"An": "muối"}.get))
    assert known != row_hash("status_update", columns, ("u", "muốiAn"), NameHashes({"An": "muối"}.get))


def test_the_columns_of_names_are_those_of_the_tables() -> None:
    for table, columns in NAMES.items():
        assert {*columns} <= {*BY_NAME[table].columns}
    told = {(t.name, c) for t in BY_NAME.values() for c in t.columns
            if c in ("author", "told_by", "login", "entered_by", "sort_name", "address")}  # fmt: skip
    assert told == {(t, c) for t, columns in NAMES.items() for c in columns if c not in ("name", "email")}
