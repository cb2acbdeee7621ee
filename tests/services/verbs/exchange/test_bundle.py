"""Bundles between the hub and its sites: what each side is told, what it knew when, and what is refused."""

import json
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from plantrack.model.moments import utc_moment
from plantrack.model.views.bundle import AlikeNames, PeopleMet
from plantrack.services.verbs.anonymise import anonymise
from plantrack.services.verbs.assign import Roles, assign
from plantrack.services.verbs.completion import tasks_typed
from plantrack.services.verbs.db import check
from plantrack.services.verbs.exchange.bundle import (
    BundleRequest,
    export_bundle,
    import_bundle,
    take_in,
    write_bundle,
)
from plantrack.services.verbs.exchange.export import export_whole
from plantrack.services.verbs.exchange.import_ import import_file
from plantrack.services.verbs.init import init
from plantrack.services.verbs.list import list_tasks
from plantrack.services.verbs.log import log
from plantrack.services.verbs.org import OrgParticulars, set_organisation
from plantrack.services.verbs.part import TypedParts, part
from plantrack.services.verbs.person import merge
from plantrack.services.verbs.plan.apply import apply
from plantrack.services.verbs.show import show
from plantrack.services.verbs.weekly import weekly
from plantrack.services.workspace import Workspace
from plantrack.store.connection import SCHEMA_VERSION
from plantrack.store.exchange.fact_reading import fact_digest
from plantrack.store.people import people
from plantrack.store.sqlite.connection import SQLite, connect
from tests.conftest import Hands
from tests.support.bundles import altered
from tests.support.random_work import Do
from tests.support.sites import Office, hub_with_tasks, opening, report, shared_facts, site_of
from tests.support.steps import held, refused

NOBODY = BundleRequest("Người thử", Hands())


@pytest.fixture
def hub(made_once: Path) -> Office:
    return hub_with_tasks(made_once / "plantrack.db")


@pytest.fixture
def site(hub: Office, tmp_path: Path) -> Office:
    return site_of(hub, hub.write(tmp_path / "hn.jsonl", "HN"))


def in_charge(task: str, who: str) -> Do:
    roles = Roles(in_charge=(who,), new_person=True)
    return Do(f"assign {task} {who}", lambda context: assign(context, [task], roles))


def test_what_is_said_of_an_organisation_of_the_plan_comes_with_it(hub: Office, tmp_path: Path) -> None:
    said = OrgParticulars(email="ubdt@example.org")
    hub.do(Do("org set", lambda context: set_organisation(context, "ubdt", said)))
    site = site_of(hub, hub.write(tmp_path / "hn.jsonl", "HN"))
    assert shared_facts(hub.db) == shared_facts(site.db)


# --- what was known when ---


def test_what_came_later_was_not_known_before(hub: Office, site: Office, tmp_path: Path) -> None:
    site.second = 20
    for command in (
        report("1", percent="40", on="2024-07-20"),
        opening("Ở điểm"),
        in_charge("2", "Lò Ví Dụ"),
    ):
        site.do(command)
    hub.second = 100
    hub.do(report("1", percent="10", on="2024-07-10"))
    before = utc_moment(hub.context_now)
    hub.second = 200
    hub.take(site.write(tmp_path / "b.jsonl"))

    def percent(**asked: str) -> int | None:
        return show(hub.context(**asked), ["1"]).shown[0].task.percent

    def labels(**asked: str) -> list[str]:
        return [task.label for task in list_tasks(hub.context(**asked), []).tasks]

    assert (percent(), percent(known_at=before)) == (40, 10)
    assert percent(as_of="2024-07-15", known_at=before) == percent(as_of="2024-07-15") == 10
    assert (labels(), labels(known_at=before)) == (["1", "2", "HN-1"], ["1", "2"])
    assert len(log(hub.context(known_at=before)).entries) < len(log(hub.context()).entries)
    assert show(hub.context(known_at=before), ["2"]).shown[0].task.in_charge == ()


def test_what_comes_after_its_week_is_news_of_the_week_in_which_it_came(
    hub: Office, site: Office, tmp_path: Path
) -> None:
    """The week in which a site recorded it was told without it; that in which it came must not be silent too."""
    week = 7 * 24 * 60 * 60
    site.do(report("1", result="xong ở tỉnh", on=hub.context_now.date().isoformat()))
    hub.second += week
    hub.take(site.write(tmp_path / "b.jsonl"))
    hub.second += week

    def told(away: int) -> tuple[list[str], list[str]]:
        day = (hub.context_now - timedelta(seconds=away * week)).date()
        view = weekly(hub.context(), (), f"{day:%G-W%V}")
        return [i.task.label for i in view.results], [i.task.label for i in view.late_updates]

    assert [told(away) for away in (2, 1, 0)] == [(["1"], []), ([], ["1"]), ([], [])]


def test_a_site_knows_from_when_the_hub_recorded_what_it_began_with(hub: Office, site: Office) -> None:
    first = hub.moment(1)
    assert [t.label for t in list_tasks(site.context(known_at=first), []).tasks] == ["1"]


def test_the_tasks_and_commands_of_a_site_are_found_by_its_code(
    hub: Office, site: Office, tmp_path: Path
) -> None:
    for command in (opening("Ở điểm"), opening("Cũng ở điểm"), report("1", percent="40")):
        site.do(command)
    hub.take(site.write(tmp_path / "b.jsonl"))
    for office in (hub, site):
        now = office.context()
        assert [t.label for t in list_tasks(now, ["site:hn"]).tasks] == ["HN-1", "HN-2"]
        for hub_s in ("điểm:-HN", "site:hub", "điểm:Đầu mối"):
            assert [t.label for t in list_tasks(now, [hub_s]).tasks] == ["1", "2"]
            assert {entry.site for entry in log(now, [hub_s]).entries} == {None}
        assert {entry.site for entry in log(now, ["site:hn"]).entries} == {"HN"}
        for typed in ("hn1", "nv hn 1"):
            with refused("unknown-task") as caught:
                show(now, [typed])
            assert caught.value.params["near"] == ("HN-1",)
        for typed, labels in (("hn", ["HN-1", "HN-2"]), ("HN-2", ["HN-2"]), ("1", ["1"])):
            assert [label for label, _ in tasks_typed(now, typed, "any", 9)] == labels


def test_a_site_that_only_reported_is_known(hub: Office, site: Office, tmp_path: Path) -> None:
    site.do(report("1", percent="40"))
    for found in (list_tasks, log):
        with refused("unknown-site"):
            found(hub.context(), ["site:HN"])
    hub.take(site.write(tmp_path / "b.jsonl"))
    assert not list_tasks(hub.context(), ["site:HN"]).tasks
    assert log(hub.context(), ["site:HN"]).entries


def test_the_log_says_from_which_site(hub: Office, site: Office, tmp_path: Path) -> None:
    site.do(report("1", percent="40"))
    taken = hub.take(site.write(tmp_path / "b.jsonl"))
    entries = log(hub.context()).entries
    by_command = {entry.command: entry for entry in entries}
    assert by_command["c4"].site == "HN"
    assert by_command["c3"].site is None
    assert taken.command
    assert (by_command[taken.command].field, by_command[taken.command].new) == ("bundle", "HN:1")


# --- what is told ---


def test_reports_on_one_state_are_told_with_what_stands(hub: Office, site: Office, tmp_path: Path) -> None:
    hub.do(report("1", percent="5", on="2024-07-02"))
    site.take(hub.write(tmp_path / "n.jsonl", "HN"))
    site.second, hub.second = 50, 60
    site.do(report("1", percent="40", result="xong phần đầu", on="2024-07-20"))
    site.do(report("2", percent="1"))
    hub.do(report("1", percent="9", on="2024-07-20"))
    hub.do(report("1", percent="10", on="2024-07-21", proposal="thêm người"))
    (same,) = hub.take(site.write(tmp_path / "b.jsonl")).same_states
    assert (same.task, same.by, same.percent) == ("1", "day", 10)
    assert [(r.site, r.percent, r.text) for r in same.reports] == [
        ("HN", 40, "xong phần đầu"),
        ("", 9, None),
        ("", 10, "thêm người"),
    ]
    assert (same.stands, same.stands.said) == (same.reports[-1], "proposal")
    assert hub.take(tmp_path / "b.jsonl").same_states == ()


def test_who_saw_a_report_did_not_report_beside_it(hub: Office, site: Office, tmp_path: Path) -> None:
    hub.do(report("1", percent="5"))
    site.take(hub.write(tmp_path / "n.jsonl", "HN"))
    site.do(report("1", percent="40"))
    assert hub.take(site.write(tmp_path / "b.jsonl")).same_states == ()


def test_near_names_are_told_and_stay_two(hub: Office, site: Office, tmp_path: Path) -> None:
    site.do(in_charge("1", "Lò Ví Dụ"))
    hub.do(in_charge("2", "Lò Ví Du"))
    taken = hub.take(site.write(tmp_path / "b.jsonl"))
    assert taken.people == PeopleMet((AlikeNames("Lò Ví Dụ", ("Lò Ví Du",)),), (("Lò Ví Dụ", "Lò Ví Du"),))
    assert show(hub.context(), ["1"]).shown[0].task.in_charge == ("Lò Ví Dụ",)


def test_each_line_that_merges_works_after_those_before_it(hub: Office, site: Office, tmp_path: Path) -> None:
    hub.do(in_charge("1", "Lò Ví Dụ"))
    for name in ("Lò Ví Dụ", "Lò Ví Du", "Lò Vì Dụ"):
        site.do(in_charge("2", name))
    met = hub.take(site.write(tmp_path / "b.jsonl")).people
    assert len(met.alike) == 3
    assert len({old for old, _ in met.merges}) == len(met.merges) == 3
    for old, into in met.merges:
        hub.second += 1
        merge(hub.context(), old, into)
    assert [person.name for person in people(hub.db)] == ["Lò Ví Dụ"]


def test_a_namesake_from_a_site_takes_nobodys_name(hub: Office, site: Office, tmp_path: Path) -> None:
    """Though the site recorded theirs first; at both places the same one is called so."""
    site.do(in_charge("1", "Lò Ví Dụ"))
    hub.second = 100
    hub.do(in_charge("2", "Lò Ví Dụ"))
    told = (
        hub.take(site.write(tmp_path / "b.jsonl")).people,
        site.take(hub.write(tmp_path / "n.jsonl", "HN")).people,
    )
    assert [one.merges for one in told] == [(("Lò Ví Dụ (2)", "Lò Ví Dụ"),)] * 2
    assert [one.renamed for one in told] == [(), (("Lò Ví Dụ", "Lò Ví Dụ (2)"),)]
    for office in (hub, site):
        given = [task.in_charge for task in list_tasks(office.context(), []).tasks]
        assert given == [("Lò Ví Dụ (2)",), ("Lò Ví Dụ",)]


# --- who was taken out ---


def _anonymised(office: Office, who: str) -> None:
    office.second += 1
    workspace = Workspace(Path("/nowhere"), Path(":memory:"))
    anonymise(office.context(), workspace, who)


def test_who_was_taken_out_does_not_come_back(hub: Office, site: Office, tmp_path: Path) -> None:
    hub.do(in_charge("1", "Lò Ví Dụ"))
    site.take(hub.write(tmp_path / "n.jsonl", "HN"))
    site.do(report("1", percent="40", told_by="Lò Ví Dụ"))
    site.do(Do("by them", lambda c: report("2", percent="3").call(c._replace(author="Lò Ví Dụ"))))
    file = site.write(tmp_path / "b.jsonl")
    assert "Lò Ví Dụ" in file.read_text("utf-8")
    _anonymised(hub, "Lò Ví Dụ")
    hub.take(file)
    assert "Lò Ví Dụ" not in "\n".join(held(hub.db))
    assert check(hub.db).is_sound
    taken = site.take(hub.write(tmp_path / "n2.jsonl", "HN"))
    assert [(one.name, one.by.verb) for one in taken.people.hidden] == [("Lò Ví Dụ", "person anonymise")]
    assert "Lò Ví Dụ" not in "\n".join(held(site.db))
    assert check(site.db).is_sound
    assert shared_facts(hub.db) == shared_facts(site.db)


def test_only_where_a_name_was_taken_out_the_file_is_swept(
    hub: Office, site: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    swept = list[object]()
    monkeypatch.setattr(site.db, "sweep", partial(swept.append, site.db))
    hub.do(in_charge("1", "Lò Ví Dụ"))
    site.take(hub.write(tmp_path / "n.jsonl", "HN"))
    assert swept == []
    _anonymised(hub, "Lò Ví Dụ")
    site.take(hub.write(tmp_path / "n2.jsonl", "HN"))
    assert swept == [site.db]
    assert site.db.query("PRAGMA secure_delete") == [(1,)]


# --- a trial ---


def test_a_trial_tells_the_same_and_changes_nothing(hub: Office, site: Office, tmp_path: Path) -> None:
    site.do(report("1", percent="40"))
    hub.do(report("1", percent="10"))
    file = site.write(tmp_path / "b.jsonl")
    before, request = held(hub.db), hub.request()
    would = take_in(hub.db, file, request._replace(is_trial=True))
    assert held(hub.db) == before
    assert would.is_trial
    assert would.same_states
    assert take_in(hub.db, file, request) == would._replace(is_trial=False)


def test_a_site_is_tried_without_a_trace(workspace: Path, db: SQLite, tmp_path: Path) -> None:
    place = Workspace(tmp_path / "hn", tmp_path / "hn" / "plantrack.db")
    place.root.mkdir()
    write_bundle(db, Workspace(workspace, workspace / "plantrack.db"), tmp_path / "hn.jsonl.gz", "hn")
    nowhere = Workspace(tmp_path / "none", tmp_path / "none" / "plantrack.db")
    with refused("folder-not-writable"):
        import_bundle(tmp_path / "hn.jsonl.gz", nowhere, NOBODY._replace(is_trial=True))
    would = import_bundle(tmp_path / "hn.jsonl.gz", place, NOBODY._replace(is_trial=True))
    assert [*place.root.iterdir()] == []
    assert (would.is_new, would.is_trial, would.database) == (True, True, str(place.file))


# --- a site, as a file ---


@pytest.fixture
def begun(workspace: Path, db: SQLite, tmp_path: Path) -> Workspace:
    """Return the workspace of the site HN, begun from the bundle `hn.jsonl.gz`."""
    place = Workspace(tmp_path / "hn", tmp_path / "hn" / "plantrack.db")
    place.root.mkdir()
    write_bundle(db, Workspace(workspace, workspace / "plantrack.db"), tmp_path / "hn.jsonl.gz", "hn")
    taken = import_bundle(tmp_path / "hn.jsonl.gz", place, NOBODY)
    assert (taken.is_new, taken.site, taken.command, taken.recorded_there) == (True, "HN", "c2", 0)
    return place


def test_a_site_is_made_whole_or_not_at_all(begun: Workspace, tmp_path: Path) -> None:
    whole = (tmp_path / "hn.jsonl.gz").read_bytes()
    for size in (40, len(whole) // 2, len(whole) - 9):
        (tmp_path / "cut.jsonl.gz").write_bytes(whole[:size])
        place = Workspace(tmp_path / "x", tmp_path / "x" / "plantrack.db")
        place.root.mkdir(exist_ok=True)
        with pytest.raises(Exception) as told:
            import_bundle(tmp_path / "cut.jsonl.gz", place, NOBODY)
        assert getattr(told.value, "code", "") in ("bundle-damaged", "bundle-head")
        assert list(place.root.iterdir()) == []


def test_a_site_brings_no_plan_and_adds_no_parts_to_others(begun: Workspace, workspace: Path) -> None:
    db = connect(begun.file)
    with refused("site-plan"):
        apply(db, [workspace / "plans" / "kh-468-2024.yaml"], workspace, "Người thử", Hands())
    db.close()
    with refused("site-plan"):
        init(begun.root, None, "Người thử", Hands())
    assert not (begun.root / "plans").exists()


def test_parts_are_added_where_the_task_was_made(site: Office) -> None:
    site.do(opening("Ở điểm"))
    part(site.context(), "HN-1", TypedParts(texts=("gọi điện",)))
    with refused("part-elsewhere"):
        part(site.context(), "1", TypedParts(texts=("gọi điện",)))


def test_a_site_that_is_restored_from_its_export_stays_that_site(begun: Workspace, tmp_path: Path) -> None:
    db = connect(begun.file)
    (tmp_path / "all.jsonl").write_bytes(b"".join(export_whole(db).pieces()))
    (tmp_path / "again").mkdir()
    place = Workspace(tmp_path / "again", tmp_path / "again" / "plantrack.db")
    import_file(tmp_path / "all.jsonl", place)
    again = connect(place.file)
    assert again.told.site == "HN"
    assert fact_digest(again) == fact_digest(db)
    for one in (db, again):
        one.close()


# --- what is refused ---


def test_codes_of_sites_are_no_other_names(db: SQLite) -> None:
    for code in ("nd3", "ND 3", "H", "hà nội", "HN-2", "nv", "", "KH-468-2024", "HN123"):
        with pytest.raises(Exception) as told:
            export_bundle(db, code)
        assert getattr(told.value, "code", "") in ("site-form", "site-taken"), code
    assert export_bundle(db, " hn2 ").head.site == "HN2"
    with refused("bundle-site-needed"):
        export_bundle(db)


def test_a_bundle_is_for_one_database(hub: Office, site: Office, tmp_path: Path, made_once: Path) -> None:
    other = site_of(hub, hub.write(tmp_path / "th.jsonl", "TH"))
    of_site, of_hub = site.write(tmp_path / "b.jsonl"), hub.write(tmp_path / "n.jsonl", "HN")
    with refused("bundle-to-hub"):
        hub.take(of_hub)
    with refused("bundle-other-site"):
        other.take(of_hub)
    with refused("bundle-to-site"):
        other.take(of_site)
    with refused("bundle-at-site"):
        site.write(tmp_path / "x.jsonl", "TH")
    empty = Workspace(tmp_path / "empty", tmp_path / "empty" / "plantrack.db")
    empty.root.mkdir()
    with refused("bundle-needs-database"):
        import_bundle(of_site, empty, NOBODY)


def test_a_foreign_a_newer_and_an_older_bundle_are_refused(hub: Office, site: Office, tmp_path: Path) -> None:
    file = site.write(tmp_path / "b.jsonl")
    for other, code in (
        ({"history": "0" * 26}, "bundle-foreign"),
        ({"hub": "practice"}, "bundle-other-hub"),
        ({"schema": SCHEMA_VERSION + 1}, "bundle-newer"),
        ({"schema": SCHEMA_VERSION - 1}, "bundle-older"),
        ({"format": "plantrack-bundle/2"}, "bundle-newer"),
    ):
        with refused(code) as told:
            hub.take(altered(site.write(file), **other))
        if "format" in other:
            assert told.value.params["theirs"] == "plantrack-bundle/2"
    with refused("bundle-begun-here"):
        hub.take(altered(hub.write(file, "HN"), history="0" * 26))
    (tmp_path / "all.jsonl").write_bytes(b"".join(export_whole(hub.db).pieces()))
    with refused("bundle-is-export"):
        hub.take(tmp_path / "all.jsonl")
    place = Workspace(tmp_path, tmp_path / "none.db")
    with refused("import-of-bundle"):
        import_file(site.write(file), place)
    with refused("import-missing"):
        hub.take(tmp_path / "nothing.jsonl")


def test_only_the_hub_brings_plans(hub: Office, site: Office, tmp_path: Path) -> None:
    bundle = hub.write(tmp_path / "n.jsonl", "HN")
    with refused("bundle-plan"):
        altered(bundle, _of_site, kind="site")
        hub.take(bundle)


def _of_site(facts: list[dict[str, Any]]) -> None:
    """Make facts such as the hub does not have, as if a site had recorded them."""
    for fact in facts:
        for name in {"uid", "command", "target"} & fact.keys():
            fact[name] = f"{fact[name][:-1]}{'1' if fact[name].endswith('0') else '0'}"
        if fact["type"] == "command":
            fact["site"] = "HN"


def test_texts_are_as_they_were(hub: Office, site: Office, tmp_path: Path) -> None:
    texts = ["Tiếng Việt NFD: ê", "dòng một\ndòng hai", "</script> =1+1; DROP TABLE task", '{"type":"head",']
    for text in texts:
        site.do(report("1", result=text))
    taken = hub.take(site.write(tmp_path / "b.jsonl"))
    assert taken.updates == len(texts)
    assert "Tiếng Việt NFD: ê" in json.dumps(shared_facts(hub.db), ensure_ascii=False)
    site.take(hub.write(tmp_path / "n.jsonl", "HN"))
    assert shared_facts(hub.db) == shared_facts(site.db)
