"""Who goes on with the work and where: those of the day, their successors, places by name."""

from pathlib import Path

import pytest

from plantrack.services.verbs.assign import Roles, assign
from tests.support.next_plan import (
    Content,
    carried,
    looked,
    next_plan,
    opened,
    remarks,
)
from tests.support.steps import (
    PLAN,
    OpenContext,
    notes,
    refused,
)


@pytest.fixture
def new(context_on: OpenContext, workspace: Path) -> str:
    """Carry in the plan of 2025, with the same codes and nothing due."""
    return next_plan(context_on, workspace, 2025).plan


# --- who does it ---


def test_who_holds_a_role_on_the_day_goes_on_holding_it(context_on: OpenContext, new: str) -> None:
    task = opened(context_on, lead=("ubdt",), coordinating=("hlhpn",), in_charge=("An",))
    assign(context_on("2024-09-01", plan=PLAN), [task], Roles(in_charge=("Bình",), instead=True))
    (made,) = carried(context_on).tasks
    assert (made.lead, made.coordinating, made.in_charge) == (("ubdt",), ("hlhpn",), ("Bình",))


def test_an_organisation_that_has_ended_is_replaced_by_its_successor(
    context_on: OpenContext, new: str
) -> None:
    opened(context_on, lead=("ubdt",), coordinating=("hlhpn",))
    opened(context_on, lead=("hlhpn",), coordinating=("ubdt",))
    assert remarks(looked(context_on, "2025-03-10")) == [("successor", "ubdt", "bdttg")] * 2
    made = carried(context_on, "2025-03-10").tasks
    assert [(t.lead, t.coordinating) for t in made] == [(("bdttg",), ("hlhpn",)), (("hlhpn",), ("bdttg",))]


def test_who_leads_as_a_successor_does_not_coordinate_too(context_on: OpenContext, new: str) -> None:
    opened(context_on, lead=("ubdt",), coordinating=("bdttg", "hlhpn"))
    assert remarks(looked(context_on, "2025-03-10")) == [
        ("successor", "ubdt", "bdttg"),
        ("both-roles", "bdttg"),
    ]
    (made,) = carried(context_on, "2025-03-10").tasks
    assert (made.lead, made.coordinating) == (("bdttg",), ("hlhpn",))


@pytest.mark.parametrize(("day", "lead"), [("2025-02-28", "ubdt"), ("2025-03-01", "bdttg")])
def test_an_organisation_holds_to_its_last_day(
    context_on: OpenContext, new: str, day: str, lead: str
) -> None:
    opened(context_on, lead=("ubdt",))
    assert carried(context_on, day).tasks[0].lead == (lead,)


def test_an_organisation_with_no_successor_stays_and_is_told(
    context_on: OpenContext, workspace: Path
) -> None:
    def alone(content: Content) -> None:
        content["organisations"] = [o for o in content["organisations"] if o["id"] != "bdttg"]
        content["organisations"][0].pop("successor")

    next_plan(context_on, workspace, 2025, alone)
    opened(context_on, lead=("ubdt",))
    done = carried(context_on, "2025-03-10")
    assert (done.tasks[0].lead, notes(done)) == (("ubdt",), ["organisation-ended"])


def test_the_old_plan_knows_the_successor_of_what_the_new_one_forgot(
    context_on: OpenContext, workspace: Path
) -> None:
    def without_ubdt(content: Content) -> None:
        content["organisations"] = content["organisations"][1:]

    next_plan(context_on, workspace, 2025, without_ubdt)
    opened(context_on, lead=("ubdt",))
    with refused("carry-over-lacking"):
        carried(context_on)
    assert carried(context_on, "2025-03-10").tasks[0].lead == ("bdttg",)


@pytest.mark.parametrize(
    ("name", "found", "told"), [("Kon Tum", "kt", []), ("Nơi khác", "Nơi khác", ["place-unknown"])]
)
def test_a_place_is_found_by_its_name_or_stays(
    context_on: OpenContext, workspace: Path, name: str, found: str, told: list[str]
) -> None:
    places = [{"id": "kt", "name": "Kon Tum"}]
    next_plan(context_on, workspace, 2025, lambda c: c.update(places=places))
    opened(context_on, places=(name,))
    assert [code for code, *_ in remarks(looked(context_on))] == told
    assert carried(context_on).tasks[0].places == (found,)
