"""The rows of a table: organisations by their parents and levels, places and regions, each task once in a row."""

from pathlib import Path

import pytest

from plantrack.model.views.progress import Progress
from plantrack.services.context import for_plan
from plantrack.services.verbs.assign import Roles, assign
from plantrack.services.verbs.org import OrgParticulars
from plantrack.services.verbs.org import add as add_organisation
from plantrack.services.verbs.progress import progress
from plantrack.services.verbs.report import ask_matrix
from tests.support.steps import OpenContext, applied, labels, opened, refused

DAY = "2024-07-20"
UNITS = """organisations:
  - {id: "ban", name: {vi: "Ban ví dụ", en: "Example department"}, level: "unit", parent: "hlhpn"}
  - {id: "to", name: "Tổ ví dụ", parent: "ban"}
  - {id: "so", name: "Sở ví dụ", level: "province"}
"""
PLACES = """places:
  - {id: "kon-tum", name: "Kon Tum", region: {vi: "Tây Nguyên", en: "Central Highlands"}}
  - {id: "gia-lai", name: "Gia Lai", region: "Tây Nguyên"}
  - {id: "ha-noi", name: {vi: "Hà Nội", en: "Hanoi"}}
organisations:
"""


@pytest.fixture
def units(context_on: OpenContext, workspace: Path) -> None:
    """Give the plan units below an organisation, and places in regions."""
    applied(context_on, "2024-04-10", workspace, ("organisations:\n", UNITS), ("organisations:\n", PLACES))


def table(sit: OpenContext, by: str, *args: str, on: str = DAY, up: bool = False) -> Progress:
    return progress(sit(on), args, by, roll_up=up)


def numbers(view: Progress) -> dict[str | None, tuple[int, int | None]]:
    """Return of each row how many tasks are led and coordinated; the total is under `total`."""
    rows = {row.key: row for row in (*view.rows, view.total_row._replace(key="total"))}
    return {key: (row.counts.total, row.coordinating and row.coordinating.total) for key, row in rows.items()}


@pytest.mark.usefixtures("units")
def test_a_task_counts_once_where_all_that_lead_it_belong_and_once_in_the_total(
    context_on: OpenContext,
) -> None:
    for lead, coordinating in ((("to", "ban"), ("so",)), (("ubdt", "to"), ("ban", "hlhpn")), ((), ())):
        opened(context_on, "2024-07-01", lead=lead, coordinating=coordinating)
    view = table(context_on, "org", up=True)
    assert numbers(view) == {"hlhpn": (2, 1), "so": (0, 1), "ubdt": (1, 0), None: (1, 1), "total": (3, 2)}
    assert view.rolled_up
    by_key = {row.key: row for row in view.rows}
    assert (labels(by_key["hlhpn"].tasks), labels(by_key["hlhpn"].coordinated)) == (["1", "2"], ["2"])
    assert numbers(table(context_on, "org", "lead:ban", up=True))["total"] == (1, 1)
    as_assigned = numbers(table(context_on, "org"))
    assert [as_assigned[org][0] for org in ("to", "ban", "hlhpn")] == [2, 1, 0]


@pytest.mark.usefixtures("units")
def test_on_a_day_of_the_past_those_count_who_led_then(context_on: OpenContext) -> None:
    opened(context_on, "2024-07-01", lead=("to",))
    assign(context_on("2024-07-15"), ["1"], Roles(lead=("so",), instead=True))
    then = progress(context_on(DAY, as_of="2024-07-14"), by="org", roll_up=True)
    assert set(numbers(then)) == {"hlhpn", "total"}
    assert set(numbers(table(context_on, "org", up=True))) == {"so", "total"}
    assert set(numbers(table(context_on, "level"))) == {"province", "total"}


@pytest.mark.usefixtures("units")
def test_by_level_in_their_order_and_a_row_where_none_is_stated(context_on: OpenContext) -> None:
    for lead in (("so",), ("ban", "so"), ("to",), ("to", "ban"), ()):
        opened(context_on, "2024-07-01", lead=lead, coordinating=("hlhpn",))
    view = table(context_on, "level")
    assert list(numbers(view).items()) == [
        ("central", (0, 5)), ("province", (2, 0)), ("unit", (2, 0)), (None, (2, 0)), ("total", (5, 5)),
    ]  # fmt: skip
    assert labels(view.rows[-1].tasks) == ["3", "5"]


def test_an_organisation_that_was_recorded_counts_by_its_level_and_under_the_one_that_it_is(
    context_on: OpenContext,
) -> None:
    add_organisation(context_on("2024-07-01"), "so-nv", OrgParticulars("Sở Nội vụ (ví dụ)", level="province"))
    opened(context_on, "2024-07-01", lead=("so-nv",))
    assert numbers(table(context_on, "level"))["province"] == (1, 0)
    assert numbers(table(context_on, "org", up=True))["so-nv"] == (1, 0)


@pytest.mark.usefixtures("units")
def test_a_task_counts_in_each_of_its_places_and_once_in_their_region(context_on: OpenContext) -> None:
    for places in (("kon-tum", "gia-lai"), ("Gia Lai", "ha-noi"), ()):
        opened(context_on, "2024-07-01", places=places)
    view = table(context_on, "place")
    assert [(row.key, row.counts.total) for row in view.rows] == [
        ("gia-lai", 2), ("ha-noi", 1), ("kon-tum", 1), (None, 1),
    ]  # fmt: skip
    assert view.total.total == 3
    regions = table(context_on, "place", up=True)
    assert [(row.key, labels(row.tasks)) for row in regions.rows] == [
        ("ha-noi", ["2"]), ("Tây Nguyên", ["1", "2"]), (None, ["3"]),
    ]  # fmt: skip
    assert regions.rows[1].title is not None
    assert regions.rows[1].title.en == "Central Highlands"


def test_places_of_one_name_are_told_apart(context_on: OpenContext, workspace: Path) -> None:
    before = '{id: "a", name: "Quảng Ngãi", valid_to: "2024-07-10"}'
    since = '{id: "b", name: "Quảng Ngãi", valid_from: "2024-07-11", merged_from: ["a"]}'
    listed = f"places:\n  - {before}\n  - {since}\n  - {{id: c, name: Huế}}\norganisations:\n"
    applied(context_on, "2024-04-10", workspace, ("organisations:\n", listed))
    for day, place in (("2024-07-01", "a"), ("2024-07-12", "b"), ("2024-07-12", "c")):
        opened(context_on, day, places=(place,))
    rows = table(context_on, "place").rows
    assert [row.title and row.title.vi for row in rows] == ["Huế", "Quảng Ngãi (a)", "Quảng Ngãi (b)"]


def test_without_a_list_a_place_is_called_as_the_tasks_write_it(context_on: OpenContext) -> None:
    for places in (("xã Đăk Blà",), ("xa dak bla", "Hà Nội")):
        opened(context_on, "2024-07-01", places=places)
    rows = [(row.key, row.counts.total) for row in table(context_on, "place").rows]
    assert rows == [("Hà Nội", 1), ("xã Đăk Blà", 2)]


@pytest.mark.parametrize("by", ["area", "activity", "person", "month", "level"])
def test_nothing_stands_above_the_others(context_on: OpenContext, by: str) -> None:
    with refused("roll-up-of-nothing"):
        table(context_on, by, up=True)


@pytest.mark.usefixtures("units")
def test_activities_by_organisations_with_those_that_belong_to_them(context_on: OpenContext) -> None:
    for lead in (("to", "ban"), ("hlhpn",), ()):
        opened(context_on, "2024-07-01", activity="3.1", lead=lead)
    at = for_plan(context_on(DAY), "kh-468-2024")
    view = ask_matrix(at, at.tasks, roll_up=True)()
    assert (view.organisations, view.rolled_up) == (("hlhpn", None), True)
    assert {org: counts.total for org, counts in view.rows[0].cells.items()} == {"hlhpn": 2, None: 1}
    assert {org: counts.total for org, counts in view.totals.items()} == {"hlhpn": 2, None: 1}
    assert len(ask_matrix(at, at.tasks)().organisations) == 4
