"""What a bundle carries: of whom, and what stays where it was recorded."""

from pathlib import Path

from plantrack.store import commands
from plantrack.store.exchange.bundle_choice import bundle_choice
from plantrack.store.exchange.fact_reading import fact_digest, fact_lines
from tests.support.sites import hub_with_tasks, report, site_of


def test_a_site_tells_its_own_and_the_hub_all_but_what_is_its_own_business(
    made_once: Path, tmp_path: Path
) -> None:
    hub = hub_with_tasks(made_once / "plantrack.db")
    site = site_of(hub, hub.write(tmp_path / "hn.jsonl", "HN"))
    site.do(report("1", percent="5", told_by="Ví Dụ Một"))
    hub.take(site.write(tmp_path / "b.jsonl"))
    own, every = bundle_choice(site.db, "HN"), bundle_choice(hub.db)
    verbs = {c.uid: c.verb for page in commands.pages(hub.db, "1 = 1", {}) for c in page}
    assert [verbs[uid] for uid in own.commands] == ["update"]
    assert sorted(verbs[uid] for uid in every.commands) == ["add", "add", "init", "update"]
    assert "bundle import" in verbs.values()
    assert "Ví Dụ Một" in own.names
    assert "Người nhận" not in every.names
    kinds = {kind for kind, _ in fact_lines(hub.db, every)}
    assert kinds.isdisjoint({"seal", "arrival", "delivery", "member_fact", "restoration"})
    assert fact_digest(site.db, own).counts["status_update"] == 1
