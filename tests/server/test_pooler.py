"""Behind a pooler that gives each transaction another line: commands do the same, and leave nothing behind."""

import threading
from collections import Counter
from collections.abc import Iterator

import pytest

from plantrack.errors import Failure
from plantrack.model.typed.database_address import DatabaseAddress
from plantrack.store.postgres.connection import connect_server
from tests.faults.lines import numbers
from tests.faults.processes import Outcome
from tests.support.office import Office
from tests.support.pooler import pooled


@pytest.fixture
def pooler(office: Office) -> Iterator[str]:
    with pooled(office.server) as port:
        yield office.address(port)


#: One after the other; `{}` is the moment when the second one was given.
TYPED = (
    ("add", "Họp", "--area", "3", "--to", "Cúc", "--new-person"),
    ("update", "1", "-r", "đã họp", "-p", "40"),
    ("list", "--all", "--known-at", "2024-06-01"),
    ("list", "--all"),
    ("weekly",),
    ("done", "1", "--dry-run"),
    ("done", "1"),
    ("undo",),
    ("show", "1"),
    ("weekly", "--known-at", "2024-06-01"),
    ("export", "--output", "xuat.jsonl"),
    ("db", "check"),
    ("db", "status"),
)


def test_commands_do_behind_it_what_they_do_without(office: Office, pooler: str) -> None:
    for words in (*TYPED, *TYPED[:4]):  # at last on lines that others used
        ended = office.run(*words, at=pooler)
        assert ended.code == 0, (words, ended)
        if words[0] in ("list", "show"):
            assert ended.out.replace(pooler, office.address()) == office.run(*words).out
    with office.opened() as db:
        left = db.query("SELECT nspname FROM pg_namespace JOIN pg_class ON relnamespace = pg_namespace.oid "
                        "WHERE nspname LIKE 'pg_temp%'")  # fmt: skip
        asked = "SELECT setting FROM pg_settings WHERE name IN ('lock_timeout', 'idle_in_transaction_session_timeout')"
        assert (left, {value for (value,) in db.query(asked)}) == ([], {"0"})


def test_many_share_few_lines(office: Office, pooler: str) -> None:
    """Threads, each with a connection of its own to the pooler, which has two to the server."""
    ends = list[str]()

    def write(number: int) -> None:
        db = connect_server(DatabaseAddress(pooler))
        try:
            for nth in range(5):
                uid = f"{number}-{nth}"
                db.transact(
                    lambda uid=uid: db.query(  # type: ignore[misc]
                        "INSERT INTO counter (name, used) VALUES (:name, 1) ON CONFLICT (name) "
                        "DO UPDATE SET used = counter.used + 1 RETURNING used", {"name": f"p-{uid}"}
                    ),
                    lambda _: False,
                )  # fmt: skip
                ends.append(uid)
        except Failure as failure:
            ends.append(failure.code)
        finally:
            db.close()

    threads = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with office.opened() as db:
        there: Counter[str] = Counter(
            dict(db.query("SELECT substr(name, 3), used FROM counter WHERE name LIKE 'p-%'"))
        )
    assert there == Counter(ends) and len(ends) == 40


#: What a session would have to keep is refused by the pooler, or by us.
REFUSED = {"options": ("-c%20search_path%3Dx", "address-form")}


@pytest.mark.parametrize("option", REFUSED)
def test_what_it_does_not_take_is_said(option: str, office: Office, pooler: str) -> None:
    value, code = REFUSED[option]
    ended: Outcome = office.run("list", at=f"{pooler}&{option}={value}")
    assert (ended.code, ended.said) == (2, code)


def test_numbers_have_no_gaps_behind_it(office: Office, pooler: str) -> None:
    before = numbers(office)
    assert office.run("add", "Họp", "--area", "3", at=pooler).code == 0
    assert numbers(office) == (before[0] + 1, before[1] + 1)
