"""What of a bundle met something else, in both languages: each with the command that mends it."""

import pytest

from plantrack.i18n.words import LANGUAGES, Words
from plantrack.model.plan import Text
from plantrack.model.text import quoted
from plantrack.model.views.bundle import (
    FieldValue,
    GivenCommand,
    HiddenPerson,
    OpenOccurrence,
    OrganisationAdded,
    PeopleMet,
    TwoOpen,
    TwoOrganisations,
    TwoValues,
    WordsOnRemoved,
)
from plantrack.render.views.exchange.bundle_meetings import met, met_objects
from tests.render.views.exchange.test_bundle import ALIKE, MOMENT, ONE, view

TWO_OPEN = TwoOpen(
    Text("Họp"), (OpenOccurrence("13", "", "2024-08-31"), OpenOccurrence("HN-4", "HN", "2024-08-31"))
)
ON_REMOVED = WordsOnRemoved(
    "12",
    Text("Việc"),
    GivenCommand("c9", "", "Ví Hai", "remove", MOMENT),
    "trùng\x1b[2J",
    (
        GivenCommand("c5", "HN", "Ví Một", "update", MOMENT, ONE),
        GivenCommand("c7", "HN", "Ví Một", "extend", MOMENT),
    ),
)
TWO_NAMES = TwoOrganisations(
    "bdt-x",
    (
        OrganisationAdded("c5", "AA", "Ví Một", MOMENT, "BDT X", "province"),
        OrganisationAdded("c6", "BB", "Ví Hai", MOMENT, "BDT Y", "unit"),
    ),
    "BDT Y",
    "unit",
    in_plan=False,
)


def two_values(field: str, one: str | None, other: str | None, *, is_extended: bool = False) -> TwoValues:
    values = (
        FieldValue("c5", "HN", "Ví Một", MOMENT, one),
        FieldValue("c6", "", "Ví Hai", MOMENT, other),
    )
    return TwoValues("12", Text("Việc"), field, values, is_extended)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_command_that_mends_stands_alone(language: str) -> None:
    words = Words(language)
    made = view()._replace(
        two_open=(TWO_OPEN,),
        on_removed=(ON_REMOVED, ON_REMOVED._replace(reason=None)),
        two_values=(
            two_values("title", "Ở điểm", "Ở đầu mối"),
            two_values("due", "2024-08-01", "ongoing", is_extended=True),
            two_values("deliverable", "Một\nhai", "Một"),
            two_values("start_day", None, "2024-08-01"),
            two_values("deliverable", None, "Báo cáo"),
        ),
        people=ALIKE,
        two_organisations=(TWO_NAMES, TWO_NAMES._replace(in_plan=True)),
    )
    told = [*met(made, words)]
    as_by = {"vi": '"theo Ví Một, điểm HN, 18/07/2024"', "en": '"as by Ví Một, site HN, 18 Jul 2024"'}[
        language
    ]
    assert [line[4:] for line in told if line.startswith("    ")] == [
        f"plantrack remove HN-4 --reason {quoted(words('bundle.opened-twice', task='13'))}",
        "plantrack undo c9",
        "plantrack undo c9",
        'plantrack edit 12 --title "Ở điểm"',
        f"plantrack extend 12 --due 2024-08-01 --reason {as_by}",
        "plantrack show 12 --history",
        "plantrack edit 12 --start none",
        "plantrack show 12 --history",
        'plantrack person merge "An (2)" An',
        'plantrack org set bdt-x --name "BDT X" --level province',
    ]
    assert "\x1b" not in "".join(told)


def test_in_vietnamese_a_removed_task_is_told_as_an_office_writes() -> None:
    first, *told = met(view()._replace(on_removed=(ON_REMOVED._replace(reason="trùng"),)), Words("vi"))
    assert first == (
        "Có báo cáo về nhiệm vụ đã bỏ: 12 “Việc”. Ví Hai (c9, đầu mối) đã bỏ "
        "lúc 09:30 ngày 18/07/2024, lý do “trùng”; nơi khác thì vẫn ghi:"
    )
    report = "ngày 18/07/2024, ghi lúc 09:30 ngày 18/07/2024: Đang thực hiện 40%, “kẹt\\x1b[31m đường”"
    assert told[:2] == [
        f"  - Ví Một (c5, điểm HN): {report}",
        "  - Ví Một (c7, điểm HN): gia hạn, ghi lúc 09:30 ngày 18/07/2024",
    ]


def test_what_another_place_took_away_is_told_once_for_each_command() -> None:
    gone = ON_REMOVED._replace(words=(), reason="nhầm")
    many = ON_REMOVED._replace(words=ON_REMOVED.words[1:] * 7, is_unseen=False)
    hidden = HiddenPerson("Ví Ba", ON_REMOVED.removal)
    made = view()._replace(
        on_removed=(gone, gone._replace(task="13"), many),
        two_values=(two_values("lead", "vd-1", "vd-2"),),
        people=PeopleMet(renamed=(("An", "An (2)"),), hidden=(hidden,)),
        dropped=("4",),
        moved=("5", "6"),
    )
    told = [*met(made, Words("vi"))]
    assert "trước hoặc sau đó, còn ghi:" in told[0]
    assert told[1] == "  - 2 điều ghi trước những điều dưới đây: plantrack log 12"
    assert told[9:11] == [
        (
            "Nơi khác đã bỏ 2 nhiệm vụ: 12, 13. Ví Hai (c9, đầu mối) đã bỏ lúc 09:30 ngày 18/07/2024, "
            "lý do “nhầm”. Nếu vẫn cần thì lấy lại:"
        ),
        "    plantrack undo c9",
    ]
    assert [line.split(" ")[0] for line in told[11:13]] == ["1", "2"]
    assert [line for line in told if "unassign" in line] == [
        f"    plantrack unassign 12 --lead {one}" for one in ("vd-1", "vd-2")
    ]
    assert told[-2].startswith("“Ví Ba” đã được ẩn tên theo lệnh của Ví Hai (c9, đầu mối)")
    assert told[-1] == "Người “An” ghi ở đây nay là “An (2)”."
    data = met_objects(made)
    assert (data["dropped"], data["moved"], data["hidden"][0]["command"]) == (["4"], ["5", "6"], "c9")
    assert data["renamed"] == [{"before": "An", "now": "An (2)"}]


def test_json_has_the_same() -> None:
    values = two_values("due", "2024-08-01", None)
    data = met_objects(view()._replace(two_open=(TWO_OPEN,), on_removed=(ON_REMOVED,), two_values=(values,)))
    assert data["two_open"][0]["tasks"][1]["task"] == "HN-4"
    said = [given["report"] and given["report"]["percent"] for given in data["on_removed"][0]["words"]]
    assert said == [40, None]
    assert [value["value"] for value in data["two_values"][0]["values"]] == ["2024-08-01", None]
