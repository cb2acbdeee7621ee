"""Fields by name: as JSON has them or as they are headed in either language; in every form when they are chosen."""

import unicodedata

import pytest

from plantrack.cli.help_text import page
from plantrack.errors import Failure
from plantrack.i18n.words import LANGUAGES, Words
from plantrack.model.plan import Text
from plantrack.render.layout.fact_formatter import FactFormatter
from plantrack.render.layout.fields import objects, sheet, table
from plantrack.render.layout.named_fields import by_name, in_every_form, sort_key
from plantrack.render.views.list_noted import NOTED
from plantrack.render.views.task_fields import TASK
from tests.support.factory import make_heading, make_task, make_tasks

FORMATTER = FactFormatter(Words("vi"), make_heading())
#: What only a table has, made of several fields.
MADE = {"status_and_flags", "lead_and_person", "flags"}


def keys(*names: str) -> list[str]:
    return [field.key for field in by_name(TASK.values(), names, "--columns")]


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("due", "due"),
        ("thoi-han", "due"),
        ("Thời hạn", "due"),
        (unicodedata.normalize("NFD", "Thời hạn"), "due"),
        ("Deadline", "due"),
        ("in_charge", "in_charge"),
        ("in-charge", "in_charge"),
        ("nguoi phu trach", "in_charge"),
        ("so", "label"),
        ("phu-trach", "in_charge"),
        ("hạn", "due"),
        ("tiêu đề", "title"),
        ("nd", "code"),
        ("trang-thai", "status"),
        ("so-ngay-qua-han", "days_late"),
        ("thoi-han-nhu-van-ban", "due_text"),
        ("nhiem-vu", "title"),
        ("ten-nhiem-vu", "title"),
        ("vuong-mac", "blocked"),
    ],
)
def test_a_field_has_the_name_of_its_key_and_of_its_headings(name: str, key: str) -> None:
    assert keys(name) == [key]


def test_every_fact_can_be_named_and_no_name_means_two() -> None:
    for field in TASK.values():
        if field.key in MADE:
            with pytest.raises(Failure):
                keys(field.key)
            continue
        assert keys(field.key) == [field.key]
        for language in LANGUAGES:
            assert keys(Words(language)(field.heading or f"field.{field.key}")) == [field.key]


def test_fields_come_as_they_are_named_each_once() -> None:
    assert keys("title", "due", "so", "thoi-han", "title") == ["title", "due", "label"]


@pytest.mark.parametrize(("name", "near"), [("titel", "title"), ("han dau", "han-ban-dau"), ("", "")])
def test_an_unknown_name_is_refused_with_the_near_ones(name: str, near: str) -> None:
    with pytest.raises(Failure) as refused:
        keys("due", name)
    assert (refused.value.code, refused.value.params["name"]) == ("unknown-column", name)
    assert near in str(refused.value.params["near"])


def test_with_notes_what_was_said_can_be_named_too() -> None:
    found = by_name(NOTED, ("label", "viec-tiep-theo", "extensions", "days_late"), "--columns")
    assert [field.key for field in found] == ["label", "next", "extensions", "days_late"]
    with pytest.raises(Failure):
        by_name(NOTED, ("update",), "--columns")


def test_a_chosen_field_is_in_every_form() -> None:
    chosen = [in_every_form(field) for field in TASK.values() if field.key not in MADE]
    tasks = make_tasks()
    assert list(next(iter(objects(chosen, tasks, FORMATTER)))) == [field.key for field in chosen]
    assert len(sheet("", chosen, tasks, FORMATTER).columns) == len(chosen)
    shown = table(chosen, tasks, FORMATTER)
    assert len(shown.columns) == len(chosen)
    for row in shown.rows:
        assert all(isinstance(cell, str | tuple) for cell in row.cells)


def test_codes_days_and_numbers_are_never_cut() -> None:
    may_be = {field.key for field in map(in_every_form, TASK.values()) if field.column and field.column.wraps}
    whole = {
        "id",
        "label",
        "uid",
        "plan",
        "area",
        "activity",
        "code",
        "days_late",
        "start",
        "due",
        "percent",
        "opened_on",
    }
    assert not may_be & whole
    assert {"title", "lead", "in_charge", "blocked"} <= may_be


def test_texts_are_sorted_by_the_alphabet_and_what_is_not_there_has_no_place() -> None:
    title = sort_key(TASK["title"], FORMATTER)
    titles = [make_task(n, title=Text(text)) for n, text in enumerate(("Đề án", "Dự án", "Ăn", "An"))]
    assert [task.title.vi for task in sorted(titles, key=title)] == ["An", "Ăn", "Dự án", "Đề án"]
    lead = sort_key(TASK["lead"], FORMATTER)
    assert lead(make_task(1, lead=())) is None
    assert lead(make_task(1, lead=("ubdt",))) > lead(make_task(1, lead=("hlhpn",)))
    late = sort_key(TASK["days_late"], FORMATTER)
    assert late(make_task(1, "ND1", "in_progress", due="2024-07-11")) == 10
    assert late(make_task(1)) is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_manual_names_every_column(language: str) -> None:
    words = page(language, "reports").replace(",", " ").replace(".", " ").split()
    facts = [field for field in NOTED if field.in_json or field.width or field.get]
    assert [field.key for field in facts if not field.nested and field.key not in words] == []
