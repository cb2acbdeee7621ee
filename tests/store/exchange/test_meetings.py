"""Facts of several places that meet: only what came and what was here, of two places."""

from pathlib import Path

from plantrack.services.verbs.edit import Corrections, edit, remove
from plantrack.store.exchange.meetings import removals_met, two_open, two_values
from tests.support.random_work import Do
from tests.support.sites import Office, hub_with_tasks, report, site_of


def _titled(title: str) -> Do:
    return Do(title, lambda context: edit(context, ["1"], Corrections(title=title)))


def _commands(office: Office, site: str) -> set[str]:
    return {r[0] for r in office.db.query("SELECT uid FROM command WHERE site = :site", {"site": site})}


def test_of_three_places_each_hears_of_what_came_to_it(made_once: Path, tmp_path: Path) -> None:
    hub = hub_with_tasks(made_once / "plantrack.db")
    sites = [site_of(hub, hub.write(tmp_path / f"{name}.jsonl", name)) for name in ("HN", "TH")]
    hub.second = 50
    for n, site in enumerate(sites, 1):
        site.second = n * 10
        site.do(_titled(f"Tên {n}"))
        site.do(report("2", percent=str(n)))
    hub.do(_titled("Ở đầu mối"))
    hub.do(Do("remove", lambda context: remove(context, ["2"], "nhầm")))
    for site in sites:
        hub.take(site.write(tmp_path / "b.jsonl"))
    tasks = {r[0] for r in hub.db.query("SELECT uid FROM task")}
    for arrived, values in (
        (_commands(hub, "TH"), ["Tên 1", "Tên 2", "Ở đầu mối"]),
        (_commands(hub, "HN") | _commands(hub, "TH"), ["Tên 1", "Tên 2", "Ở đầu mối"]),
    ):
        (one,) = two_values(hub.db, tasks, arrived)
        assert [each.value for each in one.values] == values
    (removed,) = removals_met(hub.db, tasks, _commands(hub, "TH"))
    assert [command.site for command in removed.commands] == ["TH"]
    for arrived in (set[str](), {r[0] for r in hub.db.query("SELECT uid FROM command")}):
        assert [*two_values(hub.db, tasks, arrived), *removals_met(hub.db, tasks, arrived)] == []
    assert [*two_open(hub.db, tasks)] == []
