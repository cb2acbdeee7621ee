"""What is told of a bundle, in both languages."""

from pathlib import Path

import pytest

from plantrack.i18n.words import LANGUAGES, Words
from plantrack.model.plan import Text
from plantrack.model.views.bundle import (
    AlikeNames,
    BundleTaken,
    BundleWritten,
    Decider,
    PeopleMet,
    SameState,
    SameStateReport,
)
from plantrack.render.views.exchange.bundle import bundle_taken, bundle_written, data_taken

MOMENT = "2024-07-18T02:30:00.000Z"
ONE = SameStateReport("c5", "HN", "Ví Một", "2024-07-18", MOMENT, "in_progress", 40, "kẹt\x1b[31m đường")
OTHER = SameStateReport("c6", "", "Ví Hai", "2024-07-19", MOMENT, None, 60, None)


ALIKE = PeopleMet((AlikeNames("An (2)", ("An", "Ân")),), (("An (2)", "An"),))


def view(by: Decider = "day", **other: object) -> BundleTaken:
    same = SameState("12", Text("Việc"), (ONE, OTHER), OTHER, by, "in_progress", 60)
    made = BundleTaken(
        "b.jsonl", "site", "HN", "p.db", False, "c7", 3, 1, 2, 4, (same,), (), (), (), ALIKE, (), (), (), (), ("HN-3",), "Asia/Ho_Chi_Minh"
    )  # fmt: skip
    return made._replace(**other)  # type: ignore[arg-type]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("by", ["day", "moment", "uid"])
def test_who_reported_and_what_stands_is_told(language: str, by: Decider) -> None:
    told = "\n".join(bundle_taken(view(by), Words(language)))
    for part in ("12", "c5", "HN", "40%", "c6", "60%", "HN-3", "Ân"):
        assert part in told
    assert "\x1b" not in told


def test_in_vietnamese_it_reads_as_an_office_writes() -> None:
    told = [*bundle_taken(view(), Words("vi"))]
    assert told[1] == "Nhiệm vụ 12 “Việc” có 2 báo cáo của những người chưa xem đủ báo cáo của nhau:"
    assert told[3] == "  - Ví Hai (c6, đầu mối): ngày 19/07/2024, ghi lúc 09:30 ngày 18/07/2024: 60%"


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_way_has_its_sentence(language: str) -> None:
    words = Words(language)
    told = [
        *bundle_taken(view(kind="hub", same_states=(), people=PeopleMet(), outside_plan=()), words),
        *bundle_taken(
            view(
                is_new=True, site="HN2", recorded_there=5, same_states=(), people=PeopleMet(), outside_plan=()
            ),
            words,
        ),
        *bundle_taken(view(is_trial=True, same_states=(), people=PeopleMet(), outside_plan=()), words),
        *bundle_taken(
            view(is_trial=True, kind="hub", same_states=(), people=PeopleMet(), outside_plan=()), words
        ),
        *bundle_taken(
            view(is_trial=True, is_new=True, same_states=(), people=PeopleMet(), outside_plan=()), words
        ),
        *bundle_taken(view(command=None), words),
        *bundle_taken(view(command=None, known=0), words),
        *bundle_written(BundleWritten(Path("b"), "hub", "HN2", 1, 2, 3, "0", heard=5), words),
        *bundle_written(BundleWritten(Path("b"), "site", "HN", 1, 2, 3, "0"), words),
    ]
    assert len(told) == len({*told}) == 10
    assert "--site HN3" in told[2]


def test_json_has_the_same() -> None:
    data = data_taken(view())
    assert data["same_states"][0]["stands"]["command"] == "c6"
    assert (data["new_database"], data["known"], data["dry_run"]) == (False, 4, False)
    assert data["alike"][0]["merges"][0] == {"person": "An (2)", "into": "An"}
