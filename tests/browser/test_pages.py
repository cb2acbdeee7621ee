"""Pages in a real browser: they come up, say nothing in the console, ask for nothing, and fit a phone and paper."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from plantrack.cli.app import main
from plantrack.services.verbs.demo import build
from tests.browser.chromium import Chromium, found
from tests.conftest import Hands

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(found() is None, reason="no Chromium or Chrome on the PATH"),
]
#: A title that would do something if a page read it.
NASTY = (
    '<script>document.title = "x"; fetch("http://thu.invalid/")</script> <img src="http://thu.invalid/a.png">'
)
LONG = "Nhiệm" * 40
PAGES = {
    "weekly": ["weekly", "--week", "2024-W29"],
    "weekly-en": ["weekly", "--week", "2024-W29", "--lang", "en"],
    "progress": ["progress", "--as-of", "2024-07-21"],
    "month": ["progress", "--by", "month", "--explain", "--as-of", "2024-07-21"],
    "org": ["progress", "--by", "org", "--as-of", "2024-07-21"],
    "list": ["list", "--all", "--as-of", "2024-07-21"],
    "show": ["show", "1", "2", "4"],
    "plan": ["plan", "show"],
    "check": ["plan", "check"],
}


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chromium]:
    with Chromium(tmp_path_factory.mktemp("profile")) as chromium:
        yield chromium


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration, with two more tasks whose titles are hard on a page, as pages."""
    folder = tmp_path_factory.mktemp("pages")
    build(folder / "demo")
    here = ["-C", str(folder / "demo"), "--quiet"]
    clock = Hands("2024-07-20")
    for title in (NASTY, LONG):
        added = [
            *here,
            "add",
            title,
            "--area",
            "ND3",
            "--lead",
            "ubdt",
            "--due",
            "2024-07-01",
            "--author",
            "Ví dụ A",
        ]
        assert main(added, clock) == 0
    for name, words in PAGES.items():
        file = str(folder / f"{name}.html")
        assert main([*here, *words, "--output", file], Hands("2024-07-22")) == 0, name
    return folder


@pytest.mark.parametrize("name", PAGES)
def test_a_page_comes_up_quietly_and_asks_for_nothing(browser: Chromium, pages: Path, name: str) -> None:
    page = pages / f"{name}.html"
    browser.open(page)
    assert browser.run("document.querySelector('h1').innerText.length") > 5
    assert browser.errors() == []
    assert browser.requests() == [page.as_uri()]
    assert not [line for line in browser.listener.weeks_heard if "invalid" in line]


def test_the_listener_would_have_heard_it(browser: Chromium, tmp_path: Path) -> None:
    """A page that does ask for something is noticed, by the console or by the listener."""
    page = tmp_path / "asks.html"
    page.write_text(
        '<img src="http://weeks_heard.invalid/a.png"><script>console.log("said")</script>', "utf-8"
    )
    browser.open(page)
    assert any("weeks_heard.invalid" in line for line in browser.listener.weeks_heard)
    assert "http://weeks_heard.invalid/a.png" in browser.requests()
    assert any("said" in line for line in browser.errors())


def test_the_policy_of_the_page_forbids_what_it_would_fetch(
    browser: Chromium, pages: Path, tmp_path: Path
) -> None:
    """Were a text ever read as markup, the page's own policy would still let nothing out."""
    text = (pages / "weekly.html").read_text("utf-8")
    page = tmp_path / "broken.html"
    page.write_text(text.replace("</main>", f"{NASTY.replace('thu', 'chan')}</main>"), "utf-8")
    browser.open(page)
    assert browser.run("document.title") != "x"
    assert browser.errors()
    assert not [line for line in browser.listener.weeks_heard if "chan.invalid" in line]


@pytest.mark.parametrize("name", ["weekly", "list"])
def test_a_title_with_a_script_is_text(browser: Chromium, pages: Path, name: str) -> None:
    browser.open(pages / f"{name}.html")
    assert NASTY in browser.run("document.body.innerText")
    assert browser.run("document.querySelectorAll('script, img').length") == 0


@pytest.mark.parametrize("width", [360, 768, 1280])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_never_scrolls_sideways(browser: Chromium, pages: Path, name: str, width: int) -> None:
    """Tables that are too wide scroll in boxes of their own; words that are too long go on in the next line."""
    browser.open(pages / f"{name}.html", width=width)
    assert browser.run("document.documentElement.scrollWidth") <= width
    outside = f"""[...document.querySelectorAll('h1, h2, h3, p, li, dt, dd, .scroll, figure, figcaption, .chart')]
        .filter(e => e.checkVisibility() && e.getBoundingClientRect().right > {width}).map(e => e.outerHTML.slice(0, 99))"""
    assert browser.run(outside) == []


def test_names_and_numbers_of_pictures_stay_inside_on_a_phone(browser: Chromium, pages: Path) -> None:
    browser.open(pages / "weekly.html", width=360)
    outside = """[...document.querySelectorAll('.chart text')].map(e => [e.textContent, e.getBoundingClientRect()])
        .filter(([_, r]) => r.left < 0 || r.right > 360 || r.width == 0).map(([text]) => text)"""
    assert browser.run(outside) == []
    assert browser.run("document.querySelectorAll('.chart').length") == 3


def test_names_of_lines_stand_over_nothing_but_lines(browser: Chromium, pages: Path) -> None:
    for width in (360, 1000):
        browser.open(pages / "weekly.html", width=width)
        crossing = """(() => { const all = [...document.querySelectorAll('.lines text')].map(e => e.getBoundingClientRect());
            return all.filter((a, i) => all.some((b, j) => i < j && a.left < b.right && b.left < a.right
                && a.top + 3 < b.bottom && b.top + 3 < a.bottom)).length })()"""
        assert browser.run(crossing) == 0


@pytest.mark.parametrize(("scheme", "ground"), [("light", "rgb(255, 255, 255)"), ("dark", "rgb(21, 25, 30)")])
def test_both_schemes_are_followed(browser: Chromium, pages: Path, scheme: str, ground: str) -> None:
    browser.open(pages / "weekly.html", scheme=scheme)
    assert browser.run("getComputedStyle(document.body).backgroundColor") == ground
    assert len(browser.picture()) > 50_000
    hatch = "getComputedStyle(document.querySelector('.shape-overdue')).fill"
    assert "#hatch" in browser.run(hatch)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_paper_is_white_a4_and_has_all_of_the_text(browser: Chromium, pages: Path, scheme: str) -> None:
    if not shutil.which("pdftotext"):
        pytest.skip("no pdftotext on the PATH")
    browser.open(pages / "weekly.html", scheme=scheme)
    paper = pages / f"{scheme}.pdf"
    paper.write_bytes(browser.printed())
    about = subprocess.run(["pdfinfo", paper], capture_output=True, text=True, check=True).stdout
    assert re.search(r"Page size: +59[45]\.?\d* x 84[12]\.?\d* pts \(A4\)", about)
    text = subprocess.run(
        ["pdftotext", "-layout", paper, "-"], capture_output=True, text=True, check=True
    ).stdout
    squeezed = re.sub(r"\s+", " ", text)
    for said in ("VII. Thay đổi thời hạn", "Hoàn thành 4", "5/18 tuần không có cập nhật", "Nguồn số liệu"):
        assert said in squeezed
    assert "Số liệu của hình" not in squeezed


def test_the_head_of_a_table_stands_on_every_sheet(browser: Chromium, pages: Path, tmp_path: Path) -> None:
    if not shutil.which("pdftotext"):
        pytest.skip("no pdftotext on the PATH")
    text = (pages / "list.html").read_text("utf-8")
    rows = re.search(r"<tbody>\n(.*?)</tbody>", text, re.DOTALL)
    assert rows
    page = tmp_path / "long.html"
    page.write_text(text.replace(rows[1], rows[1] * 8), "utf-8")
    browser.open(page)
    paper = tmp_path / "long.pdf"
    paper.write_bytes(browser.printed())
    printed = subprocess.run(
        ["pdftotext", "-layout", paper, "-"], capture_output=True, text=True, check=True
    ).stdout
    sheets = [sheet for sheet in printed.split("\f") if sheet.strip()]
    assert len(sheets) > 4
    assert all("Trạng thái" in sheet for sheet in sheets[:-1])


def test_the_tree_for_readers_names_pictures_and_tables(browser: Chromium, pages: Path) -> None:
    """What a screen reader is given: the pictures by title and words, the tables by caption."""
    browser.open(pages / "weekly.html")
    nodes = browser.ask("Accessibility.getFullAXTree")["nodes"]
    named = {(n["role"]["value"], n["name"]["value"]) for n in nodes if n.get("name", {}).get("value")}
    pictures = [name for role, name in named if role in ("image", "img")]
    assert len(pictures) == 3
    assert any("Đến hết ngày 21/07/2024" in name for name in pictures)
    assert any(role == "table" for role, _ in named)
    assert ("rowheader", "ND1") in named
