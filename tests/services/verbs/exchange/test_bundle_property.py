"""Whatever two sites and the hub do, in whatever order bundles come: in the end all of them know the same."""

from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from plantrack.model.views.bundle import BundleTaken
from plantrack.services.verbs.add import NewTask, add
from plantrack.services.verbs.db import check
from plantrack.services.verbs.edit import Corrections, edit, remove
from plantrack.services.verbs.org import OrgParticulars
from plantrack.services.verbs.org import add as add_org
from plantrack.services.verbs.update import update
from plantrack.services.writing.status_updates import TypedUpdate
from tests.support.random_work import COMMANDS, DAYS, FIRST, IDS, Do
from tests.support.sites import Office, derived_state, shared_facts, site_of

_SITES = ("HN", "TH")


def _told(label: str, on: str, percent: int) -> Do:
    report = TypedUpdate(percent=str(percent), result=f"đã làm {percent}", on=on)
    return Do(f"update {label} {on} {percent}", lambda context: update(context, [label], report))


def _org_added(id: str, name: str, level: str | None) -> Do:
    said = OrgParticulars(name, level=level)
    return Do(f"org add {id} {name} {level}", lambda context: add_org(context, id, said))


ORGANISATIONS = st.builds(
    _org_added,
    st.sampled_from(("bdt-x", "bdt-y")),
    st.sampled_from(("BDT X", "BDT Y", "BDT Z")),
    st.sampled_from((None, "province", "unit")),
)
LABELS = st.sampled_from(["HN-1", "HN-2", "TH-1"])
REMOVALS = IDS.map(lambda i: Do(f"remove {i}", lambda context: remove(context, [i], "nhầm")))
MOVES = st.builds(
    lambda i, asked: Do(f"edit {i} {asked}", lambda context: edit(context, [i], Corrections(**asked))),
    IDS,
    st.sampled_from([{"area": "1"}, {"area": "2"}, {"activity": "ND1.1"}, {"activity": "ND3.1"}]),
)
WORK = st.tuples(
    st.sampled_from(("hub", *_SITES)),
    COMMANDS | REMOVALS | MOVES | ORGANISATIONS | st.builds(_told, LABELS | IDS, DAYS, st.integers(0, 100)),
)
#: Somebody writes a bundle; one of those that were written so far comes, be it once more.
SENT = st.sampled_from(("hub", *_SITES)).map(lambda who: ("send", who))
COMES = st.integers(0, 30).map(lambda n: ("comes", n))


def _offices(template: Path, folder: Path) -> dict[str, Office]:
    hub = Office(template)
    hub.do(Do("add", lambda context: add(context, NewTask("Việc đầu", area="1", due=FIRST, on=FIRST))))
    hub.do(Do("add", lambda context: add(context, NewTask("Việc hai", area="2", lead=("ubdt",), on=FIRST))))
    offices = {"hub": hub}
    for site in _SITES:
        offices[site] = site_of(hub, hub.write(folder / f"{site}-0.jsonl", site))
    return offices


def _written(offices: dict[str, Office], who: str, folder: Path, n: int) -> list[tuple[str, Path]]:
    """Write what one has to tell; return it with whom it is for."""
    if who != "hub":
        return [("hub", offices[who].write(folder / f"{n}.jsonl.gz"))]
    return [(site, offices["hub"].write(folder / f"{n}-{site}.jsonl", site)) for site in _SITES]


#: A report that was told to be on a removed task: when it was recorded, and where.
Told = set[tuple[str, str]]


def _told_on_removed(taken: BundleTaken) -> Told:
    return {(given.recorded_at, given.site) for one in taken.on_removed for given in one.words}


def _reports_on_removed(hub: Office) -> Told:
    """Return the reports that stand on tasks which another place removed."""
    asked = (
        "SELECT u.recorded_at, c.site FROM status_update AS u JOIN command AS c ON c.uid = u.command "
        "JOIN task AS t ON t.uid = u.task JOIN change AS h ON h.task = t.uid AND h.field = 'removed' "
        "JOIN command AS r ON r.uid = h.command WHERE t.removed IS NOT NULL AND r.site <> c.site "
        "AND NOT EXISTS (SELECT 1 FROM change AS l WHERE l.task = t.uid AND l.field = 'removed' "
        "AND (l.recorded_at, l.uid) > (h.recorded_at, h.uid)) "
        "AND u.command NOT IN (SELECT w.target FROM withdrawal AS w)"
    )
    return {*hub.db.query(asked)}


def _done(steps: list[Any], template: Path, folder: Path) -> tuple[dict[str, Office], Told]:
    offices, bundles, told = _offices(template, folder), list[tuple[str, Path]](), Told()
    for n, (who, what) in enumerate(steps, 1):
        if who == "send":
            bundles += _written(offices, what, folder, n)
        elif who == "comes":
            if bundles:
                to, file = bundles[what % len(bundles)]
                told |= _told_on_removed(offices[to].take(file))
        else:
            offices[who].do(what)
    for n, who in enumerate((*_SITES, "hub"), 1000):
        for to, file in _written(offices, who, folder, n):
            told |= _told_on_removed(offices[to].take(file))
            assert offices[to].take(file).command is None  # nothing in it is new
    return offices, told


@given(steps=st.lists(WORK | WORK | SENT | COMES, max_size=24))
@settings(max_examples=8)
def test_all_know_the_same_in_the_end(steps: list[Any], made_once: Path, tmp_path_factory: Any) -> None:
    offices, told = _done(steps, made_once / "plantrack.db", tmp_path_factory.mktemp("b"))
    hub = offices["hub"]
    assert _reports_on_removed(hub) <= told
    facts, derived = shared_facts(hub.db), derived_state(hub.db)
    for office in offices.values():
        assert shared_facts(office.db) == facts
        assert derived_state(office.db) == derived
        found = check(office.db)
        assert found.is_sound, (found.history, found.found)
