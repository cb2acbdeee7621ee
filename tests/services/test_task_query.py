"""The filter language: which tasks each field and flag takes, how it was read, and what cannot be read."""

import unicodedata

import pytest

from tests.support.listing import DAY, found, listed, open_six
from tests.support.steps import OpenContext, opened, refused


@pytest.fixture
def tasks(context_on: OpenContext) -> None:
    """Make 1: overdue; 2: due soon, blocked; 3: due later, paused; 4: no due day; 5: done; 6: dropped."""
    open_six(context_on)


# --- fields ---


@pytest.mark.no_cover
@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        (["area:ND3,ND5"], "1 3"),
        (["area:3"], "1"),
        (["area:nd3,nd2"], "1 2"),
        (["area:-ND3"], "2 3 4"),
        (["activity:5.1"], "3"),
        (["activity:ND5.1,ND1.1", "status:-dropped"], "5 3"),
        (["status:paused"], "3"),
        (["status:tam-dung"], "3"),
        (["status:Tạm dừng,Hoàn thành"], "5 3"),
        (["status:-done,-dropped"], "1 2 3 4"),
        (["status:-hoan-thanh,-đã rút"], "1 2 3 4"),
        (["deadline:overdue"], "1"),
        (["deadline:trong han,sap den han"], "2 3"),
        (["lead:ubdt"], "1 3"),
        (["lead:hội lhpn việt nam"], "2 3"),
        (["with:ubdt"], "2"),
        (["org:ubdt"], "1 2 3"),
        (["org:-hlhpn"], "1 4"),
        (["to:le van an"], "1"),
        (["due:2024-07-10"], "1"),
        (["due:2024-07-01..2024-09-30"], "1 2 3"),
        (["due:..2024-07-25"], "1 2"),
        (["due:26/7.."], "3"),
        (["due:2024-Q3"], "1 2 3"),
        (["due:T7"], "1 2"),
        (["due:T8..T9"], "3"),
        (["due:2024-W28"], "1"),
        (["due:none"], "4"),
        (["due:..today"], "1"),
        (["lead:hlhpn", "area:ND2"], "2"),
        (["lead:hlhpn", "lead:ubdt"], "3"),
        (["AREA:nd3"], "1"),
    ],
)
@pytest.mark.usefixtures("tasks")
def test_a_field_takes_the_tasks_it_says(context_on: OpenContext, terms: list[str], expected: str) -> None:
    assert found(context_on, *terms) == expected.split()


@pytest.mark.parametrize(
    ("name", "spellings", "expected"),
    [
        (
            "overdue",
            ["qua-han", "quá hạn", "QUÁ HẠN", "qua han", unicodedata.normalize("NFD", "quá hạn")],
            "1",
        ),
        ("due-soon", ["sap-den-han", "sắp đến hạn", "due soon"], "2"),
        ("blocked", ["vuong-mac", "vướng mắc"], "2"),
        ("stale", ["lau-chua-cap-nhat", "lâu chưa cập nhật"], "1 4"),
        ("unassigned", ["chua-phan-cong", "chưa phân công"], "4"),
        ("no-due", ["khong-han", "không hạn"], "4"),
    ],
)
@pytest.mark.usefixtures("tasks")
def test_a_flag_is_read_in_both_languages_and_any_spelling(
    context_on: OpenContext, name: str, spellings: list[str], expected: str
) -> None:
    for spelling in (name, *spellings):
        assert found(context_on, spelling) == expected.split()
        assert listed(context_on, spelling).filter == name


@pytest.mark.usefixtures("tasks")
def test_a_flag_is_turned_round(context_on: OpenContext) -> None:
    for no in ("overdue:no", "qua-han:khong", "quá hạn:không", "overdue:No"):
        assert found(context_on, no) == ["2", "3", "4"]
    assert found(context_on, "overdue:yes") == found(context_on, "qua-han:co") == ["1"]


@pytest.mark.usefixtures("tasks")
def test_due_on_the_as_of_day_is_not_overdue_but_due_soon(context_on: OpenContext) -> None:
    assert found(context_on, "overdue", "due:2024-Q3", as_of="2024-07-10") == []
    assert found(context_on, "due-soon", as_of="2024-07-10") == ["1", "5"]
    assert found(context_on, "due-soon", as_of="2024-07-03") == ["1"]
    assert found(context_on, "due-soon", as_of="2024-07-02") == []


@pytest.mark.usefixtures("tasks")
def test_terms_are_joined_by_and(context_on: OpenContext) -> None:
    assert found(context_on, "lead:ubdt", "due:2024-Q3", "overdue:no") == ["3"]


# --- how a filter was read ---


@pytest.mark.usefixtures("tasks")
def test_a_filter_is_given_back_in_a_form_that_can_be_typed_again(context_on: OpenContext) -> None:
    typed = [
        "area:3,nd2",
        "status:-xong",
        "due:quý III",
        "quá hạn:không",
        "hội thảo",
        "lead:-hội lhpn việt nam",
    ]
    view = listed(context_on, *typed)
    assert view.filter == (
        'area:ND3,ND2 status:-done due:2024-07-01..2024-09-30 overdue:no lead:-hlhpn "hội thảo"'
    )
    again = [
        "area:ND3,ND2",
        "status:-done",
        "due:2024-07-01..2024-09-30",
        "overdue:no",
        "lead:-hlhpn",
        "hội thảo",
    ]
    assert listed(context_on, *again).filter == view.filter


@pytest.mark.parametrize(
    ("term", "code", "exit_code"),
    [
        ("statsu:done", "unknown-field", 2),
        ("overdue:maybe", "filter-value", 2),
        ("area: ", "filter-value", 2),
        ("due:31/2/2024", "impossible-date", 2),
        ("due:2024-09-30..2024-07-01", "bad-range", 2),
        ("due:..", "bad-range", 2),
        ("due:0000-00-00", "impossible-date", 2),
        ("status:xng", "unknown-status", 2),
        ("deadline:tre", "unknown-deadline-state", 2),
        ("area:ND9", "unknown-area", 3),
        ("area:ND3,ND9", "unknown-area", 3),
        ("activity:9.9", "unknown-activity", 3),
        ("lead:xyz", "unknown-organisation", 3),
        ("org:-xyz", "unknown-organisation", 3),
        ("to:Không Ai", "unknown-person", 3),
        ("", "text-empty", 2),
        ("\u0301", "text-without-words", 2),
        ("text:%", "text-without-words", 2),
        ("“–”", "text-without-words", 2),
    ],
)
def test_what_cannot_be_read_is_refused(
    context_on: OpenContext, term: str, code: str, exit_code: int
) -> None:
    with refused(code) as caught:
        found(context_on, term)
    assert caught.value.exit_code == exit_code


def test_a_bad_term_says_where_it_is_bad(context_on: OpenContext) -> None:
    with refused("filter-value") as caught:
        found(context_on, "overdue:maybe")
    assert (caught.value.params["excerpt"], caught.value.params["column"]) == ("overdue:maybe", 9)
    with refused("unknown-field") as caught:
        found(context_on, "statsu:done")
    assert (caught.value.params["column"], caught.value.params["near"]) == (1, ("status",))


def test_areas_that_are_named_narrow_what_is_read_and_nothing_else(context_on: OpenContext) -> None:
    for n in range(1, 8):
        opened(context_on, DAY, area=str(n))
    for terms, areas in (
        (["area:3,5"], "35"),
        (["area:-3"], "124567"),
        (["area:3,5", "area:5,6"], "5"),
        (["area:3,-5"], "3"),
        (["area:3", "area:-3"], ""),
    ):
        assert {task.area for task in listed(context_on, *terms).tasks} == {f"ND{n}" for n in areas}
