"""Organisations, places and codes that change: who is found, who is meant on a day, and what is warned of."""

from pathlib import Path

import pytest

from plantrack.planfile.shipped import PLACES, shipped_places
from plantrack.services.verbs.add import NewTask, add
from plantrack.services.verbs.assign import Roles, assign
from plantrack.services.verbs.edit import Corrections, edit
from plantrack.services.verbs.list import list_tasks
from plantrack.services.verbs.org import list_organisations
from plantrack.services.verbs.progress import progress
from plantrack.services.verbs.show import show
from plantrack.services.verbs.weekly import weekly
from plantrack.store.sqlite.connection import SQLite
from tests.support.steps import PLAN_FILE, OpenContext, applied, held, labels, notes, opened, refused, said

INCLUDING = ('\nprogramme:\n', f'\ninclude: ["plans/{PLACES[1]}"]\n\nprogramme:\n')  # fmt: skip
RETIRED = ('\nprogramme:\n', '\nretired: [{code: "ND3.2", on: "2024-06-01", reason: "đã gộp"}]\nprogramme:\n')  # fmt: skip
MOVED = ('\nprogramme:\n', '\nmoved: {"ND3.2": "ND3.1"}\nprogramme:\n')  # fmt: skip


def without_nd32(workspace: Path) -> tuple[str, str]:
    """Return the change that takes ND3.2 out of the plan."""
    text = (workspace / PLAN_FILE).read_text("utf-8")
    start = text.index('      - code: "ND3.2"')
    return text[start : text.index('  - code: "ND4"')], "\n"


@pytest.fixture
def provinces(context_on: OpenContext, workspace: Path) -> None:
    """Let the plan include the list of provinces since 1/7/2025, with those before."""
    for name, data in shipped_places().items():
        file = workspace / "plans" / name
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(data)
    applied(context_on, "2024-03-26", workspace, INCLUDING)


def found(sit: OpenContext, *terms: str, on: str = "2025-07-20", **asked: str) -> tuple[list[str], str]:
    """Return the labels that a list has, closed ones too, and how its filter was read."""
    listed = list_tasks(sit(on, **asked), terms, everything=True)
    return labels(listed.tasks), listed.filter


# --- organisations ---


@pytest.fixture
def handed_over(context_on: OpenContext) -> None:
    """Make 1: led by UBDT, done in 2024; 2: by UBDT, handed over on 1/3/2025; 3: by the Union; 4: by the ministry."""
    opened(context_on, "2024-07-01", lead=("ubdt",))
    said(context_on, "2024-08-01", "1", "done")
    opened(context_on, "2024-07-01", lead=("ubdt",), coordinating=("hlhpn",))
    opened(context_on, "2024-07-01", lead=("hlhpn",))
    assign(context_on("2025-03-01"), ["2"], Roles(lead=("bdttg",), instead=True))
    opened(context_on, "2025-03-03", lead=("bdttg",))


@pytest.mark.usefixtures("handed_over")
def test_an_organisation_finds_what_was_its_predecessors(context_on: OpenContext) -> None:
    assert found(context_on, "org:bdttg") == (["1", "2", "4"], "org:bdttg,ubdt")
    assert found(context_on, "lead:BDTTG") == (["1", "2", "4"], "lead:bdttg,ubdt")
    assert found(context_on, "org:ubdt") == (["1"], "org:ubdt")
    assert found(context_on, "org:bdttg,-ubdt") == (["2", "4"], "org:bdttg,-ubdt")
    assert found(context_on, "org:-bdttg") == (["3"], "org:-bdttg,-ubdt")
    assert found(context_on, "org:bdttg", as_of="2024-12-31") == (["1", "2"], "org:bdttg,ubdt")


@pytest.mark.usefixtures("handed_over")
def test_the_numbers_of_progress_are_listed_by_the_filter_printed_with_them(context_on: OpenContext) -> None:
    view = progress(context_on("2025-07-20"), ["org:bdttg"], "org")
    assert {row.key: labels(row.tasks) for row in view.rows} == {
        "ubdt": ["1"],
        "bdttg": ["2", "4"],
        "hlhpn": [],
    }
    assert (view.total.total, view.filter) == (3, "org:bdttg,ubdt")
    assert len(found(context_on, view.filter)[0]) == 3


@pytest.mark.usefixtures("handed_over")
def test_a_report_of_2024_uses_the_names_of_2024(context_on: OpenContext) -> None:
    rows = progress(context_on("2025-07-20", as_of="2024-12-31"), (), "org").rows
    assert {row.title.vi for row in rows if row.title} == {"Hội LHPN Việt Nam", "UBDT"}
    silent = weekly(context_on("2025-07-20"), ["org:bdttg"], "2024-W40").silent_organisations
    assert [s.organisation.id for s in silent] == ["ubdt"]


def test_organisations_are_listed_with_what_they_succeeded(context_on: OpenContext) -> None:
    rows = {
        line.organisation.id: line.predecessors for line in list_organisations(context_on()).organisations
    }
    assert rows == {"ubdt": (), "hlhpn": (), "bdttg": ("ubdt",)}


def test_names_are_those_of_the_revision_known_then(context_on: OpenContext, workspace: Path) -> None:
    applied(context_on, "2024-05-01", workspace, ('vi: "UBDT"', 'vi: "UBDT mới"'))
    assert context_on("2024-06-01").names.party_label("ubdt", "vi") == "UBDT mới"
    assert context_on("2024-06-01", known_at="30/4/2024").names.party_label("ubdt", "vi") == "UBDT"


# --- places ---


@pytest.mark.usefixtures("provinces")
def test_a_place_is_that_of_the_day_of_the_task_and_finds_what_it_was_made_of(
    context_on: OpenContext,
) -> None:
    for day, on, typed in (
        ("2024-07-01", None, "Quảng Ngãi"),
        ("2024-07-01", None, "kon tum"),
        ("2025-07-10", None, "quang ngai"),
        ("2025-07-10", "30/6/2025", "quang ngai"),
        ("2025-07-10", None, "Hà Nội"),
    ):
        done = add(context_on(day), NewTask("Việc", area="3", places=(typed,), on=on))
        assert notes(done) == []
    read = "place:quang-ngai-2025,kon-tum,quang-ngai"
    assert found(context_on, "place:Quảng Ngãi") == (["1", "2", "3", "4"], read)
    assert found(context_on, read) == (["1", "2", "3", "4"], read)
    assert found(context_on, "place:Quảng Ngãi", as_of="2025-06-30") == (["1", "4"], "place:quang-ngai")
    assert found(context_on, "place:Kon Tum") == (["2"], "place:kon-tum")


@pytest.mark.usefixtures("provinces")
def test_a_week_of_the_past_is_filtered_with_the_names_of_its_day(context_on: OpenContext) -> None:
    opened(context_on, "2024-07-01", places=("Quảng Ngãi",))
    for week, read in (
        ("2024-W29", "place:quang-ngai"),
        ("2025-W29", "place:quang-ngai-2025,kon-tum,quang-ngai"),
    ):
        table = weekly(context_on("2025-07-22"), ["place:Quảng Ngãi"], week).progress
        assert (table.filter, table.total.total) == (read, 1)


@pytest.mark.usefixtures("provinces")
def test_a_place_outside_its_days_is_warned_of_and_recorded(context_on: OpenContext) -> None:
    done = add(
        context_on("2025-07-10"), NewTask("Việc", area="3", places=("Kon Tum", "quang-ngai", "Kon Tum"))
    )
    assert done.tasks[0].places == ("kon-tum", "quang-ngai")
    assert [(n.code, n.params) for n in done.notes] == [
        ("place-ended-merged", {"place": place, "day": "2025-06-30", "places": ("quang-ngai-2025",)})
        for place in ("kon-tum", "quang-ngai")
    ]
    assert notes(add(context_on("2024-07-10"), NewTask("Việc", area="3", places=("Huế",)))) == [
        "place-not-yet"
    ]


def test_a_place_that_ended_without_another_is_warned_of(context_on: OpenContext, workspace: Path) -> None:
    place = '\nplaces: [{id: "xa-a", name: "Xã A (ví dụ)", valid_to: "2024-05-31"}]\nprogramme:\n'
    applied(context_on, "2024-03-26", workspace, ("\nprogramme:\n", place))
    assert notes(add(context_on("2024-06-01"), NewTask("Việc", area="3", places=("xa-a",)))) == [
        "place-ended"
    ]


@pytest.mark.usefixtures("provinces")
def test_a_place_the_list_has_not_is_refused(context_on: OpenContext, db: SQLite) -> None:
    before = held(db)
    with refused("unknown-place") as caught:
        add(context_on("2024-06-01"), NewTask("Việc", area="3", places=("Kontum",)))
    assert "kon-tum" in caught.value.params["near"]  # type: ignore[operator]
    assert held(db) == before


# --- names that several have ---

NAMESAKES = (
    '  - id: "ubdt"\n',
    (
        '  - {id: "cu", name: "Đơn vị cũ (ví dụ)", symbol: "VD", valid_to: "2024-06-30", successor: "moi"}\n'
        '  - {id: "moi", name: "Đơn vị mới (ví dụ)", symbol: "VD", valid_from: "2024-07-01"}\n'
        '  - id: "ubdt"\n'
    ),
)


def test_a_symbol_is_that_of_the_day_that_is_given(context_on: OpenContext, workspace: Path) -> None:
    applied(context_on, "2024-03-26", workspace, NAMESAKES)
    made = add(context_on("2024-08-01"), NewTask("Việc", area="3", lead=("VD",), on="1/6/2024"))
    assert made.tasks[0].lead == ("cu",)
    now = assign(context_on("2024-08-01"), ["1"], Roles(lead=("vd",), instead=True))
    assert (now.tasks[0].lead, notes(now)) == (("moi",), ["role-replaced"])
    add(context_on("2024-08-01"), NewTask("Việc khác", area="3", on="1/6/2024"))
    then = assign(context_on("2024-08-01"), ["2"], Roles(coordinating=("vd",), on="30/6/2024"))
    assert (then.tasks[0].coordinating, notes(then)) == (("cu",), [])
    assert found(context_on, "lead:VD", on="2024-08-01") == (["1"], "lead:moi,cu")


# --- codes ---


def test_a_retired_code_takes_no_new_work_and_says_when_and_why(
    context_on: OpenContext, db: SQLite, workspace: Path
) -> None:
    opened(context_on, "2024-04-01", activity="3.2")
    said(context_on, "2024-05-01", "1", "done")
    applied(context_on, "2024-06-01", workspace, without_nd32(workspace), RETIRED)
    opened(context_on, "2024-06-02")
    before = held(db)
    with refused("code-retired") as caught:
        add(context_on("2024-06-03"), NewTask("Việc", activity="3.2"))
    assert caught.value.exit_code == 4
    assert caught.value.params == {"code": "ND3.2", "day": "2024-06-01", "reason": "đã gộp"}
    with refused("code-retired"):
        edit(context_on("2024-06-03"), ["2"], Corrections(activity="ND3.2"))
    assert held(db) == before
    assert found(context_on, "activity:3.2") == (["1"], "activity:ND3.2")
    assert show(context_on("2024-06-03"), ["ND3.2"]).shown[0].task.label == "1"


def test_a_moved_code_is_followed(context_on: OpenContext, workspace: Path) -> None:
    opened(context_on, "2024-04-01", activity="3.2")
    applied(context_on, "2024-06-01", workspace, without_nd32(workspace), MOVED)
    assert found(context_on, "activity:ND3.2") == (["1"], "activity:ND3.1")
    assert show(context_on("2024-06-03"), ["3.2"]).shown[0].task.label == "1"
    assert add(context_on("2024-06-03"), NewTask("Việc", activity="3.2")).tasks[0].activity == "ND3.1"
