"""Databases that work apart and tell one another by bundles: the hub and its sites, each in memory."""

import json
import sqlite3
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from plantrack.model.views.bundle import BundleTaken
from plantrack.services.export_file import packed
from plantrack.services.verbs.add import NewTask, add
from plantrack.services.verbs.exchange.bundle import BundleRequest, export_bundle, take_in
from plantrack.services.verbs.update import update
from plantrack.services.writing.status_updates import TypedUpdate
from plantrack.store.exchange.bundle_choice import BundleChoice, bundle_choice
from plantrack.store.exchange.fact_reading import fact_lines
from plantrack.store.sqlite.connection import SQLite
from plantrack.store.sqlite.migrations import create_schema
from tests.support.random_work import Do, Ledger


class Office(Ledger):
    """A database that bundles are written from and taken in to."""

    def request(self) -> BundleRequest:
        self.second += 1
        return BundleRequest("Người nhận", lambda: self.context_now)

    @property
    def context_now(self) -> datetime:
        return self.start + timedelta(seconds=self.second)

    def take(self, file: Path) -> BundleTaken:
        """Take in a bundle."""
        return take_in(self.db, file, self.request())

    def write(self, file: Path, site: str | None = None) -> Path:
        """Write a bundle; the hub's is for a site."""
        file.write_bytes(b"".join(packed(file, export_bundle(self.db, site).pieces())))
        return file


def site_of(hub: Office, bundle: Path) -> Office:
    """Return the database of a site, made from its first bundle."""
    site = Office.__new__(Office)
    site.db, site.start, site.second = empty(), hub.start, hub.second
    with site.db.atomic():
        create_schema(site.db)
    site.take(bundle)
    return site


def empty() -> SQLite:
    """Return a database in memory in which nothing was made."""
    driver = sqlite3.connect(":memory:", isolation_level=None)
    driver.execute("PRAGMA foreign_keys = ON")
    return SQLite(driver, Path(":memory:"))


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


def hub_with_tasks(template: Path) -> Office:
    """Return a hub with two tasks."""
    hub = Office(template)
    for title in ("Việc một", "Việc hai"):
        hub.do(opening(title))
    return hub


def opening(title: str, **given: Any) -> Do:
    """Open a task."""
    asked = {"area": "1", "on": "2024-07-01", **given}
    return Do(f"add {title}", lambda context: add(context, NewTask(title, **asked)))


def report(task: str, **said: Any) -> Do:
    """Report on a task."""
    return Do(f"update {task} {said}", lambda context: update(context, [task], TypedUpdate(**said)))
