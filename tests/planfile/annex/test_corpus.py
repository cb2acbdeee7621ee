"""The corpus of annexes: of the 385 rows in 35 annexes 383 are read as a person would read them."""

from pathlib import Path

import pytest

from tests.planfile.annex.corpus import Annex, Read, annexes

CORPUS = annexes()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("corpus")


@pytest.mark.parametrize("annex", CORPUS, ids=lambda annex: annex.name)
def test_each_row_is_read_as_a_person_would_read_it(annex: Annex, folder: Path) -> None:
    read = Read(annex, folder)
    faults = {row.name: read.wrong(row) for row in annex.rows}
    known = {row.name: row.known for row in annex.rows}
    assert {name: found for name, found in faults.items() if found and known[name]} == {}
    assert [name for name, found in faults.items() if not found and not known[name]] == []


def test_the_figure() -> None:
    rows = [row for annex in CORPUS for row in annex.rows]
    assert (len(CORPUS), len(rows), sum(row.known for row in rows)) == (35, 385, 383)
    assert all(row.reading for row in rows)
