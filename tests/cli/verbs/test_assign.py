"""`assign` and `unassign` as they are typed: who has which role, told and recorded."""

from tests.conftest import Run
from tests.support.answers import answered, task

ROLES = ("lead", "coordinating", "in_charge")


def roles(run: Run, label: str = "1") -> list[list[str]]:
    """Return who leads, coordinates and is in charge."""
    shown = task(run, label)
    return [shown[role] for role in ROLES]


def test_roles_are_given_to_all_the_tasks_that_are_named(two: Run) -> None:
    ended = two("--lang", "en", "assign", "1,2", "--lead", "ubdt", "--with", "hlhpn", "--to", "An, Bình")
    assert ended.out == "1\n2\n"
    assert roles(two) == roles(two, "2") == [["ubdt"], ["hlhpn"], ["An", "Bình"]]
    assert ended.err.count("Lead: CEMA; Coordinating: VWU; In charge: An, Bình") == 2


def test_instead_ends_what_others_had(two: Run) -> None:
    two("assign", "1", "--lead", "ubdt", "--to", "An")
    two("assign", "1", "--lead", "hlhpn", "--instead")
    assert roles(two) == [["hlhpn"], [], ["An"]]
    two("assign", "1", "--to", "Bình")
    assert roles(two)[2] == ["An", "Bình"]


def test_roles_are_taken_away_and_nobody_is_said_to_be_left(two: Run) -> None:
    two("assign", "1", "--lead", "ubdt", "--with", "hlhpn", "--to", "An")
    ended = two("--lang", "en", "unassign", "1", "--lead", "ubdt", "--with", "hlhpn", "--to", "An")
    assert ended.out == "1\n"
    assert "Lead: n/s; Coordinating: n/s; In charge: n/s" in ended.err
    assert roles(two) == [[], [], []]


def test_a_role_holds_from_the_day_that_is_said_until_the_day_it_is_taken(run: Run) -> None:
    run("add", "Một", "--area", "3", "--on", "20/7/2024")
    run("assign", "1", "--lead", "ubdt", "--on", "24/7/2024")
    run("unassign", "1", "--lead", "ubdt", "--on", "28/7/2024")
    for day, lead in ((23, []), (24, ["ubdt"]), (27, ["ubdt"]), (28, [])):
        (shown,) = answered(run, "list", "--as-of", f"2024-07-{day}")
        assert shown["lead"] == lead


def test_a_known_person_in_part_is_no_new_one_unless_it_is_said(two: Run) -> None:
    two("assign", "1", "--to", "Ví Thị Lan")
    assert "[person-in-part]" in two("assign", "2", "--to", "Lan").err
    assert two("assign", "2", "--to", "Lan", "--new-person").code == 0
    assert roles(two, "2")[2] == ["Lan"]
