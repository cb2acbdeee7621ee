"""The lists of provinces that plans can include: complete, of one mind, and good for a plan as they are."""

import re
import unicodedata
from pathlib import Path

import pytest

from plantrack.model.days import add_days
from plantrack.model.plan import Place
from plantrack.model.plan_format import ID
from plantrack.model.text import fold
from plantrack.planfile.shipped import PLACES, shipped_places
from tests.support.check import check_file
from tests.support.plan_cases import AREAS, head

BEFORE, SINCE = PLACES
#: The day on which 63 provinces became 34.
MERGED = "2025-07-01"


def listed(name: str, folder: Path) -> tuple[Place, ...]:
    """Return the places of a plan that includes a list, which must be without problems."""
    for file, data in shipped_places().items():
        path = folder / "plans" / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    plan_file = folder / "plans" / "kh.yaml"
    plan_file.write_text(head(include=f'["plans/{name}"]') + AREAS, "utf-8")
    plan, problems = check_file(plan_file)
    assert [p for p in problems if p.severity == "error" or name in p.file] == []
    assert plan
    return plan.places


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> tuple[Place, ...]:
    return listed(BEFORE, tmp_path_factory.mktemp("before"))


@pytest.fixture(scope="module")
def since(tmp_path_factory: pytest.TempPathFactory) -> tuple[Place, ...]:
    return listed(SINCE, tmp_path_factory.mktemp("since"))


def there(places: tuple[Place, ...], day: str) -> list[Place]:
    """Return the places that exist on a day."""
    return [p for p in places if (p.valid_from or "") <= day <= (p.valid_to or "9999")]


def test_the_lists_are_63_and_34(before: tuple[Place, ...], since: tuple[Place, ...]) -> None:
    assert len(before) == len(there(before, "2024-12-31")) == 63
    assert len(there(since, MERGED)) == 34


@pytest.mark.parametrize(
    ("day", "number"), [("2024-01-01", 63), ("2024-12-31", 63), ("2025-01-01", 63), ("2025-06-30", 63), (MERGED, 34)]
)  # fmt: skip
def test_on_each_day_the_later_list_has_what_there_was(
    since: tuple[Place, ...], day: str, number: int
) -> None:
    assert len(there(since, day)) == number


def test_the_later_list_has_the_earlier_one_as_it_is(
    before: tuple[Place, ...], since: tuple[Place, ...]
) -> None:
    own = {p.id: p._replace(codes={}) for p in since}
    assert [p for p in before if own.get(p.id) != p._replace(codes={})] == []
    ended = {p for p in map(repr, since) if "valid_to=None" not in p}
    assert ended == {p for p in map(repr, before) if "valid_to=None" not in p}
    assert len(since) == 63 + 34 - 10


def test_each_of_the_63_went_into_one_of_the_34_or_did_not_change(
    before: tuple[Place, ...], since: tuple[Place, ...]
) -> None:
    into = {p.id: [n.id for n in since if p.id in n.merged_from] for p in before}
    unchanged = {place for place, new in into.items() if not new}
    assert unchanged == {p.id for p in before if p.valid_to is None} == {
        "ha-noi", "cao-bang", "dien-bien", "ha-tinh", "lai-chau", "lang-son", "nghe-an", "quang-ninh", "thanh-hoa",
        "son-la",
    }  # fmt: skip
    assert {len(new) for new in into.values()} == {0, 1}
    assert sum(len(p.merged_from) for p in since) == 53


def test_days_meet_without_a_gap_and_without_an_overlap(since: tuple[Place, ...]) -> None:
    own = {p.id: p for p in since}
    for new in since:
        for old in new.merged_from:
            assert add_days(own[old].valid_to or "", 1) == new.valid_from


def test_what_is_known_of_kon_tum_and_hue(since: tuple[Place, ...]) -> None:
    own = {p.id: p for p in since}
    assert own["quang-ngai-2025"].merged_from == ("kon-tum", "quang-ngai")
    assert own["hue"].merged_from == ("thua-thien-hue",)
    assert (own["quang-ngai-2025"].valid_from, own["kon-tum"].valid_to) == (MERGED, "2025-06-30")


def test_names_and_ids_are_one_places_each(before: tuple[Place, ...], since: tuple[Place, ...]) -> None:
    assert len({p.id for p in since}) == len(since)
    for places in (list(before), there(since, "2025-06-30"), there(since, MERGED)):
        assert len({fold(p.name.vi) for p in places}) == len(places)
    for p in since:
        slug = re.sub("[ -]+", "-", fold(p.name.vi))
        assert p.id == (f"{slug}-2025" if len(p.merged_from) > 1 else slug)
        assert ID.fullmatch(p.id)


def test_each_of_the_34_has_a_code_and_codes_were_used_again(since: tuple[Place, ...]) -> None:
    now = {p.codes["gso"]: p.name.vi for p in there(since, MERGED)}
    assert len(now) == 34
    assert (now["15"], now["51"], now["79"]) == ("Lào Cai", "Quảng Ngãi", "TP Hồ Chí Minh")
    old = {p.codes["gso"]: p.name.vi for p in since if p.valid_to and p.codes}
    assert old == {
        "15": "Yên Bái", "24": "Bắc Giang", "44": "Quảng Bình", "52": "Bình Định", "80": "Long An",
        "82": "Tiền Giang", "91": "Kiên Giang",
    }  # fmt: skip
    assert old.keys() <= now.keys()


def test_what_is_not_verified_is_marked_line_by_line() -> None:
    texts = {name: data.decode("utf-8") for name, data in shipped_places().items()}
    marked = {}
    for name, text in texts.items():
        assert unicodedata.is_normalized("NFC", text)
        lines = re.findall(
            r'^  - \{id: "([a-z0-9-]+)".*\}(?:  # chưa kiểm chứng: (.+))?$', text, re.MULTILINE
        )
        assert len(lines) == text.count("- {")
        marked[name] = dict(lines)
    assert all(marked[SINCE][place] == what for place, what in marked[BEFORE].items())
    assert [marked[SINCE][p] for p in ("quang-ngai-2025", "lao-cai-2025", "yen-bai", "kon-tum")] == [""] * 4
    assert marked[SINCE]["kien-giang"] == "sáp nhập, mã"
    assert marked[SINCE]["bac-giang"] == "mã"
    assert marked[SINCE]["hue"] == marked[SINCE]["thua-thien-hue"] == "ngày"
    assert list(marked[SINCE].values()).count("không đổi") == 10


def test_the_files_are_those_of_the_project() -> None:
    folder = Path(__file__).parents[2] / "plans"
    assert {str(p.relative_to(folder)) for p in folder.glob("*/*")} == set(PLACES)
    assert all((folder / name).read_bytes() == data for name, data in shipped_places().items())
