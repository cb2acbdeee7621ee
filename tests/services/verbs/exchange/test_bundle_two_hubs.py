"""Several databases that are the hub, or were: a copy to practise with, one that went back to a backup."""

from pathlib import Path

import pytest

from plantrack.store.schema.identity import make_own
from tests.support.bundles import altered
from tests.support.sites import Office, empty, hub_with_tasks, opening, report, site_of
from tests.support.steps import refused


@pytest.fixture
def hub(made_once: Path) -> Office:
    return hub_with_tasks(made_once / "plantrack.db")


@pytest.fixture
def site(hub: Office, tmp_path: Path) -> Office:
    return site_of(hub, hub.write(tmp_path / "hn.jsonl", "HN"))


def twin(hub: Office) -> Office:
    """Return a copy of a hub."""
    found = Office.__new__(Office)
    found.db, found.start, found.second = empty(), hub.start, hub.second
    found.db.driver.deserialize(hub.db.driver.serialize())
    return found


def test_a_practice_with_a_copy_of_the_hub_stays_a_practice(
    hub: Office, site: Office, tmp_path: Path
) -> None:
    """Both ways; a site that does not know its hub learns it from the next bundle."""
    real = hub.write(tmp_path / "real.jsonl", "HN")
    practice = twin(hub)
    with practice.db.atomic():
        make_own(practice.db)
    practice.do(report("1", percent="90"))
    with refused("bundle-other-hub"):
        site.take(practice.write(tmp_path / "made-up.jsonl", "HN"))
    with refused("bundle-other-hub"):
        practice.take(site.write(tmp_path / "b.jsonl"))
    practised = site_of(practice, tmp_path / "made-up.jsonl")
    with refused("bundle-other-hub"):
        hub.take(practised.write(tmp_path / "b.jsonl"))
    site.db.driver.execute("DELETE FROM meta WHERE name = 'hub'")
    hub.take(site.write(tmp_path / "b.jsonl"))
    site.take(altered(real, hub=""))
    hub.do(report("2", percent="10"))
    site.take(hub.write(real, "HN"))
    with refused("bundle-other-hub"):
        site.take(tmp_path / "made-up.jsonl")


def test_what_a_hub_lost_that_went_back_to_a_backup_is_told_at_its_site(hub: Office, tmp_path: Path) -> None:
    backup = twin(hub)
    hub.do(opening("Việc sẽ mất"))
    site = site_of(hub, hub.write(tmp_path / "hn.jsonl", "HN"))
    old = (tmp_path / "hn.jsonl").read_bytes()
    site.do(report("1", percent="10"))
    hub = backup
    hub.second += 9
    hub.do(report("2", percent="10"))
    taken = site.take(hub.write(tmp_path / "n.jsonl", "HN"))
    assert [(one.site, one.verb) for one in taken.gone_at_hub] == [("", "add")]
    hub.do(report("2", percent="20"))
    hub.take(site.write(tmp_path / "b.jsonl"))
    (tmp_path / "hn.jsonl").write_bytes(old)
    assert site.take(tmp_path / "hn.jsonl").gone_at_hub == ()  # an older one that comes late


def test_two_hubs_that_give_one_number_are_told_to_be_two(hub: Office, tmp_path: Path) -> None:
    other = twin(hub)
    hub.do(opening("Một"))
    site = site_of(hub, hub.write(tmp_path / "hn.jsonl", "HN"))
    other.second += 9
    other.do(opening("Khác"))
    with refused("bundle-hub-twice") as told:
        site.take(other.write(tmp_path / "n.jsonl", "HN"))
    assert (told.value.params["task"], told.value.params["next"]) == (": 3", "HN2")
