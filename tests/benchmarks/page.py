"""The manual's page of speed: its figures are those of one run, kept beside this: `python -m tests.benchmarks.page`."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from plantrack import help as manual
from plantrack.i18n.words import LANGUAGES, Words
from plantrack.render.layout.text_width import padded, wrapped
from tests.benchmarks.figures import Figure, read, written
from tests.benchmarks.picture import draw

FIGURES = Path(__file__).with_name("figures.json")
PAGES = Path(str(manual.__file__)).parent
PICTURE = PAGES / "speed.svg"
#: The only indented lines of the page.
_BLOCK = re.compile(r"^    .*\n(?:\n?    .*\n)*", re.MULTILINE)
_SAID = {
    "vi": {
        "tasks": "số nhiệm vụ",
        "file": "tệp dữ liệu, MB",
        "memory": "bộ nhớ khi list --all (MB)",
        "peer": "{peer} {version}: danh sách",
        "run": "Một lần đo: {cpus} lõi, {system}, Python {python}, SQLite {sqlite}; S = {floor} ms.",
    },
    "en": {
        "tasks": "tasks",
        "file": "data file, MB",
        "memory": "memory of list --all (MB)",
        "peer": "{peer} {version}: list",
        "run": "One run: {cpus} cores, {system}, Python {python}, SQLite {sqlite}; S = {floor} ms.",
    },
}


def block(about: Mapping[str, Any], figures: Sequence[Figure], language: str) -> str:
    """Return the part of the page that is measured: tables, and on what they were measured."""
    said, words = _SAID[language], Words(language)
    sizes = sorted({f.tasks for f in figures if f.group == "sizes"})
    rows = [[said["tasks"], *map(words.number, sizes)]]
    own = [f for f in figures if f.group == "sizes"]
    rows += [[name, *_costs(words, sizes, of)] for name, of in _by_name(own).items()]
    rows.append([said["file"], *(_short(words, about["megabytes"][str(n)]) for n in sizes)])
    lists = [f for f in figures if f.group == "peers" and f.name == "list"]
    unit = _unit(figures)
    for peer in dict.fromkeys(f.over for f in lists):
        theirs = {f.tasks: f.floor / unit for f in lists if f.over == peer}
        name = said["peer"].format(peer=peer, version=about["peers"][peer])
        rows.append([name, *(_short(words, theirs[n]) if n in theirs else "" for n in sizes)])
    peaks = [f for f in figures if f.name.startswith("memory: list --all ")]
    forms = [[said["memory"], *(f.name.rpartition(" ")[2] for f in peaks)]] if peaks else []
    forms += [["", *(words.number(round(f.peak)) for f in peaks)]] if peaks else []
    run = said["run"].format(**about, floor=words.number(round(unit * 1000)))
    text = "\n\n".join([*map(_table, filter(None, (rows, forms))), wrapped(run, 76)])
    return "".join(f"    {line}".rstrip() + "\n" for line in text.split("\n"))


def _unit(figures: Sequence[Figure]) -> float:
    floors = sorted(f.floor for f in figures if f.group == "sizes")
    return floors[len(floors) // 2]


def _by_name(figures: Sequence[Figure]) -> dict[str, dict[int, Figure]]:
    out: dict[str, dict[int, Figure]] = {}
    for f in figures:
        out.setdefault(f.name, {})[f.tasks] = f
    return out


def _costs(words: Words, sizes: Sequence[int], of: Mapping[int, Figure]) -> list[str]:
    return [_short(words, of[n].ratio.median) if n in of else "" for n in sizes]


def _short(words: Words, n: float) -> str:
    return words.number(round(n) if n >= 10 else round(n, 1))


def _table(rows: Sequence[Sequence[str]]) -> str:
    """Lay out a table: names at the left, numbers under one another at the right."""
    wide = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    lines = [
        "  ".join([padded(head, wide[0]), *(cell.rjust(w) for cell, w in zip(cells, wide[1:], strict=True))])
        for head, *cells in rows
    ]
    return "\n".join(line.rstrip() for line in lines)


def remake(about: Mapping[str, Any], figures: Sequence[Figure]) -> None:
    """Keep a run, and draw and write what the manual shows of it."""
    FIGURES.write_text(written(dict(about), figures), encoding="utf-8")
    about, figures = read(FIGURES)
    PICTURE.write_text(draw(figures), encoding="utf-8")
    for language in LANGUAGES:
        page = PAGES / language / "speed.md"
        text = page.read_text(encoding="utf-8")
        page.write_text(with_block(text, block(about, figures, language)), encoding="utf-8")


def with_block(page: str, measured: str) -> str:
    """Return a page with another block of figures."""
    return _BLOCK.sub(lambda _: measured, page, count=1)


if __name__ == "__main__":
    remake(*read(FIGURES))
