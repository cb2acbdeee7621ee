"""What of a bundle met something else: both sides are told the same, once, and the command that mends it does."""

from pathlib import Path
from typing import Any

import pytest

from plantrack.services.verbs.assign import Roles, assign
from plantrack.services.verbs.edit import Corrections, edit, extend, remove
from plantrack.services.verbs.exchange.bundle import import_bundle
from plantrack.services.verbs.org import OrgParticulars, set_organisation
from plantrack.services.verbs.org import add as add_org
from plantrack.services.verbs.show import show
from plantrack.services.verbs.undo import undo
from plantrack.services.verbs.update import update
from plantrack.services.workspace import Workspace
from plantrack.services.writing.status_updates import TypedUpdate
from tests.support.random_work import Do
from tests.support.sites import Office, derived_state, hub_with_tasks, opening, report, site_of


@pytest.fixture
def hub(made_once: Path) -> Office:
    hub = hub_with_tasks(made_once / "plantrack.db")
    hub.do(opening("Họp tháng", due="2024-07-31", every="month"))
    return hub


@pytest.fixture
def site(hub: Office, tmp_path: Path) -> Office:
    site = site_of(hub, hub.write(tmp_path / "hn.jsonl", "HN"))
    hub.second = site.second = 50
    return site


def corrected(task: str, title: str | None = None, due: str | None = None) -> Do:
    wanted = Corrections(title=title, due=due)
    return Do(f"edit {wanted}", lambda context: edit(context, [task], wanted))


def removed(task: str) -> Do:
    return Do("remove", lambda context: remove(context, [task], "trùng việc khác"))


def done(task: str) -> Do:
    return Do("done", lambda context: update(context, [task], TypedUpdate(), "done"))


def extended(task: str, due: str, on: str) -> Do:
    return Do("extend", lambda context: extend(context, [task], due, "mưa lũ", on))


def exchanged(hub: Office, site: Office, folder: Path) -> tuple[Any, Any]:
    """Let each have what the other one recorded; what comes once more is told to nobody."""
    taken = hub.take(site.write(folder / "b.jsonl")), site.take(hub.write(folder / "n.jsonl", "HN"))
    for again in (hub.take(folder / "b.jsonl"), site.take(folder / "n.jsonl")):
        assert (again.command, again.two_open, again.on_removed, again.two_values) == (None, (), (), ())
    return taken


# --- what a site begins with ---


def test_a_site_that_begins_again_is_told_what_came_back_to_it(
    hub: Office, site: Office, tmp_path: Path
) -> None:
    begun = list[int]()
    for _ in range(2):
        place = Workspace(tmp_path, tmp_path / f"{len(begun)}.db")
        taken = import_bundle(hub.write(tmp_path / "hn.jsonl", "HN"), place, hub.request())
        begun.append(taken.recorded_there)
        site.do(report("1", percent="40"))
        hub.take(site.write(tmp_path / "b.jsonl"))
    assert begun == [0, 1]


# --- recurring work ---


def test_both_are_told_that_both_opened_the_next_task(hub: Office, site: Office, tmp_path: Path) -> None:
    hub.second = 100
    for office in (site, hub):
        office.do(done("3"))
    for taken in exchanged(hub, site, tmp_path):
        (one,) = taken.two_open
        assert one.title.vi == "Họp tháng"
        assert [(o.task, o.site, o.due) for o in one.tasks] == [
            ("4", "", "2024-08-31"),
            ("HN-1", "HN", "2024-08-31"),
        ]
    hub.do(removed("HN-1"))
    hub.do(report("4", percent="10"))
    taken = site.take(hub.write(tmp_path / "n.jsonl", "HN"))
    assert taken.two_open == ()
    assert show(site.context(), ["4"]).shown[0].task.percent == 10


def test_where_one_place_closed_it_nothing_is_told(hub: Office, site: Office, tmp_path: Path) -> None:
    site.do(done("3"))
    assert [taken.two_open for taken in exchanged(hub, site, tmp_path)] == [(), ()]


# --- what was removed ---


@pytest.mark.parametrize("first", ["hub", "site"])
def test_both_are_told_of_reports_on_what_was_removed(
    hub: Office, site: Office, tmp_path: Path, first: str
) -> None:
    if first == "hub":
        site.second = 100
    hub.do(removed("1"))
    site.do(report("1", percent="40", result="xong phần đầu"))
    site.do(extended("1", "2024-09-30", "2024-07-20"))
    for taken in exchanged(hub, site, tmp_path):
        (one,) = taken.on_removed
        assert (one.task, one.reason, one.removal.site) == ("1", "trùng việc khác", "")
        assert [(w.site, w.verb, w.report and w.report.text) for w in one.words] == [
            ("HN", "update", "xong phần đầu"),
            ("HN", "extend", None),
        ]
    back = one.removal.command
    site.do(Do("undo", lambda context: undo(context, back)))
    assert show(site.context(), ["1"]).shown[0].task.percent == 40


def test_an_opening_that_was_taken_back_is_told_too(hub: Office, site: Office, tmp_path: Path) -> None:
    site.do(report("2", percent="40"))
    hub.do(Do("undo", lambda context: undo(context, "c3")))
    for taken in exchanged(hub, site, tmp_path):
        (one,) = taken.on_removed
        assert (one.task, one.reason, one.removal.verb, len(one.words)) == ("2", None, "undo", 1)


def test_what_another_place_took_away_is_told_there_alone(hub: Office, site: Office, tmp_path: Path) -> None:
    site.do(report("2", percent="40"))
    site.do(removed("2"))
    site.do(Do("drop", lambda context: update(context, ["1"], TypedUpdate(reason="thôi"), "drop")))
    site.do(Do("move", lambda context: edit(context, ["3"], Corrections(area="5"))))
    site.do(opening("Ở điểm, rồi bỏ"))
    site.do(removed("HN-1"))
    site.do(opening("Ở điểm, rồi thôi"))
    site.do(Do("drop", lambda context: update(context, ["HN-2"], TypedUpdate(reason="thôi"), "drop")))
    at_hub, at_site = exchanged(hub, site, tmp_path)
    assert [(one.task, one.removal.site, one.words) for one in at_hub.on_removed] == [("2", "HN", ())]
    assert (at_hub.dropped, at_hub.moved) == (("1",), ("3",))
    assert (at_site.on_removed, at_site.dropped, at_site.moved) == ((), (), ())


def test_only_what_may_be_unseen_is_told_of_a_removed_task(hub: Office, site: Office, tmp_path: Path) -> None:
    hub.do(report("1", percent="5"))
    site.take(hub.write(tmp_path / "n.jsonl", "HN"))
    hub.second = site.second = 100
    site.do(report("1", percent="6"))  # made on the one of the hub
    hub.do(extended("2", "2024-09-30", "2024-07-20"))
    site.second = 200
    for task in ("1", "2"):
        site.do(removed(task))
    (one, other) = hub.take(site.write(tmp_path / "b.jsonl")).on_removed
    assert (one.task, one.words) == ("1", ())
    assert (other.task, [w.verb for w in other.words], other.is_unseen) == ("2", ["extend"], False)
    (again,) = site.take(hub.write(tmp_path / "n.jsonl", "HN")).on_removed
    assert (len(again.words), again.is_unseen) == (1, True)


# --- two values ---


@pytest.mark.parametrize("later", ["hub", "site"])
def test_both_are_told_of_two_values_of_a_field(
    hub: Office, site: Office, tmp_path: Path, later: str
) -> None:
    {"hub": hub, "site": site}[later].second = 100
    site.do(corrected("1", title="Ở điểm", due="2024-08-01"))
    hub.do(corrected("1", title="Ở đầu mối", due="2024-08-02"))
    for taken in exchanged(hub, site, tmp_path):
        told = {one.field: [(v.site, v.value) for v in one.values] for one in taken.two_values}
        said = {
            "title": [("HN", "Ở điểm"), ("", "Ở đầu mối")],
            "due": [("HN", "2024-08-01"), ("", "2024-08-02")],
        }
        assert told == {field: values if later == "hub" else values[::-1] for field, values in said.items()}
    task = show(hub.context(), ["1"]).shown[0].task
    assert (task.title.vi, task.due) == (said["title"][-1 if later == "hub" else 0][1], told["due"][-1][1])


def test_who_saw_a_value_gave_another_on_purpose(hub: Office, site: Office, tmp_path: Path) -> None:
    hub.do(corrected("1", title="Ở đầu mối"))
    site.take(hub.write(tmp_path / "n.jsonl", "HN"))
    site.do(corrected("1", title="Ở điểm"))
    site.do(corrected("2", title="Như nhau"))
    hub.do(corrected("2", title="Như nhau"))
    assert [taken.two_values for taken in exchanged(hub, site, tmp_path)] == [(), ()]


def test_an_extension_stands_over_a_correction(hub: Office, site: Office, tmp_path: Path) -> None:
    site.do(extended("1", "2024-09-30", "2024-07-20"))
    hub.second = 100
    hub.do(corrected("1", due="2024-08-02"))
    for taken in exchanged(hub, site, tmp_path):
        (one,) = taken.two_values
        assert [v.value for v in one.values] == ["2024-08-02", "2024-09-30"]
        assert one.is_extended


def test_both_lead_and_are_told(hub: Office, site: Office, tmp_path: Path) -> None:
    site.do(Do("assign", lambda context: assign(context, ["1"], Roles(lead=("hlhpn",)))))
    hub.do(Do("assign", lambda context: assign(context, ["1"], Roles(lead=("ubdt",)))))
    for taken in exchanged(hub, site, tmp_path):
        (one,) = taken.two_values
        assert (one.field, {(v.site, v.value) for v in one.values}) == (
            "lead",
            {("", "ubdt"), ("HN", "hlhpn")},
        )
    assert {*show(site.context(), ["1"]).shown[0].task.lead} == {"ubdt", "hlhpn"}


# --- organisations ---


def org_added(name: str, level: str | None = None) -> Do:
    return Do(f"org add {name}", lambda context: add_org(context, "bdt-x", OrgParticulars(name, level=level)))


def named_so(one: Any) -> list[tuple[str, str, str | None]]:
    return [(added.site, added.name, added.level) for added in one.added]


def test_one_id_of_two_organisations_locks_nobody_out(hub: Office, site: Office, tmp_path: Path) -> None:
    other = site_of(hub, hub.write(tmp_path / "th.jsonl", "TH"))
    site.do(org_added("BDT X"))
    other.second = site.second + 5
    other.do(org_added("BDT Y", "unit"))
    assert hub.take(site.write(tmp_path / "a.jsonl")).two_organisations == ()
    hub.second = other.second
    (met,) = hub.take(other.write(tmp_path / "b.jsonl")).two_organisations
    assert (met.organisation, met.name, met.level, met.in_plan) == ("bdt-x", "BDT Y", "unit", False)
    assert named_so(met) == [("HN", "BDT X", None), ("TH", "BDT Y", "unit")]
    for one in site, other:
        (there,) = one.take(hub.write(tmp_path / "n.jsonl", one.db.told.site)).two_organisations
        assert (there.name, there.level) == ("BDT Y", "unit")
        assert derived_state(one.db) == derived_state(hub.db)
    hub.do(Do("org set", lambda context: set_organisation(context, "bdt-x", OrgParticulars("BDT X"))))
    site.do(report("1", percent="10"))
    assert hub.take(site.write(tmp_path / "a.jsonl")).two_organisations == ()
    assert site.take(hub.write(tmp_path / "n.jsonl", "HN")).two_organisations == ()
    assert derived_state(site.db) == derived_state(hub.db)


def test_an_organisation_that_was_taken_back_meets_none(hub: Office, site: Office, tmp_path: Path) -> None:
    site.do(org_added("BDT X"))
    site.do(Do("undo", lambda context: undo(context, None)))
    hub.do(org_added("BDT Y"))
    taken, told = exchanged(hub, site, tmp_path)
    assert (taken.two_organisations, told.two_organisations) == ((), ())
    assert hub.db.query("SELECT o.name FROM organisation AS o WHERE o.id = 'bdt-x'") == [("BDT Y",)]


def test_the_plan_s_organisation_stays(hub: Office, site: Office, tmp_path: Path) -> None:
    site.do(org_added("BDT X"))
    hub.db.driver.execute("INSERT INTO organisation (id, name, in_plan) VALUES ('bdt-x', 'BDT Y', 1)")
    (met,) = hub.take(site.write(tmp_path / "a.jsonl")).two_organisations
    assert (met.name, met.in_plan, named_so(met)) == ("BDT Y", True, [("HN", "BDT X", None)])
