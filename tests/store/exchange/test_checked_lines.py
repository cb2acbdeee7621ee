"""Lines are read as facts only as they were written, in their order, and all of them."""

from pathlib import Path

import pytest

from plantrack.errors import Failure
from plantrack.store.advance import unheard
from plantrack.store.exchange.checked_lines import CheckedLines
from plantrack.store.exchange.fact_lines import read_head
from tests.support.sites import Office, hub_with_tasks


@pytest.fixture
def lines(hub: Office, tmp_path: Path) -> list[bytes]:
    return hub.write(tmp_path / "hn.jsonl", "HN").read_bytes().splitlines(keepends=True)


@pytest.fixture
def hub(made_once: Path) -> Office:
    return hub_with_tasks(made_once / "plantrack.db")


def read(hub: Office, head: bytes, lines: list[bytes]) -> int:
    found = read_head(head)
    assert found is not None
    checked = CheckedLines(hub.db, "x.jsonl", found, unheard)
    return len([*checked.read((n, line, 1.0) for n, line in enumerate(lines, 2))])


def test_what_was_written_is_read(hub: Office, lines: list[bytes]) -> None:
    assert read(hub, lines[0], lines[1:]) == len(lines) - 1


def test_what_is_other_is_named(hub: Office, lines: list[bytes]) -> None:
    head, *facts = lines
    last = facts[-1]
    for wrong, code in (
        ([*facts[:-1]], "export-count"),
        ([*facts, last], "export-order"),
        ([*facts[:-1], last.replace(b":", b": ", 1)], "export-line"),
        ([*facts[:-1], last.replace(b"command", b"COMMAND")], "export-line"),
        ([last, *facts], "export-order"),
        ([facts[0].replace(b'"salt":"', b'"salt":"0')[:-3] + b'"}\n', *facts[1:]], "export-altered"),
    ):
        with pytest.raises(Failure) as told:
            read(hub, head, wrong)
        assert told.value.code == code, wrong[-1]
