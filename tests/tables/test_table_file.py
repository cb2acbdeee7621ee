"""Rows: cells by column, merged ones once."""

from plantrack.tables.table_file import NO_CELL, Cell, MergedSpan, SheetRow, TableRemark, table_remark

TITLE, SIDE, A = Cell("Mục I"), Cell("gộp dọc"), Cell("a")


def test_a_row_has_a_cell_at_every_column() -> None:
    row = SheetRow(3, (A, NO_CELL))
    assert (row.at(0), row.at(1), row.at(99)) == (A, NO_CELL, NO_CELL)
    assert row.own() == [(0, A)]


def test_a_merged_cell_begins_once() -> None:
    wide = SheetRow(1, (TITLE, TITLE, TITLE, A), merged=(MergedSpan(0, 2, above=False),))
    assert wide.own() == [(0, TITLE), (3, A)]
    below = SheetRow(2, (SIDE, SIDE, A), merged=(MergedSpan(0, 1, above=True),))
    assert below.own() == [(2, A)]


def test_a_remark_has_its_code_and_parameters() -> None:
    assert table_remark("table-no-result", sheet="Tờ", cells="A1") == TableRemark(
        "table-no-result", {"sheet": "Tờ", "cells": "A1"}
    )
