"""A bundle is merged: each command whole and once, with a number and a seal of its own; or nothing of it."""

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from plantrack.i18n.failure import sentence
from plantrack.i18n.words import LANGUAGES, Words
from plantrack.model import grouping
from plantrack.model.forms.form import Form
from plantrack.services.verbs.anonymise import anonymise
from plantrack.services.verbs.assign import Roles, assign
from plantrack.services.verbs.db import check, repair
from plantrack.services.verbs.edit import Corrections, edit
from plantrack.services.verbs.show import show
from plantrack.services.verbs.undo import undo
from plantrack.services.workspace import Workspace
from plantrack.store.commands import command, last_number
from plantrack.store.exchange.forms import find_form, insert_form
from tests.support.bundles import altered
from tests.support.random_work import Do
from tests.support.sites import (
    Office,
    derived_state,
    hub_with_tasks,
    opening,
    report,
    shared_facts,
    site_of,
)
from tests.support.steps import held, refused


@pytest.fixture
def hub(made_once: Path) -> Office:
    return hub_with_tasks(made_once / "plantrack.db")


@pytest.fixture
def site(hub: Office, tmp_path: Path) -> Office:
    return site_of(hub, hub.write(tmp_path / "hn.jsonl", "HN"))


def test_a_command_gets_the_next_number_and_keeps_all_else(hub: Office, site: Office, tmp_path: Path) -> None:
    site.do(opening("Việc ở Hà Nội"))
    hub.do(report("1", percent="10"))
    taken = hub.take(site.write(tmp_path / "b.jsonl"))
    assert (taken.command, taken.commands, taken.tasks, taken.known) == ("c6", 1, 1, 0)
    came, taker = command(hub.db, 5), command(hub.db, 6)
    assert came and taker
    assert (came.verb, came.site, came.author) == ("add", "HN", "Người thử")
    assert (taker.verb, taker.site, taker.author) == ("bundle import", "", "Người nhận")
    assert came.recorded_at < taker.recorded_at
    (row,) = show(hub.context(), ["hn-1"]).shown
    assert (row.task.label, row.task.title.vi) == ("HN-1", "Việc ở Hà Nội")
    assert check(hub.db).is_sound


def test_what_is_known_changes_nothing(hub: Office, site: Office, tmp_path: Path) -> None:
    site.do(report("1", percent="10"))
    file = site.write(tmp_path / "b.jsonl")
    hub.take(file)
    before = held(hub.db)
    again = hub.take(file)
    assert (again.command, again.commands, again.known) == (None, 0, 1)
    assert held(hub.db) == before


def test_of_two_corrections_the_last_one_stands_whichever_comes_last(
    hub: Office, site: Office, tmp_path: Path
) -> None:
    def titled(title: str) -> Do:
        return Do(title, lambda context: edit(context, ["1"], Corrections(title=title)))

    hub.second = site.second = 100
    site.do(titled("Ở điểm"))
    hub.second = 200
    hub.do(titled("Ở đầu mối"))
    hub.take(site.write(tmp_path / "b.jsonl"))
    site.take(hub.write(tmp_path / "n.jsonl", "HN"))
    for office in (hub, site):
        assert show(office.context(), ["1"]).shown[0].task.title.vi == "Ở đầu mối"
        assert check(office.db).is_sound
    assert shared_facts(hub.db) == shared_facts(site.db)


def corrected(task: str, **fields: Any) -> Do:
    return Do(f"edit {task} {fields}", lambda context: edit(context, [task], Corrections(**fields)))


PLACES = {"area": corrected("1", area="ND2"), "activity": corrected("1", activity="ND3.1")}


@pytest.mark.parametrize(("last", "place"), [("area", ("ND2", None)), ("activity", ("ND3", "ND3.1"))])
@pytest.mark.parametrize("at_hub", PLACES)
def test_a_task_is_in_the_area_of_its_activity(
    hub: Office, site: Office, tmp_path: Path, at_hub: str, last: str, place: tuple[str, str | None]
) -> None:
    """Of an area and an activity that two places gave it, the one that was given last says where it is."""
    (at_site,) = PLACES.keys() - {at_hub}
    hub.second, site.second = (200, 100) if at_hub == last else (100, 200)
    hub.do(PLACES[at_hub])
    site.do(PLACES[at_site])
    hub.take(site.write(tmp_path / "b.jsonl"))
    site.take(hub.write(tmp_path / "n.jsonl", "HN"))
    for office in (hub, site):
        task = show(office.context(), ["1"]).shown[0].task
        assert (task.area, task.activity) == place
        assert check(office.db).is_sound
        office.db.execute(
            "UPDATE task SET area = 'ND2', activity = 'ND3.1' WHERE number = 1"
        )  # as it was merged once
        assert dict(check(office.db).counts)["task"] == 1
        repair(office.db)
        assert check(office.db).is_sound
        assert derived_state(office.db) == derived_state(hub.db)
    assert hub.take(site.write(tmp_path / "b.jsonl")).command is None
    hub.do(corrected("1", area="ND3"))  # an activity that it lost does not come back with the area
    site.take(hub.write(tmp_path / "n.jsonl", "HN"))
    assert derived_state(site.db) == derived_state(hub.db)
    assert check(hub.db).is_sound


def test_no_report_of_another_place_stands_before_the_opening(
    hub: Office, site: Office, tmp_path: Path
) -> None:
    site.second, hub.second = 100, 200
    site.do(corrected("1", opened="2024-06-01"))
    site.do(report("1", percent="10", on="2024-06-10"))
    hub.do(corrected("1", opened="2024-06-20"))
    hub.take(site.write(tmp_path / "b.jsonl"))
    site.take(hub.write(tmp_path / "n.jsonl", "HN"))
    for office in (hub, site):
        assert show(office.context(as_of="2024-06-12"), ["1"]).shown[0].task.opened_on == "2024-06-10"
        assert check(office.db).is_sound
        office.db.execute("UPDATE task SET opened_on = '2024-06-20' WHERE number = 1")
        assert dict(check(office.db).counts)["task"] == 1
        repair(office.db)
        assert derived_state(office.db) == derived_state(hub.db)
    assert hub.take(site.write(tmp_path / "b.jsonl")).command is None
    hub.do(Do("undo", lambda context: undo(context, "c6")))
    site.take(hub.write(tmp_path / "n.jsonl", "HN"))
    for office in (hub, site):
        assert show(office.context(), ["1"]).shown[0].task.opened_on == "2024-06-20"
        assert check(office.db).is_sound


def test_what_plans_include_comes_with_however_many_revisions(
    hub: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some rows are added at a time, and those of the first revisions are not forgotten over the last ones."""
    columns = "command, recorded_at, file, sha256, content, document"
    hub.db.execute(
        f"INSERT INTO plan_revision (plan, revision, {columns}) SELECT plan, 2, {columns} FROM plan_revision"
    )
    hub.db.execute("INSERT INTO plan_include SELECT plan, revision, 'a.yaml', sha256 FROM plan_revision")
    monkeypatch.setattr(grouping, "CHUNK", 1)
    site = site_of(hub, hub.write(tmp_path / "hn.jsonl", "HN"))
    assert site.db.query("SELECT COUNT(*) FROM plan_include") == [(2,)]


def test_a_form_is_news(hub: Office, site: Office, tmp_path: Path) -> None:
    """No command made it; whoever takes it in records that, and does not do so without a word."""
    made = Form(
        "0" * 25 + "1",
        "kh-468-2024",
        "ubdt",
        "2024-07",
        "2024-07-31",
        "",
        "2024-07-02T00:00:00.000Z",
        None,
        1,
    )
    insert_form(site.db, made)
    taken = hub.take(site.write(tmp_path / "b.jsonl"))
    assert (taken.command, taken.commands, find_form(hub.db, made.uid)) == ("c4", 0, made)
    assert hub.take(tmp_path / "b.jsonl").command is None
    assert check(hub.db).is_sound


def test_what_was_recorded_elsewhere_is_taken_back_here(hub: Office, site: Office, tmp_path: Path) -> None:
    site.do(report("1", percent="70"))
    hub.take(site.write(tmp_path / "b.jsonl"))
    hub.do(Do("undo", lambda context: undo(context, "c4")))
    site.take(hub.write(tmp_path / "n.jsonl", "HN"))
    assert show(site.context(), ["1"]).shown[0].task.percent is None
    assert shared_facts(hub.db) == shared_facts(site.db)


def test_a_command_that_took_in_a_bundle_is_not_taken_back(hub: Office, site: Office, tmp_path: Path) -> None:
    """Nor does a bare `undo` pass over it, to something older of whoever took it in."""
    assert hub.do(opening("Cũ hơn")._replace(asked={"author": "Người nhận"}))
    site.do(report("1", percent="70"))
    taken = hub.take(site.write(tmp_path / "b.jsonl"))
    for label in (taken.command, None):
        with refused("undo-bundle"):
            undo(hub.context(author="Người nhận"), label)


Change = Callable[[list[dict[str, Any]]], object]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda facts: facts[-1].update(task="0" * 26), "bundle-unknown"),
        (lambda facts: facts[-1].update(base="0" * 26), "bundle-unknown"),
        (lambda facts: facts[-1].update(percent=101), "bundle-damaged"),
        (lambda facts: facts[-1].update(result="\x1b[2J"), "bundle-damaged"),
        (lambda facts: facts[-1].update(result="\u0000"), "bundle-damaged"),
        (lambda facts: facts.pop(), None),
    ],
)
def test_what_does_not_fit_is_refused_whole(
    hub: Office, site: Office, tmp_path: Path, change: Change, code: str | None
) -> None:
    site.do(report("1", percent="70", result="xong"))
    file = altered(site.write(tmp_path / "b.jsonl"), change)
    before = held(hub.db)
    if code is None:  # whoever counts anew may leave something out
        assert hub.take(file).updates == 0
        return
    with refused(code):
        hub.take(file)
    assert held(hub.db) == before


@pytest.mark.parametrize(
    "cut", [lambda data: data[:-40], lambda data: data.replace(b"xong", b"XONG"), lambda _: b"{}"]
)
@pytest.mark.parametrize("ending", ["jsonl", "jsonl.gz"])
def test_a_damaged_file_changes_nothing(
    hub: Office, site: Office, tmp_path: Path, cut: Callable[[bytes], bytes], ending: str
) -> None:
    site.do(report("1", result="xong"))
    file = site.write(tmp_path / f"b.{ending}")
    data = file.read_bytes()
    damaged = cut(data)
    if damaged == data:
        damaged = gzip.compress(cut(gzip.decompress(data)))
    file.write_bytes(damaged)
    before = held(hub.db)
    with refused("bundle-head" if damaged == b"{}" else "bundle-damaged"):
        hub.take(file)
    assert held(hub.db) == before


def test_two_computers_with_one_code_are_found_out(hub: Office, tmp_path: Path) -> None:
    begun = hub.write(tmp_path / "hn.jsonl", "HN")
    one, other = site_of(hub, begun), site_of(hub, begun)
    one.second, other.second = 50, 60
    one.do(opening("Một"))
    other.do(opening("Khác"))
    hub.take(one.write(tmp_path / "1.jsonl"))
    with refused("bundle-site-twice") as told:
        hub.take(other.write(tmp_path / "2.jsonl"))
    assert told.value.params["task"] == ": HN-1"


@pytest.mark.parametrize("kind", ["command", "task"])
@pytest.mark.parametrize("whose", ["", "TH"])
def test_a_site_brings_only_what_was_recorded_there(
    hub: Office, site: Office, tmp_path: Path, kind: str, whose: str
) -> None:
    site.do(opening("Ở điểm"))

    def given_away(facts: list[dict[str, Any]]) -> None:
        next(fact for fact in facts if fact["type"] == kind)["site"] = whose

    file = altered(site.write(tmp_path / "b.jsonl"), given_away)
    before = held(hub.db)
    with refused("bundle-of-others"):
        hub.take(file)
    assert held(hub.db) == before


def test_a_site_gets_back_of_the_hub_what_it_lost(hub: Office, site: Office, tmp_path: Path) -> None:
    """Begun again, and gone back to an older state: its own commands come as those of others do."""
    older = site_of(hub, tmp_path / "hn.jsonl")
    site.do(opening("Ở điểm"))
    hub.take(site.write(tmp_path / "b.jsonl"))
    begun = site_of(hub, hub.write(tmp_path / "n.jsonl", "HN"))
    older.take(tmp_path / "n.jsonl")
    for office in (begun, older):
        assert shared_facts(office.db) == shared_facts(hub.db)
        office.do(opening("Tiếp"))
        assert show(office.context(), ["HN-2"]).shown[0].task.title.vi == "Tiếp"
        assert check(office.db).is_sound
    hub.take(begun.write(tmp_path / "b.jsonl"))


def test_what_is_still_to_come_is_refused_whole(hub: Office, site: Office, tmp_path: Path) -> None:
    """A clock may be a day ahead; one that is years ahead would move every later moment at the hub."""
    day = 24 * 60 * 60
    site.second += day - 60
    site.do(report("1", percent="10"))
    assert hub.take(site.write(tmp_path / "b.jsonl")).commands == 1
    site.second += 2 * day
    site.do(report("1", percent="20"))
    site.second += 400 * day
    site.do(report("1", percent="30"))
    before = held(hub.db)
    with refused("bundle-ahead") as told:
        hub.take(site.write(tmp_path / "b.jsonl"))
    assert held(hub.db) == before
    first = command(site.db, last_number(site.db) - 1)
    assert first
    assert told.value.params["moment"] == first.recorded_at
    for language in LANGUAGES:
        words = Words(language)
        said = sentence(words, told.value)[0]
        assert words.moment(first.recorded_at, "Asia/Ho_Chi_Minh") in said
        assert " HN " in said
    hub.second += 403 * day
    assert hub.take(tmp_path / "b.jsonl").commands == 2


def test_a_site_comes_after_its_hub_whose_clock_was_wrong(hub: Office, tmp_path: Path) -> None:
    """Its moments are behind everybody already: a site can begin, and what it records after them comes back."""
    years = 400 * 24 * 60 * 60
    hub.second += years
    hub.do(report("1", percent="10"))
    hub.second -= years
    site = site_of(hub, hub.write(tmp_path / "hn.jsonl", "HN"))
    site.do(report("1", percent="20"))
    assert hub.take(site.write(tmp_path / "b.jsonl")).commands == 1
    site.second += 2 * years
    site.do(report("1", percent="30"))
    with refused("bundle-ahead"):
        hub.take(site.write(tmp_path / "b.jsonl"))


def test_on_a_server_only_the_owner_takes_in_that_somebody_was_taken_out(
    hub: Office, site: Office, tmp_path: Path
) -> None:
    in_charge = Roles(in_charge=("Lò Ví Dụ",), new_person=True)
    site.do(Do("assign", lambda context: assign(context, ["1"], in_charge)))
    hub.take(site.write(tmp_path / "b.jsonl"))
    site.second += 1
    anonymise(site.context(), Workspace(Path("/nowhere"), Path(":memory:")), "Lò Ví Dụ")
    file = site.write(tmp_path / "b.jsonl")
    before = held(hub.db)
    hub.db.told = hub.db.told._replace(role="coordinator")
    with refused("bundle-hides"):
        hub.take(file)
    assert held(hub.db) == before
    hub.db.told = hub.db.told._replace(role="owner")
    assert hub.take(file).commands == 1
    hub.db.told = hub.db.told._replace(role="coordinator")
    site.do(report("1", percent="1"))
    assert hub.take(site.write(tmp_path / "b.jsonl")).commands == 1


def test_lines_are_the_same_for_the_same_facts(site: Office, tmp_path: Path) -> None:
    site.do(report("1", result="điều đã nói"))
    for name in ("1.jsonl", "1.jsonl.gz"):
        one, other = site.write(tmp_path / name), site.write(tmp_path / f"again-{name}")
        assert one.read_bytes() == other.read_bytes()
    head = json.loads((tmp_path / "1.jsonl").read_text("utf-8").split("\n")[0])
    assert (head["format"], head["kind"], head["site"]) == ("plantrack-bundle/1", "site", "HN")
