"""A defect on a server is written down with the code that the server gave, and nothing else that it said."""

from pathlib import Path

import psycopg
import pytest

from plantrack.deliver.defect_log import Logged
from plantrack.services.verbs import list as service
from tests.support.office import Office


def test_a_defect_is_logged_without_what_the_server_said(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    entries = list[str]()

    def keep(text: str) -> Logged:
        entries.append(text)
        return Logged(Path("/log/plantrack.log"))

    def broken(*_: object, **__: object) -> None:
        with psycopg.connect(office.address()) as driver:
            driver.execute("SELECT s3cr3t FROM nowhere")

    monkeypatch.setattr("plantrack.cli.failing.defect.log_defect", keep)
    monkeypatch.setattr(service, "list_tasks", broken)
    ended = office.run("list", at=office.address().replace("postgres@", "postgres:s3cr3t@"))
    assert ended.code == 70
    assert "psycopg.errors.UndefinedTable (42P01)" in entries[0]
    assert (
        "s3cr3t"
        not in entries[0].replace('driver.execute("SELECT s3cr3t FROM nowhere")', "") + ended.out + ended.err
    )
