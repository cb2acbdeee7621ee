"""A copy of a database: one state of it, in a file that stands alone, whoever writes meanwhile."""

import errno
import os
import resource
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from plantrack.store.commands import last_number
from plantrack.store.sqlite import file_copy
from plantrack.store.sqlite.connection import SQLite, connect
from plantrack.store.sqlite.file_copy import copy_pages
from plantrack.store.stats import get, put
from tests.conftest import dump
from tests.support.steps import OpenContext, refused


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """An empty file in a folder of its own."""
    (tmp_path / "to").mkdir()
    file = tmp_path / "to" / "copy.db"
    file.write_bytes(b"")
    return file


def test_a_copy_holds_all_and_stands_alone(db: SQLite, copy: Path) -> None:
    copy_pages(db, copy)
    assert dump(copy) == dump(db.path)
    read = connect(copy)
    assert read.query("PRAGMA journal_mode") == [("delete",)], "no log beside it when it is opened"
    read.close()
    assert [p.name for p in copy.parent.iterdir()] == ["copy.db"]
    assert not db.driver.in_transaction


def test_what_others_write_meanwhile_is_not_in_it(
    context_on: OpenContext, db: SQLite, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, others = last_number(db), connect(db.path)
    monkeypatch.setattr(file_copy, "_PAGES", 5)
    told: list[float] = []

    def advance(share: float) -> None:
        told.append(share)
        if len(told) < 4:
            put(others, f"x{len(told)}", "x")

    copy_pages(db, copy, advance)
    others.close()
    assert (told, told[-1]) == (sorted(told), 1.0)
    read = connect(copy)
    assert read.query("SELECT COUNT(*) AS n FROM meta WHERE value = 'x'") == [(0,)]
    assert db.query("SELECT COUNT(*) AS n FROM meta WHERE value = 'x'") == [(3,)]
    assert last_number(read) == before
    read.close()


def test_inside_what_reads_it_is_the_state_that_is_seen_there(
    context_on: OpenContext, db: SQLite, copy: Path
) -> None:
    db.snapshot()
    seen, others = last_number(db), connect(db.path)
    put(others, "x", "x")
    others.close()
    copy_pages(db, copy)
    assert db.driver.in_transaction
    read = connect(copy)
    assert (last_number(read), get(read, "x")) == (seen, None)
    read.close()


def test_what_writes_itself_is_not_waited_for(db: SQLite, copy: Path) -> None:
    """The engine would say "busy" for ever."""
    with db.atomic(), refused("database-locked"):
        copy_pages(db, copy)


def test_of_a_file_that_may_only_be_read(db: SQLite, copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, whole = db.path, dump(db.path)
    db.close()
    monkeypatch.setattr(os, "access", lambda *_: False)
    only_read = connect(path)
    assert only_read.refusal
    copy_pages(only_read, copy)
    only_read.close()
    assert dump(copy) == whole


@pytest.fixture
def little_room() -> Iterator[int]:
    """Files may not grow beyond so many bytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    heard = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, before[1]))
    yield 50_000
    resource.setrlimit(resource.RLIMIT_FSIZE, before)
    signal.signal(signal.SIGXFSZ, heard)


def test_where_there_is_no_room_the_system_s_error_is_told(db: SQLite, copy: Path, little_room: int) -> None:
    assert db.path.stat().st_size > little_room
    with pytest.raises(OSError) as caught:
        copy_pages(db, copy)
    assert caught.value.errno in (errno.EIO, errno.ENOSPC)
    assert not db.driver.in_transaction
