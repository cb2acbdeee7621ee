"""A change of a plan in words: what became of a part, and each field as it was and as it is."""

from typing import get_args

import pytest

from plantrack.i18n.words import Words
from plantrack.model.plan import Organisation, Place, Plan, Retired, Text
from plantrack.model.plan_diff import FieldChange, Kind, Leaf, PartChange, differences
from plantrack.render.layout.blocks import text_of
from plantrack.render.layout.plan_changes import Changes, part_change_object
from tests.support.factory import make_plan
from tests.support.plan_files import changed, without

VI, EN = Words("vi"), Words("en")
OLD = make_plan()
NEW = make_plan(
    organisations=(*OLD.organisations, Organisation("bdttg", Text("Bộ Dân tộc và Tôn giáo", "MERA"))),
    places=(Place("kon-tum", Text("Kon Tum")),),
)


def worded(name: str, old: Leaf, new: Leaf, words: Words = VI) -> str:
    return text_of(Changes(OLD, NEW, words).field(FieldChange(name, old, new)))


def lines(new: Plan, words: Words = VI) -> list[str]:
    """Return what is said of the differences from the example's plan."""
    return [text_of(Changes(OLD, new, words).line(change)) for change in differences(OLD, new)]


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("lead", ("ubdt",), ("bdttg", "hlhpn"), "UBDT → Bộ Dân tộc và Tôn giáo, Hội LHPN Việt Nam"),
        ("lead", ("nobody",), (), "nobody → chưa có thông tin"),
        ("place", None, ("kon-tum",), "chưa có thông tin → Kon Tum"),
        ("due", "2024-Q2", "2024-09-30", "Quý II/2024 → 30/09/2024"),
        ("priority", "normal", "high", "Bình thường → Cao"),
        ("budget.amount", 1500000, 19.5, "1.500.000 → 19,5"),
        ("ongoing", False, True, "Không → Có"),
        ("title", "Họp\nmột", "Họp hai", "“Họp / một” → “Họp hai”"),
        ("time", "Quý II", "ongoing", "Quý II → thường xuyên"),
    ],
)
def test_values_are_worded_for_the_reader(name: str, old: Leaf, new: Leaf, said: str) -> None:
    assert worded(name, old, new).partition(": ")[2].casefold() == said.casefold()


def test_a_part_of_a_field_is_named_behind_it() -> None:
    changes = Changes(OLD, NEW, VI)
    assert changes.name("title.en") == f"{changes.name('title')} ({VI('diff.in-english')})"
    assert changes.name("indicators.i1") == f"{changes.name('indicators')} (i1)"


def test_an_organisation_that_left_the_plan_keeps_its_name() -> None:
    gone = NEW._replace(organisations=NEW.organisations[:1])
    said = text_of(Changes(OLD, gone, VI).field(FieldChange("lead", ("ubdt",), ("hlhpn",))))
    assert said.endswith("UBDT → Hội LHPN Việt Nam")


def test_a_line_says_what_became_of_a_part_and_its_fields() -> None:
    (line,) = lines(changed(OLD, "ND3.1", due="2024-09-30"))
    assert line.startswith("ND3.1 “Tổ chức hội thảo rà soát")
    assert line.endswith(" → 30/09/2024.")
    (line,) = lines(without(OLD, "ND3.1"), EN)
    assert line.startswith("ND3.1 “")
    assert "removed" in line
    (line,) = lines(OLD._replace(title=Text("Tên mới", OLD.title.en)))
    assert line.startswith(f"{VI('diff.home.plan')}: “Tên mới”: ")


def test_an_area_has_its_short_title() -> None:
    line = next(line for line in lines(changed(OLD, "ND3", lead=("ubdt",))) if line.startswith("ND3 "))
    assert line.startswith("ND3 “Hội thảo và khuyến nghị”: ")


@pytest.mark.parametrize("kind", get_args(Kind))
def test_every_kind_of_change_has_its_words(kind: Kind) -> None:
    retired = Retired("ND3.1", "2024-06-01", "hết kinh phí") if kind == "retired" else None
    field = FieldChange("due", None, "2024-09-30")
    change = PartChange(kind, "activity", "ND3.1", Text("Việc"), "ND2.9", "ND3", (field,), retired)
    said = {words.language: Changes(OLD, NEW, words).kind(change) for words in (VI, EN)}
    assert len(set(said.values())) == 2
    assert kind != "moved" or "ND2.9" in said["vi"]
    assert kind != "retired" or ("01/06/2024" in said["vi"] and "hết kinh phí" in said["en"])


def test_a_change_in_which_nothing_changed_only_catches_up() -> None:
    change = PartChange("changed", "activity", "ND3.1", Text("Việc"), area="ND3")
    assert Changes(OLD, NEW, VI).kind(change) == VI("diff.catching-up")


def test_json_has_a_change_with_its_fields() -> None:
    (change,) = differences(OLD, changed(OLD, "ND3.1", due="2024-09-30"))
    shown = part_change_object(change)
    assert list(shown) == ["kind", "what", "code", "old_code", "area", "title", "fields", "retired"]
    assert (shown["kind"], shown["what"], shown["code"], shown["area"]) == (
        "changed",
        "activity",
        "ND3.1",
        "ND3",
    )
    assert shown["fields"] == [{"name": "due", "old": None, "new": "2024-09-30"}]
    assert shown["retired"] is None
