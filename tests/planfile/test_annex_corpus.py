"""The corpus of annexes: of the 444 rows in 41 annexes 441 are read as a person would read them."""

from collections.abc import Mapping

import pytest

from tests.support.annex_corpus import Annex, Read, annexes

pytestmark = pytest.mark.slow

CORPUS = annexes()
#: How many rows are read right: a floor, to be raised with what is reached.
RIGHT = 441

Faults = Mapping[str, list[list[str]]]


@pytest.fixture(scope="module")
def faults(tmp_path_factory: pytest.TempPathFactory) -> Faults:
    """Return what is read wrong of each row of each annex."""
    folder = tmp_path_factory.mktemp("corpus")
    reads = [Read(annex, folder) for annex in CORPUS]
    return {read.annex.name: [read.wrong(row) for row in read.annex.rows] for read in reads}


@pytest.mark.parametrize("annex", CORPUS, ids=lambda annex: annex.name)
def test_each_row_is_read_as_a_person_would_read_it(annex: Annex, faults: Faults) -> None:
    found = zip(annex.rows, faults[annex.name], strict=True)
    assert {row.name: wrong for row, wrong in found if wrong and row.known} == {}


def test_the_figure(faults: Faults) -> None:
    rows = [wrong for annex in CORPUS for wrong in faults[annex.name]]
    right = sum(not wrong for wrong in rows)
    print(f"{right} of {len(rows)} rows in {len(CORPUS)} annexes are read right")
    assert (len(CORPUS), len(rows)) == (41, 444)
    assert right >= RIGHT
    assert all(row.reading for annex in CORPUS for row in annex.rows)
