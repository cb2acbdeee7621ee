"""Databases that work apart and tell one another by bundles: the hub and its sites, each in memory."""

import json
import sqlite3
from pathlib import Path
from typing import Any

from plantrack.model.views.bundle import BundleTaken
from plantrack.services.export_file import packed
from plantrack.services.verbs.exchange.bundle import BundleRequest, export_bundle, take_in
from plantrack.store.exchange.bundle_choice import BundleChoice, bundle_choice
from plantrack.store.exchange.fact_reading import fact_lines
from plantrack.store.sqlite.connection import SQLite
from plantrack.store.sqlite.migrations import create_schema
from tests.support.random_work import Ledger


class Office(Ledger):
    """A database that bundles are written from and taken in to."""

    def request(self) -> BundleRequest:
        self.second += 1
        return BundleRequest("Người nhận", lambda: self.context_now)

    @property
    def context_now(self) -> Any:
        from datetime import timedelta

        return self.start + timedelta(seconds=self.second)

    def take(self, file: Path) -> BundleTaken:
        """Take in a bundle."""
        return take_in(self.db, file, self.request())

    def write(self, file: Path, site: str | None = None) -> Path:
        """Write a bundle; the hub's is for a site."""
        file.write_bytes(b"".join(packed(file, export_bundle(self.db, site).pieces())))
        return file


def site_of(hub: Office, bundle: Path, today: str = "2024-08-01") -> Office:
    """Return the database of a site, made from its first bundle."""
    site = Office.__new__(Office)
    site.db, site.start, site.second = SQLite(_memory(), Path(":memory:")), hub.start, hub.second
    with site.db.atomic():
        create_schema(site.db)
    site.take(bundle)
    return site


def _memory() -> sqlite3.Connection:
    driver = sqlite3.connect(":memory:", isolation_level=None)
    driver.execute("PRAGMA foreign_keys = ON")
    return driver


def shared_facts(db: SQLite) -> list[dict[str, Any]]:
    """Return what all databases of one history are to have alike: all facts but the labels of commands, and salts."""
    choice: BundleChoice = bundle_choice(db)
    found = [json.loads(line) for _, lines in fact_lines(db, choice) for line in lines]
    for fact in found:
        if fact["type"] == "command":
            del fact["number"]
    return [fact for fact in found if fact["type"] != "salt"]


_DERIVED = {
    "task_past": "*",
    "holder": "*",
    "search": "task, part, words",
    "person": "uid, label, merged_into",
    "organisation": "*",
    "withdrawn_command": "command",
    "plan": "*",
    "area": "*",
    "activity": "*",
    "task": "*",
}


def derived_state(db: SQLite) -> dict[str, list[tuple[Any, ...]]]:
    """Return what all databases of one history are to derive alike."""
    return {
        table: sorted(db.driver.execute(f"SELECT {columns} FROM {table}"), key=repr)
        for table, columns in _DERIVED.items()
    }
