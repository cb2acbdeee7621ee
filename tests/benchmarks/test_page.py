"""The manual's page of speed says what one run found."""

import re
import xml.etree.ElementTree as ET

import pytest

from plantrack.i18n.words import LANGUAGES
from plantrack.render.layout.text_width import cell_width
from tests.benchmarks.figures import Figure, read, written
from tests.benchmarks.measure import Spread
from tests.benchmarks.page import FIGURES, PAGES, PICTURE, block, with_block
from tests.benchmarks.picture import draw, lines_of

ABOUT, FOUND = read(FIGURES)
languages = pytest.mark.parametrize("language", LANGUAGES)


def shown(language: str) -> str:
    return (PAGES / language / "speed.md").read_text(encoding="utf-8")


@languages
def test_the_page_has_the_figures_of_the_run(language: str) -> None:
    text = shown(language)
    assert block(ABOUT, FOUND, language) in text
    assert with_block(text, block(ABOUT, FOUND, language)) == text


@languages
def test_the_page_shows_the_picture(language: str) -> None:
    assert re.findall(r"^!\[.+\]\((.+)\)$", shown(language), re.MULTILINE) == ["../speed.svg"]
    assert PICTURE == PAGES / "speed.svg"


def test_the_picture_is_of_the_run() -> None:
    assert PICTURE.read_text(encoding="utf-8") == draw(FOUND)


def test_a_run_names_no_machine() -> None:
    text = FIGURES.read_text(encoding="utf-8")
    assert set(ABOUT) == {"cpus", "system", "python", "sqlite", "plantrack", "peers", "megabytes"}
    assert "/" not in text.replace("tasks/", "")


def test_a_run_is_read_as_it_was_written() -> None:
    assert written(ABOUT, FOUND) == FIGURES.read_text(encoding="utf-8")


def sized(name: str, tasks: int, ratio: float) -> Figure:
    return Figure(
        "sizes", name, tasks, "S", Spread(ratio, ratio, ratio), None, None, ratio / 50, 0.1, 0.02, 30, 3
    )


FIGURES_OF_FOUR = [sized("list", 100, 2), sized("list", 1_000_000, 3), sized("a < b", 100, 2.1), sized("a < b", 1_000_000, 3)]  # fmt: skip


def test_the_picture_has_numbers_and_commands_only() -> None:
    texts = [
        t.text or "" for t in ET.fromstring(draw(FIGURES_OF_FOUR)).iter("{http://www.w3.org/2000/svg}text")
    ]
    words = [text for text in texts if not re.fullmatch(r"(1/)?[\d\u202f]+( S)?", text)]
    assert sorted(words) == ["a < b", "list"]
    assert "1\u202f000\u202f000" in texts


def test_what_costs_less_than_s_is_drawn_below_it() -> None:
    texts = [
        t.text
        for t in ET.fromstring(draw([sized("list", 100, 0.3)])).iter("{http://www.w3.org/2000/svg}text")
    ]
    assert "1/10 S" in texts


def test_names_stand_apart() -> None:
    texts = ET.fromstring(draw(FIGURES_OF_FOUR)).iter("{http://www.w3.org/2000/svg}text")
    heights = sorted(float(t.attrib["y"]) for t in texts if t.text in ("list", "a < b"))
    assert heights[1] - heights[0] >= 16


def test_what_is_drawn_is_in_units_of_s() -> None:
    peer = FIGURES_OF_FOUR[0]._replace(group="peers", over="Taskwarrior", tasks=1000, floor=0.2)
    own, peers = lines_of([*FIGURES_OF_FOUR, peer])
    assert own["list"] == [(100, 2), (1_000_000, 3)]
    assert peers == {"Taskwarrior: list": [(1000, 10)]}


@languages
def test_tables_fit_the_page_at_every_size(language: str) -> None:
    sizes = (100, 1_000, 10_000, 100_000, 1_000_000)
    many = [sized("list tập huấn cán bộ", n, n / 77) for n in sizes]
    peer = many[0]._replace(group="peers", name="list", over="Taskwarrior", tasks=100_000, floor=12.3)
    peaks = [many[0]._replace(group="memory", name=f"memory: list --all {form}", peak=1234.5) for form in ("plain", "md", "csv", "json", "html", "docx", "xlsx")]  # fmt: skip
    about = {**ABOUT, "megabytes": {str(n): n / 90 for n in sizes}, "peers": {"Taskwarrior": "2.6.2"}}
    text = block(about, [*many, peer, *peaks], language)
    assert max(cell_width(line) for line in text.splitlines()) <= 80
    assert ("1.000.000" if language == "vi" else "1,000,000") in text
