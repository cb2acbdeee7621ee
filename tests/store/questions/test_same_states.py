"""Reports of several sites on one state: made on the same update, or on none."""

from pathlib import Path

from plantrack.store import commands
from plantrack.store.questions.same_states import side_by_side
from tests.support.sites import hub_with_tasks, report, site_of


def test_only_what_was_made_on_the_same_is_side_by_side(made_once: Path, tmp_path: Path) -> None:
    hub = hub_with_tasks(made_once / "plantrack.db")
    site = site_of(hub, hub.write(tmp_path / "hn.jsonl", "HN"))
    hub.second, site.second = 30, 40
    for one in (report("1", percent="20"), report("1", percent="30"), report("2", percent="1")):
        site.do(one)
    hub.do(report("1", percent="50"))
    hub.take(site.write(tmp_path / "b.jsonl"))
    known = {c.uid for page in commands.pages(hub.db, "1 = 1", {}) for c in page}
    tasks = [r[0] for r in hub.db.query("SELECT uid FROM task")]
    (found,) = side_by_side(hub.db, tasks, known)
    assert [u.percent for u in found.updates] == [50, 20]
    assert found.last.percent == 30  # recorded after both, on what its writer saw
    assert [u.percent for u in found.others] == [50]
    assert [*side_by_side(hub.db, tasks, ())] == []
