"""The week of each organisation: what it leads, section by section, and what it coordinates."""

from plantrack.i18n.words import Words
from plantrack.model.counting import Counts
from plantrack.model.views.weekly import OrganisationWeek, SummaryItem, WeeklyByOrg
from plantrack.render.formats import render
from plantrack.render.layout.blocks import Heading, Table, text_of
from plantrack.render.views.weekly_by_org import book, data, document
from tests.support.as_json import as_json
from tests.support.factory import make_plan, make_progress, make_task, make_tasks
from tests.support.factory_weekly import make_weekly
from tests.support.weekly_lines import make_empty

VI, EN = Words("vi"), Words("en")
WHOLE = make_weekly()
WOMEN_UNION, COMMITTEE, EXAMPLE = make_plan().organisations
LED = tuple(t for t in make_tasks() if "ubdt" in t.lead)
COORDINATED = tuple(SummaryItem(t, None) for t in make_tasks() if "hlhpn" in t.coordinating)
LEADS = OrganisationWeek(
    COMMITTEE, WHOLE._replace(progress=make_progress(LED), results=(), late_updates=()), ()
)
COORDINATES = OrganisationWeek(EXAMPLE, make_empty(), COORDINATED)
VIEW = WeeklyByOrg(WHOLE, (LEADS, COORDINATES), (make_task(18, "ND7", lead=(), coordinating=()),))


def headings(view: WeeklyByOrg, level: int, words: Words = VI) -> list[str]:
    blocks = document(view, words).blocks
    return [text_of(b.said) for b in blocks if isinstance(b, Heading) and b.level == level]


def test_each_organisation_has_a_part_and_what_nobody_holds_comes_last() -> None:
    *parts, rest = headings(VIEW, 1)
    assert parts == ["UBDT", "Hội LHPN tỉnh Ví dụ 1"]
    assert rest == VI("by_org.without", n="1")
    assert headings(VIEW._replace(without=()), 1) == parts


def test_what_it_leads_and_what_it_coordinates_are_counted() -> None:
    assert headings(VIEW, 2, EN) == [f"Lead (tasks: {len(LED)})", f"Coordinating (tasks: {len(COORDINATED)})"]


def test_sections_that_say_nothing_are_left_out() -> None:
    numbers = [heading.split()[0] for heading in headings(VIEW, 3)]
    assert numbers == ["II.", "III.", "IV.", "V.", "VI.", "VII."]


def test_the_table_has_the_areas_in_which_it_leads_or_led() -> None:
    led = LEADS.lead._replace(change={"total": Counts()})
    (table,) = [
        b
        for b in document(VIEW._replace(organisations=(LEADS._replace(lead=led),)), VI).blocks
        if isinstance(b, Table)
    ]
    held = {t.area for t in LED}
    assert [row.cells[0] for row in [*table.rows][:-1]] == sorted(held)
    led_before = led._replace(change={"ND7": Counts(total=-1), "total": Counts(total=-1)})
    (table,) = [
        b
        for b in document(VIEW._replace(organisations=(LEADS._replace(lead=led_before),)), VI).blocks
        if isinstance(b, Table)
    ]
    assert [row.cells[0] for row in [*table.rows][:-1]] == sorted({*held, "ND7"})


def test_nobody_at_all_is_said() -> None:
    text = render(document(WeeklyByOrg(WHOLE, (), ()), EN), "plain", EN, width=80, colour=False)
    assert "No task is assigned to an organisation yet." in text


def test_json_has_for_each_what_a_weekly_summary_has() -> None:
    shown = as_json(data(VIEW, VI))
    assert shown["period"] == {"name": "2024-W29", "first_day": "2024-07-15", "last_day": "2024-07-21"}
    first, second = shown["organisations"]
    assert (first["id"], second["id"], shown["without"]) == ("ubdt", "vd1", ["18"])
    assert not {"period", "provenance"} & first["lead"].keys()
    assert len(second["coordinating"]) == len(COORDINATED)


def test_the_book_has_a_row_for_each_task_and_side() -> None:
    made = book(VIEW, VI)
    first, *others = made.sheets
    assert (made.main, len(others)) == (0, len(made.sheets) - 1)
    sides = [row[:2] for row in first.rows]
    assert sides.count(("UBDT", VI("field.lead"))) == len(LED)
    assert sides.count(("Hội LHPN tỉnh Ví dụ 1", VI("field.coordinating"))) == len(COORDINATED)
    assert len(sides) == len(LED) + len(COORDINATED)
